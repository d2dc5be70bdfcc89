"""Escalation: over the line between early help and social care and back, and who was never offered help."""

from __future__ import annotations

from earlyhelp.build.spells import NOT_IN_NEED, SHORT_BREAKS
from earlyhelp.measures.children_alone import ADULTS_LEFT_OUT, open_while_children, records_of_children
from earlyhelp.measures.measure import AsAt, Better, Disclosure, Matured, Measure, Open, Results, Statistic
from earlyhelp.measures.splits import GROUPS_OF_CHILDREN, PLACES
from earlyhelp.standard import CodeList, CodeValue, eh_episode, social_care_event

WAIT_BANDS = CodeList(
    "wait_bands",
    "Wait for help to begin",
    (
        CodeValue("0-14", "14 days or less"),
        CodeValue("15-28", "15 to 28 days"),
        CodeValue("29+", "29 days or more"),
    ),
    source="Catalogue of measures, G5 and B3: two and four weeks.",
)

_IN_SERVICE = f"""(type IN ('cin_plan', 'cp_plan')
                OR (type = 'cin_episode' AND NOT coalesce(nfa, FALSE) AND coalesce(outcome_code, '') NOT IN {NOT_IN_NEED})
                OR (type = 'looked_after' AND coalesce(legal_status, '') NOT IN {SHORT_BREAKS}))
                AND (end_date IS NULL OR end_date >= start_date)"""

_STEP_DOWNS = """
        SELECT episode.*, row_id AS unit_id, start_date AS day, NOT EXISTS (
            SELECT 1 FROM statutory_start AS back WHERE back.person_id = episode.person_id
            AND date_diff('day', episode.start_date, back.start_date) BETWEEN 1 AND {days}
        ) AS counted, CASE
            WHEN coalesce(first_contact_date, allocated_date) > as_at THEN NULL
            WHEN date_diff('day', start_date, coalesce(first_contact_date, allocated_date)) <= 14 THEN '0-14'
            WHEN date_diff('day', start_date, coalesce(first_contact_date, allocated_date)) <= 28 THEN '15-28'
            WHEN coalesce(first_contact_date, allocated_date) IS NOT NULL THEN '29+'
        END AS wait_band
        FROM eh_episode AS episode CROSS JOIN setting WHERE step_down
"""

step_down_held = Measure(
    id="G5",
    name="Step-down held",
    question="Do children who step down to early help stay out of social care?",
    why="A step-down without help waiting for the family tends to go straight back up.",
    unit="step-downs",
    numerator="Of these, without a return to social care from the day after the step-down to the 365th day after it.",
    denominator="Early help episodes of children that are recorded as step-downs from social care.",
    of=eh_episode,
    rows=_STEP_DOWNS.format(days=365),
    time=Matured(365, "early help began after the step-down"),
    statistic=Statistic.SHARE,
    better=Better.HIGHER,
    needs=(eh_episode.start_date, eh_episode.step_down, social_care_event.start_date),
    also_by={"wait_band": WAIT_BANDS},
    traps=(
        "A return is a referral taken up, or the start of a period in need, of a protection plan or of care.",
        "A social care case that was still open when early help began is no return, unless a new one starts.",
        "The wait is from the start of the episode to first contact or, failing that, to allocation; a child whom "
        "nobody has seen yet has no wait recorded.",
        "The team is the one that received the child: the standard's episode does not name the social care team.",
        "Only step-downs old enough for their follow-up to be complete; later ones are left out, never counted as held.",
        "Children who moved away, or whose year the social care records do not cover, are seen as held.",
    ),
    definitions={
        "six_months": {
            "numerator": "Of these, without a return to social care from the day after it to the 183rd day after it.",
            "rows": _STEP_DOWNS.format(days=183),
            "time": Matured(183, "early help began after the step-down"),
        }
    },
    source="Ofsted inspection of Croydon 2024: delay after a step-down means a quick step back up.",
)

