"""Counts of several releases cut into atoms: what they have in common, what one holds besides, and who is nobody."""

from __future__ import annotations

from math import inf

import pytest

from earlyhelp.release.protect import overlaps
from earlyhelp.release.protect.attack import Inconsistent
from earlyhelp.release.protect.overlaps import (
    REST,
    TIME,
    Listing,
    System,
    Told,
    TooMany,
    add,
    cells_of,
    classes_of,
    meeting,
)
from earlyhelp.release.protect.several import Finding, changes, findings

SMALL = 5


def told(count: float | None, **box: str) -> Told:
    """A count of the codes named, letter by letter; None is a symbol of an exact table."""
    span = (1.0, inf) if count is None else (count, count)
    return Told({name: frozenset(codes) for name, codes in box.items()}, *span, count is None, SMALL)


def rounded(lower: float, upper: float, *, hidden: bool = False, **box: str) -> Told:
    return Told({name: frozenset(codes) for name, codes in box.items()}, lower, upper, hidden, 7)


def lists(*cells: Told, complete: bool = True) -> Listing:
    return Listing(cells, complete)


def words(found: list[Finding]) -> list[dict[str, str]]:
    """The codes of each finding, put together; "" is what no count names."""
    return [{name: "".join(sorted(codes)) for name, codes in sorted(each.box.items())} for each in found]


def boxes(*listings: Listing, highest: int = SMALL) -> list[dict[str, str]]:
    """What is found of the last listing beside the others, its codes put together."""
    return words(findings(listings[-1:], listings[:-1], highest))


def test_codes_that_no_count_parts_are_one_class():
    [own] = classes_of([lists(told(9, age="abc"), told(9, age="cd"))]).values()
    assert own["age"]["a"] == own["age"]["b"]
    assert len(set(own["age"].values())) == 3


def test_what_another_frame_holds_besides_is_an_atom_too():
    three = lists(told(9, place="x", time="123"))
    year = lists(told(20, time="1234"))
    classes = classes_of([three, year])
    assert sorted(classes["place", "time"]["time"]) == ["1", "2", "3", "4"]
    assert len(set(classes["place", "time"]["time"].values())) == 2


def test_the_rest_of_a_year_beside_its_months_is_found_in_another_frame():
    """Three quarters by place, the year by sex: the fourth quarter, of all places, is 3."""
    quarters = lists(*(told(10, place=place, time=time) for place in "xy" for time in "123"))
    year = lists(told(33, sex="f", time="1234"), told(30, sex="m", time="1234"))
    found = boxes(quarters, year)
    assert {"time": "4"} in [{name: codes for name, codes in each.items() if name == "time"} for each in found]


def test_what_a_complete_release_does_not_list_is_nobody():
    """On the first day x and z are hidden, 7 together: either may be 6. Place y, of another day, would be 5 at most."""
    first = lists(told(None, place="x", time="1"), told(None, place="z", time="1"))
    other, total = lists(told(9, place="y", time="2")), lists(told(7, time="1"))
    assert boxes(first, other, total) == []
    by_parts = Listing(first.cells, complete=False)
    assert {"place": "y", "time": "1"} in boxes(by_parts, other, total)


def test_of_a_release_that_is_not_complete_others_may_be_somebody():
    """One ward of a document, 20, and the council, 24: four live elsewhere. With others listed as nobody, nothing fits."""
    one = lists(told(20, place="x", time="1"), complete=False)
    total = lists(told(24, time="1"))
    assert boxes(one, total) == [{"place": "", "time": "1"}]
    assert boxes(one, lists(told(40, time="1"))) == []
    with pytest.raises(Inconsistent):
        findings([total], [lists(told(20, place="x", time="1"))], SMALL)


def test_frames_meet_in_the_smallest_parts_that_both_can_put_together():
    classes = classes_of(
        [lists(told(9, place="x", time="12"), told(9, place="x", time="34")), lists(told(9, sex="f", time="1234"))]
    )
    met = meeting(classes, ("place", "time"), ("sex", "time"))
    assert met.along == (((frozenset({0, 1}), frozenset({0})),),)


def test_where_codes_of_the_one_are_none_of_the_other_they_do_not_meet_there():
    classes = {("place", TIME): {"place": {"x": 0}, TIME: {"1": 0, "2": 1}}, (TIME,): {TIME: {"1": 0, "3": 0}}}
    assert meeting(classes, (TIME,), ("place", TIME)).along == ((),)


