"""Regions and the country by every name and number that publishers give them, and codes that were replaced."""

from __future__ import annotations

from dataclasses import dataclass

COUNTRY, REGION, AUTHORITY, DISTRICT, WARD, SMALL_AREA = "country", "region", "authority", "district", "ward", "lsoa"
AUTHORITY_NUMBER = "authority_number"
"""An authority known only by the education department's three digits: the pack has no list that gives its code."""

AREA_TYPES = (COUNTRY, REGION, AUTHORITY, AUTHORITY_NUMBER, DISTRICT, WARD, SMALL_AREA)


@dataclass(frozen=True)
class Region:
    """The country or a region: its code, the education department's number, and names it goes by."""

    code: str
    number: str
    names: tuple[str, ...]
    part_of_sum: bool = True


REGIONS = (
    Region("E92000001", "970", ("England",), part_of_sum=False),
    Region("E12000001", "980", ("North East",)),
    Region("E12000002", "981", ("North West",)),
    Region("E12000003", "982", ("Yorkshire and The Humber", "Yorkshire and the Humber")),
    Region("E12000004", "983", ("East Midlands",)),
    Region("E12000005", "984", ("West Midlands",)),
    Region("E12000006", "985", ("East of England",)),
    Region("E12000007", "986", ("London",)),
    Region("E13000001", "987", ("Inner London", "London (Inner)"), part_of_sum=False),
    Region("E13000002", "988", ("Outer London", "London (Outer)"), part_of_sum=False),
    Region("E12000008", "989", ("South East",)),
    Region("E12000009", "990", ("South West",)),
)
"""Nine regions make the country; the two halves of London lie within London and are never added to it."""

REPLACED = {"E08000038": "E08000016", "E08000039": "E08000019"}
"""Newer code of an authority, and the code that earlier releases print: Barnsley and Sheffield, both changed in 2025."""


def region_code_sql(name: str) -> str:
    """SQL for the code of the region that is named."""
    cases = " ".join(f"WHEN '{each}' THEN '{region.code}'" for region in REGIONS for each in region.names)
    return f"CASE {name} {cases} END"
