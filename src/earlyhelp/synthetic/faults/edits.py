"""Retrospective edits: what an extract said of an end before somebody put it right in the system."""

from __future__ import annotations

from datetime import timedelta

from earlyhelp.standard import eh_assessment, eh_episode, social_care_event
from earlyhelp.synthetic.faults.declared import CellFault, Struck
from earlyhelp.synthetic.faults.where import ENDS, Place, is_coded

_REASONS = (social_care_event.outcome_code, eh_episode.end_reason_code, eh_assessment.outcome_code)


def _is_end(place: Place) -> bool:
    return place.column in ENDS and bool(place.learnt and place.starts)


def _is_reason(place: Place) -> bool:
    return place.column in _REASONS and bool(place.learnt) and is_coded(place)


def _earlier_end(struck: Struck) -> str | None:
    """A day up to two weeks before the true end, never before the start."""
    end, start = struck.day(), struck.day_beside(struck.place.starts)
    if not end or not start or end <= start:
        return None
    days = 1 + int(struck.luck * min(14, (end - start).days))
    return max(start, end - timedelta(days=days)).strftime(struck.place.dates)


def _another_reason(struck: Struck) -> str | None:
    others = [text for text in struck.place.texts.values() if text != struck.text]
    return struck.one_of(others) if others and struck.text in struck.place.texts.values() else None


FAULTS = (
    CellFault(
        "end date changed later", "The end was first entered as a day before the true one and corrected later.",
        0.05, applies=_is_end, break_=_earlier_end, lasts=(20, 200),
    ),
    CellFault(
        "end reason changed later", "Another reason for the end was entered first and corrected later.",
        0.04, applies=_is_reason, break_=_another_reason, lasts=(20, 200),
    ),
)  # fmt: skip
