"""The staff list: one CSV file."""

from __future__ import annotations

from earlyhelp.sources.staff_list import staff_list
from earlyhelp.sources.writing.lists import as_files

WRITER = as_files(staff_list)
