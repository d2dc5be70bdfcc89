"""A stand-in for people and places, drawn plainly, so that lives are tested apart from names and maps."""

from __future__ import annotations

from functools import cache

import duckdb
import numpy as np

from earlyhelp.synthetic.hazards import DECLARED, Hazards
from earlyhelp.synthetic.lives import Lives, live
from earlyhelp.synthetic.population import People, Places
from earlyhelp.synthetic.profiles import Profile

PROFILE = Profile(
    name="Testham", resembles="nobody", children=40_000, referrals=540.0, rereferred_share=0.22, in_need=330.0,
    protected=43.0, looked_after=68.0, low_income_share=0.2, deprivation_spread=0.3,
)  # fmt: skip
NOT_HERE = np.datetime64("NaT", "D")


def places(areas: int) -> Places:
    draw = np.random.default_rng(7)
    deprivation = draw.normal(size=areas)
    deprivation = (deprivation - deprivation.mean()) / deprivation.std()
    ward = np.arange(areas) // 8
    wards = tuple(f"E0500{number:04d}" for number in range(ward[-1] + 1))
    return Places(
        lsoa=np.array([f"E0100{number:04d}" for number in range(areas)], object), ward=ward, locality=ward % 4,
        deprivation=deprivation, imd_decile=10 - np.argsort(np.argsort(deprivation)) * 10 // areas,
        children=np.full(areas, 100), ward_codes=wards, ward_names=wards, localities=("North", "South", "East", "West"),
    )  # fmt: skip


def people(children: int, areas: int) -> People:
    """Births spread over 24 years, so that three quarters are children at any time; a tenth of families leave."""
    draw, families = np.random.default_rng(8), int(children * 0.72)
    family = np.repeat(np.arange(families), 1 + draw.choice(4, families, p=[0.42, 0.38, 0.14, 0.06]))
    n = len(family)
    nth = np.arange(n) - np.searchsorted(family, family)
    born = np.datetime64("2002-04-02") + (draw.integers(0, 8760, families)[family] + nth * 900) % 8760
    leaving = np.datetime64("2020-04-02") + draw.integers(0, 2190, families)
    left = np.where(((draw.random(families) < 0.1)[family]) & (born < leaving[family]), leaving[family], NOT_HERE)
    moves = draw.random(families) < 0.2
    return People(
        family_key=np.array([f"F{number:06d}" for number in range(families)], object),
        area=draw.integers(0, areas, families), move_month=np.where(moves, draw.integers(0, 72, families), -1),
        move_area=draw.integers(0, areas, families), lone_parent=draw.random(families) < 0.25,
        child_key=np.array([f"P{number:07d}" for number in range(n)], object), child_family=family, born=born,
        female=draw.random(n) < 0.49, disabled=draw.random(n) < 0.05, ethnicity=np.full(n, "WBRI", object),
        school=draw.integers(0, 60, n), left=left,
        adult_key=np.array([f"P9{number:06d}" for number in range(families)], object),
        adult_family=np.arange(families), mother=np.ones(families, bool),
    )  # fmt: skip


@cache
def council(children: int = 8_000) -> Lives:
    """The lives of a council as declared, simulated once for all tests."""
    return council_with(DECLARED, children)


def council_with(declared: Hazards, children: int = 8_000, seed: int = 1) -> Lives:
    areas = 48 if children < 20_000 else 240
    return live(people(children, areas), places(areas), PROFILE, seed, declared)


def ask(lives: Lives, query: str) -> list[tuple[object, ...]]:
    """Rows of a query over records and truth (as `true_<name>`) and over `child`: person_key, family_key, born, gone."""
    con = duckdb.connect()
    for name, rows in lives.records.items():
        con.register(name, rows)
    for name, rows in lives.truth.items():
        con.register(f"true_{name}", rows)
    return con.execute(query).fetchall()
