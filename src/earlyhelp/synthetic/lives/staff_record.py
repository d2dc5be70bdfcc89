"""Workers as the staff list has them: table `worker`, and who leads an episode."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from earlyhelp.standard import worker
from earlyhelp.synthetic.lives.days import FIRST, NEVER, STARTS
from earlyhelp.synthetic.lives.records import History
from earlyhelp.synthetic.lives.sheet import dates, entered, keys, pick, standard_table
from earlyhelp.synthetic.lives.world import World
from earlyhelp.synthetic.population import Ints


def team_names(world: World) -> list[str]:
    """The early help team of each locality."""
    return [f"Early help team, {locality}" for locality in world.places.localities]


def worker_ids(history: History, stays: Ints) -> pa.Array:
    """Id of the worker of each stay; below 0 the manager of a locality."""
    first_manager = len(history.staff.post)
    return keys("W", np.where(stays >= 0, stays, first_manager - 1 - stays))


def lead_of(history: History) -> np.ndarray:
    """Id of the last worker of each family episode, as an array of texts with None where nobody held it."""
    last = np.full(history.months.counted["episode"], NEVER)
    last[history.holds["family"]] = history.holds["stay"]
    ids = np.array(worker_ids(history, np.where(last == NEVER, 0, last)).to_pylist(), object)
    ids[last == NEVER] = None
    return ids


def workers(history: History) -> pa.Table:
    """One row a worker and team who was there in the six years or held what was open then; managers come last."""
    staff, world = history.staff, history.world
    kept = np.flatnonzero((staff.last >= FIRST) | np.isin(np.arange(len(staff.post)), history.holds["stay"]))
    n, localities = len(kept), np.arange(len(world.places.localities))
    stay = np.concatenate([kept, -1 - localities])
    locality = np.concatenate([staff.locality[staff.post[kept]], localities])
    first = np.concatenate([staff.first[kept], np.full(len(localities), STARTS[0] - 400)])
    draw = world.draw("records", "worker")
    role = np.concatenate([draw.choice(2, n, p=[0.75, 0.25]), np.full(len(localities), 2)])
    return standard_table(
        worker,
        worker_id=worker_ids(history, stay),
        team=pick(team_names(world), locality),
        locality=pick(world.places.localities, locality),
        role=pick(("Family support worker", "Early help practitioner", "Team manager"), role),
        fte=pa.array(np.concatenate([staff.fte[kept], np.ones(len(localities))])),
        valid_from=dates(first),
        valid_to=dates(np.concatenate([staff.last[kept], np.full(len(localities), NEVER)])),
        recorded_date=entered(draw, first),
    )
