"""The bands in which ages are told, everywhere."""

from __future__ import annotations

COMING_OF_AGE = 18
"""Years from which nobody is a child, where no source says who is."""

AGE_BANDS = (
    ("under 1", 0, 0),
    ("1-4", 1, 4),
    ("5-9", 5, 9),
    ("10-15", 10, 15),
    ("16-17", 16, 17),
    ("18 and over", 18, 999),
)
"""Each band with the first and the last year of age in it.

Source: DfE Children in Need tables (under 1, 1 to 4, 5 to 9, 10 to 15, 16 and over), the last one parted at 18.
"""


def age_band_cases(age: str) -> str:
    """The last branches of an SQL CASE that tells the band of SQL `age`, in whole years."""
    *young, (oldest, _, _) = AGE_BANDS
    return " ".join(f"WHEN {age} < {last + 1} THEN '{band}'" for band, _, last in young) + f" ELSE '{oldest}'"
