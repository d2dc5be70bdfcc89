"""What registers have wrong about people: names, dates of birth, sex and addresses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from earlyhelp.synthetic.faults.declared import PersonFault
from earlyhelp.synthetic.names import NICKNAMES, TRANSLITERATIONS

Row = Mapping[str, Any]
Change = Callable[[Row, float], Mapping[str, Any] | None]
_BESIDE = {"a": "s", "e": "r", "i": "o", "o": "p", "n": "m", "m": "n", "r": "t", "s": "d", "t": "y", "l": "k", "h": "j"}
"""Keys that lie beside each other."""


def _one(options: Any, luck: float) -> Any:
    return options[min(int(luck * len(options)), len(options) - 1)]


def slip(word: str, luck: float) -> str | None:
    """A word with a slip of the pen: letters swapped, one left out, one doubled, or the key beside it.

    Words of three letters have none.
    """
    if len(word) < 4:
        return None
    place = 1 + int(luck * (len(word) - 2))
    here, there = word[place], word[place + 1]
    kinds = (
        word[:place] + there + here + word[place + 2 :],
        word[:place] + word[place + 1 :],
        word[:place] + here + word[place:],
        word[:place] + _BESIDE.get(here, here) + word[place + 1 :],
    )
    return next((kind for kind in (*kinds[int(luck * 997) % 4 :], *kinds) if kind != word), None)


def _of(column: str, change: Callable[[str, float], str | None]) -> Change:
    """A change of one column that holds a text."""

    def break_(row: Row, luck: float) -> Row | None:
        new = change(row[column], luck) if row[column] else None
        return {column: new} if new else None

    return break_


def _other_form(forms: Mapping[str, tuple[str, ...]]) -> Callable[[str, float], str | None]:
    return lambda name, luck: _one(forms[name], luck) if name in forms else None


def _names_swapped(row: Row, luck: float) -> Row | None:
    names = {"forename": row["surname"], "surname": row["forename"]}
    return names if all(names.values()) else None


def _without_hyphen(row: Row, luck: float) -> Row | None:
    found = {name: row[name] for name in ("surname", "forename") if row[name] and "-" in row[name]}
    return {name: text.replace("-", " " if luck < 0.6 else "") for name, text in found.items()} or None


def _former_surname(row: Row, luck: float) -> Row | None:
    return {"surname": row["former_surname"]} if row.get("former_surname") else None


def _dob_swapped(row: Row, luck: float) -> Row | None:
    born = row["dob"]
    return {"dob": date(born.year, born.day, born.month)} if born and born.day <= 12 else None


def _digit_off(row: Row, luck: float) -> Row | None:
    born = row["dob"]
    if not born:
        return None
    step = 1 if luck * 10 % 1 < 0.5 else -1
    changed = _one(("day", "day", "month", "year"), luck)
    try:
        return {"dob": born.replace(**{changed: getattr(born, changed) + step})}
    except ValueError:
        return None


def _placeholder(row: Row, luck: float) -> Row | None:
    born = row["dob"]
    kinds = ((1, 1), (1, 1), (7, 1), None)
    chosen = _one(kinds, luck)
    return {"dob": date(born.year, *chosen) if chosen else date(1900, 1, 1)} if born else None


def _other_sex(row: Row, luck: float) -> Row | None:
    return {"sex": {"M": "F", "F": "M"}[row["sex"]]} if row["sex"] in ("M", "F") else None


def _earlier_home(row: Row, luck: float) -> Row | None:
    line = row["earlier_address"]
    return {"address_line": line, "postcode": row["earlier_postcode"], "uprn": None, "lsoa": None} if line else None


def _postcode_slip(postcode: str, luck: float) -> str | None:
    """Another letter at the end: still the shape of a postcode."""
    return postcode[:-1] + _one([each for each in "ABDEFGHJLNPQRSTUWXYZ" if each != postcode[-1]], luck)


def _nothing(*columns: str) -> Change:
    return lambda row, luck: dict.fromkeys(columns) if any(row[column] for column in columns) else None


FAULTS = (
    PersonFault("forename misspelt", "A slip of the pen in the forename.", 0.015, "names", _of("forename", slip)),
    PersonFault("surname misspelt", "A slip of the pen in the surname.", 0.015, "names", _of("surname", slip)),
    PersonFault(
        "nickname", "Registered under a short form of the forename.",
        0.06, "names", _of("forename", _other_form(NICKNAMES)),
    ),
    PersonFault(
        "forename spelt otherwise", "Another spelling of a forename from another script.",
        0.08, "names", _of("forename", _other_form(TRANSLITERATIONS)),
    ),
    PersonFault(
        "surname spelt otherwise", "Another spelling of a surname from another script.",
        0.08, "names", _of("surname", _other_form(TRANSLITERATIONS)),
    ),
    PersonFault("names swapped", "Forename and surname stand in each other's place.", 0.004, "names", _names_swapped),
    PersonFault("hyphen lost", "The hyphen of a double name is missing.", 0.15, "names", _without_hyphen),
    PersonFault("former surname", "Registered under an earlier surname.", 0.25, "names", _former_surname),
    PersonFault("day and month of birth swapped", "Born on 5 March, registered as 3 May.", 0.015, "dob", _dob_swapped),
    PersonFault(
        "date of birth off by one", "Day, month or year of birth is one too many or too few.", 0.01, "dob", _digit_off,
    ),
    PersonFault(
        "placeholder date of birth", "1 January or 1 July of the year, or 1 January 1900, for a date nobody knew.",
        0.006, "dob", _placeholder,
    ),
    PersonFault("date of birth missing", "No date of birth.", 0.01, "dob", _nothing("dob")),
    PersonFault("sex missing", "No sex.", 0.012, "sex", _nothing("sex")),
    PersonFault("wrong sex", "The other sex.", 0.004, "sex", _other_sex),
    PersonFault("old address", "An address they have left.", 0.12, "address", _earlier_home),
    PersonFault(
        "postcode misspelt", "A wrong letter at the end of the postcode.",
        0.012, "address", _of("postcode", _postcode_slip),
    ),
    PersonFault("address missing", "No address.", 0.02, "address", _nothing("address_line", "postcode", "uprn", "lsoa")),
)  # fmt: skip
TWICE, REUSED = 0.012, 0.001
"""Registrations that somebody has beside another in the same system; new ones that got the id of a closed old one."""
