"""Early help as the council records it: episodes, holds, assessments, needs, outcomes, scores, plans, reviews, voices."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from earlyhelp.standard import (
    allocation,
    codelists,
    complaint,
    eh_assessment,
    eh_episode,
    eh_need,
    eh_outcome,
    eh_plan_action,
    eh_review,
    eh_score,
    feedback,
    service_delivered,
)  # fmt: skip
from earlyhelp.synthetic.hazards import NEEDS
from earlyhelp.synthetic.lives.asking import SOURCES, STEP_DOWN, main_need
from earlyhelp.synthetic.lives.days import ALL_MONTHS, FORM, LAST, NEVER, YEAR, month_of, working_days_after
from earlyhelp.synthetic.lives.months import REASONS
from earlyhelp.synthetic.lives.records import History
from earlyhelp.synthetic.lives.sheet import dates, entered, keys, only, pick, standard_table
from earlyhelp.synthetic.lives.staff_record import lead_of, team_names, worker_ids
from earlyhelp.synthetic.lives.statutory import Frame
from earlyhelp.synthetic.population import Flags, Ints
from earlyhelp.synthetic.services import SERVICES

_LEVELS = ("targeted", "family_help")
_ORGANISATIONS = ("Early Help Service", "Meadow Family Charity", "Health visiting service", "Local school cluster")
_KINDS = ("council_early_help", "voluntary", "health", "school")
_OWNERS = ("Early Help Service", "School", "Health visiting service", "Housing", "Family")
_EVIDENCE = ("Assessment", "Report of a partner", "What the family said")
_ROLES = ("Family support worker", "Health visitor", "Pastoral lead", "Early help practitioner")
_GRADES = ("outstanding", "good", "requires_improvement", "inadequate")
_THEMES = ("Waiting for a worker", "Staff attitude", "Helpful worker")
_BETTER = ("much_better", "better", "same", "worse", "much_worse")


def early_help(history: History) -> dict[str, pa.Table]:
    """Every table of the early help record, by name."""
    work = _work(history)
    needs = _needs(history)
    return {
        "eh_episode": episodes(history, work),
        "allocation": allocations(history),
        "eh_assessment": assessments(history, work),
        "eh_need": _need_table(history, needs),
        "eh_outcome": outcomes(history, needs),
        "eh_score": scores(history, work),
        "eh_plan_action": actions(history, work, needs),
        "eh_review": reviews(history, work),
        "service_delivered": deliveries(history),
        "feedback": voices(history),
        "complaint": complaints(history),
    }


def _work(history: History) -> Frame:
    """What was done in each family episode: first contact, assessment, plan; days past its end never come."""
    families, draw = history.families, history.world.draw("records", "work")
    n, allocated = len(families["family"]), families["allocated"]
    visit = allocated + draw.integers(0, 15, n)
    begun = allocated + draw.integers(0, 12, n)
    due = working_days_after(begun, np.full(n, 45))
    done = working_days_after(begun, np.clip(draw.lognormal(3.4, 0.4, n), 3, 110).astype(np.int64))
    plan = done + draw.integers(0, 11, n)
    until = np.minimum(families["end"], LAST)
    return {
        "visit": _by(visit, until), "assessment": _by(begun, until), "due": due, "done": _by(done, until),
        "plan": _by(plan, until), "until": until, "organisation": draw.choice(4, n, p=[0.84, 0.08, 0.04, 0.04]),
        "assessor": draw.choice(4, n, p=[0.55, 0.1, 0.1, 0.25]), "consent": draw.choice(3, n, p=[0.85, 0.11, 0.04]),
        "whole": draw.random(n) < 0.8, "second": draw.choice(4, n, p=[0.4, 0.2, 0.2, 0.2]),
    }  # fmt: skip


def _by(days: Ints, until: Ints) -> Ints:
    return np.where(days <= until, days, NEVER)


def _slow(history: History, families: Ints) -> Flags:
    """Families whose team enters late: that of the last locality."""
    return np.asarray(history.families["locality"][families] == len(history.world.places.localities) - 1)


def episodes(history: History, work: Frame) -> pa.Table:
    """One row a child and family episode."""
    each, families, world = history.episodes, history.families, history.world
    draw, family = world.draw("records", "episode"), history.episodes["family"]
    need = main_need(world.draw("records", "main need"), families["seen"], families["source"])[family]
    mine = {name: _by(work[name][family], each["end"]) for name in ("visit", "plan")}
    reason = np.where(each["end"] <= LAST, each["reason"], -1)
    return standard_table(
        eh_episode,
        episode_id=keys("E", np.arange(len(family))),
        person_key=pick(world.people.child_key, each["child"]),
        family_key=pick(world.people.family_key, families["family"][family]),
        contact_id=keys("C", each["contact"]),
        request_date=dates(families["request_day"][family]),
        accepted_date=dates(families["accepted"][family]),
        allocated_date=dates(_by(families["allocated"][family], each["end"])),
        first_contact_date=dates(mine["visit"]),
        start_date=dates(families["accepted"][family]),
        plan_start_date=dates(mine["plan"]),
        end_date=dates(each["end"]),
        reason_raw=pick([codelists.needs.label(code) for code in NEEDS], need),
        need_code=pick(NEEDS, need),
        level=pick(_LEVELS, families["level"][family]),
        referral_source_code=pick(SOURCES, families["source"][family]),
        step_down=pa.array(families["source"][family] == STEP_DOWN),
        end_reason_code=pick(REASONS, reason),
        end_reason_raw=pick([codelists.end_reasons.label(code) for code in REASONS], reason),
        organisation=pick(_ORGANISATIONS, work["organisation"][family]),
        org_type=pick(_KINDS, work["organisation"][family]),
        team=pick(team_names(world), families["locality"][family]),
        locality=pick(world.places.localities, families["locality"][family]),
        lead_practitioner_id=pa.array(lead_of(history)[family], pa.string()),
        lead_qualified=only_where_held(draw, families["allocated"][family] <= each["end"]),
        recorded_date=entered(draw, families["accepted"][family], _slow(history, family)),
    )


def only_where_held(draw: np.random.Generator, held: Flags) -> pa.Array:
    """Whether the lead practitioner is a social worker, where there is one."""
    return pick(("other", "social_worker"), np.where(held, (draw.random(len(held)) < 0.12).astype(np.int64), -1))


def allocations(history: History) -> pa.Table:
    """One row a child's episode and worker."""
    holds, each = history.holds, history.episodes
    first = np.searchsorted(holds["family"], each["family"])
    many = np.searchsorted(holds["family"], each["family"], side="right") - first
    episode = np.repeat(np.arange(len(first)), many)
    hold = np.repeat(first - np.cumsum(many) + many, many) + np.arange(many.sum())
    end = each["end"][episode]
    kept = (holds["from"][hold] <= np.minimum(end, LAST)) & (holds["from"][hold] <= holds["to"][hold])
    episode, hold, end = episode[kept], hold[kept], end[kept]
    return standard_table(
        allocation,
        episode_id=keys("E", episode),
        worker_id=worker_ids(history, holds["stay"][hold]),
        from_date=dates(holds["from"][hold]),
        to_date=dates(np.minimum(holds["to"][hold], end)),
        recorded_date=entered(history.world.draw("records", "allocation"), holds["from"][hold]),
    )


