"""Which records each side of a measure's line counts, read off its declaration, so that measures of the same records meet.

Nothing is listed by hand: the rows of every measure are parsed, and what decides which records there are is hashed. Codes
that a declaration asks for, or leaves out, are kept apart from it: requests with a decision are requests of all but two
decisions, so that the mix of decisions, the requests received and those sent back are laid on each other.

What cannot be read so is told of by nothing else than its own measure: rows that read a council's own numbers, rows put
together from several queries, amounts, and groups that are compared.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from hashlib import sha256
from typing import Any, NamedTuple

import duckdb

from earlyhelp.measures import Measure, Statistic, splits_of
from earlyhelp.measures.children_alone import records_of_children
from earlyhelp.standard import NOT_RECORDED
from earlyhelp.standard.local_standards import LOCAL_STANDARDS

OF_CHILDREN = "of children"
"""Stands among the splits for whether a record is of a child: records of children are limited to those of whom it is true."""

Parsed = Mapping[str, Any]
Codes = Mapping[str, tuple[str, ...]]

_ALL = (Statistic.COUNT, Statistic.RATE, Statistic.MIX)
"""Statistics that count every row above the line."""
_SOME = {Statistic.SHARE: "counted", Statistic.MEDIAN: "ended"}
"""Statistics that count some of the rows above the line, those of which a column is true, and all below."""
_OWN = ("unit_id", "day", "from_day", "to_day", "counted", "days", "ended", "amount", "side")
"""What a row brings for its measure; all else it brings is what it can be split by."""


@dataclass(frozen=True)
class Population:
    """The records that one side of the line counts.

    `records`: the hash of the tables, the conditions, the day and, where each unit counts once, the unit. `only`: by split
    the codes that alone are counted; `but`: by split those that are left out.
    """

    records: str
    only: Codes = field(default_factory=dict)
    but: Codes = field(default_factory=dict)

    @property
    def limited(self) -> frozenset[str]:
        """The splits by whose codes it is limited."""
        return frozenset((*self.only, *self.but))

    @property
    def of_anybody(self) -> Population:
        """The same records, be they of children or of adults."""
        return replace(self, only={split: codes for split, codes in self.only.items() if split != OF_CHILDREN})


def population_from(told: Mapping[str, Any]) -> Population:
    """The population that the register kept. Raises TypeError or KeyError for what is none."""
    only, but = ({split: tuple(codes) for split, codes in told[name].items()} for name in ("only", "but"))
    return Population(told["records"], only, but)


class Sides(NamedTuple):
    """The populations above and below the line; None where the declaration does not tell."""

    above: Population | None
    below: Population | None


class _Limit(NamedTuple):
    """A condition that asks for some codes of a split, or for all others."""

    split: str
    codes: tuple[str, ...]
    listed: bool


def populations_of(measure: Measure) -> Sides:
    """The populations of a measure under its definition; of a mix the total counts what stands above the line."""
    of_everybody = _of_everybody(measure)
    if of_everybody == measure.rows:
        return _populations(measure)
    above, below = _populations(replace(measure, rows=of_everybody))
    return Sides(_of_children(above), _of_children(below))


def _of_everybody(measure: Measure) -> str:
    """The rows of a measure of children's records as they would be of everybody's; of another, its rows."""
    table = measure.of.table_name
    rows = measure.rows
    for day in measure.of.columns:
        rows = rows.replace(f"{records_of_children(table, day)} AS {table}", table)
    return rows


def _of_children(population: Population | None) -> Population | None:
    return population and replace(population, only={**population.only, OF_CHILDREN: ("true",)})


def _populations(measure: Measure) -> Sides:
    statistic = measure.statistic
    is_read = statistic in _ALL or statistic in _SOME or statistic is Statistic.MEAN
    rows = _parsed(measure.rows) if is_read and not measure.is_tally and not _reads_own_numbers(measure) else None
    if rows is None:
        return Sides(None, None)
    if statistic in _ALL:
        return Sides(_population(measure, rows, None), None)
    columns = _columns(rows)
    if statistic is Statistic.MEAN:
        amount = columns.get("amount")
        told = {"type": "OPERATOR_IS_NOT_NULL", "class": "OPERATOR", "children": [amount]}
        return Sides(None, _population(measure, rows, told) if amount else None)
    counted = columns.get(_SOME[statistic])
    return Sides(_population(measure, rows, counted) if counted else None, _population(measure, rows, None))


def _reads_own_numbers(measure: Measure) -> bool:
    return any(re.search(rf"\b{name}\b", measure.rows) for name in LOCAL_STANDARDS)


@lru_cache(maxsize=1024)
def _parsed(rows: str) -> Parsed | None:
    """The one SELECT of a query as DuckDB reads it; None where it is several."""
    with duckdb.connect() as con:
        asked = "SELECT json_serialize_sql(?, skip_default := true, skip_null := true, skip_empty := true)"
        found = con.execute(asked, [rows]).fetchall()[0][0]
    statements = json.loads(found).get("statements", ())
    node = _bare(statements[0]["node"]) if len(statements) == 1 else {}
    return _unnamed(node) if node.get("type") == "SELECT_NODE" else None


def _bare(part: Any) -> Any:
    """A part of a query without the places where it stands in the text."""
    if isinstance(part, dict):
        return {name: _bare(value) for name, value in part.items() if name != "query_location"}
    return [_bare(each) for each in part] if isinstance(part, list) else part


def _unnamed(node: Parsed) -> Parsed:
    """A query of one table without the table's name before its columns; where queries stand within it, as it is."""
    table = node.get("from_table", {})
    name = table.get("alias", table.get("table_name"))
    if table.get("type") != "BASE_TABLE" or "SUBQUERY" in _text(node):
        return node
    found: Parsed = _without(node, name)
    return {**found, "from_table": {part: value for part, value in table.items() if part != "alias"}}


