"""One of our methods, timed in a process of its own.

usage: ours.py PART TABLE.npz RUNS
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))
from earlyhelp.evaluate.methods.aipw import augmented_effect
from earlyhelp.evaluate.methods.balancing import balanced_effect
from earlyhelp.evaluate.methods.matching import match
from earlyhelp.evaluate.methods.propensity import propensity
from earlyhelp.evaluate.methods.random_intercepts import random_intercepts
from evaluating.clock import told

Rows = dict[str, Any]


def matching(rows: Rows) -> dict[str, object]:
    treated = rows["treated"] > 0
    found = match(propensity(rows["x"], treated), treated)
    sides = [rows["x"][found.pairs[:, side]].mean(axis=0) for side in (0, 1)]
    spread = np.sqrt((rows["x"][treated].var(axis=0) + rows["x"][~treated].var(axis=0)) / 2)
    return {"pairs": len(found.pairs), "apart": float(np.abs((sides[0] - sides[1]) / spread).max())}


def aipw(rows: Rows) -> dict[str, object]:
    family = rows["family"].astype(np.int64)
    found = augmented_effect(rows["x"], rows["treated"] > 0, rows["outcome"], family, seed=1, estimand="ATE").effect
    return {"estimate": found.estimate, "error": found.standard_error}


def balancing(rows: Rows) -> dict[str, object]:
    family = rows["family"].astype(np.int64)
    found = balanced_effect(rows["x"], rows["treated"] > 0, rows["outcome"], family)
    return {"estimate": found.estimate, "error": found.standard_error}


def providers(rows: Rows) -> dict[str, object]:
    found = random_intercepts(rows["provider"].astype(np.int64), rows["x"], rows["outcome"])
    return {"spread": found.spread, "effects": found.effects.tolist()}


PARTS: dict[str, Callable[[Rows], dict[str, object]]] = {
    "matching": matching,
    "aipw": aipw,
    "balancing": balancing,
    "providers": providers,
}

if __name__ == "__main__":
    part = PARTS[sys.argv[1]]
    with np.load(sys.argv[2]) as kept:
        table = dict(kept)
    few = slice(None, None, 20)
    small = {name: values[few] for name, values in table.items()}
    told(lambda: part(table), lambda: part(small), int(sys.argv[3]))
