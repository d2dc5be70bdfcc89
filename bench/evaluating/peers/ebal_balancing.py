"""Entropy balancing by the package ebal, which gives the effect too. Its principal components are off: with them it leaves
out what varies least, and does not balance it.

usage: TABLE.npz RUNS
"""

import sys
import warnings
from pathlib import Path

import ebal
import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))
from evaluating.clock import told


def fitted(rows):
    tool = ebal.ebal_bin(constraint_tolerance=1e-8, PCA=False, print_level=-1)
    found = tool.ebalance(rows["treated"].astype(int), rows["x"], rows["outcome"])
    if not found["converged"]:
        raise SystemExit("did not converge")
    return {"estimate": float(found["wls"].params[1]), "error": float(found["wls"].bse[1])}


warnings.simplefilter("ignore")
with np.load(sys.argv[1]) as kept:
    table = dict(kept)
small = {name: values[::20] for name, values in table.items()}
told(lambda: fitted(table), lambda: fitted(small), int(sys.argv[2]))
