"""EH-246: an expected birth long past."""

from earlyhelp.check.rule import rule
from earlyhelp.standard import person


@rule("EH-246", about=[person.expected_dob], severity="warning")
def birth_never_recorded() -> str:
    """The child was expected more than six weeks ago and no date of birth is recorded. Record it, or close the record."""
    return """
        SELECT row_id, NULL AS team FROM person, as_at
        WHERE dob IS NULL AND date_diff('day', expected_dob, as_at.day) > 42
    """


birth_never_recorded.passes(
    person=[
        {"person_key": "k", "person_id": "A", "dob": None, "expected_dob": "2024-01-01"},
        {"person_key": "l", "person_id": "B", "dob": "2023-01-01", "expected_dob": "2023-01-01"},
    ],
    as_at=[
        {"day": "2024-02-12"},
    ],
)
birth_never_recorded.fails(
    person=[
        {"person_key": "k", "person_id": "A", "dob": None, "expected_dob": "2024-01-01"},
    ],
    as_at=[
        {"day": "2024-02-13"},
    ],
)
