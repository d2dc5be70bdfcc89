"""A list that holds rows of several kinds is taken apart: one list for each kind, and one for kinds that nobody knows.

A chain of workflow steps is such a list. The rows of a chain belong together: each may tell what another row says. Where
siblings share a chain, those of each child do.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

import duckdb

from earlyhelp.ingest.cells import trimmed
from earlyhelp.ingest.recognise import Matched, Recognised
from earlyhelp.sources import Carried, Kind, OwnNumber, Part, Source
from earlyhelp.standard import sql

_DAYS = ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%d %b %Y", "%d-%b-%Y", "%d %B %Y")
"""How a date may be written by which the rows of a chain are put in order; where it is none, its row speaks last."""
_UNCLAIMED = -1
MARK = "\x1f"
"""Between a number that people share and the id of whose it is; it is read and never stored."""
_NEVER = {False: "TIMESTAMP '9999-12-31'", True: "TIMESTAMP '0001-01-01'"}


def kind_by_kind(found: Recognised, con: duckdb.DuckDBPyConnection) -> Recognised:
    """What was recognised, with a list for each kind of row in place of a list of several, and one for all other rows.

    `con` holds the rows; the lists of a grid are told apart in a table of its own there, once for all kinds.
    Every row is in exactly one of them, under its own number. Rows that could not be taken apart are with the others.
    """
    lists = [each for matched in found.matched for each in _kinds_of(matched, found.source, con)]
    return replace(found, matched=tuple(lists))


def of_no_known_kind(part: Part) -> bool:
    """True for the list of the rows of kinds that the source does not know."""
    return part.kind is not None and not part.kind.pattern


def _kinds_of(matched: Matched, source: Source, con: duckdb.DuckDBPyConnection) -> Iterator[Matched]:
    parts = source.kinds_beside(matched.part)
    if not parts or matched.missing_needed:
        yield matched
        return
    kinds = {part.kind.name: number for number, part in enumerate(parts) if part.kind}
    rows = f"{matched.grid.relation}_told_apart"
    con.execute(f"CREATE TABLE {rows} AS {_told_apart(matched, parts, kinds)}")
    for part in parts:
        yield _of_one_kind(matched, part, rows, kinds)
    yield _of_one_kind(matched, _unknown(parts[0]), rows, kinds, broken=matched.grid.broken)


def with_own_numbers(con: duckdb.DuckDBPyConnection, part: Matched) -> Matched:
    """The part with a column for each number that its fills make each person's own; as it is where no two people share one.

    For a list whose rows are all of one kind: those of several have such columns already.
    """
    if part.part.kind:
        return part
    declared = {each for each in _own_numbers(part.part) if each.headings <= part.columns.keys()}
    own = sorted((each for each in declared if _is_shared(con, part, each)), key=str)
    if not own:
        return part
    days = ", ".join(f"{_day_of(part.columns[by])} AS {_day(by, part.columns)}" for by in sorted({e.by for e in own}))
    relation, rows = f"{part.grid.relation}_own", f"SELECT *, {days} FROM {part.grid.relation}"
    con.execute(f"CREATE TABLE {relation} AS {_with_own_numbers(rows, own, part.columns, {})}")
    columns = {each.told: _own(each, part.columns) for each in own}
    return replace(part, grid=replace(part.grid, relation=relation), columns=part.columns | columns)


def _is_shared(con: duckdb.DuckDBPyConnection, part: Matched, number: OwnNumber) -> bool:
    text, person = (trimmed(part.columns[each]) for each in (number.heading, number.person))
    borne = f"SELECT DISTINCT {text} AS number, {person} AS person FROM {part.grid.relation}"
    told = (
        f"SELECT 1 FROM ({borne}) WHERE person IS NOT NULL AND number IS NOT NULL GROUP BY number HAVING count(*) > 1"
    )
    return con.execute(f"{told} LIMIT 1").fetchone() is not None


def _told_apart(matched: Matched, parts: Sequence[Part], kinds: Mapping[str, int]) -> str:
    """SQL for the rows of the list with the number of the first kind that claims each, its chains, and its day in them."""
    columns, grid = matched.columns, matched.grid
    claims = (_claims(part.kind, columns) for part in parts if part.kind)
    cases = " ".join(f"WHEN {claim} THEN {number}" for number, claim in enumerate(claims))
    carried = [each for part in parts for each in part.carried.values() if each.headings <= columns.keys()]
    texts = {each.chain for each in carried if isinstance(each.chain, str)}
    chains = {f"{trimmed(columns[text])} AS chain_{columns[text]}" for text in texts}
    own = sorted({each for part in parts for each in _own_numbers(part) if each.headings <= columns.keys()}, key=str)
    days = {_day(by, columns): _day_of(columns[by]) for by in sorted({e.by for e in carried} | {e.by for e in own})}
    more = ", ".join(["*", f"CASE {cases} ELSE {_UNCLAIMED} END AS kind_no", *(f"{d} AS {n}" for n, d in days.items())])
    rows = f"SELECT {', '.join([more, *sorted(chains)])} FROM {grid.relation} WHERE row_no > {matched.heading_row}"
    return _with_own_numbers(rows, own, columns, kinds) if own else rows


def _with_own_numbers(rows: str, own: Sequence[OwnNumber], columns: Mapping[str, str], kinds: Mapping[str, int]) -> str:
    """SQL for the rows with each number made the person's own: with a mark and their id where somebody bore it before them.

    Grouped and joined, because numbers that several people bear are few.
    """
    steps, numbers, joins = [f"told AS ({rows})"], [], []
    for place, number in enumerate(own):
        text, person = (f"told.{columns[each]}" for each in (number.heading, number.person))
        text, person = f"replace({trimmed(text)}, '{MARK}', ' ')", trimmed(person)
        shows = f"{person} IS NOT NULL AND {text} IS NOT NULL"
        if number.among:
            shows += f" AND kind_no IN ({', '.join(str(kinds[kind.name]) for kind in number.among)})"
        day = f"min(coalesce({_day(number.by, columns)}, {_NEVER[False]}))"
        steps += [
            f"bearer_{place} AS (SELECT {text} AS number, {person} AS person, {day} AS day FROM told WHERE {shows} "
            "GROUP BY 1, 2)",
            f"several_{place} AS (SELECT number FROM bearer_{place} GROUP BY number HAVING count(*) > 1)",
            f"first_{place} AS (SELECT number, arg_min(person, row(day, person)) AS person FROM bearer_{place} "
            f"SEMI JOIN several_{place} USING (number) GROUP BY number)",
            f"marked_{place} AS (SELECT number, bearer.person FROM bearer_{place} AS bearer JOIN first_{place} AS first "
            "USING (number) WHERE bearer.person <> first.person)",
        ]
        marked = f"CASE WHEN marked_{place}.person IS NULL THEN {text} ELSE {text} || '{MARK}' || {person} END"
        numbers.append(f"{marked} AS {_own(number, columns)}")
        joins.append(f"LEFT JOIN marked_{place} ON marked_{place}.number = {text} AND marked_{place}.person = {person}")
    return f"WITH {', '.join(steps)} SELECT told.*, {', '.join(numbers)} FROM told {' '.join(joins)}"


def _own_numbers(part: Part) -> Iterator[OwnNumber]:
    """The numbers of a part that are made each person's own, those of its chains and those that it carries among them."""
    for fill in part.fills:
        for cell in fill.cells.values():
            if isinstance(cell, OwnNumber):
                yield _behind(cell, part)
    yield from (each.chain for each in part.carried.values() if isinstance(each.chain, OwnNumber))


