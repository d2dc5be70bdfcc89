"""The lists of partners as CSV files, one a list, on a day: all that the partner has told until then.

A kind of event that has a list of its own stands there, and every other kind in the partner's list of events.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from earlyhelp.sources.attendance import attendance
from earlyhelp.sources.benefits import benefits
from earlyhelp.sources.housing import housing
from earlyhelp.sources.layout import Source
from earlyhelp.sources.ledger import ledger
from earlyhelp.sources.police import police
from earlyhelp.sources.schools_register import schools_register
from earlyhelp.sources.writing.cells import Rows
from earlyhelp.sources.writing.lists import AS_PEOPLE_WRITE, NEVER, as_files
from earlyhelp.sources.writing.writer import Writer
from earlyhelp.sources.youth_justice import youth_justice


def _other_than(*kinds: str) -> Rows:
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    return Rows(where=f"coalesce(own.type, '') NOT IN ({listed})")


def _writer(source: Source, rows: Mapping[str, Rows], dates: str = AS_PEOPLE_WRITE.dates) -> Writer:
    """A folder for the day, a file a list, named after both."""
    return as_files(source, rows, style=replace(AS_PEOPLE_WRITE, dates=dates), named_in_full=True)


POLICE = _writer(police, {"police_events": _other_than("domestic_abuse", "offence")})
HOUSING = _writer(
    housing, {"housing_events": _other_than("rent_arrears", "homelessness"), "tenancies": NEVER}
)  # fmt: skip
BENEFITS = _writer(benefits, {"benefits": _other_than("free_school_meals", "council_tax_arrears")})
YOUTH_JUSTICE = _writer(youth_justice, {}, dates="%Y-%m-%d")
ATTENDANCE = _writer(
    attendance,
    {
        "session_marks": Rows(where="own.session_date IS NOT NULL"),
        "register_by_day": NEVER,
    },
)
LEDGER = _writer(ledger, {"budget_and_actual": NEVER, "section_251_outturn": NEVER, "section_251_budget": NEVER})
SCHOOLS_REGISTER = _writer(
    schools_register,
    {"edubasealldata": Rows(worked_out={"PercentageFSM": "CAST(own.fsm_share AS DECIMAL(18, 6)) * 100"})},
)
