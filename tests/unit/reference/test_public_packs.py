"""Packs of public statistics: described, held against their description, copied whole, and refused in one clear sentence."""

from __future__ import annotations

import csv
import json
import stat
from datetime import date

import pytest
from tests.unit.reference.published_files import of_authority, write_publication

from earlyhelp.errors import InputRefused, NothingToDo, UsageProblem
from earlyhelp.reference.adding import add_pack, packs_of
from earlyhelp.reference.checking import CHECKS, check_pack
from earlyhelp.reference.pack import DESCRIPTOR, MANIFEST, open_pack
from earlyhelp.store.files import sha256_of
from earlyhelp.store.workspace import create_workspace

WANDSWORTH = "E09000032"
DAY = date(2026, 4, 1)


@pytest.fixture
def published(tmp_path):
    """A folder with one published file of one row."""
    folder = tmp_path / "Published Files"
    write_publication(folder, "children", [of_authority(WANDSWORTH, "2024", population_estimate="63000")])
    return folder


@pytest.fixture
def workspace(tmp_path):
    return create_workspace(tmp_path / "council", WANDSWORTH)


def manifest(folder, **changed):
    """A MANIFEST.csv for the folder's one file, some of it changed."""
    file = folder / "children.csv"
    row = {"file": file.name, "bytes": file.stat().st_size, "rows": 1, "sha256": sha256_of(file), "vintage": "mid-2024"}
    with (folder / MANIFEST).open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, [*row])
        writer.writeheader()
        writer.writerow(row | changed)
    return folder


def refused(folder):
    """The one reason for which the folder's one file is refused."""
    checked = check_pack(open_pack(folder))
    assert checked.loaded == ()
    [one] = checked.refused
    return one.problem


# The description


def test_an_added_pack_is_a_data_package_with_provenance_licence_edition_fingerprint_schema_and_checks(
    published, workspace
):
    pack = add_pack(workspace, manifest(published), name="", retrieved=DAY)
    content = json.loads((pack.folder / DESCRIPTOR).read_text("utf-8"))
    [resource] = content["resources"]
    file = pack.folder / "children.csv"
    assert resource["name"] == "children.csv"
    assert (content["name"], pack.folder.parent) == ("published-files", workspace.root / "reference")
    assert resource["hash"] == f"sha256:{sha256_of(file)}"
    assert (resource["bytes"], resource["rows"]) == (file.stat().st_size, 1)
    assert (resource["vintage"], resource["retrieved"]) == ("mid-2024", "2026-04-01")
    assert resource["licenses"][0]["name"] == "OGL-UK-3.0"
    assert resource["sources"][0]["path"].startswith("https://www.ons.gov.uk")
    assert "population_estimate" in {field["name"] for field in resource["schema"]["fields"]}
    assert {"symbol": "c", "status": "suppressed"}.items() <= resource["schema"]["symbols"][1].items()
    assert set(resource["checks"]) == {each.id for each in CHECKS if "children" in each.needs}


def test_what_was_added_reads_back_as_it_was_described_and_is_read_only(published, workspace):
    pack = add_pack(workspace, published, name="england", retrieved=DAY, vintage="2024")
    assert packs_of(workspace) == [open_pack(pack.folder)] == [pack]
    [resource] = pack.resources
    assert (resource.publication, resource.vintage, resource.rows) == ("children", "2024", 1)
    assert not stat.S_IMODE((pack.folder / "children.csv").stat().st_mode) & 0o222


def test_one_published_file_can_be_added_alone(published, workspace):
    pack = add_pack(workspace, published / "children.csv", name="", retrieved=DAY)
    assert (pack.name, [each.path for each in pack.resources]) == ("children", ["children.csv"])


