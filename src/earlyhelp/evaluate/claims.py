"""What a finished study may say, and what it may not: sentences, by rule, all declared here.

The verdict comes from the facts of the study (`earlyhelp.evaluate.verdicts`); then each sentence of `SENTENCES` is said
if its own condition holds. Nobody writes a finding by hand, so none can say more than the data carry.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import isinf
from typing import NamedTuple

from earlyhelp.evaluate.refused_designs import (
    BEFORE_AFTER,
    COMPLETERS,
    REFUSED,
    Refusal,
    refuse_before_after,
    refuse_completers,
)
from earlyhelp.evaluate.verdicts import (
    MATCHED_CHANGE,
    MATCHED_ONLY,
    THRESHOLDS,
    VERDICTS,
    Facts,
    Thresholds,
    Verdict,
    few_events,
    interval_shows,
    methods_disagree,
    spoilt,
    verdict_of,
)

__all__ = [
    "BEFORE_AFTER",
    "COMPLETERS",
    "MATCHED_CHANGE",
    "MATCHED_ONLY",
    "REFUSED",
    "SENTENCES",
    "THRESHOLDS",
    "VERDICTS",
    "Claim",
    "Facts",
    "Refusal",
    "Sentence",
    "Thresholds",
    "Verdict",
    "claim",
    "claim_of_refusal",
    "refuse_before_after",
    "refuse_completers",
    "verdict_of",
]

FEWEST_TOLD = 10
"""Numbers of families below this are told as "fewer than 10"."""


@dataclass(frozen=True)
class Claim:
    """The verdict of a study, the sentences that may be said of it, and those that may not, each in order."""

    verdict: Verdict
    may_say: tuple[str, ...]
    may_not_say: tuple[str, ...]


def claim(facts: Facts, thresholds: Thresholds = THRESHOLDS) -> Claim:
    """The verdict of the study with what may and may not be said, from the facts and nothing else."""
    study = _Study(facts, verdict_of(facts, thresholds), thresholds)
    words = _words(study)
    said = [sentence for sentence in SENTENCES if sentence.when(study)]
    return Claim(
        study.verdict,
        tuple(sentence.text.format_map(words) for sentence in said if sentence.allowed),
        tuple(sentence.text.format_map(words) for sentence in said if not sentence.allowed),
    )


class _Study(NamedTuple):
    facts: Facts
    verdict: Verdict
    thresholds: Thresholds


class Sentence(NamedTuple):
    """One sentence: whether it may be said or may not, its words, and when it applies."""

    code: str
    allowed: bool
    text: str
    when: Callable[[_Study], bool]


def _shown(study: _Study) -> bool:
    return study.verdict in ("fewer", "more")


def _compared(study: _Study) -> bool:
    return study.verdict != "not comparable"


def _cannot_tell(study: _Study) -> bool:
    return study.verdict == "cannot tell"


def _none_shown(study: _Study) -> bool:
    return study.verdict == "no difference shown"


def _weak(study: _Study) -> bool:
    """Whether it is the plausible confounder that keeps the study from telling: no earlier reason does."""
    return _cannot_tell(study) and not spoilt(study.facts, study.thresholds)


def _unseen(study: _Study) -> bool:
    """Whether the interval holds no difference, so that it matters what could have shown; with few events nothing could."""
    return _compared(study) and not interval_shows(study.facts) and not few_events(study.facts, study.thresholds)


def _graded(study: _Study, lowest: int) -> bool:
    return _compared(study) and study.facts.design_grade >= lowest


SENTENCES: tuple[Sentence, ...] = (
    # What was found.
    Sentence(
        "fewer",
        True,
        "Being offered {service} was associated with fewer families having {outcome} within {months} months: about "
        "{size} fewer in every 100 (95 per cent interval: {range}) than among {compared_with}.",
        lambda study: study.verdict == "fewer",
    ),
    Sentence(
        "more",
        True,
        "Being offered {service} was associated with more families having {outcome} within {months} months: about "
        "{size} more in every 100 (95 per cent interval: {range}) than among {compared_with}.",
        lambda study: study.verdict == "more",
    ),
    Sentence(
        "none-shown",
        True,
        "No difference was shown in {outcome} within {months} months between families offered {service} and "
        "{compared_with}. In every 100 families, anything in this range fits the data: {range}.",
        _none_shown,
    ),
    Sentence(
        "chance-of-many",
        True,
        "On its own the interval leaves out no difference. With {studies} studies tested together, one such result "
        "could well be chance.",
        lambda study: _none_shown(study) and interval_shows(study.facts),
    ),
    Sentence(
        "cannot-tell",
        True,
        "We cannot tell whether being offered {service} made a difference to {outcome} within {months} months.",
        _cannot_tell,
    ),
    Sentence(
        "not-comparable",
        True,
        "Families offered {service} cannot be compared fairly with {compared_with}, so no figure is given.",
        lambda study: not _compared(study),
    ),
    Sentence(
        # National evaluation of the Troubled Families Programme 2015-20 (MHCLG, March 2019): child protection plans.
        "early-rise",
        True,
        "More in the first two years can mean that need was found sooner. In the national evaluation child protection "
        "plans were higher at first, and not at 19 to 24 months: look at the later windows too.",
        lambda study: study.verdict == "more" and study.facts.window_months < 24,
    ),
    # Why not more.
    Sentence(
        "gate-reasons",
        True,
        "Why they cannot be compared: {gate_reasons}",
        lambda study: not _compared(study) and bool(study.facts.gate_reasons),
    ),
    Sentence(
        "no-criteria",
        True,
        "The directory does not say for whom {service} is. Who comes to it may hang on something that nobody records, "
        "such as how ready a family is.",
        lambda study: _cannot_tell(study) and not study.facts.criteria_named,
    ),
    Sentence(
        "few-events",
        True,
        "Fewer than {fewest} families had the outcome in one of the two groups, or in both: too few to tell.",
        lambda study: _cannot_tell(study) and few_events(study.facts, study.thresholds),
    ),
    Sentence(
        "placebo-failed",
        True,
        "A check that should have shown nothing showed a difference. The groups must differ in something that is not "
        "recorded.",
        lambda study: _cannot_tell(study) and study.facts.placebo == "failed",
    ),
    Sentence(
        "methods-disagree",
        True,
        "Sound ways of working it out gave answers {disagreement} standard errors apart. They should lie within "
        "{most_disagreement}.",
        lambda study: _cannot_tell(study) and methods_disagree(study.facts, study.thresholds),
    ),
    Sentence(
        "confounder-would-do",
        True,
        "Something unrecorded could explain it. It would be enough if it made both the offer and the outcome "
        "{e_value_limit} times as likely (or as unlikely), which cannot be ruled out.",
        lambda study: _weak(study) and study.facts.e_value_limit is not None,
    ),
    Sentence(
        "no-e-value",
        True,
        "How strong something unrecorded would have to be to explain it could not be worked out.",
        lambda study: _weak(study) and study.facts.e_value_limit is None,
    ),
    # How far the finding carries.
    Sentence(
        "could-have-seen",
        True,
        "A difference of {detectable} or more in every 100 families would probably have shown (four times in five). A "
        "smaller one may be there and not show.",
        lambda study: _unseen(study) and study.facts.minimum_detectable is not None,
    ),
    Sentence(
        "could-see-nothing",
        True,
        "There were too few families for any difference to show, however large.",
        lambda study: _unseen(study) and study.facts.minimum_detectable is None,
    ),
    Sentence(
        "to-explain-away",
        True,
        "To explain the whole difference, something unrecorded would have to make both the offer and the outcome "
        "{e_value} times as likely (or as unlikely). {e_value_limit} times would bring the interval to no difference.",
        lambda study: _shown(study) and study.facts.e_value is not None,
    ),
    Sentence(
        "grade-matched",
        True,
        "Families were made alike in what was recorded before the offer: level 2 on the Maryland scale. That shows an "
        "association and is no proof of cause.",
        lambda study: _compared(study) and study.facts.design_grade == MATCHED_ONLY,
    ),
    Sentence(
        "grade-change",
        True,
        "Change since before the offer was compared with the change of families like them: level {grade} on the "
        "Maryland scale.",
        lambda study: _compared(study) and study.facts.design_grade == MATCHED_CHANGE,
    ),
    Sentence(
        "grade-higher",
        True,
        "The design is level {grade} on the Maryland scale.",
        lambda study: _graded(study, MATCHED_CHANGE + 1),
    ),
    Sentence(
        "likely-reason",
        True,
        "With this design the service is a likely reason for the difference, though not a certain one.",
        lambda study: _shown(study) and _graded(study, MATCHED_CHANGE),
    ),
    Sentence(
        "placebo-passed",
        True,
        "Checks that should show nothing showed nothing.",
        lambda study: _compared(study) and study.facts.placebo == "passed",
    ),
    Sentence(
        "placebo-not-run",
        True,
        "No check was run on an outcome, or a time, that the service could not affect.",
        lambda study: _compared(study) and study.facts.placebo == "not run",
    ),
    # What holds of every study.
    Sentence(
        "motivation",
        True,
        "What families themselves wanted, and why a worker offered this service and not another, is not recorded. It "
        "may be part of any difference.",
        lambda study: True,
    ),
    Sentence(
        "not-held",
        True,
        "Not recorded here, and so not allowed for: {not_held}.",
        lambda study: bool(study.facts.not_held),
    ),
    Sentence(
        "overlap-some",
        True,
        "This is about the {kept} per cent or more of families offered the service who had families like them to compare with. "
        "It says nothing about the others.",
        lambda study: _compared(study) and study.facts.overlap_kept < 1,
    ),
    Sentence(
        "overlap-all",
        True,
        "Every family offered the service had families like it to compare with.",
        lambda study: _compared(study) and study.facts.overlap_kept == 1,
    ),
    Sentence(
        "group",
        True,
        "It rests on {n_treated} offered the service and {n_compared} compared with them, in this council and over this "
        "time. It may not hold for other families, places or years.",
        _compared,
    ),
    Sentence(
        "many-studies",
        True,
        "{studies} studies were tested together. Even if none of the services made a difference, about one study in 20 "
        "would seem to show one.",
        lambda study: study.facts.studies_together > 1,
    ),
    # What may not be said.
    Sentence(
        "not-caused",
        False,
        "That {service} caused, prevented, raised or lowered anything.",
        lambda study: study.facts.design_grade < MATCHED_CHANGE or not _shown(study),
    ),
    Sentence(
        "not-certain",
        False,
        "That {service} is the only explanation of the difference, or a certain one.",
        lambda study: _shown(study) and _graded(study, MATCHED_CHANGE),
    ),
    Sentence(
        "not-works",
        False,
        "That {service} works, or that it does not work: a difference not shown is not the same as no difference.",
        lambda study: not _shown(study),
    ),
    Sentence(
        "not-works-for-all",
        False,
        "That {service} works, or fails, for every family: this is an average.",
        _shown,
    ),
    Sentence(
        "no-direction",
        False,
        "That there were fewer or more, whatever the figure looks like.",
        lambda study: study.verdict in ("cannot tell", "no difference shown"),
    ),
    Sentence("no-figure", False, "Any figure for the difference.", lambda study: not _compared(study)),
    Sentence("no-family", False, "Anything about a single family or person.", lambda study: True),
    Sentence(
        "no-rank",
        False,
        "That {service} is better or worse than another service, or where it would stand in a list: services are "
        "offered to different families.",
        lambda study: True,
    ),
    Sentence(
        "no-further",
        False,
        "Anything about other outcomes, or about what came after {months} months.",
        _compared,
    ),
    Sentence(
        "no-saving",
        False,
        "That money was saved: what a difference is worth is a separate question with its own range.",
        _shown,
    ),
)
"""Every sentence that a study can say or warn of, in the order in which they are printed."""


def _words(study: _Study) -> dict[str, str]:
    """The words that the sentences have places for."""
    facts = study.facts
    return {
        "service": facts.service,
        "outcome": facts.outcome,
        "compared_with": facts.compared_with,
        "months": str(facts.window_months),
        "size": _in_100(abs(facts.estimate)) if facts.estimate is not None else "",
        "range": _range(facts),
        "studies": str(facts.studies_together),
        "gate_reasons": " ".join(facts.gate_reasons),
        "fewest": str(study.thresholds.events),
        "disagreement": _times(facts.disagreement),
        "most_disagreement": f"{study.thresholds.disagreement:g}",
        "e_value": _times(facts.e_value),
        "e_value_limit": _times(facts.e_value_limit),
        "detectable": _in_100_up(facts.minimum_detectable),
        "grade": str(facts.design_grade),
        "not_held": ", ".join(facts.not_held),
        "kept": _per_cent_below_all(facts.overlap_kept),
        "n_treated": _families(facts.n_treated),
        "n_compared": _families(facts.n_compared),
    }


def _in_100(share: float) -> str:
    return f"{100 * share:.1f}"


def _in_100_up(share: float | None) -> str:
    """Rounded up to a tenth: a difference that would not quite have shown must not be told as one that would."""
    if share is None:
        return ""
    tenths = 1000 * share
    return f"{(-(-(tenths - 1e-9) // 1)) / 10:.1f}"


def _range(facts: Facts) -> str:
    """The bounds in words, the one nearer to none first: "1.2 to 9.0 fewer", "3.1 fewer to 2.0 more"."""
    if facts.lower is None or facts.upper is None:
        return ""
    if facts.upper <= 0:
        return f"{_in_100(-facts.upper)} to {_in_100(-facts.lower)} fewer"
    if facts.lower >= 0:
        return f"{_in_100(facts.lower)} to {_in_100(facts.upper)} more"
    return f"{_in_100(-facts.lower)} fewer to {_in_100(facts.upper)} more"


def _families(number: int) -> str:
    return f"{number:,} families" if number >= FEWEST_TOLD else f"fewer than {FEWEST_TOLD} families"


def _times(ratio: float | None) -> str:
    if ratio is None:
        return ""
    return "endlessly many" if isinf(ratio) else f"{ratio:.1f}" if ratio >= 2 else f"{ratio:.2f}"


def _per_cent_below_all(share: float) -> str:
    """To the 5 per cent below: beside the families kept, an exact share would tell how few were left out."""
    return str(5 * int(20 * share + 1e-9)) if share < 1 else "100"


def claim_of_refusal(refusal: Refusal, service: str) -> Claim:
    """What may be said of a study whose design is refused: that it shows no effect, and why. "not comparable"."""
    return Claim(
        "not comparable",
        (
            f"No effect of {service} is shown: this comparison ({refusal.design}) cannot show one.",
            refusal.reason,
            f"What would be needed: {refusal.needed[0].lower()}{refusal.needed[1:]}",
        ),
        tuple(
            sentence.text.format(service=service)
            for sentence in SENTENCES
            if sentence.code in ("not-caused", "not-works", "no-figure", "no-family", "no-rank")
        ),
    )
