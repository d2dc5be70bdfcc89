"""Messy lists of partners, invented, one folder a source: each row is accounted for, and each fault is where it was put.

`expected.json` of a folder says of each file what it is taken for, how many rows it has, which are set aside and why, what
is doubtful, which words have no code, whom it knows, and what its rows say.
"""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.staged import RECEIVED_ON, Staged, is_one_clear_line, keep_promises

from earlyhelp.errors import InputRefused
from earlyhelp.pipeline import load
from earlyhelp.store.workspace import create_workspace

HERE = Path(__file__).parent
SOURCES = (
    "school_census",
    "attendance",
    "police",
    "housing",
    "benefits",
    "youth_justice",
    "open_referral",
    "ledger",
    "schools_register",
)
EXPECTED: dict[str, dict[str, Any]] = {
    name: json.loads((HERE / name / "expected.json").read_text(encoding="utf-8")) for name in SOURCES
}
READ = [(source, file) for source, files in EXPECTED.items() for file, told in files.items() if "refused" not in told]
REFUSED = [(source, file) for source, files in EXPECTED.items() for file, told in files.items() if "refused" in told]
Taken = dict[str, "Staged | InputRefused"]


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Taken]:
    """What became of each file, by source; each source is loaded in a workspace of its own."""
    return {name: _loaded(tmp_path_factory.mktemp(name), sorted(_files(name))) for name in SOURCES}


def _files(source: str) -> list[Path]:
    return [path for path in (HERE / source).iterdir() if path.name != "expected.json"]


def _loaded(root: Path, files: list[Path]) -> Taken:
    workspace = create_workspace(root / "council", "E09000032")
    loaded = load(workspace, files, RECEIVED_ON)
    taken: Taken = {feed.report["path"]: Staged(feed.report, workspace.feeds / feed.feed_id) for feed in loaded.feeds}
    for refused in loaded.refused:
        assert isinstance(refused, InputRefused)
        taken[refused.where.split(",")[0]] = refused
    return taken


def read(taken: dict[str, Taken], source: str, file: str) -> Staged:
    """The staged rows of a file, which must not be refused."""
    found = taken[source][file]
    assert isinstance(found, Staged), found
    return found


def plain(value: Any) -> Any:
    """A value of the store as JSON writes it."""
    return value.isoformat() if isinstance(value, date) else value


@pytest.mark.parametrize("source", SOURCES)
def test_every_file_of_a_folder_is_expected(source: str) -> None:
    assert {path.name for path in _files(source)} == EXPECTED[source].keys()


@pytest.mark.parametrize(("source", "file"), READ)
def test_every_row_is_accepted_or_set_aside_with_the_reason(taken: dict[str, Taken], source: str, file: str) -> None:
    staged, told = read(taken, source, file), EXPECTED[source][file]
    keep_promises(staged)
    assert staged.report["source"] == told["source"]
    assert staged.account[0] == told["rows"]
    assert {str(row): rule for row, rule in staged.set_aside.items()} == told["quarantined"]


@pytest.mark.parametrize(("source", "file"), READ)
def test_every_doubtful_value_is_flagged_at_its_row_and_no_other(
    taken: dict[str, Taken], source: str, file: str
) -> None:
    staged, told = read(taken, source, file), EXPECTED[source][file]
    kept = staged.set_aside
    flagged = {f"{i['row_no']} {i['rule']} {i['column_name']}" for i in staged.issues if i["row_no"] not in kept}
    assert flagged == set(told["flagged"])
    assert sorted(word["value"] for word in staged.report["unmapped_values"]) == told["unmapped"]


@pytest.mark.parametrize(("source", "file"), READ)
def test_the_rows_say_what_the_list_says(taken: dict[str, Taken], source: str, file: str) -> None:
    staged, told = read(taken, source, file), EXPECTED[source][file]
    tables = {each["table"] for each in told["told"]}
    columns = {name: {c for each in told["told"] if each["table"] == name for c in each} for name in tables}
    found = [
        {"table": name, "row": row["row_no"]}
        | {c: plain(row[c]) for c in columns[name] - {"table", "row"} if row.get(c) is not None}
        for name in tables
        for row in staged.rows(name)
    ]
    assert sorted(found, key=_sorted) == sorted(told["told"], key=_sorted)


