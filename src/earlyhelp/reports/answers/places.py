"""Where domestic abuse is worst, in sentences made by rule of what may be shown, and what they can and cannot say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from earlyhelp.evaluate.places import LIKELY, PER, SMALL_AREA, WARD
from earlyhelp.release import ReleasedPlaces, Status
from earlyhelp.reports.answers.prepared import Part, Reply, Setting
from earlyhelp.reports.answers.ranking import beside_the_whole
from earlyhelp.reports.wording import IN_WORDS, in_words, listed, number

Row = Mapping[str, Any]

TOLD_FROM = 0.1
"""Wards with at least this probability to be among the worst are named; of small areas, those with an even chance."""
EVEN = 0.5
_MOST_NAMED = 8
PRINTED = (
    "ward_code_label", "lsoa_label", "in_words", "probability_among_worst", "probability_by_notifications", "repeat",
    "may_be_hidden",
)  # fmt: skip
"""The columns that a terminal has room for; `--json` has them all."""
CAN_SAY = (
    "This can say where notifications are most frequent for the children who live there, and how sure that is.",
    "This can say where other routes tell of more than notifications would suggest, so that the police may not hear of it.",
)
CANNOT_SAY = (
    "This cannot say how much abuse there is: what nobody tells anybody of is in no figure here.",
    "This cannot say why places differ: in need, in trust, in policing or in who records.",
    "Routes are taken to be mistaken each in its own way: where one is told by another, what they have in common says more "
    "of recording than of abuse.",
    "Probabilities are no ranking: two areas with nearly the same one cannot be told apart.",
)


def where_worst(parts: Sequence[Part], setting: Setting) -> Reply:
    """The answer by ward and small area; without notifications, requests by ward, and why there is no more.

    parts: requests in which domestic abuse is mentioned, by ward, then in all (A9).
    """
    found = setting.places
    if found is None or found.status is not Status.OK or found.council is None:
        return _requests_alone(parts, found.why_no_data if found else "No notifications are held.")
    rows = [*_with_requests(found.level(WARD), parts[0]), *found.level(SMALL_AREA)]
    table = tuple({**row, "in_words": _rate_in_words(row)} for row in rows)
    certificates = tuple(str(row["certificate"]) for row in rows if row.get("certificate"))
    caveats = tuple(_caveats(found))
    return Reply(tuple(_sentences(found)), table, caveats, certificates, PRINTED)


def _requests_alone(parts: Sequence[Part], why: str) -> Reply:
    requests = beside_the_whole(parts, "ward_code", "wards")
    said = f"{why} What follows are requests for support in which domestic abuse is mentioned."
    nothing = {"status": str(Status.OK), "probability_among_worst": None}
    table = tuple({**row, **nothing} for row in requests.table)
    return Reply((said, *requests.answer), table, requests.caveats, requests.certificates)


def _with_requests(rows: Sequence[Row], requests: Part) -> Iterator[Row]:
    """Each ward with its rate of requests in which abuse is mentioned, and the certificate of that."""
    told = {
        row.dims.get("ward_code"): (row.value, certificate)
        for row, certificate in zip(requests.released.rows, requests.certificates, strict=True)
    }
    for row in rows:
        value, certificate = told.get(row["ward_code"], (None, None))
        yield {**row, "requests": value, "certificate": certificate}


def _sentences(found: ReleasedPlaces) -> Iterator[str]:
    yield from _of_the_council(found)
    yield from _of_wards(found)
    yield from _of_changes(found)
    yield from _of_small_areas(found)
    yield from _of_the_hidden(found)
    yield from _of_repeats(found)


def _of_the_council(found: ReleasedPlaces) -> Iterator[str]:
    row = found.council or {}
    if row["numerator"] is None:
        yield "The police told of too few incidents of domestic abuse to say anything."
        return
    counted = (
        f"The police told of {number(row['numerator'])} incidents of domestic abuse from {in_words(found.first)} to "
        f"{in_words(found.last)}"
    )
    if row["value"] is None:
        yield f"{counted}. How many children live here is not held, so that there are counts and no rate."
    else:
        yield f"{counted}: {_rate_in_words(row)} for each {PER:,} children."
    if row["change"] is not None:
        yield _trend(row)


def _trend(row: Row) -> str:
    change, lower, upper = (row[name] for name in ("change", "change_lower", "change_upper"))
    sure = "more than chance" if lower > 1 or upper < 1 else "no more than chance may bring"
    return (
        f"The year before had {number(row['before'])}: a change of {_percent(change - 1, sign=True)} "
        f"(95 % interval {_percent(lower - 1, sign=True)} to {_percent(upper - 1, sign=True)}), {sure}."
    )


def _of_wards(found: ReleasedPlaces) -> Iterator[str]:
    rows, worst = found.level(WARD), (found.worst or {})[WARD]
    told = [row for row in rows if row["probability_among_worst"] is not None]
    few = sum(1 for row in rows if row["status"] == Status.SUPPRESSED)
    if told:
        if told[0]["probability_rests_on"] == "all_routes":
            yield (
                f"Police notifications, {listed(found.routes)}, taken together over two years, put these wards "
                f"{_among(worst, len(rows))}: {_with_chances(told, 'probability_among_worst')}."
            )
            yield f"By notifications alone: {_with_chances(told, 'probability_by_notifications')}. {_DIFFER}"
        else:
            yield (
                f"By police notifications these wards are {_among(worst, len(rows))}: "
                f"{_with_chances(told, 'probability_among_worst')}."
            )
    if few:
        yield f"{_number_of(few, 'ward')} {'has' if few == 1 else 'have'} too few to say anything."


def _of_changes(found: ReleasedPlaces) -> Iterator[str]:
    """Wards whose notifications rose or fell by more than chance, with how many would by chance alone."""
    told = [row for row in found.level(WARD) if row["change"] is not None]
    apart = [row for row in told if row["change_lower"] > 1 or row["change_upper"] < 1]
    if apart:
        named = listed([f"{_label(row)} ({_percent(row['change'] - 1, sign=True)})" for row in apart[:_MOST_NAMED]])
        yield (
            f"Notifications changed by more than chance may bring in {len(apart)} of {len(told)} wards: {named}. One ward in "
            "twenty would seem to without any true change."
        )
    elif told:
        yield "In no ward did notifications change by more than chance may bring."


_DIFFER = "Where the two differ, the police may hear of more in one ward than in another."


def _with_chances(rows: Sequence[Row], name: str) -> str:
    """The areas with a chance worth naming, with it in a hundred, the likeliest first."""
    likely = sorted((row for row in rows if (row[name] or 0) >= TOLD_FROM), key=lambda row: -row[name])
    named = [f"{_label(row)} ({_in_a_hundred(row[name])})" for row in likely[:_MOST_NAMED]]
    return listed(named) or "none stands out"


def _of_small_areas(found: ReleasedPlaces) -> Iterator[str]:
    rows, worst = found.level(SMALL_AREA), (found.worst or {})[SMALL_AREA]
    told = [row for row in rows if row["probability_among_worst"] is not None]
    if told:
        likely = sorted(
            (row for row in told if row["probability_among_worst"] >= EVEN),
            key=lambda row: -row["probability_among_worst"],
        )
        more = "" if len(likely) <= _MOST_NAMED else f" and {len(likely) - _MOST_NAMED} more"
        named = listed(
            [f"{_label(row)} ({_in_a_hundred(row['probability_among_worst'])})" for row in likely[:_MOST_NAMED]]
        )
        yield (
            f"Of {len(rows)} small areas, {_number_of(len(likely), 'one')[0].lower()}{_number_of(len(likely), 'one')[1:]} "
            f"{'are' if len(likely) > 1 else 'is'} more likely than not among the worst tenth ({worst})"
            f"{f': {named}{more}' if named else ''}."
        )
    few = sum(1 for row in rows if row["status"] == Status.SUPPRESSED)
    if few:
        yield f"{_number_of(few, 'small area')} {'has' if few == 1 else 'have'} too few to say anything."


def _of_the_hidden(found: ReleasedPlaces) -> Iterator[str]:
    rows = found.level(WARD)
    if all(row["may_be_hidden"] is None for row in rows):
        if found.routes:
            return
        yield "No other route tells of domestic abuse, so that nothing can be said of where the police may not hear of it."
        return
    hidden = [row for row in rows if row["may_be_hidden"]]
    if not hidden:
        yield "In no ward do other routes tell of clearly more than notifications would suggest."
    for row in hidden:
        yield _hidden(row, found.council or {})
    areas = [row for row in found.level(SMALL_AREA) if row["may_be_hidden"]]
    if areas:
        yield f"It may be hidden in these small areas too: {listed([_label(row) for row in areas[:_MOST_NAMED]])}."


def _hidden(row: Row, whole: Row) -> str:
    said = (
        f"It may be hidden from the police in {_label(row)}: families known by other routes are "
        f"{row['other_ratio']:.1f} times as frequent as in the council, families notified {row['police_ratio']:.1f} times"
    )
    if row["health_ratio"] is not None:
        said += f", families with health events that often go with it {row['health_ratio']:.1f} times"
    if row["police_knew"] is not None and whole["police_knew"] is not None:
        said += (
            f"; of families of whom others told, the police told of {_percent(row['police_knew'])}, against "
            f"{_percent(whole['police_knew'])} in the council"
        )
    return f"{said}."


def _of_repeats(found: ReleasedPlaces) -> Iterator[str]:
    row = found.council or {}
    if row["repeat"] is None:
        why = {
            Status.SUPPRESSED: "There are too few families to tell how many are told of again within twelve months.",
            Status.NOT_MATURE: "The notifications do not reach back two years, so that nobody can tell yet how many families "
            "are told of again within twelve months.",
        }
        yield why.get(Status(row["repeat_status"]), "No family could be followed to see whether it is told of again.")
        return
    yield (
        f"Of {number(row['repeat_families'])} families told of in the year before, all followed for twelve months, "
        f"{_percent(row['repeat'])} were told of again in them (95 % interval {_percent(row['repeat_lower'])} to "
        f"{_percent(row['repeat_upper'])})."
    )


def _caveats(found: ReleasedPlaces) -> Iterator[str]:
    yield from (*CAN_SAY, *CANNOT_SAY)
    yield f"An area is listed as hidden where that is at least {LIKELY:.0%} likely: up to one in five may be so by chance."
    if not found.whole_year:
        yield "The notifications held begin within the year told of: its counts are too low."
    if not found.two_years:
        yield "The notifications held do not reach back two years: there is no change and no repeat to tell."
    if found.stale:
        yield f"The notifications held end on {in_words(found.last)}, long before the day that the data is as at."
    if found.nowhere != 0:
        yield f"{_left_out(found.nowhere)} outside the council or at no known place: in no figure of an area."
    if found.unlinked != 0:
        yield f"{_left_out(found.unlinked)} without a family that is named: they are in no repeat."


def _left_out(count: float | None) -> str:
    return "A few notifications are" if count is None else f"{number(count)} notifications are"


def _rate_in_words(row: Row) -> str:
    if row["value"] is None:
        return IN_WORDS[Status(row["status"])]
    return f"{row['value']:.1f} ({row['lower']:.1f} to {row['upper']:.1f})"


def _label(row: Row) -> str:
    return str(row.get("ward_code_label") or row.get("lsoa_label"))


def _in_a_hundred(probability: float) -> str:
    """A probability in words that never claim to be certain."""
    whole = round(100 * probability)
    return "over 99 in 100" if whole > 99 else "under 1 in 100" if whole < 1 else f"{whole} in 100"


def _percent(share: float, *, sign: bool = False) -> str:
    return f"{100 * share:+.0f} %" if sign else f"{100 * share:.0f} %"


def _among(worst: int, of: int) -> str:
    return f"among the worst {_word(worst)} of {of}" if worst > 1 else f"first as the worst of {of}"


def _word(count: int) -> str:
    return {1: "one", 2: "two", 3: "three"}.get(count, str(count))


def _number_of(count: int, noun: str) -> str:
    if noun == "one":
        return {0: "None", 1: "One"}.get(count, str(count))
    return f"{count} {noun}{'' if count == 1 else 's'}"