def test_few_things_are_crossed_and_many_are_not(monkeypatch: pytest.MonkeyPatch):
    listings = [lists(told(9, place="x", time="1"), told(9, place="y", time="1")), lists(told(9, sex="f", time="1"))]
    crossed = classes_of(listings)["place", "sex", "time"]
    assert [REST in crossed[name] for name in ("place", "sex", "time")] == [False, False, False]
    monkeypatch.setattr(overlaps, "FEW_ATOMS", 2)
    assert ("place", "sex", "time") in classes_of(listings), "two places of one sex on one day"
    some = [Listing(listings[0].cells, complete=False), listings[1]]
    monkeypatch.setattr(overlaps, "FEW_ATOMS", 600)
    crossed = classes_of(some)["place", "sex", "time"]
    assert [REST in crossed[name] for name in ("place", "sex", "time")] == [True, True, False]
    monkeypatch.setattr(overlaps, "FEW_ATOMS", 1)
    assert set(classes_of(listings)) == {("place", "time"), ("sex", "time")}


def test_more_atoms_than_can_be_seen_together_are_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(overlaps, "MOST_ATOMS", 3)
    with pytest.raises(TooMany):
        classes_of([lists(*(told(9, place=place, time=time) for place in "xy" for time in "12"))])


def test_one_count_told_in_two_ways_fits_nothing():
    with pytest.raises(Inconsistent, match="in two ways"):
        findings([lists(told(9, time="1"))], [lists(told(10, time="1"))], SMALL)


def test_a_zero_is_no_finding_and_a_count_above_the_hidden_range_neither():
    places = lists(told(20, place="x", time="1"), told(30, place="y", time="1"))
    assert (
        boxes(places, lists(told(20, place="x", time="1"), told(0, place="z", time="1"), told(30, place="y", time="1")))
        == []
    )
    assert boxes(lists(told(20, time="12")), lists(told(14, time="1"))) == []
    assert boxes(lists(told(20, time="12")), lists(told(15, time="1"))) == [{"time": "2"}]


def test_what_a_symbol_of_a_rounded_table_tells_by_itself_is_no_finding():
    """1 to 7 stands behind it; an exact total of 40 beside 33 shown rounded leaves it as it was."""
    places = lists(rounded(1, 7, hidden=True, place="x", time="12"), rounded(33, 37, place="y", time="12"))
    assert boxes(lists(told(40, time="12")), places, highest=7) == []
    months = lists(told(30, time="1"), told(10, time="2"))
    assert boxes(months, places, highest=7) == []


def test_a_symbol_of_a_rounded_table_of_which_fewer_than_five_counts_are_left_is_one():
    places = lists(rounded(1, 7, hidden=True, place="x", time="1"), rounded(33, 37, place="y", time="1"))
    assert boxes(lists(told(36, time="1")), places, highest=7) == [{"place": "x", "time": "1"}]
    assert boxes(places, lists(told(36, time="1")), highest=7) == [{"place": "x", "time": "1"}]


def test_what_a_symbol_tells_may_be_narrowed_where_nobody_at_all_is_still_possible():
    """Of x, 1 to 7 in two days, 0 to 3 are of the second: that somebody was there on that day is not told."""
    places = lists(rounded(1, 7, hidden=True, place="x", time="12"), rounded(31, 35, place="y", time="2"))
    assert boxes(places, lists(told(34, time="2")), highest=7) == []


def test_a_symbol_that_earlier_releases_narrow_among_themselves_stops_no_later_one():
    places = lists(rounded(1, 7, hidden=True, place="x", time="1"), rounded(33, 37, place="y", time="1"))
    by_sex = lists(told(20, sex="f", time="1"), told(16, sex="m", time="1"))
    assert boxes(places, lists(told(36, time="1")), by_sex, highest=7) == []
    assert boxes(places, by_sex, highest=7) == [{"place": "x", "time": "1"}]


