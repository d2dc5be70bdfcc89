"""Practice: what assessments hold, and whether the family agreed."""

from __future__ import annotations

from earlyhelp.measures.measure import Better, Flow, Measure, Open, Statistic
from earlyhelp.measures.named_episode import OF_THE_EPISODE, named_episode
from earlyhelp.standard import eh_assessment, eh_episode, eh_review

_COMPLETED = """
        SELECT eh_assessment.*, row_id AS unit_id, completion_date AS day, {counted} AS counted
        FROM eh_assessment WHERE completion_date IS NOT NULL AND {told}
"""
_WHEN_COMPLETED = Flow("the assessment was completed")
_END_OF_HELP = "In Annex A list 2 a council may give the end of the intervention as the completion date."

whole_family_assessment = Measure(
    id="E1",
    name="Whole-family assessment",
    question="Do our assessments take in everyone in the household?",
    why="A need of a sibling or of an adult who is left out is a need that nobody meets.",
    unit="assessments",
    numerator="Of these, assessments that record every child and adult of the household.",
    denominator="Assessments completed that say whether they do.",
    of=eh_assessment,
    rows=_COMPLETED.format(counted="whole_family", told="whole_family IS NOT NULL"),
    time=_WHEN_COMPLETED,
    statistic=Statistic.SHARE,
    better=Better.HIGHER,
    needs=(eh_assessment.completion_date, eh_assessment.whole_family),
    gate={eh_assessment.whole_family: 0.5},
    traps=(
        "Assessments that do not say who is in them are left out of both counts, never taken as partial.",
        "Counts children's assessments: one of three siblings is three where the source records each.",
        "Being named in an assessment is not being heard in it: read it beside audits, E6.",
        _END_OF_HELP,
    ),
    source="Shropshire safeguarding partnership, early help audit: siblings must not be invisible.",
)

second_parent_included = Measure(
    id="E2",
    name="Second parent or father included",
    question="Do our assessments include the second parent, often the father?",
    why="A parent who is not asked is neither a risk that is seen nor a help that is used.",
    unit="assessments",
    numerator="Of these, assessments with the second parent in them, or with the reason why not.",
    denominator="Assessments completed of families with a second parent known.",
    of=eh_assessment,
    rows=_COMPLETED.format(
        counted="second_parent IN ('included', 'reason_recorded')",
        told="second_parent IN ('included', 'reason_recorded', 'not_included')",
    ),
    time=_WHEN_COMPLETED,
    statistic=Statistic.SHARE,
    better=Better.HIGHER,
    needs=(eh_assessment.completion_date, eh_assessment.second_parent),
    gate={eh_assessment.second_parent: 0.5},
    traps=(
        "Assessments that say nothing of a second parent, or that there is none, are left out of both counts.",
        "A recorded reason counts: it may be unsafe to include a parent. The definition included leaves reasons out.",
        _END_OF_HELP,
    ),
    definitions={
        "included": {
            "numerator": "Of these, assessments with the second parent in them.",
            "rows": _COMPLETED.format(
                counted="second_parent = 'included'",
                told="second_parent IN ('included', 'reason_recorded', 'not_included')",
            ),
        }
    },
    source="Walsall early help quality assurance tool, item 2d.",
)

