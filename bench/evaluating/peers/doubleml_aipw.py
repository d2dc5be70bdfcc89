"""DoubleML's interactive regression model: the effect on all, five folds, logistic models.

usage: TABLE.npz RUNS
"""

import sys
import warnings
from pathlib import Path

import doubleml
import numpy as np
from sklearn.linear_model import LogisticRegression

sys.path.insert(0, str(Path(__file__).parents[2]))
from evaluating.clock import told


def fitted(rows):
    np.random.seed(1)
    data = doubleml.DoubleMLData.from_arrays(rows["x"], rows["outcome"], rows["treated"])
    model = doubleml.DoubleMLIRM(data, LogisticRegression(max_iter=1000), LogisticRegression(max_iter=1000), n_folds=5)
    model.fit()
    return {"estimate": float(model.coef[0]), "error": float(model.se[0])}


warnings.simplefilter("ignore")
with np.load(sys.argv[1]) as kept:
    table = dict(kept)
small = {name: values[::20] for name, values in table.items()}
told(lambda: fitted(table), lambda: fitted(small), int(sys.argv[2]))
