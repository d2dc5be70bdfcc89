"""Code lists of money: the published lines of children's spending, and what kind of figure a row is."""

from __future__ import annotations

from earlyhelp.standard.types import CodeList, CodeValue, one_of

section251_ro3 = CodeList(
    "section251_ro3",
    "Lines of children's services spending",
    (
        CodeValue(
            "childrens_centres",
            "Sure Start children's centres and early years",
            ("Children's centres", "Family hubs", "Sure Start", "Other early years expenditure"),
        ),
        CodeValue(
            "family_support",
            "Family support services",
            (
                "Family support",
                "Targeted family support",
                "Universal family support",
                "Short breaks (respite) for disabled children",
                "Other support for disabled children",
                "Direct payments",
            ),
        ),
        CodeValue(
            "young_people",
            "Services for young people",
            ("Youth services", "Universal services for young people", "Targeted services for young people"),
        ),
        CodeValue("youth_justice", "Youth justice", ("Youth offending",)),
        CodeValue(
            "safeguarding",
            "Safeguarding children and young people's services",
            ("Safeguarding", "Social work", "Commissioning and children's services strategy"),
        ),
        CodeValue(
            "looked_after",
            "Children looked after",
            ("Looked after children", "Residential care", "Fostering services", "Adoption services"),
        ),
        CodeValue("asylum_seekers", "Asylum seekers", ("Asylum seeker services",)),
        CodeValue("other_children", "Other children's and families services", ("Other children's services",)),
    ),
    source=(
        "Ministry of Housing, Communities and Local Government, revenue outturn RO3 2024-25, service lines; "
        "aliases are lines of the section 251 outturn of 2013-14"
    ),
)

spend_stages = one_of(
    "spend_stages",
    early="Early: helps before statutory thresholds",
    late="Late: statutory and looked-after services",
    other="Neither",
)

spend_kinds = CodeList(
    "spend_kinds",
    "Planned or actual",
    (
        CodeValue("planned", "Planned", ("Budget", "Plan", "Original budget", "Revised budget")),
        CodeValue("actual", "Actual", ("Outturn", "Actuals", "Spend to date")),
    ),
    source="Early Help standard, version 1",
)
