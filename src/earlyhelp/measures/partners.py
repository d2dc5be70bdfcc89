"""Partners: which schools and agencies there are in the records, and what became of what one of them asked for.

Exact figures: `release` decides what may be shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

import numpy as np

from earlyhelp.measures.engines import Engine
from earlyhelp.standard import NOT_RECORDED, UNMAPPED, CodeList, Column, contact, eh_episode, sql
from earlyhelp.statistics.survival import Quantile, kaplan_meier

EVERYBODY = "TRUE"
"""SQL that is true of every request."""
SCHOOL, ORGANISATION = "school", "organisation"
BY_SCHOOL, BY_REQUESTOR, BY_LEAD = "school_urn", "requestor_organisation", "organisation"
"""Splits of measures that tell one partner from another."""
INDIVIDUALS = ("1A", "1B", "1C", "1D", "9")
"""Codes of those who ask for themselves, for their family or as neighbours, or do not say who they are: no partner."""
OF_THE_COUNCIL = ("council_early_help", "council_social_care", "council_other")
"""Kinds of organisation that are the council itself: as leads they are no partner."""


class Partner(NamedTuple):
    """One school or agency. `code`: the school's number, or the organisation's name as the records spell it.

    `requests`: that name it as having asked; `led`: episodes that it leads; both of all days. `splits`: by which its
    figures are told. `also_spelt`: other spellings of the name in the records, which are counted apart.
    """

    code: str
    name: str
    kind: str
    requests: int
    led: int
    splits: tuple[str, ...]
    also_spelt: tuple[str, ...] = ()


class Told(NamedTuple):
    """How soon those who asked were told, of systems that record it. `days`: median from request to feedback, days.

    `requests`: of the days looked at; `told`: those of them with a day of feedback. Whoever is not told yet waits still.
    """

    requests: int
    told: int
    days: Quantile


class Crossed(NamedTuple):
    """Requests by the school and the organisation that made them and one thing more.

    `counts`: by school, organisation and group, none of them 0; "" where no school, or no organisation, is recorded.
    `groups`: codes of `codes`, in its order.
    """

    counts: Mapping[tuple[str, str, str], int]
    groups: tuple[str, ...]
    codes: CodeList

    def of(self, kind: str, code: str) -> dict[str, int]:
        """The requests of one partner by group, in order; 0 where it made none."""
        at = (SCHOOL, ORGANISATION).index(kind)
        return {
            group: sum(number for key, number in self.counts.items() if (key[at], key[2]) == (code, group))
            for group in self.groups
        }

    @property
    def everybody(self) -> dict[str, int]:
        """The requests of whomever by group, in order."""
        return {group: sum(number for key, number in self.counts.items() if key[2] == group) for group in self.groups}


def partners(con: Engine) -> list[Partner]:
    """Every school of the register or of a request, by number, then every organisation that asked or leads, by name.

    Organisations that are families themselves, or the council's own teams as leads, are left out.
    """
    schools = [
        Partner(urn, name, SCHOOL, asked, 0, (BY_SCHOOL,)) for urn, name, asked in con.execute(_SCHOOLS).fetchall()
    ]
    found = con.execute(_ORGANISATIONS).fetchall()
    spelt: dict[str, list[str]] = {}
    for name, *_ in found:
        spelt.setdefault(name.casefold(), []).append(name)
    return schools + [
        Partner(
            name, name, ORGANISATION, asked, led,
            tuple(split for split, number in ((BY_REQUESTOR, asked), (BY_LEAD, led)) if number),
            tuple(each for each in spelt[name.casefold()] if each != name),
        )
        for name, asked, led in found
    ]  # fmt: skip


_SAID = f"NOT IN ({sql.listed((NOT_RECORDED, UNMAPPED))})"
_SCHOOLS = """
    SELECT urn, coalesce(any_value(name), urn), sum(requests)::INTEGER FROM (
        SELECT school_urn AS urn, name, 0 AS requests FROM school WHERE school_urn IS NOT NULL
        UNION ALL SELECT school_urn, NULL, count(*) FROM contact WHERE school_urn IS NOT NULL GROUP BY school_urn
    ) GROUP BY urn ORDER BY urn
