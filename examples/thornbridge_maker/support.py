"""What is done in an episode: needs found and met, services given, families asked how it went."""

from __future__ import annotations

from datetime import date, timedelta

from thornbridge_maker.chance import Chance
from thornbridge_maker.days import EXTRACT_DAY, later
from thornbridge_maker.places import SERVICES, Service
from thornbridge_maker.records import Delivery, Episode, Feedback, Need

_NEED_COUNTS = {1: 20, 2: 33, 3: 30, 4: 17}
_COMPANIONS = {"SF3": 24, "SF5": 24, "SF1": 16, "SF8": 10, "SF10": 9, "SF9": 7, "SF4": 5, "SF6": 3, "SF7": 2}
_MET = {"outcomes_met": 0.88, "partly_met": 0.45, "universal": 0.6, "stepped_up": 0.08, "moved": 0.3}
_EVIDENCE = ("practitioner assessment", "school report", "family's own account", "health record")
_BETTER = {
    True: {"much_better": 40, "better": 44, "same": 12, "worse": 4},
    False: {"much_better": 8, "better": 26, "same": 42, "worse": 17, "much_worse": 7},
}


def add_support(episode: Episode, chance: Chance) -> None:
    """Fill an episode's needs, services and feedback; nothing is done for a family that was never allocated."""
    if episode.allocated is None:
        return
    episode.needs = _needs(episode, episode.allocated, chance)
    episode.deliveries = _deliveries(episode, episode.allocated, chance)
    if episode.end <= EXTRACT_DAY:
        _resolve(episode, chance)
        episode.feedback = _feedback(episode, chance)


def _needs(episode: Episode, allocated: date, chance: Chance) -> list[Need]:
    codes = [episode.request.need]
    for _ in range(chance.weighted(_NEED_COUNTS) - 1):
        more = {code: weight for code, weight in _COMPANIONS.items() if code not in codes}
        codes.append(chance.weighted(more))
    found = episode.assessment_start or allocated
    return [Need(code, min(later(found, chance.whole(0, 12)), episode.end), chance.one_of(_EVIDENCE)) for code in codes]


def _resolve(episode: Episode, chance: Chance) -> None:
    for need in episode.needs:
        met = chance.share() < _MET.get(episode.outcome, 0.15)
        need.status = "achieved" if met else chance.weighted({"partly": 45, "not_achieved": 55})
        if met:
            span = max(1, (episode.end - need.identified).days)
            need.achieved = min(episode.end, need.identified + timedelta(days=chance.whole(span // 2, span)))
            need.validated = chance.yes(0.3)


def _deliveries(episode: Episode, allocated: date, chance: Chance) -> list[Delivery]:
    wanted = [need.code for need in episode.needs]
    fitting = [service for service in SERVICES if set(service.needs) & set(wanted)]
    offered = later(allocated, chance.whole(4, 21))
    chosen = chance.some_of(fitting, min(len(fitting), chance.weighted({0: 12, 1: 55, 2: 33})))
    return [
        _delivery(service, episode, offered, chance) for service in chosen if service.start <= offered < episode.end
    ]


def _delivery(service: Service, episode: Episode, offered: date, chance: Chance) -> Delivery:
    status = chance.weighted({"declined": 9, "never_started": 5, "dropped_out": 14, "completed": 72})
    if status in ("declined", "never_started"):
        return Delivery(service, offered, None, None, 0 if status == "declined" else service.sessions, 0, status)
    start = later(offered, chance.days(2, 10, 45))
    if start >= episode.end:
        return Delivery(service, offered, None, None, service.sessions, 0, "never_started")
    end = start + timedelta(days=7 * service.sessions)
    attended = (
        service.sessions - chance.whole(0, 3) if status == "completed" else chance.whole(1, service.sessions // 2)
    )
    if start > EXTRACT_DAY:
        return Delivery(service, offered, None, None, 0, 0, "waiting")
    if end > EXTRACT_DAY:
        so_far = max(1, (EXTRACT_DAY - start).days // 7)
        return Delivery(service, offered, start, None, so_far, min(so_far, attended), "started")
    return Delivery(service, offered, start, end, service.sessions, attended, status)


def _feedback(episode: Episode, chance: Chance) -> list[Feedback]:
    asked = later(episode.end, chance.whole(0, 14))
    if asked > EXTRACT_DAY:
        return []
    respondents = ["parent"] if chance.yes(0.72) else []
    respondents += ["child"] if episode.child.age_on(asked) >= 7 and chance.yes(0.45) else []
    respondents += ["professional"] if chance.yes(0.18) else []
    return [_answer(respondent, asked, episode.outcome, chance) for respondent in respondents]


def _answer(respondent: str, asked: date, outcome: str, chance: Chance) -> Feedback:
    answered = later(asked, chance.whole(2, 32))
    if answered > EXTRACT_DAY or not chance.yes(0.48):
        return Feedback(respondent, asked, None, "")
    return Feedback(
        respondent, asked, answered, chance.weighted(_BETTER[outcome in ("outcomes_met", "partly_met", "universal")])
    )
