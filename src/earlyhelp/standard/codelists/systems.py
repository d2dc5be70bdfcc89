"""Where a row came from: the returns, case systems and partner feeds the software reads."""

from __future__ import annotations

from dataclasses import replace

from earlyhelp.standard.types import one_of

_KNOWN = one_of(
    "source_systems",
    annex_a="Ofsted Annex A child-level lists",
    cin_census="Children in need census",
    ssda903="SSDA903 looked-after children return",
    ssd="Standard Safeguarding Dataset",
    standard="Files in the Early Help standard itself",
    mosaic="Mosaic case system",
    liquidlogic="Liquidlogic case system",
    eclipse="Eclipse case system",
    capita_one="Capita One education system",
    synergy="Synergy education system",
    cpoms="CPOMS school safeguarding records",
    assessment_form="Early help or common assessment forms",
    holistix="Holistix case records",
    ecaf="eCAF, common assessments kept online",
    spreadsheet="A team's own spreadsheet",
    school_census="School census",
    attendance="Attendance data",
    schools_register="Register of schools",
    police="Police notifications",
    housing="Housing lists",
    benefits="Benefit and council tax lists",
    youth_justice="Youth justice lists",
    health="Health lists",
    provider="Lists from providers of services",
    open_referral="Service directory in Open Referral UK form",
    ledger="Finance ledger",
    staff_list="Staff list",
    feedback="Feedback, complaints and compliments",
    outcome_scores="Scores of outcome tools",
    other="Any other source",
)
source_systems = replace(_KNOWN, pattern=r"[a-z][a-z0-9_]{0,39}")
"""Open: a council that saves a map of a list of its own names the source as it likes, and its rows are told by that name."""
CASE_SYSTEM = ("annex_a", "cin_census", "ssda903", "ssd", "mosaic", "liquidlogic", "eclipse", "capita_one")
"""Systems and returns in which a person carries the council's own id."""
