"""Statutory events as social care records them: table `social_care_event`."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from earlyhelp.standard import social_care_event
from earlyhelp.synthetic.hazards import PLACE_OF
from earlyhelp.synthetic.lives.asking import SOURCES
from earlyhelp.synthetic.lives.days import ALL_MONTHS, FROM_5D, LAST, NEVER, birthdays, month_of
from earlyhelp.synthetic.lives.records import History
from earlyhelp.synthetic.lives.sheet import dates, entered, keys, only, pick, standard_table
from earlyhelp.synthetic.lives.statutory import Frame
from earlyhelp.synthetic.population import Flags, Ints

TYPES = ("referral", "assessment", "s47", "icpc", "cin_plan", "cin_episode", "cp_plan", "looked_after")
_OUTCOMES = ("RC7", "RC8", "RC9", "RC1", "RC4", "RC5", "E4A", "E13", "E45", "E11", "E17", "E3", "X1", "E8")
_OUT = {code: place for place, code in enumerate(_OUTCOMES)}
_CATEGORIES = ("N1", "N2", "N4", "N5", "N6", "N7", "NEG", "EMO", "PHY", "SAB")
_CAT = {code: place for place, code in enumerate(_CATEGORIES)}
_LEGAL = ("V2", "C1", "C2", "E1")
_FACTORS = (("SF4", "2B"), ("SF8", "3B"), ("SF3", "4B"), ("SF7", "14A"), ("SF6", "16A"), ("SF5", "17A"))


def social_care(history: History) -> pa.Table:
    """One row a statutory event and child, by kind and then by day of its case."""
    rows = _rows(history)
    parts = [_referrals(rows), _assessments(rows), _enquiries(rows), _conferences(rows), _plans_in_need(rows)]
    parts += [_cases(rows), _protection(rows), *_care(history, rows)]
    table = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    kept = (table["start"] <= LAST) & (table["start"] <= table["end"])
    return _table(history, rows, {name: values[kept] for name, values in table.items()})


def _rows(history: History) -> Frame:
    """Children of cases with all that is said of the case, and its needs as bits."""
    rows, cases, world = history.case_rows, history.cases, history.world
    case = rows["case"]
    named = (
        "family",
        "nfa",
        "assessed_only",
        "assessment",
        "assessed",
        "enquiry",
        "conference",
        "plan",
        "plan_end",
        "step_down",
    )
    month = np.clip(month_of(rows["day"]), 0, ALL_MONTHS - 1)
    # A child who was in care on the first day has no request on record; its referral came from within the council.
    source = np.full(history.months.counted["case"], SOURCES.index("5B"))
    asked = history.requests
    source[asked["case"][asked["case"] >= 0]] = asked["source"][asked["case"] >= 0]
    draw = world.draw("records", "case")
    luck = draw.random(history.months.counted["case"])[case]
    has = history.has[month, cases["family"][case]]
    return rows | {name: cases[name][case] for name in named} | {
        "source": source[case], "luck": luck, "has": has, "gone": world.gone[rows["child"]],
        "disabled": world.people.disabled[rows["child"]], "end_of_case": rows["end"],
        "grown": birthdays(world.born[rows["child"]], 18),
    }  # fmt: skip


def _part(rows: Frame, which: Flags, kind: str, start: Ints, end: Ints, **more: Ints) -> Frame:
    """Events of one kind on the rows that have it; codes by place, -1 for none."""
    n = len(start)
    none = np.full(n, -1)
    columns = {
        "outcome": none,
        "category": none,
        "nfa": none,
        "legal": none,
        "reason": none,
        "source": none,
        "factors": none,
    }
    whole = {
        "row": np.arange(n), "kind": np.full(n, TYPES.index(kind)), "start": start,
        "end": np.minimum(end, rows["last"]) if "last" in rows else end, **columns, **more,
    }  # fmt: skip
    return {name: values[which] for name, values in whole.items()}


def _never(rows: Frame) -> Ints:
    return np.full(len(rows["day"]), NEVER)


def _need(rows: Frame) -> Ints:
    """Primary need of the case."""
    has = rows["has"]
    return np.select(
        [rows["disabled"] & (rows["luck"] < 0.5), has[:, PLACE_OF["SF6"]] | has[:, PLACE_OF["SF8"]], has[:, PLACE_OF["SF7"]],
         has[:, PLACE_OF["SF5"]], has[:, PLACE_OF["SF10"]] & (rows["luck"] < 0.3)],
        [_CAT["N2"], _CAT["N1"], _CAT["N6"], _CAT["N5"], _CAT["N7"]],
        default=np.where(rows["luck"] < 0.6, _CAT["N1"], _CAT["N4"]),
    )  # fmt: skip


def _referrals(rows: Frame) -> Frame:
    every = np.ones(len(rows["day"]), bool)
    return _part(
        rows, every, "referral", rows["day"], _never(rows),
        nfa=rows["nfa"].astype(np.int64), source=rows["source"], category=_need(rows),
    )  # fmt: skip


def _assessments(rows: Frame) -> Frame:
    bits = sum(rows["has"][:, PLACE_OF[need]].astype(np.int64) << place for place, (need, _) in enumerate(_FACTORS))
    done = np.minimum(rows["assessed"], rows["end_of_case"])
    factors = np.where(done <= LAST, np.asarray(bits), -1)
    there = (rows["assessment"] < NEVER) & (rows["assessment"] <= rows["end_of_case"])
    return _part(rows, there, "assessment", rows["assessment"], done, factors=factors)


def _enquiries(rows: Frame) -> Frame:
    there = rows["enquiry"] <= rows["end_of_case"]
    no_conference = (rows["conference"] == NEVER).astype(np.int64)
    return _part(rows, there, "s47", rows["enquiry"], _never(rows), nfa=no_conference)


def _conferences(rows: Frame) -> Frame:
    return _part(rows, rows["conference"] <= rows["end_of_case"], "icpc", rows["conference"], _never(rows))


def _plans_in_need(rows: Frame) -> Frame:
    """The plan in need follows the assessment, or the protection plan where there was one; care ends it."""
    start = np.where(rows["plan"] < NEVER, rows["plan_end"] + 1, rows["assessed"] + 1)
    end = np.minimum(rows["end_of_case"], np.where(rows["care"] < NEVER, rows["care"] - 1, NEVER))
    return _part(rows, ~rows["nfa"] & ~rows["assessed_only"] & (start <= end), "cin_plan", start, end)


def _cases(rows: Frame) -> Frame:
    end = rows["end_of_case"]
    new = end >= FROM_5D
    moved = (end == rows["gone"] - 1) & (rows["gone"] < rows["grown"])
    ways = [moved, rows["assessed_only"] & rows["step_down"] & new, rows["assessed_only"], *_after_care(rows)]
    outcome = np.select(ways, [_OUT["RC5"], _OUT["RC9"], _OUT["RC8"], _OUT["RC1"], _OUT["RC4"]], default=_OUT["RC7"])
    outcome = np.where(end <= LAST, outcome, -1)
    return _part(rows, ~rows["nfa"], "cin_episode", rows["day"], end, outcome=outcome, category=_need(rows))


def _after_care(rows: Frame) -> list[Flags]:
    left = _left_care(rows)
    return [left == _OUT["E11"], left == _OUT["E45"]]


def _left_care(rows: Frame) -> Ints:
    """Why care ended: growing up, moving to another council's care, adoption, guardianship, going home."""
    born = birthdays(rows["grown"], -18)
    age, stay = (rows["care_end"] - born) / 365.25, rows["care_end"] - rows["care"]
    at_end = rows["care_end"] == rows["gone"] - 1
    return np.select(
        [at_end & (rows["gone"] < rows["grown"]), at_end, (age < 6) & (stay > 300) & (rows["luck"] < 0.4),
         (stay > 300) & (rows["luck"] < 0.65), stay > 300],
        [_OUT["E3"], _OUT["E17"], _OUT["E11"], _OUT["E45"], _OUT["E8"]],
        default=np.where(rows["luck"] < 0.6, _OUT["E4A"], _OUT["E13"]),
    )  # fmt: skip


