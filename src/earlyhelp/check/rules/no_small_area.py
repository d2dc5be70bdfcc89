"""EH-296: an address without a small area, in a system that has them."""

from earlyhelp.check.home_addresses import address_without
from earlyhelp.check.rule import rule
from earlyhelp.standard import person


@rule("EH-296", about=[person.lsoa], severity="warning")
def no_small_area() -> str:
    """The address has no small area, unlike nearly all others of this system, and is in no figure by area. Look it up."""
    return address_without(person.lsoa)


_OTHERS: list[dict[str, str | None]] = [
    {"person_key": f"k{n}", "address_line": f"{n} Elm Row", "lsoa": "E01000001", "source_system": "ssd"}
    for n in range(9)
]
_ONE: dict[str, str | None] = {"person_key": "k", "address_line": "9 Ash Row", "lsoa": None}
no_small_area.passes(
    person=[*_OTHERS, {**_ONE, "source_system": "police"}, {**_ONE, "address_line": None, "source_system": "ssd"}]
)
no_small_area.fails(person=[*_OTHERS, {**_ONE, "source_system": "ssd"}])
