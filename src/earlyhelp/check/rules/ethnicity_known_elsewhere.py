"""EH-309: an ethnic group that one record has yet to obtain and another has."""

from earlyhelp.check.rule import rule
from earlyhelp.standard import person


@rule("EH-309", about=[person.ethnicity], severity="warning")
def ethnicity_known_elsewhere() -> str:
    """The ethnic group is not yet obtained here, and another record of the same person has it. Ask, and record the answer."""
    return """
        SELECT row_id, NULL AS team FROM person SEMI JOIN (
            SELECT person_id FROM person WHERE ethnicity NOT IN ('NOBT', 'REFU', 'not_recorded', 'unmapped')
        ) USING (person_id) WHERE ethnicity = 'NOBT'
    """


ethnicity_known_elsewhere.passes(
    person=[
        {"person_key": "k1", "person_id": "A", "ethnicity": "NOBT"},
        {"person_key": "k2", "person_id": "A", "ethnicity": "REFU"},
        {"person_key": "k3", "person_id": "A", "ethnicity": None},
        {"person_key": "k4", "person_id": "B", "ethnicity": "WBRI"},
    ]
)
ethnicity_known_elsewhere.fails(
    person=[
        {"person_key": "k1", "person_id": "A", "ethnicity": "NOBT"},
        {"person_key": "k2", "person_id": "A", "ethnicity": "WBRI"},
    ]
)
