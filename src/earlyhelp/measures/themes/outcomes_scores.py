"""Outcomes by score: how far families and children travel on the tools that are used with them."""

from __future__ import annotations

from earlyhelp.measures.children_alone import ADULTS_LEFT_OUT, records_of_children
from earlyhelp.measures.measure import Better, Flow, Measure, Statistic
from earlyhelp.measures.named_episode import named_episode
from earlyhelp.measures.themes.outcomes import deeper
from earlyhelp.measures.themes.outcomes_scales import GOOD_LEVEL, TWO_YEAR_REVIEW, scales_sql
from earlyhelp.standard import CodeList, CodeValue, eh_episode, eh_score
from earlyhelp.standard.scales import SCALES, SDQ_EMOTIONAL, SDQ_TOTAL, Scale
from earlyhelp.standard.sql import listed

START_BANDS = CodeList(
    "start_bands",
    "Where on the scale the first score lay",
    (
        CodeValue("worst", "Worst third of the scale"),
        CodeValue("middle", "Middle third of the scale"),
        CodeValue("best", "Best third of the scale"),
    ),
    source="Thirds of the scale, from its lowest to its highest score, as each scale is declared.",
)


def _scored(*scales: Scale, where: str) -> str:
    """SQL: what was scored on a scale during help that has closed, with the change from the first score (place 1)."""
    one_scale = "family_id, closed, person_id, lower(tool), lower(domain)"
    from_the_best = "(CASE way WHEN 1 THEN highest - score ELSE score - lowest END) * 3"
    return f"""
        WITH told AS (
            SELECT score.* EXCLUDE (family_id), help.family_id, help.end_date AS closed FROM eh_score AS score
            {deeper(named_episode("score", "LEFT JOIN"), 4)}
            JOIN family_help AS help ON help.family_id = coalesce(episode.family_id, score.family_id)
            AND coalesce(episode.start_date, score.score_date) BETWEEN help.start_date AND help.end_date
            CROSS JOIN setting WHERE score.score_date <= as_at
        ), placed AS (
            SELECT *, row_number() OVER from_the_first AS place,
            first_value(score) OVER from_the_last AS last_score,
            first_value(score_date) OVER from_the_last AS last_date FROM told
            WINDOW from_the_first AS (PARTITION BY {one_scale} ORDER BY score_date, row_id),
            from_the_last AS (PARTITION BY {one_scale} ORDER BY score_date DESC, row_id DESC)
        )
        SELECT placed.*, row_id AS unit_id, closed AS day, last_date > score_date AS counted,
        CASE WHEN last_date > score_date THEN way * (last_score - score) END AS amount, CASE
            WHEN {from_the_best} <= highest - lowest THEN 'best'
            WHEN {from_the_best} <= 2 * (highest - lowest) THEN 'middle'
            WHEN way IS NOT NULL THEN 'worst'
        END AS start_band
        FROM placed LEFT JOIN (VALUES
            {scales_sql(*scales)}
        ) AS scale(of_tool, of_domain, lowest, highest, way)
        ON of_tool = lower(tool) AND of_domain IN ('', lower(domain))
        WHERE {where}
    """


_OF_A_CHILD = "place = 1 AND way IS NOT NULL AND person_id IS NOT NULL"
_PAIR = (
    "A pair is the first and the last score on one scale during one stretch of the family's help, on different days; "
    "scores in between are not used. A score that names no episode must be taken by the closing day."
)
_NO_DIRECTION = (
    "Better is what the tool's own declaration says: higher on a star, lower on the difficulties scales of the SDQ. "
    "A scale whose direction is not declared is no data."
)
_REGRESSION = (
    "Whoever starts at their worst tends to score better later, helped or not (regression to the mean): read it by "
    "start_band and never as the effect of the help."
)

distance_travelled = Measure(
    id="F2",
    name="Distance travelled",
    question="On the tools we use with them, how far do families move between the first score and the last?",
    why="A family's own account, before and after, tells more than a tick at closing.",
    unit="pairs of scores",
    numerator="The sum of the changes, in points of the scale; more than nothing is better.",
    denominator="Pairs of scores of families that closed, by tool and domain. The value is the mean change.",
    of=eh_score,
    rows=_scored(*SCALES, where="place = 1"),
    time=Flow("the family closed"),
    statistic=Statistic.MEAN,
    better=Better.HIGHER,
    about_person=False,
    needs=(eh_episode.end_date, eh_score.score, eh_score.score_date),
    always_by={"tool": None, "domain": None},
    also_by={"start_band": START_BANDS},
    traps=(
        "Whoever was scored once is left out: show both_scores, and E8, beside it. Few pairs mean little.",
        _PAIR,
        _NO_DIRECTION,
        _REGRESSION,
        "Points of one scale are not points of another: never add up tools or domains.",
    ),
    definitions={
        "both_scores": {
            "unit": "first scores",
            "numerator": "Of these, with a later score on the same scale.",
            "denominator": "First scores of families that closed, by tool and domain.",
            "statistic": Statistic.SHARE,
        }
    },
    source="Catalogue of measures, F2: publish the rate of missing pairs, and warn of regression to the mean.",
)

