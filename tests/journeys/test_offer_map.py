"""The offer map as a user asks for it: in words, as JSON and as a file, of one council and of several."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.journeys.conftest import earlyhelp

from earlyhelp.standard import codelists
from earlyhelp.synthetic.services import SERVICES
from earlyhelp.synthetic.timeline import LAST_DAY

SERVICE = """\
service_id,name,organisation,need_codes,minimum_age,maximum_age,level,area,end_date
1,Parenting,Elm Trust,SF5;SF2,0,4,community,Elm,
2,Playgroup,Quay Centre,SF2,3,11,community,Whole borough,
3,Mentors,=cmd(),School attendance,,,,,
4,Closed,Elm Trust,SF9,0,18,targeted,North,2020-01-01
"""
PLACE = """\
lsoa,ward_code,ward_name,la_code,locality,children_0_17
E01000001,E05000001,Elm,E09000032,North,1500
E01000002,E05000002,Quay,E09000032,South,2500
"""
NEED = "need_id,episode_id,person_key,framework,need_code,identified_date\n" + "".join(
    f"{number},e{number},p{number},SF2022,{need},2026-01-{number + 1:02d}\n"
    for number, need in enumerate([*["SF8"] * 3, *["SF2"] * 7])
)


def council(folder: Path, name: str, **files: str) -> Path:
    assert earlyhelp("init", folder, "--council", "E09000032", "--name", name).code == 0
    for table, text in files.items():
        (folder / "inbox" / f"{table}.csv").write_text(text, "utf-8")
    assert earlyhelp("run", folder, "--as-at", "2026-03-31").code == 0
    return folder


@pytest.fixture(scope="module")
def elmbridge(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A council of 4,000 children with four services, one of them closed."""
    folder = tmp_path_factory.mktemp("offer") / "one"
    return council(folder, "Testing", service=SERVICE, place=PLACE, eh_need=NEED)


