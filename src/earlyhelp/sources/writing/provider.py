"""A provider's workbook: one sheet of clients."""

from __future__ import annotations

from earlyhelp.sources.provider import provider
from earlyhelp.sources.writing.lists import as_workbook

WRITER = as_workbook(provider)
