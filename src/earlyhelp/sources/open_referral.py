"""A directory of services in the UK profile of Open Referral (3.0): feed pages as JSON, and services.csv.

Every service is held against the profile before it is taken: what the profile's validator refuses (a required field that is
missing, a value of another type, no real date, a status that the list does not have) is set aside with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from earlyhelp.sources.layout import Fill, Heading, Part, Read, Source
from earlyhelp.standard import service

STATUSES = ("active", "inactive", "defunct", "temporarily closed")
_STATUS_BY_CODE = {status.replace(" ", "_"): status for status in STATUSES}
SERVICES = "services"
_ID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_ADDRESS_OF_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_WEB_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s]+")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(\.\d+)?(Z|[+-]\d\d:?\d\d)?")
_NUMBER = re.compile(r"-?\d{1,9}(\.\d{1,9})?")


def _is_date(text: str) -> bool:
    try:
        return len(text) == 10 and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _is_moment(text: str) -> bool:
    try:
        return bool(_MOMENT.fullmatch(text)) and bool(datetime.fromisoformat(text[:16]))
    except ValueError:
        return False


@dataclass(frozen=True)
class Field:
    """One field of the profile. `form`: what its text must be like; `expected`: that in words. `number`: no text at all."""

    name: str
    required: bool = False
    expected: str = "a text"
    form: Callable[[str], object] = bool
    number: bool = False

    def fault(self, value: Any, *, as_text: bool) -> str:
        """What is wrong with a value of JSON, or with the text of a cell (`as_text`); empty for a sound one."""
        if value is None or value == "":
            return f"{self.name} is missing" if self.required else ""
        if self.number and not as_text:
            sound = isinstance(value, int | float) and not isinstance(value, bool)
        else:
            sound = isinstance(value, str) and bool(self.form(value))
        return "" if sound else f"{self.name} is not {self.expected}"


def _id(name: str, *, required: bool = False) -> Field:
    return Field(name, required, "a UUID", _ID.fullmatch)


def _email(name: str) -> Field:
    return Field(name, False, "an address of email", _ADDRESS_OF_EMAIL.fullmatch)


def _web(name: str) -> Field:
    return Field(name, False, "a web address", _WEB_ADDRESS.fullmatch)


def _age(name: str) -> Field:
    return Field(name, False, "a number", _NUMBER.fullmatch, number=True)


SERVICE = (
    _id("id", required=True),
    _id("organization_id"),
    Field("name", required=True),
    Field("description"),
    _web("url"),
    _email("email"),
    Field("status", True, f"one of {', '.join(STATUSES)}", STATUSES.__contains__),
    Field("fees"),
    Field("accreditations"),
    _age("minimum_age"),
    _age("maximum_age"),
    Field("assured_date", False, "a date such as 2025-01-31", _is_date),
    _email("assurer_email"),
    Field("alert"),
    Field("last_modified", False, "a date and time such as 2025-01-31T10:30:00Z", _is_moment),
)
ORGANIZATION = (
    _id("id", required=True),
    Field("name", required=True),
    Field("description", required=True),
    _email("email"),
    _web("website"),
    Field("logo"),
    _web("uri"),
    _id("parent_organization_id"),
)
"""The fields of a service and of the organisation in it, as the profile's schema has them (uk-profile, service_list)."""


def faults(told: Mapping[str, Any], *, as_text: bool = False) -> Iterator[str]:
    """What the profile's validator refuses in a service, each in a few words; of a service in JSON its organisation too."""
    yield from (fault for field in SERVICE if (fault := field.fault(told.get(field.name), as_text=as_text)))
    inner = told.get("organization")
    if as_text or inner is None:
        return
    if not isinstance(inner, Mapping):
        yield "organization is not an object"
        return
    named = ((field, field.fault(inner.get(field.name), as_text=False)) for field in ORGANIZATION)
    yield from (f"organization {fault}" for _, fault in named if fault)


def refused(texts: Mapping[str, str]) -> str:
    """Why a row of services.csv does not keep to the profile; empty where it does."""
    return "; ".join(faults(texts, as_text=True))


def _status_code(text: str) -> str:
    """The standard's code for a status of the profile."""
    return "_".join(text.casefold().split())


_services = Part(
    SERVICES,
    (
        *(Heading(field.name) for field in SERVICE),
        *(Heading(name) for name in ("organization", "taxonomy_terms", "funding", "service_areas", "cost_options")),
    ),
    (
        Fill(
            service,
            {
                service.service_id: "id",
                service.name: "name",
                service.organisation: "organization",
                service.service_type: "taxonomy_terms",
                service.commissioner: "funding",
                service.open_referral_id: "id",
                service.minimum_age: "minimum_age",
                service.maximum_age: "maximum_age",
                service.area: "service_areas",
                # A directory has no field for the need: its terms are read as needs, those that say none are for the map.
                service.need_codes: "taxonomy_terms",
                service.status: Read("status", _status_code, written=_STATUS_BY_CODE),
            },
        ),
    ),
    needed=("id", "name", "status"),
    name=".*services?",
    note="services.csv names no organisation, only its id: load the feed page to have it.",
    refused=refused,
)

open_referral = Source(
    name="open_referral",
    title="Service directory in Open Referral UK 3.0 (feed pages, services.csv)",
    publisher="Open Referral UK",
    status="published layout",
    formats=("json", "csv"),
    parts=(_services,),
    left_out={
        "(accessibility|addresses|attributes?|contacts|costoptions?|languages?|locations?|organizations?|phones?|schedules?"
        "|serviceareas?|serviceatlocations?|taxonomies|taxonomyterms?|funding|metadata|organizationidentifiers?)": (
            "the standard holds the services of a directory: load its feed page, in which this stands with each service"
        ),
    },
)
