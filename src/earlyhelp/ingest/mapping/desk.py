"""Looking at a file whose layout is unknown or has changed: what its headings and words may mean, and what is new in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import duckdb

from earlyhelp.errors import InputRefused, UsageProblem
from earlyhelp.ingest.codes import KNOWN_SPELLING, Placing, is_blank_word, pieces_of, propose
from earlyhelp.ingest.feed_report import listable
from earlyhelp.ingest.grid import Grid, Opened
from earlyhelp.ingest.mapping.as_last_time import WORTH_SAVING, as_before, list_to_save, with_service
from earlyhelp.ingest.mapping.as_source import lacking
from earlyhelp.ingest.mapping.columns import Proposal
from earlyhelp.ingest.mapping.dates import DateQuestion, questions_of, with_years
from earlyhelp.ingest.mapping.doubts import doubts_of
from earlyhelp.ingest.mapping.headings import meanings, topic
from earlyhelp.ingest.mapping.ledgers import with_kind
from earlyhelp.ingest.mapping.map_files import SavedMaps, may_be_saved
from earlyhelp.ingest.mapping.needs_of_a_row import ANSWERED
from earlyhelp.ingest.mapping.saved import AS_WRITTEN, LEFT_OPEN, NAME, SavedList, SavedMap, Words
from earlyhelp.ingest.mapping.scores import NUMBERS, date_headings
from earlyhelp.ingest.mapping.shapes import Values
from earlyhelp.ingest.mapping.side_by_side import propose_list, told_beside
from earlyhelp.ingest.mapping.vocabulary import TOPICS
from earlyhelp.ingest.open_file import open_file
from earlyhelp.ingest.recognise import Matched, recognise
from earlyhelp.ingest.values import read_date
from earlyhelp.sources import Among, Read, heading_of
from earlyhelp.sources.layout import plain
from earlyhelp.standard import (
    TABLES,
    CodeList,
    Column,
    Date,
    DateTime,
    Table,
    codelists,
    eh_outcome,
    eh_review,
    eh_score,
    person,
    sql,
)

_DATA = re.compile(r"@|(?<![A-Za-z_\d])\d{5}|\b[A-Za-z]{1,2}\d[A-Za-z\d]? \d[A-Za-z]{2}\b")
"""What stands in data and not in headings: addresses of email, long numbers by themselves, postcodes."""
_SAYS_NOTHING = re.compile(r"\s*(?:sheet|tab|table|data|export|report|results?|page|list)?[\s_-]*\d*\s*", re.IGNORECASE)
"""The names of sheets that programs give."""
MOST_VALUES = 10_000
"""Different values of a column that are read for proposals."""
EXAMPLES = 3
"""Values of a column that are shown to the person who maps it."""
MOST_WORDS = 300
"""Code words of a column that are proposed one by one, the most frequent first."""
WORD_WORTH_SAVING = 0.75
"""How sure a word must be to be saved when the whole is accepted; what is less sure stays open in the map."""
KNOWN_LAYOUT = 0.75
"""The share of a list's headings a known layout must know for the list to be taken as one of its own."""
SAME_LAYOUT = 0.5
"""The share of its headings a list must have in common with a saved one to be taken for the same list."""


@dataclass(frozen=True)
class Word:
    """One code word under one heading: the column it is for and what it stands for there; `times`: how many rows hold it."""

    heading: str
    value: str
    column: Column
    placing: Placing
    times: int
    applied: bool


@dataclass(frozen=True)
class Looked:
    """One list of the file as looked at: the proposals for its headings and words, and the list as it would be saved.

    `examples`: the most frequent values under each heading. They are data about people: shown to whoever may load, never kept.
    `dates`: what the dates of the list do not tell by themselves. `days`, `numbers`, `answers`: the headings under which stand
    days on which scores may have been taken, numbers, and answers of yes and no. `repeated`: headings that stand over several
    columns, of which only the first is read. `doubts`: what would mislead if the map stayed so, in sentences.
    """

    columns: tuple[Proposal, ...]
    words: tuple[Word, ...]
    saved: SavedList | None
    examples: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    dates: tuple[DateQuestion, ...] = ()
    days: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    repeated: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mapped:
    """What came of looking at a file. `saved`: the map as it would be, or was, saved; `new`: headings not in it before."""

    source: str
    lists: tuple[Looked, ...]
    saved: SavedMap
    new: tuple[str, ...]

    @property
    def lacking(self) -> list[str]:
        """Columns without which rows of a list that is read cannot be placed, and which no heading of it fills.

        Of several lists each with the title of its list.
        """
        read = [each.saved for each in self.lists if each.saved and each.saved.is_read]
        several = len(read) > 1
        return [f"{column} ({each.title})" if several else str(column) for each in read for column in lacking(each)]

    def told(self, accepted: bool) -> dict[str, Any]:
        """What `map --json` prints. `accepted`: the proposals were saved."""
        columns = [each for one in self.lists for each in one.columns]
        words = [each for one in self.lists for each in one.words]
        return {
            "source": self.source,
            "columns": [_told_column(each, accepted) for each in columns],
            "values": [_told_word(each, accepted) for each in words],
            "dates": [_told_question(each) for one in self.lists for each in one.dates],
            "lacking": self.lacking,
            "fixed": [
                f"{column}: {text}" for one in self.lists if one.saved for column, text in one.saved.fixed.items()
            ],
            "new": list(self.new),
            "repeated": [heading for one in self.lists for heading in one.repeated],
            "doubts": [doubt for one in self.lists for doubt in one.doubts],
        }


