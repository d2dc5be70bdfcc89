"""Counts limited to some codes: of whom they tell nothing, what they leave over, and what nobody is asked about."""

from __future__ import annotations

from math import inf

import pytest

from earlyhelp.release.protect.attack import Inconsistent
from earlyhelp.release.protect.overlaps import REST, Listing, Told, classes_of
from earlyhelp.release.protect.several import changes, findings

SMALL = 5
EVERY = frozenset({"a", "b", "c", REST})


def told(count: float | None, **box: str) -> Told:
    """A count of the codes named, letter by letter, `*` for all that nobody names; None is a symbol of an exact table."""
    span = (1.0, inf) if count is None else (count, count)
    codes = {name: frozenset(each.replace("*", "")) | ({REST} if "*" in each else set()) for name, each in box.items()}
    return Told(codes, *span, count is None, SMALL)


def lists(*cells: Told) -> Listing:
    return Listing(cells)


def limited(*cells: Told, to: str, rest: str = "") -> Listing:
    """Counts limited to some codes of `why`."""
    within = frozenset(to.replace("*", "")) | ({REST} if "*" in to else set())
    return Listing(cells, within={"why": within}, domain={"why": EVERY}, rest={"why": frozenset(rest)} if rest else {})


def boxes(*listings: Listing, spared: str = "") -> list[dict[str, str]]:
    """What is found of the last listing beside the others, its codes put together."""
    found = findings(listings[-1:], listings[:-1], SMALL, spared=frozenset(spared))
    return [{name: "".join(sorted(codes)) for name, codes in each.box.items()} for each in found]


def test_what_a_limited_listing_does_not_list_is_nobody_within_its_codes_alone():
    """Twelve of x for a or b, and none of y: the twenty of y are there for another reason."""
    some = limited(told(12, place="x", why="ab", time="1"), to="ab")
    everybody = lists(told(20, place="x", time="1"), told(20, place="y", time="1"))
    assert boxes(some, everybody) == []
    with pytest.raises(Inconsistent):
        findings([everybody], [lists(told(12, place="x", time="1"))], SMALL)
    for_a_or_b = limited(told(20, place="xy", why="ab", time="1"), to="ab")
    with pytest.raises(Inconsistent):
        findings([for_a_or_b], [some], SMALL)


def test_beside_limited_counts_others_may_be_of_codes_that_they_do_not_list():
    """By sex two are not told for a or b, and are of the total: they are there for c, or for a reason nobody names."""
    some = limited(told(33, sex="f", why="ab", time="1"), told(55, sex="m", why="ab", time="1"), to="ab")
    by_sex = lists(told(40, sex="f", time="1"), told(71, sex="m", time="1"), told(8, sex="u", time="1"))
    total = lists(told(119, time="1"))
    assert boxes(some, by_sex, total) == []
    assert "u" in classes_of([some, by_sex])["sex", "time", "why"]["sex"]


def test_every_frame_is_parted_where_limits_end():
    [own] = classes_of([limited(told(20, why="ab", time="1"), to="ab")]).values()
    assert own["why"]["a"] == own["why"]["b"] != own["why"]["c"] == own["why"][REST]


def test_what_a_limit_counts_is_parted_from_what_it_leaves_out_though_nobody_of_it_was_told():
    """Limited to a and b, of which only a is told: b is nobody there, and c may be anybody."""
    [own] = classes_of([limited(told(20, why="a", time="1"), to="ab")]).values()
    assert own["why"]["b"] != own["why"]["c"]
    everybody = lists(told(20, why="a", time="1"), told(9, why="c", time="1"), told(None, why="b", time="1"))
    assert boxes(limited(told(20, why="a", time="1"), to="ab"), lists(told(29, time="1"))) == []
    with pytest.raises(Inconsistent):
        findings([everybody], [limited(told(20, why="a", time="1"), to="ab")], SMALL)


