"""Six years of lives, from people and places to the standard's tables and to the truth that only a simulation has."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from earlyhelp.synthetic.hazards import DECLARED, Hazards
from earlyhelp.synthetic.lives import truth
from earlyhelp.synthetic.lives.abuse import heard_by_month, incidents
from earlyhelp.synthetic.lives.attendance import school_life
from earlyhelp.synthetic.lives.help_record import early_help
from earlyhelp.synthetic.lives.money_record import services, spending
from earlyhelp.synthetic.lives.months import Months
from earlyhelp.synthetic.lives.needs import needs_of_families
from earlyhelp.synthetic.lives.partners_record import partner_events
from earlyhelp.synthetic.lives.records import History
from earlyhelp.synthetic.lives.requests_record import contacts
from earlyhelp.synthetic.lives.shocks import poverty_shocks
from earlyhelp.synthetic.lives.staff_record import workers
from earlyhelp.synthetic.lives.statutory_record import social_care
from earlyhelp.synthetic.lives.world import World
from earlyhelp.synthetic.population import People, Places, Texts
from earlyhelp.synthetic.profiles import Profile


@dataclass(frozen=True)
class Lives:
    """`records`: the standard's tables that lives fill, by name. `truth`: what nobody records, by name (see `truth`)."""

    records: dict[str, pa.Table]
    truth: dict[str, pa.Table]


def live(
    people: People,
    places: Places,
    profile: Profile,
    seed: int,
    declared: Hazards = DECLARED,
    school_urn: Texts | None = None,
) -> Lives:
    """What happens to every family in six years, recorded without fault, and the truth beside it.

    The same arguments give the same tables. `declared` is replaced to ask what would have been, with other workers or
    without the cut. `school_urn`: reference number of each school that `people.school` names; made up when not given.
    """
    world = World(people, places, profile, seed, declared, _numbers(people) if school_urn is None else school_urn)
    struck = poverty_shocks(world)
    has = needs_of_families(world, struck)
    abuse = incidents(world, has)
    months = Months(world, has, heard_by_month(world, abuse))
    months.live()
    history = History(world, has, months)
    attendance, exclusions, absence = school_life(history)
    records = {
        "contact": contacts(history),
        **early_help(history),
        "service": services(history),
        "worker": workers(history),
        "spend": spending(history),
        "social_care_event": social_care(history),
        "attendance_period": attendance,
        "exclusion": exclusions,
        "partner_event": partner_events(world, has, struck, abuse),
    }
    return Lives(records, truth.everything(history, struck, abuse, absence))


def _numbers(people: People) -> Texts:
    return np.array([f"{900_000 + place}" for place in range(int(people.school.max(initial=-1)) + 1)], object)
