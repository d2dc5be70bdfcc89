"""The prepared questions, as plain definitions over measures."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import compress

from earlyhelp.measures import CATALOGUE, Grain, Measure, Question
from earlyhelp.measures.signals import Series, series_of, three_sentences
from earlyhelp.release import Status
from earlyhelp.reports.answers.earlier import earlier_reply
from earlyhelp.reports.answers.places import where_worst
from earlyhelp.reports.answers.poverty import poverty_reply
from earlyhelp.reports.answers.prepared import Part, PreparedQuestion, Reply, Setting, Wanted
from earlyhelp.reports.answers.ranking import beside_the_whole, label, nothing_to_tell
from earlyhelp.reports.answers.reach import tell_public, tell_reach
from earlyhelp.reports.answers.services import tell_services
from earlyhelp.reports.wording import is_whole_month, value_of, when_of

_BY_MONTH = Question(grain=Grain.MONTH)
_A_YEAR = 365
UNDER_REPORTING = "Most domestic abuse is never reported: a low figure may mean that people do not come to us."
PLACES_ARE_NOT_PEOPLE = "A place with a high figure is no statement about any family who lives there."


def _over_time(measure: Measure) -> bool:
    """Whether a measure has one figure a month, so that it can be watched."""
    one_figure = not measure.fixed_splits or measure.statistic == "slope"
    return not measure.is_tally and measure.finest is Grain.MONTH and one_figure and measure.results is None


_WATCHED = tuple(measure.id for measure in CATALOGUE.values() if _over_time(measure))


def _this_month(parts: Sequence[Part], setting: Setting) -> Reply:
    series: dict[str, Series] = {}
    for part in parts:
        measure = part.released.measure
        if any(row.status is Status.OK for row in part.released.rows):
            series[measure.id] = series_of(measure, part.released.rows, Grain.MONTH, setting.events)
    if not series:
        return Reply(("There is no data to watch yet.",))
    latest = [
        {"measure": part.released.measure.id, "name": part.released.measure.name, **_latest(part)}
        for part in parts
        if part.released.measure.id in series
    ]
    last = tuple(str(row["certificate"]) for row in latest)
    return Reply(three_sentences(series), tuple(latest), (), last)


def _latest(part: Part) -> Mapping[str, object]:
    """The latest month that is over and mature, also where it is too few to say; where none is over, the latest there is.

    Where counts are small, a share can be shown when it is none or all: the latest that can be told is mostly such a month.
    A few days of a month are no month: 0 requests on its first five days would be read as 0 in the month.
    """
    mature = (row.status is not Status.NOT_MATURE for row in part.released.rows)
    told = list(compress(zip(part.released.rows, part.certificates, strict=True), mature))
    row, certificate = ([each for each in told if is_whole_month(each[0])] or told)[-1]
    words = value_of(row, part.released.measure)
    return {"period_end": row.period_end, "value": row.value, "in_words": words, "certificate": certificate}


def _ranked(split: str, plural: str) -> Callable[[Sequence[Part], Setting], Reply]:
    def tell(parts: Sequence[Part], setting: Setting) -> Reply:
        return beside_the_whole(parts, split, plural)

    return tell


def _in_turn(parts: Sequence[Part], setting: Setting) -> Reply:
    """One sentence and one row for each figure of each measure, in order."""
    said, table = [], []
    for part in parts:
        measure = part.released.measure
        if all(row.value is None for row in part.released.rows):
            said.append(f"{measure.name}: {nothing_to_tell(part)[0].lower()}{nothing_to_tell(part)[1:]}")
        for row, certificate in zip(part.released.rows, part.certificates, strict=True):
            groups = ", ".join(label(row, name) for name in row.dims)
            words, when = value_of(row, measure), when_of(row, measure)
            if row.value is not None:
                said.append(f"{measure.name}{f' ({groups})' if groups else ''}{f', {when}' if when else ''}: {words}.")
            about = {
                "measure": measure.id,
                "name": measure.name,
                "group": groups,
                "period": when,
                "value": row.value,
                "in_words": words,
            }
            table.append({**about, "status": str(row.status), "certificate": certificate})
        said += [f"{measure.name} ({kind.label}): no data, as {kind.why}." for kind in part.released.not_held]
    certificates = tuple(str(row["certificate"]) for row in table)
    first_traps = dict.fromkeys(
        part.released.measure.traps[0] for part in parts
    )  # the rest is on the measure's own page
    return Reply(tuple(said), tuple(table), tuple(first_traps), certificates)


def _of_the_list(parts: Sequence[Part], setting: Setting) -> Reply:
    """The waiting list: what ended waits, who waits longest, and the list played on, a row each."""
    found = setting.waiting
    assert found is not None  # asked for by the question
    rows = (
        *({"about": "ending", **row} for row in found.endings),
        *({"about": "group", **row} for row in found.groups),
        *({"about": "scenario", **row} for row in found.ahead),
    )
    return Reply(found.answer, rows, found.caveats)


def _after_poverty(parts: Sequence[Part], setting: Setting) -> Reply:
    """What is recorded after signs of poverty."""
    assert setting.poverty is not None  # asked for by the question
    return poverty_reply(setting.poverty, worklist_on="poverty" in setting.worklists)


def _before_step_ups(parts: Sequence[Part], setting: Setting) -> Reply:
    """What came before step-ups."""
    return earlier_reply(setting.earlier) if setting.earlier else Reply(("No records of step-ups are held.",))


def _by(split: str, measure: str, definition: str = "default", days: int = 0) -> tuple[Wanted, ...]:
    """A measure by a split, and the whole beside it."""
    return Wanted(measure, Question((split,)), definition, days), Wanted(measure, Question(), definition, days)


_QUESTIONS = (
    PreparedQuestion(
        "this-month",
        "What has changed this month, beyond the usual ups and downs?",
        tuple(Wanted(measure, _BY_MONTH) for measure in _WATCHED),
        _this_month,
        caveats=("A signal says that something changed, not why.",),
    ),
    PreparedQuestion(
        "how-are-we-doing",
        "How are we doing?",
        (
            *(Wanted(each, days=_A_YEAR) for each in ("A1", "B2", "B6", "C1", "F1")),
            *(Wanted(each) for each in ("C5", "G2", "G3")),
        ),
        _in_turn,
    ),
    PreparedQuestion(
        "where-is-domestic-abuse-worst",
        "Where is domestic abuse worst?",
        _by("ward_code", "A9", "rate", _A_YEAR),
        where_worst,
        caveats=(UNDER_REPORTING, PLACES_ARE_NOT_PEOPLE),
        asks_for=("places",),
    ),
    PreparedQuestion(
        "who-are-we-not-reaching",
        "Who are we not reaching?",
        _by("ward_code", "C1", "rate"),
        tell_reach,
        caveats=("Reach is not need: a ward with little help may need little.", PLACES_ARE_NOT_PEOPLE),
        asks_for=("reach",),
        before_records=tell_public,
    ),
    PreparedQuestion(
        "which-schools-are-silent",
        "Which kinds of school do we never hear from?",
        _by("phase", "D3"),
        _ranked("phase", "kinds of school"),
        caveats=("A school without requests may have no need of them: look at its roll and its free school meals.",),
    ),
    PreparedQuestion(
        "which-requests-come-back",
        "From which sources do requests come again within a year?",
        _by("source_code", "A5", days=_A_YEAR),
        _ranked("source_code", "sources"),
        rows_of=Wanted("A5", days=_A_YEAR),
        caveats=("It rests on knowing that two requests are about one child: see K3.",),
    ),
    PreparedQuestion(
        "who-waits-longest",
        "Who waits longest?",
        _by("need_code", "B2", days=_A_YEAR),
        _ranked("need_code", "needs"),
        rows_of=Wanted("B3"),
    ),
    PreparedQuestion(
        "what-waiting-does",
        "What becomes of families while they wait, and what would more workers change?",
        (),
        _of_the_list,
        asks_for=("waiting",),
    ),
    PreparedQuestion(
        "which-children-bounce",
        "How many children go to and fro between early help and social care?",
        (Wanted("G6"), Wanted("G5"), Wanted("G3")),
        _in_turn,
        caveats=("A crossing is an event in the records; whether it was right is for those who know the family.",),
        rows_of=Wanted("G6"),
    ),
    PreparedQuestion(
        "do-children-come-back",
        "Do children and families come back after we close?",
        (Wanted("G2"), Wanted("G3"), Wanted("G5"), Wanted("G6")),
        _in_turn,
    ),
    PreparedQuestion(
        "can-we-trust-these-numbers",
        "Can we trust these numbers?",
        (*(Wanted(each, days=_A_YEAR) for each in ("K2", "K3", "H6")), Wanted("K4")),
        _in_turn,
    ),
    PreparedQuestion(
        "which-services-help-most",
        "Which of our services help most?",
        (),
        tell_services,
        asks_for=("services",),
    ),
    PreparedQuestion(
        "which-families-are-destabilised-by-poverty",
        "Which families are destabilised by poverty?",
        (),
        _after_poverty,
        asks_for=("poverty",),
        families_of="poverty",
    ),
    PreparedQuestion(
        "what-came-before-step-ups",
        "What came before step-ups, and what was missed?",
        (),
        _before_step_ups,
        asks_for=("earlier",),
    ),
)

PREPARED: Mapping[str, PreparedQuestion] = {each.id: each for each in _QUESTIONS}
"""Every prepared question, by the name it is asked by."""


def reply(question: PreparedQuestion, parts: Sequence[Part], setting: Setting) -> Reply:
    """The reply to a prepared question, with its own caveats before those of its measures."""
    found = question.tell(parts, setting)
    return replace(found, caveats=tuple(dict.fromkeys((*question.caveats, *found.caveats))))
