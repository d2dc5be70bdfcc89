"""How alike a heading and what the vocabulary calls a column are: words of one meaning are one, little words are none."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from earlyhelp.ingest.mapping.vocabulary import EPISODE_NUMBERS, FAMILY_NUMBERS, PERSON_NUMBERS, PHRASES, TOPICS
from earlyhelp.sources import SOURCES, heading_of
from earlyhelp.sources.layout import OwnNumber, plain
from earlyhelp.standard import Column, Table

TOGETHER = (
    ("d o b|dob|do b|d of b|birth date|birthdate|birth dt|date birth|dt birth|birth dttm|doby", "dateofbirth"),
    ("date time|date and time", "date"),
    ("ref date|ref dt|date ref", "referral date"),
    ("ref source|ref src", "referral source"),
    ("ref by|refd by", "referral source"),
    ("ref agency|ref agencies|ref org", "referral organisation"),
    ("ref rec|ref recd|ref rcvd", "referral receive"),
    ("stepped up|step up|stepup", "stepup"),
    ("alloc to|allocation to|allocated until", "allocation end"),
    ("alloc from|allocation from|allocated from", "allocation start"),
    ("vo c|voc", "child voice"),
    ("ref reason|reason for ref|rsn for ref", "referral reason"),
    ("took place|takes place|taken place", "hold"),
    (
        "first name|first names|given names|given name|christian name|forenames|firstname|fname|name first|fore name",
        "forename",
    ),
    ("last name|last names|family name|lastname|sname|lname|name last|second name", "surname"),
    ("post code|postal code|pcode|p code|zip", "postcode"),
    ("sign off|signed off|signoff", "complete"),
    (
        "to be completed by|to be completed|to be complete|to complete|complete by|planned completion|expected completion|"
        "scheduled completion|target completion",
        "due",
    ),
    ("early help|earlyhelp|eh", "eh"),
    ("young person|young people|service user|yp|cyp|index child", "person"),
    (
        "lead professional|lead practitioner|lead worker|lead prof|lead pract|lead prac|lead wkr|key worker|case worker|"
        "lp|case holder|caseholder|keyworker|caseworker|named worker|lead officer",
        "leadworker",
    ),
    ("step down|stepped down|stepdown", "stepdown"),
    ("no further action|nfa", "nfa"),
    ("domestic abuse|domestic violence|domestic abuse violence|dom abuse|dom violence|da|dv|dva", "domesticabuse"),
    ("team around family|team around child|tac", "taf"),
    ("common assessment framework|eha|ehaf|caf|common assessment", "assessment"),
    ("level need|level support|level intervention|lo n|lon|con level|co n level", "level"),
    ("ethnic origin|ethnic group|ethnic background|ethnic category|ethnic", "ethnicity"),
    ("number of|no of|num of|nr of|count of|how many", "count"),
    ("number attended|no attended", "count attended"),
    ("programme code", "programme id"),
    ("service code", "service id"),
    ("course code", "course id"),
    ("intervention code", "intervention id"),
    ("nhs no|nhs number|nhs", "nhs"),
    ("cont sorc|contact sorc", "contact source"),
    ("endrsn|end rsn", "end reason"),
    ("unique pupil number|upn", "upn"),
    ("unique property reference number|uprn", "uprn"),
)
"""Words that are one together: spellings, divided by bars, and the word they become."""
SAME = {
    "id": "ref reference no num nbr number nr identifier uid unique key pk ids",
    "start": "started starts begin began begun commenced commencement opened open opening initiated activated activation",
    "end": "ended ends close closed closure closing ceased cease finish finished exit terminated termination expiry expires "
    "clsd clsr clsg",
    "complete": "completed completion completing finalised signed comp cmpl compl",
    "person": "pers child chd children childs pupil stud student client customer learner persons people subject clients pupils "
    "participant participants beneficiary beneficiaries individual individuals",
    "date": "dt dte when on dttm datetime timestamp day dates",
    "referral": "referred refer referrals referring refd refrl",
    "request": "requested requests requesting reqd",
    "receive": "received recvd rcvd receipt rec recd",
    "allocation": "allocated allocate assign assigned alloc allocd",
    "accept": "accepted acceptance",
    "assessment": "assess assessed asst assmt assessments assessing",
    "organisation": "organization org agency agencies organisations",
    "reason": "why reasons rationale rsn",
    "outcome": "outc outcomes result results",
    "decision": "decided decide decisions",
    "worker": "practitioner professional officer practitioners pract prac wkr prof",
    "episode": "ep eps episodes",
    "level": "lvl tier threshold band thresholds",
    "need": "needs issue issues concern concerns problem problems worry worries",
    "referrer": "requestor requester referrers",
    "attend": "attended attendance attendances attendees attending came present att",
    "due": "deadline target",
    "agree": "agreed",
    "view": "views wishes feelings",
    "family": "families household hh fam",
    "sex": "gender",
    "qualified": "qual qualification",
    "language": "lang languages",
    "estimated": "est",
    "previous": "prev",
    "commissioned": "commissioner commissioning",
    "disability": "disabled disabilities impairment",
    "session": "sessions sess",
    "contact": "contacts contacted",
    "case": "cases",
    "involvement": "inv invs involvements",
    "locality": "district patch cluster zone quadrant area neighbourhood",
    "address": "addr add addresses",
    "authorised": "auth authd",
    "unauthorised": "unauth unauthd",
    "exclusion": "excluded suspension suspended exclusions suspensions susp exc pex",
    "code": "cd",
    "amount": "amt",
    "balance": "bal",
    "group": "grp",
    "service": "svc services",
    "score": "scores scored",
    "offer": "offered offers",
    "answer": "answered response responded replied reply returned",
    "ask": "asked sent issued",
    "consent": "consented",
    "visit": "visited visits",
    "see": "seen",
    "identify": "identified",
    "achieve": "achieved met",
    "invite": "invited invites invitation",
    "hold": "held",
    "possible": "poss",
    "parent": "parents carer carers",
    "record": "recorded",
    "role": "designation",
    "duplicate": "dup duplicated",
    "abuse": "abused",
    "source": "src sources origin sorc",
    "ethnicity": "eth",
    "meeting": "mtg meetings",
    "review": "reviews reviewed",
    "occur": "occurred happened",
    "academic": "acad",
    "financial": "fin",
    "year": "yr yrs",
}
LITTLE = frozenset(
    """
    a an and at by for in is of or the to with was has have their s y n yn code desc description text value flag
    indicator ind flg dd mm yyyy yy please current lookup full this yes these what are been did do does it its latest
    main if dim fact vw tbl termly
    """.split()  # noqa: SIM905 - a list of eighty words reads better as words
)
LIGHT = {
    "date": 0.5,
    "person": 0.4,
    "eh": 0.3,
    "family": 0.7,
    **dict.fromkeys(("case", "id", "name", "status", "total", "type"), 0.6),
}
"""Words that say little by themselves; every other word weighs 1."""
TOPIC_TAKEN = 0.03
"""What is taken off when the words for the table's own subject had to be left out to fit."""
_LONG, _LONGEST, _MOST_PIECES = 7, 16, 5
"""A word from which on it may be several run together, the longest of them, and the most."""
_NO_PIECES = frozenset(
    {"a", "an", "as", "at", "be", "by", "do", "ed", "in", "it", "me", "or", "so", "us", "we", "y", "n", "s"}
)
"""Words too short to tell in a longer one: half of all words hold them."""
_WITH_DIGITS = {"1st": "first", "2nd": "second", "s251": "section", "£": " amount "}
_A_WORD = re.compile(r"\b(?:1st|2nd|s251)\b|£")
"""Words of digits and signs, which are left out of headings otherwise."""
_STANDS_FOR = {
    "subj": "person",
    "per": "person",
    "s": "suspect",
    "susp": "suspect",
    "v": "victim",
    "vic": "victim",
    "perp": "suspect",
}
"""What stands first in a heading of the police and says whom it is about."""
_A_QUESTION, _TELLS, IN_A_QUESTION = 5, 1.2, 0.78
"""A heading of so many words is a question of a form: it is like a name of so much weight that stands in it, and how alike."""
NUMBER = re.compile(r"(?<![\d.])(\d{1,2})(?:st|nd|rd|th)?(?![\d.%])")
"""A number in a heading that tells which of several things it is about: "Child 2", "2nd need"."""
_ANY_DAY, IN_ONE_LAYOUT = frozenset({"start", "end", "date"}), 0.85
"""Words of a day of anything; what one layout calls so is only likely in a list of another kind."""
BARE = 0.8
"""The most that a word of little weight makes when the table's own subject was left out: "No" may be the number of anything."""
_ANSWERS = re.compile(r"[(\[][^()\[\]]*(?:,|\be\.?g\b|/[^/]*/)[^()\[\]]*[)\]]")
"""Examples or answers in brackets: "(phone, email)", "(e.g. neglect)", "(low/medium/high)"."""
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|_")
_ONE = {word: meaning for meaning, words in SAME.items() for word in words.split()}
_PAIRS = [(re.compile(rf"\b(?:{spellings})\b"), meaning) for spellings, meaning in TOGETHER]


