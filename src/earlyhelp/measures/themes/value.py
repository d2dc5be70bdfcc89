"""Value: what early help costs, for whom, and what it would have to avoid to pay for itself."""

from __future__ import annotations

from earlyhelp.measures.measure import AsAt, Better, Disclosure, Flow, Measure, Results, Statistic
from earlyhelp.measures.periods import Grain
from earlyhelp.standard import CodeList, CodeValue, eh_episode, service, service_delivered, spend

_YEAR_START = "CAST(substr(financial_year, 1, 4) || '-04-01' AS DATE)"
"""A financial year such as 2024-25 begins on 1 April."""

_COST = """
        SELECT unit_id, day, side, amount, team, level FROM (
            SELECT CAST(row_id AS VARCHAR) AS unit_id, {year} AS day, 'above' AS side, amount, team, level FROM spend
            WHERE stage = 'early' AND kind = '{kind}'
            UNION ALL
            {below}
        ) AS line
"""
_YEAR_OF_EPISODE = f"""
            SELECT {{unit}} AS unit_id, of_year.day, 'below' AS side, {{amount}} AS amount, team, level
            FROM (SELECT DISTINCT {_YEAR_START} AS day FROM spend) AS of_year CROSS JOIN setting
            JOIN eh_episode AS help ON {{in_year}}
"""
_OPEN_IN = """start_date <= as_at AND start_date < of_year.day + INTERVAL 1 YEAR
                AND (end_date IS NULL OR end_date >= of_year.day)"""
_SUPPORTED = _YEAR_OF_EPISODE.format(unit="family_id", amount="1", in_year=_OPEN_IN)
_MONTHS = f"""
            SELECT help.family_id || ' ' || CAST(help.start_date AS VARCHAR) AS unit_id, of_year.day, 'below' AS side,
            greatest(date_diff('day', greatest(help.start_date, of_year.day),
                least(coalesce(help.end_date, as_at), as_at, CAST(of_year.day + INTERVAL 1 YEAR AS DATE))), 0) / 30.4375
            AS amount, team, level
            FROM (SELECT DISTINCT {_YEAR_START} AS day FROM spend) AS of_year CROSS JOIN setting
            JOIN family_help AS help ON help.start_date <= as_at AND help.start_date < of_year.day + INTERVAL 1 YEAR
                AND (help.end_date IS NULL OR help.end_date > of_year.day)
            JOIN eh_episode AS first ON first.row_id = help.first_record
"""
_CLOSED_WELL = _YEAR_OF_EPISODE.format(
    unit="family_id",
    amount="1",
    in_year="""end_date <= as_at AND end_date >= of_year.day
                AND end_date < of_year.day + INTERVAL 1 YEAR AND end_reason_code = 'outcomes_met'""",
)


def _cost(below: str, kind: str = "actual") -> str:
    return _COST.format(year=_YEAR_START, kind=kind, below=below.strip())


_YEARS_ALONE = "The ledger tells of financial years alone: there is no cost of a month."
_COUNCIL_ONLY = "What partners spend of their own is not in the council's ledger."
_EARLY = "Spending counts where its line is marked as early; a line that is not marked is left out."

cost_per_family = Measure(
    id="J1",
    name="Cost per family supported",
    question="What does it cost to help a family?",
    why="The first figure that finance asks for, and one that depends on what is put into it.",
    unit="families",
    numerator="Pounds actually spent on early help in the financial year.",
    denominator="Families with an episode open on any day of the year, each once.",
    of=spend,
    rows=_cost(_SUPPORTED),
    time=Flow("the financial year began"),
    statistic=Statistic.RATIO,
    better=Better.CONTEXT,
    finest=Grain.YEAR,
    above=Disclosure.MONEY,
    about_person=False,
    needs=(spend.amount, spend.stage, eh_episode.start_date),
    also_by={"team": None, "level": eh_episode.level.code_list},
    only_by=("team", "level"),
    traps=(
        _YEARS_ALONE,
        _EARLY,
        _COUNCIL_ONLY,
        "A family open for one day counts like one open all year: the definition family_month does not have that fault.",
        "The day on which an episode ends is one on which it was open: so help that ended on 1 April is in that year too.",
        "A year that is not over yet has the families so far and the spending so far.",
    ),
    definitions={
        "family_month": {
            "unit": "family-months",
            "denominator": "Months that families' help was open in the year, of 30.4375 days each.",
            "rows": _cost(_MONTHS),
        },
        "planned": {
            "numerator": "Pounds planned for early help in the financial year.",
            "rows": _cost(_SUPPORTED, "planned"),
        },
    },
    source="Scottish intensive family support: 1,300 to 1,900 pounds a family-month at 2008 prices.",
)

