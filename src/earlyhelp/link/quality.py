"""How good the links are, for all and by group, told from the model, from numbers that two records share, and from reviews.

Precision is the share of linked pairs that are of one person, recall the share of pairs of one person that were linked. Where
they differ from group to group, measures differ for no other reason: linkage hides inequality, or makes it up.

- `model`: a pair counts with the probability that the model gave it. Two records of a person that were not compared are as sure
  as the weakest link between them, and the council's own number, like a review, is taken to be right. Missed are: pairs that were
  compared and not joined, each with its probability; pairs that a rule held apart, by how often the rule would have parted two
  records under one pupil's or NHS number; and pairs that nobody looked at, by how often each of two ways of looking (`BY_NAMES`,
  `BY_BIRTH`) misses what the other finds (Chapman's estimator), among records that say all that both need. What is left out:
  pairs that were compared and found less probable than 0.5, and what nobody looked at where a record lacks a name, a day of birth
  or a postcode.
- `numbers`: a trial on those who have a number: linked pairs whose numbers disagree against those whose numbers agree, and pairs
  of one number whose names or births a rule holds apart. It knows nothing of the model's belief in itself.
- `review`: what reviewers said of the sample, grade by grade, each grade with its share of all links. Where `link_decision` does
  not mark what was drawn by chance (`sample`), all that was reviewed of a grade is taken to be.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from earlyhelp.link.estimates import Estimate, Floats, added, chapman, either, number_of_events, wilson, with_chance
from earlyhelp.link.quality_pairs import Array, Pairs, Records, groups_of, read_pairs, read_records
from earlyhelp.link.quality_reviews import by_review

ENOUGH_NUMBERED = 30
"""Pairs of one number from which a group's own share is taken; with fewer, that of all."""
LEAST_COMPLETE = 0.25
"""The share of a group's links that must be between records that say all, before its recall is told from the model."""
COLUMNS = {
    "by": "VARCHAR",
    "group": "VARCHAR",
    "records": "BIGINT",
    "linked_pairs": "BIGINT",
    "precision": "DOUBLE",
    "precision_lower": "DOUBLE",
    "precision_upper": "DOUBLE",
    "recall": "DOUBLE",
    "recall_lower": "DOUBLE",
    "recall_upper": "DOUBLE",
    "basis": "VARCHAR",
    "status": "VARCHAR",
}
"""The columns of `link_quality`."""
_NO_SPREAD = 3e-4
"""Links that are surer than one in ten million of being wrong add nothing to how unsure a sum is."""
_Counts = Mapping[str, Any]


def linkage_quality(con: duckdb.DuckDBPyConnection, as_at: date | None = None) -> None:
    """Make `link_quality`: precision and recall of the links between records, with intervals, by group and by basis.

    `con` is where `give_people` has just run. `as_at`: the day on which ages are reckoned; without it there are no age bands.

    `by`: all, grade, systems (the pair of source systems), ethnicity, area (lsoa, else the postcode's district), age_band. A
    pair of two groups counts in both. `linked_pairs`: pairs of records taken to be of one person. `status` is `no_data` where
    neither precision nor recall can be told. Grades have no recall: a pair that was missed has none.
    """
    columns = ", ".join(f'"{name}" {kind}' for name, kind in COLUMNS.items())
    con.execute(f"CREATE OR REPLACE TEMP TABLE link_quality ({columns})")
    records = read_records(con, as_at)
    pairs = read_pairs(con, records)
    counted = count(records, pairs)
    _keep(con, counted, *_by_model(counted), "model")
    _keep(con, counted, *_by_numbers(counted), "numbers")
    _keep(con, *by_review(con, records, counted), "review")