voice_of_the_child = Measure(
    id="E3",
    name="Voice of the child recorded",
    question="Do our assessments and reviews record what the child thinks?",
    why="Help is for the child; what the child says is often what the adults do not.",
    unit="assessments",
    numerator="Of these, assessments with the child's own views recorded.",
    denominator="Assessments completed that say whether the child's views are recorded.",
    of=eh_assessment,
    rows=_COMPLETED.format(counted="child_voice", told="child_voice IS NOT NULL"),
    time=_WHEN_COMPLETED,
    statistic=Statistic.SHARE,
    better=Better.HIGHER,
    needs=(eh_assessment.completion_date, eh_assessment.child_voice),
    gate={eh_assessment.child_voice: 0.5},
    traps=(
        "Presence is not quality: read it beside audits, E6.",
        "Assessments and reviews that do not say whether there are views are left out of both counts.",
        "Views of a baby are what is seen of it: split by age before comparing teams.",
        _END_OF_HELP,
    ),
    definitions={
        "reviews": {
            "unit": "reviews",
            "numerator": "Of these, reviews with the child's own views recorded.",
            "denominator": "Plan reviews and meetings of the team around the family, held, that say whether they are.",
            "of": eh_review,
            "rows": f"""
        SELECT eh_review.*, episode.person_id, episode.team, episode.need_code, episode.org_type,
        eh_review.row_id AS unit_id, held_date AS day, child_voice AS counted
        FROM eh_review
        {named_episode("eh_review", "LEFT JOIN")}
        WHERE type IN ('review', 'team_around_family') AND held_date IS NOT NULL AND child_voice IS NOT NULL
    """,
            "time": Flow("the review was held"),
            "needs": (eh_review.held_date, eh_review.child_voice),
            "gate": {},
            "also_by": OF_THE_EPISODE,
        }
    },
    source="Working Together to Safeguard Children 2023: assessments are to hear the voice of the child.",
)

_CONSENT = """
        WITH consent AS (
            SELECT episode.row_id AS record, made.consent_date AS day,
            max(CASE WHEN made.consent IN ({agreed}) THEN 1 ELSE 0 END) = 1 AS counted
            FROM eh_assessment AS made
        {episode}
            WHERE made.consent IN ('assess_and_share', 'assess_only', 'refused') AND made.consent_date IS NOT NULL
            GROUP BY episode.row_id, made.consent_date
        )
        SELECT help.*, row_id AS unit_id, greatest(start_date, day) AS from_day, least(end_date, next_day) AS to_day,
        counted
        FROM (SELECT *, lead(day) OVER (PARTITION BY record ORDER BY day) AS next_day FROM consent) AS state
        JOIN eh_episode AS help ON help.row_id = state.record
        UNION ALL
        SELECT help.*, row_id AS unit_id, start_date AS from_day, least(end_date, day) AS to_day, FALSE AS counted
        FROM eh_episode AS help
        LEFT JOIN (SELECT record, min(day) AS day FROM consent GROUP BY record) AS first ON first.record = help.row_id
        WHERE help.source_system IN (
            SELECT told.source_system FROM eh_episode AS told JOIN consent ON consent.record = told.row_id
        )
"""

valid_consent = Measure(
    id="E4",
    name="Valid consent recorded",
    question="Have the families that we help agreed to it, and is that on record?",
    why="Early help is voluntary: without consent that is dated and known, it should neither be given nor shared.",
    unit="episodes",
    numerator="Of these, episodes whose latest dated consent is to assess and to share.",
    denominator="Episodes open.",
    of=eh_episode,
    rows=_CONSENT.format(agreed="'assess_and_share'", episode=named_episode("made")),
    time=Open(),
    statistic=Statistic.SHARE,
    better=Better.HIGHER,
    needs=(eh_episode.start_date, eh_assessment.consent, eh_assessment.consent_date),
    traps=(
        "Consent is kept with the assessment: one that does not name its episode shows none.",
        "Consent counts from its date; one without a date is not valid.",
        "A later refusal ends it. Of two answers of one day, that which agrees counts.",
        "An open episode not assessed yet has no consent on record, and counts as having none.",
        "Episodes of a source system that dates no consent at all are left out of both counts.",
    ),
    definitions={
        "to_assess": {
            "numerator": "Of these, episodes whose latest dated consent is to assess, to share as well or not.",
            "rows": _CONSENT.format(agreed="'assess_and_share', 'assess_only'", episode=named_episode("made")),
        }
    },
    source="Walsall early help quality assurance tool, items 1a and 1b.",
)
