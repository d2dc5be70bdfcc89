"""Who is not reached: families helped beside the need that public statistics tell of, by ward, by group and by school."""

from earlyhelp.evaluate.reach.answer import Reach, reach
from earlyhelp.evaluate.reach.beside import (
    BY_CHILDREN,
    BY_NEED,
    BY_OWN_PATTERN,
    FEWEST_EXPECTED,
    Beside,
    BesideNeed,
    Reached,
    Slope,
    beside_expected,
    beside_need,
    seen_from,
)
from earlyhelp.evaluate.reach.helped import Group, Groups
from earlyhelp.evaluate.reach.need import Need
from earlyhelp.evaluate.reach.public import PublicPicture, SpentEarly, public_picture
from earlyhelp.evaluate.reach.schools import FEWEST_REQUESTS, SilentSchools

__all__ = [
    "BY_CHILDREN",
    "BY_NEED",
    "BY_OWN_PATTERN",
    "FEWEST_EXPECTED",
    "FEWEST_REQUESTS",
    "Beside",
    "BesideNeed",
    "Group",
    "Groups",
    "Need",
    "PublicPicture",
    "Reach",
    "Reached",
    "SilentSchools",
    "Slope",
    "SpentEarly",
    "beside_expected",
    "beside_need",
    "public_picture",
    "reach",
    "seen_from",
]
