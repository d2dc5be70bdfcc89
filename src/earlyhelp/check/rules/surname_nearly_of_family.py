"""EH-275: a surname one or two letters from that of the rest of the family.

Two letters are allowed from six letters on. The spelling that fewer of the family bear is named, both where as many do.
Signs above letters make no other spelling, nor do the forms that women and men of one family bear (Olszewska and Olszewski,
Ivanova and Ivanov).
"""

from earlyhelp.check.rule import rule
from earlyhelp.standard import person


@rule("EH-275", about=[person.surname], severity="warning")
def surname_nearly_of_family() -> str:
    """The surname is one or two letters from that of others in the family. Ask how it is spelt, and enter the family's way."""
    return """
        WITH named AS (
            SELECT row_id, family_id, person_id, regexp_replace(
                regexp_replace(strip_accents(lower(trim(surname))), '(sk|ck)[ay]$', '\\1i'), '(ov|ev|in)a$', '\\1'
            ) AS surname FROM person WHERE family_id IS NOT NULL AND trim(surname) <> ''
        ), spelt AS (
            SELECT family_id, surname, count(DISTINCT person_id) AS bearers FROM named GROUP BY ALL
        ), doubtful AS (
            SELECT one.family_id, one.surname FROM spelt AS one JOIN spelt AS other
            ON other.family_id = one.family_id AND other.surname <> one.surname AND other.bearers >= one.bearers
            WHERE damerau_levenshtein(one.surname, other.surname) <= CASE WHEN length(one.surname) > 5 THEN 2 ELSE 1 END
        )
        SELECT row_id, NULL AS team FROM named SEMI JOIN doubtful USING (family_id, surname)
    """


surname_nearly_of_family.passes(
    person=[
        {"person_key": "k1", "person_id": "A", "family_id": "F", "surname": "Kumar"},
        {"person_key": "k2", "person_id": "B", "family_id": "F", "surname": "KUMAR"},
        {"person_key": "k3", "person_id": "C", "family_id": "F", "surname": "Patel"},
        {"person_key": "k4", "person_id": "D", "family_id": "G", "surname": "Kuamr"},
        {"person_key": "k5", "person_id": "E", "family_id": "F", "surname": None},
        {"person_key": "k6", "person_id": "I", "family_id": "H", "surname": "Zielińska"},
        {"person_key": "k7", "person_id": "J", "family_id": "H", "surname": "Zielinski"},
        {"person_key": "k8", "person_id": "K", "family_id": "J", "surname": "Ivanova"},
        {"person_key": "k9", "person_id": "L", "family_id": "J", "surname": "Ivanov"},
    ]
)
surname_nearly_of_family.fails(
    person=[
        {"person_key": "k1", "person_id": "A", "family_id": "F", "surname": "Kumar"},
        {"person_key": "k2", "person_id": "B", "family_id": "F", "surname": "Kumar"},
        {"person_key": "k3", "person_id": "C", "family_id": "F", "surname": "Kuamr"},
    ]
)
