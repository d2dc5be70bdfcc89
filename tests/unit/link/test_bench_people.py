"""What bench/link.py counts: pairs, clusters that changed, brothers and sisters taken for one."""

from __future__ import annotations

import importlib
import sys
from datetime import date
from itertools import combinations
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

sys.path.append(str(Path(__file__).resolve().parents[3] / "bench"))
quality, again, councils = (importlib.import_module(f"linkage.{name}") for name in ("quality", "again", "councils"))

GROUPS = st.lists(st.integers(0, 4), min_size=2, max_size=12)


def write(path: Path, groups: dict[str, int], column: str = "cluster") -> Path:
    """Records in groups, as a run or a truth tells them."""
    told = [{"person_key": key, column: str(group)} for key, group in groups.items()]
    pq.write_table(pa.Table.from_pylist(told, pa.schema([("person_key", pa.string()), (column, pa.string())])), path)
    return path


def test_pairs_are_counted_once_and_a_record_in_no_cluster_is_joined_to_none(tmp_path):
    clusters = write(tmp_path / "clusters.parquet", {"a": 1, "b": 1, "c": 1, "d": 2})
    truth = write(tmp_path / "truth.parquet", {"a": 7, "b": 7, "c": 8, "d": 8, "e": 8}, "person_id")

    found = quality.judged(clusters, truth)

    assert found.precision == pytest.approx(1 / 3)  # of ab, ac, bc only ab is of one person
    assert found.recall == pytest.approx(1 / 4)  # of ab, cd, ce, de only ab is joined
    assert found.f1 == pytest.approx(2 / 7)


@given(GROUPS, st.randoms(use_true_random=False))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_quality_is_that_of_all_pairs_looked_at_one_by_one(tmp_path, persons, chance):
    truth = {f"k{place}": person for place, person in enumerate(persons)}
    found = {key: chance.randrange(4) for key in truth}

    judged = quality.judged(
        write(tmp_path / "clusters.parquet", found), write(tmp_path / "truth.parquet", truth, "person_id")
    )

    pairs = list(combinations(truth, 2))
    joined = {pair for pair in pairs if found[pair[0]] == found[pair[1]]}
    true = {pair for pair in pairs if truth[pair[0]] == truth[pair[1]]}
    assert judged.precision == pytest.approx(len(joined & true) / len(joined) if joined else 1)
    assert judged.recall == pytest.approx(len(joined & true) / len(true) if true else 1)


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ({"a": 5, "b": 5, "c": 6, "d": 6}, 0),  # other numbers, the same sets
        ({"a": 1, "b": 2, "c": 3, "d": 3}, 1),  # one was split
        ({"a": 1, "b": 1, "c": 1, "d": 1}, 2),  # two were joined
        ({"a": 1, "b": 1, "c": 1, "d": 1, "new": 1}, 0),  # a new record joined them
        ({"a": 1, "b": 2, "c": 3, "d": 3, "new": 4}, 1),  # a new record has nothing to do with the split
    ],
)
def test_a_cluster_has_changed_when_it_is_another_set_and_no_new_record_came_to_it(tmp_path, second, expected):
    first = write(tmp_path / "first.parquet", {"a": 1, "b": 1, "c": 2, "d": 2})

    assert again.changed(first, write(tmp_path / "second.parquet", second)) == expected


def test_siblings_are_merged_when_any_records_of_theirs_share_a_cluster(tmp_path):
    write(tmp_path / "truth.parquet", {"a1": 1, "a2": 1, "b": 2, "c": 3, "d": 4}, "person_id")
    write(tmp_path / "clusters.parquet", {"a1": 1, "a2": 2, "b": 2, "c": 3, "d": 4})
    born = {
        "1": date(2015, 3, 2),
        "2": date(2015, 3, 2),
        "3": date(2017, 8, 9),
        "4": date(2015, 3, 2),
        "5": date(2012, 1, 1),
    }
    family = {"1": "F", "2": "F", "3": "F", "4": "other", "5": "F"}
    children = [{"family_key": family[each], "person_id": each, "dob": born[each]} for each in born]
    pq.write_table(pa.Table.from_pylist(children), tmp_path / "children.parquet")

    found = councils.merged_siblings(tmp_path)

    assert found == {"twins": (1, 1), "siblings": (0, 2)}  # of child 5 the council holds no record


def test_a_limit_is_met_at_its_end_and_missed_beyond():
    assert quality.Limit("share", 0.97, least=0.97).is_met
    assert not quality.Limit("share", 0.9699, least=0.97).is_met
    assert quality.Limit("ratio", 0.5, most=0.5).is_met
    assert not quality.Limit("ratio", float("nan"), most=0.5).is_met
