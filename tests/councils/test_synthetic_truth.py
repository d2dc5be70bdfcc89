"""Synthetic councils are plausible, and the product finds in them what is true."""

from __future__ import annotations

import importlib.util
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from earlyhelp.measures import CATALOGUE
from earlyhelp.pipeline import run
from earlyhelp.synthetic.council import Council, make_council
from earlyhelp.synthetic.plausibility import compare
from earlyhelp.synthetic.profiles import find_profile
from earlyhelp.synthetic.synthesise import write_standard
from earlyhelp.synthetic.timeline import LAST_DAY
from earlyhelp.synthetic.true_figures import TRUE, Place, TrueFigure, TrueRecords

ROOT = Path(__file__).resolve().parents[2]


def _script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"bench_{name}", ROOT / "bench" / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


bench = _script("truth")


# Plausibility ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Wandsworth", "Croydon", "Sutton"])
def test_the_rates_of_a_drawn_council_lie_in_the_published_range_of_the_one_it_resembles(shared, name):
    council = make_council(find_profile(name), 20_000, 1, 0)
    outside = {
        each.rate.name: (each.drawn, each.lower, each.upper)
        for each in compare(council, shared / "reference")
        if not each.is_within
    }
    assert outside == {}


@pytest.mark.long
@pytest.mark.parametrize("name", ["West Berkshire", "Leeds", "Southampton", "Westminster", "Bristol", "West Sussex"])
def test_the_rates_of_a_council_at_its_real_size_lie_in_the_published_range(shared, name):
    profile = find_profile(name)
    council = make_council(profile, profile.children, 2, 0)
    outside = [each.rate.name for each in compare(council, shared / "reference") if not each.is_within]
    assert outside == []


def test_about_one_family_in_seven_would_step_up_within_a_year_of_the_offer_with_no_service():
    """Councils that tell of it report about one child in six referred in the year after early help."""
    offers = make_council(find_profile("Lambeth"), 20_000, 1, 0).truth["offers"].to_pylist()
    without = [row["y_12_none"] for row in offers if row["eligible"]]
    assert 0.10 < sum(without) / len(without) < 0.20


# True figures ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def council() -> Council:
    return make_council(find_profile("Lambeth"), 3_000, 4, 0)


def test_every_true_figure_is_of_a_measure_and_definition_that_there_is_and_is_answered():
    """Fourteen measures have true figures so far; all have an oracle on made-up councils (tests/generative)."""
    declared = {(each.id, name) for each in CATALOGUE.values() for name in ("default", *each.definitions)}
    assert set(TRUE) <= declared
    assert {answer.truth for answer in bench.ANSWERS} == set(TRUE.values())


def test_on_complete_records_every_figure_of_the_product_is_the_true_one(council, tmp_path):
    workspace = bench.workspace_of(tmp_path / "workspace", council.code, council.name)
    write_standard(council, workspace.inbox, "parquet")
    run(workspace, LAST_DAY, as_at=LAST_DAY)
    rows = bench.answers_of(workspace, TrueRecords(council.records, council.code), halves=False)
    told = {row["answer"] for row in rows if row["told"] and row["told"]["numerator"]}
    assert told == {answer.name for answer in bench.ANSWERS}
    assert [row for row in rows if not row["told"] or not row["true"] or not bench._same(row)] == []


def test_parting_a_council_by_lot_keeps_a_family_together_and_changes_nothing_but_the_name_of_the_team(council):
    records = bench.parted_by_lot(council)
    halves: dict[str, set[str]] = {}
    for table, column in (("contact", "team"), ("eh_episode", "team"), ("eh_assessment", "organisation")):
        assert records[table].drop_columns([column]).equals(council.records[table].drop_columns([column]))
        for row in records[table].to_pylist():
            halves.setdefault(row["family_key"], set()).add(row[column])
    assert all(len(each) == 1 for each in halves.values())
    in_first = sum(each == {"half 1"} for each in halves.values()) / len(halves)
    assert 0.4 < in_first < 0.6


