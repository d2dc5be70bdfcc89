"""EH-293: one person, one postcode, two houses or flats.

An address with fewer numbers than another (1 Elm Court, and Flat 2, 1 Elm Court) contradicts nothing.
"""

from earlyhelp.check.rule import rule
from earlyhelp.standard import person


@rule("EH-293", about=[person.address_line, person.postcode], severity="warning")
def two_house_numbers() -> str:
    """Two records of one person in use give other house or flat numbers at one postcode. Ask where the family lives now."""
    return """
        WITH several AS (
            SELECT person_id, postcode FROM person WHERE is_duplicate_of IS NULL
            GROUP BY ALL HAVING count(DISTINCT address_line) > 1
        ), homes AS (
            SELECT row_id, person_id, postcode, regexp_extract_all(address_line, '[0-9]+') AS numbers
            FROM person SEMI JOIN several USING (person_id, postcode)
            WHERE is_duplicate_of IS NULL AND regexp_matches(address_line, '[0-9]')
        )
        SELECT one.row_id, NULL AS team FROM homes AS one SEMI JOIN homes AS other
        ON other.person_id = one.person_id AND other.postcode = one.postcode
        AND NOT list_has_all(one.numbers, other.numbers) AND NOT list_has_all(other.numbers, one.numbers)
    """


two_house_numbers.passes(
    person=[
        {"person_key": "k1", "person_id": "A", "address_line": "Flat 2, 1 Elm Court", "postcode": "QA1 1AA"},
        {"person_key": "k2", "person_id": "A", "address_line": "1 Elm Court, Flat 2", "postcode": "QA1 1AA"},
        {"person_key": "k3", "person_id": "A", "address_line": "1 Elm Court", "postcode": "QA1 1AA"},
        {"person_key": "k4", "person_id": "A", "address_line": "9 Ash Row", "postcode": "QA2 2BB"},
        {"person_key": "k5", "person_id": "B", "address_line": "Flat 3, 1 Elm Court", "postcode": "QA1 1AA"},
    ]
)
two_house_numbers.fails(
    person=[
        {"person_key": "k1", "person_id": "A", "address_line": "Flat 2, 1 Elm Court", "postcode": "QA1 1AA"},
        {"person_key": "k2", "person_id": "A", "address_line": "Flat 4, 1 Elm Court", "postcode": "QA1 1AA"},
    ]
)
