"""Episodes as education systems and spreadsheets list them: one row a case, from the request to the reason for closing."""

from __future__ import annotations

from earlyhelp.sources.about_people import in_words
from earlyhelp.sources.layout import Cell, Fill, Heading, Part, PersonOf
from earlyhelp.standard import Column, codelists, eh_episode

ASKED, OPENED, ALLOCATED, CLOSED = "Date requested", "Date opened", "Date allocated", "Date closed"
SOURCE, NEED, LEVEL, WHY = "Referred by", "Presenting need", "Level", "Closure reason"
ORGANISATION, TEAM, LOCALITY, WORKER = "Lead agency", "Team", "Locality", "Worker ID"


def headings_of_a_case() -> tuple[Heading, ...]:
    """What such a list says of a case, beside its number and its person."""
    return (
        Heading(ASKED, also=("Date referred", "Referral date", "Date of referral", "Request date", "Date received")),
        Heading(
            SOURCE,
            also=("Referral source", "Source of referral", "Source", "Referrer"),
            wordings=in_words(codelists.referral_source),
        ),
        Heading(
            NEED,
            also=("Primary need", "Main need", "Reason", "Reason for involvement"),
            wordings=in_words(codelists.needs),
        ),
        Heading(LEVEL, also=("Level of need", "Threshold", "Tier"), wordings=in_words(codelists.levels)),
        Heading(OPENED, also=("Start date", "Date started", "Open date", "Involvement start date", "Date EH started")),
        Heading(ALLOCATED, also=("Allocation date", "Date of allocation")),
        Heading(CLOSED, also=("End date", "Date ended", "Close date", "Involvement end date", "Date EH closed")),
        Heading(
            WHY,
            also=("Reason for closure", "End reason", "Reason closed", "Closure outcome"),
            wordings=in_words(codelists.end_reasons),
        ),
        Heading(ORGANISATION, also=("Organisation", "Agency", "Service", "Lead organisation")),
        Heading(TEAM, also=("Team name", "Allocated team")),
        Heading(LOCALITY, also=("Area", "Hub", "Cluster", "District")),
        Heading(WORKER, also=("Lead professional ID", "Lead practitioner ID", "Caseworker ID", "Worker")),
    )


def an_episode(number: str, person: str) -> Fill:
    """The case as an episode: it begins on the day it was opened."""
    cells: dict[Column, Cell] = {
        eh_episode.episode_id: number,
        eh_episode.person_key: PersonOf(person),
        eh_episode.request_date: ASKED,
        eh_episode.referral_source_code: SOURCE,
        eh_episode.need_code: NEED,
        eh_episode.level: LEVEL,
        eh_episode.start_date: OPENED,
        eh_episode.allocated_date: ALLOCATED,
        eh_episode.end_date: CLOSED,
        eh_episode.end_reason_code: WHY,
        eh_episode.organisation: ORGANISATION,
        eh_episode.org_type: ORGANISATION,
        eh_episode.team: TEAM,
        eh_episode.locality: LOCALITY,
        eh_episode.lead_practitioner_id: WORKER,
    }
    return Fill(eh_episode, cells)


def involvements(title: str, person: Heading, case: Heading, *, name: str) -> Part:
    """A list of cases, one row a person and case."""
    return Part(
        title,
        (case, person, *headings_of_a_case()),
        (an_episode(case.name, person.name),),
        needed=(case.name, person.name, OPENED),
        name=name,
    )
