"""Forms kept as tables: one CSV file a table."""

from __future__ import annotations

from earlyhelp.sources.assessment_form import assessment_form
from earlyhelp.sources.writing.lists import as_files

WRITER = as_files(assessment_form)
