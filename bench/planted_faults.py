"""What becomes of every fault that is planted in a council's extracts: mended, set aside, on a fix-list, or vanished.

For each planted fault the files, the feeds and the built dataset are asked in turn:

- in quarantine: the row is set aside with the reason;
- on a fix-list: intake flagged that cell, a rule of `check` names the record for one of the columns it fills, or the review
  desk asks whether the record and another that says otherwise are of one person;
- repaired: the cell is read as what should have stood there (a code from a label, a date in words), the file is read as it
  should have been (another encoding, other headings), a later extract says it right and its row is the one used, a fuller
  source tells of the event and its row is, or linkage joined the two registrations of one person;
- missed: none of these, though another record of the person or event says otherwise, or the mistake shows by itself;
- cannot be noticed: none of these, and nothing in any extract speaks against it. Every kind of which any vanishes in one of
  these two ways stands in `REASONS`, with why.

`earlyhelp` tells nobody what a fault is worth; this tells only whether it can be seen. The section of the truth report is
printed for one council, drawn as `bench/truth.py` draws it, of as many children as is asked.

usage: python bench/planted_faults.py [--children 500] [--seed 1] [--like Lambeth]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from planted.evidence import Evidence
from planted.people import People
from planted.section import (
    BY_ITSELF,
    LATE,
    LISTED,
    MISSED,
    OUTCOMES,
    QUARANTINED,
    REASONS,
    REPAIRED,
    REUSED,
    TWICE,
    UNTOLD,
    VANISHED,
    ZEROS,
    Judged,
    by_kind,
    lines,
)

from earlyhelp.check.report import all_rules
from earlyhelp.ingest.cells import Dates, reader_of, tidied
from earlyhelp.ingest.problems import PROBLEMS
from earlyhelp.ingest.receive import staged_feeds
from earlyhelp.sources import SOURCES, Among, MadeKey, Part, PersonOf, Read, Shaped, heading_of
from earlyhelp.standard import NOT_RECORDED, TABLES, Code, Column, Key, person, sql
from earlyhelp.store.files import sha256_of
from earlyhelp.store.workspace import Workspace
from earlyhelp.synthetic.faults import FAULTS, FileFault, PersonFault
from earlyhelp.synthetic.systems import PARTNERS

__all__ = ["BY_ITSELF", "CONTRADICTED", "OUTCOMES", "REASONS", "VANISHED", "Judged", "by_kind", "judge", "lines"]

_OF_FILES = {fault.name for fault in FAULTS if isinstance(fault, FileFault)}
_OF_PERSONS = {fault.name for fault in FAULTS if isinstance(fault, PersonFault)} | {TWICE, REUSED}
_GONE = "vanished"
"""What is neither mended nor told of, before it is asked whether anything speaks against it."""
_LATEST = date(2036, 12, 31)
Place = tuple[str, str, int]
"""A row of a file: feed, part and number."""
Planted = Mapping[str, Any]

CONTRADICTED = "another record of the person contradicts it"
"""How a mistake about a person may not vanish: the fix-lists name every person of whom joined records say different things."""


@dataclass
class _Feeds:
    """What intake said of each file: the feed, its parts by the names that truth gives them, and its doubtful rows."""

    by_file: dict[str, dict[str, Any]] = field(default_factory=dict)
    parts: dict[tuple[str, str], str] = field(default_factory=dict)
    kept: dict[Place, str] = field(default_factory=dict)
    issues: dict[Place, set[tuple[str, str]]] = field(default_factory=lambda: defaultdict(set))


def judge(made: Path, truth: Path, workspace: Workspace) -> list[Judged]:
    """What became of every fault planted in the files under `made`, from a workspace that has been run on them.

    `truth`: the folder of the council's truth. In the order in which the faults were planted.
    """
    planted = pq.read_table(truth / "planted_faults.parquet").to_pylist()
    feeds = _feeds(workspace, made, {each["file"] for each in planted})
    late = _late(planted, truth, workspace, feeds)
    people, evidence = People(truth, workspace), Evidence(truth, workspace)
    case = _Case(planted, feeds, _breaks(workspace), _Later(workspace, feeds), late, people, evidence)
    return [case.judged(number) for number in range(len(planted))]


# What intake and the rules said ------------------------------------------------------------------------------


def _feeds(workspace: Workspace, made: Path, files: Iterable[str]) -> _Feeds:
    by_hash = {feed["sha256"]: feed for feed in staged_feeds(workspace)}
    found = _Feeds()
    for file in files:
        feed = by_hash.get(sha256_of(made / file))
        if feed is None:
            continue
        found.by_file[file] = feed
        for part in feed["parts"]:
            for name in (part["part"], part["list"], part["list"].replace(" ", "_")):
                found.parts[feed["feed_id"], name] = part["part"]
    for feed in {feed["feed_id"]: feed for feed in found.by_file.values()}.values():
        _read_doubts(found, workspace.feeds / feed["feed_id"], feed["feed_id"])
    return found


def _read_doubts(found: _Feeds, folder: Path, feed: str) -> None:
    with duckdb.connect() as con:
        for name in ("quarantine", "issues"):
            rows = con.execute(
                f"SELECT part, row_no, column_name, rule FROM read_parquet({sql.literal(folder / f'{name}.parquet')})"
            ).fetchall()
            for part, row, column, rule in rows:
                if name == "quarantine":
                    found.kept[feed, part, row] = rule
                else:
                    found.issues[feed, part, row].add((column or "", rule))


def _breaks(workspace: Workspace) -> dict[Place, set[str]]:
    """The rules of `check` that each row broke, by its place in the files."""
    file = workspace.snapshot_folder() / "analysis" / "rule_break.parquet"
    found: dict[Place, set[str]] = defaultdict(set)
    with duckdb.connect() as con:
        for rule, feed, place in con.execute(
            f"SELECT rule, feed_id, place FROM read_parquet({sql.literal(file)})"
        ).fetchall():
            part, _, row = (place or "").rpartition(":")
            if row.isdigit():
                found[feed, part, int(row)].add(rule)
    return found


# What stands under a heading ---------------------------------------------------------------------------------


@cache
def _headings(source: str, part: str) -> Mapping[str, str]:
    """Every name that a heading of a part may have in a file, with its published name."""
    found: dict[str, str] = {}
    for heading in _part(source, part).headings:
        for name in (heading.name, *heading.also, *(heading.called(year) for year in range(2019, 2028))):
            found.setdefault(name, heading.name)
    return found


@cache
def _part(source: str, part: str) -> Part:
    return next(each for each in SOURCES[source].parts if part in (each.title, each.title.replace(" ", "_")))


@cache
def _cells(source: str, part: str, heading: str) -> tuple[tuple[Column, Any], ...]:
    """The columns of the standard that a heading fills, and how it is read for each."""
    return tuple(
        (column, cell)
        for fill in _part(source, part).fills
        for column, cell in fill.cells.items()
        if heading_of(cell) == heading or heading in getattr(cell, "headings", ())
    )


def _told(columns: Sequence[tuple[Column, Any]]) -> list[tuple[Column, Any]]:
    """The columns in which the value of a heading stands: not the keys made of it, nor the words kept beside a code."""
    direct = [(column, cell) for column, cell in columns if not isinstance(cell, MadeKey)]
    coded = [each for each in direct if each[0].code_list]
    return coded or direct


@cache
def _about() -> Mapping[str, frozenset[str]]:
    """The columns that each rule is about."""
    return {rule.code: frozenset(map(str, rule.about)) for rule in all_rules()}


def _read(column: Column, cell: Any, text: str) -> tuple[Any, str | None]:
    """What intake makes of a text under a heading: the value, and the problem that it has with it."""
    text = tidied(text or "")
    if not text:
        return None, None
    about = (str(column), id(cell))
    if about not in _READERS:
        _READERS[about] = _reader(column, cell)
    return _READERS[about](text)


_Reader = Callable[[str], tuple[Any, str | None]]
_READERS: dict[tuple[str, int], _Reader] = {}
"""By column and declared cell, which lives as long as the program and may hold what cannot be a key."""


def _reader(column: Column, cell: Any) -> _Reader:
    kind = column.type
    if isinstance(cell, Among) and column.code_list:
        kind = Code(cell.part_of(column.code_list))
    if isinstance(cell, PersonOf | Shaped) or not isinstance(cell, Among | Read | str):
        kind = Key
    plain = reader_of(kind, Dates(_LATEST))
    if isinstance(cell, Read):
        return lambda text: (None, None) if (said := cell.by(text)) is None else plain(said)
    return plain


def _is_labelled(column: Column, now: tuple[Any, str | None], each: Planted) -> bool:
    """True where a label is read as its own code: the layout asks for less, and the file says more."""
    codes = column.code_list
    return codes is not None and now[1] is None and codes.label(now[0] or "").casefold() == each["became"].casefold()


def _as_stored(column: Column, value: Any) -> Any:
    return NOT_RECORDED if value is None and column.coded and column.required else value


# What a later extract says -----------------------------------------------------------------------------------


class _Won(NamedTuple):
    """The value that a record has in the end, the row that the dataset takes, and the feed and place that told the value."""

    value: Any
    row: int
    told_at: str | None


class _Later:
    """The value that the dataset takes for a record, whichever extract says it last."""

    def __init__(self, workspace: Workspace, feeds: _Feeds) -> None:
        self.workspace = workspace
        every = {feed["feed_id"]: feed for feed in staged_feeds(workspace)}.values()
        ordered = sorted(every, key=lambda feed: (feed["extract_date"] or "", feed["number"]))
        self.order = {feed["feed_id"]: place for place, feed in enumerate(ordered)}
        self._values: dict[Column, dict[tuple[str, str], _Won]] = {}
        self._used: dict[str, set[int]] = {}

    def value(self, column: Column, place: Place) -> tuple[bool, Any]:
        """Whether the row at a place gave a record of the column's table, and the value that the record has in the end."""
        won = self._won(column, place)
        return won is not None, won.value if won else None

    def told_at(self, column: Column, place: Place) -> Place | None:
        """Where the value stands that the record has in the end."""
        won = self._won(column, place)
        feed, _, rest = (won.told_at or "").partition("|") if won else ("", "", "")
        part, _, row = rest.rpartition(":")
        return (feed, part, int(row)) if row.isdigit() else None

    def is_retold(self, column: Column, place: Place) -> bool:
        """True where the record is in no figure, because a fuller source tells of the same event."""
        won, table = self._won(column, place), column.table_name
        if table not in self._used:
            file = self.workspace.snapshot_folder() / "analysis" / f"{table}.parquet"
            with duckdb.connect() as con:
                rows = con.execute(f"SELECT row_id FROM read_parquet({sql.literal(file)})").fetchall()
            self._used[table] = {row for (row,) in rows}
        return won is not None and table != person.table_name and won.row not in self._used[table]

    def _won(self, column: Column, place: Place) -> _Won | None:
        if column not in self._values:
            self._values[column] = self._winners(column)
        feed, part, row = place
        return self._values[column].get((feed, f"{part}:{row}"))

    def _winners(self, column: Column) -> dict[tuple[str, str], _Won]:
        table = TABLES[column.table_name]
        files = sorted(str(path) for path in self.workspace.feeds.glob(f"*/rows/{table.table_name}.*.parquet"))
        if not files:
            return {}
        name, keys = sql.name(column.column_name), ", ".join(sql.name(each.column_name) for each in table.key)
        with duckdb.connect() as con:
            con.register("feed_order", pa.table({"feed_id": list(self.order), "place": list(self.order.values())}))
            held = f"read_parquet([{sql.listed(files)}], union_by_name = true)"
            columns = {row[0] for row in con.execute(f"DESCRIBE SELECT * FROM {held}").fetchall()}
            if column.column_name not in columns or not {each.column_name for each in table.key} <= columns:
                return {}
            known = f"FILTER ({name} IS NOT NULL)" if table is person else ""
            rows = con.execute(
                f"WITH held AS (SELECT * FROM {held} JOIN feed_order USING (feed_id)), "
                f"winner AS (SELECT source_system, {keys}, last({name} ORDER BY place, row_no) {known} AS won, "
                f"last(row_id ORDER BY place, row_no) AS won_row, "
                f"last(feed_id || '|' || source_record_id ORDER BY place, row_no) {known} AS told_at "
                f"FROM held GROUP BY ALL) SELECT feed_id, source_record_id, won, won_row, told_at FROM held "
                f"JOIN winner USING (source_system, {keys})"
            ).fetchall()
        return {(feed, record): _Won(*won) for feed, record, *won in rows}