def count(records: Records, pairs: Pairs) -> dict[str, Any]:
    """Sums over the pairs of each group, one place a group, the first of them all.

    `by`, `group`, `records` and `linked_pairs` as in `link_quality`; `wrong`, `near`: expected wrong links and missed pairs near
    to one that was compared; `numbered`: pairs of one person by their number, `parted`: of these, held apart by a rule;
    `agreed`, `disputed`: links of like records whose numbers agree, and pairs that would be links if theirs did not disagree;
    `unnumbered`: links without a common number; `complete`: pairs among records that say all, and of these `names`, `birth` and
    `both`, by the way that finds them. With `_squares`: the sum over bunches of the square of what each adds.
    """
    values = {name: np.asarray(each, dtype=np.float64) for name, each in _values(records, pairs).items()}
    spreads = _spreads(pairs)
    one, other = records.cluster[pairs.left], records.cluster[pairs.right]
    _, bunch = np.unique(
        np.minimum(one, other) * np.int64(records.cluster.size) + np.maximum(one, other), return_inverse=True
    )
    found: dict[str, list[Any]] = {}
    for by, names, held, pair, group in groups_of(records, pairs):
        told = {"by": np.full(names.size, by, dtype=object), "group": names, "records": held}
        told |= {name: np.bincount(group, each[pair], names.size) for name, each in values.items()}
        told |= {
            f"{name}_squares": _squares(group, bunch[pair], each[pair], names.size) for name, each in spreads.items()
        }
        for name, figures in told.items():
            found.setdefault(name, []).append(figures)
    return {name: np.concatenate(figures) for name, figures in found.items()}


def _values(records: Records, pairs: Pairs) -> dict[str, Array]:
    """What each pair adds to the sums of its groups."""
    told, linked, likely = pairs.told, pairs.linked, pairs.likely
    named = records.named[pairs.left] & records.named[pairs.right]
    odd = told["names_clash"] | told["births_clash"]
    complete = records.complete[pairs.left] & records.complete[pairs.right] & ~told["clash"]
    names, birth = (records.agree(key, pairs.left, pairs.right) for key in ("names", "birth"))
    return {
        "linked_pairs": linked,
        "wrong": np.where(linked, 1 - likely, 0),
        "near": np.where(linked, 0, likely),
        "unnumbered": linked & named & ~told["agree"],
        # A number under which both the name and the birth are another's was given twice: it says nothing about rules.
        "numbered": told["agree"] & named & ~(told["names_clash"] & told["births_clash"]),
        "parted": _parted(pairs),
        "agreed": linked & told["agree"] & named & ~odd,
        "disputed": _disputed(pairs),
        "complete": complete * likely,
        "names": (complete & names) * likely,
        "birth": (complete & birth) * likely,
        "both": (complete & names & birth) * likely,
    }


def _parted(pairs: Pairs) -> Array:
    """Pairs of one number that a rule on names or births would hold apart. Both clash only where a number was given twice."""
    told = pairs.told
    found: Array = told["ruled"] & told["agree"] & (told["names_clash"] != told["births_clash"])
    return found


def _disputed(pairs: Pairs) -> Array:
    told = pairs.told
    found: Array = told["clash"] & told["numbers_clash"] & ~(told["names_clash"] | told["births_clash"])
    return found


def _spreads(pairs: Pairs) -> dict[str, Array]:
    """What each pair adds to the standard deviation of its bunch: pairs of the same two clusters stand or fall together."""
    spread = np.sqrt(pairs.likely * (1 - pairs.likely))
    return {
        "wrong": np.where(pairs.linked, spread, 0),
        "near": np.where(pairs.linked, 0, spread),
        "parted": _parted(pairs).astype(float),
        "disputed": _disputed(pairs).astype(float),
    }


