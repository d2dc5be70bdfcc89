"""eCAF: one workbook, one sheet of cases."""

from __future__ import annotations

from earlyhelp.sources.ecaf import ecaf
from earlyhelp.sources.writing.lists import as_workbook

WRITER = as_workbook(ecaf)