def _told_column(each: Proposal, accepted: bool) -> dict[str, Any]:
    return {
        "heading": each.heading,
        "table": each.column.table_name if each.column else None,
        "column": each.column.column_name if each.column else None,
        "confidence": each.confidence,
        "why": each.why,
        **told_beside(each),
        "applied": each.sure or (accepted and each.column is not None and each.confidence >= WORTH_SAVING),
    }


def _told_word(each: Word, accepted: bool) -> dict[str, Any]:
    placing = each.placing
    kept = (
        accepted and placing.code is not None and placing.confidence >= WORD_WORTH_SAVING and may_be_saved(each.value)
    )
    return {
        "heading": each.heading,
        "value": listable(each.value),
        "column": str(each.column),
        "code": placing.code,
        "confidence": placing.confidence,
        "why": placing.why,
        "applied": placing.sure or kept,
        "rows": each.times,
    }


def _told_question(each: DateQuestion) -> dict[str, Any]:
    return {
        "heading": each.heading,
        "column": str(each.column),
        "asks": each.asks,
        "rows": each.rows,
        "likely": each.likely,
    }


def look_at(
    path: Path,
    maps: SavedMaps,
    con: duckdb.DuckDBPyConnection,
    scratch: Path,
    *,
    name: str = "",
    taken_from: SavedMap | None = None,
    tables: Mapping[str, Table] | None = None,
) -> Mapped:
    """Proposals for every list of a file. Raises InputRefused for a file that cannot be read or holds no list.

    `name`: what the map is to be called; by default the map whose lists are like this, else the file's own name.
    `taken_from`: another council's map, whose headings and words count as if they had been saved here.
    `tables`: what a row of a list is, by the list's name, where somebody has said so; under "" for lists not named.
    """
    opened = open_file(path, path.name, con, scratch)
    known = _recognised(opened, path.name, maps)
    grids = [each for each in opened.grids if each.width and (each.headings is not None or each.top)]
    if not grids:
        raise InputRefused("The file holds no list.", where=path.name, fix="Check that its headings stand in one row.")
    called = name or known.get("", "") or _map_like(grids, maps) or _slug(path.stem)
    before = maps.by_name.get(called, SavedMap(called))
    if taken_from:
        before = replace(taken_from, name=called, version=before.version)
    said = tables or {}
    looked: list[Looked] = []
    for grid in grids:
        titles = {each.saved.title for each in looked if each.saved}
        about = said.get(grid.name, said.get(""))
        looked.append(_look_at_list(con, grid, before, known.get(grid.name), about, titles, path.stem))
    saved = before
    for each in looked:
        saved = saved.with_list(each.saved) if each.saved else saved
        saved = saved.with_words(_words_to_save(each.words))
    told_before = {plain(heading) for each in before.lists for heading in each.columns}
    new = tuple(p.heading for one in looked if one.saved for p in one.columns if plain(p.heading) not in told_before)
    return Mapped(called, tuple(looked), saved, tuple(dict.fromkeys(new)))


def _recognised(opened: Opened, name: str, maps: SavedMaps) -> dict[str, Any]:
    """The lists of a published layout, by grid, and the layout's name under "": those of which most headings are known.

    A list that a saved map knows is the map's.
    """
    mapped = [told for saved in maps.by_name.values() for told in saved.lists]
    grids = [each for each in opened.grids if not _is_saved(each, mapped)]
    try:
        found = recognise(grids, name)
    except InputRefused:
        return {}
    good = {
        each.grid.name: each
        for each in found.matched
        if not each.missing_needed and len(each.columns) >= KNOWN_LAYOUT * (len(each.columns) + len(each.unknown))
    }
    return {"": found.source.name, **good} if good else {}


def _is_saved(grid: Grid, mapped: Sequence[SavedList]) -> bool:
    headings = _headings(grid)[1]
    return any(_in_common(headings, told) >= KNOWN_LAYOUT for told in mapped)


