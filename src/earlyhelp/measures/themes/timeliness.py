"""Timeliness: whether assessments, plans, reviews, contacts and services come when they are due."""

from __future__ import annotations

from earlyhelp.measures.measure import Better, Due, Entry, Flow, Measure, Open, Statistic
from earlyhelp.measures.named_episode import OF_THE_EPISODE, named_episode
from earlyhelp.measures.recency import since_last
from earlyhelp.standard import eh_assessment, eh_episode, eh_review, service_delivered

_ASSESSMENTS_DUE = """
    SELECT due.*, row_id AS unit_id, due_on AS day,
    coalesce(completion_date BETWEEN start_date AND due_on, FALSE) AS counted
    FROM (
        SELECT eh_assessment.*, {due} AS due_on
        FROM eh_assessment CROSS JOIN setting
        LEFT JOIN working_days_until ON working_days_until.day = start_date
        LEFT JOIN nth_working_day ON nth_working_day.n = working_days_until.n + {days}
    ) AS due
"""
_HAND_OFFS = """
    SELECT service_delivered.*, as_at, coalesce(start_date <= as_at, FALSE) AS began,
    coalesce(status IN ('never_started', 'declined'), FALSE) AS given_up,
    coalesce(status IN ('started', 'completed', 'dropped_out'), FALSE) AS said_to_have_begun
    FROM service_delivered CROSS JOIN setting
    WHERE offered_date IS NOT NULL AND coalesce(end_date >= offered_date, TRUE)
"""

_REVIEWS = f"""
    SELECT eh_review.*, episode.row_id AS of_episode, episode.end_date, episode.person_id, episode.family_id,
    episode.team, episode.need_code, episode.org_type,
    coalesce(episode.plan_start_date, episode.first_contact_date, episode.allocated_date) AS help_began
    FROM eh_review
    {named_episode("eh_review", "LEFT JOIN")}
    WHERE type = 'review'
"""
_NOT_CLOSED_BEFORE = "(end_date IS NULL OR end_date > due_on)"

_EVERY_REVIEW = f"""
    WITH began AS (
        SELECT *, coalesce(plan_start_date, first_contact_date, allocated_date) AS help_began FROM eh_episode
    ),
    held AS (SELECT of_episode, family_id, held_date FROM ({_REVIEWS}) AS reviewed WHERE held_date IS NOT NULL),
    point AS (
        SELECT row_id, help_began AS day FROM began WHERE help_began IS NOT NULL
        UNION
        SELECT row_id, held_date AS day FROM began JOIN held USING (family_id) WHERE held_date > help_began
    )
    SELECT due.*, row_id AS unit_id, due_on AS day, coalesce(next_day <= due_on, FALSE) AS counted
    FROM (
        SELECT began.*, next_day, CAST(point.day + INTERVAL {{days}} DAY AS DATE) AS due_on
        FROM began JOIN (
            SELECT row_id, day, lead(day) OVER (PARTITION BY row_id ORDER BY day) AS next_day FROM point
        ) AS point ON point.row_id = began.row_id
        WHERE source_system IN (SELECT source_system FROM began JOIN held ON of_episode = row_id)
    ) AS due WHERE next_day <= due_on OR {_NOT_CLOSED_BEFORE}
"""
_EVERY_REVIEW_AS = {
    "of": eh_episode,
    "unit": "reviews",
    "denominator": "Reviews due: the first so long after help began, and one so long after each review held.",
    "needs": (eh_episode.start_date, eh_review.held_date),
    "also_by": {},
}

_CONTACTS = f"""
    SELECT episode.family_id, episode.source_system, held_date AS day FROM eh_review
    {named_episode("eh_review")}
    WHERE type IN ('visit', 'review', 'team_around_family') AND held_date IS NOT NULL
"""
_SEEN = since_last(
    "family_id",
    "SELECT family_id FROM family_help",
    "SELECT family_id, day FROM met UNION ALL "
    "SELECT family_id, first_contact_date AS day FROM eh_episode WHERE first_contact_date >= start_date",
    "contact_days",
)

