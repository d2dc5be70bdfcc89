"""EH-273: a language written in two cases."""

from earlyhelp.check.rule import rule
from earlyhelp.standard import person


@rule("EH-273", about=[person.first_language], severity="warning")
def language_in_one_case() -> str:
    """The language is typed all in capitals or without any, and would be counted apart. Choose it from the list."""
    return """
        SELECT row_id, NULL AS team FROM person JOIN (
            SELECT lower(first_language) AS spelling, mode(first_language) AS usual FROM person
            WHERE first_language IS NOT NULL GROUP BY spelling
        ) ON lower(first_language) = spelling
        WHERE first_language <> usual AND first_language IN (upper(first_language), lower(first_language))
    """


language_in_one_case.passes(
    person=[
        {"person_key": "k1", "person_id": "A", "first_language": "English"},
        {"person_key": "k2", "person_id": "B", "first_language": "POLISH"},
    ]
)
language_in_one_case.fails(
    person=[
        {"person_key": "k1", "person_id": "A", "first_language": "English"},
        {"person_key": "k2", "person_id": "B", "first_language": "English"},
        {"person_key": "k3", "person_id": "C", "first_language": "ENGLISH"},
    ]
)
