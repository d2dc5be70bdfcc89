"""A list that holds rows of several kinds is taken apart: one list for each kind, and one for kinds that nobody knows.

A chain of workflow steps is such a list. The rows of a chain belong together: each may tell what another row says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from earlyhelp.ingest.cells import trimmed
from earlyhelp.ingest.recognise import Matched, Recognised
from earlyhelp.sources import Carried, Kind, Part, Source
from earlyhelp.standard import sql

_DAYS = ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%d %b %Y", "%d-%b-%Y", "%d %B %Y")
"""How a date may be written by which the rows of a chain are put in order; where it is none, its row speaks last."""
_UNCLAIMED = -1
_NEVER = {False: "TIMESTAMP '9999-12-31'", True: "TIMESTAMP '0001-01-01'"}


def kind_by_kind(found: Recognised) -> Recognised:
    """What was recognised, with a list for each kind of row in place of a list of several, and one for all other rows.

    Every row is in exactly one of them, under its own number. Rows that could not be taken apart are with the others.
    """
    lists = [each for matched in found.matched for each in _kinds_of(matched, found.source)]
    return replace(found, matched=tuple(lists))


def of_no_known_kind(part: Part) -> bool:
    """True for the list of the rows of kinds that the source does not know."""
    return part.kind is not None and not part.kind.pattern


def _kinds_of(matched: Matched, source: Source) -> Iterator[Matched]:
    parts = source.kinds_beside(matched.part)
    if not parts or matched.missing_needed:
        yield matched
        return
    kinds = {part.kind.name: number for number, part in enumerate(parts) if part.kind}
    rows = _told_apart(matched, parts)
    for part in parts:
        yield _of_one_kind(matched, part, rows, kinds)
    yield _of_one_kind(matched, _unknown(parts[0]), rows, kinds, broken=matched.grid.broken)


def _told_apart(matched: Matched, parts: Sequence[Part]) -> str:
    """SQL for the rows of the list with the number of the first kind that claims each, its chain, and its day in it."""
    columns, grid = matched.columns, matched.grid
    claims = (_claims(part.kind, columns) for part in parts if part.kind)
    cases = " ".join(f"WHEN {claim} THEN {number}" for number, claim in enumerate(claims))
    carried = [each for part in parts for each in part.carried.values() if each.headings <= columns.keys()]
    chains = {f"{trimmed(columns[each.chain])} AS {_chain(each, columns)}" for each in carried}
    days = {f"{_day_of(columns[each.by])} AS {_day(each, columns)}" for each in carried}
    more = ", ".join(["*", f"CASE {cases} ELSE {_UNCLAIMED} END AS kind_no", *sorted(chains | days)])
    return f"SELECT {more} FROM {grid.relation} WHERE row_no > {matched.heading_row}"


def _claims(kind: Kind, columns: Mapping[str, str]) -> str:
    """SQL that is true for the rows that a kind claims; never NULL."""
    said = f"replace(lower(coalesce({columns[kind.heading]}, '')), '&', 'and')"
    return f"regexp_full_match(regexp_replace({said}, '[^a-z0-9]+', '', 'g'), {sql.literal(kind.pattern)})"


def _day_of(raw: str) -> str:
    text, days = trimmed(raw), sql.listed(_DAYS)
    return f"coalesce(try_strptime(left({text}, 10), [{days}]), try_strptime({text}, [{days}]))"


def _chain(carried: Carried, columns: Mapping[str, str]) -> str:
    return f"chain_{columns[carried.chain]}"


def _day(carried: Carried, columns: Mapping[str, str]) -> str:
    return f"day_{columns[carried.by]}"


def _unknown(part: Part) -> Part:
    """The part for rows of kinds that the source does not know; it is told apart from a known kind by its missing pattern."""
    assert part.kind
    kind = replace(part.kind, name="other kinds", pattern="")
    return replace(part, title=f"{part.title.removesuffix(part.kind.name).strip()} {kind.name}", kind=kind)


def _of_one_kind(matched: Matched, part: Part, rows: str, kinds: Mapping[str, int], broken: str = "") -> Matched:
    assert part.kind
    carried = {
        name: (f"x{number}", _from_the_chain(each, matched.columns, kinds))
        for number, (name, each) in enumerate(part.carried.items())
        if each.headings <= matched.columns.keys()
    }
    told = "".join(f", {text} AS {raw}" for raw, text in carried.values())
    number = kinds.get(part.kind.name, _UNCLAIMED)
    relation = f"(SELECT * FROM (SELECT *{told} FROM ({rows})) WHERE kind_no = {number})"
    grid = replace(matched.grid, name=f"{matched.grid.name} {part.kind.name}", relation=relation, broken=broken)
    columns = {**matched.columns, **{name: raw for name, (raw, _) in carried.items()}}
    return replace(matched, grid=grid, part=part, columns=columns)


def _from_the_chain(carried: Carried, columns: Mapping[str, str], kinds: Mapping[str, int]) -> str:
    """SQL for what the row of the chain that speaks has under the heading; NULL for a row of no chain."""
    chain, day, text = _chain(carried, columns), _day(carried, columns), columns[carried.heading]
    chosen = f"arg_{'max' if carried.last else 'min'}({text}, row(coalesce({day}, {_NEVER[carried.last]}), row_no))"
    numbers = (kinds[kind.name] for kind in carried.kinds)
    found = (f"{chosen} FILTER (WHERE kind_no = {number}) OVER (PARTITION BY {chain})" for number in numbers)
    return f"CASE WHEN {chain} IS NOT NULL THEN coalesce({', '.join(found)}) END"
