"""Capita One: one CSV file a report."""

from __future__ import annotations

from earlyhelp.sources.capita_one import capita_one
from earlyhelp.sources.writing.lists import as_files

WRITER = as_files(capita_one)
