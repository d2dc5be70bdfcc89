"""Signals as sentences: plain words with figures and dates, put together by rule.

Every sentence is one of those below with its blanks filled. Verbs are in the past tense, so that any name fits: "stood
at", "stayed", "rose". Nothing here says why a figure changed.
"""

from __future__ import annotations

from collections.abc import Mapping

from earlyhelp.measures.measure import Better, Statistic
from earlyhelp.measures.periods import Grain, Period
from earlyhelp.measures.signals.control_chart import LEAST, ChartRules, Rule
from earlyhelp.measures.signals.reading import Direction, LeftOut, Reading, Series, Signal, read
from earlyhelp.measures.signals.seasons import LEAST_OF_EACH, Season

NOTHING = "Nothing has changed more than usual."
NOTHING_LATELY = "Nothing has changed more than usual of late, though it did before."
NOTHING_ELSE = "Nothing else has changed more than usual."

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
RIGHT_WAY = {
    Better.HIGHER: "higher is better",
    Better.LOWER: "lower is better",
    Better.ZERO: "zero is right",
    Better.BAND: "both high and low ask for a look at the cases",
}
"""What is added to a signal that is a concern or an improvement, so that the reader knows which way is good."""

WHY_LEFT_OUT = {
    LeftOut.SUPPRESSED: "too small to show",
    LeftOut.NOT_MATURE: "not mature",
    LeftOut.NO_DATA: "without data",
    LeftOut.FEW: "based on too few",
    LeftOut.UNFINISHED: "not complete",
    LeftOut.EVENT: "partly before and partly after an event",
}
ORDER = (Direction.CONCERN, Direction.IMPROVEMENT, Direction.NEITHER)
"""Of two signals of one rule in one period the concern is told first."""

_WITH_DECIMAL = (Statistic.RATE, Statistic.RATIO, Statistic.MEAN)
_MAY_BE_NEGATIVE = (Statistic.BALANCE, Statistic.DIFFERENCE, Statistic.MEAN)
_SHARES = (Statistic.SHARE, Statistic.MIX)


def sentences(reading: Reading) -> tuple[str, ...]:
    """What there is to say of one series now: its current signals, or that nothing changed; then what limits this.

    The signals come by the order of `Rule`, each one sentence. Where usual variation cannot be told from change, that
    is said instead. Of signals that ended before the latest usable point it is only said that there were some.
    """
    said = [sentence(reading.series, signal) for signal in reading.current]
    if not reading.judged:
        said = [_too_few(reading)]
    nothing = NOTHING_LATELY if reading.signals else NOTHING
    return (*(said or [nothing]), *_time_of_year(reading), *_not_used(reading))


def sentence(series: Series, signal: Signal) -> str:
    """One signal as one sentence.

    "Requests for support stood at 142 in March 2026, above the 98 to 131 that usual variation would give."
    """
    told = {
        Rule.OUTSIDE: _outside,
        Rule.SHIFT: _shift,
        Rule.TWO_OF_THREE: _two_of_three,
        Rule.TREND: _trend,
    }[signal.rule](series, signal)
    season = ", allowing for the time of year" if signal.seasonal else ""
    way = f"; {RIGHT_WAY[series.better]}" if signal.direction is not Direction.NEITHER else ""
    return f"{series.name} {told}{season}{way}."


def three_sentences(series_by_measure: Mapping[str, Series], rules: ChartRules | None = None) -> tuple[str, ...]:
    """Three sentences on this month, or fewer: what changed more than usual in the latest figures of many measures.

    Each measure has one sentence at most: its first current signal. They come in this order: the most recent period
    first; within it a point outside the limits, then a shift, two of three, a trend; then a concern before an
    improvement before neither; then as the measures stand in `series_by_measure` (the catalogue's order). With fewer
    than three signals, a sentence says that nothing (else) changed, and one for how many measures nobody can tell yet.
    """
    readings = [read(series, rules) for series in series_by_measure.values()]
    found = [(reading.series, reading.current[0]) for reading in readings if reading.current]
    found.sort(key=lambda pair: _rank(pair[1]))  # keeps the order of measures where signals rank alike
    said = [sentence(series, signal) for series, signal in found]
    judged = sum(reading.judged for reading in readings)
    if judged > len(found):
        said.append(NOTHING_ELSE if found else NOTHING)
    if judged < len(readings):
        said.append(f"For {len(readings) - judged} of {len(readings)} measures there are too few figures to tell.")
    return tuple(said[:3])


def _rank(signal: Signal) -> tuple[int, int, int]:
    return -signal.last.end.toordinal(), list(Rule).index(signal.rule), ORDER.index(signal.direction)


def _outside(series: Series, signal: Signal) -> str:
    crossed = signal.upper if signal.is_high else signal.lower
    lower, upper = _possible(series, signal.lower), _possible(series, signal.upper)
    value = _value(signal, -1)
    decimals = _telling(series, (value, crossed))
    usual = [figure(series, each, decimals) for each in (lower, upper)]
    between = " to ".join(dict.fromkeys(usual))  # one figure where both limits are read alike
    way = "above" if signal.is_high else "below"
    shown = _with_unit(series, figure(series, value, decimals))
    return f"stood at {shown} in {when(signal.last, series.grain)}, {way} the {between} that usual variation would give"


