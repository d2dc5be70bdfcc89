"""Erasing a person takes their rows and nobody else's, out of every file, and nothing brings them back."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from earlyhelp.answering import measure
from earlyhelp.build.erasing import Asked, Whom, forget
from earlyhelp.errors import EarlyHelpError, InputRefused, NothingToDo, UsageProblem
from earlyhelp.ingest.cut_rows import cut_rows
from earlyhelp.link.thresholds import UNDER_BOUNDS
from earlyhelp.measures import Question
from earlyhelp.pipeline import load
from earlyhelp.store.audit import first_broken
from earlyhelp.store.decisions import Decision, history, save
from earlyhelp.store.erasure import written_again
from earlyhelp.store.files import read_json
from earlyhelp.store.residue import Sought
from earlyhelp.store.snapshots import damaged_files
from earlyhelp.store.workspace import Workspace
from erasable import ASKED, DAY, FILES, PERSONAL, WHOM, council, holding, receive, rows, tables


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return council(tmp_path_factory.mktemp("erasure") / "before").root


@pytest.fixture(scope="module")
def erased(before: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, dict]:
    workspace = copied(before, tmp_path_factory.mktemp("erased"))
    with closing(sqlite3.connect(workspace.store / "reviews.sqlite3")) as base, base:
        base.execute("CREATE TABLE decision (person_key_l TEXT, person_key_r TEXT, decision TEXT)")
        decided = [(WHOM.id, "somebody-else"), ("somebody-else", WHOM.id), ("sister-of-flat-9", "somebody-else")]
        base.executemany("INSERT INTO decision VALUES (?, ?, 'different')", decided)
    for pair, keys in (("a", (WHOM.id, "somebody-else")), ("b", ("sister-of-flat-9", "somebody-else"))):
        saved = Decision(pair, *sorted(keys), "different", "kim", ASKED.when)
        save(workspace, lambda told, saved=saved: saved)
    return workspace, forget(workspace, WHOM, ASKED)


def copied(root: Path, folder: Path) -> Workspace:
    shutil.copytree(root, folder / "council")
    return Workspace(folder / "council")


def test_the_person_is_in_the_store_before_and_in_no_file_after(before, erased):
    assert len(holding(before / "store")) > 8
    assert holding(erased[0].root) == []


def test_the_result_tells_the_rows_by_table_and_names_nobody(erased):
    _, result = erased
    assert result["rows"] == {
        "allocation": 1,
        "contact": 1,
        "eh_episode": 1,
        "family_member": 1,
        "feedback": 1,
        "person": 1,
        "person_identifier": 2,
    }
    assert result["still_found_in"] == []
    assert result["searched"] > 50
    assert not [word for word in PERSONAL if word in json.dumps(result)]


BOUNDS = {f"analysis/{name}.parquet" for name in UNDER_BOUNDS}
"""Spells under stricter and looser linking: an erasure leaves them out, and the next run makes them again."""


def test_everybody_elses_rows_are_as_they_were(before, erased):
    """What a council without the person would hold: the same files with the person's lines taken out by hand."""
    key = WHOM.id
    was, became = tables(Workspace(before)), tables(erased[0])
    assert was.keys() - became.keys() == BOUNDS, "whose spells they are under a bound is in no list of keys"
    counted = ("feed_total", "field_count", "rule_record", "family_help")  # the family's spell is its other child's now
    told_again = {f"analysis/{name}.parquet" for name in counted}
    for name in became.keys() - told_again:
        assert became[name] - was[name] == {}, name
        gone = was[name] - became[name]
        if name == "analysis/contact.parquet":
            assert [row[1:3] for row in gone] == [("C1", key)] or any("C1" in row for row in gone)
    assert sum((was["analysis/contact.parquet"] - became["analysis/contact.parquet"]).values()) == 1
    assert sum((was["analysis/person.parquet"] - became["analysis/person.parquet"]).values()) == 1
    assert sum((was["analysis/child_help.parquet"] - became["analysis/child_help.parquet"]).values()) == 1


def test_the_snapshot_is_what_a_run_on_the_feeds_that_are_left_makes(erased, tmp_path):
    """The slow and obvious way: build everything anew. Scores and quality of links differ, as names are a little rarer."""
    workspace, _ = erased
    anew = copied(workspace.root, tmp_path)
    shutil.rmtree(anew.snapshots)
    anew.current_pointer.unlink()
    receive(anew, {})
    was, became = tables(workspace), tables(anew)
    scored = {f"analysis/{name}.parquet" for name in ("person_link", "link_quality")}
    scored |= {f"identity/{name}.parquet" for name in ("link_candidate", "link_seen")} | BOUNDS
    assert {name for name in was.keys() | became.keys() if was.get(name) != became.get(name)} <= scored


