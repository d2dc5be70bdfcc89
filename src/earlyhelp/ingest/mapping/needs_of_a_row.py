"""Needs that a row tells side by side: asked with yes and no, or numbered; and what became of each of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from earlyhelp.ingest.codes import Placing, propose
from earlyhelp.ingest.mapping.columns import BY_SHAPE, DOUBT, SURE, Proposal
from earlyhelp.ingest.mapping.headings import NUMBER
from earlyhelp.ingest.mapping.saved import AS_WRITTEN, SavedOutcome
from earlyhelp.ingest.mapping.shapes import Values
from earlyhelp.standard import Boolean, Table, codelists, eh_episode, eh_need, eh_outcome

ANSWERED = 0.9
"""The share of its values that must be yes or no for a heading to be a question."""
_QUESTION = re.compile(r"\(?\b(?:y\s*/\s*n|yes\s*/\s*no|t\s*/\s*f|tick|flag|indicator)\b\)?|\?", re.IGNORECASE)
_ASKS = re.compile(r"\b(?:needs?|identified|present|issues?|concerns?)\b", re.IGNORECASE)
_OUTCOME = re.compile(r"\b(?:outcomes?|met|achieved|successful|resolved|sustained|result|claimed)\b", re.IGNORECASE)
_DONE = re.compile(
    r"\b(?:advice|agreed|attend(?:ed|ing)|completed|consent\w*|course|free school meals|fsm|funding|given|held|in place|"
    r"inform\w*|involve\w*|known to|offered|officer|open to|plan|premium|referr\w*|service|visitor|worker)\b",
    re.IGNORECASE,
)
"""What a heading asks of that is no need: what was done about one, and by whom."""
_DAY = re.compile(r"\b(?:date|day|dt)\b", re.IGNORECASE)


def asks_for_need(heading: str, values: Values) -> bool:
    """Whether a heading asks with yes and no for a need."""
    return _need(heading, values) is not None


def with_needs(headings: Mapping[str, Values], table: Table, proposals: Sequence[Proposal]) -> list[Proposal]:
    """The proposals, in a list of episodes with needs and their outcomes in place of nothing.

    For questions of yes and no, for numbered needs, and for headings that say what became of a need of the list.
    """
    if table is not eh_episode:
        return list(proposals)
    told = list(_with_needs(headings, proposals))
    return list(_with_outcomes(headings, told))


def _with_needs(headings: Mapping[str, Values], proposals: Sequence[Proposal]) -> Iterator[Proposal]:
    first = next((each.heading for each in proposals if each.column is eh_episode.need_code), "")
    alike = [heading for heading in headings if first and _unnumbered(heading) == _unnumbered(first)]
    for each in proposals:
        need = None if _fits(each) else _need(each.heading, headings[each.heading])
        if each.heading in alike and len(alike) > 1:
            need = Proposal(each.heading, eh_need.need_code, DOUBT, "one of several needs in a row", need=AS_WRITTEN)
            if each.heading == first:
                yield each
        yield need or each


def _fits(each: Proposal) -> bool:
    """Whether a heading is surely, or by a yes and no of its own, something else."""
    return each.sure or (each.column is not None and each.column.type is Boolean and each.confidence >= BY_SHAPE)


def _unnumbered(heading: str) -> str:
    return " ".join(NUMBER.sub(" ", heading).casefold().split()) if NUMBER.search(heading) else heading


def _need(heading: str, values: Values) -> Proposal | None:
    """The need that a heading of yes and no asks for; None where it asks for something else, or for what became of it."""
    if not values.told or values.answers < ANSWERED or _OUTCOME.search(heading) or _DONE.search(heading):
        return None
    code, confidence, why = _placed(heading, _ASKS)
    if code is None or confidence < SURE:
        return None
    told = f"a yes tells the need {code}, {codelists.needs.label(code)}: {why}"
    return Proposal(heading, eh_need.need_code, min(confidence, DOUBT), told, need=code)


def _placed(heading: str, *little: re.Pattern[str]) -> Placing:
    """The need that a heading names without what it asks of it; nothing where no code is meant."""
    for pattern in (_QUESTION, *little):
        heading = pattern.sub(" ", heading)
    placing = propose(codelists.needs, " ".join(heading.split()).strip(" -:/"))
    return placing if placing.code in codelists.needs else Placing(None, 0.0, "")


def _with_outcomes(headings: Mapping[str, Values], proposals: Sequence[Proposal]) -> Iterator[Proposal]:
    needs = {each.need: each.heading for each in reversed(proposals) if each.need not in ("", AS_WRITTEN)}
    free = {each.heading for each in proposals if not _fits(each) and not each.need and not each.scored}
    told = {heading: code for heading in headings if heading in free and (code := _outcome_of(heading)) in needs}
    days = {code: heading for heading, code in reversed(told.items()) if headings[heading].dates >= ANSWERED}
    for each in proposals:
        code = told.get(each.heading, "")
        if not code:
            yield each
        elif each.heading == days.get(code):
            yield replace(
                each, column=eh_outcome.achieved_date, confidence=DOUBT, why=f"the day of the outcome of {code}"
            )
        elif headings[each.heading].known_to(codelists.outcome_status) >= ANSWERED:
            outcome = SavedOutcome(needs[code], days.get(code, ""))
            why = f"what became of the need under {outcome.need}"
            yield Proposal(each.heading, eh_outcome.status, DOUBT, why, outcome=outcome)
        else:
            yield each


def _outcome_of(heading: str) -> str:
    """The need whose outcome a heading names; "" where it names none."""
    return _placed(heading, _OUTCOME, _DAY, _ASKS).code or "" if _OUTCOME.search(heading) else ""
