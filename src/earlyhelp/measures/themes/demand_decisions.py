"""Decisions on requests: what is decided, how soon, whether at the right level, and whether whoever asked is told."""

from __future__ import annotations

from earlyhelp.measures.measure import Better, Due, Measure, Statistic
from earlyhelp.measures.themes.demand import RECEIVED
from earlyhelp.standard import contact

_DUE = """
    SELECT due.*, row_id AS unit_id, due_on AS day, coalesce({done}, FALSE) AS counted
    FROM (
        SELECT contact.*, due_on FROM contact JOIN (
            SELECT begun.day AS begun_on, nth_working_day.day AS due_on
            FROM (SELECT day, n + {days} AS n FROM working_days_until CROSS JOIN setting) AS begun
            JOIN nth_working_day ON nth_working_day.n = begun.n
        ) AS due ON begun_on = {since}
        WHERE {told}
    ) AS due
"""
_IS_PENDING = "coalesce(decision_code, 'not_recorded') IN ('pending', 'not_recorded')"


def _decided_within(days: str) -> str:
    return _DUE.format(
        done="decision_date BETWEEN contact_date AND due_on AND NOT coalesce(decision_code = 'pending', FALSE)",
        since="contact_date",
        days=days,
        told=f"decision_date >= contact_date OR {_IS_PENDING}",
    )


decision_mix = Measure(
    id="A3",
    name="Decision mix",
    question="What becomes of the requests we decide?",
    why="The whole mix shows whether people come to the right door; one conversion figure hides it.",
    unit="requests",
    numerator="Requests with each decision.",
    denominator="Requests with a decision.",
    of=contact,
    rows="""
        SELECT contact.*, row_id AS unit_id, contact_date AS day FROM contact
        WHERE decision_code NOT IN ('pending', 'not_recorded')
    """,
    time=RECEIVED,
    statistic=Statistic.MIX,
    better=Better.CONTEXT,
    needs=(contact.contact_date, contact.decision_code),
    gate={contact.decision_code: 0.5},
    always_by={"decision_code": contact.decision_code.code_list},
    traps=(
        "Requests not decided yet are left out of both the top and the bottom.",
        "Counted by the day of the request, not of the decision: the latest period still fills up.",
        "A decision in words that are not mapped to a code is part of the mix, as unmapped.",
    ),
    source="ADCS Safeguarding Pressures 9, table 2: contact outcomes.",
)

returned_or_nfa = Measure(
    id="A4",
    name="Returned or no-further-action rate",
    question="How many requests are sent back or closed without anything being done?",
    why="A request that leads to nothing costs whoever wrote it, and teaches them not to ask again.",
    unit="requests",
    numerator="Of these, returned to whoever asked, or closed with no further action.",
    denominator="Requests with a decision that is mapped to a code.",
    of=contact,
    rows="""
        SELECT contact.*, row_id AS unit_id, contact_date AS day, decision_code IN ('returned', 'nfa') AS counted
        FROM contact WHERE decision_code NOT IN ('pending', 'not_recorded', 'unmapped')
    """,
    time=RECEIVED,
    statistic=Statistic.SHARE,
    better=Better.LOWER,
    needs=(contact.contact_date, contact.decision_code),
    gate={contact.decision_code: 0.5},
    traps=(
        "Advice and universal services are answers, not no further action.",
        "Requests not decided yet, and decisions not mapped to a code, are left out of both counts.",
        "Counted by the day of the request, not of the decision: the latest period still fills up.",
        "Split by requestor_organisation or school_urn it is for a conversation with each, not for a league table.",
    ),
    source="School-Home Support, freedom of information requests: nearly 1 in 4 school referrals returned without action.",
)

