"""Code lists about people: who they are, who they are to each other, and how surely two records are one person."""

from __future__ import annotations

from earlyhelp.standard.codelists.wording import within
from earlyhelp.standard.codelists.words.ethnicity import ethnicity_words
from earlyhelp.standard.codelists.words.family import family_roles_words
from earlyhelp.standard.codelists.words.sex import sex_words
from earlyhelp.standard.types import CodeList, CodeValue, one_of

_CIN = "Department for Education, children in need census 2025-26"
_WHITE = ("White",)
_MIXED = ("Mixed", "Mixed / multiple", "Mixed / multiple ethnic groups")
_ASIAN = ("Asian", "Asian / Asian British", "Asian or Asian British")
_BLACK = ("Black", "Black / Black British", "Black or Black British", "Black / African / Caribbean / Black British")
_OTHER = ("Other ethnic group", "Other ethnic groups", "Chinese or other ethnic group")

sex = CodeList(
    "sex",
    "Sex",
    (
        CodeValue("M", "Male", ("1", "A", "Boy", "Man", "Mal")),
        CodeValue("F", "Female", ("2", "B", "Girl", "Woman", "Fem")),
        CodeValue(
            "U",
            "Unknown",
            (
                "0",
                "9",
                "I",
                "Not stated",
                "Not stated/recorded",
                "Not stated/recorded (or unborn)",
                "Not recorded",
                "Not recorded or unborn",
                "Not known",
                "Not specified",
                "Unspecified",
                "Withheld",
                "Unborn",
                "Indeterminate",
                "Neither",
                "Other",
            ),
            note="Until 2024 the census asked for gender: 0 not recorded or unborn and 9 indeterminate both became U.",
        ),
    ),
    source=f"{_CIN} (Sex; digits are the GenderCurrent codes used until 2023-24)",
    words=sex_words,
)

population_sex = one_of("population_sex", M="Male", F="Female", all="Everyone")

ethnicity = CodeList(
    "ethnicity",
    "Ethnicity",
    (
        CodeValue(
            "WBRI",
            "White British",
            (
                *within(
                    _WHITE,
                    "British",
                    "English",
                    "Welsh",
                    "Scottish",
                    "Northern Irish",
                    "English / Welsh / Scottish / Northern Irish / British",
                ),
                "A1",
            ),
        ),
        CodeValue("WIRI", "White Irish", (*within(_WHITE, "Irish"), "A2")),
        CodeValue(
            "WIRT",
            "Traveller of Irish heritage",
            (*within(_WHITE, "Traveller of Irish heritage", "Irish Traveller"), "A4"),
        ),
        CodeValue(
            "WOTH",
            "Any other White background",
            (
                *within(
                    _WHITE,
                    "Other White",
                    "Other White background",
                    "Any other White background",
                    "European",
                    "Eastern European",
                    "Polish",
                ),
                "A3",
                "White: other",
                "White: any other",
            ),
        ),
        CodeValue("WROM", "Gypsy/Roma", (*within(_WHITE, "Gypsy", "Roma", "Gypsy/Roma", "Gypsy or Roma"), "A5")),
        CodeValue(
            "MWBC", "White and Black Caribbean", (*within(_MIXED, "White and Black Caribbean", "W/B Carib"), "B1")
        ),
        CodeValue("MWBA", "White and Black African", (*within(_MIXED, "White and Black African"), "B2")),
        CodeValue("MWAS", "White and Asian", (*within(_MIXED, "White and Asian"), "B3")),
        CodeValue(
            "MOTH",
            "Any other mixed background",
            (
                *within(
                    _MIXED,
                    "Any other mixed background",
                    "Other mixed background",
                    "Other mixed",
                    "Any other mixed / multiple ethnic background",
                ),
                "B4",
                "Mixed: other",
            ),
        ),
        CodeValue("AIND", "Indian", (*within(_ASIAN, "Indian"), "C1", "British Indian")),
        CodeValue("APKN", "Pakistani", (*within(_ASIAN, "Pakistani"), "C2", "British Pakistani")),
        CodeValue("ABAN", "Bangladeshi", (*within(_ASIAN, "Bangladeshi"), "C3", "British Bangladeshi")),
        CodeValue(
            "AOTH",
            "Any other Asian background",
            (
                *within(_ASIAN, "Any other Asian background", "Other Asian background", "Other Asian", "Tamil"),
                "C4",
                "Asian: other",
                "Asian or Asian British: any other",
                "Asian or Asian British: other",
            ),
        ),
        CodeValue(
            "BCRB",
            "Caribbean",
            (*within(_BLACK, "Caribbean", "Black Caribbean"), "D1", "Afro-Caribbean", "Black Carribean"),
        ),
        CodeValue("BAFR", "African", (*within(_BLACK, "African", "Black African", "Somali", "Nigerian"), "D2")),
        CodeValue(
            "BOTH",
            "Any other Black background",
            (
                *within(
                    _BLACK,
                    "Any other Black background",
                    "Other Black background",
                    "Other Black",
                    "Any other Black / African / Caribbean background",
                ),
                "D3",
                "Black: other",
                "Black British",
                "Black or Black British",
                "Black or Black British: any other",
            ),
        ),
        CodeValue("CHNE", "Chinese", (*within((*_ASIAN, *_OTHER), "Chinese"), "E1", "British Chinese")),
        CodeValue(
            "OOTH",
            "Any other ethnic group",
            (
                *within(_OTHER, "Any other ethnic group", "Arab", "Filipino", "Kurdish", "Iranian", "Vietnamese"),
                "E2",
                "Other",
                "Other ethnic group",
                "Other ethnic background",
                "Any other",
            ),
        ),
        CodeValue(
            "REFU",
            "Refused",
            ("E3", "Refused to say", "Refused to provide", "Declined", "Declined to say", "Prefer not to say"),
        ),
        CodeValue(
            "NOBT",
            "Information not yet obtained",
            (
                "E4",
                "Not obtained",
                "Not yet obtained",
                "Information not obtained",
                "Not known",
                "Unknown",
                "Not stated",
            ),
        ),
    ),
    source=f"{_CIN} (Ethnicity); A1 to E4 are the letters of the older Integrated Children's System",
    words=ethnicity_words,
)

