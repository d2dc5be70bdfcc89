"""Headings of what stands side by side in a row: numbered people, and needs that are answered with yes or no."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from earlyhelp.ingest.codes import propose
from earlyhelp.ingest.mapping.columns import BY_SHAPE, DOUBT, Proposal, propose_columns
from earlyhelp.ingest.mapping.shapes import Values
from earlyhelp.standard import Boolean, Table, codelists, eh_episode, eh_need, person

_ROLES: Mapping[str, str] = {
    "child": "child children cyp yp young sibling pupil son daughter",
    "parent": "adult parent mother father mum dad guardian",
    "carer": "carer",
    "partner": "partner",
}
"""What a numbered heading calls the person, by the role in the family."""
_ROLE_OF = {word: role for role, words in _ROLES.items() for word in words.split()}
_MOST = 20
"""No family has more people in one row; a number beyond is a year, or of something else."""
_NUMBER = re.compile(r"(?<![\d.])(\d{1,2})(?:st|nd|rd|th)?(?![\d.%])")
ANSWERED = 0.9
"""The share of its values that must be yes or no for a heading to be a question."""
_QUESTION = re.compile(r"\(?\b(?:y\s*/\s*n|yes\s*/\s*no|t\s*/\s*f|tick|flag|indicator)\b\)?|\?", re.IGNORECASE)


def people_of(headings: Sequence[str]) -> dict[str, tuple[str, int, str]]:
    """For each heading of a numbered person the role, the number and the heading without it.

    Numbers count people only where at least two headings are alike but for theirs, and are called as people are.
    """
    found = {heading: _numbered(heading) for heading in headings}
    numbers: dict[tuple[str, str], set[int]] = {}
    for told in found.values():
        if told:
            numbers.setdefault((told[0], _folded(told[2])), set()).add(told[1])
    several = {role for (role, _), each in numbers.items() if len(each) > 1}
    return {heading: told for heading, told in found.items() if told and told[0] in several}


def _numbered(heading: str) -> tuple[str, int, str] | None:
    found = list(_NUMBER.finditer(heading))
    role = next((_ROLE_OF[word] for word in _folded(heading).split() if word in _ROLE_OF), "")
    if len(found) != 1 or not role or not 0 < int(found[0][1]) <= _MOST:
        return None
    return role, int(found[0][1]), " ".join(_NUMBER.sub(" ", heading).split())


def _folded(heading: str) -> str:
    return " ".join(re.findall(r"[a-z]+", heading.casefold()))


def propose_people(headings: Mapping[str, Values], called: str) -> dict[str, list[Proposal]]:
    """What the headings of numbered people tell of each of them; in the order of the headings."""
    told = people_of(list(headings))
    found: dict[str, list[Proposal]] = {heading: [] for heading in told}
    for one in sorted({(role, number) for role, number, _ in told.values()}):
        bare = {base: heading for heading, (role, number, base) in told.items() if (role, number) == one}
        _, proposals = propose_columns({base: headings[heading] for base, heading in bare.items()}, called, person)
        for each in proposals:
            found[bare[each.heading]].append(_of(each, bare[each.heading], one))
    return found


def _of(proposal: Proposal, heading: str, one: tuple[str, int]) -> Proposal:
    of = one if proposal.column else None
    return replace(proposal, heading=heading, person=of, why=f"{one[0]} {one[1]}: {proposal.why}")


def with_needs(headings: Mapping[str, Values], table: Table, proposals: Sequence[Proposal]) -> list[Proposal]:
    """The proposals, with a need in place of nothing for questions of yes and no in a list of episodes."""
    return list(_with_needs(headings, proposals)) if table is eh_episode else list(proposals)


def _with_needs(headings: Mapping[str, Values], proposals: Sequence[Proposal]) -> Iterator[Proposal]:
    for each in proposals:
        fits = each.column is not None and each.column.type is Boolean and each.confidence >= BY_SHAPE
        need = None if fits or each.sure else _need(each.heading, headings[each.heading])
        yield need or each


def _need(heading: str, values: Values) -> Proposal | None:
    """The need that a heading of yes and no asks for; None where it asks for something else."""
    asked = " ".join(_QUESTION.sub(" ", heading).split())
    code, confidence, why = propose(codelists.needs, asked)
    if values.answers < ANSWERED or not values.told or code is None or code not in codelists.needs:
        return None
    told = f"a yes tells the need {code}, {codelists.needs.label(code)}: {why}"
    return Proposal(heading, eh_need.need_code, min(confidence, DOUBT), told, need=code)