cost_per_good_closure = Measure(
    id="J2",
    name="Cost per good closure",
    question="What does it cost to bring one family to its goals?",
    why="Cheap help that reaches nothing is not cheap.",
    unit="families",
    numerator="Pounds actually spent on early help in the financial year.",
    denominator="Families with an episode that closed in the year with its outcomes met, each once.",
    of=spend,
    rows=_cost(_CLOSED_WELL),
    time=Flow("the financial year began"),
    statistic=Statistic.RATIO,
    better=Better.LOWER,
    finest=Grain.YEAR,
    above=Disclosure.MONEY,
    about_person=False,
    needs=(spend.amount, spend.stage, eh_episode.end_reason_code),
    gate={eh_episode.end_reason_code: 0.5},
    also_by={"team": None, "level": eh_episode.level.code_list},
    only_by=("team", "level"),
    traps=(
        _YEARS_ALONE,
        _EARLY,
        _COUNCIL_ONLY,
        "All spending is above the line, also for families still open, or closed otherwise.",
        "Teams record outcomes as met by their own lights: read it beside F1 and G3.",
    ),
    source="Supporting Families programme guide 2022-25: payment by outcomes.",
)

_SHARE_OF_SPEND = f"""
        SELECT spend.*, CAST(row_id AS VARCHAR) AS unit_id, {_YEAR_START} AS day, side
        FROM spend JOIN (VALUES ('above'), ('below')) AS line(side) ON side = 'below' OR stage = 'early'
        WHERE kind = '{{kind}}'
"""

early_share_of_spend = Measure(
    id="J3",
    name="Early share of children's spend",
    question="How much of each 100 pounds goes to help before the statutory thresholds?",
    why="Late help crowds out early help; the share shows whether that goes on here.",
    unit="pounds",
    numerator="Pounds actually spent on lines marked as early.",
    denominator="Pounds actually spent on children's services.",
    of=spend,
    rows=_SHARE_OF_SPEND.format(kind="actual"),
    time=Flow("the financial year began"),
    statistic=Statistic.RATIO,
    better=Better.CONTEXT,
    finest=Grain.YEAR,
    per=100,
    above=Disclosure.MONEY,
    below=Disclosure.MONEY,
    about_person=False,
    needs=(spend.amount, spend.stage),
    gate={spend.stage: 0.5},
    only_by=("team", "level", "line_code", "service_id"),
    traps=(
        "A ledger that holds early help alone gives 100; the share needs all of children's services.",
        "Lines without a mark of early or late are below the line and not above it.",
        "Councils book the same service on different lines: compare years of one council first.",
    ),
    definitions={
        "planned": {
            "numerator": "Pounds planned for lines marked as early.",
            "denominator": "Pounds planned for children's services.",
            "rows": _SHARE_OF_SPEND.format(kind="planned"),
        },
    },
    source="Pro Bono Economics for the Children's Charities Coalition: early spending down 42 % since 2010-11.",
)

BOUND = CodeList(
    "bound",
    "Estimate",
    (CodeValue("low", "Low"), CodeValue("central", "Central"), CodeValue("high", "High")),
    source="HM Treasury Green Book 2022: ranges rather than single figures.",
)

break_even = Measure(
    id="J4",
    name="Break-even effect",
    question="How much must be avoided for a service to pay for itself?",
    why="It needs no claim about causes: the reader can judge whether so little is likely.",
    unit="months or episodes avoided",
    numerator="Months or episodes of the dearer service whose avoided cost equals what the service costs.",
    of=service,
    rows="SELECT service_id, event_type, needed AS numerator, CAST(NULL AS DOUBLE) AS denominator FROM break_even",
    time=AsAt(),
    statistic=Statistic.COUNT,
    better=Better.LOWER,
    above=Disclosure.NOBODY,
    about_person=False,
    needs=(service.service_id,),
    results=Results("economics", "break_even", {"service_id": "VARCHAR", "event_type": "VARCHAR", "needed": "DOUBLE"}),
    always_by={"event_type": None},
    also_by={"service_id": None},
    traps=("What must be avoided is not what was avoided.",),
    source="HM Treasury Green Book 2022, switching values.",
)

