"""The files of saved maps: small texts under `maps/` that say which heading fills which column, and what words mean.

They hold headings, columns and code words, never a value that may speak about a person, so that councils can share them.
Written in one order, a map changes only where something changed. Written by hand is as good as saved; what is wrong in it
is told with its line.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from earlyhelp.errors import InputRefused
from earlyhelp.ingest.codes import spelling
from earlyhelp.ingest.feed_report import listable
from earlyhelp.ingest.mapping.saved import (
    AS_WRITTEN,
    LEFT_OPEN,
    NAME,
    SavedList,
    SavedMap,
    SavedOutcome,
    SavedPerson,
    SavedReview,
    SavedScore,
)
from earlyhelp.ingest.values import DateOrder, DayNumbers, HowWritten, ShortYears
from earlyhelp.sources import SOURCES
from earlyhelp.standard import TABLES, Column, codelists
from earlyhelp.store.files import typed_text, write_text

FORMAT = 1
_HEAD = """# A map of {what}: headings and code words, no data. It may be edited by hand and shared.
# An empty list: the heading is not read. An empty code: nobody has said yet what the word means.
"""

_HOW: Mapping[str, HowWritten] = {each.value: each for each in (*DateOrder, *DayNumbers, *ShortYears)}


@dataclass(frozen=True)
class SavedMaps:
    """All maps of a workspace, by name."""

    by_name: Mapping[str, SavedMap] = field(default_factory=dict)

    def words_of(self, source: str) -> dict[str, dict[str, str]]:
        """For a source: by column ("contact.source_code") the words with codes, spelt as they are compared."""
        found = self.by_name.get(source)
        words = found.words if found else {}
        return {str(c): {spelling(word): code for word, code in told.items() if code} for c, told in words.items()}

    def dates_of(self, source: str) -> dict[tuple[str, str], tuple[HowWritten, ...]]:
        """For a source: by list and heading what is said of how its dates are written."""
        lists = self.by_name[source].lists if source in self.by_name else ()
        return {(each.title, heading): said for each in lists for heading, said in each.dates.items()}

    def fingerprint(self, source: str) -> str:
        """A short mark of the map of a source that changes when what it says changes; empty where there is none."""
        found = self.by_name.get(source)
        return hashlib.sha256(text_of(replace(found, version=0)).encode()).hexdigest()[:8] if found else ""


def read_maps(folder: Path) -> SavedMaps:
    """Every map in a folder. Raises InputRefused for one that cannot be read, naming the line."""
    files = sorted(folder.glob("*.toml")) if folder.is_dir() else []
    return SavedMaps({each.name: each for each in map(read_map, files)})


def read_map(path: Path) -> SavedMap:
    """The map in a file. Raises InputRefused when there is none, or for what is no map, naming the line."""
    return map_in(typed_text(path, "map"), path.name)


def map_in(text: str, name: str) -> SavedMap:
    """The map that a text says. `name`: of the file it is from. Raises InputRefused for what is no map, naming the line."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        place = re.search(r"line (\d+)", str(problem))
        where = f"{name}, line {place[1]}" if place else name
        raise InputRefused(
            "The map is not written as maps are.", where=where, fix="Write names and texts in quotes, one entry a line."
        ) from None
    return _Reading(name, text).map_of(content, Path(name).stem)


