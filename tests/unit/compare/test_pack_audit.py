"""What a receiver can work out of packs: beside a slow search over all counts there could be."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from earlyhelp.compare import PACK_POLICY, Pack, audited
from earlyhelp.compare.joint import FEWEST_CANDIDATES
from earlyhelp.errors import GateClosed
from unit.compare.swapped_packs import asked, drafted, figure

SMALL = range(1, PACK_POLICY.highest + 1)


def could_be(shown: int | None) -> list[int]:
    """Every count that a receiver cannot rule out by itself."""
    if shown is None:
        return list(SMALL)
    return [count for count in range(shown + 6) if PACK_POLICY.rounded(count) == shown and not PACK_POLICY.hides(count)]


def tells(counts: set[int]) -> bool:
    """Whether counts that are left must be small, of either sign, and are few."""
    must_be_small = all(count in SMALL for count in counts) or all(-count in SMALL for count in counts)
    return must_be_small and len(counts) < FEWEST_CANDIDATES


def shown(count: int) -> int | None:
    return None if PACK_POLICY.hides(count) else int(PACK_POLICY.rounded(count))


def by_age(*counts: int) -> list:
    parts = [figure(count, age_band=f"band {place}") for place, count in enumerate(counts)]
    return [asked("A1", figure(sum(counts))), asked("A1", *parts, by="age_band")]


def groups(pack: Pack) -> list[int | None]:
    return [row.numerator for row in pack.measures["A1", "default"].rows if row.dims]


def test_a_hidden_group_that_its_total_narrows_is_withheld_with_all_groups_of_that_split():
    """8 and 3 make 11: shown as 10, hidden, 10. Eight at least and twelve at most leave 1 to 4 for the hidden one."""
    found = drafted(*by_age(8, 3))
    assert found.withheld == 1
    assert groups(found.pack) == [None, None]
    assert found.audit.passed
    assert drafted(*by_age(28, 3, 12)).withheld == 0


@settings(max_examples=60, deadline=None)
@given(st.tuples(*[st.integers(0, 14)] * 3))
def test_groups_are_withheld_exactly_when_a_search_over_all_counts_leaves_too_few(counts):
    told, total = [shown(count) for count in counts], could_be(shown(sum(counts)))
    everything = [parts for parts in product(*map(could_be, told)) if sum(parts) in total]
    left = [{parts[place] for parts in everything} for place in range(3)]
    all_hidden = all(each is None for each in told)
    expected = not all_hidden and any(tells(each) for each in left)
    assert (drafted(*by_age(*counts)).withheld > 0) == expected


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 14), min_size=2, max_size=3))
def test_parts_of_a_mix_are_withheld_exactly_when_a_search_over_all_counts_leaves_too_few(counts):
    whole = shown(sum(counts))
    told = [shown(count) for count in counts]
    everything = [parts for parts in product(*map(could_be, told)) if sum(parts) in could_be(whole)]
    left = [{parts[place] for parts in everything} for place in range(len(counts))]
    rests = [{sum(parts) - parts[place] for parts in everything} for place in range(len(counts))]
    expected = bool(whole) and any(tells(each) for each in left + rests)
    parts = [figure(count, sum(counts), decision_code=f"code {place}") for place, count in enumerate(counts)]
    assert (drafted(asked("A3", *parts)).withheld > 0) == expected


def test_parts_of_a_mix_that_are_all_small_are_withheld_where_their_sum_tells_them():
    """5, 6 and 7 make 18, shown as 20: with at most 7 each, none can be under 4."""
    parts = [figure(count, 18, decision_code=f"code {count}") for count in (5, 6, 7)]
    found = drafted(asked("A3", *parts))
    assert found.withheld == 1
    assert {(row.numerator, row.denominator) for row in found.pack.measures["A3", "default"].rows} == {(None, None)}


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 40), st.integers(0, 40))
def test_last_month_and_this_month_never_differ_by_a_small_count_that_can_be_told(before: int, now: int):
    first = drafted(asked("A1", figure(before)), snapshot="s1")
    second = drafted(asked("A1", figure(now)), snapshot="s2", earlier=[first.pack])
    assert second.audit.passed
    rows = [each.pack.measures["A1", "default"].rows[0].numerator for each in (first, second)]
    differences = {late - early for early, late in product(*map(could_be, rows))}
    assert not tells(differences)


def test_what_is_left_of_a_share_is_attacked_too():
    """With a policy that shows exact counts, 20 of 22 tells of two; rounded, 20 of 20 may leave nobody."""
    found = drafted(asked("A2", figure(20, 22))).pack
    assert audited(found, []).passed
    exact = _exact(found, numerator=20, denominator=22)
    assert [(leak.measure, leak.by) for leak in audited(exact, []).leaks] == [("A2", ())]


def test_exact_counts_of_two_snapshots_that_differ_by_two_people_are_caught():
    first = _exact(drafted(asked("A2", figure(40, 80)), snapshot="s1").pack, numerator=40, denominator=80)
    second = _exact(drafted(asked("A2", figure(42, 80)), snapshot="s2").pack, numerator=42, denominator=80)
    assert not audited(second, [first]).passed
    assert audited(second, []).passed


def test_counts_that_mean_something_else_are_not_subtracted():
    first = drafted(asked("A6", figure(40, 80)), snapshot="s1").pack
    other = drafted(asked("A6", figure(40, 80)), snapshot="s2", local=_days(3)).pack
    same = drafted(asked("A6", figure(40, 80)), snapshot="s2").pack
    assert "0 times" in audited(other, [first]).checked[1]
    assert "3 times" in audited(same, [first]).checked[1]


def test_two_packs_of_one_snapshot_are_put_together_and_what_cannot_be_mended_stops_the_release():
    """The first tells 8 and 3 without their total, the second the total alone: together they leave 1 to 4."""
    parts = [figure(8, age_band="band 0"), figure(3, age_band="band 1")]
    first = drafted(asked("A1", *parts, by="age_band"))
    assert first.withheld == 0
    second = drafted(*by_age(8, 3), earlier=[first.pack])
    assert not second.audit.passed


def test_groups_by_who_asked_add_up_to_their_total_too():
    parts = [figure(count, source_code=f"{place}A") for place, count in enumerate((8, 3))]
    assert drafted(asked("A1", figure(11)), asked("A1", *parts, by="source_code")).withheld == 1


def test_two_packs_of_one_snapshot_that_disagree_stop_the_release():
    first = drafted(asked("A1", figure(40)))
    with pytest.raises(GateClosed, match="no audit is possible"):
        drafted(asked("A1", figure(80)), earlier=[first.pack])


def test_figures_that_do_not_add_up_are_not_released():
    with pytest.raises(GateClosed, match="do not add up"):
        drafted(asked("A1", figure(100)), asked("A1", figure(20, age_band="band 0"), by="age_band"))


def test_the_audit_says_what_it_looked_at_and_what_it_did_not():
    found = audited(drafted(*by_age(28, 13, 12)).pack, [])
    assert found.checked[0].startswith("4 counts were attacked")
    assert found.checked[-1].startswith("Not checked")
    assert not any("band" in sentence for sentence in found.checked)


def _days(number: int) -> dict[str, int]:
    from earlyhelp.standard.local_standards import default_standards

    return {**default_standards(), "decision_working_days": number}


def _exact(pack: Pack, **counts: int) -> Pack:
    """The pack as if its figures had been told exactly: what packs never do, and the audit must see."""
    from dataclasses import replace

    measure = pack.measures["A2", "default"]
    row = replace(measure.rows[0], **counts)
    exact = replace(pack.policy, round_to=0)
    return replace(pack, policy=exact, measures={("A2", "default"): replace(measure, rows=(row,))})
