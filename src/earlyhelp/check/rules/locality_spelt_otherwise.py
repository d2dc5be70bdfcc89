"""EH-315: a small area's locality in two spellings."""

from earlyhelp.check.rule import rule
from earlyhelp.check.spelling import in_other_capitals
from earlyhelp.standard import place


@rule("EH-315", about=[place.locality], severity="warning")
def locality_spelt_otherwise() -> str:
    """The locality is written in other capitals than usual, so that its families would be counted apart. Write it as usual."""
    return in_other_capitals(place.locality)


locality_spelt_otherwise.passes(
    place=[
        {"lsoa": "E01000001", "locality": "South"},
        {"lsoa": "E01000002", "locality": "North"},
    ]
)
locality_spelt_otherwise.fails(
    place=[
        {"lsoa": "E01000001", "locality": "South"},
        {"lsoa": "E01000002", "locality": "South"},
        {"lsoa": "E01000003", "locality": "south"},
    ]
)