@dataclass(frozen=True)
class _Reading:
    """One file being read: its name and its text, in which the line of a mistake is looked up."""

    file: str
    text: str

    def wrong(self, error: str, fix: str, sought: str) -> InputRefused:
        """The refusal of a mistake, with the first line in which it stands."""
        lines = enumerate(self.text.splitlines(), start=1)
        line = next((number for number, each in lines if sought and sought in each), None)
        return InputRefused(error, where=f"{self.file}, line {line}" if line else self.file, fix=fix)

    def map_of(self, content: Mapping[str, Any], stem: str) -> SavedMap:
        name = content.get("name", stem)
        if not isinstance(name, str) or not NAME.fullmatch(name):
            raise self.wrong("The name of the map is none.", "Use small letters, digits and underscores.", "name")
        if content.get("format", FORMAT) != FORMAT:
            raise self.wrong("The map is of a format this version does not know.", f"format = {FORMAT}", "format")
        version = content.get("version", 1)
        if not isinstance(version, int):
            raise self.wrong("The version is not a whole number.", "version = 1", "version")
        lists = content.get("list", [])
        if not isinstance(lists, list) or not all(isinstance(each, dict) for each in lists):
            raise self.wrong("A list is not written as one.", "Begin each list with [[list]].", "list")
        words = {self.column(name): self.words(name, told) for name, told in self.section(content, "words").items()}
        if not lists and name not in SOURCES:
            raise self.wrong(f"{name} is no known source and the map has no list.", "Add a [[list]].", "name")
        return SavedMap(name, tuple(self.list_of(each) for each in lists), words, version)

    def list_of(self, told: Mapping[str, Any]) -> SavedList:
        title, named = told.get("title", ""), told.get("table", "")
        if named not in TABLES:
            raise self.wrong(f"The standard has no table {named}.", f"One of: {', '.join(TABLES)}.", f'"{named}"')
        columns = {heading: self.columns(heading, each) for heading, each in self.section(told, "columns").items()}
        fixed = {self.column(name): str(each) for name, each in self.section(told, "fixed").items()}
        dates = {heading: self.written(heading, each) for heading, each in self.section(told, "dates").items()}
        scores = {heading: self.score(heading, each) for heading, each in self.section(told, "scores").items()}
        needs = {heading: self.need(heading, each) for heading, each in self.section(told, "needs").items()}
        people = tuple(self.person(each) for each in told.get("people", []))
        outcomes = {
            heading: self.outcome(heading, each, needs) for heading, each in self.section(told, "outcomes").items()
        }
        reviews = {heading: self.review(heading, each) for heading, each in self.section(told, "reviews").items()}
        made = SavedList(str(title), TABLES[named], columns, fixed, dates, scores, needs, people, outcomes, reviews)
        columns |= {heading: () for heading in made.side_by_side if heading not in columns}
        days = {heading: each.date for heading, each in scores.items()}
        days |= {heading: each.date for heading, each in outcomes.items() if each.date}
        for heading, day in days.items():
            if day not in columns:
                raise self.wrong(f"The list has no heading {day!r}.", "Name the heading of their day.", heading)
        return made

    def section(self, told: Mapping[str, Any], name: str) -> Mapping[str, Any]:
        found = told.get(name, {})
        if not isinstance(found, dict):
            raise self.wrong(f"{name} is not a section.", f"Write [{name}] in square brackets.", name)
        return found

    def columns(self, heading: str, told: Any) -> tuple[Column, ...]:
        listed = [told] if isinstance(told, str) else told
        if not isinstance(listed, list) or not all(isinstance(each, str) for each in listed):
            raise self.wrong(
                f"What {heading!r} fills is not a list of columns.", 'Write ["person.dob"], or [] to leave it.', heading
            )
        return tuple(self.column(each) for each in listed)

    def written(self, heading: str, told: Any) -> tuple[HowWritten, ...]:
        listed = [told] if isinstance(told, str) else told
        if not isinstance(listed, list) or not all(isinstance(each, str) and each in _HOW for each in listed):
            fix = f"One of: {', '.join(_HOW)}."
            raise self.wrong(f"What is said of the dates under {heading!r} is not known.", fix, heading)
        return tuple(_HOW[each] for each in listed)

    def need(self, heading: str, told: Any) -> str:
        if told != AS_WRITTEN and told not in codelists.needs:
            fix = f"One of: {', '.join([*codelists.needs.codes, AS_WRITTEN])}."
            raise self.wrong(f"{told!r} is no code of a need.", fix, heading)
        return str(told)

    def outcome(self, heading: str, told: Any, needs: Mapping[str, str]) -> SavedOutcome:
        if not isinstance(told, dict) or not told.keys() <= {"need", "date"} or told.get("need") not in needs:
            fix = 'For example { need = "Debt?", date = "Debt solved on" }, with "Debt?" in [list.needs].'
            raise self.wrong(f"Of which need the outcome under {heading!r} is is not said.", fix, heading)
        return SavedOutcome(str(told["need"]), str(told.get("date", "")))

    def review(self, heading: str, told: Any) -> SavedReview:
        kind = told.get("type") if isinstance(told, dict) else None
        if not isinstance(told, dict) or not told.keys() <= {"type", "due"} or kind not in codelists.review_types:
            codes = ", ".join(codelists.review_types.codes)
            fix = f'For example {{ type = "team_around_family" }}; with due = true for days to come. Types: {codes}.'
            raise self.wrong(f"What reviews are held on the days under {heading!r} is not said.", fix, heading)
        if not isinstance(told.get("due", False), bool):
            raise self.wrong(f"Whether the reviews under {heading!r} are due is not said.", "due = true", heading)
        return SavedReview(str(kind), told.get("due", False))

    def person(self, told: Any) -> SavedPerson:
        role = str(told.get("role", "")) if isinstance(told, dict) else ""
        if role not in codelists.family_roles:
            fix = f"One of: {', '.join(codelists.family_roles.codes)}."
            raise self.wrong(f"{role!r} is no role in a family.", fix, f'"{role}"')
        return SavedPerson(role, {h: self.columns(h, each) for h, each in self.section(told, "columns").items()})

    def score(self, heading: str, told: Any) -> SavedScore:
        named = [each.name for each in fields(SavedScore)]
        if (
            not isinstance(told, dict)
            or sorted(told) != sorted(named)
            or not all(_is_said(each) for each in told.values())
        ):
            fix = 'For example { tool = "SDQ", domain = "Total difficulties", date = "Start date" }.'
            raise self.wrong(f"What the scores under {heading!r} are of is not said.", fix, heading)
        return SavedScore(**told)

    def column(self, name: str) -> Column:
        """A column by its name. Raises InputRefused for a column there is not."""
        table, _, column = name.partition(".")
        if table not in TABLES or column not in TABLES[table].columns:
            raise self.wrong(f"The standard has no column {name}.", "See the data dictionary.", f'"{name}"')
        return TABLES[table].columns[column]

    def words(self, name: str, told: Any) -> dict[str, str]:
        codes = self.column(name).code_list
        if codes is None or not isinstance(told, dict):
            raise self.wrong(f"{name} takes no codes.", "Give words only for columns with codes.", f'"{name}"')
        for word, code in told.items():
            if code != LEFT_OPEN and code not in codes:
                raise self.wrong(
                    f"{code!r} is not a code of {name}.", f"One of: {', '.join(codes.codes[:40])}.", f'"{word}" ='
                )
        return dict(told)


