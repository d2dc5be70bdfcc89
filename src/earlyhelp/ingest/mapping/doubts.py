"""What would mislead if a map stayed as it is, though its rows could be placed: said before anybody accepts it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from earlyhelp.ingest.mapping.saved import SavedList
from earlyhelp.standard import Column, eh_episode, eh_outcome, partner_event, service_delivered


@dataclass(frozen=True)
class Doubt:
    """Columns of which one tells that something ended, the column that nobody fills, and what would come of it, in words."""

    told: tuple[Column, ...]
    untold: Column
    so: str


DOUBTS = (
    Doubt(
        (eh_episode.end_reason_code,),
        eh_episode.end_date,
        "a heading tells why help ended and none tells when: every episode would be counted as still open",
    ),
    Doubt(
        (service_delivered.sessions_attended, service_delivered.status),
        service_delivered.start_date,
        "a heading tells that somebody took part and none tells from when: it could not be told what came after",
    ),
    Doubt(
        (eh_outcome.achieved_date,),
        eh_outcome.status,
        "a heading tells when an outcome came and none tells what it was",
    ),
    Doubt(
        (partner_event.level,),
        partner_event.type,
        "a heading tells how grave an event was and none tells what it was",
    ),
)
"""Each is asked of the list as it would be saved."""


def doubts_of(saved: SavedList, days: Sequence[str]) -> Iterator[str]:
    """Sentences about one list. `days`: its headings under which days stand, of births too."""
    filled = {column for columns in saved.columns.values() for column in columns} | saved.fixed.keys()
    for each in DOUBTS:
        if not filled.isdisjoint(each.told) and each.untold not in filled:
            yield f"{each.so[0].upper()}{each.so[1:]}. Say which heading is {each.untold}."
    read = {heading for heading, columns in saved.columns.items() if columns} | set(saved.side_by_side)
    read |= {score.date for score in saved.scores.values()} | {each.date for each in saved.outcomes.values()}
    if saved.is_read and (unread := [heading for heading in days if heading not in read]):
        yield f"Days that nothing is read of stand under {', '.join(unread)}."