# Messy extracts ----------------------------------------------------------------------------------------------

SILENT = {
    "A1 families": "no return tells the family of a request: it is that in which the child was last recorded",
    "G4": "no return tells that an episode is a step-down; only RC9 is seen",
}
"""Answers that the layouts of the returns cannot give in full, however clean they are."""
NEW_IDS = ("A1 children", "B6", "D1", "G2", "G4 referrals_from_early_help", "G9")
"""Answers that part a child in two, or count what is told twice, where the change of system gave it a new id."""
OVER_THE_CHANGE = ("G4 referrals_from_early_help", "G9")
"""Of these, what rests on returns of both times even where the case system itself is at hand."""

DATED = ("A1", "A1 children", "A1 rate", "B6", "C1", "C1 children", "C1 rate", "C2", "G3")
"""Answers that rest on ids and dates and on no code."""
OF_CODES = frozenset(
    {"local word", "label for code", "case or spaces of a code", "remark for code", "code not recorded"}
)
HARMLESS = frozenset(
    {
        "text in one case", "Windows-1252", "semicolons", "mark of order", "heading in other words", "column added",
        "columns in another order", "number in scientific notation", "old address", "address missing", "postcode misspelt",
        "sex missing", "wrong sex", "date of birth missing", "date of birth off by one", "placeholder date of birth",
        "day and month of birth swapped", "former surname", "surname misspelt", "surname spelt otherwise", "forename misspelt",
        "forename spelt otherwise", "nickname", "names swapped", "hyphen lost",
    }
)  # fmt: skip
"""Faults that change what a person or a place is called, and no id, day or code that is counted."""


def _extracts(
    tmp_path_factory: pytest.TempPathFactory, mess: float, systems: str = "returns", children: int = 2_000
) -> tuple[list[dict[str, Any]], TrueRecords, Path]:
    folder = tmp_path_factory.mktemp("council")
    plan = bench.Plan(1, children, 2, ("Lambeth",), mess=mess, systems=systems)
    made, workspace, records = bench.with_extracts(folder, plan)
    run(workspace, LAST_DAY, as_at=LAST_DAY)
    return bench.answers_of(workspace, records, halves=False), records, folder / "made" / "truth" / made.folder


@pytest.fixture(scope="module")
def clean(tmp_path_factory):
    return _extracts(tmp_path_factory, 0.0)


@pytest.fixture(scope="module")
def messy(tmp_path_factory):
    return _extracts(tmp_path_factory, 1.0)


def _counted(rows: list[dict[str, Any]], without: tuple[str, ...]) -> list[dict[str, Any]]:
    return [row for row in rows if not row["answer"].startswith("K") and row["answer"] not in without]


@pytest.mark.long
def test_from_extracts_without_mess_the_figures_that_the_change_of_system_leaves_alone_are_the_true_ones(clean):
    rows, _, _ = clean
    untouched = _counted(rows, (*SILENT, *NEW_IDS))
    before = [row for row in _counted(rows, tuple(SILENT)) if row["year"] < 2022]
    assert len(before) > 50
    assert [row for row in (*untouched, *before) if not row["told"] or not row["true"] or not bench._same(row)] == []


@pytest.mark.long
@pytest.mark.parametrize(
    ("systems", "untold"), [("mosaic", ("G4", *OVER_THE_CHANGE)), ("eclipse", (*SILENT, *NEW_IDS))]
)
def test_through_the_case_systems_own_layout_the_figures_are_the_true_ones_too(systems, untold, tmp_path_factory):
    """Chains of steps tell more than returns do: families of requests, and one id for an assessment told twice."""
    rows, _, _ = _extracts(tmp_path_factory, 0.0, systems, children=500)
    counted = _counted(rows, untold)
    assert len(counted) > 90
    assert [row for row in counted if not row["told"] or not row["true"] or not bench._same(row)] == []


