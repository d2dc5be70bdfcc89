"""Demand: how many requests for support come, from whom, and what is decided."""

from __future__ import annotations

from earlyhelp.measures.measure import Better, Flow, Measure, Statistic
from earlyhelp.standard import contact

_REQUESTS = "SELECT contact.*, {unit} AS unit_id, contact_date AS day FROM contact"
_RECEIVED = Flow("the council received the request")

requests_received = Measure(
    id="A1",
    name="Requests for support received",
    question="How many requests for support do we get, and from whom?",
    why="Demand tells where need comes to notice; it rises with trust as well as with need.",
    unit="requests",
    numerator="Requests received.",
    of=contact,
    rows=_REQUESTS.format(unit="row_id"),
    time=_RECEIVED,
    statistic=Statistic.COUNT,
    better=Better.CONTEXT,
    needs=(contact.contact_date,),
    traps=(
        "A request about three children is three requests: use the definitions children and families beside it.",
        "What counts as a request differs between front doors; compare councils only under one definition.",
    ),
    definitions={
        "children": {
            "unit": "children",
            "numerator": "People about whom a request was received, each once in a period.",
            "rows": _REQUESTS.format(unit="person_id"),
            "once": True,
        },
        "families": {
            "unit": "families",
            "numerator": "Families about whom a request was received, each once in a period.",
            "rows": _REQUESTS.format(unit="family_id"),
            "once": True,
        },
        "rate": {"statistic": Statistic.RATE, "denominator": "Children aged 0 to 17 in the area, for each 10,000."},
    },
    source="Kent 2020 shows activity against thresholds; ONS mid-year population for the rate.",
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
    time=_RECEIVED,
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
