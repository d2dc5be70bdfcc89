"""EH-295: an address without a property number, in a system that has them."""

from earlyhelp.check.rule import rule
from earlyhelp.standard import person


@rule("EH-295", about=[person.uprn], severity="warning")
def no_property_number() -> str:
    """The address has no property number, unlike nearly all others of this system. Choose the address from the gazetteer."""
    return """
        SELECT row_id, NULL AS team FROM person SEMI JOIN (
            SELECT source_system FROM person WHERE address_line IS NOT NULL AND is_duplicate_of IS NULL
            GROUP BY ALL HAVING count(uprn) >= 0.9 * count(*)
        ) USING (source_system) WHERE address_line IS NOT NULL AND uprn IS NULL AND is_duplicate_of IS NULL
    """


_OTHERS: list[dict[str, str | None]] = [
    {"person_key": f"k{n}", "address_line": f"{n} Elm Row", "uprn": "100", "source_system": "ssd"} for n in range(9)
]
_ONE: dict[str, str | None] = {"person_key": "k", "address_line": "9 Ash Row", "uprn": None}
no_property_number.passes(
    person=[*_OTHERS, {**_ONE, "source_system": "police"}, {**_ONE, "address_line": None, "source_system": "ssd"}]
)
no_property_number.fails(person=[*_OTHERS, {**_ONE, "source_system": "ssd"}])
