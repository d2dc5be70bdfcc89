"""One synthetic council: places, people and lives drawn from a profile and a seed, as true records and as truth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from earlyhelp.synthetic.boundaries import boundaries
from earlyhelp.synthetic.lives import live
from earlyhelp.synthetic.people import make_people, people_records
from earlyhelp.synthetic.places import council_code, make_places, place_records
from earlyhelp.synthetic.profiles import Profile
from earlyhelp.synthetic.schools import make_schools, school_records


@dataclass(frozen=True)
class Council:
    """An invented council whose true events and effects are known.

    `code`: invented, of the shape of a unitary authority's. `records`: the standard's tables, complete and without fault,
    by name. `truth`: what no council knows, by name (`lives.truth`). `boundaries`: GeoJSON of small areas and wards.
    """

    name: str
    code: str
    profile: Profile
    children: int
    seed: int
    records: Mapping[str, pa.Table]
    truth: Mapping[str, pa.Table]
    boundaries: Mapping[str, Any]


def make_council(profile: Profile, children: int, seed: int, number: int) -> Council:
    """A council of about `children` children aged 0 to 17, with six years of records.

    `number` tells councils made together apart: areas, wards and the council's code are made of it. The same arguments
    give the same council.
    """
    places = make_places(profile, children, seed, number)
    people = make_people(profile, places, children, seed)
    schools = make_schools(places, children, seed)
    lives = live(people, places, profile, seed, school_urn=schools.urn)
    records = {
        **place_records(places, people, profile, seed),
        **school_records(schools, places, people, profile),
        **people_records(people, places, seed),
        **lives.records,
    }
    return Council(
        name=profile.name.split(",")[0],
        code=council_code(places),
        profile=profile,
        children=children,
        seed=seed,
        records=records,
        truth=lives.truth,
        boundaries=boundaries(places, seed),
    )
