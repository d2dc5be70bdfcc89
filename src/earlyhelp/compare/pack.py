"""A council pack: released figures with definitions, quality and context in one JSON file, and which figures are in it.

The file is canonical: the same content is the same bytes. It holds no record, no name of a person, and no count that was
not rounded first.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from earlyhelp.measures import CATALOGUE, Measure, Statistic, splits_of
from earlyhelp.release import Policy, policy
from earlyhelp.standard.local_standards import LOCAL_STANDARDS

FORMAT = 2
"""Since 2, a pack also names groups without a count (`NAMED`)."""
OLDEST_FORMAT = 1
"""Packs of an older format are refused: what they promised was less. Those of 1 name no groups, and promised the same."""
NAMES_GROUPS = 2
"""The format since which packs name groups."""
LARGEST = 2_000_000
"""Bytes of a file; a full pack takes less than a tenth."""
MOST_ROWS = 5_000
YEARS = 3
"""The reporting years in a pack: the last one that is over, and those before it."""
FEWEST_BEHIND_A_MEDIAN = 15
"""A median rests on single people and not on rounded counts: it is told of so many as rounded, so of 13 at the least."""
PACK_POLICY: Policy = policy("pack")
"""Rounded first: what a receiver can subtract is rounded on both sides."""


@dataclass(frozen=True)
class Shared:
    """A measure that packs hold, in total or by one split."""

    measure: str
    definition: str = "default"
    by: str = ""

    @property
    def declared(self) -> Measure:
        """The measure under that definition."""
        return CATALOGUE[self.measure].defined_as(self.definition)

    @property
    def key(self) -> tuple[str, str]:
        """What its definition goes by in a pack."""
        return self.measure, self.definition

    @property
    def adds_up(self) -> bool:
        """Whether everything counted stands under exactly one value of the split, so that the groups sum to the total."""
        measure = self.declared
        if measure.statistic is Statistic.MIX:
            return not any(splits_of(measure)[name].many for name in measure.fixed_splits)
        by_column = self.by and self.by not in measure.always_by and not splits_of(measure)[self.by].many
        return bool(by_column) and not measure.once and measure.statistic is not Statistic.MEDIAN


SHARED: tuple[Shared, ...] = (
    Shared("A1"),
    Shared("A1", by="source_code"),
    Shared("A1", by="age_band"),
    Shared("A1", "rate"),
    Shared("A2"),
    Shared("A3"),
    Shared("A4"),
    Shared("A5"),
    Shared("A6"),
    Shared("A9"),
    Shared("A10"),
    Shared("B1"),
    Shared("B2"),
    Shared("B3"),
    Shared("B5"),
    Shared("B6"),
    Shared("B7"),
    Shared("B8"),
    Shared("B9"),
    Shared("B10"),
    Shared("C1"),
    Shared("C1", "rate"),
    Shared("C5"),
    Shared("C6"),
    Shared("C7"),
    Shared("C8"),
    Shared("C9"),
    Shared("C11"),
    Shared("D2"),
    Shared("E1"),
    Shared("E2"),
    Shared("E3"),
    Shared("F1"),
    Shared("F3"),
    Shared("F4"),
    Shared("G1"),
    Shared("G1", by="age_band"),
    Shared("G2"),
    Shared("G3"),
    Shared("G4"),
    Shared("G5"),
    Shared("H5"),
    Shared("K3"),
)
"""What councils send each other. Counts, shares, rates and medians only: a mean would carry its sum."""
KINDS, LEADS, SYSTEMS = "source_code", "org_type", "source_system"
NAMED: tuple[Shared, ...] = (
    Shared("A1", by=KINDS),
    Shared("A1", by=SYSTEMS),
    Shared("C9", by=LEADS),
    Shared("C9", by=SYSTEMS),
    Shared("E1", by=LEADS),
    Shared("E1", by=SYSTEMS),
    Shared("C1", by=LEADS),
    Shared("C1", by=SYSTEMS),
    Shared("B8", by=SYSTEMS),
    Shared("D2", by=LEADS),
    Shared("D2", by=SYSTEMS),
    Shared("B10", by=SYSTEMS),
    Shared("F1", by=LEADS),
    Shared("F1", by=SYSTEMS),
    Shared("G3", by=SYSTEMS),
)
"""Of which cases packs name who asks, who leads and the systems they are recorded in: by code of the standard, no count.

