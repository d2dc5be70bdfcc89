"""Code lists of partners: school terms and phases, exclusions, and events known to police, health and others."""

from __future__ import annotations

from earlyhelp.standard.codelists.words.partners import partner_event_types_words
from earlyhelp.standard.types import CodeList, CodeValue

_OWN = "Early Help standard, version 1"

terms = CodeList(
    "terms",
    "School terms",
    (
        CodeValue("autumn", "Autumn term", ("Autumn", "Aut", "Term 1")),
        CodeValue("spring", "Spring term", ("Spring", "Spr", "Term 2")),
        CodeValue("summer", "Summer term", ("Summer", "Sum", "Term 3")),
    ),
    source="Department for Education, school census",
)

school_phases = CodeList(
    "school_phases",
    "Phases of school",
    (
        CodeValue("nursery", "Nursery", ("Nursery school", "Early years")),
        CodeValue("primary", "Primary", ("Primary school", "Infant", "Junior", "First", "Middle deemed primary")),
        CodeValue(
            "secondary", "Secondary", ("Secondary school", "High", "Upper", "Middle deemed secondary", "16 plus")
        ),
        CodeValue("all_through", "All-through", ("All through", "All-through school")),
        CodeValue("special", "Special", ("Special school",)),
        CodeValue("ap", "Alternative provision", ("AP", "PRU", "Pupil referral unit")),
    ),
    source="Early Help standard, version 1, after the phases of Get Information about Schools",
)

exclusion_categories = CodeList(
    "exclusion_categories",
    "Suspension or permanent exclusion",
    (
        CodeValue(
            "suspension", "Suspension", ("FIXD", "Fixed term", "Fixed-term exclusion", "SUSP", "Fixed period", "LNCH")
        ),
        CodeValue("permanent", "Permanent exclusion", ("PERM", "Permanent", "PEX")),
    ),
    source="Department for Education, school census (FIXD, PERM, LNCH)",
)

partner_agencies = CodeList(
    "partner_agencies",
    "Partner agencies",
    (
        CodeValue("police", "Police"),
        CodeValue("health", "Health", ("NHS", "Hospital", "GP")),
        CodeValue("housing", "Housing", ("Landlord", "Housing association")),
        CodeValue("benefits", "Benefits and council tax", ("DWP", "Jobcentre", "Revenues and benefits", "Council tax")),
        CodeValue("school", "School", ("Education", "Schools")),
        CodeValue("youth_justice", "Youth justice", ("YOT", "YJS", "Youth offending")),
        CodeValue("other", "Other"),
    ),
    source=_OWN,
)

partner_event_types = CodeList(
    "partner_event_types",
    "Events that partners know of",
    (
        CodeValue(
            "domestic_abuse",
            "Domestic abuse incident",
            ("Domestic abuse", "Domestic violence", "Domestic incident", "DA", "DA incident", "DV"),
        ),
        CodeValue("missing", "Missing episode", ("Missing", "Missing person", "Missing from home", "Absconded")),
        CodeValue("offence", "Offence", ("Crime", "Arrest", "Suspect of an offence")),
        CodeValue("caution", "Caution", ("Youth caution", "Conditional caution", "Youth conditional caution")),
        CodeValue("conviction", "Conviction", ("Convicted", "Sentence", "Court sentence")),
        CodeValue("anti_social_behaviour", "Anti-social behaviour", ("ASB", "Antisocial behaviour", "ASB incident")),
        CodeValue("rent_arrears", "Rent arrears", ("Arrears", "Rent debt")),
        CodeValue("council_tax_arrears", "Council tax arrears", ("CTAX arrears", "Council tax debt")),
        CodeValue("arrears_plan", "Plan to repay arrears", ("Repayment plan", "Arrears agreement")),
        CodeValue(
            "homelessness",
            "Homeless or threatened with homelessness",
            ("Homeless", "Homelessness", "Homeless application", "Eviction", "Notice seeking possession"),
        ),
        CodeValue("settled_accommodation", "Moved into settled accommodation", ("Settled accommodation", "Rehoused")),
        CodeValue("free_school_meals", "Free school meals", ("FSM", "Free school meal", "FSM eligible")),
        CodeValue("out_of_work_benefit", "Out-of-work benefit", ("JSA", "ESA", "Universal Credit, not working")),
        CodeValue("benefit_cap", "Benefit cap", ("Capped", "Benefits capped")),
        CodeValue("debt_advice", "Debt advice", ("Money advice",)),
        CodeValue("benefit_gain", "Gain in benefits", ("Income gain", "Benefit increase", "Benefit award")),
        CodeValue(
            "work_or_training_started",
            "Work or training started",
            ("Started work", "Into work", "Job start", "Started training"),
        ),
        CodeValue("substance_misuse", "Substance misuse", ("Drugs", "Alcohol", "Drug and alcohol", "Substance use")),
        CodeValue("mental_health", "Mental health", ("CAMHS", "Mental health crisis", "Mental health referral")),
        CodeValue(
            "safeguarding_concern",
            "Safeguarding concern",
            ("Safeguarding", "Cause for concern", "Child protection", "Child protection concern", "Welfare concern"),
        ),
        CodeValue(
            "a_and_e",
            "Attendance at accident and emergency",
            ("A&E", "A & E", "A and E", "ED attendance", "Emergency department", "Accident and emergency"),
        ),
    ),
    source=f"{_OWN}, after the fields councils agreed to share in Family Context",
    words=partner_event_types_words,
)

risk_levels = CodeList(
    "risk_levels",
    "Risk as the partner graded it",
    (
        CodeValue("standard", "Standard", ("Low", "Green", "DASH standard")),
        CodeValue("medium", "Medium", ("Amber", "Moderate", "DASH medium")),
        CodeValue("high", "High", ("Red", "MARAC", "Very high", "DASH high")),
    ),
    source=f"{_OWN}, after the three grades of the DASH risk checklist",
)

partner_event_outcomes = CodeList(
    "partner_event_outcomes",
    "What came of it",
    (
        CodeValue("completed", "Completed", ("Complete", "Closed", "Finished", "Kept")),
        CodeValue("ongoing", "Ongoing", ("Open", "Active", "Current")),
        CodeValue("stopped", "Stopped early", ("Broken", "Cancelled", "Withdrawn", "Failed")),
    ),
    source=_OWN,
)
