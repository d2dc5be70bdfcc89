"""EH-306: a former surname typed all in capitals or without any."""

from earlyhelp.check.rule import rule
from earlyhelp.check.spelling import in_one_case
from earlyhelp.standard import person


@rule("EH-306", about=[person.former_surname], severity="warning")
def former_surname_in_one_case() -> str:
    """The former surname is typed all in capitals or without any, unlike others in this system. Type it as it is written."""
    return in_one_case(person.former_surname)


former_surname_in_one_case.passes(
    person=[
        {"person_key": "k1", "person_id": "A", "former_surname": "Elm", "source_system": "ssd"},
        {"person_key": "k2", "person_id": "B", "former_surname": "McKay", "source_system": "ssd"},
        {"person_key": "k3", "person_id": "C", "former_surname": "ASH", "source_system": "housing"},
    ]
)
former_surname_in_one_case.fails(
    person=[
        {"person_key": "k1", "person_id": "A", "former_surname": "Elm", "source_system": "ssd"},
        {"person_key": "k2", "person_id": "B", "former_surname": "Lind", "source_system": "ssd"},
        {"person_key": "k3", "person_id": "C", "former_surname": "ash", "source_system": "ssd"},
    ]
)