def test_parts_that_may_overlap_bound_their_total_alone():
    system = System(classes_of([lists(told(9, time="1"), told(9, time="2")), lists(told(15, time="12"))]))
    add(system, [lists(told(9, time="1"), told(9, time="2")), lists(told(15, time="12"))], "now", overlap=True)
    assert any(of == "overlap" for of, _ in system.where)
    found = findings([lists(told(15, time="12"))], [lists(told(9, time="1"), told(9, time="2"))], SMALL, overlap=True)
    assert found == []


def test_a_revision_tells_of_small_changes_and_not_of_large_ones():
    then = lists(told(20, place="x", time="1"), told(30, place="y", time="1"))
    moved = [
        changes([lists(told(20 + more, place="x", time="1"), told(30, place="y", time="1"))], [then], SMALL)
        for more in (-3, 0, 4, 9)
    ]
    assert [[each.box["place"] for each in found] for found in moved] == [[frozenset("x")], [], [frozenset("x")], []]


def test_a_revision_tells_of_a_count_that_was_hidden_as_far_as_others_have_moved():
    """Hidden x and y were 12 together. What is shown grew by 6 at most; x is 13 now, so it was 7 or more, and y 5 at most."""
    then = lists(
        *(told(count, place=place, time="1") for place, count in (("x", None), ("y", None), ("z", 20))),
        told(32, place="xyz", time="1"),
    )
    now = lists(*(told(count, place=place, time="1") for place, count in (("x", 13), ("y", None), ("z", 26))))
    found = [each.box["place"] for each in changes([now], [then], SMALL)]
    assert found == [frozenset("y")]


def test_where_the_supposition_about_changes_does_not_hold_counts_may_have_moved_by_anything():
    """All shown ones grew by 10, and still a total fell: nothing is supposed of what is hidden, and nothing is found."""
    then = lists(told(20, place="x", time="1"), told(None, place="y", time="1"))
    now = lists(told(30, place="x", time="1"), told(None, place="y", time="1"))
    old_total, new_total = lists(told(60, time="1")), lists(told(40, time="1"))
    assert changes([now, new_total], [then, old_total], SMALL) == []


def test_every_count_of_every_listing_is_told():
    one, other = told(9, time="1"), told(8, time="2")
    assert cells_of([lists(one), lists(other)]) == [one, other]


def test_a_count_put_together_of_two_that_an_earlier_release_told_apart_is_found_with_its_part():
    """Nobody is of b and 20 are of c, of 23: three are of a, and of a and b together. Without the total a may be any."""
    before = lists(told(None, place="a", time="1"), told(0, place="b", time="1"), told(20, place="c", time="1"))
    new = [lists(told(None, place="ab", time="1"), told(20, place="c", time="1")), lists(told(23, time="1"))]
    found = findings(new, [before], SMALL)
    assert sorted("".join(sorted(each.box["place"])) for each in found) == ["a", "ab"]
    assert findings(new[:1], [before], SMALL) == []


def test_no_count_is_supposed_to_have_moved_by_more_than_shown_ones_did_nor_by_less():
    """As above, and of w nobody came or went: the shown ones moved by nothing to six."""
    then = lists(
        *(told(count, place=place, time="1") for place, count in (("x", None), ("y", None), ("z", 20), ("w", 30))),
        told(62, place="xyzw", time="1"),
    )
    now = lists(
        *(told(count, place=place, time="1") for place, count in (("x", 13), ("y", None), ("z", 26), ("w", 30)))
    )
    assert [each.box["place"] for each in changes([now], [then], SMALL)] == [frozenset("y")]
    fell = lists(
        *(told(count, place=place, time="1") for place, count in (("x", 13), ("y", None), ("z", 26), ("w", 26)))
    )
    assert changes([fell], [then], SMALL) != [], "w fell by four, which is few"


@pytest.mark.parametrize(
    ("ends", "is_few"),
    [((20, 20), False), ((21, 21), True), ((25, 25), True), ((26, 26), False), ((15, 15), True), ((14, 14), False)],
)
def test_a_change_of_one_to_five_is_told_whether_it_is_more_or_fewer(ends: tuple[float, float], is_few: bool):
    """Twenty before; how many now."""
    then = lists(told(20, place="x", time="1"), told(50, place="y", time="1"))
    now = lists(rounded(*ends, place="x", time="1"), told(50, place="y", time="1"))
    assert bool(changes([now], [then], SMALL)) == is_few