decision_timeliness = Measure(
    id="A6",
    name="Decision timeliness",
    question="Are requests decided when a decision is due?",
    why="A family that hears nothing waits, and so does the school that asked.",
    unit="requests",
    numerator="Of these, decided on or before the day a decision was due.",
    denominator="Requests whose decision was due, decided or not.",
    of=contact,
    rows=_decided_within("decision_working_days"),
    time=Due("a decision was due"),
    statistic=Statistic.SHARE,
    better=Better.HIGHER,
    working_days=True,
    needs=(contact.contact_date, contact.decision_date),
    traps=(
        "Counted in the period in which the decision was due, so that those never decided count against it.",
        "Due is so many of England's working days after the day the request came; that day itself is not counted.",
        "A request that was decided on a day nobody recorded, or on one before it came, is left out of both counts.",
    ),
    definitions={
        f"within_{days}": {
            "numerator": f"Of these, decided within {days} working day{'s' * (days > 1)} of the day the request came.",
            "rows": _decided_within(str(days)),
        }
        for days in (1, 2, 3)
    },
    source="Dorset: 48 hours; councils use 1, 2 or 3 working days. Due-date denominator so that late ones count.",
)

right_door_first_time = Measure(
    id="A7",
    name="Right door first time",
    question="Do people ask for the level of support that we find the family needs?",
    why="Where they agree, the threshold is understood; where they do not, requests bounce and families wait.",
    unit="requests",
    numerator="Of these, decided on the level that was asked for.",
    denominator="Requests with a decision of which both levels are recorded.",
    of=contact,
    rows="""
        SELECT contact.*, row_id AS unit_id, contact_date AS day, level_decided = level_requested AS counted FROM contact
        WHERE level_requested NOT IN ('not_recorded', 'unmapped') AND level_decided NOT IN ('not_recorded', 'unmapped')
        AND coalesce(decision_code, 'not_recorded') <> 'pending'
    """,
    time=RECEIVED,
    statistic=Statistic.SHARE,
    better=Better.HIGHER,
    needs=(contact.contact_date, contact.level_requested, contact.level_decided),
    traps=(
        "Requests of which one level is not recorded or not mapped are left out of both counts.",
        "A level decided on that is higher than the one asked for counts like one that is lower: look at both.",
        "It tells of agreement, not of who was right.",
    ),
    source="Of 272 inspection reports, 122 speak of early help together with thresholds or stepping up or down.",
)

avoidable_demand = Measure(
    id="A8",
    name="Avoidable demand",
    question="How many requests could whoever asked have answered themselves?",
    why="Each costs its writer and the front door hours that a family could have had.",
    unit="requests",
    numerator="Of these, triaged to support that whoever asked could have given.",
    denominator="Requests of which triage recorded whether they were avoidable.",
    of=contact,
    rows="""
        SELECT contact.*, row_id AS unit_id, contact_date AS day, avoidable AS counted FROM contact
        WHERE avoidable IS NOT NULL
    """,
    time=RECEIVED,
    statistic=Statistic.SHARE,
    better=Better.LOWER,
    needs=(contact.contact_date, contact.avoidable),
    gate={contact.avoidable: 0.5},
    traps=(
        "Requests that triage said nothing about are left out of both counts; they are not unavoidable.",
        "Where only a yes is ever recorded, the share cannot be told, and its gate is closed.",
        "Avoidable is the view of triage. In Essex a request took 45 minutes to raise and about 2 hours to triage.",
    ),
    source="Essex: 85 % of requests were of this kind.",
)

feedback_to_requestor = Measure(
    id="A10",
    name="Feedback to requestor",
    question="Is whoever asked told what was decided?",
    why="A school that never hears back asks again, or stops asking.",
    unit="requests",
    numerator="Of these, whoever asked was told on or before that day.",
    denominator="Requests with a decision, by the day on which whoever asked was due to be told of it.",
    of=contact,
    rows=_DUE.format(
        done="feedback_date BETWEEN decision_date AND due_on",
        since="decision_date",
        days="feedback_working_days",
        told="decision_date >= contact_date AND NOT coalesce(decision_code = 'pending', FALSE)",
    ),
    time=Due("whoever asked was due to be told"),
    statistic=Statistic.SHARE,
    better=Better.HIGHER,
    working_days=True,
    needs=(contact.decision_date, contact.feedback_date),
    traps=(
        "Counted in the period in which feedback was due, so that those never told count against it.",
        "Feedback on a day before the decision shows nothing: nobody could be told of it yet.",
        "Requests whose day of decision is not recorded, or lies before the request, are left out of both counts.",
        "Feedback that was given and not recorded is not seen; somebody anonymous cannot be told, and counts against it.",
    ),
    source="Ofsted 2015, Early help: whose responsibility?: too often whoever had referred was not told the outcome.",
)
