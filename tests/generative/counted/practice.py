"""Practice: what assessments hold, whether the family agreed, what follows, and how the work is looked after."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import product

from generative.named import Stretch, episode_of, open_families, with_episode
from generative.things import STANDARDS, Row, Thing, help_of, last_row
from generative.worlds import World


def _completed(column: str, good: tuple[object, ...], known: tuple[object, ...]) -> Callable[[World], Iterator[Thing]]:
    def assessments(world: World) -> Iterator[Thing]:
        for row in world.rows("eh_assessment"):
            if row["completion_date"] and row[column] in known:
                yield Thing(object(), row, row["completion_date"], counted=row[column] in good)

    return assessments


_SECOND_PARENT = ("included", "reason_recorded", "not_included")


def _consent(*agreed: str) -> Callable[[World], Iterator[Thing]]:
    """Every episode from each day on which something may change to the next, in the state that the past gives it."""

    def episodes(world: World) -> Iterator[Thing]:
        answers = [
            (episode_of(world, row), row["consent_date"], row["consent"])
            for row in world.rows("eh_assessment")
            if row["consent_date"] and row["consent"] in ("assess_and_share", "assess_only", "refused")
        ]
        telling = {episode["source_system"] for episode, _, _ in answers if episode}
        for row in world.rows("eh_episode"):
            if row["source_system"] not in telling:
                continue
            own = [(day, consent) for episode, day, consent in answers if episode is row]
            days = sorted({row["start_date"], *(day for day, _ in own if day > row["start_date"])})
            for day, until in zip(days, [*days[1:], date.max], strict=True):
                latest = max((each for each, _ in own if each <= day), default=None)
                counted = any(each == latest and consent in agreed for each, consent in own)
                yield Thing(
                    row["episode_id"] + row["source_system"], row, day, min(until, row["end_date"] or date.max), counted
                )

    return episodes


def _needs(world: World) -> Iterator[Thing]:
    actions = [row for row in world.rows("eh_plan_action") if row["need_id"]]
    telling = {row["source_system"] for row in actions}
    for row in world.rows("eh_need"):
        if row["identified_date"] and row["source_system"] in telling:
            episode = episode_of(world, row) or {}
            counted = any(
                (each["need_id"], each["source_system"]) == (row["need_id"], row["source_system"])
                and each["created_date"] <= world.as_at
                for each in actions
            )
            split = {**row, "team": episode.get("team"), "org_type": episode.get("org_type")}
            yield Thing(object(), split, row["identified_date"], counted=counted)


def _heard(world: World) -> Iterator[Thing]:
    for row in world.rows("eh_review"):
        is_with_family = row["type"] in ("review", "team_around_family")
        if is_with_family and row["held_date"] and row["child_voice"] is not None:
            yield Thing(object(), with_episode(world, row), row["held_date"], counted=row["child_voice"])


def _audits(world: World) -> Iterator[Thing]:
    for row in world.rows("eh_review"):
        if row["type"] == "audit" and row["held_date"] and row["grade"] not in (None, "not_recorded"):
            counted = row["grade"] in ("good", "outstanding")
            yield Thing(object(), with_episode(world, row), row["held_date"], counted=counted)


def _supervised(world: World) -> list[Stretch]:
    talks = []
    for row in world.rows("eh_review"):
        episode = episode_of(world, row)
        if row["type"] == "supervision" and row["held_date"] and episode:
            until = row["held_date"] + timedelta(days=STANDARDS["supervision_days"] + 1)
            talks.append((episode, row["held_date"], until))
    return talks


def _supervision(world: World) -> Iterator[Thing]:
    yield from open_families(world, _supervised(world), lambda n: n > 0)


def _supervision_due(world: World) -> Iterator[Thing]:
    began = [spell for _, spell in help_of(world, "family_id")]

    def since(row: Row) -> date:
        [start] = [spell.start for spell in began if any(each is row for each in spell.rows)]
        return start + timedelta(days=STANDARDS["supervision_days"])

    yield from open_families(world, _supervised(world), lambda n: n > 0, since)


def _pairs(world: World) -> Iterator[Thing]:
    for family, spell in help_of(world, "family_id"):
        if not spell.end:
            continue
        own = [
            row
            for row in world.rows("eh_score")
            if row["family_id"] == family and spell.start <= row["score_date"] <= spell.end
        ]
        if not own:
            yield Thing(family, last_row(spell), spell.end, counted=False)
        for one, other in product(own, own):
            same = all(one[each] == other[each] for each in ("domain", "person_id"))
            counted = same and one["tool"].lower() == other["tool"].lower() and one["score_date"] != other["score_date"]
            yield Thing(family, last_row(spell), spell.end, counted=counted)


COUNTED = {
    ("E1", "default"): _completed("whole_family", (True,), (True, False)),
    ("E2", "default"): _completed("second_parent", ("included", "reason_recorded"), _SECOND_PARENT),
    ("E2", "included"): _completed("second_parent", ("included",), _SECOND_PARENT),
    ("E3", "default"): _completed("child_voice", (True,), (True, False)),
    ("E3", "reviews"): _heard,
    ("E4", "default"): _consent("assess_and_share"),
    ("E4", "to_assess"): _consent("assess_and_share", "assess_only"),
    ("E5", "default"): _needs,
    ("E6", "default"): _audits,
    ("E7", "default"): _supervision,
    ("E7", "due"): _supervision_due,
    ("E8", "default"): _pairs,
}
FOLLOWED = {("E5", "default"): 90}
GROUPS = {
    "assessments made": (["E1", "E2", "E3", "E4"], ("eh_episode", "eh_review", "eh_assessment")),
    "cases looked at": (["E6", "E7"], ("eh_episode", "eh_review")),
    "plans and scores": (["E5", "E8"], ("eh_episode", "eh_score", "eh_need", "eh_plan_action")),
}