def test_a_familys_spell_is_told_by_those_who_stay_and_a_measure_counts_one_less(before, erased):
    (old,) = measure(Workspace(before), "A1", Question()).released.rows
    (new,) = measure(erased[0], "A1", Question()).released.rows
    assert (old.status, new.status) == (
        "suppressed",
        "suppressed",
    )  # three requests and two: counts so small are not shown
    with duckdb.connect() as con:
        held = [f"'{w.snapshot_folder()}/analysis/family_help.parquet'" for w in (Workspace(before), erased[0])]
        spells = [con.execute(f"SELECT count(*), count(end_date) FROM {each}").fetchone() for each in held]
    assert spells == [(2, 1), (2, 1)]  # the sister's help goes on; the other family's has ended


def test_the_account_of_every_feed_balances_and_the_persons_rows_are_set_aside_without_content(erased):
    workspace, _ = erased
    for path in workspace.feeds.glob("*/feed.json"):
        for table in read_json(path)["tables"]:
            assert table["rows_read"] == table["rows_accepted"] + table["rows_quarantined"]
    aside = [row for path in workspace.feeds.glob("*/quarantine.parquet") for row in rows(path)]
    assert [row[4] for row in aside].count("erased") == len(aside) == 9  # eight rows, and C3 that had no day
    assert {row[8] for row in aside} == {None}


def test_a_database_of_reviews_loses_what_was_said_of_the_person_and_keeps_the_rest(erased):
    with closing(sqlite3.connect(erased[0].store / "reviews.sqlite3")) as base:
        assert base.execute("SELECT * FROM decision").fetchall() == [("sister-of-flat-9", "somebody-else", "different")]


def test_a_reviewers_decision_about_the_person_goes_and_the_others_stay(erased):
    assert [each.pair for each in history(erased[0])] == ["b"]
    assert erased[1]["decisions"] == 1


def test_received_files_lose_the_persons_rows_and_no_other(before, erased):
    workspace, result = erased
    assert {each["path"]: each["rows_cut"] for each in result["originals"]} == {
        "allocation.csv": 1,
        "contact.csv": 2,
        "eh_episode.csv": 1,
        "family_member.csv": 1,
        "feedback.csv": 1,
        "person.csv": 1,
        "person_identifier.csv": 2,
    }
    (person,) = workspace.received.glob("*/person.csv")
    was = FILES["person.csv"].splitlines(keepends=True)
    assert person.read_text(encoding="utf-8") == "".join([was[0], "\n", *was[2:]])


def test_manifest_and_audit_log_record_the_erasure_without_the_person(erased):
    workspace, result = erased
    manifest = workspace.manifest()
    assert manifest["erasures"][0]["instead_of"] == result["snapshots"][0]["old"]
    assert manifest["erasures"][0]["reason"] == "request 17"
    assert written_again(workspace, result["snapshots"][0]["old"]) == workspace.current
    assert written_again(workspace, workspace.current) is None
    assert {"sha256_before", "sha256_after"} <= set(manifest["erasures"][0]["originals"][0])
    assert damaged_files(workspace.snapshot_folder()) == []
    (line,) = (workspace.log / "audit.jsonl").read_text().splitlines()
    assert json.loads(line)["account"] == "tester"
    assert json.loads(line)["person"] == result["person"]
    assert first_broken(workspace.log / "audit.jsonl", workspace.pseudonyms) is None


def test_loading_the_same_or_a_later_extract_does_not_bring_the_person_back(erased, tmp_path):
    workspace = copied(erased[0].root, tmp_path)
    later = {
        name: text + text.splitlines()[-1].replace("1", "7") + "\n"
        for name, text in FILES.items()
        if name != "person.csv"
    }
    for name, text in {**later, "again.csv": FILES["contact.csv"]}.items():
        (tmp_path / name).write_text(text, encoding="utf-8", newline="")
        load(workspace, [tmp_path / name], DAY)
    assert holding(workspace.root) == []
    told = [read_json(path) for path in workspace.feeds.glob("*/feed.json")]
    assert sum(feed["path"] == "feedback.csv" for feed in told) == 2
    with pytest.raises(NothingToDo):
        forget(workspace, WHOM, ASKED)


def test_a_dry_run_or_a_reason_that_names_the_person_changes_nothing(before, erased):
    workspace = Workspace(before)
    files = {path: path.read_bytes() for path in before.rglob("*") if path.is_file()}
    result = forget(workspace, WHOM, ASKED, dry_run=True)
    assert (result["rows"], result["originals"]) == (erased[1]["rows"], erased[1]["originals"])
    for reason in ("asked by child-of-flat-9", "NHS 943 476 5919", "Zebedee Quillfeather, born 19/07/2011"):
        with pytest.raises(UsageProblem):
            forget(workspace, WHOM, replace(ASKED, reason=reason))
    assert {path: path.read_bytes() for path in before.rglob("*") if path.is_file()} == files


def test_a_person_told_by_person_id_goes_and_what_is_still_found_is_told_by_its_file_alone(before, tmp_path):
    workspace = copied(before, tmp_path)
    links = rows(workspace.snapshot_folder() / "analysis" / "person_link.parquet")
    (person_id,) = {value for row in links if WHOM.id in row for value in row if str(value).startswith("P")}
    (workspace.maps / "note.txt").write_text("rang about 943 476 5919")
    with pytest.raises(EarlyHelpError) as raised:
        forget(workspace, Whom(person_id=person_id), ASKED)
    assert raised.value.exit_code == 1
    assert raised.value.where == "maps/note.txt"
    assert "476" not in str(raised.value.as_dict())
    assert holding(workspace.store, (*PERSONAL, person_id)) == []