def _protection(rows: Frame) -> Frame:
    has = rows["has"]
    category = np.select(
        [
            has[:, PLACE_OF["SF8"]] & (rows["luck"] < 0.75),
            rows["luck"] < 0.55,
            rows["luck"] < 0.85,
            rows["luck"] < 0.95,
        ],
        [_CAT["EMO"], _CAT["NEG"], _CAT["EMO"], _CAT["PHY"]],
        default=_CAT["SAB"],
    )
    end = np.minimum(rows["plan_end"], rows["end_of_case"])
    return _part(rows, rows["plan"] <= rows["end_of_case"], "cp_plan", rows["plan"], end, category=category)


def _care(history: History, rows: Frame) -> list[Frame]:
    """A period of care is one episode, or two when an interim care order becomes a full one after nine months."""
    there = rows["care"] < NEVER
    legal = np.select([rows["luck"] < 0.35, rows["luck"] < 0.85], [0, 1], default=3)
    change = rows["care"] + 270
    two = there & (legal == 1) & (change < rows["care_end"]) & (change <= LAST)
    why = np.where(rows["care_end"] <= LAST, _left_care(rows), -1)
    first_why = np.where(two, _OUT["X1"], why)
    started = np.zeros(len(legal), np.int64)
    first = _part(
        rows, there, "looked_after", rows["care"], np.where(two, change, rows["care_end"]),
        outcome=first_why, category=_need(rows), legal=legal, reason=started,
    )  # fmt: skip
    second = _part(
        rows, two, "looked_after", change, rows["care_end"],
        outcome=why, category=_need(rows), legal=np.full(len(legal), 2), reason=started + 1,
    )  # fmt: skip
    return [first, second]


def _factor_texts() -> list[str]:
    texts = []
    for bits in range(2 ** len(_FACTORS)):
        texts.append(";".join(code for place, (_, code) in enumerate(_FACTORS) if bits >> place & 1) or "21")
    return texts


def _table(history: History, rows: Frame, each: Frame) -> pa.Table:
    world, child = history.world, rows["child"][each["row"]]
    n = len(child)
    locality = world.places.locality[
        world.area(rows["family"][each["row"]], np.minimum(month_of(each["start"]), ALL_MONTHS - 1))
    ]
    teams = [f"{kind}, {name}" for kind in ("Assessment team", "Safeguarding team") for name in world.places.localities]
    later = np.isin(each["kind"], [TYPES.index(kind) for kind in ("cin_plan", "cp_plan", "looked_after")])
    return standard_table(
        social_care_event,
        event_id=keys("X", np.arange(n)),
        person_key=pick(world.people.child_key, child),
        type=pick(TYPES, each["kind"]),
        team=pick(teams, locality + later * len(world.places.localities)),
        start_date=dates(each["start"]),
        end_date=dates(each["end"]),
        source_code=pick(SOURCES, each["source"]),
        outcome_code=pick(_OUTCOMES, each["outcome"]),
        category=pick(_CATEGORIES, each["category"]),
        nfa=only(each["nfa"] == 1, each["nfa"] >= 0),
        factors=pick(_factor_texts(), each["factors"]),
        legal_status=pick(_LEGAL, each["legal"]),
        start_reason=pick(("S", "L"), each["reason"]),
        recorded_date=entered(world.draw("records", "social care"), each["start"]),
    )