bouncing = Measure(
    id="G6",
    name="Bouncing",
    question="Which children go back and forth between early help and social care?",
    why="A child who crosses the line again and again is one whom neither side has yet helped.",
    unit="children",
    numerator="Of these, children who crossed the line between early help and social care 3 times or more in that time.",
    denominator="Children with early help or statutory help at any time in the 730 days to the period's last day.",
    of=eh_episode,
    rows=f"""
        WITH begun AS ( /* the side on which something began that day; a day on which both began tells no direction */
            SELECT person_id, start_date, min(side) AS side FROM (
                SELECT person_id, start_date, 'early help' AS side FROM {records_of_children("child_help")} AS help
                UNION ALL
                SELECT person_id, start_date, 'social care' AS side FROM {records_of_children("statutory_start")} AS step
                WHERE type <> 'referral'
            ) AS starts GROUP BY person_id, start_date HAVING min(side) = max(side)
        ), crossing AS (
            SELECT person_id, start_date AS day FROM (
                SELECT *, lag(side) OVER (PARTITION BY person_id ORDER BY start_date) AS before FROM begun
            ) AS sides WHERE side <> before
        ), third AS (
            SELECT *, lag(day, 2) OVER (PARTITION BY person_id ORDER BY day) AS first_of_three FROM crossing
        ), known AS (
            SELECT person_id, start_date AS from_day, end_date AS last_day, FALSE AS counted
            FROM {open_while_children("child_help")} AS help
            UNION ALL
            SELECT person_id, start_date, end_date, FALSE FROM {open_while_children("social_care_event")} AS event
            WHERE {_IN_SERVICE}
            UNION ALL
            SELECT person_id, day, first_of_three, TRUE FROM third
            WHERE date_diff('day', first_of_three, day) < 730
        ), latest AS (
            SELECT episode.*, row_number() OVER (PARTITION BY person_id ORDER BY start_date DESC, row_id DESC) AS place
            FROM eh_episode AS episode CROSS JOIN setting WHERE start_date <= as_at
        )
        SELECT latest.* EXCLUDE (person_id), known.person_id, known.person_id AS unit_id, known.from_day,
        CAST(known.last_day + INTERVAL 730 DAY AS DATE) AS to_day, known.counted
        FROM known LEFT JOIN latest ON latest.person_id = known.person_id AND latest.place = 1
    """,
    time=Open("in the 730 days (24 months) to the period's last day"),
    statistic=Statistic.SHARE,
    better=Better.LOWER,
    once=True,
    needs=(eh_episode.start_date, social_care_event.start_date),
    traps=(
        "A crossing is a start of help on the other side than the start before it; a referral alone is none.",
        "Going back to early help that never closed is not seen as a crossing, as nothing starts.",
        "Where early help and statutory help begin on one day, nobody can tell the direction: it is no crossing.",
        "Split by what the child's latest early help episode says; a child that never had one is not recorded.",
        "A small number in any council: read the cases, not the trend.",
        ADULTS_LEFT_OUT,
    ),
    source="Ofsted inspection of Herefordshire 2022, on children bouncing between services.",
)

_NO_FURTHER_ACTION = """
        WITH closed AS (
            SELECT * FROM social_care_event WHERE {closed} AND end_date IS NOT NULL
        ), back AS (
            SELECT closed.row_id, min(again.start_date) AS day FROM closed
            JOIN social_care_event AS again ON again.person_id = closed.person_id AND again.type = 'referral'
            AND date_diff('day', closed.end_date, again.start_date) BETWEEN 1 AND 365 GROUP BY closed.row_id
        ), helped AS (
            SELECT closed.row_id, min(help.start_date) AS day FROM closed
            JOIN child_help AS help ON help.person_id = closed.person_id
            AND (help.end_date IS NULL OR help.end_date >= closed.end_date) GROUP BY closed.row_id
        )
        SELECT closed.*, closed.row_id AS unit_id, closed.end_date AS day,
        coalesce(back.day < coalesce(helped.day, DATE '9999-12-31'), FALSE) AS counted
        FROM closed LEFT JOIN back ON back.row_id = closed.row_id LEFT JOIN helped ON helped.row_id = closed.row_id
"""