def test_somebody_unknown_is_refused_and_a_second_request_has_nothing_to_do(erased):
    with pytest.raises(InputRefused):
        forget(erased[0], Whom("standard", "nobody"), ASKED)
    with pytest.raises(NothingToDo):
        forget(erased[0], WHOM, ASKED)


def test_a_row_of_somebody_else_that_names_the_person_stays_and_the_original_goes(tmp_path):
    person = FILES["person.csv"].replace("2012-05-06,F,", "2012-05-06,F,child-of-flat-9")
    workspace = council(tmp_path / "council", {"person.csv": person, "contact.csv": FILES["contact.csv"]})
    result = forget(workspace, WHOM, ASKED)
    fates = {each["path"]: each["why_deleted"] for each in result["originals"]}
    assert fates == {"person.csv": "the row of somebody else names the person", "contact.csv": ""}
    assert len(rows(workspace.snapshot_folder() / "analysis" / "person.parquet")) == 3
    assert holding(workspace.root) == []
    original = tmp_path / "person.csv"
    original.write_text(person)
    load(workspace, [original], DAY)
    assert not list(workspace.received.glob("*/person.csv"))


def test_two_people_erased_one_after_the_other_leave_both_out(erased, tmp_path):
    workspace = copied(erased[0].root, tmp_path)
    forget(workspace, Whom("standard", "sister-of-flat-9"), Asked("tester", "request 18", "2026-04-03T09:00:00+00:00"))
    assert holding(workspace.root, (*PERSONAL, "Quillfeather", "sister-of-flat-9")) == []
    assert len(workspace.manifest()["erasures"]) == 2


def test_an_id_that_another_person_bears_too_is_not_held_against_their_record(tmp_path):
    """A number given twice by mistake: the other child keeps it, and the search does not stumble over it."""
    files = {**FILES, "person_identifier.csv": FILES["person_identifier.csv"] + "somebody-else,upn,Q801200001001\n"}
    workspace = council(tmp_path / "council", files)
    assert forget(workspace, WHOM, ASKED)["still_found_in"] == []
    assert holding(workspace.root, ("9434765919",)) == []
    assert holding(workspace.received, ("Q801200001001",)) != []


def test_rows_are_cut_out_of_text_only_where_it_reads_as_before(tmp_path):
    told = tmp_path / "told.csv"
    told.write_bytes(b'id,said\r\n1,"two\r\nlines"\r\n2,"a ""word"""\r\n3,last')
    assert cut_rows(told, "told.csv", {2}, tmp_path / "cut.csv", tmp_path)
    assert (tmp_path / "cut.csv").read_bytes() == b'id,said\r\n\r\n2,"a ""word"""\r\n3,last'
    wide = tmp_path / "wide.csv"
    wide.write_text("id,said\n1,ü\n2,two\n", encoding="utf-16")
    assert cut_rows(wide, "wide.csv", {3}, tmp_path / "wide_cut.csv", tmp_path)
    assert (tmp_path / "wide_cut.csv").read_text(encoding="utf-16") == "id,said\n1,ü\n\n"
    torn = tmp_path / "torn.csv"
    torn.write_text('id,said\n1,"never closed\n2,b\n3,c\n4,d\n')
    assert not cut_rows(torn, "torn.csv", {4}, tmp_path / "torn_cut.csv", tmp_path)
    assert not (tmp_path / "torn_cut.csv").exists()
    book = tmp_path / "book.xml"
    book.write_text("<a><b>1</b></a>")
    assert not cut_rows(book, "book.xml", {1}, tmp_path / "book_cut.xml", tmp_path)


SOUGHT = Sought(("a1" * 16,), ("9434765919", "AB-12345"), (("zebedee", "quillfeather", "2011-07-19"),))


@pytest.mark.parametrize(
    "text",
    [
        "x a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1 y",
        "943 476 5919",
        "9434765919;",
        "ab-12345",
        "QUILLFEATHER,Zebedee,19/07/2011",
    ],
)
def test_a_trace_of_the_person_is_found_however_it_is_written(text):
    assert SOUGHT.in_text(text)
    assert SOUGHT.in_bytes(text.encode("utf-16-le"))


@pytest.mark.parametrize(
    "text", ["19434765919", "AB-123456", "Zebedee Quillfeather", "Araminta Quillfeather 2011-07-19", ""]
)
def test_what_is_somebody_elses_is_no_trace(text):
    assert not SOUGHT.in_text(text)


@given(st.text(alphabet=",;| \n\"'", max_size=20), st.text(alphabet=",;| \n\"'", max_size=20))
def test_an_identifier_is_found_between_any_signs_that_part_fields(left, right):
    assert SOUGHT.in_text(f"{left}9434765919{right}")
