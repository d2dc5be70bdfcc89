"""The cube: every measure counted once for a snapshot, and read back as the very figures that `calculate` gives."""

from earlyhelp.measures.cube.making import CUBE_TABLES, FAILED, MOST_VALUES, make_cube
from earlyhelp.measures.cube.reading import read_cube

__all__ = ["CUBE_TABLES", "FAILED", "MOST_VALUES", "make_cube", "read_cube"]
