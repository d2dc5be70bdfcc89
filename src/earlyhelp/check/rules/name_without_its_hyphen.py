"""EH-292: a double name without its hyphen.

Named are names of two words, and of two words run together, which others bear with a hyphen (Joanne is not Jo-Anne), and
two names run together each of which others bear.
"""

from earlyhelp.check.rule import rule
from earlyhelp.standard import person


@rule("EH-292", about=[person.surname, person.forename], severity="warning")
def name_without_its_hyphen() -> str:
    """It seems to be a double name without its hyphen. Ask how the family writes it; with a space it may be right."""
    return r"""
        WITH borne AS (
            SELECT trim(surname) AS name FROM person UNION SELECT trim(forename) FROM person
        ), hyphened AS (
            SELECT lower(replace(name, '-', '')) AS bare FROM borne WHERE contains(name, '-')
        ), unhyphened AS (
            SELECT name FROM borne SEMI JOIN hyphened ON bare = lower(replace(name, ' ', ''))
            WHERE NOT contains(name, '-') AND (contains(name, ' ') OR regexp_matches(name, '\p{Ll}\p{Lu}'))
        ), together AS (
            SELECT name, regexp_extract(name, '^(\p{Lu}\p{Ll}{2,})(\p{Lu}\p{Ll}{2,})$', ['one', 'other']) AS parts
            FROM borne WHERE regexp_matches(name, '\p{Ll}\p{Lu}') AND NOT regexp_matches(name, '^(Mac|Fitz)\p{Lu}')
        ), doubtful AS (
            FROM unhyphened UNION
            SELECT name FROM together WHERE parts.one IN (FROM borne) AND parts.other IN (FROM borne)
        )
        SELECT row_id, NULL AS team FROM person
        WHERE trim(surname) IN (FROM doubtful) OR trim(forename) IN (FROM doubtful)
    """


name_without_its_hyphen.passes(
    person=[
        {"person_key": "k1", "person_id": "A", "forename": "Jo-Anne", "surname": "Lee-Ash"},
        {"person_key": "k2", "person_id": "B", "forename": "Joanne", "surname": "Lee-ash"},
        {"person_key": "k3", "person_id": "C", "forename": "Mary Lou", "surname": "McKay"},
        {"person_key": "k4", "person_id": "D", "forename": None, "surname": None},
    ]
)
name_without_its_hyphen.fails(
    person=[
        {"person_key": "k1", "person_id": "A", "forename": "Ann", "surname": "Lee-Ash"},
        {"person_key": "k2", "person_id": "B", "forename": "Ben", "surname": "Lee Ash"},
    ]
)
name_without_its_hyphen.fails(
    person=[
        {"person_key": "k1", "person_id": "A", "forename": "Ann", "surname": "Lee-Ash"},
        {"person_key": "k2", "person_id": "B", "forename": "Ben", "surname": "LeeAsh"},
    ]
)
name_without_its_hyphen.passes(
    person=[
        {"person_key": "k1", "person_id": "A", "forename": "Mac", "surname": "Donald"},
        {"person_key": "k2", "person_id": "B", "forename": "Ben", "surname": "MacDonald"},
        {"person_key": "k3", "person_id": "C", "forename": "Cat", "surname": "DonaldRowan"},
    ]
)
name_without_its_hyphen.fails(
    person=[
        {"person_key": "k1", "person_id": "A", "forename": "Ann", "surname": "Zając"},
        {"person_key": "k2", "person_id": "B", "forename": "Ben", "surname": "Brown"},
        {"person_key": "k3", "person_id": "C", "forename": "Cat", "surname": "ZającBrown"},
    ]
)
