"""The steps of several councils side by side: from their packs alone, by name, other definitions flagged and not laid beside."""

from __future__ import annotations

import pytest
from tests.unit.reports.documents.own_figures import asked, table, written

from earlyhelp.compare import LeftOut, Pack, compared
from earlyhelp.measures import Estimate
from earlyhelp.reports.blocks import Bullets, Content, TableBlock, texts
from earlyhelp.standard.local_standards import default_standards
from unit.compare import swapped_packs
from unit.compare.swapped_packs import drafted, figure

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
