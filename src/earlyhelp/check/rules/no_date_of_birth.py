"""EH-260: a person without a date of birth."""

from earlyhelp.check.rule import rule
from earlyhelp.standard import person


@rule("EH-260", about=[person.dob], severity="warning")
def no_date_of_birth() -> str:
    """No date of birth is recorded, by which people are recognised and ages counted. Record it, or that it is not known."""
    return """
        SELECT row_id, NULL AS team FROM person SEMI JOIN (
            SELECT source_system FROM person WHERE dob IS NOT NULL GROUP BY source_system
        ) USING (source_system) WHERE dob IS NULL AND expected_dob IS NULL
    """


no_date_of_birth.passes(
    person=[
        {"person_key": "k1", "person_id": "A", "dob": "2015-03-01", "expected_dob": None, "source_system": "police"},
        {"person_key": "k2", "person_id": "B", "dob": None, "expected_dob": "2026-05-01", "source_system": "police"},
        {"person_key": "k3", "person_id": "C", "dob": None, "expected_dob": None, "source_system": "ledger"},
    ]
)
no_date_of_birth.fails(
    person=[
        {"person_key": "k1", "person_id": "A", "dob": "2015-03-01", "source_system": "police"},
        {"person_key": "k2", "person_id": "B", "dob": None, "source_system": "police"},
    ]
)
