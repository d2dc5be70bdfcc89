"""Headings under which scores of an outcome tool stand: of which tool and domain they are, and which heading says when.

Providers and teams keep a row for each child, with two columns for one scale: "SDQ start", "SDQ end". Each such cell is a score
of its own, taken on the day under another heading of the row.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from earlyhelp.ingest.mapping.columns import BY_SHAPE, DOUBT, SURE, Proposal, by_heading
from earlyhelp.ingest.mapping.saved import SavedScore
from earlyhelp.ingest.mapping.shapes import Values
from earlyhelp.standard import Column, Date, eh_score
from earlyhelp.standard.scales import SCALES, Scale, domains_of

_SAID_AS: Mapping[str, str] = {
    "start": "start started starting pre initial baseline first before entry intake opening opened t1",
    "middle": "mid middle midpoint interim halfway review",
    "end": "end ended ending post final last after exit closing closed closure latest leaving t2",
    "later": "follow followup later sustained t3",
}
_FIRST = re.compile(r"\b1st\b", re.IGNORECASE)
_RANGE = re.compile(r"[(\[]\s*(?:out\s+of\s+)?\d+(?:\s*(?:-|–|to)\s*\d+)?\s*[)\]]|/\s*\d+", re.IGNORECASE)
"""From where to where scores run, as a heading says it: "(0-10)", "(out of 40)", "/40"."""
_OF_SCORES = re.compile(r"\b(?:star|score|scale|questionnaire|measure)s?\b", re.IGNORECASE)
"""Words of a heading of a day that is a score's own."""
_AT_THE_END = {"in": "start", "out": "end"}
"""What "in" and "out" say as the last word of a heading: "Star in", "Star out"."""
_MOMENTS = {word: moment for moment, words in _SAID_AS.items() for word in words.split()}
"""What a heading says of the time of a score, by its words."""
_LITTLE = frozenset(
    "a an at by for from in intervention of on plus point programme rating result score scores scored support the time "  # noqa: SIM905 - reads better as words
    "to up".split()
)
"""Words that tell neither a scale nor a time."""
_NO_DOMAIN = frozenset({"", "total", "overall"})
"""What is left of a heading that names a tool as a whole."""
NUMBERS, _WITHIN = 0.8, 0.9
"""The shares of the values that must be numbers, and of those that must lie on the scale."""
_DAY_OF = {"start_date": "start", "end_date": "end"}
_TOKENS = re.compile(r"[a-z]+|\d+")


@dataclass(frozen=True)
class _Said:
    """What the words of a heading say: the tools named, the time, and what is left, in small letters."""

    tools: frozenset[str]
    moment: str
    rest: str


def date_headings(headings: Mapping[str, Values], proposals: Sequence[Proposal]) -> list[str]:
    """The headings that may say when a score was taken: those of dates which are not somebody's birth."""
    filled = _filled(proposals)
    return [heading for heading, values in headings.items() if _tells_a_day(values, filled.get(heading, ()))]


def _tells_a_day(values: Values, columns: Sequence[Column]) -> bool:
    if columns:
        return any(each.type is Date and each.table_name != "person" for each in columns)
    return values.dates >= NUMBERS


def with_scores(headings: Mapping[str, Values], called: str, proposals: Sequence[Proposal]) -> list[Proposal]:
    """The proposals, with a score in place of what a heading of a scale was proposed for; in the same order.

    `headings`: the values under each. `called`: the name of the sheet or file, which may name the tool for all of them.
    """
    days, filled = {day: _said(day) for day in date_headings(headings, proposals)}, _filled(proposals)
    named = _tools_of([called, *headings])
    taken = {each.heading for each in proposals if each.sure and each.column is not eh_score.score}
    scores = {
        heading: score
        for heading, values in headings.items()
        if heading not in days and heading not in taken
        if (score := _score(heading, values, named, days, filled))
    }
    return list(_in_place(proposals, scores | _days(scores, filled)))


def _days(scores: Mapping[str, Proposal], filled: Mapping[str, Sequence[Column]]) -> dict[str, Proposal]:
    """The headings that fill nothing but say when scores were taken."""
    dated = {each.scored.date: each for each in reversed([*scores.values()]) if each.scored}
    return {
        day: Proposal(day, eh_score.score_date, each.confidence, f"the day of the scores under {each.heading}")
        for day, each in dated.items()
        if not filled.get(day)
    }


def _tools_of(texts: Sequence[str]) -> frozenset[str]:
    """The tools that the headings or the sheet name; where they name none, those of which most headings name a domain each."""
    named = frozenset[str]().union(*(_said(text).tools for text in texts))
    if named:
        return named
    left = {_said(text).rest for text in texts} - _NO_DOMAIN
    told = {tool: sum(1 for names in _spelt(tool).values() if names & left) for tool in {each.tool for each in SCALES}}
    return frozenset(tool for tool, domains in told.items() if domains == max(told.values()) and domains > 1)


def _in_place(proposals: Sequence[Proposal], scores: Mapping[str, Proposal]) -> Iterator[Proposal]:
    """The proposals with these in place of all for their heading; of two headings for one score the first has it."""
    told: dict[SavedScore, str] = {}
    for heading, own in by_heading(proposals).items():
        if heading not in scores:
            yield from own
        elif scored := scores[heading].scored:
            first = told.setdefault(scored, heading)
            again = Proposal(heading, None, 0.0, f"{first} tells the same score of the same day")
            yield scores[heading] if first == heading else again
        else:
            yield scores[heading]


