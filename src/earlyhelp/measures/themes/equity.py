"""Equity: whether help reaches every group and place alike, and whether it helps them alike."""

from __future__ import annotations

from earlyhelp.measures.children_alone import ADULTS_LEFT_OUT, open_while_children
from earlyhelp.measures.closings import CLOSED, ENDS_BEFORE_IT_STARTS
from earlyhelp.measures.measure import Better, Flow, Measure, Open, Results, Statistic
from earlyhelp.measures.splits import YES_OR_NO
from earlyhelp.standard import CodeList, CodeValue, eh_episode, person, place, population

_EPISODES = open_while_children("eh_episode")
_OPEN_CHILDREN = f"""
    SELECT eh_episode.*, person_id AS unit_id, start_date AS from_day, end_date AS to_day FROM {_EPISODES} AS eh_episode
"""
_OPEN_WORDS = "with an episode open at the end of the period's last day"

reach_by_deprivation = Measure(
    id="H1",
    name="Reach by deprivation",
    question="Does help reach the places where need is greatest?",
    why="Need rises with deprivation; help that does not rise with it misses those who need it most.",
    unit="children",
    numerator=f"Children {_OPEN_WORDS}, each once.",
    denominator="Children aged 0 to 17 who live in small areas of that decile, for each 10,000.",
    of=eh_episode,
    rows=_OPEN_CHILDREN,
    time=Open(),
    statistic=Statistic.RATE,
    better=Better.EVEN,
    once=True,
    per=10_000,
    along="imd_decile",
    needs=(eh_episode.start_date, person.lsoa, place.imd_decile),
    gate={person.lsoa: 0.5},
    traps=(
        "Decile 1 is the most deprived tenth of England's small areas, not of the council's.",
        "An even rate is not an even share of need: need is several times higher in decile 1 than in decile 10.",
        "A child whose small area is not known is in no decile.",
        "Where a child lives is where it was last known to live.",
        ADULTS_LEFT_OUT,
    ),
    definitions={
        "slope": {
            "statistic": Statistic.SLOPE,
            "numerator": f"Children {_OPEN_WORDS}, in any decile. The value is the slope index of inequality.",
            "denominator": "Children aged 0 to 17 in all deciles, for each 10,000.",
        },
    },
    source="English Indices of Deprivation 2019; slope index as in the public-health technical guidance.",
)

_BY_ETHNICITY = """
    SELECT line.* FROM (
        SELECT help.person_id AS unit_id, 'above' AS side, 1 AS amount, {above}, profile.ethnicity
        FROM {whose} AS help LEFT JOIN profile ON profile.person_id = help.person_id
        UNION ALL
        SELECT 'children of ' || ethnicity AS unit_id, 'below' AS side, n AS amount, {below}, ethnicity FROM (
            SELECT year, ethnicity, arg_min("count", source) AS n,
            lead(year) OVER (PARTITION BY ethnicity ORDER BY year) AS next_year,
            row_number() OVER (PARTITION BY ethnicity ORDER BY year) AS nth
            FROM population JOIN setting USING (area_code)
            WHERE age_band = '0-17' AND coalesce(sex, 'all') IN ('all', 'not_recorded')
            AND coalesce(ethnicity, 'not_recorded') NOT IN ('all', 'not_recorded', 'unmapped')
            GROUP BY year, ethnicity
        ) AS told
    ) AS line
"""
_IN_YEAR = """CAST(CASE WHEN nth = 1 THEN '1900' ELSE CAST(year AS VARCHAR) END || '-01-01' AS DATE) AS from_day,
        CAST(CAST(next_year AS VARCHAR) || '-01-01' AS DATE) AS to_day"""

relative_rate_by_ethnicity = Measure(
    id="H2",
    name="Relative rate by ethnicity",
    question="Are children of every ethnic group as likely to be helped?",
    why="Groups that are helped less early are often those met more often late.",
    unit="children",
    numerator=f"Children of the group {_OPEN_WORDS}, each once.",
    denominator="Children aged 0 to 17 of the group in the area; the value is their rate over that of White British.",
    of=eh_episode,
    rows=_BY_ETHNICITY.format(above="start_date AS from_day, end_date AS to_day", below=_IN_YEAR, whose=_EPISODES),
    days=f"SELECT start_date AS from_day FROM {_EPISODES} AS help",
    time=Open(),
    statistic=Statistic.DISPARITY,
    better=Better.EVEN,
    about_person=False,
    along="ethnicity",
    reference="WBRI",
    also_by={"ethnicity": person.ethnicity.code_list},
    only_by=("ethnicity",),
    needs=(eh_episode.start_date, person.ethnicity, population.ethnicity),
    gate={person.ethnicity: 0.5},
    traps=(
        "A rate unlike another's is a question, not yet an answer: need and deprivation differ between groups too.",
        "Publications count groups by what families say; case systems by what workers record.",
        "Children whose group is not known are compared with nobody; H6 says how many they are.",
        "The population is the latest that was published by the period's year.",
        ADULTS_LEFT_OUT,
    ),
    source="Data to Insight disproportionality tool: school census or Census denominators.",
)

