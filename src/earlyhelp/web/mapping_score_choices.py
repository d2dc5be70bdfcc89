"""What a heading of numbers may be chosen for besides columns: the score of a tool, taken on the day under another heading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from earlyhelp.ingest.mapping import SavedScore
from earlyhelp.standard.scales import SCALES

_MARK, _PARTS = "score:", "|"


def score_value(score: SavedScore) -> str:
    """A score as the field of a heading holds it."""
    return _MARK + _PARTS.join((score.tool, score.domain, score.date))


def is_score(chosen: str) -> bool:
    """Whether what was chosen for a heading is a score, and not columns."""
    return chosen.startswith(_MARK)


def score_chosen(chosen: str) -> SavedScore:
    """The score that was chosen. A heading of a day may hold any sign; the names of tools and domains hold no bar."""
    return SavedScore(*chosen.removeprefix(_MARK).split(_PARTS, 2))


def score_in_words(score: SavedScore) -> str:
    """A score as people call it."""
    return f"{score.tool}, {score.domain.lower()}, on the day under {score.date}"


def score_groups(days: Sequence[str], suggested: str) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """For each heading of days the scores that may have been taken on them, but for what is suggested already."""
    for day in days:
        scores = [SavedScore(scale.tool, domain, day) for scale in SCALES for domain in scale.domains]
        choices = [(score_value(each), f"{each.tool}, {each.domain.lower()}") for each in scores]
        yield f"Scores taken on: {day}", [choice for choice in choices if choice[0] != suggested]
