"""The school census as schools send it, in XML, taken apart into the tables that councils make of it.

The names of the elements are those of the Department's technical specifications as software for schools and the tables of
London councils show them: a table's headings are the elements' names in small letters. No schema has been checked, so that an
element with another name is left out and named. A pupil is told by school and unique pupil number, so that one pupil has one
number from term to term; a pupil without that number is set aside with all that stands in it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree

from earlyhelp.errors import InputRefused
from earlyhelp.ingest.handover import writer
from earlyhelp.ingest.xml_stream import Header, inner_elements, local_name, streamed, text_of
from earlyhelp.sources.school_census import SCHOOL, school_census
from earlyhelp.sources.school_terms import term_of_census
from earlyhelp.standard.codelists import attendance_codes
from earlyhelp.standard.codelists.attendance import AUTHORISED, UNAUTHORISED

MARKS_OF_IT = frozenset({"Pupils", "PupilsOnRoll", "PupilOnRoll", "PupilsNoLongerOnRoll", "PupilNoLongerOnRoll"})
"""Elements that only a school census has."""
_ROLLS = {"PupilOnRoll": ("onroll", "pupilonroll"), "PupilNoLongerOnRoll": ("offroll", "pupilnolongeronroll")}
_FACTS = ("Term", "Year", "ReferenceDate", "LEA", "Estab", "URN", "SchoolName", "Phase")
_PERIODS = {"TermlyAttendance": "termly", "SummerHalfTerm2Attendance": "summerhalfterm2", "AnnualAttendance": "annual"}
"""Elements in which the same leaves tell of one stretch of time or another, with what tables put before their names."""
_SESSION, _ADDRESS, _HOME = "SessionDetail", "Address", "HomeInformation"
_MEALS = ("FSMperiod", "FSMinstance")
_EXCLUSIONS = ("TermlyExclusion", "TermlySuspension")
_TABLES = {part.title: [heading.name for heading in part.headings] for part in school_census.parts}
_CALLED = {
    part.title: {name: heading.name for heading in part.headings for name in (heading.name, *heading.also)}
    for part in school_census.parts
}
_REASONS = ("reason1", "reason2", "reason3")
Row = dict[str, str]


@dataclass
class Return:
    """What was read: the header, the rows of each table, elements nobody reads, and sums that were made from reasons."""

    header: Header = field(default_factory=Header)
    rows: Counter[str] = field(default_factory=Counter)
    unread: Counter[str] = field(default_factory=Counter)
    summed: int = 0

    @property
    def called(self) -> str:
        """Year and term of the census, as the names of its tables begin; empty where it does not tell them."""
        facts = self.header.facts
        term = term_of_census(facts.get("Term", ""), facts.get("ReferenceDate", ""))
        year = re.match(r"20\d\d", facts.get("ReferenceDate", "") or facts.get("Year", ""))
        return f"{year[0]}_{term}_" if term and year else ""

    def school(self) -> str:
        """How pupils' records name the school: by its unique reference number, else by those of authority and school."""
        facts = self.header.facts
        return facts.get("URN", "") or facts.get("LEA", "") + facts.get("Estab", "")

    def key(self) -> str:
        """The school in the numbers of its pupils, which must not change with what a later return says besides."""
        facts = self.header.facts
        return facts.get("LEA", "") + facts.get("Estab", "") or facts.get("URN", "")

    def notes(self) -> list[str]:
        """What the council should know of how the file was read."""
        notes = [f"element {name} is not read ({count} times)" for name, count in sorted(self.unread.items())]
        if not self.called:
            notes.append("the header does not say of which term the census is: sessions are left without their term")
        if not self.header.facts.get("URN"):
            notes.append("the return names its school by another number than the unique reference number")
        if self.summed:
            notes.append(f"absences of {self.summed} pupils were summed from their reasons, where no sums stand")
        return notes + self.header.notes()


def read_return(path: Path, name: str, out: Path) -> tuple[list[dict[str, Any]], Return]:
    """The grids of the return, their rows left in `out`, and what was read. Refuses XML that is no school census."""
    found = Return()
    files = {title: out / f"{number}.csv" for number, title in enumerate(_TABLES)}
    with ExitStack() as open_files:
        lists = {
            title: writer(open_files.enter_context(file.open("w", encoding="utf-8", errors="replace", newline="")))
            for title, file in files.items()
        }
        for title, row in _rows(path, name, found):
            found.rows[title] += 1
            lists[title].writerow([found.rows[title], *map(row.get, _TABLES[title])])
    if not found.rows["pupilonroll"] + found.rows["pupilnolongeronroll"]:
        raise InputRefused(
            "The XML holds no PupilOnRoll element, so it is not a return of the school census.",
            where=name,
            fix="Load the file that the school sent (Message, Pupils, PupilsOnRoll), or the tables made of it as CSV.",
        )
    return [_grid(title, files[title], found.called) for title in _TABLES], found


def _grid(title: str, file: Path, called: str) -> dict[str, Any]:
    headings = _TABLES[title]
    return {"name": called + title, "file": file.name, "width": len(headings), "top": [], "headings": headings}


