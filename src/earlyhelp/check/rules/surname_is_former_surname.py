"""EH-290: one surname as the one in use and as the former one.

Named is the record that has it as both, and with it every record of the person that gives the same surname.
"""

from earlyhelp.check.rule import rule
from earlyhelp.standard import person


@rule("EH-290", about=[person.surname, person.former_surname], severity="warning")
def surname_is_former_surname() -> str:
    """The surname is also entered as the person's former one. Ask which is in use now, and enter that one as the surname."""
    return """
        WITH doubtful AS (
            SELECT DISTINCT person_id, lower(trim(surname)) AS surname FROM person
            WHERE lower(trim(surname)) = lower(trim(former_surname))
        )
        SELECT row_id, NULL AS team FROM person SEMI JOIN doubtful
        ON doubtful.person_id = person.person_id AND doubtful.surname = lower(trim(person.surname))
    """


surname_is_former_surname.passes(
    person=[
        {"person_key": "k1", "person_id": "A", "surname": "Elm", "former_surname": "Ash"},
        {"person_key": "k2", "person_id": "B", "surname": "Elm", "former_surname": None},
        {"person_key": "k3", "person_id": "A", "surname": "Ash", "former_surname": None},
    ]
)
surname_is_former_surname.fails(
    person=[
        {"person_key": "k1", "person_id": "A", "surname": "Elm", "former_surname": "ELM"},
    ]
)