def _behind(number: OwnNumber, part: Part) -> OwnNumber:
    """The number as it stands in the list: of one that is carried, in the row that it is carried from."""
    carried = part.carried.get(number.heading)
    return replace(number, heading=carried.heading) if carried else number


def _claims(kind: Kind, columns: Mapping[str, str]) -> str:
    """SQL that is true for the rows that a kind claims; never NULL."""
    said = f"replace(lower(coalesce({columns[kind.heading]}, '')), '&', 'and')"
    return f"regexp_full_match(regexp_replace({said}, '[^a-z0-9]+', '', 'g'), {sql.literal(kind.pattern)})"


def _day_of(raw: str) -> str:
    text, days = trimmed(raw), sql.listed(_DAYS)
    return f"coalesce(try_strptime(left({text}, 10), [{days}]), try_strptime({text}, [{days}]))"


def _chain(carried: Carried, columns: Mapping[str, str]) -> str:
    chain = carried.chain
    return f"chain_{columns[chain]}" if isinstance(chain, str) else _own(chain, columns)


def _own(number: OwnNumber, columns: Mapping[str, str]) -> str:
    return f"own_{columns[number.heading]}"


def _day(by: str, columns: Mapping[str, str]) -> str:
    return f"day_{columns[by]}"


def _unknown(part: Part) -> Part:
    """The part for rows of kinds that the source does not know; it is told apart from a known kind by its missing pattern."""
    assert part.kind
    kind = replace(part.kind, name="other kinds", pattern="")
    return replace(part, title=f"{part.title.removesuffix(part.kind.name).strip()} {kind.name}", kind=kind)