def _rows(path: Path, name: str, found: Return) -> Iterator[tuple[str, Row]]:
    """Every row with the table it belongs to, pupil by pupil; the school comes last, as all its facts are known then."""
    for pupil in streamed(path, name, _ROLLS, _FACTS, found.header):
        roll, table = _ROLLS[local_name(pupil)]
        yield from _Pupil(found, roll, table).rows(pupil)
    facts = found.header.facts
    if facts.get("URN"):
        yield SCHOOL, {f"{SCHOOL}tableid": facts["URN"], **{name.lower(): text for name, text in facts.items()}}


@dataclass
class _Pupil:
    """One pupil taken apart: leaves become cells of the pupil's row, and what repeats becomes rows of its own."""

    found: Return
    roll: str
    table: str
    row: Row = field(default_factory=dict)
    apart: dict[str, list[etree._Element]] = field(default_factory=dict)

    def rows(self, element: etree._Element) -> Iterator[tuple[str, Row]]:
        """The pupil's own row, then the rows of sessions, exclusions, free school meals and addresses."""
        self._open(element, "")
        upn = self.row.get("upn", "")
        number = f"{self.found.key()}/{upn.upper()}" if upn else ""
        key = {f"{self.table}tableid": number, "NativeId": self.found.school()}
        sessions = [_leaves(each) for each in self.apart.get(_SESSION, ())]
        yield self.table, self._told(self.table, self.row | key | self._sums(sessions))
        for what, rows in (
            ("termlysessiondetails", sessions),
            ("termlyexclusions", [_exclusion(each) for each in self._all(_EXCLUSIONS)]),
            ("fsmperiods", [_leaves(each) for each in self._all(_MEALS)]),
            ("addresses", [_leaves(each) for each in self.apart.get(_ADDRESS, ())]),
        ):
            title = f"{what}{self.roll}"
            for place, row in enumerate(rows, start=1 + self.found.rows[title]):
                own = {f"{title}tableid": f"{self.found.key()}/{self.found.called}{place}"}
                yield title, self._told(title, row | key | own)

    def _all(self, names: Iterable[str]) -> Iterator[etree._Element]:
        return (each for name in names for each in self.apart.get(name, ()))

    def _open(self, element: etree._Element, before: str) -> None:
        for inner in inner_elements(element):
            tag = local_name(inner)
            if apart := _stands_apart(inner, tag, before):
                self.apart.setdefault(apart, []).append(inner)
            elif any(True for _ in inner_elements(inner)):
                self._open(inner, _PERIODS.get(tag, before))
            elif text := text_of(inner):
                self._cell(before + tag.lower(), tag, text)

    def _cell(self, heading: str, tag: str, text: str) -> None:
        known = _CALLED[self.table].get(heading)
        if known is None:
            self.found.unread[tag] += 1
        else:
            self.row.setdefault(known, text)

    def _told(self, title: str, row: Mapping[str, str]) -> Row:
        """The row under the table's headings; what stands under none is counted as not read."""
        told: Row = {}
        for heading, text in row.items():
            known = _CALLED[title].get(heading)
            if known is None:
                self.found.unread[heading] += 1
            else:
                told.setdefault(known, text)
        return told

    def _sums(self, sessions: list[Row]) -> Row:
        """Authorised and unauthorised absences from the reasons, where the return has reasons and no sums.

        Nothing where a reason or a number cannot be read: then nobody knows the sum.
        """
        given = {f"termlysessions{kind}" for kind in ("authorised", "unauthorised")} & set(self.row)
        counted = [(each.get("attendancereason", ""), _sessions_of(each)) for each in sessions]
        if given or not counted or any(code not in attendance_codes.codes or not n.isdigit() for code, n in counted):
            return {}
        self.found.summed += 1
        return {
            f"termlysessions{kind}": str(sum(int(n) for code, n in counted if code in codes))
            for kind, codes in (("authorised", AUTHORISED), ("unauthorised", UNAUTHORISED))
        }


def _stands_apart(element: etree._Element, tag: str, before: str) -> str:
    """As what an element has a row of its own; empty for one that belongs to the pupil's row or only wraps others."""
    if tag == _SESSION:
        return tag if before == _PERIODS["TermlyAttendance"] else ""
    if tag == _HOME and not any(isinstance(e.tag, str) and local_name(e) == _ADDRESS for e in element.iter()):
        return _ADDRESS
    return tag if tag in (*_MEALS, *_EXCLUSIONS, _ADDRESS) else ""


def _sessions_of(row: Row) -> str:
    return row.get("sessions") or row.get("absencesessions", "")


def _leaves(element: etree._Element) -> Row:
    """Every text within an element under its name in small letters; the first, where one repeats."""
    found: Row = {}
    for inner in element.iter():
        if isinstance(inner.tag, str) and (text := text_of(inner)):
            found.setdefault(local_name(inner).lower(), text)
    return found


def _exclusion(element: etree._Element) -> Row:
    """The leaves of an exclusion; up to three reasons, in the order in which they stand."""
    reasons = [text_of(each) for each in element.iter() if isinstance(each.tag, str) and local_name(each) == "Reason"]
    row = {name: text for name, text in _leaves(element).items() if name != "reason"}
    return row | dict(zip(_REASONS, filter(None, reasons), strict=False))
