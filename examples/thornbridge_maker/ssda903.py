"""The SSDA903 return of 2025-26: children looked after in the year, their episodes of care, when they were missing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from thornbridge_maker.days import EXTRACT_DAY, known
from thornbridge_maker.records import Care, Council
from thornbridge_maker.rows import File, Value, table_file

_FIRST = date(2025, 4, 1)
_EPISODES = "CHILD DECOM RNE LS CIN PLACE PLACE_PROVIDER DEC REC REASON_PLACE_CHANGE HOME_POST PL_POST URN"


def ssda903(council: Council) -> list[File]:
    """The header, episodes and missing files. Episodes that ended before 1 April 2025 were in last year's return."""
    periods = [care for case in council.cases for care in case.care if care.started <= EXTRACT_DAY]
    in_year = sorted(
        (care for care in periods if care.ceased is None or care.ceased >= _FIRST),
        key=lambda c: (c.child.child_id, c.started),
    )
    episodes = [row for care in in_year for row in _episodes(care)]
    return [
        table_file(
            "ssda903_2025-26_header", "CHILD SEX DOB ETHNIC UPN MOTHER MC_DOB", _header(in_year), "CHILD", "%d/%m/%Y"
        ),
        table_file("ssda903_2025-26_episodes", _EPISODES, episodes, "CHILD DECOM", "%d/%m/%Y"),
        table_file(
            "ssda903_2025-26_missing",
            "CHILD DOB MISSING MIS_START MIS_END",
            _missing(in_year),
            "CHILD MIS_START",
            "%d/%m/%Y",
        ),
    ]


def _header(periods: list[Care]) -> list[tuple[Value, ...]]:
    children = {care.child.child_id: care.child for care in periods}.values()
    return [
        (
            child.child_id,
            child.sex,
            child.born,
            child.ethnicity,
            child.upn or "UN1",
            "0" if child.sex == "F" else "",
            "",
        )
        for child in children
    ]


def _episodes(care: Care) -> Iterator[tuple[Value, ...]]:
    """One row a step; each but the last ends with X1 on the day on which the next begins."""
    steps = [step for step in care.steps if step.start <= EXTRACT_DAY]
    for step, after in zip(steps, [*steps[1:], None], strict=True):
        ended = after.start if after else known(care.ceased, EXTRACT_DAY)
        if ended and ended < _FIRST:
            continue
        reason = "X1" if after else care.reason if ended else ""
        yield (
            care.child.child_id, step.start, step.started_because, step.legal_status, care.need, step.placement,
            step.provider,
            ended, reason, step.change_reason if after else "", care.family.postcode, step.postcode, step.urn,
        )  # fmt: skip


def _missing(periods: list[Care]) -> list[tuple[Value, ...]]:
    return [
        (care.child.child_id, care.child.born, kind, start, known(end, EXTRACT_DAY))
        for care in periods
        for kind, start, end in care.missing
        if start <= EXTRACT_DAY and (end is None or end >= _FIRST)
    ]
