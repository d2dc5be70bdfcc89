"""What a heading may be chosen for besides columns: a score, a need and its outcome, a review, one of several people.

Each is held in the field of the heading as a text that begins with a mark, where columns have none.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from earlyhelp.ingest.mapping import SavedOutcome, SavedReview, SavedScore
from earlyhelp.ingest.mapping.saved import AS_WRITTEN
from earlyhelp.ingest.mapping.whole_names import WHOLE_NAME
from earlyhelp.standard import TABLES, codelists, person, person_identifier
from earlyhelp.standard.scales import SCALES

_SCORE, _NEED, _PERSON, _OUTCOME, _REVIEW = "score:", "need:", "person:", "outcome:", "review:"
_PARTS = "|"
_AS_WRITTEN = "a further need of the episode"
_HELD, _DUE = "held", "due"
JOINED = ","
"""Between the columns that one heading fills."""
WHOLE = JOINED.join(map(str, WHOLE_NAME))

Choices = tuple[str, list[tuple[str, str]]]
"""A group of a field's choices: what it is called, and each choice with its words."""


def is_beside(chosen: str) -> bool:
    """Whether what was chosen for a heading stands side by side with others, and is not columns alone."""
    return chosen.startswith((_SCORE, _NEED, _PERSON, _OUTCOME, _REVIEW))


def value_of(about: Mapping[str, Any], joined: str) -> str:
    """What is suggested for a heading, as its field holds it; "" for nothing. `joined`: the columns it fills."""
    if score := about.get("score"):
        return score_value(SavedScore(**score))
    if need := about.get("need"):
        return _NEED + _PARTS.join([str(need), joined] if joined else [str(need)])
    if outcome := about.get("outcome"):
        return _OUTCOME + json.dumps(outcome, ensure_ascii=False)
    if review := about.get("review"):
        return _review_value(SavedReview(**review))
    return _of_person(about["person"], joined) if about.get("person") else joined


def score_value(score: SavedScore) -> str:
    """A score as the field of a heading holds it."""
    return _SCORE + _PARTS.join((score.tool, score.domain, score.date))


def _review_value(review: SavedReview) -> str:
    return _REVIEW + _PARTS.join((review.kind, _DUE if review.due else _HELD))


def _of_person(one: str, joined: str) -> str:
    return f"{_PERSON}{one}{_PARTS}{joined}"


def score_chosen(chosen: str) -> SavedScore | None:
    """The score that was chosen, if one was. A heading of a day may hold any sign; tools and domains hold no bar."""
    return SavedScore(*chosen.removeprefix(_SCORE).split(_PARTS, 2)) if chosen.startswith(_SCORE) else None


def need_chosen(chosen: str) -> str:
    """The code of the need that was chosen; "" where none was."""
    return chosen.removeprefix(_NEED).partition(_PARTS)[0] if chosen.startswith(_NEED) else ""


def columns_joined(chosen: str) -> str:
    """The columns that were chosen, joined: of a person of the row, beside a need, or alone."""
    if not is_beside(chosen):
        return chosen
    return chosen.partition(_PARTS)[2] if chosen.startswith((_PERSON, _NEED)) else ""


def outcome_chosen(chosen: str) -> SavedOutcome | None:
    """The outcome that was chosen, if one was."""
    return SavedOutcome(**json.loads(chosen.removeprefix(_OUTCOME))) if chosen.startswith(_OUTCOME) else None


def review_chosen(chosen: str) -> SavedReview | None:
    """The review whose days were chosen, if any was."""
    kind, _, day = chosen.removeprefix(_REVIEW).partition(_PARTS)
    return SavedReview(kind, due=day == _DUE) if chosen.startswith(_REVIEW) else None


def person_chosen(chosen: str) -> str:
    """The person of a row that was chosen ("child 2"); "" where none was."""
    return chosen.removeprefix(_PERSON).partition(_PARTS)[0] if chosen.startswith(_PERSON) else ""


def score_in_words(score: SavedScore) -> str:
    """A score as people call it."""
    return f"{score.tool}, {score.domain.lower()}, on the day under {score.date}"


def beside_in_words(chosen: str) -> str:
    """What was chosen, as people call it; of a person of the row, which one it is."""
    if score := score_chosen(chosen):
        return score_in_words(score)
    if outcome := outcome_chosen(chosen):
        return f"the outcome of the need under {outcome.need}"
    if review := review_chosen(chosen):
        return _review_in_words(review)
    code = need_chosen(chosen)
    if code == AS_WRITTEN:
        return _AS_WRITTEN
    if code:
        return f"a yes tells a need: {codelists.needs.label(code)}"
    return person_chosen(chosen)


def _review_in_words(review: SavedReview) -> str:
    return f"{codelists.review_types.label(review.kind)}, the day it {review.in_words}"


def further_groups(about: Mapping[str, Any], days: Sequence[str], suggested: str) -> Iterator[Choices]:
    """What a heading may be chosen for besides columns, by what stands under it; what is suggested is not said again."""
    groups = [*_people(about), *_needs(about), *_reviews(about), *_scores(about, days)]
    for called, choices in groups:
        yield called, [choice for choice in choices if choice[0] != suggested]


def _people(about: Mapping[str, Any]) -> Iterator[Choices]:
    """For a heading of a numbered person, what it may tell of that person."""
    if one := about.get("person"):
        columns = [*TABLES[person.table_name].columns.values(), person_identifier.value]
        choices = [(_of_person(one, str(each)), f"{each.column_name} of {one}".replace("_", " ")) for each in columns]
        yield f"About {one}", [(_of_person(one, WHOLE), f"whole name of {one}"), *choices]


def _needs(about: Mapping[str, Any]) -> Iterator[Choices]:
    """For a heading of yes and no, the needs that a yes may tell."""
    if about.get("answers"):
        yield "A yes tells a need", [(_NEED + each.code, each.label) for each in codelists.needs.values]


def _reviews(about: Mapping[str, Any]) -> Iterator[Choices]:
    """For a heading of days, the reviews that may have been held, or be due, on them."""
    if about.get("dated"):
        every = [SavedReview(code, due) for due in (False, True) for code in codelists.review_types.codes]
        yield "Days of reviews", [(_review_value(each), _review_in_words(each)) for each in every]


def _scores(about: Mapping[str, Any], days: Sequence[str]) -> Iterator[Choices]:
    """For a heading of numbers, the scores that may have been taken on each of the days."""
    for day in days if about.get("numbers") else ():
        scores = [SavedScore(scale.tool, domain, day) for scale in SCALES for domain in scale.domains]
        yield f"Scores taken on: {day}", [(score_value(each), f"{each.tool}, {each.domain.lower()}") for each in scores]
