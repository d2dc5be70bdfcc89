"""Who lives where: the arrays that the simulation of lives works on. Names and addresses are kept apart, in tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Days = npt.NDArray[np.datetime64]
Texts = npt.NDArray[Any]


@dataclass(frozen=True)
class Places:
    """The small areas of a council: arrays of one value an area (n_areas,), in the order of their codes.

    `deprivation`: weighted by children, mean 0 and standard deviation 1, more is more deprived.
    `ward` and `locality`: places in `ward_codes`, `ward_names`, `localities`.
    """

    lsoa: Texts
    ward: Ints
    locality: Ints
    deprivation: Floats
    imd_decile: Ints
    children: Ints
    ward_codes: tuple[str, ...]
    ward_names: tuple[str, ...]
    localities: tuple[str, ...]


@dataclass(frozen=True)
class People:
    """Families, children and adults of six years, those born or grown up within them included.

    Families (n_families,): `area`, the small area of their first home; `move_month`, the month in which they move to
    `move_area`, -1 for families that stay; `lone_parent`.
    Children (n_children,): `child_family`, `born` (day), `female`, `disabled`, `ethnicity` (code of the standard's list),
    `school`: place in the council's schools from age 4 to 15, -1 without one; `left`: day on which they moved away or NaT.
    Adults (n_adults,): `adult_family`, `mother` (the first carer of the family).
    Keys are texts: `child_key`, `adult_key`, `family_key`.
    """

    family_key: Texts
    area: Ints
    move_month: Ints
    move_area: Ints
    lone_parent: Flags
    child_key: Texts
    child_family: Ints
    born: Days
    female: Flags
    disabled: Flags
    ethnicity: Texts
    school: Ints
    left: Days
    adult_key: Texts
    adult_family: Ints
    mother: Flags
