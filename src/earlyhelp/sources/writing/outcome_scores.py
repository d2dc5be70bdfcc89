"""Scores: a CSV file a tool, and one of scores row by row."""

from __future__ import annotations

from earlyhelp.sources.outcome_scores import outcome_scores
from earlyhelp.sources.writing.lists import as_files

WRITER = as_files(outcome_scores)
