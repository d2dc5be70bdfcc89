"""An analyst's first day: a workspace, an extract, figures, and what stands behind them."""

from __future__ import annotations

import csv
import stat
from pathlib import Path

import pytest
from tests.journeys.conftest import earlyhelp

CONTACTS = """contact_id,person_key,contact_date,source_code,decision_code,requestor_organisation
1,a,2025-04-01,6,early_help,Hill School
2,b,2025-04-02,2A,nfa,Hill School
3,c,2025-04-02,Police,early_help,Hill School
4,d,2025-05-01,Martian,advice,Hill School
5,e,2025-05-02,,advice,Hill School
6,f,,6,advice,Hill School
7,,2025-05-03,6,advice,Hill School
8,g,31/02/2025,6,advice,Hill School
9,h,2025-06-30,6,early_help,Elm Surgery
"""


@pytest.fixture
def loaded(workspace: Path) -> Path:
    """A workspace with nine contacts, three of which cannot be placed."""
    (workspace / "inbox" / "contact.csv").write_text(CONTACTS)
    assert earlyhelp("run", workspace).code == 0
    return workspace


def test_load_accounts_for_every_row_and_says_what_is_wrong(workspace: Path) -> None:
    file = workspace.parent / "contact.csv"
    file.write_text(CONTACTS)
    ended = earlyhelp("load", workspace, file, "--json")
    (feed,) = ended.json["feeds"]
    (table,) = feed["tables"]
    assert ended.code == 0
    assert (feed["source"], table["table"]) == ("standard", "contact")
    assert (table["rows_read"], table["rows_accepted"], table["rows_quarantined"]) == (9, 6, 3)
    errors = {(each["rule"], each["column"]) for each in table["issues"] if each["severity"] == "error"}
    assert errors == {
        ("missing_date", "contact_date"),
        ("missing_key", "person_key"),
        ("impossible_date", "contact_date"),
    }
    assert [(each["value"], each["count"]) for each in feed["unmapped_values"]] == [("Martian", 1)]


def test_run_says_what_is_wrong_with_the_files_of_the_inbox_and_where_to_read_more(workspace: Path) -> None:
    (workspace / "inbox" / "contact.csv").write_text(CONTACTS)
    out = earlyhelp("run", workspace).out
    assert out.startswith("contact.csv\n  3 rows in quarantine: ")
    assert "1 word without a code, most often 'Martian' in contact.source_code" in out
    assert "earlyhelp check DIR --out" in out


def test_run_tells_the_same_as_json_and_nothing_of_it_where_it_is_to_be_quiet(workspace: Path) -> None:
    (workspace / "inbox" / "contact.csv").write_text(CONTACTS)
    told = earlyhelp("run", workspace, "--json").json["warnings"]
    assert {each["file"] for each in told} == {"contact.csv"}
    assert told[0]["rows"] == 3
    (workspace / "inbox" / "contact.csv").write_text(CONTACTS.replace("Martian", "Venusian"))
    assert "contact.csv" not in earlyhelp("run", workspace, "--quiet").out


def test_loading_the_same_file_twice_changes_nothing(workspace: Path) -> None:
    file = workspace.parent / "contact.csv"
    file.write_text(CONTACTS)
    first = earlyhelp("load", workspace, file, "--json")
    again = earlyhelp("load", workspace, file, "--json")
    assert (first.code, again.code) == (0, 5)
    assert again.json["feeds"][0]["already_loaded"]
    assert again.json["feeds"][0]["tables"] == first.json["feeds"][0]["tables"]
    assert len(list((workspace / "store" / "feeds").iterdir())) == 1


def test_run_moves_what_it_has_read_and_a_second_run_has_nothing_to_do(loaded: Path) -> None:
    assert list((loaded / "inbox").iterdir()) == []
    (received,) = (loaded / "store" / "received").rglob("contact.csv")
    assert received.read_text() == CONTACTS
    assert earlyhelp("run", loaded).code == 5


def test_a_required_code_that_is_blank_or_unknown_is_accepted_and_its_word_is_kept(loaded: Path) -> None:
    out = loaded.parent / "contact.csv"
    assert earlyhelp("export", loaded, "contact", "--out", out, "--identity").code == 0
    rows = {row["contact_id"]: row for row in _rows(out)}
    assert rows["3"]["source_code"] == "6"
    assert (rows["4"]["source_code"], rows["4"]["source_raw"]) == ("unmapped", "Martian")
    assert (rows["5"]["source_code"], rows["5"]["source_raw"]) == ("not_recorded", "")
    assert set(rows) == {"1", "2", "3", "4", "5", "9"}


