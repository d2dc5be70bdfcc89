"""Why a statutory involvement ended: closure of a child in need case, and the end of being looked after."""

from __future__ import annotations

from earlyhelp.standard.codelists.words.closure_reasons import closure_reasons_words
from earlyhelp.standard.types import CodeList, CodeValue

# The census gives RC9 after an assessment only, and RC7 to a plan that is stepped down. Councils whose system says "Step
# down to early help" mean the step down, whichever came before: it is RC9 here and never lost in RC7.
_STEPPED_DOWN = tuple(
    f"{how} {where}"
    for how in ("Step down to", "Stepped down to", "Closed to", "Case closed to", "De-escalated to", "Transferred to")
    for where in ("early help", "early help team", "early help service", "TAF", "team around the family", "EHA", "CAF")
)

closure_reasons = CodeList(
    "closure_reasons",
    "Reasons for closure, and reasons for ceasing to be looked after",
    (
        CodeValue("RC1", "Adopted", ("Adoption order granted", "Adoption order")),
        CodeValue("RC2", "Died", ("Death", "Deceased", "Child died")),
        CodeValue(
            "RC3", "Child arrangements order", ("Residence order", "Child arrangement order", "CIN residence order")
        ),
        CodeValue("RC4", "Special guardianship order", ("Special guardianship order granted", "SGO")),
        CodeValue(
            "RC5",
            "Transferred to services of another local authority",
            (
                "Transferred to another local authority",
                "Transferred to another LA",
                "Transfer to another local authority",
                "Transfer to another LA",
                "Transferred to other local authority",
                "Transfer to other local authority",
                "Moved out of area",
                "Left area",
            ),
        ),
        CodeValue(
            "RC6",
            "Transferred to adult social care services",
            (
                "Transferred to adult social care",
                "Transferred to adult services",
                "Transferred to adult social services",
                "Transfer to adult social services",
                "Transfer to adult social care",
            ),
        ),
        CodeValue(
            "RC7",
            "Services ceased for any other reason, including child no longer in need",
            (
                "Child no longer in need",
                "No longer in need",
                "Other",
                "Aim achieved",
                "Objectives met",
                "Ceased: other",
            ),
        ),
        CodeValue(
            "RC8",
            "Case closed after assessment, no further action",
            (
                "Closed after assessment",
                "Closed after assessment, no further action",
                "Case closed after assessment",
                "Case closed after assessment NFA",
                "Not in need after assessment",
                "Child deemed not to be in need after assessment",
            ),
        ),
        CodeValue(
            "RC9",
            "Case closed after assessment, referred to early help",
            (
                "Closed after assessment, referred to early help",
                "De-escalation to early help after assessment",
                "Step down to early help following assessment",
                "Step down to early help after assessment",
                "Step down to early help team following referral and assessment",
                "Step down to early help team following C&F assessment",
                "EHA step down",
                *_STEPPED_DOWN,
            ),
            valid_from=2023,
        ),
        CodeValue("E11", "Adopted: application for an adoption order unopposed", ("Adopted, application unopposed",)),
        CodeValue("E12", "Adopted: consent dispensed with by the court", ("Adopted, consent dispensed with",)),
        CodeValue("E2", "Died while looked after", ("Died in care",)),
        CodeValue(
            "E3",
            "Care taken over by another local authority in the UK",
            ("Care taken by another LA", "Care taken over"),
        ),
        CodeValue(
            "E4A",
            "Returned home to parents or relatives as part of care planning",
            ("Planned return home", "Returned home, planned"),
        ),
        CodeValue(
            "E4B",
            "Returned home to parents or relatives, not part of care planning",
            ("Unplanned return home", "Returned home, not planned"),
        ),
        CodeValue(
            "E13",
            "Left care to live with parents or relatives without parental responsibility",
            ("Living with person without parental responsibility",),
        ),
        CodeValue(
            "E41",
            "Residence order or child arrangements order granted to a looked-after child",
            ("Residence order granted", "Child arrangements order granted"),
        ),
        CodeValue(
            "E45",
            "Special guardianship: former foster carer, relative or friend",
            ("SGO to former foster carer, relative or friend",),
        ),
        CodeValue(
            "E46",
            "Special guardianship: former foster carer, other",
            ("SGO to former foster carer, not relative or friend",),
        ),
        CodeValue(
            "E47", "Special guardianship: other carer, relative or friend", ("SGO to other carer, relative or friend",)
        ),
        CodeValue(
            "E48",
            "Special guardianship: other carer, not relative or friend",
            ("SGO to other carer, not relative or friend",),
        ),
        CodeValue(
            "E5",
            "Moved into independent living with formal support",
            ("Supported independent living", "Independent living with support"),
        ),
        CodeValue(
            "E6",
            "Moved into independent living without formal support",
            ("Independent living with no support", "Independent living, unsupported"),
        ),
        CodeValue(
            "E7",
            "Transferred to residential care funded by adult social services",
            ("Transferred to residential care", "Residential care funded by adult social care"),
        ),
        CodeValue("E9", "Sentenced to custody", ("Custody",)),
        CodeValue("E14", "Accommodation on remand ended", ("Remand ended",)),
        CodeValue("E15", "Age assessment determined child was 18 or over", ("Age assessed as 18 or over",)),
        CodeValue("E16", "Child moved abroad", ("Moved abroad", "Deported")),
        CodeValue(
            "E17",
            "Aged 18 or over and stays with current carers",
            ("Staying put", "Remained with current carers"),
        ),
        CodeValue("E8", "Care ceased for any other reason", ("Looked after ceased for any other reason",)),
        CodeValue(
            "X1",
            "Episode ceases, and a new one begins on the same day",
            ("New episode begins on same day",),
            note="The period of being looked after goes on: no exit from care.",
        ),
    ),
    source=(
        "Department for Education, children in need census 2025-26 (ReasonForClosure); "
        "SSDA903 and Ofsted Annex A list 8 (reason ceased to be looked after)"
    ),
    words=closure_reasons_words,
)
