"""Demand: how many requests for support come, from whom, about what, and how many come again."""

from __future__ import annotations

from earlyhelp.measures.children_alone import ADULTS_LEFT_OUT, records_of_children
from earlyhelp.measures.look_back import NOT_TOLD, told_from
from earlyhelp.measures.measure import Better, Flow, Measure, Statistic
from earlyhelp.standard import CodeList, CodeValue, contact

RECEIVED = Flow("the council received the request")
_REQUESTS = "SELECT contact.*, {unit} AS unit_id, contact_date AS day FROM {whom} AS contact"
_OF_CHILDREN = records_of_children("contact", "contact_date")

_DECISIONS = contact.decision_code.code_list
PREVIOUS_DECISIONS = CodeList(
    "previous_decisions",
    "Decision on the request before",
    (
        *(_DECISIONS.values if _DECISIONS else ()),
        CodeValue("several", "Several requests on one day, decided differently"),
        CodeValue("no_request", "No request in the 365 days before"),
    ),
    source="Early Help standard, version 1.",
)

_REPEATS = f"""
    SELECT contact.*, row_id AS unit_id, contact.contact_date AS day,
    coalesce(date_diff('day', earlier.previous, contact.contact_date) <= 365, FALSE) AS counted,
    CASE WHEN date_diff('day', earlier.previous, contact.contact_date) <= 365 THEN earlier.previous_decision
    ELSE 'no_request' END AS previous_decision
    FROM contact JOIN (
        SELECT {{who}}, contact_date, lag(contact_date) OVER (PARTITION BY {{who}} ORDER BY contact_date) AS previous,
        lag(decided) OVER (PARTITION BY {{who}} ORDER BY contact_date) AS previous_decision
        FROM (
            SELECT {{who}}, contact_date,
            CASE WHEN count(DISTINCT decision_code) > 1 THEN 'several' ELSE min(decision_code) END AS decided
            FROM contact GROUP BY {{who}}, contact_date
        ) AS by_day
    ) AS earlier ON earlier.{{who}} = contact.{{who}} AND earlier.contact_date = contact.contact_date
    CROSS JOIN ({told_from(contact.contact_date)}) AS seen WHERE contact.contact_date >= told_from
"""
_DAYS_OF_REPEATS = f"""
    SELECT contact_date AS day FROM contact CROSS JOIN ({told_from(contact.contact_date)}) AS seen
    WHERE {{who}} IS NOT NULL AND contact_date >= told_from
"""

requests_received = Measure(
    id="A1",
    name="Requests for support received",
    question="How many requests for support do we get, and from whom?",
    why="Demand tells where need comes to notice; it rises with trust as well as with need.",
    unit="requests",
    numerator="Requests received.",
    of=contact,
    rows=_REQUESTS.format(unit="row_id", whom="contact"),
    time=RECEIVED,
    statistic=Statistic.COUNT,
    better=Better.CONTEXT,
    needs=(contact.contact_date,),
    traps=(
        "A request about three children is three requests: use the definitions children and families beside it.",
        "What counts as a request differs between front doors; compare councils only under one definition.",
        ADULTS_LEFT_OUT,
    ),
    definitions={
        "children": {
            "unit": "children",
            "numerator": "Children about whom a request was received, each once in a period.",
            "rows": _REQUESTS.format(unit="person_id", whom=_OF_CHILDREN),
            "once": True,
        },
        "families": {
            "unit": "families",
            "numerator": "Families about whom a request was received, each once in a period.",
            "rows": _REQUESTS.format(unit="family_id", whom="contact"),
            "once": True,
        },
        "rate": {
            "numerator": "Requests received about children.",
            "rows": _REQUESTS.format(unit="row_id", whom=_OF_CHILDREN),
            "statistic": Statistic.RATE,
            "per": 10_000,
            "denominator": "Children aged 0 to 17 in the area, for each 10,000.",
        },
    },
    source="Kent 2020 shows activity against thresholds; ONS mid-year population for the rate.",
)