def test_an_export_is_readable_by_its_owner_alone_and_stands_in_the_audit_log(loaded: Path) -> None:
    out = loaded.parent / "rows.csv"
    assert earlyhelp("export", loaded, "contact", "--out", out, "--reason", "monthly check").code == 0
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    log = (loaded / "log" / "audit.jsonl").read_text()
    assert '"event": "export"' in log
    assert "monthly check" in log
    assert "Hill School" not in out.read_text().splitlines()[0]


def test_without_identity_an_export_holds_no_free_text(loaded: Path) -> None:
    out = loaded.parent / "rows.csv"
    earlyhelp("export", loaded, "contact", "--out", out)
    headings = out.read_text().splitlines()[0].split(",")
    assert "source_raw" not in headings
    assert "requestor_organisation" not in headings
    assert {"feed_id", "source_system", "source_record_id", "person_id", "family_id"} <= set(headings)


def test_small_counts_are_suppressed_and_never_zero(loaded: Path) -> None:
    ended = earlyhelp("measure", loaded, "A1", "--by", "source_code", "--json")
    statuses = {row["source_code"]: row["status"] for row in ended.json["rows"]}
    assert set(statuses.values()) == {"suppressed"}
    assert all(row["numerator"] is None and row["value"] is None for row in ended.json["rows"])
    (total,) = earlyhelp("measure", loaded, "A1", "--json").json["rows"]
    assert (total["numerator"], total["status"]) == (6, "ok")


def test_a_certificate_tells_the_rule_and_works_the_figure_out_again(loaded: Path) -> None:
    (row,) = earlyhelp("measure", loaded, "A1", "--json").json["rows"]
    told = earlyhelp("certificate", loaded, row["certificate"], "--json")
    assert told.code == 0
    assert told.json["same"] is True
    assert told.json["recomputed"]["value"] == row["value"]
    assert "FROM contact" in told.json["rule"]
    assert earlyhelp("certificate", loaded, "C0", "--json").code == 3


def test_measures_without_their_columns_say_so(loaded: Path) -> None:
    told = earlyhelp("measure", loaded, "C5", "--json").json
    assert [row["status"] for row in told["rows"]] == ["no_data"]
    assert told["missing_columns"] == ["eh_episode.start_date"]


def test_exporting_every_table_and_loading_it_again_gives_the_same_dataset(
    thornbridge: Path, workspace: Path, tmp_path: Path
) -> None:
    from earlyhelp.standard import TABLES

    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    for table in TABLES:
        assert earlyhelp("export", thornbridge, table, "--out", first / f"{table}.csv", "--identity").code == 0
    for file in first.iterdir():
        (workspace / "inbox" / file.name).write_bytes(file.read_bytes())
    assert earlyhelp("run", workspace, "--as-at", "2026-03-31").code == 0
    for table in sorted(TABLES.keys() - {"feed", "person_link"}):
        assert earlyhelp("export", workspace, table, "--out", second / f"{table}.csv", "--identity").code == 0
        assert _content(second / f"{table}.csv") == _content(first / f"{table}.csv"), table


def _content(file: Path) -> list[tuple[tuple[str, str], ...]]:
    """Rows without what every workspace makes for itself: the feed's id and the linked ids."""
    own = ("feed_id", "person_id", "family_id")
    return sorted(tuple((k, v) for k, v in row.items() if k not in own) for row in _rows(file))


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_the_demo_prints_answers_and_prints_them_again_without_a_new_run(tmp_path: Path) -> None:
    small = ("demo", "--dir", tmp_path / "demo", "--councils", 1, "--children", 600, "--json")
    first, again = earlyhelp(*small), earlyhelp(*small)
    assert (first.code, again.code) == (0, 0)
    assert first.json == again.json
    (council,) = first.json["councils"]
    assert {answer["measure"] for answer in council["answers"]} >= {"A1", "C5", "G2", "G3"}
    assert any(row["status"] == "ok" for answer in council["answers"] for row in answer["rows"])
    assert sum(feed["rows_read"] for feed in council["feeds"]) > 10_000
    assert (tmp_path / "demo" / "made" / "truth").is_dir()
