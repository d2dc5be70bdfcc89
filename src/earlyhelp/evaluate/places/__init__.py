"""Where domestic abuse is worst: notifications and what else tells of it, by ward and small area, and never by household."""

from earlyhelp.evaluate.places.answer import Places, where_worst
from earlyhelp.evaluate.places.hidden import LIKELY, Hidden, hidden
from earlyhelp.evaluate.places.incidents import HEALTH, NOTIFICATIONS, OTHER_ROUTES, Route
from earlyhelp.evaluate.places.levels import COUNCIL, SMALL_AREA, WARD, Level, Window
from earlyhelp.evaluate.places.rates import PER, WORST_WARDS, Rates, rates, worst_of
from earlyhelp.evaluate.places.repeat import Repeats

__all__ = [
    "COUNCIL",
    "HEALTH",
    "LIKELY",
    "NOTIFICATIONS",
    "OTHER_ROUTES",
    "PER",
    "SMALL_AREA",
    "WARD",
    "WORST_WARDS",
    "Hidden",
    "Level",
    "Places",
    "Rates",
    "Repeats",
    "Route",
    "Window",
    "hidden",
    "rates",
    "where_worst",
    "worst_of",
]