def _late(planted: Sequence[Planted], truth: Path, workspace: Workspace, feeds: _Feeds) -> set[str]:
    """The records that came late into some extract and are told of in another: by table and key."""
    wanted = {each["record"] for each in planted if each["fault"] == LATE}
    ids: dict[str, set[str]] = defaultdict(set)
    for row in pq.read_table(truth / "registers.parquet", columns=["person_key", "id", "register"]).to_pylist():
        if row["register"] == "case":
            ids[row["person_key"]].add(row["id"])
    tables = {_part(feeds.by_file[p["file"]]["source"], p["part"]).table for p in planted if p["fault"] == LATE}
    found: set[str] = set()
    for table in tables:
        told = _told_days(workspace, table)
        records = pq.read_table(truth / "records" / f"{table.table_name}.parquet").to_pylist()
        key = [column.column_name for column in table.key]
        day = table.day.column_name if table.day else ""
        for row in records:
            name = "|".join(str(row[column]) for column in key if row[column] is not None)
            if name in wanted and day and told & {(who, row[day]) for who in _keys(workspace, ids[row["person_key"]])}:
                found.add(name)
    return found


def _keys(workspace: Workspace, ids: Iterable[str]) -> set[str]:
    return {workspace.pseudonyms.of("person", source, each) for each in ids for source in ("annex_a", "ssd")}


