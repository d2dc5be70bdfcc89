"""Voice: what families and children say of the help, and how many are heard."""

from __future__ import annotations

from earlyhelp.measures.children_alone import ADULTS_LEFT_OUT, records_of_children
from earlyhelp.measures.measure import Better, Entry, Flow, Measure, Statistic
from earlyhelp.measures.named_episode import OF_THE_EPISODE, named_episode
from earlyhelp.standard import complaint, eh_episode, feedback

_OF_EPISODE = "episode.person_id, episode.family_id, episode.team, episode.need_code, episode.org_type"
_FAMILY_ASKED = "respondent IN ('parent', 'child')"

things_are_better = Measure(
    id="I1",
    name="Families who say things are better",
    question="Do families say that things are better?",
    why="Families know best whether help has helped; it is for them that it is given.",
    unit="responses",
    numerator="Of these, answers that things are better or much better.",
    denominator="Answers of parents, carers and children that say whether things are better.",
    of=feedback,
    rows=f"""
        SELECT feedback.*, {_OF_EPISODE}, feedback.row_id AS unit_id, answered_date AS day,
        better IN ('much_better', 'better') AS counted
        FROM feedback
        {named_episode("feedback", "LEFT JOIN")}
        WHERE {_FAMILY_ASKED} AND answered_date IS NOT NULL
        AND better IN ('much_better', 'better', 'same', 'worse', 'much_worse')
    """,
    time=Flow("the answer came"),
    statistic=Statistic.SHARE,
    better=Better.HIGHER,
    needs=(feedback.answered_date, feedback.better),
    also_by=OF_THE_EPISODE,
    traps=(
        "Always read it with I2: where few answer, those who are content answer most.",
        "What professionals say is left out, and so are answers that do not say whether things are better.",
        "An answer without the day it came is left out.",
        "A parent and a child of one family are two answers.",
        "Age, sex and place are those of the child whose episode it is about.",
    ),
    source="Catalogue of measures: always shown with the response rate, I2.",
)

response_rate = Measure(
    id="I2",
    name="Feedback response rate",
    question="How many of the families we ask tell us what they think?",
    why="A view that few give is the view of few; whom we never ask we never hear.",
    unit="families",
    numerator="Of these, families from whom a parent, carer or child answered.",
    denominator="Families of whom a parent, carer or child was asked, each once in a period.",
    of=feedback,
    rows=f"""
        SELECT feedback.*, {_OF_EPISODE}, episode.family_id AS unit_id, asked_date AS day,
        coalesce(answered_date <= as_at, FALSE) AS counted
        FROM feedback CROSS JOIN setting
        {named_episode("feedback")}
        WHERE {_FAMILY_ASKED}
    """,
    time=Entry("the family was asked"),
    statistic=Statistic.SHARE,
    better=Better.HIGHER,
    once=True,
    needs=(feedback.asked_date, feedback.answered_date),
    also_by=OF_THE_EPISODE,
    traps=(
        "Answers take time: the latest periods can only rise.",
        "A good rate of those asked can hide that few are asked: the definition closures counts all families that closed.",
        "Answers given to the family's own worker are kinder: say who asks.",
        "What is asked about an episode that is not known is left out, since nobody can tell the family.",
    ),
    definitions={
        "closures": {
            "numerator": "Of these, families from whom a parent, carer or child answered about this help.",
            "denominator": "Families that closed, asked or not, each once in a period.",
            "of": eh_episode,
            "rows": f"""
        SELECT last.*, help.family_id AS unit_id, help.end_date AS day, EXISTS (
            SELECT 1 FROM (
                SELECT episode.family_id, episode.start_date
                FROM feedback CROSS JOIN setting
        {named_episode("feedback")}
                WHERE {_FAMILY_ASKED} AND answered_date <= as_at
            ) AS answer
            WHERE answer.family_id = help.family_id AND answer.start_date BETWEEN help.start_date AND help.end_date
        ) AS counted
        FROM family_help AS help JOIN eh_episode AS last ON last.row_id = help.last_record
        WHERE help.end_date IS NOT NULL
    """,
            "time": Entry("the family closed"),
            "also_by": {},
            "needs": (eh_episode.end_date, feedback.answered_date),
        }
    },
    source="Primero: feedback is collected by someone other than the caseworker.",
)