def test_the_same_files_are_not_added_twice_and_no_pack_is_ever_changed(published, workspace):
    add_pack(workspace, published, name="england", retrieved=DAY)
    with pytest.raises(NothingToDo):
        add_pack(workspace, published, name="england", retrieved=DAY)
    write_publication(published, "children", [of_authority(WANDSWORTH, "2024", population_estimate="1")])
    with pytest.raises(UsageProblem, match="never changed"):
        add_pack(workspace, published, name="england", retrieved=DAY)
    assert len(add_pack(workspace, published, name="england-2", retrieved=DAY).resources) == 1


@pytest.mark.parametrize("name", ["../elsewhere", "Has Blanks", ".hidden", "a/b"])
def test_a_name_that_no_folder_should_have_is_refused(name, published, workspace):
    with pytest.raises(UsageProblem):
        add_pack(workspace, published, name=name, retrieved=DAY)
    assert packs_of(workspace) == []


def test_nothing_is_copied_when_one_file_of_several_is_refused(published, workspace):
    (published / "other.csv").write_text("a,b\n1,2\n", "utf-8")
    with pytest.raises(InputRefused, match="no publication known here"):
        add_pack(workspace, published, name="england", retrieved=DAY)
    assert packs_of(workspace) == []


# Held against its description


def test_a_file_as_its_manifest_says_is_read(published):
    [read] = check_pack(open_pack(manifest(published))).loaded
    assert (read.rows, read.resource.vintage) == (1, "mid-2024")


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"rows": 2}, "1 rows were read and the pack says 2"),
        ({"bytes": 3}, "changed or cut off"),
        ({"sha256": "0" * 64}, "changed since the pack was made"),
        ({"file": "gone.csv"}, "is not there"),
        ({"file": "../outside.csv"}, "leads out of the pack"),
        ({"file": "/etc/hostname"}, "leads out of the pack"),
    ],
)
def test_a_file_other_than_its_manifest_says_is_refused(changed, reason, published):
    assert reason in refused(manifest(published, **changed)).error


def test_a_link_out_of_the_pack_is_refused(published, tmp_path):
    outside = tmp_path / "outside.csv"
    outside.write_bytes((published / "children.csv").read_bytes())
    manifest(published)
    (published / "children.csv").unlink()
    (published / "children.csv").symlink_to(outside)
    assert "leads out of the pack" in refused(published).error


def test_a_tampered_pack_in_the_workspace_is_refused(published, workspace):
    folder = add_pack(workspace, published, name="england", retrieved=DAY).folder
    file = folder / "children.csv"
    file.chmod(0o600)
    file.write_bytes(file.read_bytes().replace(b"63000", b"36000"))
    assert "changed since" in refused(folder).error


@pytest.mark.parametrize("place", [0, 30, 100, -1])
def test_a_file_of_which_any_byte_was_changed_is_refused(place, published):
    manifest(published)
    content = bytearray((published / "children.csv").read_bytes())
    content[place] ^= 1
    (published / "children.csv").write_bytes(content)
    assert "changed since" in refused(published).error


# Layouts


def test_a_heading_that_is_missing_or_new_is_named_with_where_to_take_the_file(published):
    file = published / "children.csv"
    file.write_text(file.read_text("utf-8").replace("population_estimate", "estimate"), "utf-8")
    problem = refused(published)
    assert "missing: population_estimate" in problem.error
    assert "not known: estimate" in problem.error
    assert "https://www.ons.gov.uk" in problem.fix


def test_a_file_that_says_it_is_one_publication_and_has_the_headings_of_another_is_refused(published, workspace):
    folder = add_pack(workspace, published, name="england", retrieved=DAY).folder
    descriptor = folder / DESCRIPTOR
    descriptor.chmod(0o600)
    descriptor.write_text(
        descriptor.read_text("utf-8").replace('"publication": "children"', '"publication": "referrals"')
    )
    assert "not that of 'Referrals" in refused(folder).error
    descriptor.write_text(
        descriptor.read_text("utf-8").replace('"publication": "referrals"', '"publication": "rumours"')
    )
    assert "'rumours', which is no publication" in refused(folder).error