child_emotional_health = Measure(
    id="F12",
    name="Child emotional health",
    question="Do children's emotional and behavioural difficulties ease while we help?",
    why="Distress is what brings many children to us, and easing it is what they would ask for.",
    unit="pairs of scores",
    numerator="The sum of the changes of the SDQ total difficulties, in points; more than nothing is better.",
    denominator="Pairs of scores of children whose family closed. The value is the mean change.",
    of=eh_score,
    rows=_scored(SDQ_TOTAL, where=_OF_A_CHILD),
    time=Flow("the family closed"),
    statistic=Statistic.MEAN,
    better=Better.HIGHER,
    needs=(eh_episode.end_date, eh_score.score, eh_score.score_date),
    also_by={"start_band": START_BANDS},
    traps=(
        "Children who were scored once are left out; with few pairs it tells of those who stayed.",
        _PAIR,
        _REGRESSION,
        "A child's total may come from the parent, the school or the child: the standard does not say who filled it in.",
        "Similar tools are not mixed with the SDQ, as their points are others: see F2 for each of them.",
    ),
    definitions={
        "emotional_problems": {
            "numerator": "The sum of the changes of the SDQ emotional problems, in points; more than nothing is better.",
            "rows": _scored(SDQ_EMOTIONAL, where=_OF_A_CHILD),
        },
        "improved": {
            "numerator": "Of these, pairs whose later total is better by at least a point.",
            "denominator": "Pairs of scores of children whose family closed.",
            "rows": f"""
        SELECT * EXCLUDE (counted), amount > 0 AS counted FROM ({deeper(_scored(SDQ_TOTAL, where=_OF_A_CHILD), 4)}) AS pairs
        WHERE amount IS NOT NULL
    """,
            "statistic": Statistic.SHARE,
        },
    },
    source="Goodman 1997, The Strengths and Difficulties Questionnaire.",
)


def _developing(*tools: str) -> str:
    standing = "CASE at_expected WHEN TRUE THEN 2 WHEN FALSE THEN 0 ELSE 1 END"
    return f"""
        SELECT score.*, score.person_id AS unit_id, score_date AS day,
        CASE min({standing}) OVER (PARTITION BY score.person_id, lower(tool), score_date)
        WHEN 2 THEN TRUE WHEN 0 THEN FALSE END AS counted
        FROM eh_score AS score JOIN (
            SELECT person_id, min(start_date) AS first_helped FROM {records_of_children("child_help")} AS help
            GROUP BY person_id
        ) AS helped ON helped.person_id = score.person_id AND first_helped <= score_date
        WHERE lower(tool) IN ({listed(tools)})
    """


early_development = Measure(
    id="F11",
    name="Early development",
    question="Do the youngest children we help develop as expected?",
    why="Help in the first years lasts longest, and a gap at two is wider at five.",
    unit="children",
    numerator="Of these, children at or above the expected level in every area of a review.",
    denominator="Children reviewed with the ASQ, at the 2-year review or for the good level of development, on or after "
    "the day early help began; each once in a period.",
    of=eh_score,
    rows=_developing(*TWO_YEAR_REVIEW, *GOOD_LEVEL),
    time=Flow("the child was reviewed"),
    statistic=Statistic.SHARE,
    better=Better.HIGHER,
    once=True,
    needs=(eh_episode.start_date, eh_score.score_date, eh_score.at_expected),
    traps=(
        "Children helped are not all children: compare with the council's own figure only for like children.",
        "Whether the level is reached is what the source says; it is not worked out from the score.",
        "A child with an area that nobody graded is in the denominator and is no success, unless it failed in another.",
        "Help may have ended before the review, or begun the day before it.",
        "A child reviewed twice in a period counts once, as at the expected level if either review says so.",
        ADULTS_LEFT_OUT,
    ),
    definitions={
        "two_year_review": {
            "denominator": "Children reviewed with the ASQ or at the 2-year review, on or after the day help began.",
            "rows": _developing(*TWO_YEAR_REVIEW),
        },
        "good_level": {
            "denominator": "Children assessed for the good level of development, on or after the day help began.",
            "rows": _developing(*GOOD_LEVEL),
        },
    },
    source="National Centre for Family Hubs: with Doncaster's hubs, 1.06 times as many reach a good level.",
)
