"""Random numbers that depend on the seed and on what they are for, and on nothing else."""

from __future__ import annotations

import hashlib

import numpy as np


def chance(seed: int, *purpose: str | int) -> np.random.Generator:
    """A generator for one purpose of one council: `chance(seed, "people", "names")`.

    Two purposes never share numbers, so that a change in one part of a council leaves the others as they were.
    """
    words = "/".join(str(each) for each in purpose)
    key = int.from_bytes(hashlib.sha256(words.encode()).digest()[:16], "big")
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, key])))