def _sorted(each: dict[str, Any]) -> str:
    return json.dumps(each, sort_keys=True)


@pytest.mark.parametrize(("source", "file"), READ)
def test_people_stand_under_the_partners_own_ids_in_keys_of_their_own(
    taken: dict[str, Taken], source: str, file: str
) -> None:
    people = read(taken, source, file).rows("person")
    assert sorted({row["source_person_id"] for row in people}) == EXPECTED[source][file]["people"]
    assert len({row["person_key"] for row in people}) == len({row["source_person_id"] for row in people})
    assert not {row["person_key"] for row in people} & {row["source_person_id"] for row in people}


@pytest.mark.parametrize(("source", "file"), REFUSED)
def test_a_file_that_is_no_such_list_is_refused_in_one_sentence(
    taken: dict[str, Taken], source: str, file: str
) -> None:
    refused = taken[source][file]
    assert isinstance(refused, InputRefused)
    is_one_clear_line(refused)
    assert refused.error == EXPECTED[source][file]["refused"]


SAMPLES = {
    "school_census/liia_2024_autumn_pupilonroll.csv": "person",
    "school_census/liia_2024_autumn_termlysessiondetailsonroll.csv": "attendance_session",
    "school_census/liia_2024_autumn_termlyexclusionsonroll.csv": "exclusion",
    "family_context/police_offence.csv": "partner_event",
    "family_context/housing.csv": "person",
}
"""Real sample files, and the table to which their rows are counted."""


@pytest.fixture(scope="module")
def samples(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Taken:
    """What became of the samples of schools, directories and Family Context."""
    folders = ("school_census", "open_referral_uk", "open_referral_uk/ukprofile_csv", "family_context")
    files = [path for folder in folders for path in sorted((shared / "samples" / folder).glob("*.[cj]s*"))]
    return _loaded(tmp_path_factory.mktemp("samples"), files)


@pytest.mark.parametrize("sample", SAMPLES)
def test_every_row_of_a_real_sample_is_counted(shared: Path, samples: Taken, sample: str) -> None:
    staged = samples[Path(sample).name]
    assert isinstance(staged, Staged)
    keep_promises(staged)
    with (shared / "samples" / sample).open(encoding="utf-8-sig", newline="") as stream:
        rows = sum(1 for row in csv.DictReader(stream) if any(row.values()))
    assert [table["table"] for table in staged.report["tables"]] == [SAMPLES[sample]]
    assert staged.account == (rows, rows, 0)


def test_sessions_of_a_real_census_add_up_as_an_own_count_has_them(shared: Path, samples: Taken) -> None:
    name = "liia_2024_autumn_pupilonroll.csv"
    staged = samples[name]
    assert isinstance(staged, Staged)
    with (shared / "samples/school_census" / name).open(encoding="utf-8", newline="") as stream:
        told = [row for row in csv.DictReader(stream) if row["termlysessionspossible"]]
    periods = staged.rows("attendance_period")
    assert {(row["academic_year"], row["term"]) for row in periods} == {("2023-24", "summer")}
    for column, heading in (("possible", "possible"), ("authorised", "authorised"), ("unauthorised", "unauthorised")):
        wanted = sum(float(row[f"termlysessions{heading}"] or 0) for row in told)
        assert sum(row[column] or 0 for row in periods) == wanted


def test_a_directory_that_breaks_the_profile_is_refused_and_a_sound_one_is_read(samples: Taken) -> None:
    refused = samples["oruk_validator_FAIL_service_list.json"]
    assert isinstance(refused, InputRefused)
    is_one_clear_line(refused)
    assert "name is missing" in refused.error
    assert "email is not an address of email" in refused.error
    for name in ("oruk_validator_test_service_list.json", "ukprofile_service_full.json", "services.csv"):
        sound = samples[name]
        assert isinstance(sound, Staged)
        keep_promises(sound)
        assert sound.quarantine == []
        assert sound.account[0] > 0


def test_the_other_tables_of_a_directory_are_refused_with_what_to_load_instead(samples: Taken) -> None:
    for name in ("locations.csv", "phones.csv", "taxonomy_terms.csv"):
        refused = samples[name]
        assert isinstance(refused, InputRefused)
        assert "load its feed page" in refused.error