def assessments(history: History, work: Frame) -> pa.Table:
    """One row a child of an allocated family whose assessment began."""
    each, families = history.episodes, history.families
    episode = np.flatnonzero(work["assessment"][each["family"]] <= np.minimum(each["end"], LAST))
    family, child = each["family"][episode], each["child"][episode]
    draw, world, n = history.world.draw("records", "assessment"), history.world, len(episode)
    begun, done = work["assessment"][family], _by(work["done"][family], each["end"][episode])
    finished = done <= LAST
    outcome = np.where(finished, draw.choice(5, n, p=[0.84, 0.04, 0.05, 0.02, 0.05]), -1)
    kind = work["organisation"][family]
    return standard_table(
        eh_assessment,
        assessment_id=keys("A", np.arange(n)),
        person_key=pick(world.people.child_key, child),
        family_key=pick(world.people.family_key, families["family"][family]),
        episode_id=keys("E", episode),
        start_date=dates(begun),
        due_date=pa.array(work["due"][family].astype(np.int32)).cast(pa.date32()),
        completion_date=dates(done),
        organisation=pick(_ORGANISATIONS, kind),
        org_type=pick(_KINDS, kind),
        school_urn=pick(world.school_urn, np.where(kind == 3, world.people.school[child], -1)),
        assessor_role=pick(_ROLES, work["assessor"][family]),
        consent=pick(("assess_and_share", "assess_only", "refused"), work["consent"][family]),
        consent_date=dates(begun),
        whole_family=pa.array(work["whole"][family]),
        second_parent=pick(("included", "reason_recorded", "not_included", "none"), work["second"][family]),
        child_voice=pa.array(draw.random(n) < np.where(begun >= FORM, 0.8, 0.6)),
        outcome_code=pick(("early_help_plan", "no_further_action", "universal", "step_up", "single_agency"), outcome),
        outcome_raw=pick(("Plan agreed", "No further action", "Universal services", "To social care", "One agency"), outcome),
        recorded_date=entered(draw, begun, _slow(history, family)),
    )  # fmt: skip


