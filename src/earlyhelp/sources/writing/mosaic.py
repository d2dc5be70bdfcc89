"""Mosaic as a report writer draws it: people and groups, and every workflow step of every chain in one file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from earlyhelp.sources.mosaic import (
    CHAIN,
    COMPLETED,
    LEVEL,
    NEED,
    ORGANISATION,
    OUTCOME,
    PERSON,
    RECORDED,
    SOURCE,
    STARTED,
    STEP,
    TEAM,
    TYPE,
    WORKER,
    mosaic,
)
from earlyhelp.sources.writing.cells import Rows, Style
from earlyhelp.sources.writing.delimited import write_files
from earlyhelp.sources.writing.kinds import in_one_list, in_the_words_of
from earlyhelp.sources.writing.writer import Cells, Writer
from earlyhelp.standard import codelists

_DAYS = "%d/%m/%Y"


def _day(column: str) -> str:
    return f"strftime({column}, '{_DAYS}')"


_OF_THE_EPISODE = {
    CHAIN: "own.episode_id",
    SOURCE: in_the_words_of(codelists.referral_source, "own.referral_source_code"),
    NEED: in_the_words_of(codelists.needs, "own.need_code"),
    LEVEL: in_the_words_of(codelists.levels, "own.level"),
    TEAM: "own.team",
    WORKER: "own.lead_practitioner_id",
    ORGANISATION: "coalesce(own.organisation, own.org_type)",
    RECORDED: _day("own.recorded_date"),
}
_GREW_FROM = "(SELECT min(e.episode_id) FROM known_eh_episode AS e WHERE e.contact_id = own.contact_id)"
_HELPED = (
    "(SELECT min(p.source_person_id) FROM known_eh_episode AS e JOIN known_person AS p ON p.person_key = e.person_key "
    "WHERE e.episode_id = own.episode_id)"
)

ROWS: Mapping[str, Rows] = {
    "mosaic workflow steps requests": Rows(
        worked_out={TYPE: "'Early Help Contact'", CHAIN: f"coalesce({_GREW_FROM}, own.contact_id)"}
    ),
    "mosaic workflow steps assessments": Rows(worked_out={TYPE: "'Early Help Assessment'"}),
    "mosaic workflow steps episodes": Rows(
        worked_out={
            **_OF_THE_EPISODE,
            STEP: "own.episode_id || '-1'",
            TYPE: "'Early Help Engagement'",
            STARTED: _day("own.start_date"),
            COMPLETED: _day("own.allocated_date"),
        }
    ),
    "mosaic workflow steps plans": Rows(
        where="own.plan_start_date IS NOT NULL",
        worked_out={
            CHAIN: "own.episode_id",
            STEP: "own.episode_id || '-2'",
            TYPE: "'Early Help Plan'",
            STARTED: _day("own.plan_start_date"),
        },
    ),
    "mosaic workflow steps reviews": Rows(
        where=f"own.type IN ('review', 'team_around_family') AND {_HELPED} IS NOT NULL",
        worked_out={PERSON: _HELPED, STARTED: _day("coalesce(own.held_date, own.due_date)")},
    ),
    "mosaic workflow steps closures": Rows(
        where="own.end_date IS NOT NULL OR own.end_reason_code IS NOT NULL",
        worked_out={
            CHAIN: "own.episode_id",
            STEP: "own.episode_id || '-9'",
            TYPE: "'Early Help Closure'",
            STARTED: _day("coalesce(own.end_date, own.start_date)"),
            COMPLETED: _day("own.end_date"),
            OUTCOME: in_the_words_of(codelists.end_reasons, "own.end_reason_code"),
        },
    ),
}


def write(cells: Cells, folder: Path, as_at: date) -> list[Path]:
    """Write a folder for the day: people, groups, and one file of all workflow steps."""
    return write_files(in_one_list(cells, mosaic, "mosaic workflow steps"), folder / f"mosaic_{as_at.isoformat()}")


WRITER = Writer(mosaic, write, Style(dates=_DAYS, yes="Yes", no="No"), ROWS)