def _shift(series: Series, signal: Signal) -> str:
    way = "above" if signal.is_high else "below"
    # With seasons the mean of one month is not that of another, so none is told.
    mean = (
        "average"
        if signal.seasonal
        else f"average of {_with_unit(series, figure(series, signal.mean, _finer(series)))}"
    )
    return f"stayed {way} the {mean} for {_long(series, signal)}, from {_span(series, signal)}"


def _two_of_three(series: Series, signal: Signal) -> str:
    limit = "upper" if signal.is_high else "lower"
    of_all = f"{signal.count} of the {len(signal.points)} {series.grain.value}s"
    months = _long(series, signal) + "," if signal.count == len(signal.points) else of_all
    return f"came close to the {limit} limit of usual variation, or went beyond it, in {months} from {_span(series, signal)}"


def _trend(series: Series, signal: Signal) -> str:
    way = "rose" if signal.is_high else "fell"
    if signal.seasonal:  # the figures as they were need not rise and fall with those without the time of year
        return f"{way} {series.grain.value} by {series.grain.value} from {_span(series, signal)}"
    first, last = signal.points[0].period, signal.last
    decimals = _telling(series, (_value(signal, 0), _value(signal, -1)))
    start, end = (figure(series, _value(signal, place), decimals) for place in (0, -1))
    return (
        f"{way} {series.grain.value} by {series.grain.value} from {start} in {when(first, series.grain)} "
        f"to {_with_unit(series, end)} in {when(last, series.grain)}"
    )


def _too_few(reading: Reading) -> str:
    process, grain = reading.processes[-1], reading.series.grain.value
    event = process.since
    since = f" since {event.name} on {event.day.day} {MONTHS[event.day.month - 1]} {event.day.year}" if event else ""
    return (
        f"{grain.capitalize()}s that can be used{since}: {process.count}; "
        f"it takes {LEAST}, most of them in a row, to tell a change from usual variation."
    )


def _time_of_year(reading: Reading) -> tuple[str, ...]:
    if not reading.judged or reading.processes[-1].season is not Season.TOO_FEW:
        return ()
    grain = reading.series.grain.value
    return (
        f"The time of year could not be allowed for: that takes {LEAST_OF_EACH} figures of each {grain} of the year.",
    )


def _not_used(reading: Reading) -> tuple[str, ...]:
    reasons = [why for _, why in reading.left_out]
    told = [f"{reasons.count(why)} {words}" for why, words in WHY_LEFT_OUT.items() if why in reasons]
    return (f"{reading.series.grain.value.capitalize()}s not used: {', '.join(told)}.",) if told else ()


def when(period: Period, grain: Grain) -> str:
    """A period in words: "March 2026", "January to March 2026", "April 2025 to March 2026"."""
    start, end = period
    last = f"{MONTHS[end.month - 1]} {end.year}"
    if grain is Grain.MONTH:
        return last
    year = f" {start.year}" if start.year != end.year else ""
    return f"{MONTHS[start.month - 1]}{year} to {last}"


def figure(series: Series, number: float, decimals: int) -> str:
    """A figure as it is read: a share as a percentage, thousands with commas, and no zeros at the end of decimals."""
    share = series.statistic in _SHARES
    text = f"{100 * number if share else number:,.{decimals}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    text = "0" if text == "-0" else text
    return f"{text}%" if share else text


def _telling(series: Series, pair: tuple[float, float]) -> int:
    """So many decimals, and no more, that two figures which differ also read differently; four at the most."""
    least = 1 if series.statistic in _WITH_DECIMAL else 0
    differing = (d for d in range(least, 4) if len({figure(series, each, d) for each in pair}) == 2)
    return next(differing, 4)


def _finer(series: Series) -> int:
    """Decimals of an average: a count's need one more than the count."""
    return 0 if series.statistic in _SHARES else 1


def _possible(series: Series, limit: float) -> float:
    """A limit no lower than 0, and for a share no higher than 1, where the figures cannot be."""
    if series.statistic in _MAY_BE_NEGATIVE:
        return limit
    highest = 1.0 if series.statistic in _SHARES else limit
    return max(min(limit, highest), 0.0)


def _with_unit(series: Series, text: str) -> str:
    return f"{text} {series.unit}".rstrip()


def _value(signal: Signal, place: int) -> float:
    value = signal.points[place].value
    assert value is not None  # only usable points are in signals
    return value


def _long(series: Series, signal: Signal) -> str:
    return f"{len(signal.points)} {series.grain.value}s in a row"


def _span(series: Series, signal: Signal) -> str:
    return f"{when(signal.points[0].period, series.grain)} to {when(signal.last, series.grain)}"
