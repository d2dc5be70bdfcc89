"""EH-297: two people under one number.

Systems and returns that tell of one number are taken to tell of one person. Two whose forenames, surnames and dates of
birth all differ are two people: a number was given again, or mistyped.
"""

from earlyhelp.check.rule import rule
from earlyhelp.standard import person


@rule("EH-297", about=[person.source_person_id, person.person_key], severity="error")
def two_people_under_one_number() -> str:
    """Another record with this number has other names and another date of birth. Find out whose number it is."""
    return """
        WITH named AS (
            SELECT row_id, person_id, ltrim(source_person_id, '0') AS number, dob,
            lower(trim(forename)) AS forename, lower(trim(surname)) AS surname FROM person
            WHERE forename IS NOT NULL AND surname IS NOT NULL AND dob IS NOT NULL
        ), several AS (
            SELECT person_id, number FROM named GROUP BY ALL HAVING min(dob) <> max(dob)
        ), doubtful AS (
            SELECT * FROM named SEMI JOIN several USING (person_id, number)
        )
        SELECT one.row_id, NULL AS team FROM doubtful AS one SEMI JOIN doubtful AS other
        ON other.person_id = one.person_id AND other.number = one.number AND other.dob <> one.dob
        AND other.surname <> one.surname AND other.forename <> one.forename
    """


_ANN: dict[str, str | None] = {
    "person_id": "A",
    "source_person_id": "012",
    "forename": "Ann",
    "surname": "Elm",
    "dob": "2015-03-01",
}
two_people_under_one_number.passes(
    person=[
        {"person_key": "k1", **_ANN},
        {"person_key": "k2", **_ANN, "source_person_id": "12", "surname": "Ash", "dob": "2015-01-03"},
        {"person_key": "k3", **_ANN, "source_person_id": "13", "forename": "Bo", "surname": "Oak", "dob": "1980-03-01"},
        {"person_key": "k4", **_ANN, "person_id": "B", "forename": "Bo", "surname": "Oak", "dob": "1980-03-01"},
    ]
)
two_people_under_one_number.fails(
    person=[
        {"person_key": "k1", **_ANN},
        {"person_key": "k2", **_ANN, "source_person_id": "12", "forename": "Bo", "surname": "Oak", "dob": "1980-03-01"},
    ]
)