@lru_cache(maxsize=20_000)
def meanings(heading: str) -> frozenset[str]:
    """The words of a heading, each by its meaning; without the answers that stand in brackets behind a question."""
    asked = _ANSWERS.sub(" ", heading[:120])
    folded = (
        unicodedata.normalize("NFKD", _CAMEL.sub(" ", asked if asked.strip() else heading[:120]))
        .casefold()
        .replace("'", "")
        .replace("’", "")
    )
    folded = _A_WORD.sub(lambda found: _WITH_DIGITS[found[0]], folded)
    words = [word for word in re.findall(r"[a-z]+|\d+", folded.replace(".", " ")) if not word.isdigit()]
    apart = [piece for word in words for piece in parted(word)]
    text = _together(" ".join([*(_STANDS_FOR.get(word, word) for word in apart[:1]), *apart[1:]]))
    said = {_ONE.get(word, word) for word in text.split() if word not in LITTLE or word in _ONE}
    return frozenset(said)


def parted(word: str) -> tuple[str, ...]:
    """The words that a database ran together ("allocatedworker"), the fewest there may be; a word that is one by itself."""
    if word in _vocabulary() or len(word) < _LONG:
        return (word,)
    return _run_together(word, _MOST_PIECES) or (word,)


@lru_cache(maxsize=20_000)
def _run_together(text: str, most: int) -> tuple[str, ...] | None:
    """The fewest known words that make up a text, at most so many; None where there are none."""
    if not text or not most:
        return None if text else ()
    begins = (text[:length] for length in range(2, min(len(text), _LONGEST) + 1))
    rests = {begin: _run_together(text[len(begin) :], most - 1) for begin in begins if begin in _vocabulary()}
    return min(((begin, *rest) for begin, rest in rests.items() if rest is not None), key=len, default=None)


