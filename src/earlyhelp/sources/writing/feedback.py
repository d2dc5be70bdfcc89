"""Feedback and complaints: one CSV file each."""

from __future__ import annotations

from earlyhelp.sources.feedback import feedback
from earlyhelp.sources.writing.lists import as_files

WRITER = as_files(feedback)