def _score(
    heading: str,
    values: Values,
    named: frozenset[str],
    days: Mapping[str, _Said],
    filled: Mapping[str, Sequence[Column]],
) -> Proposal | None:
    """What a heading is a score of; None where it names no scale or its values are no numbers."""
    said = _said(heading)
    found = _scale_of(said, named)
    if found is None or (values.told and values.numbers < NUMBERS):
        return None
    scale, domain = found
    day, certain = _day_of(said.moment, scale, days, filled)
    if not day:
        return Proposal(heading, None, 0.0, f"a score of {scale.tool}, but no heading of a date says when it was taken")
    confidence, why = _how_sure(values, scale)
    if not (certain and said.tools):
        confidence = min(confidence, DOUBT)
    why = f"{scale.tool}, {domain.lower()}, taken on the day under {day}; {why}"
    return Proposal(heading, eh_score.score, confidence, why, scored=SavedScore(scale.tool, domain, day))


def _how_sure(values: Values, scale: Scale) -> tuple[float, str]:
    if not values.told:
        return DOUBT, "there are no values to look at"
    within = values.share_between(scale.lowest, scale.highest)
    if within >= _WITHIN:
        return SURE + 0.05, "the values fit"
    return BY_SHAPE, f"{within:.0%} of the values lie between {scale.lowest} and {scale.highest}"


def _scale_of(said: _Said, named: frozenset[str]) -> tuple[Scale, str] | None:
    """The scale and domain that a heading names; without a tool of its own it must name a domain of the one tool named."""
    tools = said.tools or (named if said.rest not in _NO_DOMAIN else frozenset[str]())
    if len(tools) != 1:
        return None
    (tool,) = tools
    domains = _spelt(tool)
    whole = said.rest in _NO_DOMAIN
    domain = next((name for name, spelt in domains.items() if whole or said.rest in spelt), "")
    scale = next((each for each in SCALES if each.tool == tool and domain in each.domains), None)
    return (scale, domain) if scale else None


def _day_of(
    moment: str, scale: Scale, days: Mapping[str, _Said], filled: Mapping[str, Sequence[Column]]
) -> tuple[str, bool]:
    """The heading that says when a score was taken, and whether it says so of this very score; "" for none.

    Looked for in this order: a day of this tool and time, a day of this time, a day of this tool, and the only day. That a
    score was taken on the day on which the help began is likely, and asked about.
    """
    own = [day for day, said in days.items() if scale.tool in said.tools and said.moment == moment]
    same = [day for day, said in days.items() if moment and moment == (said.moment or _moment_of(filled.get(day, ())))]
    same.sort(key=lambda day: _OF_SCORES.search(day) is None)
    plain = [day for day, said in days.items() if not said.moment and scale.tool in said.tools]
    only = list(days) if len(days) == 1 and not moment else []
    for certain, found in ((True, own), (False, same), (not moment, plain), (False, only)):
        if found:
            return found[0], certain and len(found) == 1
    return "", False


def _moment_of(columns: Sequence[Column]) -> str:
    return next((_DAY_OF[each.column_name] for each in columns if each.column_name in _DAY_OF), "")


def _filled(proposals: Sequence[Proposal]) -> dict[str, tuple[Column, ...]]:
    """The columns that each heading fills."""
    found: dict[str, tuple[Column, ...]] = {}
    for each in proposals:
        if each.column:
            found[each.heading] = (*found.get(each.heading, ()), each.column)
    return found


@cache
def _spelt(tool: str) -> Mapping[str, frozenset[str]]:
    """The domains of a tool, each with all its names as `_said` leaves them over."""
    return {name: frozenset(_said(each).rest for each in (name, *also)) for name, also in domains_of(tool).items()}


@cache
def _tool_names() -> tuple[tuple[str, str], ...]:
    """The words of each name of a tool with the tool, the longest first: a short name may stand inside a long one."""
    names = {(" ".join(_words(name)), scale.tool) for scale in SCALES for name in scale.tools}
    return tuple(sorted(names, key=lambda each: (-len(each[0]), each)))


@cache
def _said(heading: str) -> _Said:
    text = f" {' '.join(_words(_RANGE.sub(' ', heading)))} "
    tools = set()
    for name, tool in _tool_names():
        if f" {name} " in text:
            tools.add(tool)
            text = re.sub(rf"(?<= ){name} ", "", text)
    text = re.sub(r" (t|time) ([123]) ", lambda found: f" t{found[2]} ", text)
    text = re.sub(r" (in|out) $", lambda found: f" {_AT_THE_END[found[1]]} ", text)
    moments = {_MOMENTS[word] for word in text.split() if word in _MOMENTS}
    rest = " ".join(word for word in text.split() if word not in _MOMENTS and word not in _LITTLE)
    return _Said(frozenset(tools), moments.pop() if len(moments) == 1 else "", rest)


def _words(text: str) -> list[str]:
    folded = (
        unicodedata.normalize("NFKD", _FIRST.sub("first", text[:120]))
        .casefold()
        .replace("&", " and ")
        .replace("'", "")
        .replace("’", "")
    )
    return [word for word in _TOKENS.findall(folded) if word != "and"]
