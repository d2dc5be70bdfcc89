"""EH-244: one pupil number, two people."""

from earlyhelp.check.rule import rule
from earlyhelp.standard import person_identifier


@rule("EH-244", about=[person_identifier.type, person_identifier.value], severity="warning")
def pupil_number_of_two() -> str:
    """One system gives two people the same pupil number or NHS number. Find out whose it is, or join the two records."""
    return """
        SELECT row_id, NULL AS team FROM person_identifier SEMI JOIN (
            SELECT source_system AS system, type AS kind, value AS number FROM person_identifier
            WHERE type IN ('upn', 'nhs_number') GROUP BY ALL HAVING count(DISTINCT person_key) > 1
        ) ON source_system = system AND type = kind AND value = number
    """


pupil_number_of_two.passes(
    person_identifier=[
        {"person_id": "A", "type": "upn", "value": "A123456789012"},
        {"person_id": "B", "type": "case_id", "value": "A123456789012"},
    ],
)
pupil_number_of_two.fails(
    person_identifier=[
        {"person_id": "A", "type": "upn", "value": "A123456789012"},
        {"person_id": "B", "type": "upn", "value": "A123456789012"},
    ],
)