def test_the_order_of_headings_does_not_matter(published):
    file = published / "children.csv"
    rows = list(csv.reader(file.read_text("utf-8").splitlines()))
    file.write_text("\n".join(",".join(reversed(row)) for row in rows) + "\n", "utf-8")
    [read] = check_pack(open_pack(published)).loaded
    assert (read.publication.id, read.statuses) == ("children", {"ok": 1})


def test_a_mark_at_the_start_and_an_ending_in_capitals_do_not_matter(published):
    file = published / "children.csv"
    (published / "CHILDREN.CSV").write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    file.unlink()
    [read] = check_pack(open_pack(published)).loaded
    assert (read.publication.id, read.rows) == ("children", 1)


def test_a_workbook_is_refused_with_the_kinds_that_can_be_read(tmp_path):
    (tmp_path / "x.xlsx").write_bytes(b"PK\x03\x04\x80\x81")
    assert "cannot be read as CSV, Parquet or GeoJSON" in refused(tmp_path / "x.xlsx").error


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "no publication known here"),
        (b"\xff\xfe\x00bad", "cannot be read as CSV"),
        (b"a,a,b\n1,2,3\n", "The heading a is there twice"),
    ],
)
def test_a_file_that_is_no_table_is_refused(content, reason, tmp_path):
    (tmp_path / "x.csv").write_bytes(content)
    assert reason in refused(tmp_path).error


def test_a_row_with_more_cells_than_headings_makes_the_file_refused(published):
    with (published / "children.csv").open("a", encoding="utf-8") as stream:
        stream.write("x," * 20 + "\n")
    assert "cannot be read as CSV" in refused(published).error


@pytest.mark.parametrize(
    "content", ["{", "[]", '{"features": []}', '{"features": [{"properties": {"CTYUA23CD": "E1"}, "geometry": null}]}']
)
def test_boundaries_that_are_none_are_refused(content, tmp_path):
    (tmp_path / "x.geojson").write_text(content, "utf-8")
    assert refused(tmp_path).where == "x.geojson"


def test_a_file_that_is_no_parquet_is_refused(tmp_path):
    (tmp_path / "x.parquet").write_text("not at all", "utf-8")
    assert "cannot be read as Parquet" in refused(tmp_path).error


# Descriptions that cannot be read


@pytest.mark.parametrize(
    "content",
    [
        "{",
        "[]",
        "{}",
        '{"name": "x", "resources": []}',
        '{"name": "x", "resources": [{}]}',
        '{"name": "x", "resources": ["children.csv"]}',
        '{"name": "x", "resources": [{"path": 3}]}',
        '{"name": "x", "resources": [{"path": "a.csv", "rows": "many"}]}',
        '{"name": "x", "resources": [{"path": "a.csv"}, {"path": "a.csv"}]}',
    ],
)
def test_a_description_that_cannot_be_read_is_refused(content, tmp_path):
    (tmp_path / DESCRIPTOR).write_text(content, "utf-8")
    with pytest.raises(InputRefused) as problem:
        open_pack(tmp_path)
    assert problem.value.where == DESCRIPTOR


@pytest.mark.parametrize("content", ["", "file,bytes\na.csv,3\n", "file,bytes,rows,sha256\na.csv,x,1,0\n"])
def test_a_manifest_that_cannot_be_read_is_refused(content, tmp_path):
    (tmp_path / MANIFEST).write_text(content, "utf-8")
    with pytest.raises(InputRefused) as problem:
        open_pack(tmp_path)
    assert problem.value.where == MANIFEST


def test_a_folder_that_is_not_there_or_holds_nothing_is_refused(tmp_path):
    with pytest.raises(InputRefused, match="no such folder"):
        open_pack(tmp_path / "gone")
    with pytest.raises(InputRefused, match="No file of public statistics"):
        open_pack(tmp_path)
