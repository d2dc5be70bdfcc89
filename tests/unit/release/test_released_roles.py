"""The roles of those who act, as they may be told: no small count, and none that the whole gives away."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from earlyhelp.measures.roles import Roles
from earlyhelp.release import policy
from earlyhelp.release.roles import ReleasedRoles, publish_roles

DFE = policy("dfe")


def told(found: Roles, name: str = "dfe") -> ReleasedRoles:
    return publish_roles({"assess": found}, policy(name))["assess"]


def test_roles_are_told_with_their_counts_the_most_often_first():
    found = told(Roles({"Nurse": 20, "Teacher": 30}, unsaid=10))
    assert found == ReleasedRoles(60, (("Teacher", 30), ("Nurse", 20)), 10, left_out=False)


def test_a_role_of_few_is_not_told_nor_a_second_one_without_which_it_could_be_worked_out():
    found = told(Roles({"Teacher": 30, "Nurse": 20, "Head": 3}))
    assert (found.all, found.told, found.unsaid, found.left_out) == (53, (("Teacher", 30),), 0, True)


def test_without_any_role_on_record_that_alone_is_told():
    assert told(Roles({}, unsaid=40)) == ReleasedRoles(40, (), 40, left_out=False)


def test_of_few_in_all_nothing_is_told():
    found = told(Roles({"Nurse": 3}))
    assert (found.all, found.told, found.left_out) == (None, (), True)


def test_where_counts_are_rounded_only_small_ones_are_hidden():
    found = told(Roles({"Teacher": 31, "Nurse": 20, "Head": 3}), "nhs")
    assert (found.all, found.told) == (55, (("Teacher", 30), ("Nurse", 20)))


@given(st.lists(st.integers(0, 30), min_size=1, max_size=6), st.integers(0, 12), st.integers(0, 12))
@settings(max_examples=60, deadline=None)
def test_no_small_count_can_be_proved_small_from_the_whole(counts, others, unsaid):
    """Held against the bound worked out afresh: a hidden count is at most what is left, less one for each other hidden one."""
    found = told(Roles({str(at): each for at, each in enumerate(counts)}, others, unsaid))
    shown = dict(found.told)
    hidden = [each for at, each in enumerate(counts) if str(at) not in shown] + [others]
    hidden += [unsaid] if found.unsaid is None else []
    hidden = [each for each in hidden if each]
    small = [each for each in [*counts, others, unsaid] if 1 <= each <= DFE.highest]
    if not small or found.all is None or len(hidden) == sum(bool(each) for each in (*counts, others, unsaid)):
        return
    assert found.all - sum(shown.values()) - (found.unsaid or 0) - (len(hidden) - 1) > DFE.highest


def test_where_two_roles_of_few_are_all_there_is_no_count_is_told_not_even_that_of_none():
    """Three and three of six: were it told that nobody is without a role, each would be five at most."""
    found = told(Roles({"Nurse": 3, "Head": 3}))
    assert (found.all, found.told, found.unsaid, found.left_out) == (6, (), None, True)
