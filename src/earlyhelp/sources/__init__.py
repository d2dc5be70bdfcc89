"""The supplier systems and returns that can be read: one module each, nothing but what differs from the standard."""

from earlyhelp.sources import annex_a, cin_census, ssd, ssda903, standard_layout
from earlyhelp.sources.layout import (
    Among,
    Cell,
    Fill,
    Fixed,
    Heading,
    MadeKey,
    Part,
    PersonOf,
    Read,
    Shaped,
    Source,
    Wording,
    heading_of,
)

SOURCES: dict[str, Source] = {
    source.name: source
    for source in (
        annex_a.annex_a,
        cin_census.cin_census,
        ssda903.ssda903,
        ssd.ssd,
        standard_layout.standard_layout,
    )
}

__all__ = [
    "SOURCES",
    "Among",
    "Cell",
    "Fill",
    "Fixed",
    "Heading",
    "MadeKey",
    "Part",
    "PersonOf",
    "Read",
    "Shaped",
    "Source",
    "Wording",
    "heading_of",
]
