"""Releases that are safe by themselves and leak beside an earlier one, in other kinds than `planted_tables`.

Two measures of the same records, two definitions, means, medians, a document beside a table, a table of two splits beside
both single ones, periods cut otherwise. Every pair is drawn from a seed; a harmless one is drawn in the same way, and what
it tells is of ten people or more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from tests.register_tables import MONTHS, PLACES, QUARTERS, WARDS, YEAR, of_measure, table

from earlyhelp.measures.periods import Period
from earlyhelp.release.register_audit import Earlier, RegisterAudit, audited
from earlyhelp.release.register_table import ReleasedTable

Left = tuple[ReleasedTable, ...]
TERMS = tuple(Period(MONTHS[first].start, MONTHS[last].end) for first, last in ((0, 4), (5, 8), (9, 11)))
"""April to August, September to December, January to March."""
BANDS = ("0-9", "10-17")


@dataclass(frozen=True)
class Planted:
    """What left before, what is to leave now, and the kind of the attack."""

    kind: str
    first: Left
    second: Left

    @property
    def each_alone(self) -> list[RegisterAudit]:
        """The audit of either by itself."""
        return [audited(each, [], PLACES) for each in (self.first, self.second)]

    @property
    def together(self) -> RegisterAudit:
        """The audit of the second beside the first."""
        return audited(self.second, [Earlier("R1", self.first)], PLACES)


def planted(kind: str, number: int, seed: int = 20261201, *, leaking: bool = True) -> Iterator[Planted]:
    """So many of a kind."""
    rng = np.random.default_rng(seed)
    for _ in range(number):
        few = int(rng.integers(1, 6)) if leaking else int(rng.integers(10, 40))
        yield Planted(kind, *KINDS[kind](rng, few))


def _many(rng: np.random.Generator) -> int:
    return int(12 + rng.poisson(12))


def _by_ward(rng: np.random.Generator, few: int) -> tuple[dict[str, int], str]:
    """A count for each ward, `few` for one of them."""
    quiet = str(rng.choice(WARDS))
    return {ward: few if ward == quiet else _many(rng) for ward in WARDS}, quiet


def _one_population(rng: np.random.Generator, few: int) -> tuple[Left, Left]:
    """Hand-offs by age with their median, and later their ninth decile, one boundary moved by a year with few in it."""
    edge = int(rng.integers(3, 14))
    young, old = _many(rng), _many(rng)
    bands = {f"0-{edge - 1}": young, f"{edge}-17": few + old}, {f"0-{edge}": young + few, f"{edge + 1}-17": old}
    made = [{(YEAR, (band,)): (count, count) for band, count in each.items()} for each in bands]
    return (
        (of_measure("B10", ("age_band",), made[0], value=30.0),),
        (of_measure("B10.ninth_decile", ("age_band",), made[1], value=90.0),),
    )


def _decisions(rng: np.random.Generator, few: int) -> tuple[Left, Left]:
    """The mix of decisions hides those sent back in one ward; the share of those without action counts both together."""
    returned, _ = _by_ward(rng, few)
    counts = {(code, ward): _many(rng) for code in ("advice", "eh_assessment", "universal") for ward in WARDS}
    counts |= {("nfa", ward): 60 + _many(rng) for ward in WARDS} | {
        ("returned", ward): n for ward, n in returned.items()
    }
    totals = {ward: sum(count for (_, own), count in counts.items() if own == ward) for ward in WARDS}
    mix = {(YEAR, codes): (count, totals[codes[1]]) for codes, count in counts.items()}
    nothing_done = {(YEAR, (ward,)): (counts["nfa", ward] + counts["returned", ward], totals[ward]) for ward in WARDS}
    first = of_measure("A3", ("decision_code", "ward_code"), mix)
    return (first,), (of_measure("A4", ("ward_code",), nothing_done),)


def _numerators(rng: np.random.Generator, few: int) -> tuple[Left, Left]:
    """A share of three quarters by ward, and later the rate of the year: what is above the line is the same."""
    fourth, _ = _by_ward(rng, few)
    told = {(span, (ward,)): _many(rng) for span in QUARTERS[:3] for ward in WARDS}
    share = {key: (count, count + _many(rng)) for key, count in told.items()}
    year = {ward: fourth[ward] + sum(told[span, (ward,)] for span in QUARTERS[:3]) for ward in WARDS}
    rate = {(YEAR, (ward,)): (count, 2000.0) for ward, count in year.items()}
    return (of_measure("A9", ("ward_code",), share),), (of_measure("A9.rate", ("ward_code",), rate),)


def _codes_of_a_share(rng: np.random.Generator, few: int) -> tuple[Left, Left]:
    """Requests by who asked hide the children who did in one ward; the share of families counts them with their parents."""
    children, _ = _by_ward(rng, few)
    counts = {(code, ward): _many(rng) for code in ("2A", "3A", "3B") for ward in WARDS}
    counts |= {("1A", ward): 60 + _many(rng) for ward in WARDS} | {("1C", ward): n for ward, n in children.items()}
    asked = {(YEAR, codes): (count, None) for codes, count in counts.items()}
    share = {
        (YEAR, (ward,)): (
            counts["1A", ward] + counts["1C", ward],
            sum(count for (_, own), count in counts.items() if own == ward),
        )
        for ward in WARDS
    }
    first = of_measure("A1", ("source_code", "ward_code"), asked, meaning="requests")
    return (first,), (of_measure("A2", ("ward_code",), share),)


def _definitions(rng: np.random.Generator, few: int) -> tuple[Left, Left]:
    """Second parents in the assessment or with a reason, and later those in it alone: the reasons are what is left."""
    reasons, _ = _by_ward(rng, few)
    included = {ward: _many(rng) for ward in WARDS}
    asked = {ward: included[ward] + reasons[ward] + _many(rng) for ward in WARDS}
    both = {(YEAR, (ward,)): (included[ward] + reasons[ward], asked[ward]) for ward in WARDS}
    one = {(YEAR, (ward,)): (included[ward], asked[ward]) for ward in WARDS}
    return (of_measure("E2", ("ward_code",), both),), (of_measure("E2.included", ("ward_code",), one),)


def _means(rng: np.random.Generator, few: int) -> tuple[Left, Left]:
    """A mean by ward, and the same of a week more: in one ward it is of few more, up to nine."""
    month = MONTHS[int(rng.integers(2, 11))]
    spans = Period(MONTHS[0].start, month.end - timedelta(days=7)), Period(MONTHS[0].start, month.end)
    more, _ = _by_ward(rng, 2 * few - 1)
    people = {ward: _many(rng) for ward in WARDS}
    first = {(spans[0], (ward,)): (4.0 * count, count) for ward, count in people.items()}
    second = {(spans[1], (ward,)): (4.5 * (count + more[ward]), count + more[ward]) for ward, count in people.items()}
    return (
        (of_measure("F12", ("ward_code",), first, value=4.0),),
        (of_measure("F12", ("ward_code",), second, value=4.5),),
    )


def _means_and_total(rng: np.random.Generator, few: int) -> tuple[Left, Left]:
    """A mean by ward, hidden for one of six to nine, and later the mean of all: times its number it is a sum."""
    people, _ = _by_ward(rng, few if few > 5 else 6 + few % 4)
    first = {(YEAR, (ward,)): (4.0 * count, count) for ward, count in people.items()}
    total = sum(people.values())
    return (
        (of_measure("F12", ("ward_code",), first, value=4.0),),
        (of_measure("F12", (), {(YEAR, ()): (4.0 * total, total)}, value=4.0),),
    )


def _medians(rng: np.random.Generator, few: int) -> tuple[Left, Left]:
    """A median by age band, and the same with one boundary moved by a year, in which there are few."""
    edge = int(rng.integers(3, 14))
    young, old = _many(rng), _many(rng)
    first = {f"0-{edge - 1}": young, f"{edge}-17": few + old}
    second = {f"0-{edge}": young + few, f"{edge + 1}-17": old}
    return tuple(
        (
            of_measure(
                "B7", ("age_band",), {(YEAR, (band,)): (count, count) for band, count in each.items()}, value=30.0
            ),
        )
        for each in (first, second)
    )


def _document(rng: np.random.Generator, few: int) -> tuple[Left, Left]:
    """Three quarters by ward, and later a document about one ward, which tells its year and nothing of others."""
    fourth, quiet = _by_ward(rng, few)
    told = {(span, (ward,)): _many(rng) for span in QUARTERS[:3] for ward in WARDS}
    year = fourth[quiet] + sum(told[span, (quiet,)] for span in QUARTERS[:3])
    about_one = of_measure("A1", ("ward_code",), {(YEAR, (quiet,)): (year, None)}, complete=False, meaning="requests")
    return (table(("ward_code",), told),), (about_one,)


def _both_splits(rng: np.random.Generator, few: int) -> tuple[Left, Left]:
    """By ward and age, where somebody hid the few of one ward and the rest of that ward; later by ward, and by age."""
    counts = {(ward, band): _many(rng) for ward in WARDS for band in BANDS}
    quiet = str(rng.choice(WARDS))
    counts[quiet, str(rng.choice(BANDS))] = few
    shown = of_measure(
        "A1", ("ward_code", "age_band"), {(YEAR, key): (count, None) for key, count in counts.items()}, rule="none"
    )
    as_dfe = table(("ward_code",), {(YEAR, (ward,)): 20 for ward in WARDS})
    hidden = [place for place, row in enumerate(shown.rows) if row.dims["ward_code"] == quiet] if few < 6 else []
    rule = {"policy": "dfe", "lowest": 1, "highest": 5, "secondary": True, "fewest_averaged": as_dfe.fewest_averaged}
    first = ReleasedTable(**{**vars(shown), **rule, "about": as_dfe.about}).without(hidden)
    by_ward = {(YEAR, (ward,)): sum(counts[ward, band] for band in BANDS) for ward in WARDS}
    by_age = {(YEAR, (band,)): sum(counts[ward, band] for ward in WARDS) for band in BANDS}
    return (first,), (table(("ward_code",), by_ward), table(("age_band",), by_age))


def _terms(rng: np.random.Generator, few: int) -> tuple[Left, Left]:
    """Quarters by ward, and later the terms of schools: September is in the second quarter, and in the second term."""
    months = {(month, ward): _many(rng) for month in MONTHS for ward in WARDS}
    september, _ = _by_ward(rng, few)
    months |= {(MONTHS[5], ward): count for ward, count in september.items()}
    return tuple((table(("ward_code",), _summed(months, spans)),) for spans in (QUARTERS, TERMS))


def _summed(months: dict, spans: tuple[Period, ...]) -> dict:
    return {
        (span, (ward,)): sum(months[each, ward] for each in MONTHS if span.start <= each.start <= span.end)
        for span in spans
        for ward in WARDS
    }


def _revised(rng: np.random.Generator, few: int) -> tuple[Left, Left]:
    """Requests by ward, and of a later snapshot the rate of the same: in one ward a few more have come in."""
    more, quiet = _by_ward(rng, few)
    counts = {ward: _many(rng) for ward in WARDS}
    later = {(YEAR, (ward,)): (count + (more[ward] if ward == quiet else 0), 2000.0) for ward, count in counts.items()}
    first = table(("ward_code",), {(YEAR, (ward,)): count for ward, count in counts.items()})
    return (first,), (of_measure("A1.rate", ("ward_code",), later, snapshot="s2"),)


KINDS: dict[str, Callable[[np.random.Generator, int], tuple[Left, Left]]] = {
    "one population": _one_population,
    "codes of a mix": _decisions,
    "numerators of two measures": _numerators,
    "codes of a share": _codes_of_a_share,
    "two definitions": _definitions,
    "means": _means,
    "means and their total": _means_and_total,
    "medians": _medians,
    "document beside a table": _document,
    "two splits beside both": _both_splits,
    "periods cut otherwise": _terms,
    "two measures of two snapshots": _revised,
}