missed_opportunity = Measure(
    id="G7",
    name="Missed opportunity",
    question="How many children whom social care closes without action come back, with no early help in between?",
    why="Somebody was worried twice and nobody helped: these are the families early help was made for.",
    unit="assessments",
    numerator="Of these, children referred again 1 to 365 days later, without early help on any day up to then.",
    denominator="Cases closed after assessment with no further action (RC8).",
    of=social_care_event,
    rows=_NO_FURTHER_ACTION.format(closed="type = 'cin_episode' AND outcome_code = 'RC8'"),
    time=Matured(365, "the case closed"),
    statistic=Statistic.SHARE,
    better=Better.LOWER,
    needs=(social_care_event.end_date, social_care_event.outcome_code, eh_episode.start_date),
    traps=(
        "Early help open on the closing day, or begun by the day of the new referral, is help: it is no missed chance.",
        "Every new referral counts, also one that led to nothing; the first of them decides.",
        "Help that families found for themselves, or that was offered and declined, is not seen.",
        "Only closures at least 365 days old; later ones are left out, never counted as not referred again.",
    ),
    definitions={
        "marked_on_assessment": {
            "denominator": "Statutory assessments that ended with no further action, where the source marks it.",
            "rows": _NO_FURTHER_ACTION.format(closed="type = 'assessment' AND nfa"),
            "time": Matured(365, "the assessment ended"),
            "needs": (social_care_event.end_date, social_care_event.nfa, eh_episode.start_date),
        }
    },
    source="Action for Children: a quarter, about 64,000 children a year; CIN census guide: reason for closure RC8.",
)

prevention_ratio = Measure(
    id="G8",
    name="Prevention ratio",
    question="For each child in need, how many children have targeted early help?",
    why="It shows where a council's effort lies: before families are in need of statutory help, or after.",
    unit="children",
    numerator="Children with targeted early help on any of the 365 days to the period's last day.",
    denominator="Children in need, on a protection plan or looked after on any of those days.",
    of=social_care_event,
    rows=f"""
        SELECT person_id, person_id AS unit_id, start_date AS from_day,
        CAST(end_date + INTERVAL 365 DAY AS DATE) AS to_day, 'above' AS side, 1 AS amount
        FROM {open_while_children("eh_episode")} AS help
        WHERE coalesce(level, 'not_recorded') NOT IN ('universal', 'community', 'statutory')
        AND (end_date IS NULL OR end_date >= start_date)
        UNION ALL
        SELECT person_id, person_id AS unit_id, start_date AS from_day,
        CAST(end_date + INTERVAL 365 DAY AS DATE) AS to_day, 'below' AS side, 1 AS amount
        FROM {open_while_children("social_care_event")} AS event
        WHERE {_IN_SERVICE}
    """,
    time=Open("at any time in the 365 days to the period's last day"),
    statistic=Statistic.RATIO,
    better=Better.HIGHER,
    needs=(eh_episode.start_date, social_care_event.start_date),
    only_by=(*PLACES, *GROUPS_OF_CHILDREN, "age_band"),
    traps=(
        "A child with both in the year is on both sides of the line.",
        "An episode without a level is taken as targeted, since every episode is coordinated help; universal, "
        "community and statutory levels are left out.",
        "Where targeted help and work with children in need are one service (Family Help), the line is the council's own.",
        "It is split by the child and where the child lives: what a record says is known of one side alone.",
        "Records that reach back less than a year make both sides small.",
        ADULTS_LEFT_OUT,
    ),
    source="Action for Children: the prevention ratio was 2 to 3 nationally.",
)

observed_against_expected = Measure(
    id="G10",
    name="Observed against expected step-up",
    question="Does a team have more step-ups than the families it works with would lead us to expect?",
    why="Teams that take on the hardest families have more step-ups: only against what is expected do they compare.",
    unit="step-ups",
    numerator="Children stepped up to statutory help within 365 days of closing.",
    denominator="Step-ups expected of these closures, given need, age and history; the value is the first less this.",
    of=eh_episode,
    rows="SELECT team, service_id, observed AS numerator, expected AS denominator FROM expected_step_up",
    time=AsAt(),
    statistic=Statistic.DIFFERENCE,
    better=Better.LOWER,
    below=Disclosure.NOBODY,
    about_person=False,
    needs=(eh_episode.end_date, social_care_event.start_date),
    results=Results(
        "evaluate",
        "expected_step_up",
        {"team": "VARCHAR", "service_id": "VARCHAR", "observed": "DOUBLE", "expected": "DOUBLE"},
    ),
    always_by={"team": None},
    also_by={"service_id": None},
    traps=(
        "Never rank teams by it: read it on a funnel, where small teams may differ a lot by chance.",
        "What is expected comes from what is recorded: a team whose families are harder in other ways looks worse.",
        "A difference is associated with the team or service, and does not show that it caused the step-ups.",
        "There is no data until a study has worked out what is expected.",
    ),
    source="Spiegelhalter 2005, Funnel plots for comparing institutional performance.",
)