def _without(part: Any, name: str) -> Any:
    if isinstance(part, list):
        return [_without(each, name) for each in part]
    if not isinstance(part, dict):
        return part
    told = {key: _without(value, name) for key, value in part.items()}
    if told.get("column_names", ())[:1] == [name] and len(told["column_names"]) > 1:
        told["column_names"] = told["column_names"][1:]
    if told.get("type") == "STAR" and told.get("relation_name") == name:
        del told["relation_name"]
    return told


def _columns(rows: Parsed) -> dict[str, Parsed]:
    """By name, what a query brings besides all columns of something."""
    return {name: _said(each) for each in rows["select_list"] if (name := _name(each))}


def _name(item: Parsed) -> str:
    return str(item.get("alias") or item.get("column_names", [""])[-1])


def _said(item: Parsed) -> Parsed:
    return {name: value for name, value in item.items() if name != "alias"}


def _population(measure: Measure, rows: Parsed, also: Parsed | None) -> Population:
    """The population of the rows of which `also` is true."""
    columns = _columns(rows)
    days = [columns.get(name) for name in ("day", "from_day", "to_day")]
    conditions = [*_conditions(rows.get("where_clause")), *_conditions(also)]
    is_there = {"class": "OPERATOR", "type": "OPERATOR_IS_NOT_NULL", "children": [days[0]]}  # else it is of no period
    limits, others = [], set[str]()
    open_to = _splits(measure, rows)
    for each in conditions:
        limit = _limit(each, open_to)
        if limit:
            limits.append(limit)
        elif each != is_there:
            others.add(_text(each))
    beside = [_text(each) for each in rows["select_list"] if _name(each) not in _OWN]
    frame = {name: value for name, value in rows.items() if name not in ("select_list", "where_clause")}
    unit = columns.get("unit_id") if measure.once else None
    records = sha256(_text([frame, days, unit, sorted(beside), sorted(others)]).encode()).hexdigest()
    return Population(records, *_together(limits))


