"""Practice: what assessments hold, whether the family agreed, what follows, and how the work is looked after."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from generative.named import episode_of, with_episode
from generative.things import Thing
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


COUNTED = {
    ("E1", "default"): _completed("whole_family", (True,), (True, False)),
    ("E2", "default"): _completed("second_parent", ("included", "reason_recorded"), _SECOND_PARENT),
    ("E2", "included"): _completed("second_parent", ("included",), _SECOND_PARENT),
    ("E4", "default"): _consent("assess_and_share"),
    ("E4", "to_assess"): _consent("assess_and_share", "assess_only"),
    ("E5", "default"): _needs,
}
GROUPS = {
    "assessments made": (["E1", "E2", "E4"], ("eh_episode", "eh_assessment")),
    "needs planned": (["E5"], ("eh_episode", "eh_need", "eh_plan_action")),
}
