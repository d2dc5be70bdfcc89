"""The methods of a study, each timed beside its peers in the same run, on the same rows, and held to the same answer.

matching   10,000 treated to 100,000, one to one by propensity with a caliper: at most 0.3 s; beside R's MatchIt
aipw       cross-fitted, 100,000 rows, with errors by family: at most 5 s; beside DoubleML and EconML
balancing  entropy balancing of 10,000 against 100,000, with errors: at most 0.3 s; beside ebal
providers  random intercepts of 60 providers, 13,378 cases: at most 0.1 s; beside glmer of R's lme4

Each tool is a process of its own that times the call alone, after reading and loading, and after one small call that is not
counted; its fastest run stands, since what others do meanwhile only ever adds. The covariates are on one scale already, as
the solvers of the peers like them. Peers in Python run in the environment that `make .venv-bench/ready` makes, peers in R
where `make bench` could install them; one that is not there is skipped in a line that says so. Ends with 1 where a limit is
missed.

usage: python bench/evaluate.py [--only matching --only aipw ...] [--runs 3]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from evaluating.parts import PARTS, measured
from linkage.quality import told


def main(arguments: Sequence[str]) -> int:
    """Every part asked for, in turn; 1 where a limit is missed."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--only", action="append", choices=PARTS, help="measure this part; may be given again")
    asked.add_argument("--runs", type=int, default=3, help="runs of each tool; one that takes 15 s is run once")
    options = asked.parse_args(arguments)
    missed = []
    with tempfile.TemporaryDirectory() as folder:
        for name in options.only or PARTS:
            if not told(measured(name, PARTS[name], Path(folder), options.runs)):
                missed.append(name)
    if missed:
        print(f"missed: {', '.join(missed)}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
