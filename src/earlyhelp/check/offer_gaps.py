"""Where a council offers nothing, and where several providers offer the same to the same children in the same place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

from earlyhelp.check.offer import UNSAID, Offer, Service
from earlyhelp.standard import codelists

DIMENSIONS = ("need", "age_band", "level", "area")


def values_of(service: Service) -> dict[str, tuple[str, ...]]:
    """Where a service stands in each dimension."""
    return {"need": service.needs, "age_band": service.bands, "level": (service.level,), "area": service.areas}


def gaps(offer: Offer) -> list[dict[str, Any]]:
    """Every need, age band, level and area without a service; then each need without one in a band, a level or an area.

    A need that nobody serves at all is told once. `may_be_filled_by`: services that could fill the gap, for what their
    record does not say. The statutory level is no gap: it is not early help's to offer.
    """
    found = [gap for name in DIMENSIONS for gap in _alone(offer, name)]
    unserved = {gap["need"] for gap in found if gap["dimension"] == "need"}
    served = [need for need in codelists.needs.codes if need not in unserved]
    return found + [gap for need in served for name in DIMENSIONS[1:] for gap in _of_need(offer, need, name)]


def _wanted(offer: Offer, dimension: str) -> Iterator[str]:
    return (value for value in offer.values[dimension] if value != "statutory")


def _alone(offer: Offer, dimension: str) -> Iterator[dict[str, Any]]:
    told = [values_of(each)[dimension] for each in offer.services]
    for value in _wanted(offer, dimension):
        if not any(value in values for values in told):
            unsaid = sum(1 for values in told if _is_unsaid(values))
            yield _gap(dimension, **{dimension: value}, may_be_filled_by=unsaid)


def _of_need(offer: Offer, need: str, dimension: str) -> Iterator[dict[str, Any]]:
    told = [(each.needs, values_of(each)[dimension]) for each in offer.services]
    elsewhere = {value for _, values in told for value in values}
    for value in _wanted(offer, dimension):
        if value in elsewhere and not any(need in needs and value in values for needs, values in told):
            maybe = sum(1 for needs, values in told if _may_be(needs, need) and _may_be(values, value))
            yield _gap(f"need and {dimension}", need=need, **{dimension: value}, may_be_filled_by=maybe)


def _is_unsaid(values: Sequence[str]) -> bool:
    return bool(set(values) & set(UNSAID))


def _may_be(values: Sequence[str], value: str) -> bool:
    return value in values or _is_unsaid(values)


def _gap(dimension: str, *, may_be_filled_by: int, **values: Any) -> dict[str, Any]:
    told = {name: values.get(name) for name in DIMENSIONS}
    label = codelists.needs.label(told["need"]) if told["need"] else None
    return {"dimension": dimension, **told, "need_label": label, "may_be_filled_by": may_be_filled_by}


def overlaps(offer: Offer) -> list[dict[str, Any]]:
    """Every two services of different providers for a need in common, at one level, with ages and an area in common.

    `sure` is False where the record of one of them does not say who provides it, at which level, for which ages or where:
    what both say agrees. Services whose need is not recorded are compared with none.
    """
    found = (_overlap(one, other) for one, other in combinations(offer.services, 2))
    return sorted((each for each in found if each), key=lambda each: not each["sure"])


def _overlap(one: Service, other: Service) -> dict[str, Any] | None:
    needs = [need for need in one.needs if need in other.needs and need not in UNSAID]
    if not needs or (one.provider and _same(one.provider, other.provider)):
        return None
    both = [(values_of(one)[name], values_of(other)[name]) for name in DIMENSIONS[1:]]
    unsaid = [_is_unsaid(first) or _is_unsaid(second) for first, second in both]
    shared = [[value for value in first if value in second] for first, second in both]
    ages = _ages_in_common(one, other)
    if any(not each and not open_ for each, open_ in zip(shared, unsaid, strict=True)) or ages == "":
        return None
    return {
        "needs": needs,
        "services": [one.name, other.name],
        "providers": [one.provider, other.provider],
        "ages": ages,
        "level": one.level if not unsaid[1] else None,
        "areas": shared[2] if not unsaid[2] else None,
        "sure": not any(unsaid) and bool(one.provider and other.provider),
    }


def _same(one: str, other: str | None) -> bool:
    return other is not None and one.strip().casefold() == other.strip().casefold()


def _ages_in_common(one: Service, other: Service) -> str | None:
    """The ages that both are for, in words; None where one does not say, empty where they share none."""
    if one.ages is None or other.ages is None:
        return None
    lowest = max(age or 0.0 for age in (one.ages[0], other.ages[0]))
    ends = [age for age in (one.ages[1], other.ages[1]) if age is not None]
    if not ends:
        return f"{lowest:g} and over"
    return f"{lowest:g} to {min(ends):g}" if lowest <= min(ends) else ""


def not_recorded(services: Sequence[Service]) -> dict[str, int]:
    """How many services do not say for whom, where or by whom they are offered, by what they do not say."""
    counts: Counter[str] = Counter()
    for each in services:
        counts.update(name for name, values in values_of(each).items() if _is_unsaid(values))
        counts.update(["provider"] if each.provider is None else [])
    return {name: counts[name] for name in (*DIMENSIONS, "provider")}
