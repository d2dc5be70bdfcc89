"""EconML's doubly robust learner: the effect on all, five folds, logistic models.

usage: TABLE.npz RUNS
"""

import sys
import warnings
from pathlib import Path

import numpy as np
from econml.dr import LinearDRLearner
from sklearn.linear_model import LogisticRegression

sys.path.insert(0, str(Path(__file__).parents[2]))
from evaluating.clock import told


def fitted(rows):
    model = LinearDRLearner(
        model_propensity=LogisticRegression(max_iter=1000),
        model_regression=LogisticRegression(max_iter=1000),
        discrete_outcome=True,
        cv=5,
        random_state=1,
    )
    model.fit(rows["outcome"], rows["treated"], X=None, W=rows["x"])
    found = model.ate_inference()
    return {"estimate": float(np.ravel(found.mean_point)[0]), "error": float(np.ravel(found.stderr_mean)[0])}


warnings.simplefilter("ignore")
with np.load(sys.argv[1]) as kept:
    table = dict(kept)
small = {name: values[::20] for name, values in table.items()}
told(lambda: fitted(table), lambda: fitted(small), int(sys.argv[2]))
