"""Kinds of organisation, and levels of support."""

from __future__ import annotations

from earlyhelp.standard.codelists.words.early_help import levels_words
from earlyhelp.standard.types import CodeList, CodeValue

organisation_types = CodeList(
    "organisation_types",
    "Kinds of organisation",
    (
        CodeValue(
            "school",
            "School or college",
            (
                "School",
                "Schools",
                "High school",
                "Primary school",
                "Secondary school",
                "Special school",
                "Infant school",
                "Junior school",
                "Academy",
                "College",
                "Education",
                "Pupil referral unit",
                "PRU",
            ),
        ),
        CodeValue(
            "early_years",
            "Nursery or other early years setting",
            (
                "Nursery",
                "Pre-school",
                "Preschool",
                "Playgroup",
                "Childminder",
                "Childminding",
                "Early years",
                "Nursery school",
            ),
        ),
        CodeValue(
            "health",
            "Health service",
            (
                "Health",
                "NHS",
                "Hospital",
                "Clinic",
                "Surgery",
                "Medical centre",
                "GP",
                "GP surgery",
                "Health visiting",
                "Health visitor",
                "School nursing",
                "School nurse",
                "Midwifery",
                "CAMHS",
                "Health service",
            ),
        ),
        CodeValue("police", "Police", ("Police", "Constabulary", "Police force", "Policing")),
        CodeValue(
            "housing",
            "Housing service or landlord",
            (
                "Housing association",
                "Housing",
                "Homelessness service",
                "Council housing",
                "Social landlord",
                "RSL",
            ),
        ),
        CodeValue(
            "voluntary",
            "Voluntary, community or faith organisation",
            (
                "Voluntary",
                "Voluntary sector",
                "Voluntary organisation",
                "VCS",
                "VCSE",
                "Charity",
                "Barnardo's",
                "Home-Start",
                "Third sector",
                "Action for Children",
                "Children's Society",
                "Family Action",
                "NSPCC",
                "Women's Aid",
                "Citizens Advice",
                "Salvation Army",
                "YMCA",
                "Community interest company",
            ),
        ),
        CodeValue(
            "council_early_help",
            "The council's own early help",
            (
                "Early help",
                "Early help service",
                "Early help team",
                "Family support",
                "Family help",
                "Family hub",
                "Children's centre",
                "Childrens centre",
                "Sure Start",
                "Local authority early help",
                "Targeted early help",
                "EH",
                "Supporting Families",
            ),
        ),
        CodeValue(
            "council_social_care",
            "The council's social care",
            ("Social care", "Children's social care", "MASH", "Social work team", "Adult social care", "CSC"),
        ),
        CodeValue(
            "council_other",
            "Another service of the council",
            (
                "Council",
                "Local authority",
                "Youth offending service",
                "Youth offending team",
                "Youth justice service",
                "YOT",
                "Youth service",
                "Education welfare",
                "Attendance service",
                "SEND service",
            ),
        ),
        CodeValue(
            "other",
            "Other",
            ("Other organisation", "Private provider", "Independent provider", "Jobcentre", "Fire and rescue"),
        ),
    ),
    source="Early Help standard, version 1: who holds the work, and whether it is the council",
    by_keyword=True,
)

# Councils draw their ladders differently. Numbers are read on the common ladder of four; a council whose level 3 is
# statutory says so in its saved value map, which goes before these aliases.
levels = CodeList(
    "levels",
    "Levels of support",
    (
        CodeValue("universal", "Universal services", ("Universal", "Level 1", "Tier 1")),
        CodeValue(
            "community",
            "Community or universal plus: one agency gives a little extra",
            ("Universal plus", "Community", "Additional", "Level 2", "Tier 2", "Single agency", "Early support"),
        ),
        CodeValue(
            "targeted",
            "Targeted early help: several agencies, one plan",
            (
                "Targeted",
                "Targeted early help",
                "Intensive early help",
                "Level 3",
                "Tier 3",
                "Multi-agency",
                "Intensive",
            ),
        ),
        CodeValue(
            "family_help",
            "Family Help: targeted early help and child in need work in one service",
            ("Family Help", "Families First"),
        ),
        CodeValue(
            "statutory",
            "Statutory social care",
            (
                "Statutory",
                "Specialist",
                "Social care",
                "Level 4",
                "Tier 4",
                "Acute",
                "Child in need",
                "CIN",
                "Section 17",
            ),
        ),
    ),
    source="Early Help standard, version 1; Family Help as in the Families First Partnership programme, 2025",
    words=levels_words,
)

service_status = CodeList(
    "service_status",
    "Whether a service is offered",
    (
        CodeValue("active", "Active", ("Running", "Open", "Live")),
        CodeValue("inactive", "Inactive", ("Not running",)),
        CodeValue("defunct", "Defunct", ("Ended", "Decommissioned")),
        CodeValue("temporarily_closed", "Temporarily closed", ("Paused", "Suspended")),
    ),
    source="Open Referral UK 3.0: status of a service",
)
