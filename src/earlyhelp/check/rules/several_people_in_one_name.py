"""EH-319: one row whose name is that of several people."""

from earlyhelp.check.rule import rule
from earlyhelp.standard import person


@rule("EH-319", about=[person.forename], severity="warning")
def several_people_in_one_name() -> str:
    """The name seems to be of several people, who are counted as one. Give each of them a row of their own."""
    return """
        SELECT row_id, NULL AS team FROM person
        WHERE regexp_matches(concat(forename, ' ', surname), '[&+;,]|[[:alpha:])] (?i:and) [[:alpha:]]')
    """


several_people_in_one_name.passes(
    person=[
        {"person_key": "k1", "person_id": "A", "forename": "Andrea Anderson", "surname": "Land-Sandford"},
        {"person_key": "k2", "person_id": "B", "forename": "Rhys (Mo)", "surname": "ap Andrew / O'Neill"},
    ],
)
several_people_in_one_name.fails(
    person=[{"person_key": "k1", "person_id": "A", "forename": "Ali & Zara", "surname": "Khan"}],
)
several_people_in_one_name.fails(
    person=[{"person_key": "k1", "person_id": "A", "forename": "Ali, Zara", "surname": "and Omar Khan"}],
)
