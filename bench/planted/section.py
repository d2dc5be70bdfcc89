"""The section of the truth report on what becomes of every planted fault, and by kind why some vanish."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from textwrap import fill

from earlyhelp.synthetic.faults import FAULTS

REPAIRED, QUARANTINED, LISTED = "repaired", "in quarantine", "on a fix-list"
MISSED, UNTOLD = "missed", "cannot be noticed"
VANISHED = (MISSED, UNTOLD)
"""The two ways in which nobody is told: something speaks against what stands there, or nothing does in any extract."""
OUTCOMES = (REPAIRED, QUARANTINED, LISTED, *VANISHED)
TWICE, REUSED, ZEROS, LATE = "registered twice", "id of somebody else", "leading zeros lost", "recorded late"
_ONE_AGENCY = (
    "one agency alone holds the person or that fact of the person, or its record is not joined to another's, so that "
    "nothing contradicts it"
)
_FIRST_SAID = "what was entered first was as likely as what stands there now, and no later extract shows the row again"
REASONS: Mapping[str, str] = {
    **dict.fromkeys(
        (
            "forename misspelt",
            "surname misspelt",
            "nickname",
            "forename spelt otherwise",
            "surname spelt otherwise",
            "names swapped",
            "day and month of birth swapped",
            "date of birth off by one",
            "wrong sex",
            "postcode misspelt",
        ),
        _ONE_AGENCY,
    ),
    "hyphen lost": f"nobody in the records bears the name with its hyphen, and {_ONE_AGENCY}",
    "former surname": f"the record does not also name it as the former one, and {_ONE_AGENCY}",
    "old address": (
        f"{_ONE_AGENCY}; of a family at several addresses only children and a sole adult are asked about, for parents live "
        "apart, and where the property number alone is missing, that alone is told"
    ),
    "end date changed later": _FIRST_SAID,
    "end reason changed later": _FIRST_SAID,
    "day and month swapped on import": (
        "both days exist, no other file tells of the same, and no other date of the record speaks against the one that stands"
    ),
    "remark for code": (
        "words such as 'awaiting form' are taken at their word, as information that is not yet obtained; that is asked about "
        "only where another record of the person has it"
    ),
    "leading zeros lost": (
        "no record of the same system or person, nor of anybody born that day, bears the number with its zeros"
    ),
    "text in one case": (
        "two letters may be initials, a word that nobody else wrote has no usual spelling, and of words by which nothing is "
        "counted and nobody is found, such as codes of wards, no rule asks"
    ),
    "recorded late": "the row is in no later extract either: it left the months that a workbook covers before it was entered",
    "id of somebody else": (
        "all that stands under one id of one system is taken for one person; where linkage keeps the two apart, or the records "
        "in use are all of one of them, nothing shows that they had one id"
    ),
    "registered twice": "the two registrations differ in name, birth and address too much to be joined or held for alike",
}
"""By kind, why some vanish. A kind that is not named here may not."""
BY_ITSELF = ("names swapped", "remark for code", "text in one case", ZEROS, TWICE, REUSED)
"""Kinds that show in the cell itself or beside its neighbours, whatever other records say: none of them is beyond notice."""


@dataclass(frozen=True)
class Judged:
    """One planted fault and what became of it. `how`: by which rule or in which way, in a few words."""

    fault: str
    file: str
    part: str
    heading: str
    outcome: str
    how: str


_EXPLAINED = (
    "Counted are cells, rows and files as they stand in the extracts: a mistake that stays in a record is counted in every "
    "file that shows it. Repaired: read as what should have stood there, said right by a later extract, joined by linkage, or "
    "in a row that gives way to a fuller source. On a fix-list: flagged by intake, named by a rule, or asked about by the "
    "review desk together with a record of the same person that says otherwise. Of the others nobody is "
    "told. Missed: another record of the person or event says otherwise in some extract, or the kind of mistake shows by "
    "itself. Cannot be noticed: in no extract does any record of the person or event say anything else, so that from the "
    "extracts alone nobody can tell. A reader may find a misspelt name odd; a rule that did would name everybody with a rare "
    "one. Below, by kind, why."
)


def by_kind(judged: Iterable[Judged]) -> dict[str, Counter[str]]:
    """For every declared kind and what registers do, how many faults came out in each way, in the order of declaration."""
    found: dict[str, Counter[str]] = {}
    for each in judged:
        found.setdefault(each.fault, Counter())[each.outcome] += 1
    order = {fault.name: place for place, fault in enumerate(FAULTS)}
    return dict(sorted(found.items(), key=lambda each: (order.get(each[0], len(order)), each[0])))


def lines(kinds: Mapping[str, Mapping[str, int]], about: str) -> Iterator[str]:
    """The section of the truth report, as lines of Markdown; `about`: a sentence on which council it was."""
    counted = {kind: Counter(counts) for kind, counts in kinds.items()}
    yield from ("## What becomes of every planted fault", "")
    yield _wrapped(f"{about} {_EXPLAINED}")
    yield from ("", f"| what was planted | planted | {' | '.join(OUTCOMES)} |", f"|---|---:|{'---:|' * len(OUTCOMES)}")
    for kind, counts in [*counted.items(), ("**all**", sum(counted.values(), Counter()))]:
        yield f"| {kind} | {counts.total():,} | {' | '.join(f'{counts[each]:,}' for each in OUTCOMES)} |"
    total = sum(counted.values(), Counter())
    yield ""
    yield _wrapped(
        f"Nobody is told of {_share(_vanished(total), total)}: {_share(total[UNTOLD], total)} cannot be noticed, "
        f"{_share(total[MISSED], total)} are missed."
    )
    yield from ("", *_why(counted), "")


def _why(counted: Mapping[str, Counter[str]]) -> Iterator[str]:
    """By kind, why some vanish; the kinds of which most do come first."""
    gone = {kind: counts for kind, counts in counted.items() if _vanished(counts)}
    if not gone:
        yield "None vanishes."
    for kind, counts in sorted(gone.items(), key=lambda each: -_vanished(each[1])):
        missed = f" ({counts[MISSED]:,} of them missed)" if counts[MISSED] else ""
        why = REASONS.get(kind, "no reason is known")
        yield _wrapped(f"- **{kind}**, {_vanished(counts):,} of {counts.total():,}{missed}: {why}.")


def _vanished(counts: Mapping[str, int]) -> int:
    """How many vanish, missed or beyond notice."""
    return sum(counts.get(each, 0) for each in VANISHED)


def _share(part: int, total: Counter[str]) -> str:
    return f"{part:,} ({part / max(total.total(), 1):.2%})"


def _wrapped(text: str) -> str:
    """A paragraph or an item of a list, in lines of a page's width."""
    return fill(text, 120, subsequent_indent="  " if text.startswith("- ") else "", break_on_hyphens=False)
