"""Places: open lists known by the shape of their codes."""

from __future__ import annotations

from earlyhelp.standard.types import CodeList

LSOA_PATTERN = r"E01\d{6}"

lsoa = CodeList(
    "lsoa",
    "Lower layer super output area in England",
    (),
    source="Office for National Statistics, lower layer super output areas: E01 and six digits",
    pattern=LSOA_PATTERN,
)
