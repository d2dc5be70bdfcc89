"""Which episode a record names: a number is a name in one system only, and records beside the systems name theirs."""

from __future__ import annotations

import pytest

from earlyhelp.measures.named_episode import named_episode
from spec.dataset import snapshot

_EPISODES = """
    episode_id | source_system | person_id | start_date
    1          | mosaic        | Ann       | 2024-01-01
    1          | eclipse       | Ben       | 2024-01-01
    2          | mosaic        | Cat       | 2024-01-01
    3          | standard      | Dan       | 2024-01-01
    3          | mosaic        | Eve       | 2024-01-01
    4          | mosaic        | Fay       | 2024-01-01
    4          | mosaic        | Fay       | 2024-01-01
"""


def named(system: str, number: str, join: str = "JOIN") -> list[str | None]:
    reviews = f"review_id | source_system | episode_id | type\n 1 | {system} | {number} | audit"
    with snapshot({"eh_episode": _EPISODES, "eh_review": reviews}, checked=False) as con:
        sql = f"SELECT episode.person_id FROM eh_review {named_episode('eh_review', join)}"
        return [person for (person,) in con.execute(sql).fetchall()]


@pytest.mark.parametrize(("system", "person"), [("mosaic", "Ann"), ("eclipse", "Ben")])
def test_a_number_names_the_episode_of_the_records_own_system(system: str, person: str):
    assert named(system, "1") == [person]


def test_a_record_beside_the_systems_names_the_episode_of_the_only_system_that_has_the_number():
    assert named("standard", "2") == ["Cat"]


def test_where_two_systems_have_the_number_nobody_can_tell():
    assert named("standard", "1") == []


def test_an_episode_beside_the_systems_goes_before_that_of_a_system():
    assert named("standard", "3") == ["Dan"]


def test_a_record_of_one_system_never_names_an_episode_of_another():
    assert named("eclipse", "2") == []
    assert named("eclipse", "3") == []


@pytest.mark.parametrize("system", ["mosaic", "standard"])
def test_an_episode_that_came_twice_is_named_once(system: str):
    assert named(system, "4") == ["Fay"]


def test_a_record_whose_episode_is_not_known_is_kept_where_asked():
    assert named("mosaic", "9", "LEFT JOIN") == [None]
    assert named("mosaic", "9") == []
