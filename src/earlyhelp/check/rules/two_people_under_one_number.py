"""EH-297: two people under one number.

Systems and returns that carry the council's own number are taken to tell of one person under it, and so are records that
linkage joined. Two whose forenames, surnames and dates of birth all differ are two people: a number was given again, or
mistyped. Where more than one in a hundred numbers of the council has two people, and more than five have, two systems
count alike and each for itself: then only those whom linkage took for one are named.
"""

from earlyhelp.check.rule import rule
from earlyhelp.standard import person, sql
from earlyhelp.standard.codelists import CASE_SYSTEM

GIVEN_AGAIN, AT_LEAST = 0.01, 5


@rule("EH-297", about=[person.source_person_id, person.person_key], severity="error")
def two_people_under_one_number() -> str:
    """Another record with this number has other names and another date of birth. Find out whose number it is."""
    differ = "other.dob <> one.dob AND other.surname <> one.surname AND other.forename <> one.forename"
    return f"""
        WITH named AS (
            SELECT row_id, person_id, ltrim(source_person_id, '0') AS number, dob,
            coalesce(source_system IN ({sql.listed(CASE_SYSTEM)}), FALSE) AS is_council,
            lower(trim(forename)) AS forename, lower(trim(surname)) AS surname FROM person
            WHERE forename IS NOT NULL AND surname IS NOT NULL AND dob IS NOT NULL AND source_person_id IS NOT NULL
        ), several AS (
            SELECT number FROM named GROUP BY ALL HAVING min(dob) <> max(dob)
        ), doubtful AS (
            SELECT * FROM named SEMI JOIN several USING (number)
        ), joined AS (
            SELECT row_id FROM doubtful AS one SEMI JOIN doubtful AS other
            ON other.person_id = one.person_id AND other.number = one.number AND {differ}
        ), kept_apart AS (
            SELECT row_id, number FROM doubtful AS one SEMI JOIN doubtful AS other
            ON other.number = one.number AND other.is_council AND one.is_council AND {differ}
        )
        SELECT row_id, NULL AS team FROM joined
        UNION ALL SELECT row_id, NULL FROM kept_apart WHERE (SELECT count(DISTINCT number) FROM kept_apart) <= greatest(
            {AT_LEAST}, {GIVEN_AGAIN} * (SELECT count(DISTINCT number) FROM named WHERE is_council)
        )
    """


_ANN: dict[str, str | None] = {
    "person_id": "A",
    "source_person_id": "012",
    "forename": "Ann",
    "surname": "Elm",
    "dob": "2015-03-01",
}
_BO: dict[str, str | None] = {**_ANN, "source_person_id": "12", "forename": "Bo", "surname": "Oak", "dob": "1980-03-01"}
_TWO_OF_EACH: list[dict[str, str | None]] = [
    {**who, "person_id": f"{who['forename']} {number}", "source_person_id": f"{number}", "source_system": system}
    for number in range(6)
    for who, system in ((_ANN, "mosaic"), (_BO, "eclipse"))
]
two_people_under_one_number.passes(
    person=[
        {"person_key": "k1", **_ANN},
        {"person_key": "k2", **_ANN, "source_person_id": "12", "surname": "Ash", "dob": "2015-01-03"},
        {"person_key": "k3", **_BO, "source_person_id": "13"},
        {"person_key": "k4", **_BO, "person_id": "B"},
    ]
)
two_people_under_one_number.passes(
    person=[
        {"person_key": "k1", **_ANN, "source_system": "mosaic"},
        {"person_key": "k2", **_BO, "person_id": "B", "source_system": "housing"},
        {"person_key": "k3", **_BO, "person_id": "B", "dob": "2015-03-01", "source_system": "liquidlogic"},
    ]
)
two_people_under_one_number.passes(person=_TWO_OF_EACH)
two_people_under_one_number.fails(person=_TWO_OF_EACH[:10])
two_people_under_one_number.fails(person=[{"person_key": "k1", **_ANN}, {"person_key": "k2", **_BO}])
two_people_under_one_number.fails(
    person=[
        {"person_key": "k1", **_ANN, "source_system": "mosaic"},
        {"person_key": "k2", **_BO, "person_id": "B", "source_system": "liquidlogic"},
    ]
)