child_feedback = Measure(
    id="I3",
    name="Child feedback captured",
    question="Do we ask children themselves what the help was like?",
    why="Parents answer for their children; children see other things.",
    unit="children",
    numerator="Of these, children who answered themselves about this help.",
    denominator="Children aged 5 to 17 on the day their help closed, each once in a period.",
    of=eh_episode,
    rows=f"""
        WITH answer AS (
            SELECT episode.person_id, episode.start_date FROM feedback CROSS JOIN setting
        {named_episode("feedback")}
            WHERE respondent = 'child' AND answered_date <= as_at
        )
        SELECT last.*, help.person_id AS unit_id, help.end_date AS day, answered.last_record IS NOT NULL AS counted
        FROM {records_of_children("child_help")} AS help
        JOIN eh_episode AS last ON last.row_id = help.last_record
        JOIN profile ON profile.person_id = help.person_id
        LEFT JOIN (
            SELECT DISTINCT help.last_record FROM child_help AS help JOIN answer ON answer.person_id = help.person_id
            AND answer.start_date BETWEEN help.start_date AND help.end_date
        ) AS answered ON answered.last_record = help.last_record
        WHERE help.end_date IS NOT NULL
        AND date_diff('month', profile.birth_month, help.end_date) BETWEEN 5 * 12 AND 18 * 12 - 1
    """,
    time=Entry("the child's help closed"),
    statistic=Statistic.SHARE,
    better=Better.HIGHER,
    once=True,
    needs=(eh_episode.end_date, feedback.answered_date),
    traps=(
        "A child whose month of birth is not known is left out of both counts.",
        "A birthday counts from the first of its month.",
        "Only the child about whose episode the question was asked has answered: a sibling's answer is not the child's.",
        ADULTS_LEFT_OUT,
        "Answers take time: the latest periods can only rise.",
    ),
    source="United Nations Convention on the Rights of the Child, article 12; feedback by respondent.",
)

complaints_and_compliments = Measure(
    id="I4",
    name="Complaints and compliments",
    question="What do families complain of, and what do they thank us for?",
    why="Few complain; each complaint and each compliment stands for others that nobody wrote down.",
    unit="complaints and compliments",
    numerator="Complaints, and compliments, received.",
    denominator="Families worked with, for each 100: help began in the period, or went on on the first of one of its months.",
    of=complaint,
    rows="""
        WITH month AS (
            SELECT day FROM working_days_until CROSS JOIN setting WHERE extract(day FROM day) = 1 AND day <= as_at
        )
        SELECT kind, source_system, CAST(row_id AS VARCHAR) AS unit_id, received_date AS day, 'above' AS side, 1 AS amount
        FROM complaint
        UNION ALL
        SELECT told.kind, NULL AS source_system, family_id AS unit_id, day, 'below' AS side, 1 AS amount
        FROM (
            SELECT family_id, start_date AS day FROM family_help
            UNION ALL
            SELECT family_id, day FROM family_help JOIN month
            ON day > start_date AND (end_date IS NULL OR day <= end_date)
        ) AS helped
        CROSS JOIN (SELECT kind FROM complaint UNION VALUES ('complaint'), ('compliment')) AS told
    """,
    time=Flow("it was received, or the family was worked with"),
    statistic=Statistic.RATIO,
    better=Better.CONTEXT,
    about_person=False,
    working_days=True,
    per=100,
    needs=(complaint.received_date, eh_episode.start_date),
    always_by={"kind": complaint.kind.code_list},
    traps=(
        "Complaints and compliments are told apart, and never added up.",
        "Many complaints can mean that families know how to complain and trust that it helps.",
        "A family that complains twice is two complaints.",
        "In a period that begins in mid-month, a family helped in its first days alone, and before it, is not seen.",
        "What they are about may hold names and is kept with identity: figures are split by kind alone.",
    ),
    source="Local Government and Social Care Ombudsman, Complaint Handling Code: complaints are a source of learning.",
)