@pytest.mark.long
@pytest.mark.parametrize("which", ["clean", "messy"])
def test_figures_from_extracts_miss_the_truth_by_no_more_than_the_planted_faults_can_touch(which, request):
    """Families without such a fault, and registered once, are counted as they are; each other record twice at the most."""
    rows, records, truth = request.getfixturevalue(which)
    dated, coded = (_without(records, _touched(truth, harmless)) for harmless in (HARMLESS | OF_CODES, HARMLESS))
    for answer in bench.ANSWERS:
        if not answer.name.startswith(("K", "C5")) and answer.name not in SILENT:
            rest = dated if answer.name in DATED else coded
            assert _outside([row for row in rows if row["answer"] == answer.name], dict(answer.truth(rest))) == []


@pytest.mark.long
@pytest.mark.parametrize(
    ("answer", "table", "key", "harmless", "told_twice"),
    [
        ("A1", "contact", "contact_id", HARMLESS | OF_CODES, False),
        ("A3", "contact", "contact_id", HARMLESS, False),
        ("B6", "eh_assessment", "assessment_id", HARMLESS | OF_CODES, True),
        ("D1", "eh_assessment", "assessment_id", HARMLESS, True),
        ("C2", "eh_episode", "episode_id", HARMLESS | OF_CODES, False),
    ],
)
def test_what_is_counted_row_by_row_differs_by_no_more_rows_than_were_damaged(
    messy, answer, table, key, harmless, told_twice
):
    """A damaged row may go missing or stand in another year or under another code, so it counts twice at the most."""
    rows, records, truth = messy
    faults = pq.read_table(truth / "planted_faults.parquet", columns=["fault", "record"]).to_pylist()
    damaged = {row["record"] for row in faults if row["fault"] not in harmless}
    twice = _registered_again(truth) if told_twice else set()
    own = [row for row in records.rows(table) if row[key] in damaged or row["person_key"] in twice]
    assert 0 < len(own) < len(records.rows(table))
    off = [
        abs((row["told"] or {"numerator": 0})["numerator"] - (row["true"] or {"numerator": 0})["numerator"])
        for row in rows
        if row["answer"] == answer and row["dims"].get("flow") != "net"
    ]
    assert 0 < sum(off) <= 2 * len(own)


def _outside(rows: list[dict[str, Any]], sure: dict[Place, TrueFigure]) -> list[dict[str, Any]]:
    """Figures below what the untouched make for certain, or above it by more than twice what the others have in all years."""
    flows = [row for row in rows if row["dims"].get("flow") != "net"]
    least = {id(row): sure[place].numerator if (place := _place(row)) in sure else 0 for row in flows}
    slack = sum(row["true"]["numerator"] for row in flows if row["true"]) - sum(least.values())
    told = [(row, row["told"]["numerator"]) for row in flows if row["told"]]
    return [row for row, n in told if not least[id(row)] <= n <= least[id(row)] + 2 * slack]


def _place(row: dict[str, Any]) -> Place:
    return Place(row["year"] and date(row["year"], 4, 1), tuple(sorted(row["dims"].items())))


def _touched(truth: Path, harmless: frozenset[str]) -> set[str]:
    """Children with a planted fault that may move a figure, or with more than one id in the case system."""
    faults = pq.read_table(truth / "planted_faults.parquet", columns=["fault", "person_key"]).to_pylist()
    damaged = {row["person_key"] for row in faults if row["person_key"] and row["fault"] not in harmless}
    return damaged | _registered_again(truth)


def _registered_again(truth: Path) -> set[str]:
    """Children with more than one id in the case system: by mistake, or by its change."""
    registers = pq.read_table(truth / "registers.parquet", columns=["register", "person_key"]).to_pylist()
    ids = Counter(row["person_key"] for row in registers if row["register"] == "case")
    return {person for person, n in ids.items() if n > 1}