@lru_cache(maxsize=1)
def _vocabulary() -> frozenset[str]:
    """Every word that the names of columns are made of."""
    texts = [*PHRASES.values(), *TOPICS.values(), *_NUMBERS.values(), *SAME, *SAME.values(), *LITTLE]
    spelt = [each for spellings, meaning in TOGETHER for each in (*spellings.split("|"), meaning)]
    return frozenset(word for text in (*texts, *spelt) for word in re.findall(r"[a-z]{2,}", text)) - _NO_PIECES


def _together(text: str) -> str:
    bare = " ".join(word for word in text.split() if word not in {"the", "s", "a", "their"})
    for pattern, meaning in _PAIRS:
        bare = pattern.sub(meaning, bare)
    bare = " ".join(word for word in bare.split() if word != "of")
    for pattern, meaning in _PAIRS:
        bare = pattern.sub(meaning, bare)
    return bare


_NUMBERS = {"person_key": PERSON_NUMBERS, "episode_id": EPISODE_NUMBERS, "family_key": FAMILY_NUMBERS}
"""By column what its numbers are called in every table that has it."""


@lru_cache(maxsize=500)
def _phrases(column: Column) -> tuple[frozenset[str], ...]:
    """What the column is called: by the vocabulary, by its own name, and by the returns it comes from."""
    own = [column.column_name.replace("_code", "").replace("_", " ")]
    told = PHRASES.get(column, "").split(";")
    told += _NUMBERS.get(column.column_name, "").split(";")
    return tuple(dict.fromkeys(said for text in (*told, *own) if (said := meanings(text))))


@lru_cache(maxsize=100)
def topic(table: Table) -> frozenset[str]:
    """The words that tell that a heading or a file is about this table."""
    return meanings(TOPICS.get(table, table.table_name.replace("eh_", "").replace("_", " ")))


@lru_cache(maxsize=200_000)
def likeness(heading: str, column: Column, table: Table) -> float:
    """How alike (0 to 1) a heading and a column are in a file about `table`."""
    said, about = meanings(heading), topic(table)
    published = column in _published().get(plain(heading), frozenset()) and column.table_name == table.table_name
    best = 0.0
    if published and _weight(said) >= 1:
        best = IN_ONE_LAYOUT if said <= _ANY_DAY else 0.99
    for phrase in _phrases(column):
        best = max(best, _overlap(said, phrase))
        if len(said) >= _A_QUESTION and phrase <= said and _weight(phrase) >= _TELLS:
            best = max(best, IN_A_QUESTION)
        bare, rest = said - about, phrase - about
        if bare and rest and (bare != said or rest != phrase):
            alike = _overlap(bare, rest) - TOPIC_TAKEN
            best = max(best, alike if _weight(bare) >= 1 else min(alike, BARE))
    return best


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    both = _weight(one & other)
    return 2 * both / (_weight(one) + _weight(other)) if both else 0.0


def _weight(words: frozenset[str]) -> float:
    return sum(LIGHT.get(word, 1.0) for word in words)


@lru_cache(maxsize=1)
def _published() -> Mapping[str, frozenset[Column]]:
    """The columns that each heading of a known layout fills there."""
    found: dict[str, set[Column]] = {}
    for source in SOURCES.values():
        for part in source.parts:
            for fill in part.fills:
                for column, cell in fill.cells.items():
                    for heading in part.headings:
                        if heading.name == heading_of(cell) and isinstance(cell, str | OwnNumber):
                            for spelling in heading.spellings:
                                found.setdefault(spelling, set()).add(column)
    return {spelling: frozenset(columns) for spelling, columns in found.items()}
