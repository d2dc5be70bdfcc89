"""EH-263: a date of birth that people enter where they do not know it."""

from earlyhelp.check.rule import rule
from earlyhelp.standard import person


@rule("EH-263", about=[person.dob], severity="warning")
def placeholder_date_of_birth() -> str:
    """The date of birth is 1 January or 1 July, as is entered where nobody knows it. Check it, or say it is estimated."""
    return """
        SELECT row_id, NULL AS team FROM person
        WHERE day(dob) = 1 AND month(dob) IN (1, 7) AND coalesce(dob_accuracy, '') <> 'estimated'
    """


placeholder_date_of_birth.passes(
    person=[
        {"person_key": "k1", "person_id": "A", "dob": "2015-01-02", "dob_accuracy": None},
        {"person_key": "k2", "person_id": "B", "dob": "2015-01-01", "dob_accuracy": "estimated"},
    ]
)
placeholder_date_of_birth.fails(person=[{"person_key": "k1", "person_id": "A", "dob": "1900-01-01"}])
placeholder_date_of_birth.fails(person=[{"person_key": "k1", "person_id": "A", "dob": "2015-07-01"}])
