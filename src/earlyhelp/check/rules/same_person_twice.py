"""EH-268: two people of one system with the same name and date of birth."""

from earlyhelp.check.rule import rule
from earlyhelp.standard import person


@rule("EH-268", about=[person.surname, person.forename, person.dob], severity="warning")
def same_person_twice() -> str:
    """Another number of this system has the same name and date of birth. If it is one person, join the two records."""
    return """
        SELECT row_id, NULL AS team FROM person SEMI JOIN (
            SELECT source_system, lower(surname) AS family_name, lower(forename) AS first_name, dob FROM person
            WHERE surname IS NOT NULL AND forename IS NOT NULL AND dob IS NOT NULL
            GROUP BY ALL HAVING count(DISTINCT person_id) > 1
        ) AS alike ON alike.source_system = person.source_system AND family_name = lower(surname)
        AND first_name = lower(forename) AND alike.dob = person.dob
    """


same_person_twice.passes(
    person=[
        {
            "person_key": "1",
            "person_id": "A",
            "forename": "Ann",
            "surname": "Elm",
            "dob": "2015-03-01",
            "source_system": "ssd",
        },
        {
            "person_key": "2",
            "person_id": "A",
            "forename": "Ann",
            "surname": "Elm",
            "dob": "2015-03-01",
            "source_system": "ssd",
        },
        {
            "person_key": "3",
            "person_id": "B",
            "forename": "Ben",
            "surname": "Elm",
            "dob": "2015-03-01",
            "source_system": "ssd",
        },
        {
            "person_key": "4",
            "person_id": "C",
            "forename": "Ann",
            "surname": "Elm",
            "dob": "2015-03-01",
            "source_system": "police",
        },
    ]
)
same_person_twice.fails(
    person=[
        {
            "person_key": "1",
            "person_id": "A",
            "forename": "Ann",
            "surname": "Elm",
            "dob": "2015-03-01",
            "source_system": "ssd",
        },
        {
            "person_key": "2",
            "person_id": "B",
            "forename": "ANN",
            "surname": "Elm",
            "dob": "2015-03-01",
            "source_system": "ssd",
        },
    ]
)
