"""Made-up rows of `partner_event`: events around the help of a family, mostly of the kind its need is about."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from generative.worlds import Maker

KEY = "event_id"
_ABUSE = (("police", "domestic_abuse"), ("police", "domestic_abuse"), ("health", "domestic_abuse"))
_MONEY = (("benefits", "benefit_gain"), ("housing", "arrears_plan"), ("other", "debt_advice"))
_HOME = (("housing", "settled_accommodation"), ("housing", "settled_accommodation"), ("housing", "homelessness"))
_WORK = (("benefits", "out_of_work_benefit"), ("other", "work_or_training_started"))
_JUSTICE = (("youth_justice", "caution"), ("police", "conviction"))
KINDS = {"SF8": _ABUSE, "SF9": _HOME, "SF10": _MONEY}
"""Of what partners tell, by the need of the family."""
_TURNS = (365, 1, 183, 366, 0, 182, 184, 30, 364, 500)
"""Days after help began or ended on which a rule turns."""


def make(maker: Maker, who: str) -> dict[str, Any]:
    """One row about the person of an episode, mostly of the same episode and kind as the row before."""
    told = maker.rows.setdefault("partner_event", [])
    about = told[-1] if told and maker.one_of(True, True, True, False) else _about(maker)
    told.append(about)
    episode, (agency, kind) = about["episode"], maker.one_of(*about["kinds"])
    began = _day(maker, who, episode, kind)
    return {
        "person_id": episode.get("person_id", who),
        "family_id": episode.get("family_id", f"family of {who}"),
        "agency": agency,
        "type": kind,
        "event_date": began,
        "end_date": maker.one_of(None, None, maker.later(who, began)),
        "level": maker.one_of("standard", "high", None),
        "outcome": maker.one_of("completed", "ongoing", "stopped", None),
    }


def _about(maker: Maker) -> dict[str, Any]:
    """An episode and what partners tell of it: where needs are drawn, what the need is about; else work and justice."""
    if "eh_need" not in maker.rows:
        return {"episode": maker.row_of("eh_episode"), "kinds": maker.one_of(_WORK, _JUSTICE)}
    episodes = maker.rows.get("eh_episode", ())
    needs = [(row["need_code"], row) for row in episodes if row["need_code"] in KINDS] + [
        (need["need_code"], row)
        for need in maker.rows["eh_need"]
        for row in episodes
        if need["need_code"] in KINDS and need["episode_id"] == row["episode_id"]
    ]
    code, episode = maker.one_of(*needs or [("SF8", maker.row_of("eh_episode"))])
    return {"episode": episode, "kinds": KINDS[code]}


def _day(maker: Maker, who: str, episode: dict[str, Any], kind: str) -> Any:
    if not episode:
        return maker.day(who)
    day = maker.one_of(episode["end_date"], episode["start_date"]) or episode["start_date"]
    if kind == "out_of_work_benefit":
        return episode["start_date"] - timedelta(days=maker.one_of(0, 1, 30, -1))
    if kind in ("benefit_gain", "arrears_plan", "debt_advice"):
        return day + timedelta(days=maker.one_of(0, 1, -1))
    return day + timedelta(days=maker.one_of(*_TURNS))
