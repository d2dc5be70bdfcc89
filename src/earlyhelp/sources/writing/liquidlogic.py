"""Liquidlogic's Early Help Module: one CSV file a list, named as the reports are."""

from __future__ import annotations

from earlyhelp.sources.liquidlogic import liquidlogic
from earlyhelp.sources.writing.lists import as_files

WRITER = as_files(liquidlogic)