"""
_ORGANISATIONS = f"""
    SELECT name, sum(requests)::INTEGER, sum(led)::INTEGER FROM (
        SELECT requestor_organisation AS name, count(*) AS requests, 0 AS led FROM contact
        WHERE requestor_organisation {_SAID} GROUP BY name
        HAVING 2 * count(*) FILTER (coalesce(source_code, '') IN ({sql.listed(INDIVIDUALS)})) < count(*)
        UNION ALL
        SELECT organisation, 0, count(*) FROM eh_episode WHERE organisation {_SAID} GROUP BY organisation
        HAVING 2 * count(*) FILTER (coalesce(org_type, '') IN ({sql.listed(OF_THE_COUNCIL)})) < count(*)
    ) GROUP BY name ORDER BY lower(name), name
"""


def asked_by(kind: str, code: str) -> str:
    """SQL that is true of a request that the partner of that kind and code made."""
    column = BY_SCHOOL if kind == SCHOOL else BY_REQUESTOR
    return f"coalesce({column}, '') = {sql.literal(code)}"


def told_back(con: Engine, whose: str, first: date, last: date) -> Told | None:
    """How soon those were told who asked between two days, both included. None where no system records feedback.

    whose: SQL of the requests meant. Requests told before they came are left out.
    """
    rows = con.execute(
        f"""
        SELECT date_diff('day', contact_date, coalesce(feedback_date, CAST(? AS DATE))), feedback_date IS NOT NULL
        FROM contact WHERE contact_date BETWEEN ? AND ? AND ({whose}) AND coalesce(feedback_date, contact_date) >= contact_date
        AND source_system IN (SELECT source_system FROM contact WHERE feedback_date IS NOT NULL)
        """,
        [last, first, last],
    ).fetchall()
    if not rows:
        return None
    days, ended = (np.array(each) for each in zip(*rows, strict=True))
    return Told(len(rows), int(ended.sum()), kaplan_meier(days.astype(float), ended.astype(bool)).median())


def by_decision(con: Engine, first: date, last: date) -> Crossed:
    """Requests between two days, both included, by who made them and by what was decided, `pending` if nothing yet."""
    return _crossed(con, contact.decision_code, "coalesce(decision_code, 'pending')", "contact", first, last)


def by_lead(con: Engine, first: date, last: date) -> Crossed:
    """Requests between two days from which help grew, by who made them and by the kind of organisation that leads."""
    grown = f"""
        contact JOIN (
            SELECT contact_id, source_system, coalesce(min(org_type), '{NOT_RECORDED}') AS lead FROM eh_episode
            WHERE contact_id IS NOT NULL GROUP BY contact_id, source_system
        ) AS help USING (contact_id, source_system)
    """
    return _crossed(con, eh_episode.org_type, "lead", grown, first, last)


def _crossed(con: Engine, column: Column, group: str, source: str, first: date, last: date) -> Crossed:
    school, organisation = (f"CASE WHEN {name} {_SAID} THEN {name} ELSE '' END" for name in (BY_SCHOOL, BY_REQUESTOR))
    rows = con.execute(
        f"SELECT {school}, {organisation}, {group}, count(*) FROM {source} "
        "WHERE contact_date BETWEEN ? AND ? GROUP BY ALL ORDER BY ALL",
        [first, last],
    ).fetchall()
    codes = column.code_list
    assert codes is not None
    order = [*codes.codes, NOT_RECORDED, UNMAPPED]
    groups = sorted(
        {row[2] for row in rows}, key=lambda code: (order.index(code) if code in order else len(order), code)
    )
    return Crossed({(*who, code): number for *who, code, number in rows}, tuple(groups), codes)
