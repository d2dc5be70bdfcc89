"""EH-276: one house in one street, two postcodes that differ by one sign.

The postcode that fewer people there have is named, both where as many do. Two signs apart it may be another town.
"""

from earlyhelp.check.rule import rule
from earlyhelp.standard import person


@rule("EH-276", about=[person.postcode, person.address_line], severity="warning")
def home_with_two_postcodes() -> str:
    """Others at the same house and street have a postcode that differs by one sign. Look up which is right."""
    return """
        WITH homes AS (
            SELECT row_id, person_id, postcode, lower(trim(address_line)) AS line FROM person
            WHERE postcode IS NOT NULL AND regexp_matches(address_line, '[0-9]')
        ), told AS (
            SELECT line, postcode, count(DISTINCT person_id) AS people FROM homes GROUP BY ALL
        ), doubtful AS (
            SELECT one.line, one.postcode FROM told AS one JOIN told AS other
            ON other.line = one.line AND other.postcode <> one.postcode AND other.people >= one.people
            WHERE damerau_levenshtein(one.postcode, other.postcode) = 1
        )
        SELECT row_id, NULL AS team FROM homes SEMI JOIN doubtful USING (line, postcode)
    """


home_with_two_postcodes.passes(
    person=[
        {"person_key": "k1", "person_id": "A", "address_line": "1 Elm Road", "postcode": "QA1 1AA"},
        {"person_key": "k2", "person_id": "B", "address_line": "1 elm road", "postcode": "QA1 1AA"},
        {"person_key": "k3", "person_id": "C", "address_line": "2 Elm Road", "postcode": "QA1 1AB"},
        {"person_key": "k4", "person_id": "D", "address_line": "1 Elm Road", "postcode": "QA7 5ZZ"},
        {"person_key": "k5", "person_id": "E", "address_line": "The Hostel", "postcode": "QA1 1AA"},
        {"person_key": "k6", "person_id": "F", "address_line": "The Hostel", "postcode": "QA1 1AB"},
    ]
)
home_with_two_postcodes.fails(
    person=[
        {"person_key": "k1", "person_id": "A", "address_line": "1 Elm Road", "postcode": "QA1 1AA"},
        {"person_key": "k2", "person_id": "B", "address_line": "1 Elm Road", "postcode": "QA1 1AA"},
        {"person_key": "k3", "person_id": "C", "address_line": "1 Elm Road", "postcode": "QA1 1AB"},
    ]
)
