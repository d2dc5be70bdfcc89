"""Outcomes at closure: goals met, needs resolved, and families for whom everything that was found has got better."""

from __future__ import annotations

from earlyhelp.measures.measure import Better, Flow, Matured, Measure, Statistic
from earlyhelp.measures.named_episode import named_episode
from earlyhelp.standard import eh_episode, eh_need, eh_outcome, eh_plan_action


def deeper(sql: str, spaces: int) -> str:
    """SQL of several lines, further in by so many spaces from its second line on, to stand within a longer query."""
    return sql.replace("\n", "\n" + " " * spaces)


_BY_REASON = """
        SELECT eh_episode.*, row_id AS unit_id, end_date AS day,
        CASE WHEN end_reason_code NOT IN ('not_recorded', 'unmapped') THEN end_reason_code IN ({met}) END AS counted
        FROM eh_episode WHERE plan_start_date <= end_date
"""
_BY_ACTION = f"""
        WITH plan AS (
            SELECT episode.row_id AS record, count(*) AS actions,
            count(CASE WHEN done_date <= end_date THEN 1 END) AS done FROM eh_plan_action AS action
            {deeper(named_episode("action"), 4)}
            WHERE created_date <= end_date GROUP BY episode.row_id
        )
        SELECT episode.*, row_id AS unit_id, end_date AS day, {{enough}} AS counted
        FROM plan JOIN eh_episode AS episode ON episode.row_id = plan.record
"""
_BY_ACTIONS_DONE = {
    "denominator": "Children's episodes that closed with at least one action in the plan.",
    "needs": (eh_episode.end_date, eh_plan_action.created_date, eh_plan_action.done_date),
    "gate": {},
}

closed_with_goals_met = Measure(
    id="F1",
    name="Closed with goals met",
    question="Do families reach what they set out to reach?",
    why="The plain question that every family, worker and councillor asks.",
    unit="episodes",
    numerator="Of these, closed because the goals were met.",
    denominator="Children's episodes that closed with a plan.",
    of=eh_episode,
    rows=_BY_REASON.format(met="'outcomes_met'"),
    time=Flow("the episode closed"),
    statistic=Statistic.SHARE,
    better=Better.HIGHER,
    needs=(eh_episode.end_date, eh_episode.end_reason_code, eh_episode.plan_start_date),
    gate={eh_episode.end_reason_code: 0.5},
    traps=(
        "The worker who closes says so: read it beside F3, F4 and what families say.",
        "A closure whose reason is missing or not mapped is in the denominator and is no success.",
        "An episode without a day on which its plan began is left out: whether it had a plan is not known.",
        "The standard holds needs and actions, not goals: most_actions takes more than half of a plan's actions for most "
        "of its goals.",
        "Families who left, disengaged or stepped up count as closed: a fair share, and a low one.",
    ),
    definitions={
        "met_or_partly": {
            "numerator": "Of these, closed because the goals were met, or met in part.",
            "rows": _BY_REASON.format(met="'outcomes_met', 'partly_met'"),
        },
        "all_actions": _BY_ACTIONS_DONE
        | {
            "numerator": "Of these, with every action of the plan done by the closing day.",
            "rows": _BY_ACTION.format(enough="done = actions"),
        },
        "most_actions": _BY_ACTIONS_DONE
        | {
            "numerator": "Of these, with more than half of the plan's actions done by the closing day.",
            "rows": _BY_ACTION.format(enough="2 * done > actions"),
        },
    },
    source="UNICEF Primero, case management: progress towards the goals for each need.",
)

_NEEDS_OF_CLOSED_FAMILIES = f"""
            SELECT need.row_id AS record, need.need_code, help.family_id, help.end_date AS day, help.last_record, CASE
                {{met}}
                WHEN outcome.status IN ('achieved', 'partly', 'not_achieved', 'not_due') THEN 0
                ELSE 1
            END AS standing
            FROM eh_need AS need
            {deeper(named_episode("need"), 4)}
            JOIN family_help AS help ON help.family_id = episode.family_id
            AND episode.start_date BETWEEN help.start_date AND help.end_date
            LEFT JOIN eh_outcome AS outcome
            ON outcome.need_id = need.need_id AND outcome.source_system = need.source_system
        """
"""Each need found during help that has closed. `standing`: 2 as it should be, 1 nobody tells, 0 not so."""

_MET = "WHEN outcome.status = 'achieved' AND coalesce(achieved_date, help.end_date) <= help.end_date THEN"
_AS_TOLD = "CASE {standing} WHEN 2 THEN TRUE WHEN 0 THEN FALSE END"

_NOT_FOLLOWED_UP = (
    "A need whose outcome nobody recorded is in the denominator and is no success; where no outcome of a group is "
    "recorded at all, there is no data and not a zero."
)
_EVIDENCE = (
    "What showed an outcome is free text, which stays on the identity side: an audit reads it there, need by need."
)