def _of_one_kind(matched: Matched, part: Part, rows: str, kinds: Mapping[str, int], broken: str = "") -> Matched:
    assert part.kind
    own = {each for each in _own_numbers(part) if each.headings <= matched.columns.keys()}
    carried = {
        name: (f"x{number}", _from_the_chain(each, _text_of(name, part, own, matched.columns), matched.columns, kinds))
        for number, (name, each) in enumerate(part.carried.items())
        if each.headings <= matched.columns.keys()
    }
    told = "".join(f", {text} AS {raw}" for raw, text in carried.values())
    number = kinds.get(part.kind.name, _UNCLAIMED)
    relation = f"(SELECT * FROM (SELECT *{told} FROM {rows}) WHERE kind_no = {number})"
    grid = replace(matched.grid, name=f"{matched.grid.name} {part.kind.name}", relation=relation, broken=broken)
    columns = {name: raw for name, (raw, _) in carried.items()} | {
        each.told: _own(each, matched.columns) for each in own
    }
    return replace(matched, grid=grid, part=part, columns={**matched.columns, **columns})


def _text_of(name: str, part: Part, own: Collection[OwnNumber], columns: Mapping[str, str]) -> str:
    """The column in which what is carried stands: of a number that fills read as each person's own, the marked one."""
    cells = (cell for fill in part.fills for cell in fill.cells.values())
    read = (_behind(cell, part) for cell in cells if isinstance(cell, OwnNumber) and cell.heading == name)
    number = next((each for each in read if each in own), None)
    return _own(number, columns) if number else columns[part.carried[name].heading]


def _from_the_chain(carried: Carried, text: str, columns: Mapping[str, str], kinds: Mapping[str, int]) -> str:
    """SQL for what the row of the chain that speaks has in the column `text`; NULL for a row of no chain."""
    chain, day = _chain(carried, columns), _day(carried.by, columns)
    chosen = f"arg_{'max' if carried.last else 'min'}({text}, row(coalesce({day}, {_NEVER[carried.last]}), row_no))"
    numbers = (kinds[kind.name] for kind in carried.kinds)
    found = (f"{chosen} FILTER (WHERE kind_no = {number}) OVER (PARTITION BY {chain})" for number in numbers)
    return f"CASE WHEN {chain} IS NOT NULL THEN coalesce({', '.join(found)}) END"
