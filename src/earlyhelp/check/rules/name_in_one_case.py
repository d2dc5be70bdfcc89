"""EH-264: a name typed all in capitals or without any."""

from earlyhelp.check.rule import rule
from earlyhelp.standard import person


@rule("EH-264", about=[person.surname, person.forename], severity="warning")
def name_in_one_case() -> str:
    """The forename or surname is typed all in capitals or without any, unlike others in this system. Type it as it is written."""
    return """
        SELECT row_id, NULL AS team FROM person JOIN (
            SELECT source_system, avg(CAST(surname IN (upper(surname), lower(surname)) AS INTEGER)) AS share
            FROM person WHERE length(surname) > 2 GROUP BY source_system
        ) AS usual USING (source_system)
        WHERE usual.share < 0.5 AND ((length(surname) > 2 AND surname IN (upper(surname), lower(surname)))
            OR (length(forename) > 2 AND forename IN (upper(forename), lower(forename))))
    """


name_in_one_case.passes(
    person=[
        {"person_key": "k1", "person_id": "A", "forename": "Ann", "surname": "Li", "source_system": "ssd"},
        {"person_key": "k2", "person_id": "B", "forename": "Ben", "surname": "McKay", "source_system": "ssd"},
        {"person_key": "k3", "person_id": "C", "forename": "CAT", "surname": "ELM", "source_system": "housing"},
    ]
)
name_in_one_case.fails(
    person=[
        {"person_key": "k1", "person_id": "A", "forename": "Ann", "surname": "Lind", "source_system": "ssd"},
        {"person_key": "k2", "person_id": "B", "forename": "Ben", "surname": "Kay", "source_system": "ssd"},
        {"person_key": "k3", "person_id": "C", "forename": "Cat", "surname": "elm", "source_system": "ssd"},
    ]
)