need_to_reach = Measure(
    id="H3",
    name="Need-to-reach ratio",
    question="Who are we not reaching?",
    why="A place with a quarter of the need and a tenth of the help is being missed.",
    unit="families",
    numerator=f"Families of the place {_OPEN_WORDS}, each once.",
    denominator="Expected need of the place; the value is its families for each unit of need over that of all places.",
    of=eh_episode,
    rows="""
    SELECT eh_episode.family_id AS unit_id, 'above' AS side, 1 AS amount, start_date AS from_day, end_date AS to_day,
    profile.lsoa, place.ward_code
    FROM eh_episode LEFT JOIN profile ON profile.person_id = eh_episode.person_id
    LEFT JOIN (SELECT lsoa, min(ward_code) AS ward_code FROM place GROUP BY lsoa) AS place ON place.lsoa = profile.lsoa
    UNION ALL
    SELECT expected_need.lsoa AS unit_id, 'below' AS side, expected AS amount, DATE '1900-01-01' AS from_day,
    NULL AS to_day, expected_need.lsoa, place.ward_code
    FROM expected_need
    LEFT JOIN (SELECT lsoa, min(ward_code) AS ward_code FROM place GROUP BY lsoa) AS place USING (lsoa)
    """,
    days="SELECT start_date AS from_day FROM eh_episode",
    time=Open(),
    statistic=Statistic.DISPARITY,
    better=Better.EVEN,
    about_person=False,
    along="ward_code",
    also_by={"ward_code": None, "lsoa": place.lsoa.code_list},
    only_by=("ward_code", "lsoa"),
    needs=(eh_episode.start_date, person.lsoa),
    results=Results("reference", "expected_need", {"lsoa": "VARCHAR", "expected": "DOUBLE"}),
    traps=(
        "Expected need comes from public indicators of places; it is not the need of any family.",
        "A ratio below 1 asks who is missed; it does not say that anybody was turned away.",
    ),
    source="English Indices of Deprivation; Office for Health Improvement and Disparities, public indicators of need.",
)

_CLOSED = f"""
    SELECT closed.*, row_id AS unit_id, end_date AS day, end_reason_code = 'outcomes_met' AS counted{{group}}
    FROM eh_episode AS closed CROSS JOIN setting{{join}}
    WHERE {CLOSED} AND end_date <= as_at AND end_reason_code IS NOT NULL AND end_reason_code NOT IN ('not_recorded', 'unmapped')
"""
_DISABLED = """,
    CASE WHEN disability IN ('not_recorded', 'unmapped') THEN NULL ELSE disability <> 'NONE' END AS has_disability"""
_IN_SCHOOL = """,
    sen = 1 AS has_sen"""
_DEPRIVED = """,
    imd_decile <= 3 AS most_deprived"""
_PROFILE = "\n    LEFT JOIN profile ON profile.person_id = closed.person_id"
_SEN = """
    LEFT JOIN (
        SELECT person_id, max(CASE WHEN sen_status IN ('support', 'ehcp') THEN 1 WHEN sen_status = 'none' THEN 0 END) AS sen
        FROM person GROUP BY person_id
    ) AS pupil ON pupil.person_id = closed.person_id"""
_PLACE = (
    _PROFILE
    + """
    LEFT JOIN (SELECT lsoa, min(imd_decile) AS imd_decile FROM place GROUP BY lsoa) AS place
    ON place.lsoa = profile.lsoa"""
)

outcome_gap = Measure(
    id="H4",
    name="Outcome gap",
    question="Do some groups of children end with their goals met less often than others?",
    why="The equality duty asks not only who is reached but how it ends for them.",
    unit="episodes",
    numerator="Episodes of children of the group that closed with their outcomes met.",
    denominator="Episodes of the group that closed; the value is their share less that of all other groups together.",
    of=eh_episode,
    rows=_CLOSED.format(group="", join=""),
    time=Flow("the episode closed"),
    statistic=Statistic.GAP,
    better=Better.ZERO,
    along="ethnicity",
    needs=(eh_episode.end_reason_code, person.ethnicity),
    gate={eh_episode.end_reason_code: 0.5, person.ethnicity: 0.5},
    traps=(
        ENDS_BEFORE_IT_STARTS,
        "A gap may come from unlike needs on arrival; it is a reason to look, not a finding.",
        "Closures without a reason are left out, and so are children whose group is not known.",
        "With many groups one in twenty intervals leaves out zero by chance alone.",
        "Siblings close together, so that the true intervals are wider than those shown.",
    ),
    definitions={
        "disability": {
            "rows": _CLOSED.format(group=_DISABLED, join=_PROFILE),
            "along": "has_disability",
            "also_by": {"has_disability": YES_OR_NO},
            "needs": (eh_episode.end_reason_code, person.disability),
            "gate": {eh_episode.end_reason_code: 0.5, person.disability: 0.5},
        },
        "special_educational_needs": {
            "rows": _CLOSED.format(group=_IN_SCHOOL, join=_SEN),
            "along": "has_sen",
            "also_by": {"has_sen": YES_OR_NO},
            "needs": (eh_episode.end_reason_code, person.sen_status),
            "gate": {eh_episode.end_reason_code: 0.5},
        },
        "deprivation": {
            "rows": _CLOSED.format(group=_DEPRIVED, join=_PLACE),
            "along": "most_deprived",
            "also_by": {"most_deprived": YES_OR_NO},
            "needs": (eh_episode.end_reason_code, person.lsoa, place.imd_decile),
            "gate": {eh_episode.end_reason_code: 0.5, person.lsoa: 0.5},
        },
    },
    source="Equality Act 2010, section 149; Newcombe 1998 for the interval.",
)

