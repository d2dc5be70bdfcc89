"""Names as linkage compares them: by what somebody is called, which spellings are one name, and how a name sounds.

`forenames.csv` holds one line a forename, from general knowledge of names met in English schools: its usual form, then short
forms, spellings and transliterations. A variant of several names (HARRY of HENRY, HAROLD and HARRISON) stands in each line.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files

import duckdb

_SPELT = (
    "replace(replace(replace(replace(replace("
    "translate(upper(strip_accents({name})), 'ŁØĐÐĦŦƏƐƆŊƁƊƘƝ', 'LODDHTEEONBDKN')"
    ", 'ẞ', 'SS'), 'Æ', 'AE'), 'Œ', 'OE'), 'Þ', 'TH'), 'Ĳ', 'IJ')"
)
"""SQL of capitals without accents: `strip_accents` leaves letters with a bar or a hook and joined letters as they are."""
LETTERS = f"nullif(trim(regexp_replace(regexp_replace({_SPELT}, '[^-–/.,&\\sA-Z]', '', 'g'), '[^A-Z]+', ' ', 'g')), '')"
"""SQL of a name in capitals and single spaces, nothing where no letter is left; fill `{name}` with the column.

A hyphen parts two names; an apostrophe, or a sign that an export garbled, none.
"""

_SOUND_SIGNS = 6
"""Signs of a sound that are kept: longer names differ at their ends by spelling more than by person."""
_ONE_SPELLING_A_SOUND = tuple(
    (re.compile(pattern), stands)
    for pattern, stands in (
        (r"PH", "F"),
        (r"(?<=.)[CT]I(?=[AO])|SH", "sh"),
        (r"C(?=[EIY])", "S"),
        (r"CK|C(?!H)|Q", "K"),
        (r"(?<=[BDGJKR])H|(?<=[AEIOU])H(?![AEIOUY])", ""),
        (r"([^EO])\1+", r"\1"),
    )
)
"""Spellings of one sound, each with the one that stands for it: ALICIA and ALISHA, the H that nobody hears in ZAHRA and RHIAN,
letters twice but for EE and OO, which sound otherwise than once. Vowels stay as they are: KELLY and KEELEY, MILA and MYLA,
RAYAN and RAYHAN are names of brothers and sisters."""
_NO_NAME = frozenset(
    {
        "BABY",
        "UNBORN",
        "UNKNOWN",
        "UNNAMED",
        "NEWBORN",
        "INFANT",
        "FOETUS",
        "FETUS",
        "TWIN",
        "TRIPLET",
        "BOY",
        "GIRL",
        "MALE",
    }
    | {
        "FEMALE",
        "CHILD",
        "OF",
        "ONE",
        "TWO",
        "THREE",
        "NOT",
        "KNOWN",
        "GIVEN",
        "STATED",
        "RECORDED",
        "NULL",
        "NONE",
        "NA",
    }
    | {"TBC", "TBA"}
    | {"UB", "UBB", "BUMP", "EDD"}
)
"""Words written where a name is not known or not yet given."""
UNBORN = r"\b(UNBORN|UN BORN|NOT YET BORN|UBB?|U B(?: B)?|FO?ETUS|BUMP|EDD)\b"
"""Pattern of what is written in place of the forename of a child that is expected: UBB is an unborn baby, EDD its day."""
UNNAMED = rf"{UNBORN}|\b(BABY|NEWBORN|INFANT)\b"
"""Pattern of the same, and of what is written for a child just born: a surname that follows is no forename."""
_SAYS_NO_NAME = re.compile(
    rf"{UNBORN}|\b(?:NOT YET|TO BE) \w+|\b(?:UNBORN|UBB?|BABY|CHILD|INFANT|TWIN|BOY|GIRL|SON|DAUGHTER) OF\b.*|^B O\b .*"
)
"""Several words that are no name: whoever is named after OF, or after B/O, is the mother."""
_TITLES = frozenset(
    {"MR", "MRS", "MISS", "MS", "MASTER", "DR", "SHEIKH", "SHAIKH", "SHEIK", "SK", "HAJI", "HAFIZ", "MST", "MOST"}
    | {"MUSAMMAT", "MOSAMMAT", "MOSAMMOT"}
)
_BORNE_BY_MANY = frozenset(
    {
        "SYED",
        "SAYED",
        "SYEDA",
        "SAYEDA",
        "SAYYID",
        "SAYYED",
        "SINGH",
        "KAUR",
        "BEGUM",
        "BIBI",
        "KHATUN",
        "KHATOON",
        "BANU",
    }
)
"""Names and honorifics that most of a community carry, so that nobody is told from a brother or sister by them."""
_SERVANT = frozenset({"ABD", "ABDUL", "ABDEL", "ABDAL", "ABDUR", "ABDOUL", "OLUWA"})
"""First parts of names that mean little without the next part: ABDUL RAHMAN is one name."""
_ARTICLES = frozenset({"AL", "EL", "UL", "UR", "AR"})
_OF_THE_FAITH = re.compile(r"\b(\w{3,}) (?:UD |AD |AL |EL )?(UDDIN|DIN|DEEN|ULLAH)\b")
_SYLLABLE = re.compile(
    r"(?:ZH|CH|SH|TS|TZ|KW|GW|HS|NG|[BPMFDTNLGKHJQXRZCSYW])?(?:IAO|UAI|EUNG|OEUNG|IA|IE|IU|IAN|UA|UO|UI|UE|AI|EI|AO|OU|AU|EU|OI|EE|OO|UEN"
    r"|[AEIOU])(?:NG|N|M|K|P|T|H)?"
)
"""One syllable of Mandarin or Cantonese as English registers write them."""


def name_table(con: duckdb.DuckDBPyConnection, names: Iterable[str]) -> None:
    """Make `link_name` (name, usual, sound, said, known, forms): each name in capitals and what it is compared by.

    `usual`: the form that its spellings share, else the name itself. `sound`: its Metaphone. `said`: the function of that name.
    `known`: the usual form of a name that stands in exactly one line of the list, else empty: two known names that differ are two
    names, however alike, unless they are said alike. `forms`: the usual forms that it may stand for, each between bars,
    `|HAROLD|HARRISON|HENRY|` for HARRY, the name itself if unlisted.
    """
    told: dict[str, Callable[[str], str | None]] = {
        "usual": usual,
        "sound": sound,
        "said": said,
        "known": known,
        "forms": _barred_forms,
    }
    _make(con, "link_name", "name", names, told)


def given_table(con: duckdb.DuckDBPyConnection, forenames: Iterable[str]) -> None:
    """Make `link_given` (forenames, calling, given): what somebody with these forenames is called, and all usual forms.

    `calling`: empty where no name is told. `given`: each usual form between bars, `|MOHAMMED|HASSAN|`.
    """
    told: dict[str, Callable[[str], str | None]] = {
        "calling": lambda each: calling_name(each) or None,
        "given": lambda each: _barred([usual(name) for name in given_names(each)]),
    }
    _make(con, "link_given", "forenames", forenames, told)


def family_table(con: duckdb.DuckDBPyConnection, surnames: Iterable[str]) -> None:
    """Make `link_family` (surnames, family, sound): all surnames of somebody as one, and how that sounds."""
    told: dict[str, Callable[[str], str | None]] = {
        "family": family_name,
        "sound": lambda each: sound(family_name(each)),
    }
    _make(con, "link_family", "surnames", surnames, told)


def usual(name: str) -> str:
    """The form that all spellings of a forename share; the name itself where it is unlisted or stands for several names.

    Yoruba names that begin with God's, OLUWA, are told by what follows: OLUWASEUN and SEUN are one.
    """
    listed = forms(name)
    if len(listed) == 1:
        return listed[0]
    return usual(_after_god(name)) if not listed and _after_god(name) else name


def known(name: str) -> str | None:
    """The usual form of a name that the list holds once; None where it is unlisted or a short form of several names."""
    listed = forms(name) or forms(_after_god(name))
    return listed[0] if len(listed) == 1 else None


def forms(name: str) -> tuple[str, ...]:
    """The usual forms of the lines of `forenames.csv` in which a name stands, sorted; none where it is unlisted."""
    return _lines().get(name, ())


def sound(name: str) -> str:
    """How a name sounds in English, by Metaphone (Philips 1990); the name itself where nothing is heard, and an initial.

    C and K sound alike, as initials they are of two people.
    """
    from jellyfish import metaphone

    return name if len(name) == 1 else metaphone(usual(name))[:_SOUND_SIGNS] or name


def said(name: str) -> str:
    """A forename with one spelling for each sound, and all its vowels: ZARA for ZAHRA, ALIshA for ALICIA and ALISHA.

    Closer than `sound`, to which SARA is ZARA and HASSAN is HUSSEIN: two names that are alike in this are one, though the list
    may hold both, as parents give no two children names that nobody tells apart. An initial is not said, and stays.
    """
    if len(name) == 1:
        return name
    for spelt, stands in _ONE_SPELLING_A_SOUND:
        name = spelt.sub(stands, name)
    return name


def calling_name(forenames: str) -> str:
    """The one of somebody's forenames that they are told by; nothing where none is a name (UNBORN, BABY BOY, TWIN ONE).

    `forenames`: capitals and single spaces. The first, unless it is MOHAMMED or another that most of a community carry, a
    title or a bare initial, and a better one follows: MOHAMMED HASSAN is HASSAN, MOHAMMED alone is MOHAMMED.
    """
    given = given_names(forenames)
    if len(given) == 1:
        return given[0]
    whole = [name for name in given if len(name) > 1]
    telling = [name for name in whole if usual(name) != "MOHAMMED" and name not in _BORNE_BY_MANY]
    return next(iter(telling or whole or given), "")


def given_names(forenames: str) -> tuple[str, ...]:
    """Somebody's forenames one by one, without titles and words that are no name; names written in two parts are joined.

    ABDUL RAHMAN is ABDULRAHMAN, SALAH UD DIN is SALAHUDDIN, AL AMIN is ALAMIN and AMIN, and XIAO MING is XIAOMING, for a
    single syllable or an article is shared by brothers and sisters. An M before another forename stands for MOHAMMED: M UMAR is
    MOHAMMED UMAR. A title stays where nothing else is told.
    """
    if " " not in forenames:
        return (forenames,) if forenames and forenames not in _NO_NAME else ()
    said = _OF_THE_FAITH.sub(_as_one_name, _SAYS_NO_NAME.sub(" ", forenames))
    words = [word for word in said.split() if word not in _NO_NAME]
    told = [word for word in words if word not in _TITLES] or words
    if told[:1] == ["M"] and any(len(word) > 1 and word not in _BORNE_BY_MANY for word in told[1:]):
        told = ["MOHAMMED", *told[1:]]
    return tuple(_syllables_joined(_articles_joined(_servants_joined(told))))


def family_name(surnames: str) -> str:
    """All of somebody's surnames as one word: VAN DER BERG is VANDERBERG, EL MASRI is ALMASRI, KAUR GILL is GILL.

    `surnames`: capitals and single spaces. SINGH, KAUR, BEGUM and the like, titles and bare initials count where nothing else
    is told. The letters of O BRIEN, D SOUZA and N DIAYE belong to what follows.
    """
    if " " not in surnames:
        return surnames
    words = re.sub(r"\b([ODN]) (?=\w{2})", r"\1", surnames)
    words = re.sub(r"\b(?:EL|AL) (?=\w{2})", "AL", re.sub(r"\bSAINT (?=\w)", "ST ", words))
    told = [word for word in words.split() if word not in _BORNE_BY_MANY | _TITLES | _SUFFIXES and len(word) > 1]
    return "".join(told) or words.replace(" ", "")


_SUFFIXES = frozenset({"JR", "JNR", "JUNIOR", "SR", "SNR", "SENIOR", "BIN", "IBN", "BINT", "BINTE"})


def _as_one_name(found: re.Match[str]) -> str:
    ending = {"DIN": "UDDIN", "DEEN": "UDDIN"}.get(found[2], found[2])
    return found[0] if found[1] in _TITLES | _BORNE_BY_MANY else found[1] + ending


def _servants_joined(names: Sequence[str]) -> list[str]:
    """ABDUL, and an article after it, with the name that follows."""
    joined: list[str] = []
    waiting = ""
    for name in names:
        waits = name in _SERVANT or bool(waiting and name in _ARTICLES)
        waiting += name
        if not waits:
            joined.append(waiting)
            waiting = ""
    return [*joined, waiting] if waiting else joined


def _articles_joined(names: Sequence[str]) -> list[str]:
    """AL, or EL, with the name that follows, and that name beside it: AL AMIN is ALAMIN and AMIN, never AL alone."""
    following = [*names[1:], ""]
    return [
        f"AL{after}" if name in ("AL", "EL") and after else name for name, after in zip(names, following, strict=False)
    ]


def _syllables_joined(names: list[str]) -> list[str]:
    """Two first names that are Chinese syllables and not forenames of the list, as one."""
    both = names[:2]
    chinese = len(both) == 2 and all(_SYLLABLE.fullmatch(name) and len(name) > 1 and not forms(name) for name in both)
    return ["".join(both), *names[2:]] if chinese else names


def _after_god(name: str) -> str:
    """What follows OLUWA, where that is long enough to be a name."""
    return name[5:] if name.startswith("OLUWA") and len(name) > 7 else ""


def _barred_forms(name: str) -> str:
    return _barred(forms(name) or (usual(name),))


def _barred(names: Iterable[str]) -> str:
    return f"|{'|'.join(names)}|"


def _make(
    con: duckdb.DuckDBPyConnection,
    table: str,
    key: str,
    values: Iterable[str],
    columns: Mapping[str, Callable[[str], str | None]],
) -> None:
    """A temporary table with one row for each distinct value, and what each column says of it."""
    import pyarrow as pa

    listed = sorted(set(values))
    told = {key: listed} | {column: [tell(value) for value in listed] for column, tell in columns.items()}
    con.register("told_names", pa.table({name: pa.array(cells, pa.string()) for name, cells in told.items()}))
    con.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS FROM told_names")
    con.unregister("told_names")


@cache
def _lines() -> Mapping[str, tuple[str, ...]]:
    """Each name of `forenames.csv` with the usual forms of the lines in which it stands."""
    found: dict[str, set[str]] = {}
    for line in csv.reader((files("earlyhelp.link") / "forenames.csv").read_text("utf-8").splitlines()):
        for name in line:
            found.setdefault(name, set()).add(line[0])
    return {name: tuple(sorted(lines)) for name, lines in found.items()}
