"""The steps of several councils side by side: from their packs alone, by name, other definitions flagged and not laid beside."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.unit.reports.documents.own_figures import asked, table, written

from earlyhelp.compare import NAMED, LeftOut, Pack, compared
from earlyhelp.measures import Estimate
from earlyhelp.reports.blocks import Bullets, Content, TableBlock, texts
from earlyhelp.reports.documents.blueprint_steps import STEPS
from earlyhelp.reports.documents.steps_beside import BY_TEAM_ALONE
from earlyhelp.standard.local_standards import default_standards
from unit.compare import swapped_packs
from unit.compare.swapped_packs import drafted, figure, named

OURS, THEIRS = "E09000001", "E09000002"


def pack(council: str, *measures, **more: object) -> Pack:
    return drafted(*measures, council=council, **more).pack


def days(count: float) -> object:
    return figure(30, 40, estimate=Estimate(count, count - 1, count + 1))


def figures(decided: tuple[int, int], wait: float = 9.0) -> list:
    return [swapped_packs.asked("A1", figure(600)), swapped_packs.asked("A6", figure(*decided)),
            swapped_packs.asked("B2", days(wait))]  # fmt: skip


def content(*others: Pack, left_out: tuple[LeftOut, ...] = ()) -> Content:
    own = pack(OURS, *figures((200, 400)))
    return written("service-blueprint", parts=(asked("A1", 601),), comparison=compared(own, others, left_out))


def cells(found: Content, caption: str) -> dict[str, tuple[str, ...]]:
    """The rows by the measure, or by what is looked for."""
    told = table(found, caption)
    at = told.columns.index("measure") if "measure" in told.columns else 0
    return {each[at]: each[at + 1 :] for each in told.rows}


def test_each_step_has_its_measures_with_a_column_a_council():
    found = content(pack(THEIRS, *figures((300, 400), 12.0)))
    steps = table(found, "The steps, ")
    assert steps.columns == ("step", "measure", "Council 01 (this council)", "Council 02")
    rows = cells(found, "The steps, ")
    assert rows["Requests for support received"] == ("600", "600")
    assert [each.split(" (")[0] for each in rows["Decision timeliness"]] == ["50.0%", "75.0%"]
    assert rows["Wait from acceptance to allocation"] == ("9 days (8 days to 10 days)", "12 days (11 days to 13 days)")


def acting(found: Content) -> dict[tuple[str, str], tuple[str, ...]]:
    """Who acts and in which system, by step and row."""
    return {each[:2]: each[2:] for each in table(found, "The steps, ").rows if each[1] in ("who acts", "recorded in")}


def test_each_step_tells_who_acts_and_in_which_system_as_the_packs_name_them():
    ask = named("A1", "source_code", **{"6": 90, "3A": 40, "3B": 40, "2A": 12})
    other = pack(THEIRS, *figures((300, 400)), groups=[
        ask, named("A1", "source_system", mosaic=90, ecaf=14), named("F1", "org_type", school=60, voluntary=30),
        named("C1", "source_system", mosaic=90), named("B8", "source_system", mosaic=30, assessment_form=30),
        named("E1", "org_type", school=5)])  # fmt: skip
    rows = acting(content(other))
    assert rows["Somebody asks", "who acts"] == ("not told", "who asks: Health services; Police")
    assert rows["Somebody asks", "recorded in"] == ("not told", "eCAF; Mosaic")
    assert (
        rows["Help ends", "who acts"][1] == "who leads: School or college; Voluntary, community or faith organisation"
    )
    assert rows["The family is assessed, and a plan made", "who acts"][1] == "none named"
    assert (
        rows["Help goes on, and is reviewed", "recorded in"][1]
        == "Mosaic; Common assessment and early help assessment forms"
    )
    assert rows["The request is decided, and whoever asked is told", "who acts"] == (BY_TEAM_ALONE, BY_TEAM_ALONE)
    assert rows["Twelve months on", "who acts"][1].startswith("nobody")


def test_an_older_pack_names_nobody_and_says_so():
    old = replace(pack(THEIRS, *figures((300, 400))), format=1, groups=None)
    rows = acting(content(old))
    assert rows["Somebody asks", "who acts"][1] == rows["Somebody asks", "recorded in"][1] == "not in the pack"


def test_each_step_has_both_rows_first_and_the_note_says_from_how_many_cases_up_names_are_told():
    found = content(pack(THEIRS, *figures((300, 400))))
    rows = [each[:2] for each in table(found, "The steps, ").rows]
    for step in STEPS:
        assert [what for name, what in rows if name == step.name][:2] == ["who acts", "recorded in"]
    assert "where 13 cases of the step in the year or more stand behind it" in " ".join(texts(found))


def test_packs_name_whatever_the_steps_tell_by_a_code_that_councils_share():
    asked_for = {(each.measure, each.by) for step in STEPS for each in step.who if each.by != "team"}
    asked_for |= {(each, "source_system") for step in STEPS for each in step.recorded}
    assert asked_for == {(each.measure, each.by) for each in NAMED}


def test_pain_points_are_told_of_each_council_by_the_same_rules():
    rows = cells(content(pack(THEIRS, *figures((300, 400), 12.0))), "Pain points by the same")
    wait = "The family waits for a worker. Wait from acceptance to allocation"
    assert rows["The longest wait"] == (f"{wait}: 9 days", f"{wait}: 12 days")
    assert rows["Where most come again"] == ("no figure to compare", "no figure to compare")


def test_another_definition_is_flagged_with_what_differs_and_is_neither_a_figure_nor_a_pain_point():
    loose = {**default_standards(), "decision_working_days": 3}
    found = content(pack(THEIRS, *figures((20, 400)), local=loose))
    assert cells(found, "The steps, ")["Decision timeliness"][1] == "counted otherwise, not compared"
    assert cells(found, "Pain points by the same")["Least often in time"][1] == "no figure to compare"
    bullets = [item for each in found.blocks if isinstance(each, Bullets) for item in each.items]
    assert any(item.startswith("Council 02: Decision timeliness (decision_working_days is 3 there") for item in bullets)


def test_missing_and_hidden_are_told_apart():
    found = content(pack(THEIRS, swapped_packs.asked("A6", figure(3, 400))))
    rows = cells(found, "The steps, ")
    assert rows["Decision timeliness"][1] == "too few to say"
    assert rows["Requests for support received"][1] == "not in its pack"


def test_two_councils_have_no_limits_of_chance_between_them_and_three_have():
    two, three = pack(THEIRS, *figures((390, 400))), pack("E09000003", *figures((395, 400)))
    assert "beyond usual variation" not in " ".join(texts(content(two)))
    assert "beyond usual variation, below" in cells(content(two, three), "The steps, ")["Decision timeliness"][0]


def test_more_councils_than_a_page_is_wide_stand_in_tables_of_their_own_with_this_one_in_each():
    found = content(*(pack(f"E0900000{place}", *figures((200, 400))) for place in range(2, 7)))
    tables = [each for each in found.blocks if isinstance(each, TableBlock) and each.caption.startswith("The steps, ")]
    assert [each.columns[2:] for each in tables] == [
        ("Council 01 (this council)", "Council 02", "Council 03", "Council 04"),
        ("Council 01 (this council)", "Council 05", "Council 06"),
    ]


def test_a_pack_that_was_left_out_is_named_with_why():
    found = content(pack(THEIRS, *figures((200, 400))), left_out=(LeftOut("old.json", "It is older."),))
    assert "old.json: It is older." in [
        item for each in found.blocks if isinstance(each, Bullets) for item in each.items
    ]


def test_a_councils_name_that_sounds_like_a_claim_is_a_name():
    name = "Reducing Parental Conflict saves 2 million pounds"
    assert name in " ".join(texts(content(pack(THEIRS, *figures((200, 400)), name=name))))


def test_without_packs_nothing_stands_beside():
    found = written("service-blueprint", parts=(asked("A1", 601),))
    with pytest.raises(StopIteration):
        table(found, "The steps, ")