avoided_cost = Measure(
    id="J5",
    name="Avoided cost (range)",
    question="What might the avoided harm be worth?",
    why="The sum that a business case rests on, and so the one that must not be claimed too high.",
    unit="pounds",
    numerator="Credible avoided events at their unit cost: low, central and high.",
    of=service,
    rows="SELECT event_type, bound, pounds AS numerator, CAST(NULL AS DOUBLE) AS denominator FROM avoided_cost",
    time=AsAt(),
    statistic=Statistic.COUNT,
    better=Better.HIGHER,
    above=Disclosure.MONEY,
    about_person=False,
    needs=(service.service_id,),
    results=Results("economics", "avoided_cost", {"event_type": "VARCHAR", "bound": "VARCHAR", "pounds": "DOUBLE"}),
    always_by={"bound": BOUND},
    also_by={"event_type": None},
    traps=(
        "Fiscal, economic and social value are three sums and are never one.",
        "Avoided cost is cash only where somebody can stop spending it.",
    ),
    source="Greater Manchester Combined Authority cost-benefit model; national evaluation of Troubled Families 2019.",
)

spend_elasticity = Measure(
    id="J6",
    name="Spend elasticity scenario",
    question="What change in children in need would a change in spending go with?",
    why="Published studies disagree; both readings belong on one page.",
    unit="children in need for each 10,000",
    numerator="Change in the rate of children in need under each published study.",
    of=spend,
    rows="SELECT scenario, study, change AS numerator, CAST(NULL AS DOUBLE) AS denominator FROM spend_elasticity",
    time=AsAt(),
    statistic=Statistic.COUNT,
    better=Better.CONTEXT,
    above=Disclosure.NOBODY,
    about_person=False,
    needs=(spend.amount,),
    results=Results("economics", "spend_elasticity", {"scenario": "VARCHAR", "study": "VARCHAR", "change": "DOUBLE"}),
    always_by={"study": None},
    also_by={"scenario": None},
    traps=("An association between councils is no promise for one council.",),
    source=(
        "Webb 2021: 1 % more spending went with 0.07 to 0.157 % fewer children in need in 2010-11 to 2014-15, and with "
        "no significant change after."
    ),
)

_CONTRACT = f"""
        SELECT line.*, coalesce(service.organisation, 'not_recorded') AS organisation FROM (
            SELECT service_id, CAST(row_id AS VARCHAR) AS unit_id, {_YEAR_START} AS day, 'above' AS side, amount
            FROM spend WHERE kind = 'actual' AND service_id IS NOT NULL
            UNION ALL
            SELECT service_id, coalesce(family_id, person_id) AS unit_id, of_year.day, 'below' AS side, 1 AS amount
            FROM (SELECT DISTINCT {_YEAR_START} AS day FROM spend) AS of_year
            JOIN service_delivered AS given ON status = 'completed' AND end_date >= of_year.day
                AND end_date < of_year.day + INTERVAL 1 YEAR
            CROSS JOIN setting WHERE end_date <= as_at
        ) AS line
        LEFT JOIN (SELECT service_id, min(organisation) AS organisation FROM service GROUP BY service_id) AS service
        USING (service_id)
        WHERE service_id IN (SELECT service_id FROM spend WHERE kind = 'actual')
"""

commissioned_unit_cost = Measure(
    id="J7",
    name="Commissioned service unit cost",
    question="What does each family that completes a commissioned service cost?",
    why="Contracts are renewed on price; the price of what was completed is the fair one.",
    unit="families",
    numerator="Pounds actually spent on the service in the financial year.",
    denominator="Families that completed it in the year, each once.",
    of=spend,
    rows=_CONTRACT,
    time=Flow("the financial year began"),
    statistic=Statistic.RATIO,
    better=Better.LOWER,
    finest=Grain.YEAR,
    above=Disclosure.MONEY,
    about_person=False,
    needs=(spend.amount, spend.service_id, service_delivered.status),
    also_by={"service_id": None, "organisation": None},
    only_by=("service_id", "organisation"),
    traps=(
        _YEARS_ALONE,
        "Services whose spending the ledger does not hold under their own number are left out on both sides.",
        "A service that takes the hardest families has fewer that complete.",
    ),
    source="Catalogue of measures: contract spend over families completing.",
)