def write_map(saved: SavedMap, folder: Path) -> Path:
    """Write a map into a folder, one version on where it differs from what is there; returns the file."""
    path = folder / f"{saved.name}.toml"
    version = read_map(path).version if path.is_file() else 0
    if path.is_file() and text_of(replace(saved, version=version)) == path.read_text(encoding="utf-8"):
        return path
    folder.mkdir(parents=True, exist_ok=True)
    write_text(path, text_of(replace(saved, version=version + 1)))
    return path


def text_of(saved: SavedMap) -> str:
    """The text of a map: everything in one order, so that two maps that say the same are the same to the byte."""
    lines = [_HEAD.format(what=SOURCES[saved.name].title if saved.name in SOURCES else saved.name)]
    lines += [f"format = {FORMAT}", f"name = {_quoted(saved.name)}", f"version = {saved.version}"]
    for each in sorted(saved.lists, key=lambda one: one.title):
        lines += _list_lines(each)
    for column, words in sorted(saved.words.items(), key=lambda one: str(one[0])):
        entries = sorted((word, code) for word, code in words.items() if may_be_saved(word))
        if entries:
            lines += [
                "",
                f"[words.{_quoted(str(column))}]",
                *(f"{_quoted(w)} = {_quoted(code)}" for w, code in entries),
            ]
    return "\n".join(lines) + "\n"


def _list_lines(each: SavedList) -> list[str]:
    """The lines of one list, a section of it only where there is something to say."""
    columns = {h: filled for h, filled in each.columns.items() if filled or h not in each.side_by_side}
    sections = {
        "fixed": {
            str(column): _quoted(text) for column, text in sorted(each.fixed.items(), key=lambda one: str(one[0]))
        },
        "dates": {h: _listed(sorted(how)) for h, how in sorted(each.dates.items())},
        "scores": {h: _score(one) for h, one in each.scores.items()},
        "needs": {h: _quoted(code) for h, code in each.needs.items()},
        "outcomes": {h: _outcome(one) for h, one in each.outcomes.items()},
        "reviews": {h: _review(one) for h, one in each.reviews.items()},
    }
    lines = ["", "[[list]]", f"title = {_quoted(each.title)}", f"table = {_quoted(each.table.table_name)}", ""]
    lines += ["[list.columns]", *(f"{_quoted(h)} = {_listed(filled)}" for h, filled in columns.items())]
    for name, said in sections.items():
        lines += ["", f"[list.{name}]", *(f"{_quoted(key)} = {text}" for key, text in said.items())] if said else []
    for one in each.people:
        lines += ["", "[[list.people]]", f"role = {_quoted(one.role)}", "[list.people.columns]"]
        lines += [f"{_quoted(h)} = {_listed(filled)}" for h, filled in one.columns.items()]
    return lines


def may_be_saved(word: str) -> bool:
    """False for a text that may speak about a person: a name, a date, a long number, an address, a long text."""
    return listable(word) == word and "\n" not in word


def _is_said(text: object) -> bool:
    return isinstance(text, str) and bool(text.strip())


def _score(score: SavedScore) -> str:
    return f"{{ tool = {_quoted(score.tool)}, domain = {_quoted(score.domain)}, date = {_quoted(score.date)} }}"


def _outcome(one: SavedOutcome) -> str:
    dated = f", date = {_quoted(one.date)}" if one.date else ""
    return f"{{ need = {_quoted(one.need)}{dated} }}"


def _review(one: SavedReview) -> str:
    return f"{{ type = {_quoted(one.kind)}{', due = true' * one.due} }}"


def _listed(each: Iterable[object]) -> str:
    return "[" + ", ".join(_quoted(str(one)) for one in each) + "]"


def _quoted(text: str) -> str:
    """A text as TOML writes it."""
    signs = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    return (
        '"'
        + "".join(signs.get(s, s if s.isprintable() else f"\\u{ord(s):04x}") for s in text if ord(s) < 0x10000)
        + '"'
    )