From how many cases up a group is named, and why that tells of no small count: `release.named_groups`. Never a team, a
worker, a role or a name that a council gave to a source of its own.
"""


@dataclass(frozen=True)
class PackRow:
    """One released figure. `dims`: the value of its split, by name. What is hidden or unknown is None; `status` says which."""

    start: str
    end: str
    dims: tuple[tuple[str, str], ...]
    numerator: int | None
    denominator: int | None
    value: float | None
    lower: float | None
    upper: float | None
    status: str


@dataclass(frozen=True)
class PackMeasure:
    """A measure of a pack. `meaning`: the hash of all that decides what is counted. `settings`: the council's own numbers.

    `completeness`: of each column it rests on, the share that is filled, None where that was not counted.
    """

    measure: str
    definition: str
    statistic: str
    unit: str
    meaning: str
    settings: Mapping[str, int]
    completeness: Mapping[str, float | None]
    rows: tuple[PackRow, ...]


@dataclass(frozen=True)
class Groups:
    """The groups of a measure by one split that are named without a count, by code. `start`, `end`: of the year it is told of."""

    start: str
    end: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Pack:
    """A pack as it was read. `year`: first and last day of its reference year. `links`: records by grade of their link.

    `groups`: by measure and split the groups that are named; None in a pack older than that they are.
    """

    council: str
    name: str
    serial: int
    made: str
    format: int
    year: tuple[str, str]
    policy: Policy
    context: Mapping[str, str | int]
    links: Mapping[str, int | None]
    measures: Mapping[tuple[str, str], PackMeasure]
    content: str
    groups: Mapping[tuple[str, str], Groups] | None = None

    @property
    def rows(self) -> int:
        """How many figures it holds."""
        return sum(len(each.rows) for each in self.measures.values())


def canonical(content: object) -> bytes:
    """The one way in which content is written: sorted keys, no spaces, UTF-8, no number that is none, one line."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return (text + "\n").encode("utf-8")


def parsed(content: bytes) -> Any:
    """What canonical bytes hold; None for bytes that are no JSON or not written in the one way."""
    try:
        found = json.loads(content.decode("utf-8"))
        return found if canonical(found) == content else None
    except (ValueError, RecursionError):
        return None


def content_hash(body: Mapping[str, Any]) -> str:
    """The hash of what a pack tells: without its number and the moment it was made, so that the same figures have one."""
    return sha256(canonical({name: told for name, told in body.items() if name not in ("serial", "made")})).hexdigest()


def decimals_of(statistic: str) -> int:
    """To how many decimals a value is told: four of a share, one of all else."""
    return 4 if statistic in (Statistic.SHARE, Statistic.MIX) else 1


def settings_of(measure: Measure, local: Mapping[str, int]) -> dict[str, int]:
    """The council's own standards that the measure reads, by name."""
    return {name: local[name] for name in LOCAL_STANDARDS if re.search(rf"\b{name}\b", measure.rows + measure.days)}


def meaning_of(measure: Measure, settings: Mapping[str, int], family_definition: str) -> str:
    """The hash of all that decides what a measure counts: its rows, its time, its statistic, the council's own numbers."""
    told = {
        "rows": " ".join(measure.rows.split()),
        "days": " ".join(measure.days.split()),
        "time": f"{measure.time.kind}: {measure.time.words}",
        "statistic": str(measure.statistic),
        "unit": measure.unit,
        "once": measure.once,
        "per": measure.per,
        "ages": measure.ages,
        "quantile": str(measure.quantile),
        "always_by": sorted(measure.always_by),
        "settings": dict(settings),
        "families": family_definition if "family_id" in measure.rows else "",
    }
    return sha256(canonical(told)).hexdigest()