_UNDER_FIVE = f"""
    SELECT eh_episode.*, eh_episode.person_id AS unit_id, {{begins}} AS from_day, {{ends}} AS to_day
    FROM {_EPISODES} AS eh_episode JOIN profile AS child ON child.person_id = eh_episode.person_id
    WHERE child.birth_month IS NOT NULL AND {{begins}} < coalesce({{ends}}, DATE '9999-12-31')
"""
_FIFTH_BIRTHDAY = "CAST(child.birth_month + INTERVAL 5 YEAR AS DATE)"

under_five_reach = Measure(
    id="H5",
    name="Under-5 and unborn reach",
    question="How many of the youngest children do we reach?",
    why="The first years matter most, and no school sees these children.",
    unit="children",
    numerator=f"Children under 5 {_OPEN_WORDS}, each once.",
    denominator="Children aged 0 to 4 in the area, for each 1,000.",
    of=eh_episode,
    rows=_UNDER_FIVE.format(
        begins="greatest(start_date, child.birth_month)",
        ends=f"least(coalesce(end_date, {_FIFTH_BIRTHDAY}), {_FIFTH_BIRTHDAY})",
    ),
    time=Open(),
    statistic=Statistic.RATE,
    better=Better.HIGHER,
    once=True,
    per=1_000,
    ages="0-4",
    needs=(eh_episode.start_date, person.dob),
    traps=(
        "Age is by month of birth: a birthday counts from the first of its month.",
        "A child whose birth is not known is not counted; an unborn one is taken as born from its expected month on.",
        "Higher is better only up to need; children seen by health visitors alone are not in these records.",
        ADULTS_LEFT_OUT,
    ),
    definitions={
        "unborn": {
            "numerator": f"Unborn children {_OPEN_WORDS}, each once.",
            "denominator": "Children aged 0 to 4 in the area, for each 1,000: births themselves are not in the data.",
            "rows": _UNDER_FIVE.format(
                begins="start_date", ends="least(coalesce(end_date, child.birth_month), child.birth_month)"
            ),
            "needs": (eh_episode.start_date, person.expected_dob),
        },
    },
    source="Family hubs and Start for Life programme guide 2022: the first 1,001 days.",
)

CHARACTERISTICS = CodeList(
    "characteristic",
    "Characteristic",
    (
        CodeValue("ethnicity", "Ethnicity"),
        CodeValue("disability", "Disability"),
        CodeValue("first_language", "First language"),
    ),
    source="Catalogue of measures, H6.",
)

characteristic_completeness = Measure(
    id="H6",
    name="Characteristic completeness",
    question="Do we know who the children are whom we help?",
    why="Nothing can be said about equity where nobody asked.",
    unit="children",
    numerator="Of these, children of whom the characteristic is recorded.",
    denominator=f"Children {_OPEN_WORDS}, each once.",
    of=eh_episode,
    rows=f"""
    SELECT eh_episode.*, eh_episode.person_id AS unit_id, start_date AS from_day, end_date AS to_day, characteristic,
    coalesce(
        CASE characteristic WHEN 'ethnicity' THEN has_ethnicity WHEN 'disability' THEN has_disability ELSE has_language END,
        FALSE
    ) AS counted
    FROM {_EPISODES} AS eh_episode
    CROSS JOIN (VALUES ('ethnicity'), ('disability'), ('first_language')) AS asked(characteristic)
    LEFT JOIN (
        SELECT person_id,
        max(CASE WHEN ethnicity NOT IN ('NOBT', 'REFU', 'unmapped', 'not_recorded') THEN 1 ELSE 0 END) = 1 AS has_ethnicity,
        max(CASE WHEN disability NOT IN ('unmapped', 'not_recorded') THEN 1 ELSE 0 END) = 1 AS has_disability,
        max(CASE WHEN first_language IS NOT NULL THEN 1 ELSE 0 END) = 1 AS has_language
        FROM person GROUP BY person_id
    ) AS known ON known.person_id = eh_episode.person_id
    """,
    time=Open(),
    statistic=Statistic.SHARE,
    better=Better.HIGHER,
    once=True,
    needs=(eh_episode.start_date,),
    always_by={"characteristic": CHARACTERISTICS},
    traps=(
        "A family that would not say is asked but not known: it counts as not recorded here.",
        "What any linked system knows of a child counts, not the case system alone.",
        ADULTS_LEFT_OUT,
    ),
    source="Equality and Human Rights Commission, technical guidance on the public sector equality duty.",
)