@pytest.fixture(scope="module")
def unpeopled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A council that sends its services and nothing that tells how many children it has."""
    folder = tmp_path_factory.mktemp("offer") / "two"
    return council(folder, "Quiet", service=SERVICE.replace("SF5;SF2", "SF5"))


def told(*folders: Path) -> dict[str, Any]:
    return dict(earlyhelp("offer", *folders, "--json").json)


def test_one_council_is_told_in_words_with_its_gaps_and_overlaps(elmbridge: Path):
    ended = earlyhelp("offer", elmbridge)
    assert ended.code == 0
    for words in (
        "What Testing offers, as at 2026-03-31",
        "SF2 Good early years development",
        "too few to say",
        "run no more, not yet or not now: 1 of the directory",
        "Families recorded SF8",
        "Parenting / Playgroup",
        "1 by age band, 1 by level, 1 by area",
    ):
        assert words in ended.out, ended.out


def test_a_need_is_read_from_the_directory_s_words_and_small_counts_of_families_are_hidden(elmbridge: Path):
    [found] = told(elmbridge)["councils"]
    needs = {each["need"]: each for each in found["needs"]}
    assert [needs[code]["services"] for code in ("SF1", "SF2", "SF9")] == [1, 2, 0]
    assert (needs["SF2"]["families"], needs["SF2"]["per_10000"]) == (7, 5.0)
    assert (needs["SF8"]["families"], needs["SF8"]["status"]) == (None, "suppressed")
    assert [each["need"] for each in found["unmet"]] == ["SF8"]


def test_councils_are_set_side_by_side_and_an_unknown_population_is_said_to_be_unknown(
    elmbridge: Path, unpeopled: Path
):
    table = {each["need"]: each["councils"] for each in told(elmbridge, unpeopled)["side_by_side"]}
    assert [(each["council"], each["services"], each["per_10000"]) for each in table["SF2"]] == [
        ("Testing", 2, 5.0),
        ("Quiet", 1, None),
    ]
    words = earlyhelp("offer", elmbridge, unpeopled).out
    assert "Side by side" in words
    assert "How many children there are is not known here" in words
    assert "not known" in words


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_whole_map_can_be_written_and_no_cell_of_it_is_a_formula(ending: str, elmbridge: Path, tmp_path: Path):
    out = tmp_path / f"offer.{ending}"
    written = earlyhelp("offer", elmbridge, "--out", out, "--json").json["written"]
    if ending == "csv":
        rows = list(csv.DictReader(out.read_text("utf-8").splitlines()))
        assert len(rows) == written
        assert {row["list"] for row in rows} == {"needs", "offer", "gaps", "overlaps", "services"}
        assert [row["provider"] for row in rows if row["list"] == "services" and row["name"] == "Mentors"] == [
            "'=cmd()"
        ]
    else:
        book = openpyxl.load_workbook(out)
        assert sum(sheet.max_row - 1 for sheet in book) == written
        assert [cell.data_type for row in book["Services"].iter_rows() for cell in row if cell.value == "=cmd()"] == [
            "s"
        ]


@pytest.mark.parametrize(("name", "fix"), [("offer.pdf", "Name it so."), ("nowhere/offer.csv", "Make it first.")])
def test_a_file_that_cannot_be_written_is_refused_with_what_to_do(name: str, fix: str, elmbridge: Path, tmp_path: Path):
    ended = earlyhelp("offer", elmbridge, "--out", tmp_path / name)
    assert (ended.code, ended.out) == (2, "")
    assert fix in ended.err


def test_a_folder_that_is_no_workspace_is_refused(tmp_path: Path):
    ended = earlyhelp("offer", tmp_path)
    assert ended.code == 3
    assert "earlyhelp init" in ended.err


OPEN_REFERRAL = Path(__file__).parents[1] / "councils" / "open_referral" / "services page 1.json"


def directory(folder: Path, page: Path) -> dict[str, Any]:
    assert earlyhelp("init", folder, "--council", "E09000032").code == 0
    shutil.copy(page, folder / "inbox")
    assert earlyhelp("run", folder, "--as-at", "2026-03-31").code in (0, 3)
    [found] = told(folder)["councils"]
    return dict(found)


def test_a_directory_in_open_referral_fills_the_map(tmp_path: Path):
    found = directory(tmp_path / "directory", OPEN_REFERRAL)
    [parenting, other] = sorted(found["services"], key=lambda each: each["provider"] is None)
    assert (parenting["provider"], parenting["needs"], parenting["areas"]) == (
        "Elm Family Centre",
        ["SF5"],
        ["North", "Quay"],
    )
    assert parenting["age_bands"] == ["under 1", "1-4", "5-9", "10-15"]
    assert (other["provider"], other["minimum_age"], other["maximum_age"]) == (None, None, 11.0)
    assert found["not_recorded"] == {"need": 1, "age_band": 0, "level": 2, "area": 0, "provider": 1}


def test_the_profile_s_own_sample_is_one_service_told_of_often_and_what_its_last_row_leaves_out_is_not_recorded(
    shared: Path, tmp_path: Path
):
    page = shared / "samples/open_referral_uk/oruk_validator_test_service_list.json"
    found = directory(tmp_path / "directory", page)
    assert [each["name"] for each in found["services"]] == ["Community Counselling"]
    assert found["not_recorded"] == {"need": 1, "age_band": 0, "level": 1, "area": 1, "provider": 1}


def test_the_services_of_an_invented_council_are_mapped_as_they_were_declared(tmp_path: Path):
    folder = tmp_path / "made"
    assert earlyhelp("synthesise", folder, "--councils", "1", "--children", "300", "--layout", "standard").code == 0
    [inbox] = [each.parent for each in folder.rglob("service.csv")]
    workspace = tmp_path / "workspace"
    names = ("service", "place", "population", "eh_need", "eh_episode")
    council(workspace, "Made", **{name: (inbox / f"{name}.csv").read_text("utf-8") for name in names})
    [found] = told(workspace)["councils"]
    running = [each for each in SERVICES if each.runs(LAST_DAY)]
    assert {each["name"]: tuple(each["needs"]) for each in found["services"]} == {e.name: e.needs for e in running}
    assert found["not_recorded"]["level"] == found["not_recorded"]["age_band"] == 1
    assert found["not_running"] == len(SERVICES) - len(running)
    gaps = [each["need"] for each in found["gaps"] if each["dimension"] == "need"]
    assert gaps == [need for need in codelists.needs.codes if not any(need in each.needs for each in running)]


def test_the_example_council_says_of_no_service_for_which_need_and_that_is_not_taken_for_none(thornbridge: Path):
    [found] = told(thornbridge)["councils"]
    assert found["not_recorded"] == dict.fromkeys(("need", "age_band", "level", "area"), 6) | {"provider": 0}
    gaps = [each for each in found["gaps"] if each["dimension"] == "need"]
    assert len(gaps) == len(codelists.needs.codes)
    assert {each["may_be_filled_by"] for each in gaps} == {6}
