"""EH-271: one person, two forenames or surnames.

The dotted capital I is another letter: lowering it would make it a plain one.
"""

from earlyhelp.check.rule import rule
from earlyhelp.standard import person


@rule("EH-271", about=[person.surname, person.forename], severity="warning")
def two_names() -> str:
    """Two records of the same person give different names. Keep the one in use, and the other as the former or other name."""
    return """
        SELECT row_id, NULL AS team FROM person SEMI JOIN (
            SELECT person_id FROM person GROUP BY person_id
            HAVING count(DISTINCT lower(replace(surname, 'İ', 'i̇'))) > 1
            OR count(DISTINCT lower(replace(forename, 'İ', 'i̇'))) > 1
        ) USING (person_id) WHERE surname IS NOT NULL OR forename IS NOT NULL
    """


two_names.passes(
    person=[
        {"person_key": "k1", "person_id": "A", "forename": "Ann", "surname": "Elm"},
        {"person_key": "k2", "person_id": "A", "forename": "ANN", "surname": None},
    ]
)
two_names.fails(
    person=[
        {"person_key": "k1", "person_id": "A", "forename": "Ann", "surname": "Elm"},
        {"person_key": "k2", "person_id": "A", "forename": "Anne", "surname": "Elm"},
    ]
)
two_names.fails(
    person=[
        {"person_key": "k1", "person_id": "A", "forename": "Elif", "surname": "İbrahim"},
        {"person_key": "k2", "person_id": "A", "forename": "Elif", "surname": "Ibrahim"},
    ]
)
