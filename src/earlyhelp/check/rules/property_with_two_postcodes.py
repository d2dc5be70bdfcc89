"""EH-269: one property, two postcodes."""

from earlyhelp.check.rule import rule
from earlyhelp.standard import person


@rule("EH-269", about=[person.postcode, person.uprn], severity="warning")
def property_with_two_postcodes() -> str:
    """Others at the same property number have another postcode. Look up which is right and correct the other."""
    return """
        SELECT row_id, NULL AS team FROM person SEMI JOIN (
            SELECT uprn FROM person WHERE uprn IS NOT NULL AND postcode IS NOT NULL
            GROUP BY uprn HAVING count(DISTINCT postcode) > 1
        ) USING (uprn) WHERE postcode IS NOT NULL
    """


property_with_two_postcodes.passes(
    person=[
        {"person_key": "k1", "person_id": "A", "uprn": "100", "postcode": "QA1 1AA"},
        {"person_key": "k2", "person_id": "B", "uprn": "100", "postcode": "QA1 1AA"},
        {"person_key": "k3", "person_id": "C", "uprn": "101", "postcode": "QA1 1AB"},
    ]
)
property_with_two_postcodes.fails(
    person=[
        {"person_key": "k1", "person_id": "A", "uprn": "100", "postcode": "QA1 1AA"},
        {"person_key": "k2", "person_id": "B", "uprn": "100", "postcode": "QA1 1AB"},
    ]
)
