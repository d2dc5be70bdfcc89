"""EH-277: a forename where the surname belongs, and the other way round.

Named are those whose forename is the surname of the rest of the family, and those whose forename is at least three times
as often a surname among all others as a forename, while their surname is three times as often a forename. Where nobody
else bears the surname, neither as one nor as a forename, it is enough that nobody else has the forename and that three
others have it as a surname.
"""

from earlyhelp.check.rule import rule
from earlyhelp.standard import person


@rule("EH-277", about=[person.forename, person.surname], severity="warning")
def names_in_each_others_place() -> str:
    """Forename and surname seem to stand in each other's place. Ask which is which, and enter each in its own field."""
    return """
        WITH named AS (
            SELECT row_id, person_id, family_id, lower(trim(forename)) AS forename, lower(trim(surname)) AS surname
            FROM person WHERE trim(forename) <> '' AND trim(surname) <> ''
        ), first AS (
            SELECT forename AS name, count(DISTINCT person_id) AS people FROM named GROUP BY ALL
        ), last AS (
            SELECT surname AS name, count(DISTINCT person_id) AS people FROM named GROUP BY ALL
        ), usual AS (
            SELECT name, coalesce(first.people, 0) AS as_first, coalesce(last.people, 0) AS as_last
            FROM first FULL JOIN last USING (name)
        ), family AS (
            SELECT family_id, surname, count(DISTINCT person_id) AS people FROM named
            WHERE family_id IS NOT NULL GROUP BY ALL
        )
        SELECT row_id, NULL AS team FROM named
        LEFT JOIN usual AS f ON f.name = forename LEFT JOIN usual AS s ON s.name = surname
        LEFT JOIN family AS own ON own.family_id = named.family_id AND own.surname = named.surname
        LEFT JOIN family AS rest ON rest.family_id = named.family_id AND rest.surname = named.forename
        WHERE forename <> named.surname AND (
            (f.as_last >= greatest(1, 3 * (f.as_first - 1)) AND s.as_first >= greatest(1, 3 * (s.as_last - 1)))
            OR (rest.people >= own.people AND s.as_first > s.as_last)
            OR (f.as_last >= 3 AND f.as_first = 1 AND s.as_last = 1 AND s.as_first = 0)
        )
    """


names_in_each_others_place.passes(
    person=[
        {"person_key": "k1", "person_id": "A", "family_id": "F", "forename": "Grace", "surname": "James"},
        {"person_key": "k2", "person_id": "B", "family_id": "F", "forename": "James", "surname": "Oduya"},
        {"person_key": "k3", "person_id": "C", "family_id": "F", "forename": "Ann", "surname": "James"},
        {"person_key": "k4", "person_id": "D", "family_id": "G", "forename": None, "surname": "Ann"},
    ]
)
names_in_each_others_place.passes(
    person=[
        {"person_key": "k1", "person_id": "A", "forename": "Sharon", "surname": "Trivedi"},
        {"person_key": "k2", "person_id": "B", "forename": "Trivedi", "surname": "Elm"},
        {"person_key": "k3", "person_id": "C", "forename": "Ravi", "surname": "Sharon"},
        {"person_key": "k4", "person_id": "D", "forename": "Sharon", "surname": "Ash"},
    ]
)
names_in_each_others_place.fails(
    person=[
        {"person_key": "k1", "person_id": "A", "forename": "Trivedi", "surname": "Sharon"},
        {"person_key": "k2", "person_id": "B", "forename": "Asha", "surname": "Trivedi"},
        {"person_key": "k3", "person_id": "C", "forename": "Sharon", "surname": "Elm"},
    ]
)
names_in_each_others_place.fails(
    person=[
        {"person_key": "k1", "person_id": "A", "family_id": "F", "forename": "Trivedi", "surname": "Sharon"},
        {"person_key": "k2", "person_id": "B", "family_id": "F", "forename": "Ravi", "surname": "Trivedi"},
        {"person_key": "k3", "person_id": "C", "family_id": "F", "forename": "Asha", "surname": "Trivedi"},
        {"person_key": "k4", "person_id": "D", "family_id": "G", "forename": "Sharon", "surname": "Elm"},
        {"person_key": "k5", "person_id": "E", "family_id": "H", "forename": "Sharon", "surname": "Ash"},
    ]
)
_ELM: list[dict[str, str | None]] = [
    {"person_id": f"E{number}", "forename": name, "surname": "Elm"} for number, name in enumerate(("Ann", "Bo", "Cat"))
]
names_in_each_others_place.passes(
    person=[*_ELM[:2], {"person_key": "k1", "person_id": "A", "forename": "Elm", "surname": "Ayesha"}]
)
names_in_each_others_place.passes(
    person=[
        *_ELM,
        {"person_key": "k1", "person_id": "A", "forename": "Elm", "surname": "Ayesha"},
        {"person_key": "k2", "person_id": "B", "forename": "Elm", "surname": "Oak"},
    ]
)
names_in_each_others_place.fails(
    person=[*_ELM, {"person_key": "k1", "person_id": "A", "forename": "Elm", "surname": "Ayesha"}]
)