@pytest.mark.parametrize(
    ("ends", "is_few"), [((21, 25), True), ((20, 24), False), ((18, 22), False), ((22, 26), False)]
)
def test_a_change_within_a_range_is_few_where_all_of_the_range_is(ends: tuple[float, float], is_few: bool):
    """Twenty before, and now a rounded count; y moved by as much as x can have."""
    then = lists(told(20, place="x", time="1"), told(50, place="y", time="1"))
    now = lists(rounded(*ends, place="x", time="1"), told(60, place="y", time="1"))
    assert bool(changes([now], [then], SMALL)) == is_few


def test_a_symbol_that_two_tables_of_other_splits_both_have_tells_no_more_than_by_itself():
    """Of x 1 to 7 by place, and 1 to 7 girls and no boys by place and sex: each symbol has told that already."""
    by_place = lists(rounded(1, 7, hidden=True, place="x", time="1"), rounded(31, 35, place="y", time="1"))
    by_both = lists(
        rounded(1, 7, hidden=True, place="x", sex="f", time="1"), rounded(0, 0, place="x", sex="m", time="1"),
        *(rounded(13, 17, place="y", sex=sex, time="1") for sex in "fm"),
    )  # fmt: skip
    assert boxes(by_place, by_both, highest=7) == []
    assert boxes(by_both, by_place, highest=7) == []


# Small systems worked through by hand ------------------------------------------------------------------------


def same(found: list[Finding], *wanted: dict[str, str]) -> bool:
    return sorted(map(str, words(found))) == sorted(map(str, wanted))


def test_where_bounds_alone_find_something_programmes_look_for_no_more():
    """20 before, 15 and a symbol now, 9 of them in the first month, where 11 were: what moved in the others is at most 5."""
    now = [lists(told(None, age="a"), told(15, age="b")), lists(told(9, time="1"), complete=False)]
    then = [lists(told(11, time="1"), told(9, time="2"))]
    assert same(changes(now, then, SMALL), {"time": REST}, {"time": "1"})


def test_a_change_of_a_rounded_count_is_no_smaller_than_its_range():
    """13 to 17 now; 6, two symbols and 8 to 12 of the first month then: only the symbols are few."""
    now = [lists(rounded(13, 17, age="a"), rounded(0, 0, age="b"))]
    month = lists(rounded(8, 12, time="1"), complete=False)
    then = [month, lists(told(None, place="x"), told(6, place="y"), told(None, place="z"))]
    assert same(changes(now, then, SMALL), {"place": "x"}, {"place": "z"})


def test_what_a_rounded_symbol_tells_by_itself_is_not_found_again_where_frames_meet():
    """33 in all, 28 to 32 of them in y and 1 to 7 in x, which its symbol says: what is in neither is news."""
    places = lists(rounded(1, 7, hidden=True, place="x"), rounded(28, 32, place="y"), complete=False)
    first = lists(told(None, age="a", time="1"), complete=False)
    assert same(
        findings([lists(told(13, time="1"), told(20, time="2"))], [places, first], SMALL, spared=frozenset("z")),
        {"place": REST},
    )


def test_what_one_frame_leaves_unnamed_is_asked_about_in_each_frame():
    month, age = lists(told(13, time="1"), complete=False), lists(rounded(8, 12, age="a"), complete=False)
    assert same(findings([month, age], [], SMALL), {"age": REST}, {"time": REST})


def test_nobody_is_supposed_to_have_moved_where_nothing_was_told_twice():
    """31 then, 9 of them in the first month; now 8 to 12 there are of age a: the others of that month are few."""
    now = [lists(rounded(8, 12, age="a", time="1"), complete=False)]
    then = [lists(told(9, time="1"), told(22, time="2")), lists(told(31))]
    assert same(changes(now, then, SMALL, spared=frozenset("z")), {"age": REST, "time": "1"})


def test_a_count_of_nobody_then_is_no_small_count_now():
    now = [lists(told(None, place="xy"), complete=False)]
    assert changes(now, [lists(told(None, time="1"), told(0, time="2"))], SMALL) == []


def test_a_total_that_moved_by_one_is_found_as_a_small_change():
    """36 then, 37 now."""
    now = [lists(told(None, time="1"), complete=False), lists(told(37))]
    assert same(changes(now, [lists(told(29, time="1"), told(7, time="2"))], SMALL, spared=frozenset("z")), {})
