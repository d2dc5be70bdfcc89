"""No planted fault vanishes unsaid: each is repaired, in quarantine or on a fix-list, or its kind stands with a reason."""

from __future__ import annotations

import importlib.util
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from earlyhelp.pipeline import run
from earlyhelp.standard import person, social_care_event
from earlyhelp.store.workspace import Workspace, create_workspace
from earlyhelp.synthetic.faults import FAULTS
from earlyhelp.synthetic.timeline import LAST_DAY

BENCH = Path(__file__).resolve().parents[2] / "bench"
sys.path.append(str(BENCH))


def _script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, BENCH / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


bench = _script("planted_faults")
PLANTED = pa.schema(
    [(name, pa.string()) for name in ("file", "part", "heading", "fault", "was", "became", "person_key", "record")]
)
PLANTED = PLANTED.append(pa.field("row", pa.int64())).append(pa.field("quarantines", pa.bool_()))
ADDRESS = [("uprn", "800000600011", ""), ("postcode", "QA1 7BX", "QA2 1AA")]
OF_REGISTERS = {"registered twice", "id of somebody else"}


# A few faults, judged by hand --------------------------------------------------------------------------------

EARLIER = """\
contact_id,person_key,contact_date,source_code,team
1,p1,2025-04-01,6,North
7,p7,2025-05-09,6,North
"""
LATER = """\
contact_id,person_key,Contact Date,source_code,team
1,p1,2025-04-01,Police,North
2,p2,,6,North
3,p3,2025-04-03,see case notes,North
4,p4,3 April 2025,6,North
5,p5,2025-05-06,6,North
5,p5,2025-05-06,6,North
7,p7,2025-05-08,6,NORTH
8,p8,2025-05-09, 6 ,South
"""
BY_HAND = {
    "label for code": (2, "source_code", "6", "Police", "repaired"),
    "event without a date": (3, "Contact Date", "2025-04-02", "", "in quarantine"),
    "remark for code": (4, "source_code", "6", "see case notes", "on a fix-list"),
    "date in words": (5, "Contact Date", "2025-04-03", "3 April 2025", "repaired"),
    "day and month swapped on import": (6, "Contact Date", "2025-06-05", "2025-05-06", "cannot be noticed"),
    "row repeated": (7, "", "", "", "on a fix-list"),
    "text in one case": (8, "team", "North", "NORTH", "on a fix-list"),
    "case or spaces of a code": (9, "source_code", "6", " 6 ", "repaired"),
    "heading in other words": (None, "Contact Date", "contact_date", "Contact Date", "repaired"),
}


def _row(file: str, fault: str, row: int | None, heading: str, was: str, became: str) -> dict[str, Any]:
    told = {
        "file": file,
        "part": "contact",
        "row": row,
        "heading": heading,
        "fault": fault,
        "was": was,
        "became": became,
    }
    return told | {"quarantines": False, "person_key": None, "record": None}