def _map_like(grids: Sequence[Grid], maps: SavedMaps) -> str:
    """The map one of whose lists has most headings in common with the file's, or nothing."""
    found = {
        saved.name: max(_in_common(_headings(grid)[1], each) for grid in grids)
        for saved in maps.by_name.values()
        for each in saved.lists
    }
    best = max(found, key=lambda each: found[each], default="")
    return best if best and found[best] >= SAME_LAYOUT else ""


def _in_common(headings: Sequence[str], told: SavedList) -> float:
    one, other = {plain(h) for h in headings if plain(h)}, {plain(h) for h in told.columns}
    return len(one & other) / max(len(one | other), 1)


def _slug(stem: str) -> str:
    """A name for a map from that of a file: small letters, no dates or numbers at its end."""
    name = re.sub(r"[^a-z0-9]+", "_", stem.casefold())
    name = re.sub(r"(_?\d+)+$", "", name).strip("_")[:40].strip("_")
    return name if NAME.fullmatch(name) else "spreadsheet"


def _called(grid: Grid, stem: str) -> str:
    """The name of a list: the file's, where that of the sheet says nothing."""
    return stem if _SAYS_NOTHING.fullmatch(grid.name) else grid.name


def _what_about(called: str, stem: str) -> str:
    """The words that may tell what a list is about: those of the file, too, where the sheet is called by no such word."""
    return called if any(meanings(called) & topic(table) for table in TOPICS) else f"{stem} {called}"


def _headings(grid: Grid) -> tuple[int, list[str]]:
    """The row of a grid in which its headings stand, and the headings: the first row filled nearly as widely as any."""
    if grid.headings is not None:
        return 0, list(grid.headings)
    rows = grid.titled
    widest = max((sum(1 for cell in cells if plain(cell)) for _, cells in rows), default=0)
    wide = (each for each in rows if sum(1 for cell in each[1] if plain(cell)) >= 0.8 * widest)
    return next(wide, (0, []))


def _refuse_data(names: Sequence[str], where: str) -> None:
    """Raise InputRefused where the row of headings holds data: a list without headings would put it into the map."""
    if any(name.strip() and (_DATA.search(name) or read_date(name).value) for name in names):
        raise InputRefused(
            "The first wide row of the list holds data, not headings.",
            where=where,
            fix="Put a row of headings above it.",
        )


def _look_at_list(
    con: duckdb.DuckDBPyConnection,
    grid: Grid,
    before: SavedMap,
    known: Matched | None,
    said: Table | None,
    taken: Set[str],
    stem: str,
) -> Looked:
    """One list of a file. `taken`: the titles under which other lists of the file are saved. `stem`: what the file is called."""
    if known:
        words = [
            word
            for heading, column, codes in _coded(known)
            for word in _words(
                _values(con, grid, known.heading_row, known.columns[heading]),
                known.as_written(heading),
                column,
                codes,
                before,
            )
        ]
        return Looked(tuple(_published(known)), tuple(words), None)
    row, names = _headings(grid)
    _refuse_data(names, grid.name)
    names = [" ".join(name.split()) for name in names]
    headings = {name: f"c{index}" for index, name in reversed(list(enumerate(names))) if plain(name)}
    headings = {name: headings[name] for name in names if plain(name)}
    values = {name: Values(_values(con, grid, row, raw)) for name, raw in headings.items()}
    told = max(before.lists, key=lambda each: (_in_common(list(headings), each), each.title == grid.name), default=None)
    if told and (_in_common(list(headings), told) < SAME_LAYOUT or (said and said is not told.table)):
        told = None
    called = _called(grid, stem)
    table, proposals = propose_list(values, _what_about(called, stem), said or (told.table if told else None))
    proposals = as_before(proposals, told)
    words = [
        word
        for each in proposals
        if each.column and each.column.code_list and each.need in ("", AS_WRITTEN) and each.confidence >= WORTH_SAVING
        for word in _words(values[each.heading].times, each.heading, each.column, each.column.code_list, before)
    ]
    title = told.title if told and told.title not in taken else grid.name
    saved = with_kind(with_service(list_to_save(title, table, proposals, told), called))
    examples = {name: tuple(each.times)[:EXAMPLES] for name, each in values.items()}
    asked = tuple(_date_questions(saved, values))
    days = tuple(date_headings(values, proposals))
    decided = {plain(heading) for heading in told.columns} if told else set()
    return Looked(
        tuple(proposals),
        tuple(words),
        with_years(saved, asked),
        examples,
        dates=asked,
        days=days,
        numbers=tuple(name for name, each in values.items() if each.numbers >= NUMBERS),
        answers=tuple(name for name, each in values.items() if each.answers >= ANSWERED),
        repeated=tuple(name for name, times in Counter(filter(plain, names)).items() if times > 1),
        doubts=tuple(doubts_of(saved, [each for each in days if plain(each) not in decided])),
    )


