"""What each heading of a list fills, for the row itself or for what stands side by side in it; and people side by side."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from earlyhelp.ingest.mapping.columns import Proposal, by_heading, propose_columns, with_start
from earlyhelp.ingest.mapping.headings import NUMBER, meanings, topic
from earlyhelp.ingest.mapping.ledgers import with_line
from earlyhelp.ingest.mapping.needs_of_a_row import asks_for_need, with_needs
from earlyhelp.ingest.mapping.people_of_a_row import CHILD, HOME
from earlyhelp.ingest.mapping.reviews_of_a_row import tells_several, with_reviews
from earlyhelp.ingest.mapping.scores import with_scores
from earlyhelp.ingest.mapping.shapes import Values
from earlyhelp.ingest.mapping.whole_names import WHOLE_NAME
from earlyhelp.standard import Column, Table, contact, eh_assessment, eh_episode, eh_review, person, service_delivered

_ROLES: Mapping[str, str] = {
    "child": "child children cyp yp young pupil son daughter",
    "sibling": "sibling siblings brother sister",
    "parent": "adult parent mother father mum dad guardian mothers fathers parents",
    "carer": "carer carers",
    "partner": "partner",
}
"""What a heading calls the person, by the role in the family."""
_ROLE_OF = {word: role for role, words in _ROLES.items() for word in words.split()}
_CALLED = re.compile(rf"\b(?:{'|'.join(sorted(_ROLE_OF))})\b(?:['’]s?)?", re.IGNORECASE)
_SEVERAL = 2
"""So many headings that ask for needs make a list one of episodes."""
_SESSION = re.compile(r"(?:week|wk|session|sess)\W*\d{1,2}", re.IGNORECASE)
"""A heading of one session of a register."""
_MOST = 20
"""No family has more people in one row; a number beyond is a year, or of something else."""


def propose_list(
    headings: Mapping[str, Values], called: str, wanted: Table | None = None
) -> tuple[Table, list[Proposal]]:
    """What a list is about, and what each heading fills: for the row itself, or as what stands side by side in it.

    As `propose_columns`, which knows of the row itself alone.
    """
    people = propose_people(headings, called)
    left = {heading: each for heading, each in headings.items() if heading not in people}
    of_children = any(each.person and each.person[0] == CHILD for told in people.values() for each in told)
    says_whom = wanted is None and (of_children or _names_a_child(left, called))
    told = {"of_people": of_children, "says_whom": says_whom}
    table, proposals = propose_columns(left, called, wanted or _told_by_rows(left, called, told), **told)
    proposals = with_needs(left, table, with_scores(left, called, proposals))
    proposals = with_line(table, with_start(table, with_reviews(left, table, proposals)))
    proposals = proposals if of_children else as_one_child(table, proposals)
    found = people | by_heading(proposals)
    return table, [each for heading in headings for each in found[heading]]


def _names_a_child(headings: Mapping[str, Values], called: str) -> bool:
    """Whether a list tells the name and the birth of whom its rows are about."""
    filled = {each.column for each in propose_columns(headings, called, person)[1]}
    return person.dob in filled and not filled.isdisjoint(WHOLE_NAME)


def _told_by_rows(headings: Mapping[str, Values], called: str, told: Mapping[str, bool]) -> Table | None:
    """What a row is by what its headings tell side by side; None where they do not tell it.

    A register of sessions is of what a service gave. Several reviews, or needs in a list that is not of what comes before, make
    it one of episodes; reviews without whom they are about or when the help began make it one of reviews.
    """
    if sum(1 for heading in headings if _SESSION.fullmatch(heading.strip())) > _SEVERAL:
        return service_delivered
    asked = sum(1 for heading, values in headings.items() if asks_for_need(heading, values))
    if tells_several(headings):
        return eh_episode if _tells_an_episode(headings, called, told) else eh_review
    if asked < _SEVERAL:
        return None
    table, _ = propose_columns(headings, called, None, **told)
    says_so = any(meanings(text) & topic(table) for text in (called, *headings))
    return table if table in (contact, eh_assessment) and says_so else eh_episode


def _tells_an_episode(headings: Mapping[str, Values], called: str, told: Mapping[str, bool]) -> bool:
    """Whether a list tells whom its rows are about and when the help began."""
    filled = {each.column for each in with_start(eh_episode, propose_columns(headings, called, eh_episode, **told)[1])}
    return eh_episode.start_date in filled and (eh_episode.person_key in filled or any(told.values()))


def people_of(headings: Sequence[str]) -> dict[str, tuple[str, int, str]]:
    """For each heading of a person told beside others the role, the number and what it says of that person.

    Numbers count people only where at least two headings are alike but for theirs, and are called as people are. Adults may
    stand there without a number: mother and father are two, the first of a role 0, the next -1.
    """
    found = {heading: told for heading in headings if (told := _told_of(heading))}
    numbers: dict[str, set[int]] = {}
    words: dict[str, list[str]] = {}
    for word, number, _ in found.values():
        numbers.setdefault(_ROLE_OF[word], set()).add(number)
        words.setdefault(_ROLE_OF[word], []).append(word)
    several = {role for role, each in numbers.items() if len(each - {0}) > 1}
    alone = {role: list(dict.fromkeys(each)) for role, each in words.items() if role != CHILD and role not in several}
    people = {}
    for heading, (word, number, said) in found.items():
        role = _ROLE_OF[word]
        if number and role in several:
            people[heading] = (role, number, said)
        elif not number and role in alone:
            people[heading] = (role, -alone[role].index(word), said)
    return people


def _told_of(heading: str) -> tuple[str, int, str] | None:
    """What a heading calls a person, the number, or 0, and what it says of that person; None where it says more numbers."""
    found = [int(each) for each in NUMBER.findall(heading)]
    word = next((word for word in re.findall(r"[a-z]+", heading.casefold()) if word in _ROLE_OF), "")
    bare = NUMBER.sub(" ", heading)
    if not word or len(found) > 1 or not all(0 < each <= _MOST for each in found) or re.search(r"\d", bare):
        return None
    said = re.sub(r"[^\w'’().%<>-]+", " ", bare if _ROLE_OF[word] == CHILD else _CALLED.sub(" ", bare))
    return word, sum(found), " ".join(said.split()) or "Name"


def propose_people(headings: Mapping[str, Values], called: str) -> dict[str, list[Proposal]]:
    """What the headings of people told side by side tell of each of them; in the order of the headings.

    An adult without a number is one only where a heading tells the name.
    """
    told = people_of(list(headings))
    found: dict[str, list[Proposal]] = {}
    for one in dict.fromkeys((role, number) for role, number, _ in told.values()):
        bare = {said: heading for heading, (role, number, said) in told.items() if (role, number) == one}
        _, proposals = propose_columns({said: headings[heading] for said, heading in bare.items()}, called, person)
        if one[1] or any(each.column in WHOLE_NAME for each in proposals):
            for each in proposals:
                found.setdefault(bare[each.heading], []).append(_of(each, bare[each.heading], one))
    return {heading: found[heading] for heading in headings if heading in found}


def _of(proposal: Proposal, heading: str, one: tuple[str, int]) -> Proposal:
    about = one if proposal.column else None
    return replace(proposal, heading=heading, person=about, why=f"{person_called(*one)}: {proposal.why}")


def person_called(role: str, number: int) -> str:
    """What a person of a row is called: "child 2"; "parent" where it has no number, and "parent 2" the next of those."""
    return f"{role} {number if number > 0 else 1 - number}" if number else role


def told_beside(each: Proposal) -> dict[str, Any]:
    """What a heading tells that stands side by side with others, by its kind, as it is handed on; nothing for a column alone."""
    return {
        **({"score": asdict(each.scored)} if each.scored else {}),
        **({"need": each.need} if each.need else {}),
        **({"outcome": asdict(each.outcome)} if each.outcome else {}),
        **({"review": asdict(each.review)} if each.review else {}),
        **({"person": person_called(*each.person)} if each.person else {}),
    }


def as_one_child(table: Table, proposals: Sequence[Proposal]) -> list[Proposal]:
    """The proposals, those of a child without a number as what such a child is known by: the name and the birth.

    As they are where a heading tells a number, or where name or birth are not told.
    """
    filled = {each.column for each in proposals}
    has_number = any(column and column.column_name == "person_key" for column in filled)
    if "person_key" not in table.columns or has_number or person.dob not in filled or not filled & set(WHOLE_NAME):
        return list(proposals)
    return [_known_so(each) if _is_of_a_person(each.column) else each for each in proposals]


def _known_so(each: Proposal) -> Proposal:
    why = f"{each.why}; a child without a number is known by name and birth"
    return replace(each, person=(CHILD, 0), why=why if each.column in (person.dob, *WHOLE_NAME) else each.why)


def _is_of_a_person(column: Column | None) -> bool:
    return column is not None and column.table_name in ("person", "person_identifier") and column not in HOME