assessment_on_time = Measure(
    id="B6",
    name="Assessment completed on time",
    question="Are early help assessments completed when they are due?",
    why="A family waiting for an assessment waits for help.",
    unit="assessments",
    numerator="Of these, completed on or before the day they were due.",
    denominator="Assessments due, completed or not.",
    of=eh_assessment,
    rows=_ASSESSMENTS_DUE.format(due="coalesce(due_date, nth_working_day.day)", days="assessment_working_days"),
    time=Due("the assessment was due"),
    statistic=Statistic.SHARE,
    better=Better.HIGHER,
    working_days=True,
    needs=(eh_assessment.start_date, eh_assessment.completion_date),
    traps=(
        "Counted in the period in which they were due, so that those never completed count against it.",
        "Without a recorded due date, due is the start plus the council's standard in England's working days.",
        "In Annex A list 2 a council may give the end of the intervention as the completion date.",
        "A completion date before the start shows nothing: the assessment counts as not completed on time.",
    ),
    definitions={
        f"within_{days}": {
            "numerator": f"Of these, completed within {days} working days of the start, whatever was recorded as due.",
            "rows": _ASSESSMENTS_DUE.format(due="nth_working_day.day", days=days),
        }
        for days in (20, 30, 45)
    },
    source="Kent 2015 performance report; due-date denominator so that late ones cannot be left out.",
)

assessment_to_plan = Measure(
    id="B7",
    name="Assessment to plan",
    question="How long do families wait for a plan once they have been assessed?",
    why="An assessment helps nobody until something is done with it.",
    unit="assessments",
    numerator="Of these, followed by a plan.",
    denominator="Assessments completed whose outcome is an early help plan. The value is the median of the days.",
    of=eh_assessment,
    rows=f"""
        SELECT assessed.*, row_id AS unit_id, completion_date AS day, planned AS ended,
        greatest(date_diff('day', completion_date, CASE WHEN planned THEN plan_began ELSE left_on END), 0) AS days
        FROM (
            SELECT eh_assessment.*, coalesce(episode.plan_start_date <= as_at, FALSE) AS planned,
            episode.plan_start_date AS plan_began, least(episode.end_date, as_at) AS left_on
            FROM eh_assessment CROSS JOIN setting
            {named_episode("eh_assessment")}
            WHERE eh_assessment.outcome_code = 'early_help_plan'
            AND eh_assessment.completion_date >= eh_assessment.start_date
        ) AS assessed
    """,
    time=Entry("the assessment was completed"),
    statistic=Statistic.MEDIAN,
    better=Better.LOWER,
    needs=(
        eh_assessment.completion_date,
        eh_assessment.outcome_code,
        eh_assessment.episode_id,
        eh_episode.plan_start_date,
    ),
    traps=(
        "Those still without a plan are in the median as far as they have waited; one that closes waits until it closes.",
        "A plan that began before the assessment was completed counts as no wait: 0 days.",
        "The plan is that of the episode the assessment belongs to: without that episode it is in neither count.",
        "A completion date before the start shows nothing, and the assessment is left out.",
    ),
    source="Kent 2015 performance report: days from notification to plan; Kaplan and Meier 1958.",
)

reviews_on_time = Measure(
    id="B8",
    name="Reviews on time",
    question="Are plans reviewed when they are due to be?",
    why="A plan that nobody looks at again goes on whether it helps or not.",
    unit="reviews",
    numerator="Of these, reviews held on or before the day they were due.",
    denominator="Reviews due, held or not.",
    of=eh_review,
    rows=f"""
        WITH reviewed AS ({_REVIEWS}),
        held AS (
            SELECT of_episode, day, lag(day) OVER (PARTITION BY of_episode ORDER BY day) AS day_before
            FROM (SELECT DISTINCT of_episode, held_date AS day FROM reviewed WHERE held_date IS NOT NULL) AS each_day
        )
        SELECT due.*, row_id AS unit_id, due_on AS day, coalesce(held_date <= due_on, FALSE) AS counted
        FROM (
            SELECT reviewed.*, CASE WHEN due_date IS NOT NULL THEN due_date WHEN held_date IS NOT NULL
            THEN CAST(coalesce(day_before, help_began) + review_days * INTERVAL 1 DAY AS DATE) END AS due_on
            FROM reviewed CROSS JOIN setting
            LEFT JOIN held ON held.of_episode = reviewed.of_episode AND held.day = held_date
        ) AS due WHERE held_date <= due_on OR {_NOT_CLOSED_BEFORE}
    """,
    time=Due("the review was due"),
    statistic=Statistic.SHARE,
    better=Better.HIGHER,
    needs=(eh_review.held_date,),
    also_by=OF_THE_EPISODE,
    traps=(
        "Counted in the period in which they were due, so that those never held count against it.",
        "Without a recorded due date, due is the review before, or the day help began, plus the council's standard.",
        "A review that was due on the day its episode closed, or later, is not counted unless it was held in time.",
        "A review that nobody planned is in no record: the definitions six_weeks and three_months count it too, for "
        "every child's episode; there a review about a brother or sister counts.",
        "Help begins with the plan or, failing that, the first contact or the day a worker was named.",
    ),
    definitions={
        "six_weeks": _EVERY_REVIEW_AS
        | {
            "rows": _EVERY_REVIEW.format(days=42),
            "numerator": "Of these, followed by a review within 42 days.",
        },
        "three_months": _EVERY_REVIEW_AS
        | {
            "rows": _EVERY_REVIEW.format(days=91),
            "numerator": "Of these, followed by a review within 91 days.",
        },
    },
    source="Councils review after 6 weeks or 3 months; the catalogue asks that reviews never held are included.",
)