def _needs(history: History) -> Frame:
    """Needs recorded at acceptance in each family episode that the records hold."""
    families, draw = history.families, history.world.draw("records", "need")
    family, need = np.nonzero(families["seen"] & (history.lead >= 0)[:, None])
    own = history.episodes["end"][history.lead[family]]
    until = np.minimum(np.minimum(families["allocated"][family], own), LAST)
    began = families["accepted"][family]
    identified = began + (draw.random(len(family)) * (until - began + 1)).astype(np.int64)
    return {"family": family, "need": need, "identified": identified, "evidence": draw.integers(0, 3, len(family))}


def _need_table(history: History, needs: Frame) -> pa.Table:
    families, lead = history.families, history.lead[needs["family"]]
    of_child = np.isin(needs["need"], [NEEDS.index("SF1"), NEEDS.index("SF2")])
    return standard_table(
        eh_need,
        need_id=keys("N", np.arange(len(lead))),
        episode_id=keys("E", lead),
        person_key=pick(history.world.people.child_key, np.where(of_child, history.episodes["child"][lead], -1)),
        family_key=pick(history.world.people.family_key, families["family"][needs["family"]]),
        framework=pick(("TF2015", "SF2022"), (needs["identified"] >= FORM).astype(np.int64)),
        need_code=pick(NEEDS, needs["need"]),
        identified_date=dates(needs["identified"]),
        evidence_type=pick(_EVIDENCE, needs["evidence"]),
        recorded_date=entered(history.world.draw("records", "need entered"), needs["identified"]),
    )


def outcomes(history: History, needs: Frame) -> pa.Table:
    """The outcome of every need: met where the need has truly eased by the end, with some error; not due while open."""
    families, draw, n = history.families, history.world.draw("records", "outcome"), len(needs["need"])
    end = history.episodes["end"][history.lead[needs["family"]]]
    over = end <= LAST
    month = np.minimum(month_of(np.minimum(end, LAST)), ALL_MONTHS - 1)
    still = history.has[month, families["family"][needs["family"]], needs["need"]] ^ (draw.random(n) < 0.08)
    part = draw.random(n) < 0.35
    status = np.where(~over, 3, np.where(~still, 0, np.where(part, 1, 2)))
    achieved = needs["identified"] + (draw.random(n) * (end - needs["identified"] + 1)).astype(np.int64)
    achieved = np.where(status == 0, achieved, NEVER)
    return standard_table(
        eh_outcome,
        need_id=keys("N", np.arange(n)),
        status=pick(("achieved", "partly", "not_achieved", "not_due"), status),
        achieved_date=dates(achieved),
        sustained_to=dates(np.where((status == 0) & (draw.random(n) < 0.4), end, NEVER)),
        evidence_type=pick(_EVIDENCE, np.where(over, needs["evidence"], -1)),
        validated_measure=only(draw.random(n) < 0.2, over),
        recorded_date=entered(draw, np.where(over, end, needs["identified"])),
    )


def scores(history: History, work: Frame) -> pa.Table:
    """SDQ total difficulties (0 to 40, more is worse) of children aged 4 to 15; family star (1 to 10, more is better).

    Half or so have a second score when help ends.
    """
    each, draw = history.episodes, history.world.draw("records", "score")
    age = (history.families["accepted"][each["family"]] - history.world.born[each["child"]]) / YEAR
    begun = work["assessment"][each["family"]]
    scored = (begun <= np.minimum(each["end"], LAST)) & (draw.random(len(begun)) < 0.7)
    child = np.flatnonzero(scored & (age >= 4) & (age < 16))
    star = np.flatnonzero(scored & (history.lead[each["family"]] == np.arange(len(begun))))
    episode, is_star = np.concatenate([child, star]), np.repeat([False, True], [len(child), len(star)])
    n, gain = len(episode), draw.normal(1, 1, len(episode))
    first = np.where(is_star, draw.normal(4.5, 1.5, n), draw.normal(17, 5.5, n))
    later = np.where(is_star, first + 1.2 * gain, first - 2.5 * gain)
    paired = (each["end"][episode] <= LAST) & (draw.random(n) < 0.7)
    return _score_table(
        history, draw, _both(episode, is_star, begun[episode], each["end"][episode], first, later, paired)
    )


