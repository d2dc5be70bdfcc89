"""EH-318: the area of a service in two spellings."""

from earlyhelp.check.rule import rule
from earlyhelp.check.spelling import in_other_capitals
from earlyhelp.standard import service


@rule("EH-318", about=[service.area], severity="warning")
def service_area_spelt_otherwise() -> str:
    """The area is written in other capitals than usual, so that the service would seem to serve another. Write it as usual."""
    return in_other_capitals(service.area)


service_area_spelt_otherwise.passes(
    service=[
        {"service_id": "1", "area": "Whole council"},
        {"service_id": "2", "area": "North"},
    ]
)
service_area_spelt_otherwise.fails(
    service=[
        {"service_id": "1", "area": "Whole council"},
        {"service_id": "2", "area": "Whole council"},
        {"service_id": "3", "area": "whole council"},
    ]
)
