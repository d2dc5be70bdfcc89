"""Factors identified at the end of a statutory assessment: the national vocabulary of need."""

from __future__ import annotations

from earlyhelp.standard.types import CodeList, CodeValue

_WHO = {"A": "the child", "B": "a parent or carer", "C": "another person in the household"}


def _by_person(number: int, concern: str) -> tuple[CodeValue, ...]:
    """Factors 1 to 6 ask the same of the child, of a parent or carer, and of others in the household."""
    return tuple(CodeValue(f"{number}{letter}", f"{concern}: {who}") for letter, who in _WHO.items())


assessment_factors = CodeList(
    "assessment_factors",
    "Factors identified at the end of assessment",
    (
        *_by_person(1, "Alcohol misuse"),
        *_by_person(2, "Drug misuse"),
        *_by_person(3, "Domestic abuse"),
        *_by_person(4, "Mental health"),
        *_by_person(5, "Learning disability"),
        *_by_person(6, "Physical disability or illness"),
        CodeValue("7A", "Young carer"),
        CodeValue("8B", "Privately fostered: overseas child who intends to return"),
        CodeValue("8C", "Privately fostered: overseas child who intends to stay"),
        CodeValue("8D", "Privately fostered: UK child in an educational placement"),
        CodeValue("8E", "Privately fostered: UK child in alternative family arrangements"),
        CodeValue("8F", "Privately fostered: other"),
        CodeValue("9A", "Unaccompanied asylum-seeking child", ("UASC",)),
        CodeValue("10A", "Going or being missing", ("Missing", "Going missing")),
        CodeValue("11A", "Child sexual exploitation", ("CSE", "Sexual exploitation")),
        CodeValue("12A", "Trafficking", ("Modern slavery",)),
        CodeValue("13A", "Gangs", ("Gang involvement",)),
        CodeValue("14A", "Socially unacceptable behaviour"),
        CodeValue("15A", "Self-harm", ("Self harming",)),
        CodeValue("16A", "Neglect", ("Abuse or neglect: neglect",)),
        CodeValue("17A", "Emotional abuse", ("Abuse or neglect: emotional abuse",)),
        CodeValue("18A", "Physical abuse", valid_to=2020, note="Split into 18B and 18C in 2021."),
        CodeValue("18B", "Physical abuse, child on child", valid_from=2021),
        CodeValue("18C", "Physical abuse, adult on child", valid_from=2021),
        CodeValue("19A", "Sexual abuse", valid_to=2020, note="Split into 19B and 19C in 2021."),
        CodeValue("19B", "Sexual abuse, child on child", valid_from=2021),
        CodeValue("19C", "Sexual abuse, adult on child", valid_from=2021),
        CodeValue("20", "Other", ("Other factor",)),
        CodeValue("21", "No factors identified", ("No factors", "None")),
        CodeValue("22A", "Female genital mutilation", ("FGM",)),
        CodeValue("23A", "Abuse linked to faith or belief", ("Faith or belief",)),
        CodeValue("24A", "Child criminal exploitation", ("CCE", "Criminal exploitation"), valid_from=2022),
    ),
    source="Department for Education, children in need census (AssessmentFactors), with the years of each change",
)