def _both(
    episode: Ints, is_star: Flags, begun: Ints, end: Ints, first: np.ndarray, later: np.ndarray, paired: Flags
) -> Frame:
    value = np.concatenate([first, later[paired]])
    star = np.concatenate([is_star, is_star[paired]])
    score = np.where(star, np.clip(np.rint(value), 1, 10), np.clip(np.rint(value), 0, 40))
    day = np.concatenate([begun, end[paired]])
    return {"episode": np.concatenate([episode, episode[paired]]), "star": star, "score": score, "day": day}


def _score_table(history: History, draw: np.random.Generator, frame: Frame) -> pa.Table:
    star, family = frame["star"], history.episodes["family"][frame["episode"]]
    return standard_table(
        eh_score,
        score_id=keys("S", np.arange(len(star))),
        episode_id=keys("E", frame["episode"]),
        person_key=pick(
            history.world.people.child_key, np.where(star, -1, history.episodes["child"][frame["episode"]])
        ),
        family_key=pick(history.world.people.family_key, history.families["family"][family]),
        tool=pick(("SDQ", "Family star"), star.astype(np.int64)),
        domain=pick(("Total difficulties", "Overall"), star.astype(np.int64)),
        score=pa.array(frame["score"]),
        at_expected=pa.array(np.where(star, frame["score"] >= 7, frame["score"] <= 13)),
        score_date=dates(frame["day"]),
        recorded_date=entered(draw, frame["day"]),
    )


def actions(history: History, work: Frame, needs: Frame) -> pa.Table:
    """One or two actions for each need of a family with a plan."""
    draw, families = history.world.draw("records", "action"), needs["family"]
    until = np.minimum(history.episodes["end"][history.lead[families]], LAST)
    planned = work["plan"][families] <= until
    need = np.repeat(np.arange(len(families)), np.where(planned, draw.integers(1, 3, len(families)), 0))
    n, created, until = len(need), work["plan"][families[need]], until[need]
    done = created + draw.gamma(2, 30, n).astype(np.int64)
    return standard_table(
        eh_plan_action,
        action_id=keys("T", np.arange(n)),
        episode_id=keys("E", history.lead[families[need]]),
        need_id=keys("N", need),
        created_date=dates(created),
        owner_org=pick(_OWNERS, draw.choice(5, n, p=[0.4, 0.2, 0.12, 0.08, 0.2])),
        due_date=pa.array((created + draw.choice([28, 42, 84], n)).astype(np.int32)).cast(pa.date32()),
        done_date=dates(_by(done, until)),
        recorded_date=entered(draw, created),
    )


