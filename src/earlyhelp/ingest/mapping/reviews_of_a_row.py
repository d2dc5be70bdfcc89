"""Days of reviews that a row tells side by side: "Initial TAF", "Review 1", "Review 2", "Last supervision"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from earlyhelp.ingest.mapping.columns import DOUBT, Proposal
from earlyhelp.ingest.mapping.saved import SavedReview
from earlyhelp.ingest.mapping.shapes import Values
from earlyhelp.standard import Table, codelists, eh_episode, eh_review

SEVERAL = 2
"""So many headings that tell of reviews by their order make a list one of episodes, or of their reviews."""
DATED = 0.5
"""The share of what stands under such a heading that must be days: others were cancelled, or are to be booked."""
_KINDS = {
    "team_around_family": r"\b(?:taf|tac|team around)\b",
    "supervision": r"\b(?:supervis\w*|superv)\b",
    "audit": r"\baudit(?:ed)?\b",
    "visit": r"\b(?:home )?visits?\b",
    "review": r"\brev(?:iew)?s?\b",
}
"""How headings call each kind of review; of two that one names, the first."""
_DUE = re.compile(r"\b(?:next|due|booked|planned|scheduled|target)\b", re.IGNORECASE)
_WHICH = re.compile(r"\d|\b(?:initial|first|second|third|fourth|last|latest|previous|final)\b", re.IGNORECASE)
_ANOTHER = re.compile(
    r"\b(?:outcomes?|notes?|comments?|attend\w*|att|invit\w*|inv|by|who|chair\w*|venue|location|no|number|count|worker|lead|"
    r"sent|requested|referr\w*|clos\w*|end\w*|start\w*|open\w*)\b",
    re.IGNORECASE,
)
"""Words of a heading that tells something else of a review than its day."""


def tells_one_of_several(heading: str, values: Values) -> bool:
    """Whether the days of one of several reviews stand under a heading: of the first, the second, the last."""
    review = _review(heading, values)
    return review is not None and not review.due and _WHICH.search(heading) is not None


def tells_several(headings: Mapping[str, Values]) -> bool:
    """Whether a row tells the days of several reviews side by side."""
    return sum(1 for heading, values in headings.items() if tells_one_of_several(heading, values)) >= SEVERAL


def with_reviews(headings: Mapping[str, Values], table: Table, proposals: Sequence[Proposal]) -> list[Proposal]:
    """The proposals, in a list of episodes with reviews in place of what their headings are only likely to be.

    In a list of nothing but such reviews, in place of whatever they are: a day of the row itself would be of one of them alone.
    """
    if table is eh_episode or (table is eh_review and tells_several(headings)):
        return list(_with_reviews(headings, proposals, whatever=table is eh_review))
    return list(proposals)


def _with_reviews(
    headings: Mapping[str, Values], proposals: Sequence[Proposal], *, whatever: bool
) -> Iterator[Proposal]:
    told: set[str] = set()
    for each in proposals:
        stays = (each.sure and not whatever) or not each.alone
        review = None if stays else _review(each.heading, headings[each.heading])
        if review is None:
            yield each
        elif each.heading not in told:
            told.add(each.heading)
            kind = codelists.review_types.label(review.kind).lower()
            why = f"days on which a {kind} {review.in_words}"
            yield Proposal(each.heading, review.day, DOUBT, why, review=review)


def _review(heading: str, values: Values) -> SavedReview | None:
    """Of what reviews the days under a heading are; None where it names none, or something else of them."""
    if not values.told or values.dates < DATED or _ANOTHER.search(heading):
        return None
    kind = next((kind for kind, words in _KINDS.items() if re.search(words, heading, re.IGNORECASE)), "")
    return SavedReview(kind, due=_DUE.search(heading) is not None) if kind else None
