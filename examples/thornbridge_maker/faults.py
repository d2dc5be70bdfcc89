"""Ways in which extracts go wrong, each with what a loader must make of it, and the planting of them in files.

What a loader must do follows from where a fault lies. A value that cannot be read holds its row back only in a column
that the row needs: its key, or the date of the event itself. Anywhere else the row stays and the value is flagged.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from thornbridge_maker.chance import Chance
from thornbridge_maker.rows import File, Row, Sheet, Value

QUARANTINED, REPAIRED, FLAGGED = "quarantined", "repaired", "flagged"
_EXCEL_DAY_ZERO = date(1899, 12, 30)


@dataclass(frozen=True)
class Spoilt:
    """A value after it was spoilt, and what a loader should read in its place, as text; empty for nothing."""

    value: Value
    should_read: str = ""


@dataclass(frozen=True)
class Kind:
    """One way for a value to go wrong. `lost`: the value cannot be read; otherwise `result` says what becomes of it."""

    words: str
    spoil: Callable[[Value, Row, str], Spoilt]
    lost: bool = False
    result: str = REPAIRED
    only: Callable[[Value], bool] = lambda value: value not in (None, "")

    def result_in(self, column: str, sheet: Sheet) -> str:
        """What a loader must do with the row."""
        if not self.lost:
            return self.result
        return QUARANTINED if column in sheet.needed else FLAGGED


@dataclass(frozen=True)
class Plant:
    """One declared fault: which kind, where, and in how many rows. `only_where` narrows the rows further."""

    kind: Kind
    file: str
    sheet: str
    column: str
    count: int = 1
    only_where: Callable[[Row], bool] = lambda row: True


@dataclass(frozen=True)
class Planted:
    """One fault as it lies in a file, and what must come of it. Rows are objects, as they still move while planting."""

    file: str
    sheet: str
    row: Row | int | None
    column: str
    fault: str
    result: str
    should_read: str = ""


def plant(plants: tuple[Plant, ...], files: dict[str, File]) -> list[Planted]:
    """Spoil the declared number of values; every row is spoilt once at most."""
    return [each for turn, one in enumerate(plants) for each in _plant(one, files[one.file], Chance(f"fault/{turn}"))]


def _plant(plant: Plant, file: File, chance: Chance) -> list[Planted]:
    sheet, kind, column = file.sheet(plant.sheet), plant.kind, plant.column
    fitting = [
        row for row in sheet.rows if not row.spoilt and kind.only(row.cells.get(column)) and plant.only_where(row)
    ]
    if len(fitting) < plant.count:
        raise ValueError(f"{file.name} {sheet.name}: only {len(fitting)} rows can take '{kind.words}' in {column}")
    made = []
    for row in chance.some_of(fitting, plant.count):
        spoilt = kind.spoil(row.cells[column], row, column)
        row.cells[column], row.spoilt = spoilt.value, True
        result = kind.result_in(column, sheet)
        made.append(Planted(file.name, sheet.name, row, column, kind.words, result, spoilt.should_read))
        if result == QUARANTINED:
            row.held_back = True
            made += _hold_back_nested(row, file)
    return made


def _hold_back_nested(row: Row, file: File) -> list[Planted]:
    """Nothing nested in a child without an id can be placed. Other elements carry the child's id and stand alone."""
    made = []
    for nested in [each for each in row.walk() if each is not row] if row.element == "Child" else []:
        nested.held_back = nested.spoilt = True
        made.append(
            Planted(file.name, nested.element, nested, "LAchildID", "nested in a child without an id", QUARANTINED)
        )
    return made


def _day(value: Value) -> date:
    assert isinstance(value, date)
    return value


def is_date(value: Value) -> bool:
    """True for a cell that holds a date."""
    return isinstance(value, date)


def _missing(value: Value, row: Row, column: str) -> Spoilt:
    return Spoilt(None)


def _not_available(value: Value, row: Row, column: str) -> Spoilt:
    return Spoilt("#N/A")


def _in_words(value: Value, row: Row, column: str) -> Spoilt:
    day = _day(value)
    return Spoilt(f"{day.day} {day:%B} {day.year}", day.isoformat())


def _serial(value: Value, row: Row, column: str) -> Spoilt:
    return Spoilt((_day(value) - _EXCEL_DAY_ZERO).days, _day(value).isoformat())


def _as_text(value: Value, row: Row, column: str) -> Spoilt:
    return Spoilt(f"{_day(value):%d/%m/%Y}", _day(value).isoformat())


def _with_time(value: Value, row: Row, column: str) -> Spoilt:
    return Spoilt(f"{_day(value).isoformat()}T00:00:00", _day(value).isoformat())


def _two_digits(value: Value, row: Row, column: str) -> Spoilt:
    return Spoilt(f"{_day(value):%d/%m/%y}")


def _swapped(value: Value, row: Row, column: str) -> Spoilt:
    return Spoilt(f"{_day(value):%m/%d/%Y}")


def _swapped_year_first(value: Value, row: Row, column: str) -> Spoilt:
    return Spoilt(f"{_day(value):%Y-%d-%m}")


