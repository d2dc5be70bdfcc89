"""What a saved map says in place of proposals, as last time; and the list as a map would keep it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from earlyhelp.ingest.mapping.columns import Proposal, by_heading
from earlyhelp.ingest.mapping.map_files import may_be_saved
from earlyhelp.ingest.mapping.saved import SavedList, SavedOutcome, SavedPerson
from earlyhelp.ingest.mapping.side_by_side import people_of
from earlyhelp.sources.layout import plain
from earlyhelp.standard import Column, Table, eh_need, eh_outcome, eh_score, service_delivered

WORTH_SAVING = 0.5
"""How sure a column must be to be saved when the whole is accepted; what is less sure stays open in the map."""

_MANY = 100
"""More than the people of a row: numbers from here on are of those whose headings tell none."""


def as_before(proposals: Sequence[Proposal], told: SavedList | None) -> list[Proposal]:
    """The proposals, with what was saved before in place of those for the same headings: as last time."""
    if told is None:
        return list(proposals)
    before = {plain(heading): columns for heading, columns in told.columns.items()}
    beside = _side_by_side(told)
    taken = {column for columns in before.values() for column in columns}
    found: list[Proposal] = []
    for heading, own in by_heading(proposals).items():
        columns = before.get(plain(heading))
        if plain(heading) in beside:
            found += [Proposal(heading, column, 1.0, "as saved in the map") for column in columns or ()]
            found += [replace(each, heading=heading) for each in beside[plain(heading)]]
        elif columns is None:
            free = [each for each in own if each.column not in taken]
            found += free or [Proposal(heading, None, 0.0, "what it is like is filled by another heading")]
        elif columns:
            found += [Proposal(heading, column, 1.0, "as saved in the map") for column in columns]
        else:
            found.append(Proposal(heading, None, 1.0, "not read, as saved in the map"))
    return found


def _side_by_side(told: SavedList) -> dict[str, list[Proposal]]:
    """What a saved list says of headings of what stands side by side."""
    why = "as saved in the map"
    found = {h: [Proposal(h, eh_score.score, 1.0, why, scored=each)] for h, each in told.scores.items()}
    found |= {h: [Proposal(h, eh_need.need_code, 1.0, why, need=code)] for h, code in told.needs.items()}
    found |= {h: [Proposal(h, eh_outcome.status, 1.0, why, outcome=each)] for h, each in told.outcomes.items()}
    found |= {h: [Proposal(h, each.day, 1.0, why, review=each)] for h, each in told.reviews.items()}
    for (role, number), columns_of in _numbered_people(told).items():
        for h, columns in columns_of.items():
            found[h] = [Proposal(h, column, 1.0, why, person=(role, number)) for column in columns]
    return {plain(heading): each for heading, each in found.items()}


def _numbered_people(told: SavedList) -> dict[tuple[str, int], Mapping[str, tuple[Column, ...]]]:
    """The people of a saved list by role and the number that their headings tell; a number of its own for what tells none."""
    numbers = people_of(list(told.columns))
    found: dict[tuple[str, int], Mapping[str, tuple[Column, ...]]] = {}
    for place, one in enumerate(told.people, start=1):
        number = next((numbers[h][1] for h in one.columns if h in numbers), 0)
        found[one.role, number if (one.role, number) not in found else -_MANY - place] = one.columns
    return found


def list_to_save(title: str, table: Table, proposals: Sequence[Proposal], told: SavedList | None) -> SavedList:
    """The list as a map would keep it, with what is worth saving of the proposals and what was said before of its dates."""
    columns: dict[str, tuple[Column, ...]] = {each.heading: () for each in proposals}
    worth = [each for each in proposals if each.column and each.confidence >= WORTH_SAVING]
    people: dict[tuple[str, int], dict[str, tuple[Column, ...]]] = {}
    for each in worth:
        filled = people.setdefault(each.person, {}) if each.person else columns
        if each.column and each.alone:
            filled[each.heading] = (*filled.get(each.heading, ()), each.column)
    made = SavedList(
        title,
        table,
        columns,
        told.fixed if told else {},
        scores={each.heading: each.scored for each in worth if each.scored},
        needs={each.heading: each.need for each in worth if each.need},
        outcomes=_outcomes(worth),
        reviews={each.heading: each.review for each in worth if each.review},
        people=tuple(SavedPerson(role, filled) for (role, _), filled in people.items()),
    )
    return made.with_dates(told.dates) if told else made


def with_service(saved: SavedList, called: str) -> SavedList:
    """The list; where no heading of a register tells the service, every row is of what the list is called."""
    service = service_delivered.service_id
    told = service in saved.fixed or any(service in columns for columns in saved.columns.values())
    if saved.table is not service_delivered or told or not may_be_saved(called):
        return saved
    return replace(saved, fixed={**saved.fixed, service: " ".join(called.split())})


def _outcomes(worth: Sequence[Proposal]) -> dict[str, SavedOutcome]:
    """The outcomes whose needs are saved, too."""
    needs = {each.heading for each in worth if each.need}
    return {each.heading: each.outcome for each in worth if each.outcome and each.outcome.need in needs}
