"""EH-261: a person of whom no sex is recorded."""

from earlyhelp.check.rule import rule
from earlyhelp.standard import person


@rule("EH-261", about=[person.sex], severity="warning")
def no_sex() -> str:
    """No sex is recorded where this system records it of others. Record it, or that the person does not say."""
    return """
        SELECT row_id, NULL AS team FROM person SEMI JOIN (
            SELECT source_system FROM person WHERE sex IN ('M', 'F') GROUP BY source_system
        ) USING (source_system) WHERE coalesce(sex, 'not_recorded') = 'not_recorded'
    """


no_sex.passes(
    person=[
        {"person_key": "k1", "person_id": "A", "sex": "F", "source_system": "police"},
        {"person_key": "k2", "person_id": "B", "sex": "unmapped", "source_system": "police"},
        {"person_key": "k3", "person_id": "C", "sex": None, "source_system": "housing"},
    ]
)
no_sex.fails(
    person=[
        {"person_key": "k1", "person_id": "A", "sex": "F", "source_system": "police"},
        {"person_key": "k2", "person_id": "B", "sex": None, "source_system": "police"},
    ]
)