def _impossible(value: Value, row: Row, column: str) -> Spoilt:
    return Spoilt(f"31/02/{_day(value).year}")


def _impossible_year_first(value: Value, row: Row, column: str) -> Spoilt:
    return Spoilt(f"{_day(value).year}-02-31")


def _spaces_after(value: Value, row: Row, column: str) -> Spoilt:
    return Spoilt(f"{value}   ", str(value))


def _hard_spaces(value: Value, row: Row, column: str) -> Spoilt:
    return Spoilt(f"\u00a0{str(value).replace(' ', chr(0xA0))}", str(value))


def _line_break(value: Value, row: Row, column: str) -> Spoilt:
    text = f'{value}\n(see notes of 1st meeting, "agreed")'
    return Spoilt(text, text)


def _past_day_after(value: Value) -> bool:
    return is_date(value) and _day(value).day > 12


MISSING = Kind("missing", _missing, lost=True)
NOT_AVAILABLE = Kind("#N/A left by a spreadsheet formula", _not_available, lost=True)
DATE_IN_WORDS = Kind("date written in words", _in_words, only=is_date)
EXCEL_SERIAL = Kind("date as an Excel day number", _serial, only=is_date)
DATE_AS_TEXT = Kind("date typed as text", _as_text, only=is_date)
DATE_WITH_TIME = Kind("date with a time behind it", _with_time, only=is_date)
TWO_DIGIT_YEAR = Kind("year of two digits", _two_digits, lost=True, only=is_date)
SWAPPED = Kind("month and day swapped", _swapped, lost=True, only=_past_day_after)
SWAPPED_YEAR_FIRST = Kind("month and day swapped", _swapped_year_first, lost=True, only=_past_day_after)
IMPOSSIBLE = Kind("a day that does not exist", _impossible, lost=True, only=is_date)
IMPOSSIBLE_YEAR_FIRST = Kind("a day that does not exist", _impossible_year_first, lost=True, only=is_date)
SPACES_AFTER = Kind("spaces behind the value", _spaces_after)
HARD_SPACES = Kind("non-breaking spaces", _hard_spaces)
LINE_BREAK = Kind("line break and quotation marks inside a quoted value", _line_break)


def before(start: str) -> Kind:
    """An end some weeks before the start in another column."""

    def spoil(value: Value, row: Row, column: str) -> Spoilt:
        ended = _day(row.cells[start]) - timedelta(days=19)
        return Spoilt(ended, ended.isoformat())

    return Kind(f"end before {start}", spoil, result=FLAGGED, only=is_date)


def word(text: str, code: str) -> Kind:
    """A word of the council's own where a code belongs, and the code it stands for, or `unmapped`."""
    about = "unknown code word" if code == "unmapped" else "local code word"
    return Kind(f"{about} '{text}'", lambda value, row, column: Spoilt(text, code), result=FLAGGED)


def value_of(text: str, words: str, result: str, should_read: str = "") -> Kind:
    """A given text in place of the value."""
    return Kind(words, lambda value, row, column: Spoilt(text, should_read), result=result)


def plant_unborn(file: File, as_at: date) -> list[Planted]:
    """Note the children whose date of birth is still to come: the layout allows it, so nothing has to be spoilt."""
    words = "expected date of birth, in the future, of an unborn child (gender c)"
    made = []
    for sheet in file.sheets:
        for row in sheet.rows:
            born = row.cells["Date of Birth"]
            if isinstance(born, date) and born > as_at:
                row.spoilt, expected = True, f"expected {born.isoformat()}"
                made.append(Planted(file.name, sheet.name, row, "Date of Birth", words, REPAIRED, expected))
    if not made:
        raise ValueError(f"{file.name}: no unborn child")
    return made


def plant_twin(file: File, sheet_name: str, count: int, chance: Chance) -> list[Planted]:
    """Rows that stand in the file a second time, right below the first."""
    sheet = file.sheet(sheet_name)
    made = []
    for row in chance.some_of([row for row in sheet.rows if not row.spoilt], count):
        twin = Row(dict(row.cells), spoilt=True)
        row.spoilt = True
        sheet.rows.insert(next(place for place, each in enumerate(sheet.rows) if each is row) + 1, twin)
        made.append(Planted(file.name, sheet_name, twin, sheet.needed[0], "the row above once more", FLAGGED))
    return made


def plant_blank_row(file: File, sheet_name: str, place: int) -> list[Planted]:
    """An empty row in the middle of a sheet."""
    sheet = file.sheet(sheet_name)
    row = Row(dict.fromkeys(sheet.headings), spoilt=True)
    sheet.rows.insert(place, row)
    return [Planted(file.name, sheet_name, row, "", "blank row, which is no row of data", REPAIRED)]


def plant_ragged_row(file: File, column: str, text: str, chance: Chance) -> list[Planted]:
    """A row whose text holds a delimiter that nobody quoted, so that it has one cell too many."""
    sheet = file.sheets[0]
    row = chance.one_of([row for row in sheet.rows if not row.spoilt])
    row.cells[column], row.extra_cell, row.spoilt, row.held_back = text, column, True, True
    return [Planted(file.name, sheet.name, row, column, "one cell too many: a comma that was not quoted", QUARANTINED)]
