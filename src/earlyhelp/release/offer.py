"""The offer map as it may be shown: services are no secret, the families behind a recorded need are counted through the door."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from earlyhelp.check.offer import UNSAID, Offer, Service, cells_of
from earlyhelp.check.offer_gaps import gaps, not_recorded, overlaps, values_of
from earlyhelp.release.counts import publish_counts
from earlyhelp.release.policy import Policy
from earlyhelp.release.publish import Status
from earlyhelp.standard import codelists

Families = Mapping[str, tuple[int, int]]
"""By need: families that recorded it in the year, and those whose record of it has no day."""


CHILDREN = 10_000
"""What is offered is told for each so many children."""


def publish_offer(offer: Offer, families: Families | None, children: float | None, policy: Policy) -> dict[str, Any]:
    """What a council offers, its gaps and overlaps, as it may be shown.

    `needs`: for each need its services, providers and, where `children` is known, services for each 10,000 of them; and
    the families that recorded it (`families`, None where nobody records needs), hidden where they are few. `unmet`: the
    needs that some family recorded and nobody offers anything for. `dimensions`: what can stand in each.
    """
    needs = publish_counts(
        [_need(offer, code, families, children) for code in (*codelists.needs.codes, *UNSAID)],
        policy,
        counts=("families", "families_without_a_day"),
        resting_on={},
    )
    return {
        "children": children,
        "needs": needs,
        "offer": cells_of(offer.services),
        "gaps": gaps(offer),
        "unmet": [each for each in needs if each["need"] not in UNSAID and not each["services"] and _is_recorded(each)],
        "overlaps": overlaps(offer),
        "not_recorded": not_recorded(offer.services),
        "services": [_service(each) for each in offer.services],
        "not_running": offer.not_running,
        "dimensions": {name: list(values) for name, values in offer.values.items()},
    }


def _need(offer: Offer, code: str, families: Families | None, children: float | None) -> dict[str, Any]:
    own = [each for each in offer.services if code in each.needs]
    year, undated = families.get(code, (None, None)) if families else (None, None)
    return {
        "need": code,
        "need_label": codelists.needs.label(code),
        "services": len(own),
        "providers": len({each.provider for each in own if each.provider}),
        "per_10000": len(own) / children * CHILDREN if children else None,
        "families": year,
        "families_without_a_day": undated,
    }


def _is_recorded(need: Mapping[str, Any]) -> bool:
    """True where some family recorded the need, however few; what is hidden is not nobody."""
    return need["status"] == Status.SUPPRESSED or bool(need["families"] or need["families_without_a_day"])


def _service(service: Service) -> dict[str, Any]:
    lowest, highest = service.ages or (None, None)
    told = {name: list(values) for name, values in values_of(service).items()}
    return {
        "service_id": service.service_id,
        "name": service.name,
        "provider": service.provider,
        "minimum_age": lowest,
        "maximum_age": highest,
        "needs": told["need"],
        "age_bands": told["age_band"],
        "level": service.level,
        "areas": told["area"],
    }


def side_by_side(councils: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The councils' offers for each need beside each other: services, and for each 10,000 children where that is known."""
    rows = zip(*(each["needs"] for each in councils), strict=True)
    return [
        {
            "need": row[0]["need"],
            "need_label": row[0]["need_label"],
            "councils": [
                {"council": council["council"], "services": need["services"], "per_10000": need["per_10000"]}
                for council, need in zip(councils, row, strict=True)
            ],
        }
        for row in rows
    ]