@pytest.fixture(scope="module")
def by_hand(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The outcome of each kind in two small extracts, of which the later corrects a day of the earlier."""
    folder = tmp_path_factory.mktemp("by_hand")
    made, truth = folder / "made", folder / "truth"
    workspace = create_workspace(folder / "workspace", "E09000032")
    for day, text in (("2025-06-30", EARLIER), ("2026-03-31", LATER)):
        for place in (made, workspace.inbox):
            (place / f"standard_{day}").mkdir(parents=True)
            (place / f"standard_{day}" / "contact.csv").write_text(text, "utf-8")
    truth.mkdir()
    last = "standard_2026-03-31/contact.csv"
    planted = [_row(last, fault, *rest) for fault, (*rest, _) in BY_HAND.items()]
    planted.append(
        _row("standard_2025-06-30/contact.csv", "end date changed later", 3, "contact_date", "2025-05-08", "2025-05-09")
    )
    pq.write_table(pa.Table.from_pylist(planted, PLANTED), truth / "planted_faults.parquet")
    nobody = {name: pa.array([], pa.string()) for name in ("person_key", "id", "key", "register")}
    pq.write_table(pa.table(nobody), truth / "registers.parquet")
    run(workspace, LAST_DAY, as_at=LAST_DAY)
    return {each.fault: each for each in bench.judge(made, truth, workspace)}


@pytest.mark.parametrize("fault", BY_HAND)
def test_each_fault_comes_out_as_a_person_would_say(fault: str, by_hand: dict[str, Any]):
    assert by_hand[fault].outcome == BY_HAND[fault][-1], by_hand[fault]


def test_what_a_later_extract_says_right_is_repaired(by_hand: dict[str, Any]):
    found = by_hand["end date changed later"]
    assert (found.outcome, found.how) == ("repaired", "a later extract says it right")


class _Nothing:
    """No later extract says anything, and linkage joined nobody."""

    def value(self, *asked: object) -> tuple[bool, None]:
        return False, None

    def is_retold(self, *asked: object) -> bool:
        return False

    def told_at(self, *asked: object) -> None:
        return None

    are_joined = are_at_odds = are_asked_about = speaks_against = is_retold


@pytest.mark.parametrize(
    ("rule", "told"),
    [("EH-295", {"uprn": "on a fix-list"}), ("EH-272", dict.fromkeys(("uprn", "postcode"), "on a fix-list"))],
)
def test_that_a_cell_is_empty_tells_of_no_cell_that_is_not(rule: str, told: dict[str, str]):
    file = "standard_2026-03-31/person.csv"
    cells = [_row(file, "old address", 1, name, was, now) for name, was, now in ADDRESS]
    planted = [{**cell, "part": "person", "person_key": "P1", "record": "ssd-1"} for cell in cells]
    feeds = bench._Feeds({file: {"feed_id": "f", "source": "standard", "parts": []}})
    case = bench._Case(planted, feeds, {("f", "person", 1): {rule}}, *_nothing())
    found = {cell["heading"]: case.judged(number).outcome for number, cell in enumerate(planted)}
    assert found == {"uprn": "cannot be noticed", "postcode": "cannot be noticed", **told}


def _nothing() -> tuple[_Nothing, set[str], _Nothing, _Nothing]:
    """Of later extracts, late rows, people and what speaks against a mistake."""
    return _Nothing(), set(), _Nothing(), _Nothing()


class _Otherwise(_Nothing):
    """Another record says otherwise, and the review desk may ask about it."""

    def __init__(self, is_asked: bool) -> None:
        self._is_asked = is_asked

    def speaks_against(self, *asked: object) -> bool:
        return True

    def are_asked_about(self, *asked: object) -> bool:
        return self._is_asked


@pytest.mark.parametrize(("is_asked", "outcome"), [(False, "missed"), (True, "on a fix-list")])
def test_what_another_record_contradicts_is_missed_unless_the_review_desk_asks_about_the_two(is_asked, outcome):
    file = "standard_2026-03-31/person.csv"
    planted = [{**_row(file, "nickname", 1, "forename", "Matilda", "Tilly"), "part": "person", "person_key": "P1"}]
    feeds = bench._Feeds({file: {"feed_id": "f", "source": "standard", "parts": []}})
    found = bench._Case(planted, feeds, {}, *_nothing()[:2], _Otherwise(is_asked), _Otherwise(is_asked)).judged(0)
    assert found.outcome == outcome


def test_a_mistake_that_shows_by_itself_is_missed_whatever_others_say():
    file = "standard_2026-03-31/contact.csv"
    planted = [_row(file, "text in one case", 1, "team", "North", "NORTH")]
    feeds = bench._Feeds({file: {"feed_id": "f", "source": "standard", "parts": []}})
    assert bench._Case(planted, feeds, {}, *_nothing()).judged(0).outcome == "missed"


def test_the_section_of_the_page_tells_every_kind_and_names_those_that_vanish():
    text = "\n".join(
        bench.lines(
            {"nickname": {"missed": 1, "cannot be noticed": 2, "repaired": 1}, "semicolons": {"repaired": 4}},
            "One council.",
        )
    )
    assert "| nickname | 4 | 1 | 0 | 0 | 1 | 2 |" in text
    assert "| **all** | 8 | 5 | 0 | 0 | 1 | 2 |" in text
    assert "Nobody is told of 3 (37.50%): 2 (25.00%) cannot be noticed, 1 (12.50%) are missed." in text
    assert "**nickname**, 3 of 4 (1 of them missed)" in text
    assert "None vanishes" not in text
    assert "None vanishes" in "\n".join(bench.lines({"semicolons": {"repaired": 5}}, "One council."))


def test_a_reason_is_given_for_declared_kinds_alone():
    declared = {fault.name for fault in FAULTS} | OF_REGISTERS
    assert set(bench.REASONS) <= declared
    assert set(bench.BY_ITSELF) <= declared


def test_what_speaks_against_a_mistake_is_found_in_every_extract_and_register(tmp_path: Path):
    """Ann is Anne to the police; her plan ends on two days in two files; Bo is in one list alone."""
    sys.path.append(str(BENCH))
    from planted.evidence import Evidence

    workspace = create_workspace(tmp_path / "w", "E09000032")
    people = [
        ("f", "person:1", "ssd-1", "Ann"),
        ("g", "person:1", "police-7", "Anne"),
        ("f", "person:2", "ssd-2", "Bo"),
    ]
    names = ("feed_id", "source_record_id", "person_key", "forename")
    _feed_rows(workspace, "person", [dict(zip(names, each, strict=True)) for each in people])
    plan = {"feed_id": "f", "person_key": "ssd-1", "type": "cin_plan", "start_date": date(2025, 4, 1)}
    ends = {"plans:1": date(2025, 6, 1), "plans:2": date(2025, 6, 9)}
    _feed_rows(
        workspace, "social_care_event", [{**plan, "source_record_id": at, "end_date": end} for at, end in ends.items()]
    )
    registers = [("case", "1", "ssd-1", "P1"), ("police", "7", "police-7", "P1"), ("case", "2", "ssd-2", "P2")]
    told = ("register", "id", "key", "person_key")
    pq.write_table(
        pa.Table.from_pylist([dict(zip(told, each, strict=True)) for each in registers]), tmp_path / "registers.parquet"
    )
    found = Evidence(tmp_path, workspace)
    assert found.speaks_against(person.forename, "P1", ("f", "person", 1), "Ann")
    assert not found.speaks_against(person.forename, "P2", ("f", "person", 2), "Beau")
    assert not found.speaks_against(person.forename, None, ("f", "person", 2), "Beau")
    assert found.speaks_against(social_care_event.end_date, "P1", ("f", "plans", 1), date(2025, 6, 9))
    assert not found.speaks_against(social_care_event.end_date, "P1", ("f", "plans", 3), date(2025, 6, 9))
    assert found.speaks_against(social_care_event.start_date, "P1", ("f", "plans", 1), date(2025, 4, 1))
    assert not found.speaks_against(social_care_event.start_date, "P1", ("f", "plans", 1), date(2025, 1, 4))
    assert not found.speaks_against(social_care_event.team, "P1", ("f", "plans", 1), "North")


def _feed_rows(workspace: Workspace, table: str, rows: list[dict[str, Any]]) -> None:
    folder = workspace.feeds / "f" / "rows"
    folder.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.Table.from_pylist(rows), folder / f"{table}.0.parquet")


# A whole council ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[dict[str, Any]], list[Any]]:
    """What was planted in a council of 1,500 children with every extract, and what became of it."""
    truth_report = _script("truth")
    folder = tmp_path_factory.mktemp("council")
    made, workspace, _ = truth_report.with_extracts(
        folder, truth_report.Plan(1, 1_500, 3, ("Lambeth",), systems="partners")
    )
    run(workspace, LAST_DAY, as_at=LAST_DAY)
    truth = folder / "made" / "truth" / made.folder
    planted = pq.read_table(truth / "planted_faults.parquet").to_pylist()
    return planted, bench.judge(folder / "made" / made.folder, truth, workspace)


@pytest.mark.long
def test_every_planted_fault_is_accounted_for_and_only_kinds_with_a_reason_vanish(council):
    planted, judged = council
    assert Counter(each.fault for each in judged) == Counter(each["fault"] for each in planted)
    gone = Counter(each.fault for each in judged if each.outcome in bench.VANISHED)
    assert set(gone) <= set(bench.REASONS)


@pytest.mark.long
def test_of_two_hundred_planted_faults_no_more_than_one_is_missed(council):
    """What nothing in the extracts speaks against is another matter: nobody could notice it."""
    _, judged = council
    assert sum(each.outcome == "missed" for each in judged) <= len(judged) / 200


@pytest.mark.long
def test_where_joined_records_of_a_person_differ_a_fix_list_says_so(council):
    _, judged = council
    assert not [each for each in judged if each.how == bench.CONTRADICTED]


@pytest.mark.long
def test_every_row_that_cannot_be_placed_is_in_quarantine(council):
    planted, judged = council
    pairs = [(each, found) for each, found in zip(planted, judged, strict=True) if each["quarantines"]]
    assert pairs
    assert {found.outcome for _, found in pairs} == {bench.QUARANTINED}
