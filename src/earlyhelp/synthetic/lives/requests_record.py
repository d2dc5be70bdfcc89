"""Requests as the council records them: table `contact`."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from earlyhelp.standard import codelists, contact
from earlyhelp.synthetic.hazards import NEEDS, PLACE_OF, REQUESTORS
from earlyhelp.synthetic.lives.asking import CODES, POLICE, SOURCES, main_need
from earlyhelp.synthetic.lives.days import LAST, NEVER, working_days_after
from earlyhelp.synthetic.lives.records import History
from earlyhelp.synthetic.lives.sheet import dates, entered, keys, pick, standard_table
from earlyhelp.synthetic.lives.statutory import Frame
from earlyhelp.synthetic.population import Flags, Ints

_DECISIONS = ("advice", "universal", "returned", "nfa", "early_help", "statutory", "pending")
_LEVELS = ("universal", "community", "targeted", "family_help", "statutory")
_ORGANISATIONS = (*(each.organisation for each in REQUESTORS), "Children's social care", "Early help")
_CHANNELS = ("Online form", "Telephone", "Email", "In person")


def contacts(history: History) -> pa.Table:
    """One row a request and child."""
    world, asked = history.world, _decided(history)
    draw = world.draw("records", "contact")
    row = history.contact_rows
    each = {name: values[row["request"]] for name, values in asked.items()}
    n = len(row["child"])
    # A brother or sister who grows up or leaves between the request and its acceptance is not taken on.
    too_late = (each["accepted"] < NEVER) & (each["accepted"] >= world.gone[row["child"]])
    each["decision"] = np.where(too_late, _DECISIONS.index("nfa"), each["decision"])
    each["level_decided"] = np.where(too_late, 0, each["level_decided"])
    each["accepted"] = np.where(too_late, NEVER, each["accepted"])
    school = np.where(each["source"] == CODES.index("2A"), world.people.school[row["child"]], -1)
    told = working_days_after(each["decided"], draw.integers(0, 12, n))
    return standard_table(
        contact,
        contact_id=keys("C", history.contact_number),
        person_key=pick(world.people.child_key, row["child"]),
        family_key=pick(world.people.family_key, each["family"]),
        contact_date=dates(each["day"]),
        channel=pick(_CHANNELS, each["channel"]),
        team=pick(["Front door"], np.zeros(n, np.int64)),
        source_code=pick(SOURCES, each["source"]),
        source_raw=pick([codelists.referral_source.label(code) for code in SOURCES], each["source"]),
        requestor_organisation=pick(_ORGANISATIONS, each["source"]),
        school_urn=pick(world.school_urn, school),
        reason_code=pick(NEEDS, each["need"]),
        reason_raw=pick([codelists.needs.label(code) for code in NEEDS], each["need"]),
        domestic_abuse=pa.array(each["abuse"]),
        level_requested=pick(_LEVELS, each["wanted"]),
        level_decided=pick(_LEVELS, each["level_decided"]),
        avoidable=pa.array(each["avoidable"]),
        decision_code=pick(_DECISIONS, each["decision"]),
        decision_raw=pick([codelists.contact_decisions.label(code) for code in _DECISIONS], each["decision"]),
        decision_date=dates(each["decided"]),
        accepted_date=dates(each["accepted"]),
        feedback_date=only_dates(told, draw.random(n) < 0.7),
        recorded_date=entered(draw, each["day"]),
    )


def only_dates(days: Ints, known: Flags) -> pa.Array:
    """Dates where `known`."""
    return dates(np.where(known, days, NEVER))


def _decided(history: History) -> Frame:
    """What was decided of each request, and when."""
    asked, draw = history.requests, history.world.draw("records", "decisions")
    n = len(asked["day"])
    luck = np.searchsorted([0.42, 0.66, 0.78], draw.random(n), side="right")
    decision = np.where(asked["accepted"] < NEVER, _DECISIONS.index("early_help"), luck)
    decision = np.where(asked["statutory"], _DECISIONS.index("statutory"), decision)
    decision = np.where(asked["referral"] & ~asked["statutory"], _DECISIONS.index("statutory"), decision)
    decided = working_days_after(asked["day"], draw.integers(0, 4, n))
    decided = np.where(asked["referral"], asked["day"], np.where(asked["accepted"] < NEVER, asked["accepted"], decided))
    decision = np.where(decided > LAST, _DECISIONS.index("pending"), decision)
    level = np.select(
        [decision == 5, asked["level"] == 1, decision == 4, decision == 6, decision == 0], [4, 3, 2, -1, 1], default=0
    )
    wanted = np.clip(np.rint(asked["gravity"] / 1.6 + draw.normal(0.3, 0.6, n)).astype(np.int64), 0, 4)
    police = asked["source"] == POLICE
    return {
        **{name: asked[name] for name in ("family", "day", "source", "accepted")},
        "need": main_need(draw, asked["seen"], asked["source"]), "decision": decision, "decided": decided,
        "abuse": asked["seen"][:, PLACE_OF["SF8"]] | police, "level_decided": level, "wanted": wanted,
        "avoidable": (decision < 4) & (draw.random(n) < 0.35), "channel": draw.choice(4, n, p=[0.5, 0.25, 0.2, 0.05]),
    }  # fmt: skip