self_or_family_initiated = Measure(
    id="A2",
    name="Self or family-initiated share",
    question="How many requests come from the child or the family itself?",
    why="Families who ask for help themselves trust that asking is safe; the share stands in for trust and stigma.",
    unit="requests",
    numerator="Of these, asked for by the child (1C) or by a parent, carer or relative (1A).",
    denominator="Requests received of which it is recorded who asked.",
    of=contact,
    rows="""
        SELECT contact.*, row_id AS unit_id, contact_date AS day, source_code IN ('1A', '1C') AS counted FROM contact
        WHERE source_code NOT IN ('10', 'not_recorded', 'unmapped')
    """,
    time=RECEIVED,
    statistic=Statistic.SHARE,
    better=Better.HIGHER,
    needs=(contact.contact_date, contact.source_code),
    gate={contact.source_code: 0.5},
    traps=(
        "Requests whose requestor is unknown, not recorded or not mapped to a code are left out of both counts.",
        "Neighbours, strangers and those who stay anonymous are no family: they are in the denominator alone.",
        "A parent who asks through a school is counted as the school.",
    ),
    source="A stand-in for trust and stigma; referral sources of the children in need census.",
)

repeat_requests = Measure(
    id="A5",
    name="Repeat requests within 12 months",
    question="How many requests are about children of whom we were asked not long ago?",
    why="A request that comes again soon can mean that the first answer was not enough.",
    unit="requests",
    numerator="Of these, about a child of whom an earlier request was received 1 to 365 days before.",
    denominator="Requests received, of which the 365 days before are covered by the records.",
    of=contact,
    rows=_REPEATS.format(who="person_id"),
    days=_DAYS_OF_REPEATS.format(who="person_id"),
    time=RECEIVED,
    statistic=Statistic.SHARE,
    better=Better.LOWER,
    needs=(contact.contact_date,),
    also_by={"previous_decision": PREVIOUS_DECISIONS},
    traps=(
        "Several requests on one day are one call for help: none of them makes another a repeat.",
        NOT_TOLD.format(records="requests"),
        "It rests on linkage: a child who is not recognised is never a repeat, so show the quality of linkage beside it.",
        "A family may rightly ask again: for another child, or about another need.",
    ),
    definitions={
        "family": {
            "numerator": "Of these, about a family of whose children an earlier request was received 1 to 365 days before.",
            "rows": _REPEATS.format(who="family_id"),
            "days": _DAYS_OF_REPEATS.format(who="family_id"),
        }
    },
    source="Depends on the quality of linkage, which the catalogue asks to be published beside it (K3).",
)

domestic_abuse_requests = Measure(
    id="A9",
    name="Domestic-abuse requests",
    question="How many requests tell of domestic abuse?",
    why="Children are harmed by abuse that they see or hear; the front door is often the first to be told of it.",
    unit="requests",
    numerator="Of these, requests in which domestic abuse is mentioned.",
    denominator="Requests received of which it is recorded whether domestic abuse is mentioned.",
    of=contact,
    rows="""
        SELECT contact.*, row_id AS unit_id, contact_date AS day, domestic_abuse AS counted FROM contact
        WHERE domestic_abuse IS NOT NULL
    """,
    time=RECEIVED,
    statistic=Statistic.SHARE,
    better=Better.CONTEXT,
    needs=(contact.contact_date, contact.domestic_abuse),
    gate={contact.domestic_abuse: 0.5},
    traps=(
        "Much domestic abuse is never reported: a low figure can mean silence. Show what the police record beside it.",
        "Requests of which nobody recorded whether abuse is mentioned are left out of both counts.",
        "Where only a yes is ever recorded, the share cannot be told and its gate is closed; the rate can.",
        "A place where people trust services reports more of what there is.",
        ADULTS_LEFT_OUT,
    ),
    definitions={
        "rate": {
            "numerator": "Requests about children in which domestic abuse is mentioned.",
            "denominator": "Children aged 0 to 17 in the area, for each 1,000.",
            "rows": f"{_REQUESTS.format(unit='row_id', whom=_OF_CHILDREN)} WHERE domestic_abuse",
            "statistic": Statistic.RATE,
            "per": 1_000,
            "gate": {},
        }
    },
    source="Catalogue of measures, A9: only with a caveat of under-reporting, and police-recorded context.",
)
