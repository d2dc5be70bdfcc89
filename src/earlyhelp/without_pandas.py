"""Starting a process of ours without pandas, which comes with the writer of accessible workbooks and serves nothing else here.

DuckDB loads it, where it is installed, with the first question that has a parameter, and Arrow with the first column: a quarter
of a second for every command. A program that uses this package as a library is left as it is: only our own entry points call
this.
"""

from __future__ import annotations

import sys

PANDAS = "pandas"


class _NotFound:
    """Asked for before all others where a module is, this one says of pandas that there is none."""

    @staticmethod
    def find_spec(fullname: str, path: object, target: object = None) -> None:
        """None: look further. Raises ModuleNotFoundError for pandas, as Python does for what is not installed."""
        if fullname == PANDAS:
            raise ModuleNotFoundError(f"No module named {PANDAS!r}", name=PANDAS)


def go_without_pandas() -> None:
    """From now on this process finds no pandas; nothing changes where it was loaded before."""
    sys.meta_path.insert(0, _NotFound)
