"""Synergy: one CSV file a report."""

from __future__ import annotations

from earlyhelp.sources.synergy import synergy
from earlyhelp.sources.writing.lists import as_files

WRITER = as_files(synergy)