contact_recency = Measure(
    id="B9",
    name="Contact recency",
    question="Has somebody seen or spoken to every open family lately?",
    why="A family that nobody has been in touch with for weeks is open on paper alone.",
    unit="families",
    numerator="Of these, families with a contact recorded on the last day or in the 28 days before it, or as many as the "
    "council sets.",
    denominator="Families with an episode open.",
    of=eh_episode,
    rows=f"""
        WITH met AS ({_CONTACTS})
        SELECT last.*, help.family_id AS unit_id, seen.recent AS counted,
        greatest(help.start_date, seen.from_day) AS from_day, least(help.end_date, seen.to_day) AS to_day
        FROM family_help AS help JOIN eh_episode AS last ON last.row_id = help.last_record
        JOIN ({_SEEN}) AS seen ON seen.family_id = help.family_id
        AND (help.end_date IS NULL OR seen.from_day < help.end_date)
        AND (seen.to_day IS NULL OR seen.to_day > help.start_date)
        WHERE last.source_system IN (SELECT source_system FROM met)
        AND (help.end_date IS NULL OR help.end_date > help.start_date)
    """,
    time=Open(),
    statistic=Statistic.SHARE,
    better=Better.HIGHER,
    about_person=False,
    once=True,
    needs=(eh_episode.start_date, eh_review.held_date),
    traps=(
        "A contact is a first contact, a visit, a review or a team around the family meeting that was held, with any of "
        "the children; supervision and audits are none.",
        "A family accepted a few days ago and not contacted yet counts as not contacted.",
        "Split by what is recorded of the episode that is last to end.",
        "Families of a source system that records no such contacts are left out: it cannot tell.",
        "It is a worklist, not a league table: a family may rightly be left in peace for a month.",
    ),
    source="Catalogue of measures, B9: a recorded contact in the last 28 days.",
)

hand_off_wait = Measure(
    id="B10",
    name="Hand-off wait to partner or commissioned provider",
    question="How long do families wait for a service they are handed on to?",
    why="A family handed on is out of our sight, and often on a list that nobody watches.",
    unit="hand-offs",
    numerator="Of these, hand-offs after which the service began.",
    denominator="Hand-offs to a service. The value is the median of the days until it began.",
    of=service_delivered,
    rows=f"""
        SELECT handed.*, row_id AS unit_id, offered_date AS day, began AS ended,
        greatest(date_diff('day', offered_date, CASE WHEN began THEN start_date ELSE least(end_date, as_at) END), 0) AS days
        FROM ({_HAND_OFFS}) AS handed
        WHERE start_date IS NOT NULL OR NOT said_to_have_begun AND (end_date IS NOT NULL OR NOT given_up)
    """,
    time=Entry("the family was handed on"),
    statistic=Statistic.MEDIAN,
    better=Better.LOWER,
    needs=(service_delivered.offered_date, service_delivered.start_date),
    traps=(
        "Families still waiting are in the median as far as they have waited; one that gives up, until it gave up.",
        "A service that began before it was offered is no wait: 0 days. One that had ended before it was offered is left out.",
        "Where nobody recorded on which day the service began, or the family gave up, the hand-off is left out.",
        "Siblings handed on together are as many hand-offs as there are children, where each is recorded.",
        "Every service counts, the council's own too, since nothing tells them apart: split by service_id.",
    ),
    definitions={
        "ninth_decile": {
            "quantile": 0.9,
            "denominator": "Hand-offs to a service. The value is the days until nine in ten have begun.",
        },
        "never_started": {
            "numerator": "Of these, hand-offs that were given up, declined or ended without the service having begun.",
            "denominator": "Hand-offs of which it is known whether the service began.",
            "rows": f"""
                SELECT handed.*, row_id AS unit_id, offered_date AS day, NOT (began OR said_to_have_begun) AS counted
                FROM ({_HAND_OFFS}) AS handed
                WHERE began OR said_to_have_begun OR start_date IS NULL AND (given_up OR end_date <= as_at)
            """,
            "time": Flow("the family was handed on"),
            "statistic": Statistic.SHARE,
            "needs": (service_delivered.offered_date, service_delivered.status),
        },
    },
    source="Stockton 2023 inspection: no system in place to monitor these waiting lists; Kaplan and Meier 1958.",
)
