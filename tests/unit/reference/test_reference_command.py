"""`earlyhelp reference` as a user meets it: what it prints, how it ends, and one clear sentence for each mistake."""

from __future__ import annotations

import json

import pytest
from tests.unit.reference.published_files import authority, of_authority, write_publication

from earlyhelp.cli.frame import run
from earlyhelp.cli.reference import generated_pages, reference
from earlyhelp.reference.catalogue import PUBLICATIONS
from earlyhelp.reference.checking import CHECKS
from earlyhelp.store.workspace import create_workspace

WANDSWORTH = "E09000032"


@pytest.fixture
def council(tmp_path):
    return create_workspace(tmp_path / "council", WANDSWORTH).root


@pytest.fixture
def published(tmp_path):
    folder = tmp_path / "england"
    write_publication(folder, "authorities", [authority("E08000016", "370", "Barnsley")])
    rows = [of_authority(WANDSWORTH, "2024", population_estimate="63000"), of_authority("E08000035", "2024")]
    write_publication(folder, "children", rows)
    return folder


@pytest.fixture
def command(capsys):
    """Runs the command and gives its exit code, standard output and standard error."""

    def run_it(*arguments):
        code = run(reference, [str(each) for each in arguments])
        streams = capsys.readouterr()
        return int(code), streams.out, streams.err

    return run_it


def test_a_folder_is_added_listed_and_checked(command, council, published):
    code, out, err = command("add", council, published, "--retrieved", "2026-04-01")
    assert (code, err) == (0, "")
    assert out.startswith("england: 2 files and 3 rows are in the workspace, read-only.")
    code, out, _ = command("list", council)
    assert code == 0
    assert "2026-04-01" in out
    code, out, _ = command("check", council / "reference" / "england")
    assert code == 0
    assert "1 missing" in out
    assert "missing, not zero" in out
    assert "Barnsley E08000016: Barnsley is listed as E08000016" in out
    assert "Nothing was changed." in out


def test_json_holds_files_findings_and_where_everything_is_published(command, council, published):
    code, out, _ = command("add", council, published, "--json", "--vintage", "mid-2024")
    assert (code, json.loads(out)["files"][0]["vintage"]) == (0, "mid-2024")
    listed = json.loads(command("list", council, "--json")[1])
    assert {each["publication"] for each in listed["publications"]} == set(PUBLICATIONS)
    assert [each["publication"] for each in listed["publications"] if each["held"]] == ["children", "authorities"]
    checked = json.loads(command("check", published, "--json")[1])
    assert [each["check"] for each in checked["checks"]] == [check.id for check in CHECKS]
    assert {each["publication"]: each["statuses"] for each in checked["files"]}["children"] == {"missing": 1, "ok": 1}


def test_without_a_workspace_the_list_says_where_each_file_is_published(command):
    code, out, _ = command("list", "--json")
    assert code == 0
    assert json.loads(out)["packs"] == []


def test_adding_twice_ends_with_nothing_to_do(command, council, published):
    assert command("add", council, published)[0] == 0
    assert command("add", council, published)[0] == 5


@pytest.mark.parametrize("path", ["gone", "empty"])
def test_a_path_without_files_ends_with_3_and_one_sentence(path, command, council, tmp_path):
    (tmp_path / "empty").mkdir()
    for arguments in (("add", council, tmp_path / path), ("check", tmp_path / path)):
        code, out, err = command(*arguments)
        assert (code, out) == (3, "")
        assert len(err.strip().splitlines()) == 2


def test_a_refused_file_ends_with_3_and_the_others_are_still_checked(command, published):
    (published / "children_2.csv").write_text("time_period,population\n2024,3\n", "utf-8")
    code, out, _ = command("check", published)
    assert code == 3
    assert "Refused: children_2.csv: " in out
    code, out, _ = command("check", published, "--json")
    assert code == 3
    assert [each["path"] for each in json.loads(out)["refused"]] == ["children_2.csv"]


def test_a_changed_file_is_refused_in_json_too(command, council, published):
    command("add", council, published)
    file = council / "reference" / "england" / "children.csv"
    file.chmod(0o600)
    file.write_bytes(file.read_bytes().replace(b"63000", b"36000"))
    code, out, _ = command("check", file.parent, "--json")
    [refused] = json.loads(out)["refused"]
    assert (code, refused["where"]) == (3, "children.csv")
    assert set(refused) == {"path", "error", "where", "fix"}


def test_the_page_names_every_publication_its_address_and_every_check():
    [page] = generated_pages().values()
    assert all(f"`{each.id}`" in page and each.where in page for each in PUBLICATIONS.values())
    assert all(f"`{check.id}`" in page for check in CHECKS)