def _told_days(workspace: Workspace, table: Any) -> set[tuple[str, Any]]:
    files = sorted(
        str(path) for path in workspace.feeds.glob(f"*/rows/{table.table_name}.*.parquet") if table.day is not None
    )
    if not files:
        return set()
    with duckdb.connect() as con:
        return set(
            con.execute(
                f"SELECT DISTINCT person_key, {table.day.column_name} FROM "
                f"read_parquet([{sql.listed(files)}], union_by_name = true)"
            ).fetchall()
        )


def _register(folder: str, record: str) -> str:
    """In whose register a person stands: a partner's own list, a partner's rows of the standard folder, else the case system."""
    partners = [each.name for each in PARTNERS]
    return next((name for name in partners if folder == name or record.startswith(f"{name}-")), "case")


# The judgement -----------------------------------------------------------------------------------------------


class _Case:
    """All that is known of one council's faults."""

    def __init__(
        self,
        planted: Sequence[Planted],
        feeds: _Feeds,
        breaks: Mapping[Place, set[str]],
        later: _Later,
        late: set[str],
        people: People,
        evidence: Evidence,
    ) -> None:
        self.planted, self.feeds, self.breaks, self.later, self.late = planted, feeds, breaks, later, late
        self.people, self.evidence = people, evidence
        self.titled = {
            (each["file"], each["part"], each["heading"]): each["was"]
            for each in planted
            if each["row"] is None and each["heading"] and each["was"]
        }
        self.flagged = self._flagged()

    def judged(self, number: int) -> Judged:
        """What became of one fault."""
        each = self.planted[number]
        outcome, how = self._outcome(each)
        if outcome == _GONE:
            outcome, how = self._beyond_notice(each, how)
        return Judged(each["fault"], each["file"], each["part"], each["heading"], outcome, how)

    def _beyond_notice(self, each: Planted, how: str) -> tuple[str, str]:
        """Of what vanishes: whether anything speaks against it, and whether the review desk asks about those records."""
        if how != CONTRADICTED and not self._shows(each):
            return UNTOLD, how
        register = _register(each["file"].split("/")[0], each["record"] or "")
        is_asked = each["fault"] in _OF_PERSONS and self.people.are_asked_about(register, each["person_key"])
        return (LISTED, "the review desk asks") if is_asked and how != CONTRADICTED else (MISSED, how)

    def _shows(self, each: Planted) -> bool:
        """True where a mistake of which nobody is told shows by itself, or another record in some extract says otherwise."""
        if each["fault"] in BY_ITSELF:
            return True
        feed = self.feeds.by_file[each["file"]]
        if each["row"] is None or not each["heading"]:
            return False
        place = self._place(each, feed)
        return any(
            self.evidence.speaks_against(column, each["person_key"], place, _read(column, cell, each["was"])[0])
            for column, cell in _told(self._columns(each, feed))
        )

    def _outcome(self, each: Planted) -> tuple[str, str]:
        feed = self.feeds.by_file.get(each["file"])
        if feed is None:
            return LISTED, "file refused"
        if each["row"] is None:
            return self._of_file(each, feed) if each["fault"] in _OF_FILES else self._left_out(each)
        place = self._place(each, feed)
        if place in self.feeds.kept:
            return QUARANTINED, self.feeds.kept[place]
        if rules := self._rules_at(each, feed, place):
            return LISTED, rules[0]
        if rule := self._flagged_elsewhere(each):
            return LISTED, rule
        register = _register(each["file"].split("/")[0], each["record"] or "")
        if each["fault"] == TWICE and self.people.are_joined(register, each["person_key"]):
            return REPAIRED, "joined by linkage"
        outcome, how = self._mended(each, feed, place)
        if outcome == _GONE and (rules := self._rules_on_what_stands(each, feed, place)):
            return LISTED, rules[0]
        if outcome == _GONE and each["fault"] in _OF_PERSONS:
            columns = [column for column, _ in self._columns(each, feed)]
            how = (
                CONTRADICTED
                if self.people.are_at_odds(register, each["person_key"], columns)
                else "nothing contradicts it"
            )
        return outcome, how

    def _place(self, each: Planted, feed: Mapping[str, Any]) -> Place:
        part = self.feeds.parts.get((feed["feed_id"], each["part"]), each["part"])
        return feed["feed_id"], part, each["row"]

    def _heading(self, each: Planted, feed: Mapping[str, Any]) -> str:
        name = self.titled.get((each["file"], each["part"], each["heading"]), each["heading"])
        return _headings(feed["source"], each["part"]).get(name, name)

    def _columns(self, each: Planted, feed: Mapping[str, Any]) -> tuple[tuple[Column, Any], ...]:
        return _cells(feed["source"], each["part"], self._heading(each, feed)) if each["heading"] else ()

    def _rules_at(self, each: Planted, feed: Mapping[str, Any], place: Place) -> list[str]:
        """What intake and the rules say of the cell; of a whole row, what they say of any of its cells."""
        heading, columns = self._heading(each, feed), {str(column) for column, _ in self._columns(each, feed)}
        issues = self.feeds.issues.get(place, set())
        own = [rule for name, rule in issues if not heading or name == heading]
        found = [rule for rule in own if PROBLEMS[rule].severity != "note"]
        return sorted(found) + sorted(
            rule for rule in self.breaks.get(place, ()) if not heading or _about()[rule] & columns
        )

    def _rules_on_what_stands(self, each: Planted, feed: Mapping[str, Any], place: Place) -> list[str]:
        """What is said of the value that a later extract has in the cell's place: it may be wrong in another way."""
        columns = [column for column, _ in _told(self._columns(each, feed))]
        standing = {self.later.told_at(column, place) for column in columns} - {None, place}
        return [rule for there in standing if there for rule in self._rules_at(each, feed, there)]

    def _thing(self, each: Planted) -> tuple[Any, ...]:
        """The one thing that is wrong: in the record of a system, or in what a register holds of a person."""
        folder = each["file"].split("/")[0]
        feed = self.feeds.by_file.get(each["file"])
        about = {column for column, _ in _told(self._columns(each, feed))} if feed else set()
        if each["fault"] in _OF_PERSONS:
            return each["fault"], _register(folder, each["record"] or ""), each["person_key"]
        if each["fault"] == ZEROS and feed and any(isinstance(cell, PersonOf) for _, cell in self._columns(each, feed)):
            return each["fault"], folder, each["became"]
        if about and all(column.table_name == person.table_name for column in about):
            columns = frozenset(map(str, about))
            return each["fault"], _register(folder, each["record"] or ""), each["person_key"], columns, each["became"]
        return each["fault"], folder, each["part"], each["record"], each["person_key"], each["heading"], each["became"]

    def _flagged_elsewhere(self, each: Planted) -> str | None:
        """The rule that names the same thing in another extract, or in another cell of it.

        Who is told that a cell is empty is told of the empty ones alone: an old address has no property number.
        """
        thing = self._thing(each)
        return self.flagged.get((*thing, False)) or (None if each["became"] else self.flagged.get((*thing, True)))

    def _flagged(self) -> dict[tuple[Any, ...], str]:
        """The things that a rule names where one of their extracts shows them, and whether as empty, with the rule."""
        found = {}
        for each in self.planted:
            feed = self.feeds.by_file.get(each["file"])
            if feed and each["row"] is not None and (each["record"] or each["person_key"]):
                rules = self._rules_at(each, feed, self._place(each, feed))
                if rules:
                    is_empty = bool(each["heading"]) and not each["became"]
                    found.setdefault((*self._thing(each), is_empty), rules[0])
        return found

    def _mended(self, each: Planted, feed: Mapping[str, Any], place: Place) -> tuple[str, str]:
        columns = _told(self._columns(each, feed))
        if not each["heading"] or not columns:
            return (REPAIRED, "not read") if each["heading"] and not columns else (_GONE, "")
        if all(column.column_name.endswith("_raw") for column, _ in columns):
            return REPAIRED, "kept as the source said it"
        read = [
            (column, _read(column, cell, each["was"]), _read(column, cell, each["became"])) for column, cell in columns
        ]
        if all(was == (now[0], was[1]) and now[1] in (None, "date_rewritten") for _, was, now in read):
            return REPAIRED, "read as meant"
        if all(self._said_right_later(column, was[0], place) for column, was, _ in read):
            return REPAIRED, "a later extract says it right"
        if all(self.later.is_retold(column, place) for column, _, _ in read):
            return REPAIRED, "a fuller source tells of it"
        if each["fault"] == "label for code" and all(_is_labelled(column, now, each) for column, _, now in read):
            return REPAIRED, "read as the label says"
        return _GONE, ""

    def _said_right_later(self, column: Column, right: Any, place: Place) -> bool:
        there, value = self.later.value(column, place)
        return there and value == _as_stored(column, right)

    def _left_out(self, each: Planted) -> tuple[str, str]:
        return (REPAIRED, "told of by another extract") if each["record"] in self.late else (_GONE, "")

    def _of_file(self, each: Planted, feed: Mapping[str, Any]) -> tuple[str, str]:
        """A file's fault is repaired where every column was found; one that was not stands in the report of the feed."""
        part = self.feeds.parts.get((feed["feed_id"], each["part"]), each["part"])
        told = next((p for p in feed["parts"] if p["part"] == part), None)
        if told is None:
            return LISTED, "part not read"
        if not each["heading"]:
            return REPAIRED, "read as meant"
        if each["heading"] in told["columns_not_read"]:
            return (REPAIRED, "left out and named") if not each["was"] else (LISTED, "heading not known")
        published = self._heading(each, feed)
        return (LISTED, "column missing") if published in told["columns_missing"] else (REPAIRED, "read as meant")


# One council -------------------------------------------------------------------------------------------------


def section(children: int, seed: int, like: str) -> str:
    """The section of the truth report for one council of so many children, with the extracts of all its systems."""
    from truth import LAST_DAY, Plan, chance, run, with_extracts

    own_seed = int(chance(seed, "faults").integers(2**31))
    with tempfile.TemporaryDirectory() as folder:
        plan = Plan(1, children, own_seed, (like,), systems="partners")
        made, workspace, _ = with_extracts(Path(folder), plan)
        run(workspace, LAST_DAY, as_at=LAST_DAY)
        files = Path(folder) / "made"
        judged = judge(files / made.folder, files / "truth" / made.folder, workspace)
    about = (
        f"One council of {children:,} children, drawn like {like}, with the extracts of all its systems and partners. "
        f"Written by `python bench/planted_faults.py --children {children} --seed {seed} --like {like}`."
    )
    return "\n".join(lines(by_kind(judged), about))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the section."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--children", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--like", default="Lambeth", help="the council whose published rates it is drawn by")
    options = parser.parse_args(arguments)
    print(section(options.children, options.seed, options.like))
    return 0


if __name__ == "__main__":
    sys.exit(main())
