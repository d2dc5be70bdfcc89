"""EH-270: one person, two sexes."""

from earlyhelp.check.rule import rule
from earlyhelp.standard import person


@rule("EH-270", about=[person.sex], severity="warning")
def two_sexes() -> str:
    """Two records of the same person give different sexes. Find out which is right and correct the other."""
    return """
        SELECT row_id, NULL AS team FROM person SEMI JOIN (
            SELECT person_id FROM person WHERE sex IN ('M', 'F') GROUP BY person_id HAVING count(DISTINCT sex) > 1
        ) USING (person_id) WHERE sex IN ('M', 'F')
    """


two_sexes.passes(
    person=[
        {"person_key": "k1", "person_id": "A", "sex": "F"},
        {"person_key": "k2", "person_id": "A", "sex": "F"},
        {"person_key": "k3", "person_id": "A", "sex": "unmapped"},
    ]
)
two_sexes.fails(
    person=[
        {"person_key": "k1", "person_id": "A", "sex": "F"},
        {"person_key": "k2", "person_id": "A", "sex": "M"},
    ]
)
