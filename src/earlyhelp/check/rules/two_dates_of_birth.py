"""EH-202: one person, two dates of birth."""

from earlyhelp.check.rule import rule
from earlyhelp.standard import person


@rule("EH-202", about=[person.dob], severity="warning")
def two_dates_of_birth() -> str:
    """Two records of the same person give different dates of birth. Find out which is right and correct the other."""
    return """
        SELECT row_id, NULL AS team FROM person SEMI JOIN (
            SELECT person_id FROM person WHERE dob IS NOT NULL GROUP BY person_id HAVING count(DISTINCT dob) > 1
        ) USING (person_id) WHERE dob IS NOT NULL
    """


two_dates_of_birth.passes(
    person=[
        {"person_key": "k1", "person_id": "A", "dob": "2015-03-01"},
        {"person_key": "k2", "person_id": "A", "dob": "2015-03-01"},
        {"person_key": "k3", "person_id": "A", "dob": None},
    ]
)
two_dates_of_birth.fails(
    person=[
        {"person_key": "k1", "person_id": "A", "dob": "2015-03-01"},
        {"person_key": "k2", "person_id": "A", "dob": "2015-01-03"},
    ]
)
