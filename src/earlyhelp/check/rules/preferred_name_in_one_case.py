"""EH-307: a preferred name typed all in capitals or without any."""

from earlyhelp.check.rule import rule
from earlyhelp.check.spelling import in_one_case
from earlyhelp.standard import person


@rule("EH-307", about=[person.preferred_name], severity="warning")
def preferred_name_in_one_case() -> str:
    """The preferred name is typed all in capitals or without any, unlike others in this system. Type it as it is written."""
    return in_one_case(person.preferred_name)


preferred_name_in_one_case.passes(
    person=[
        {"person_key": "k1", "person_id": "A", "preferred_name": "Elm", "source_system": "ssd"},
        {"person_key": "k2", "person_id": "B", "preferred_name": "McKay", "source_system": "ssd"},
        {"person_key": "k3", "person_id": "C", "preferred_name": "ASH", "source_system": "housing"},
    ]
)
preferred_name_in_one_case.fails(
    person=[
        {"person_key": "k1", "person_id": "A", "preferred_name": "Elm", "source_system": "ssd"},
        {"person_key": "k2", "person_id": "B", "preferred_name": "Lind", "source_system": "ssd"},
        {"person_key": "k3", "person_id": "C", "preferred_name": "ash", "source_system": "ssd"},
    ]
)