def _conditions(part: Parsed | None) -> Iterator[Parsed]:
    """The conditions that must all be true: what is not known is not true, so that FALSE in its place changes nothing."""
    if part is None:
        return
    told = _said(part)
    if told["type"] == "CONJUNCTION_AND":
        for each in told["children"]:
            yield from _conditions(each)
    elif told["type"] == "OPERATOR_COALESCE" and len(told["children"]) == 2 and _is_false(told["children"][1]):
        yield from _conditions(told["children"][0])
    else:
        yield told


def _is_false(part: Parsed) -> bool:
    return bool(part.get("cast_type", {}).get("id") == "BOOLEAN" and part["child"].get("value", {}).get("value") == "f")


def _splits(measure: Measure, rows: Parsed) -> dict[str, bool]:
    """The splits whose column is that of the table counted, and of which a record has one code; whether each is yes or no."""
    stars = [each for each in rows["select_list"] if each["type"] == "STAR"]
    made = {_name(each) for each in rows["select_list"]} | {
        each for star in stars for each in star.get("exclude_list", ())
    }
    if len(stars) != 1 or stars[0].get("replace_list"):
        return {}
    relation = f"{stars[0]['relation_name']}." if stars[0].get("relation_name") else ""
    apart = measure.always_by if measure.statistic is not Statistic.MIX else ()
    found = {
        name: split.codes is not None and set(split.codes.codes) == {"true", "false"}
        for name, split in splits_of(measure).items()
        if split.column == f"counted.{name}" and not split.many and name not in {*made, *apart}
    }
    return found | {f"{relation}{name}": is_yes_or_no for name, is_yes_or_no in found.items()}


def _limit(part: Parsed, open_to: Mapping[str, bool]) -> _Limit | None:
    """What a condition asks of the codes of a split; None where it asks something else.

    Nothing recorded is no code in SQL and a code in a split: where a condition would part the two, it is no limit.
    """
    kind, children = part["type"], part.get("children") or [part.get("left"), part.get("right")]
    column = ".".join(children[0].get("column_names", ())) if children[0] else ".".join(part.get("column_names", ()))
    if column not in open_to:
        return None
    split, is_yes_or_no = column.rsplit(".", 1)[-1], open_to[column]
    if is_yes_or_no:
        found = {"COLUMN_REF": ("true", True), "OPERATOR_NOT": ("false", True)}.get(kind)
        found = found or ({"OPERATOR_IS_NOT_NULL": (NOT_RECORDED, False)}.get(kind))
        return _Limit(split, (found[0],), found[1]) if found else None
    codes = [_constant(each) for each in children[1:] if each]
    listed = kind in ("COMPARE_IN", "COMPARE_EQUAL")
    if not codes or None in codes or (not listed and kind not in ("COMPARE_NOT_IN", "COMPARE_NOTEQUAL")):
        return None
    told = tuple(sorted(str(each) for each in codes))
    return _Limit(split, told, listed) if (NOT_RECORDED in told) is not listed else None


def _constant(part: Parsed) -> str | None:
    value = part.get("value", {})
    return str(value["value"]) if value.get("type", {}).get("id") == "VARCHAR" and not value["is_null"] else None


def _together(limits: Iterable[_Limit]) -> tuple[Codes, Codes]:
    """By split, the codes that all limits leave, or those that they leave out."""
    only: dict[str, set[str]] = {}
    but: dict[str, set[str]] = {}
    for each in limits:
        if each.listed:
            only[each.split] = only.get(each.split, set(each.codes)) & set(each.codes)
        else:
            but.setdefault(each.split, set()).update(each.codes)
    left = {split: tuple(sorted(codes - but.get(split, set()))) for split, codes in only.items()}
    return left, {split: tuple(sorted(codes)) for split, codes in but.items() if split not in only}


def _text(part: Any) -> str:
    return json.dumps(part, sort_keys=True)