need_resolved_at_closure = Measure(
    id="F3",
    name="Need resolved at closure",
    question="Of the families who had a need, how many no longer have it when we close?",
    why="It shows for which needs our help works, and for which we have none that does.",
    unit="families",
    numerator="Of these, families whose every need of that kind was achieved by the closing day.",
    denominator="Families that closed, each once in a period, by each of the ten headline outcomes they had a need in.",
    of=eh_need,
    rows=f"""
        WITH found AS ({_NEEDS_OF_CLOSED_FAMILIES.format(met=f"{_MET} 2")})
        SELECT need.* EXCLUDE (family_id), found.family_id, found.family_id AS unit_id, found.day,
        {_AS_TOLD.format(standing="min(standing) OVER of_the_kind")} AS counted
        FROM found JOIN eh_need AS need ON need.row_id = found.record
        WINDOW of_the_kind AS (PARTITION BY found.family_id, day, found.need_code)
    """,
    time=Flow("the family closed"),
    statistic=Statistic.SHARE,
    better=Better.HIGHER,
    once=True,
    about_person=False,
    needs=(eh_episode.end_date, eh_need.need_code, eh_outcome.status),
    always_by={"need_code": eh_need.need_code.code_list},
    traps=(
        _NOT_FOLLOWED_UP,
        "Partly achieved is not achieved; so is a need that was met only after the closing day.",
        "Needs under other frameworks are shown under the headline outcome that took each over.",
        "Easy needs are met more often: a service that takes on hard ones looks worse.",
        _EVIDENCE,
    ),
    source="Supporting Families programme guidance 2022-25, chapters 3 and 5: the ten headline outcomes.",
)

_LASTED = """CASE
                    WHEN sustained_to IS NULL THEN 1
                    WHEN sustained_to >= {until} THEN {shown}
                    ELSE 0
                END"""


def _successful(until: str = "help.end_date", enough: str = "count(*) >= 3", shown: str = "2") -> str:
    met = f"{_MET} {_LASTED.format(until=until, shown=shown)}"
    return f"""
        WITH found AS ({_NEEDS_OF_CLOSED_FAMILIES.format(met=met)}), family AS (
            SELECT family_id, day, last_record, min(standing) AS standing FROM found
            GROUP BY family_id, day, last_record HAVING {enough}
        )
        SELECT last.* EXCLUDE (family_id), family.family_id, family.family_id AS unit_id, family.day,
        {_AS_TOLD.format(standing="family.standing")} AS counted
        FROM family JOIN eh_episode AS last ON last.row_id = family.last_record
    """


successful_family_outcome = Measure(
    id="F4",
    name="Successful family outcome",
    question="For how many families with several needs has every one of them been met, and stayed met?",
    why="It asks for the whole family: one good result does not make up for a need that is left.",
    unit="families",
    numerator="Of these, families whose every need was achieved by the closing day and is known to have lasted to it.",
    denominator="Families that closed with 3 needs or more identified, each once in a period.",
    of=eh_episode,
    rows=_successful(),
    time=Flow("the family closed"),
    statistic=Statistic.SHARE,
    better=Better.HIGHER,
    once=True,
    about_person=False,
    needs=(eh_episode.end_date, eh_need.need_code, eh_outcome.status, eh_outcome.sustained_to),
    traps=(
        "One need that is not met, or did not last, and the family is no success.",
        "A need whose outcome, or how long it lasted, nobody recorded keeps the family from being a success; where that "
        "is so of all families of a group, there is no data and not a zero.",
        "Needs are counted as they are recorded: two children with one need each are two; see headline_outcomes.",
        "Families with fewer than 3 needs are left out, however well they did.",
        _EVIDENCE,
    ),
    definitions={
        "headline_outcomes": {
            "denominator": "Families that closed with needs in 3 or more of the ten headline outcomes.",
            "rows": _successful(enough="count(DISTINCT need_code) >= 3"),
        },
        "six_months": {
            "numerator": "Of these, families whose every need was achieved by the closing day and lasted 183 days on.",
            "rows": _successful(until="help.end_date + INTERVAL 183 DAY"),
            "time": Matured(183, "the family closed"),
        },
        "validated": {
            "numerator": "Of these, families whose every need was achieved by the closing day, lasted to it, and was "
            "shown by a validated measure.",
            "rows": _successful(shown="CASE validated_measure WHEN TRUE THEN 2 WHEN FALSE THEN 0 ELSE 1 END"),
            "needs": (
                eh_episode.end_date,
                eh_need.need_code,
                eh_outcome.status,
                eh_outcome.sustained_to,
                eh_outcome.validated_measure,
            ),
        },
    },
    source="Supporting Families programme guidance 2022-25, chapter 5: a minimum of three family needs, and an outcome "
    "for each of them; six months as councils summarise it.",
)