def reviews(history: History, work: Frame) -> pa.Table:
    """Plan reviews every six weeks, supervision every eight, meetings and an audit now and then, of the first child's episode."""
    draw, families = history.world.draw("records", "review"), np.flatnonzero(history.lead >= 0)
    until = np.minimum(history.episodes["end"][history.lead], LAST)
    parts = []
    for place, (every, since) in enumerate(((42, "plan"), (56, "plan"), (56, "assessment"), (400, "done"))):
        begun = work[since]
        many = np.where(begun <= until, np.maximum(until - begun, 0) // every, 0)[families]
        family = np.repeat(families, many)
        nth = np.arange(len(family)) - np.repeat(np.cumsum(many) - many, many) + 1
        parts.append((family, np.full(len(family), place), begun[family] + nth * every))
    family, kind, due = (np.concatenate(each) for each in zip(*parts, strict=True))
    n = len(family)
    held = _by(np.where(draw.random(n) < 0.86, due + draw.integers(0, 12, n), NEVER), until[family])
    invited = np.where(kind < 2, draw.integers(2, 7, n), 0)
    came = kind < 2
    graded = np.where((kind == 3) & (held <= LAST), draw.choice(4, n, p=[0.1, 0.5, 0.35, 0.05]), -1)
    return standard_table(
        eh_review,
        review_id=keys("R", np.arange(n)),
        episode_id=keys("E", history.lead[family]),
        type=pick(("review", "team_around_family", "supervision", "audit"), kind),
        theme=pick(("Quality of practice",), np.where(kind == 3, 0, -1)),
        due_date=dates(due),
        held_date=dates(held),
        agencies_invited=only(invited, came),
        agencies_attended=only(draw.binomial(invited, 0.7), came & (held <= LAST)),
        child_voice=only(draw.random(n) < 0.6, held <= LAST),
        grade=pick(_GRADES, graded),
        recorded_date=entered(draw, np.where(held <= LAST, held, due)),
    )  # fmt: skip


def deliveries(history: History) -> pa.Table:
    """One row a service offered, on the first child's episode."""
    families, draw = history.families, history.world.draw("records", "delivery")
    offered = np.flatnonzero((families["service"] >= 0) & (families["time_zero"] <= LAST) & (history.lead >= 0))
    n, day = len(offered), families["time_zero"][offered]
    until = history.episodes["end"][history.lead[offered]]
    fate = draw.choice(4, n, p=[0.68, 0.17, 0.08, 0.07])
    start, length = day + draw.integers(3, 30, n), draw.integers(60, 130, n)
    starts = (fate < 2) & (start <= np.minimum(until, LAST))
    end = np.where(starts, np.minimum(start + np.where(fate == 0, length, length // 3), until), NEVER)
    status = np.where(fate == 3, 5, np.where(fate == 2, 4, np.where(starts, np.where(fate == 0, 2, 3), 4)))
    status = np.where(starts & (end > LAST), 1, np.where((fate < 3) & ~starts & (until > LAST), 0, status))
    sessions = np.where(starts, np.maximum((np.minimum(end, LAST) - start) // 7, 1), 0)
    return standard_table(
        service_delivered,
        delivery_id=keys("D", np.arange(n)),
        episode_id=keys("E", history.lead[offered]),
        person_key=pick(history.world.people.child_key, history.episodes["child"][history.lead[offered]]),
        family_key=pick(history.world.people.family_key, families["family"][offered]),
        service_id=pick([each.service_id for each in SERVICES], families["service"][offered]),
        offered_date=dates(day),
        start_date=dates(np.where(starts, start, NEVER)),
        end_date=dates(end),
        sessions_offered=only(sessions, starts),
        sessions_attended=only(draw.binomial(sessions, np.where(fate == 0, 0.85, 0.5)), starts),
        status=pick(("waiting", "started", "completed", "dropped_out", "never_started", "declined"), status),
        recorded_date=entered(draw, day),
    )


def voices(history: History) -> pa.Table:
    """Feedback asked of parents and children of families whose help has ended."""
    draw, lead = history.world.draw("records", "feedback"), history.lead[history.lead >= 0]
    ended, helped = history.episodes["end"][lead], history.families["allocated"][history.episodes["family"][lead]]
    asked = (ended <= LAST) & (helped <= ended)
    lead = np.repeat(lead[asked], 2)
    who = np.tile([0, 1], len(lead) // 2)
    chosen = draw.random(len(lead)) < np.where(who == 0, 0.6, 0.3)
    lead, who = lead[chosen], who[chosen]
    n, day = len(lead), history.episodes["end"][lead]
    good = np.isin(history.episodes["reason"][lead], [0, 1, 2])
    answered = np.where(draw.random(n) < np.where(good, 0.5, 0.2), day + draw.integers(1, 29, n), NEVER)
    mood = np.clip(draw.normal(np.where(good, 0.9, 2.0), 0.9, n).round().astype(np.int64), 0, 4)
    return standard_table(
        feedback,
        feedback_id=keys("V", np.arange(n)),
        episode_id=keys("E", lead),
        respondent=pick(("parent", "child"), who),
        asked_date=dates(day),
        answered_date=dates(answered),
        better=pick(_BETTER, np.where(answered <= LAST, mood, -1)),
        recorded_date=entered(draw, day),
    )


def complaints(history: History) -> pa.Table:
    """A few complaints and compliments; families that wait long complain more."""
    draw, families, lead = history.world.draw("records", "complaint"), history.families, history.lead
    wait = np.minimum(families["allocated"], np.minimum(families["end"], LAST)) - families["accepted"]
    chance = np.where(lead >= 0, 0.01 + 0.0004 * np.clip(wait, 0, 300), 0)
    made = np.flatnonzero(draw.random(len(lead)) < chance)
    last = np.minimum(families["end"][made], LAST)
    day = families["accepted"][made] + (draw.random(len(made)) * (last - families["accepted"][made] + 1)).astype(
        np.int64
    )
    kind = (draw.random(len(made)) < 0.45).astype(np.int64)
    return standard_table(
        complaint,
        complaint_id=keys("Q", np.arange(len(made))),
        episode_id=keys("E", lead[made]),
        received_date=dates(day),
        kind=pick(("complaint", "compliment"), kind),
        theme=pick(_THEMES, np.where(kind == 1, 2, draw.integers(0, 2, len(made)))),
        recorded_date=entered(draw, day),
    )  # fmt: skip