disability = CodeList(
    "disability",
    "Disability",
    (
        CodeValue("NONE", "No disability", ("No", "N", "False", "Not disabled", "No known disability")),
        CodeValue("MOB", "Mobility", ("Physical disability", "Physical")),
        CodeValue("HAND", "Hand function"),
        CodeValue("PC", "Personal care"),
        CodeValue("INC", "Incontinence", ("Continence",)),
        CodeValue("COMM", "Communication", ("Speech and language", "Speech, language and communication")),
        CodeValue("LD", "Learning", ("Learning disability", "Learning difficulty", "Learning difficulties")),
        CodeValue("HEAR", "Hearing", ("Hearing impairment", "Deaf")),
        CodeValue("VIS", "Vision", ("Visual impairment", "Sight", "Blind")),
        CodeValue("BEH", "Behaviour", ("Behavioural", "ADHD", "Attention deficit hyperactivity disorder")),
        CodeValue("CON", "Consciousness", ("Epilepsy",)),
        CodeValue("AUT", "Autism", ("ASD", "ASC", "Autistic spectrum disorder", "Asperger syndrome", "Asperger's")),
        CodeValue(
            "DDA",
            "Other disability, or kind not stated",
            ("Other", "Other disability", "Yes", "Y", "True", "Disabled", "Other (DDA)"),
            note="Annex A asks only whether a child is disabled; its yes arrives here.",
        ),
    ),
    source=f"{_CIN} (Disability)",
)

dob_accuracy = CodeList(
    "dob_accuracy",
    "How exact a date of birth is",
    (
        CodeValue("exact", "Exact", ("Actual", "Verified", "Confirmed")),
        CodeValue("estimated", "Estimated", ("Approximate", "Estimate")),
        CodeValue("year_only", "Only the year is known", ("Year only", "Year")),
    ),
    source="Early Help standard, version 1, after the accuracy indicator of the draft Person Standard (PUB01)",
)

sen_status = CodeList(
    "sen_status",
    "Special educational needs",
    (
        CodeValue("none", "No special educational needs", ("N", "No SEN", "No special educational need", "No")),
        CodeValue(
            "support", "SEN support", ("K", "SEN support (K)", "School action", "School action plus", "S", "A", "P")
        ),
        CodeValue("ehcp", "Education, health and care plan", ("E", "EHC plan", "EHCP", "Statement", "EHC")),
    ),
    source="Department for Education, school census (SENprovision N, K, E; S, A and P were used before 2015)",
)

identifier_types = CodeList(
    "identifier_types",
    "Kinds of identifier",
    (
        CodeValue("upn", "Unique pupil number", ("UPN",)),
        CodeValue("nhs_number", "NHS number", ("NHS no", "NHS")),
        CodeValue("case_id", "Number in another case system", ("Case number", "Legacy ID", "Child unique ID")),
        CodeValue("family_id", "Family number", ("Family number", "Household ID", "Group ID")),
        CodeValue("housing", "Housing reference", ("Tenancy reference", "Housing number")),
        CodeValue("police", "Police reference", ("Police number", "Nominal number")),
        CodeValue("youth_justice", "Youth justice number", ("YOT number", "YJS number")),
        CodeValue("former_upn", "Former unique pupil number", ("Former UPN", "Previous UPN")),
    ),
    source="Early Help standard, version 1, after ssd_linked_identifiers of the Standard Safeguarding Dataset",
)

link_grades = one_of(
    "link_grades",
    certain="Certain: the same strong identifier",
    high="High: a person would hardly doubt it",
    medium="Medium: likely, worth a sample check",
    low="Low: waits for a person to look",
    reviewed="Reviewed: a person decided",
)

link_methods = one_of(
    "link_methods",
    identifier="The same strong identifier",
    model="The linkage model",
    reviewed="A reviewer's decision",
    single="Known to one system only",
)

family_roles = CodeList(
    "family_roles",
    "Role in the family",
    (
        CodeValue("child", "Child", ("Son", "Daughter", "Index child", "Subject child", "Unborn child")),
        CodeValue("parent", "Parent", ("Mother", "Father", "Mum", "Dad", "Birth parent", "Natural parent")),
        CodeValue(
            "carer",
            "Carer",
            ("Guardian", "Special guardian", "Foster carer", "Kinship carer", "Step-parent", "Step-father"),
        ),
        CodeValue("sibling", "Sibling", ("Brother", "Sister", "Half-sibling", "Half-brother", "Half-sister")),
        CodeValue("grandparent", "Grandparent", ("Grandmother", "Grandfather")),
        CodeValue("partner", "Partner of a parent", ("Partner", "Mother's partner", "Father's partner")),
        CodeValue("other", "Other", ("Aunt", "Uncle", "Other relative", "Lodger", "Friend")),
    ),
    source="Early Help standard, version 1, after the family section of common assessment forms",
    words=family_roles_words,
)
