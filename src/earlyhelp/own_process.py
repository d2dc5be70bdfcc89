"""How a process of ours begins: without pandas, and with all processors left to the engine.

pandas comes with the writer of accessible workbooks and serves nothing else here. DuckDB loads it, where it is installed, with
the first question that has a parameter, and Arrow with the first column: a quarter of a second for every command.

numpy's linear algebra starts a thread for each processor, which asks over and over for work when it has none: a tenth of a
second of every load that DuckDB could have had. Our matrices are narrow: one thread solves them no slower.

A program that uses this package as a library is left as it is: only our own entry points call this.
"""

from __future__ import annotations

import os
import sys

PANDAS = "pandas"
ALGEBRA_THREADS = "OPENBLAS_NUM_THREADS"


class _NotFound:
    """Asked for before all others where a module is, this one says of pandas that there is none."""

    @staticmethod
    def find_spec(fullname: str, path: object, target: object = None) -> None:
        """None: look further. Raises ModuleNotFoundError for pandas, as Python does for what is not installed."""
        if fullname == PANDAS:
            raise ModuleNotFoundError(f"No module named {PANDAS!r}", name=PANDAS)


def begin() -> None:
    """From now on this process finds no pandas, and numpy, once loaded, one thread; what was loaded before is left alone.

    Whoever has set the number of threads keeps it.
    """
    sys.meta_path.insert(0, _NotFound)
    os.environ.setdefault(ALGEBRA_THREADS, "1")