def _squares(group: Array, bunch: Array, spread: Array, size: int) -> Floats:
    """For each group the sum over its bunches of the square of the sum of what their pairs add."""
    some = spread > _NO_SPREAD
    bunches = np.int64(bunch.max(initial=0) + 1)
    key, place = np.unique(group[some] * bunches + bunch[some], return_inverse=True)
    of_bunch = np.bincount(place, spread[some], key.size)
    return np.asarray(np.bincount(key // bunches, of_bunch**2, size), dtype=np.float64)


def _by_model(counted: _Counts) -> tuple[Estimate, Estimate]:
    """Precision and recall of each group; the first of them is all."""
    linked = _over(counted["linked_pairs"])
    wrong = number_of_events(counted["wrong"], counted["wrong_squares"])
    precision = Estimate(*(np.clip(1 - each / linked, 0, 1) for each in (wrong.value, wrong.upper, wrong.lower)))
    missed = added([number_of_events(counted["near"], counted["near_squares"]), _barred(counted), _unseen(counted)])
    right = counted["linked_pairs"] - counted["wrong"]
    recall = Estimate(
        *(right / _over(right + np.maximum(each, 0)) for each in (missed.value, missed.upper, missed.lower))
    )
    told = (counted["linked_pairs"] > 0) & (counted["complete"] >= LEAST_COMPLETE * counted["linked_pairs"])
    return precision, _known(recall, told & (counted["by"] != "grade"))


def _barred(counted: _Counts) -> Estimate:
    """Pairs of one person that a rule holds apart: as many for those without a common number as were seen for those with one."""
    parted, numbered = counted["parted"], counted["numbered"]
    share = _in_bunches(parted, counted["parted_squares"], numbered)
    share = either(share, Estimate(*(each[:1] for each in share)), numbered >= ENOUGH_NUMBERED)
    expected = Estimate(*(counted["unnumbered"] * np.nan_to_num(each / (1 - each)) for each in share))
    return with_chance(expected, _bunch(parted, counted["parted_squares"]))


def _unseen(counted: _Counts) -> Estimate:
    """Pairs of one person that nobody looked at, among records that say all by which two ways would find them."""
    seen = counted["complete"]
    total = chapman(counted["names"], counted["birth"], counted["both"])
    more = Estimate(*(np.maximum(each - seen, 0) / _over(seen) for each in total))
    more = either(more, Estimate(*(each[:1] for each in more)), ~np.isnan(total.value))
    return with_chance(Estimate(*(seen * np.nan_to_num(each) for each in more)))


def _by_numbers(counted: _Counts) -> tuple[Estimate, Estimate]:
    tried, numbered = counted["agreed"] + counted["disputed"], counted["numbered"]
    wrong = _in_bunches(counted["disputed"], counted["disputed_squares"], tried)
    missed = _in_bunches(counted["parted"], counted["parted_squares"], numbered)
    precision = _known(_rest(wrong), tried >= ENOUGH_NUMBERED)
    return precision, _known(_rest(missed), (numbered >= ENOUGH_NUMBERED) & (counted["by"] != "grade"))


def _in_bunches(hits: Any, squares: Any, tries: Any) -> Estimate:
    """A share whose hits come in bunches: as sure as one from as many fewer tries as a bunch has hits on average.

    `squares`: the sum over bunches of the square of their hits. Source: Kish (1965), Survey Sampling, chapter 5 (design effect).
    """
    size = _bunch(hits, squares)
    return wilson(hits / size, tries / size)


def _bunch(hits: Any, squares: Any) -> Floats:
    """How many hits a bunch has, as seen by one of them; 1 where there is none."""
    return np.where(hits > 0, squares / np.where(hits > 0, hits, 1.0), 1.0)


def _rest(share: Estimate) -> Estimate:
    return Estimate(1 - share.value, 1 - share.upper, 1 - share.lower)


def _known(figures: Estimate, where: Any) -> Estimate:
    """The figures where they can be told, NaN elsewhere."""
    return Estimate(*(np.where(where, each, np.nan) for each in figures))


def _over(count: Any) -> Floats:
    number = np.asarray(count, dtype=np.float64)
    return np.where(number > 0, number, np.nan)


def _keep(con: duckdb.DuckDBPyConnection, groups: _Counts, precision: Estimate, recall: Estimate, basis: str) -> None:
    """Add the figures of a basis to `link_quality`; what is not known is NULL there."""
    if not groups["by"].size:
        return
    told: dict[str, Any] = {name: pa.array(groups[name].tolist(), pa.string()) for name in ("by", "group")}
    told |= {name: pa.array(groups[name], pa.float64()) for name in ("records", "linked_pairs")}
    for name, figures in (("precision", precision), ("recall", recall)):
        each = {name: figures.value, f"{name}_lower": figures.lower, f"{name}_upper": figures.upper}
        told |= {column: pa.array(values, pa.float64(), from_pandas=True) for column, values in each.items()}
    con.register("found_quality", pa.table(told))
    con.execute(
        f"INSERT INTO link_quality BY NAME SELECT *, '{basis}' AS basis, "
        "CASE WHEN coalesce(precision, recall) IS NULL THEN 'no_data' ELSE 'ok' END AS status FROM found_quality "
        'ORDER BY "by" <> \'all\', "by", "group"'
    )
    con.unregister("found_quality")