def _without(records: TrueRecords, touched: set[str]) -> TrueRecords:
    """The records without every family that has a touched child."""
    members = records.tables["family_member"].to_pylist()
    families = {row["family_key"] for row in members if row["person_key"] in touched}
    gone = touched | {row["person_key"] for row in members if row["family_key"] in families}
    kept = {}
    for name, table in records.tables.items():
        for column, away in (("family_key", families), ("person_key", gone)):
            if column in table.column_names:
                table = table.filter(pc.invert(pc.is_in(table[column], pa.array(sorted(away), pa.string()))))
        kept[name] = table
    return TrueRecords(kept, records.area_code)


# The report --------------------------------------------------------------------------------------------------


def _row(
    value: float, true: float, lower: float, upper: float | None, halves: Any = None, n: int = 100
) -> dict[str, Any]:
    told = {"numerator": value * n, "denominator": n, "value": value, "lower": lower, "upper": upper}
    truth = {"numerator": true * n, "denominator": n, "value": true}
    return {"answer": "G3", "year": 2021, "dims": {}, "told": told, "true": truth, "halves": halves}


def _results(*rows: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"like": "Lambeth", "seconds": [1, 1, 1], "faults": 0, "rows": [row]} for row in rows]


def test_bias_is_the_mean_of_figure_less_truth():
    [found] = bench.summary(_results(_row(0.3, 0.2, 0, 1), _row(0.2, 0.2, 0, 1))).values()
    assert (found.figures, found.equal) == (2, 1)
    assert found.bias == pytest.approx(0.05)
    assert found.relative == pytest.approx(0.25)


def test_an_interval_is_held_against_the_other_councils_drawn_alike_never_against_its_own():
    wide, narrow = _row(0.2, 0.2, 0.15, 0.25), _row(0.4, 0.4, 0.39, 0.41)
    [found] = bench.summary(_results(wide, wide, wide, wide, wide, narrow)).values()
    assert (found.covered, found.intervals) == (5, 6)


def test_too_few_councils_alike_tell_nothing_of_the_long_run():
    [found] = bench.summary(_results(*[_row(0.2, 0.2, 0.1, 0.3)] * 4)).values()
    assert found.intervals == 0


@pytest.mark.parametrize(
    ("halves", "alarms"),
    [
        ([(0.1, 0.2), (0.3, 0.4)], 1),
        ([(0.3, 0.4), (0.1, 0.2)], 1),
        ([(0.1, 0.3), (0.2, 0.4)], 0),
        ([(0.1, None), (9, 9)], 0),
    ],
)
def test_two_halves_whose_intervals_do_not_overlap_are_a_false_alarm(halves, alarms):
    [found] = bench.summary(_results(_row(0.2, 0.2, 0.1, 0.3, halves))).values()
    assert (found.alarms, found.pairs) == (alarms, 1)


@pytest.mark.parametrize(
    ("figures", "together"),
    [
        ([(1, 10, 0.1), (30, 100, 0.3)], 31 / 110),
        ([(20, 10_000, 20.0), (60, 20_000, 30.0)], 80 / 30_000 * 10_000),
        ([(5, None, 5), (7, None, 7)], 6),
        ([(3, 5, 151.0), (4, 8, 161.0)], 156.0),
    ],
)
def test_the_long_run_of_shares_and_rates_is_that_of_their_sums_and_of_others_their_mean(figures, together):
    names = ("numerator", "denominator", "value")
    assert bench.long_run([dict(zip(names, each, strict=True)) for each in figures]) == pytest.approx(together)


def test_a_result_that_is_kept_is_not_worked_out_again(tmp_path):
    job = bench.Job(number=0, children=1, seed=1, full=False)
    (tmp_path / job.name).write_text('{"like": "kept"}', "utf-8")
    assert bench.do(job, tmp_path) == {"like": "kept"}


def test_the_page_names_an_answer_that_misses_the_truth(council):
    options = bench.argparse.Namespace(children=100, seed=1)
    text = bench.page(_results(_row(0.3, 0.2, 0, 1)), [], options)
    assert "differ from the truth: G3" in text
    assert "differ from the truth" not in bench.page(_results(_row(0.2, 0.2, 0, 1)), [], options)
