"""Public statistics and boundaries: packs with their provenance, read whole, checked, and never silently repaired.

A file becomes a publication by its headings (`catalogue`), its figures become one long table (`loading`), a pack is read and
checked (`checking`), copied into a workspace (`adding`), and asked by later stages (`reading`). No personal data is involved.
"""

from __future__ import annotations

from earlyhelp.reference.adding import add_pack, packs_of
from earlyhelp.reference.catalogue import PUBLICATIONS
from earlyhelp.reference.checking import CHECKS, check_pack
from earlyhelp.reference.pack import open_pack
from earlyhelp.reference.reading import authorities, boundaries, figures, neighbours, small_areas

__all__ = [
    "CHECKS",
    "PUBLICATIONS",
    "add_pack",
    "authorities",
    "boundaries",
    "check_pack",
    "figures",
    "neighbours",
    "open_pack",
    "packs_of",
    "small_areas",
]