def _date_questions(saved: SavedList, values: Mapping[str, Values]) -> Iterator[DateQuestion]:
    """What the dates of the list do not tell, one heading after the other."""
    days = {score.date: eh_score.score_date for score in saved.scores.values()}
    days |= {each.date: eh_outcome.achieved_date for each in saved.outcomes.values()}
    days |= dict.fromkeys(saved.reviews, eh_review.held_date)
    of_people = {heading: columns for one in saved.people for heading, columns in one.columns.items()}
    for heading, columns in saved.columns.items():
        told = (*columns, *of_people.get(heading, ()), *([days[heading]] if heading in days else []))
        if day := next((each for each in told if each.type in (Date, DateTime)), None):
            yield from questions_of(heading, day, values[heading].times, saved.dates.get(heading, ()))


def _values(con: duckdb.DuckDBPyConnection, grid: Grid, heading_row: int, raw: str) -> dict[str, int]:
    """The different texts of a raw column below its heading, the most frequent first."""
    rows = con.execute(
        f"SELECT {sql.name(raw)}, count(*) AS times FROM {grid.relation} WHERE row_no > {heading_row} "
        f"AND {sql.name(raw)} IS NOT NULL GROUP BY 1 ORDER BY times DESC, 1 LIMIT {MOST_VALUES}"
    ).fetchall()
    return dict(rows)


def _published(known: Matched) -> list[Proposal]:
    """The columns that a known layout fills, and the headings it does not know, each as the file writes it."""
    why = f"a heading of {known.part.title}"
    found = [
        Proposal(known.as_written(heading), column, 0.99, why)
        for heading in known.columns
        for fill in known.part.fills
        for column, cell in fill.cells.items()
        if heading_of(cell) == heading
    ]
    read = {each.heading for each in found}
    told = (*map(known.as_written, known.columns), *known.unknown)
    unread = [heading for heading in told if heading not in read]
    return [*found, *(Proposal(heading, None, 0.0, "the layout does not read it") for heading in unread)]


def _coded(known: Matched) -> list[tuple[str, Column, CodeList]]:
    """The headings of a known layout that hold codes, with their column and the codes that may stand there."""
    found: dict[str, tuple[str, Column, CodeList]] = {}
    for fill in known.part.fills:
        for column, cell in fill.cells.items():
            heading = heading_of(cell)
            if heading in known.columns and column.code_list and heading and not isinstance(cell, Read):
                codes = cell.part_of(column.code_list) if isinstance(cell, Among) else column.code_list
                found.setdefault(heading, (heading, column, codes))
    return list(found.values())


def _words(times: Mapping[str, int], heading: str, column: Column, codes: CodeList, before: SavedMap) -> list[Word]:
    """What the code words under a heading stand for, the most frequent first."""
    saved = SavedMaps({before.name: before}).words_of(before.name).get(str(column))
    counted: Counter[str] = Counter()
    many = column.coded is not None and column.coded.many
    for text, rows in times.items():
        for piece in pieces_of(text, codes, saved) if many else [text]:
            if not is_blank_word(piece):
                counted[" ".join(piece.split())] += rows
    listed = sorted(counted.items(), key=lambda each: (-each[1], each[0]))[:MOST_WORDS]
    placed = [(text, rows, propose(codes, text, saved)) for text, rows in listed]
    return [Word(heading, text, column, placing, rows, placing.sure) for text, rows, placing in placed]


def _words_to_save(words: Sequence[Word]) -> Words:
    """The words that a map keeps: those that no published list knows, with their code, or open where nothing is likely."""
    found: dict[Column, dict[str, str]] = {}
    for each in words:
        if each.placing.confidence < KNOWN_SPELLING and may_be_saved(each.value):
            likely = each.placing.code if each.placing.confidence >= WORD_WORTH_SAVING else None
            found.setdefault(each.column, {})[each.value] = likely or LEFT_OPEN
    return found


def codes_for(name: str) -> CodeList:
    """The code list behind a column given as `table.column`. Raises UsageProblem where there is none.

    The words of a gender are read by the list of sex, as Annex A asks for the one and the census for the other.
    """
    table, _, called = name.partition(".")
    column = TABLES[table].columns.get(called) if table in TABLES else None
    if column is None:
        raise UsageProblem(
            f"The standard has no column {name}.", where="TABLE.COLUMN", fix="For example: contact.source_code."
        )
    codes = codelists.sex if column is person.gender else column.code_list
    if codes is None:
        raise UsageProblem(f"{name} takes no codes.", where="TABLE.COLUMN", fix="Name a column with codes.")
    return codes
