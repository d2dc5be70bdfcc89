"""No planted fault vanishes unsaid: each is repaired, in quarantine or on a fix-list, or its kind stands with a reason."""

from __future__ import annotations

import importlib.util
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from earlyhelp.pipeline import run
from earlyhelp.store.workspace import create_workspace
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
    "day and month swapped on import": (6, "Contact Date", "2025-06-05", "2025-05-06", "vanished"),
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

    are_joined = are_at_odds = is_retold


@pytest.mark.parametrize(
    ("rule", "told"),
    [("EH-295", {"uprn": "on a fix-list"}), ("EH-272", dict.fromkeys(("uprn", "postcode"), "on a fix-list"))],
)
def test_that_a_cell_is_empty_tells_of_no_cell_that_is_not(rule: str, told: dict[str, str]):
    file = "standard_2026-03-31/person.csv"
    cells = [_row(file, "old address", 1, name, was, now) for name, was, now in ADDRESS]
    planted = [{**cell, "part": "person", "person_key": "P1", "record": "ssd-1"} for cell in cells]
    feeds = bench._Feeds({file: {"feed_id": "f", "source": "standard", "parts": []}})
    case = bench._Case(planted, feeds, {("f", "person", 1): {rule}}, _Nothing(), set(), _Nothing())
    found = {cell["heading"]: case.judged(number).outcome for number, cell in enumerate(planted)}
    assert found == {"uprn": "vanished", "postcode": "vanished", **told}


def test_the_section_of_the_page_tells_every_kind_and_names_those_that_vanish():
    text = "\n".join(
        bench.lines({"nickname": {"vanished": 2, "repaired": 1}, "semicolons": {"repaired": 5}}, "One council.")
    )
    assert "| nickname | 3 | 1 | 0 | 0 | 2 |" in text
    assert "| **all** | 8 | 6 | 0 | 0 | 2 |" in text
    assert "**nickname**, 2 of 3" in text
    assert "None vanishes" not in text
    assert "None vanishes" in "\n".join(bench.lines({"semicolons": {"repaired": 5}}, "One council."))


def test_a_reason_is_given_for_declared_kinds_alone():
    assert set(bench.REASONS) <= {fault.name for fault in FAULTS} | OF_REGISTERS


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
    gone = Counter(each.fault for each in judged if each.outcome == bench.VANISHED)
    assert set(gone) <= set(bench.REASONS)


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
