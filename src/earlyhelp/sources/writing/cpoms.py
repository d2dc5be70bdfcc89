"""CPOMS: one CSV file of incidents."""

from __future__ import annotations

from earlyhelp.sources.cpoms import cpoms
from earlyhelp.sources.writing.lists import as_files

WRITER = as_files(cpoms)
