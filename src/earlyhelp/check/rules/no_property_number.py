"""EH-295: an address without a property number, in a system that has them."""

from earlyhelp.check.home_addresses import address_without
from earlyhelp.check.rule import rule
from earlyhelp.standard import person


@rule("EH-295", about=[person.uprn], severity="warning")
def no_property_number() -> str:
    """The address has no property number, unlike nearly all others of this system. Choose the address from the gazetteer."""
    return address_without(person.uprn)


_OTHERS: list[dict[str, str | None]] = [
    {"person_key": f"k{n}", "address_line": f"{n} Elm Row", "uprn": "100", "source_system": "ssd"} for n in range(9)
]
_ONE: dict[str, str | None] = {"person_key": "k", "address_line": "9 Ash Row", "uprn": None}
no_property_number.passes(
    person=[*_OTHERS, {**_ONE, "source_system": "police"}, {**_ONE, "address_line": None, "source_system": "ssd"}]
)
no_property_number.fails(person=[*_OTHERS, {**_ONE, "source_system": "ssd"}])
