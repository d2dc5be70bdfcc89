"""EH-272: one person, two addresses at once."""

from earlyhelp.check.rule import rule
from earlyhelp.standard import person


@rule("EH-272", about=[person.postcode], severity="warning")
def two_addresses() -> str:
    """Two records of the same person that are both in use give different postcodes. Ask where the family lives now."""
    return """
        SELECT row_id, NULL AS team FROM person SEMI JOIN (
            SELECT person_id FROM person WHERE is_duplicate_of IS NULL
            GROUP BY person_id HAVING count(DISTINCT postcode) > 1
        ) USING (person_id) WHERE postcode IS NOT NULL AND is_duplicate_of IS NULL
    """


two_addresses.passes(
    person=[
        {"person_key": "k1", "person_id": "A", "postcode": "QA1 1AA", "is_duplicate_of": None},
        {"person_key": "k2", "person_id": "A", "postcode": "QA1 1AA", "is_duplicate_of": None},
        {"person_key": "k3", "person_id": "A", "postcode": "QA2 2BB", "is_duplicate_of": "k1"},
    ]
)
two_addresses.fails(
    person=[
        {"person_key": "k1", "person_id": "A", "postcode": "QA1 1AA"},
        {"person_key": "k2", "person_id": "A", "postcode": "QA2 2BB"},
    ]
)
