"""EH-265: an address typed all in capitals or without any."""

from earlyhelp.check.rule import rule
from earlyhelp.check.spelling import in_one_case
from earlyhelp.standard import person


@rule("EH-265", about=[person.address_line], severity="warning")
def address_in_one_case() -> str:
    """The address is typed all in capitals or without any, unlike others in this system. Type it as it is written."""
    return in_one_case(person.address_line, only="regexp_matches(address_line, '[A-Za-z]{3}')")


address_in_one_case.passes(
    person=[
        {"person_key": "k1", "person_id": "A", "address_line": "1 Elm Row", "source_system": "ssd"},
        {"person_key": "k2", "person_id": "B", "address_line": "22", "source_system": "ssd"},
        {"person_key": "k3", "person_id": "C", "address_line": "3 ELM ROW", "source_system": "housing"},
    ]
)
address_in_one_case.fails(
    person=[
        {"person_key": "k1", "person_id": "A", "address_line": "1 Elm Row", "source_system": "ssd"},
        {"person_key": "k2", "person_id": "B", "address_line": "2 Elm Row", "source_system": "ssd"},
        {"person_key": "k3", "person_id": "C", "address_line": "3 ELM ROW", "source_system": "ssd"},
    ]
)
