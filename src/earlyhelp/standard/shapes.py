"""Shapes that a column's text always has."""

from __future__ import annotations

from earlyhelp.standard.codelists import LSOA_PATTERN
from earlyhelp.standard.constraints import Matches

postcode_shape = Matches(
    r"[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}",
    "A postcode in capitals with one space",
    good="AB1 2CD",
    bad="ab12cd",
)
lsoa_shape = Matches(LSOA_PATTERN, "E01 and six digits", good="E01000001", bad="W01000001")
year_shape = Matches(r"(?:19|20)[0-9]{2}-[0-9]{2}", "Two years that follow each other", good="2024-25", bad="2024/25")
school_urn_shape = Matches(r"\d{6}", "Six digits", good="100001", bad="10001")
uprn_shape = Matches(r"\d{1,12}", "One to twelve digits", good="100012345678", bad="UPRN1")
sha256_shape = Matches(r"[0-9a-f]{64}", "Sixty-four hexadecimal digits", good="0" * 64, bad="0" * 63)