def test_a_limit_along_one_thing_does_not_touch_counts_that_are_not_split_by_it():
    some = limited(told(12, why="ab", time="1"), to="ab")
    by_sex = lists(told(20, sex="f", time="1"), told(30, sex="m", time="1"))
    assert boxes(some, by_sex) == []
    assert boxes(some, lists(told(15, time="1"))) == [{"time": "1", "why": "c"}]


def test_a_hidden_count_comes_out_where_a_limited_one_holds_it_with_one_that_is_shown():
    """For a there are 9; for a and b together 12."""
    by_reason = lists(told(9, why="a", time="1"), told(None, why="b", time="1"), told(None, why="c", time="1"))
    assert boxes(by_reason, limited(told(12, why="ab", time="1"), to="ab", rest="c")) == [{"why": "b", "time": "1"}]
    assert boxes(by_reason, limited(told(19, why="ab", time="1"), to="ab", rest="c")) == []


def test_what_a_share_leaves_over_is_asked_about_only_where_it_is_told_by_that():
    """For a 40 of 42 for a or b: two for b, whom nobody hid. Beside a table by reason somebody did."""
    share = (told(40, why="a", time="1"), told(42, why="ab", time="1"))
    assert boxes(limited(*share, to="ab")) == [{"why": "b", "time": "1"}]
    spared = limited(*share, to="ab", rest="bc")
    assert boxes(spared) == []
    by_reason = lists(told(40, why="a", time="1"), told(None, why="b", time="1"), told(None, why="c", time="1"))
    assert boxes(by_reason, spared) == [{"why": "b", "time": "1"}]


def test_what_one_share_leaves_over_and_another_counts_is_asked_about():
    """With a or b 22 of 60, with a alone 20: two with b."""
    both = limited(told(22, why="ab", time="1"), told(60, why="abc", time="1"), to="abc", rest="c")
    one = limited(told(20, why="a", time="1"), told(60, why="abc", time="1"), to="abc", rest="bc")
    assert boxes(both, one) == [{"why": "b", "time": "1"}]


def test_what_two_frames_both_leave_over_is_not_asked_about():
    """By place and for all: 40 of 42 each time."""
    spared = limited(told(40, why="a", time="1"), told(42, why="ab", time="1"), to="ab", rest="bc")
    by_place = limited(
        *(told(count, place=place, why=why, time="1") for place in "xy" for why, count in (("a", 20), ("ab", 21))),
        to="ab",
        rest="bc",
    )
    assert boxes(spared, by_place) == []
    assert findings([spared, by_place], [], SMALL) == []


def test_spared_codes_are_not_asked_about_whoever_tells_them():
    """Three without a reason: the total tells them. Three for b are found all the same."""
    for code, found in (("n", []), ("b", [{"time": "1", "why": "b"}])):
        by_reason = lists(told(40, why="a", time="1"), told(None, why=code, time="1"))
        assert boxes(by_reason, lists(told(43, time="1")), spared="n") == found
        assert boxes(by_reason, lists(told(43, time="1"))) == [{"time": "1", "why": code}]


def test_spared_codes_that_nobody_released_are_not_asked_about_either():
    """Of a, on the first day, 20; of all but three of 43 on both days: those without a reason on the second day."""
    days = lists(told(20, why="a", time="1"), told(20, why="n", time="1"))
    both = lists(told(20, why="a", time="12"), told(23, why="n", time="12"))
    assert boxes(days, both, spared="n") == []
    assert boxes(days, both) == [{"time": "2", "why": "n"}]


def test_a_revision_asks_about_spared_codes_no_more_than_about_others():
    then = lists(told(40, why="a", time="1"), told(None, why="n", time="1"), told(43, why="an", time="1"))
    now = lists(told(60, why="a", time="1"), told(None, why="n", time="1"), told(63, why="an", time="1"))
    assert [each.box["why"] for each in changes([now], [then], SMALL)] == [frozenset("n")]
    assert changes([now], [then], SMALL, spared=frozenset("n")) == []
