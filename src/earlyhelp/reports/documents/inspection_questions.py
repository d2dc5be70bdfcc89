"""What an inspector may ask about early help, theme by theme, and the measures that answer it.

The themes are those that the text of 272 published inspection reports on 153 councils names most (2018 to early 2025): time and
thresholds first, then partners and knowing impact. The questions are ours: prompts to prepare by, no forecast.
"""

from __future__ import annotations

from typing import NamedTuple

from earlyhelp.measures import CATALOGUE, Grain, Question
from earlyhelp.measures.measure import Matured
from earlyhelp.reports.answers.prepared import Wanted

DAYS = 365


class Prompt(NamedTuple):
    """One question on one theme, and the ids of the measures that answer it, the most telling first."""

    theme: str
    asks: str
    measures: tuple[str, ...]


PROMPTS: tuple[Prompt, ...] = (
    Prompt("Waiting", "How long do families wait for help, and who waits longest?", ("B2", "B3", "B1")),
    Prompt("Waiting", "What happens to families while they wait?", ("B4", "B5", "C9")),
    Prompt("Front door", "Are requests decided in time, and is whoever asked told?", ("A6", "A10")),
    Prompt("Thresholds", "Do partners ask for the level of help that families turn out to need?", ("A7", "A4")),
    Prompt("Thresholds", "Do families come back because the first answer was not enough?", ("A5", "G6")),
    Prompt("Stepping up and down", "When a family steps down, is help there before the case closes?", ("D6", "G5")),
    Prompt("Stepping up and down", "How many step up, at closure and after?", ("G1", "G2")),
    Prompt("Stepping up and down", "Could children in need or looked after have had help sooner?", ("G9", "G7")),
    Prompt("Assessment and plan", "Are assessments and plans made in time, and reviewed?", ("B6", "B7", "B8")),
    Prompt("Assessment and plan", "Is the whole family seen, fathers and second parents too?", ("E1", "E2")),
    Prompt("The child's voice", "How do you know what children say?", ("E3", "I3")),
    Prompt("Partners", "Who leads early help, and do partners come together?", ("D2", "D4", "D5")),
    Prompt("Partners", "From which schools do you hear nothing?", ("D3",)),
    Prompt("Oversight", "Do managers know every open case, and are they talked over?", ("E7", "B9", "C11")),
    Prompt("Oversight", "How heavy are caseloads, and how often do workers change?", ("C3", "C10")),
    Prompt("Drift", "Which families have been open for long, and why?", ("C6", "C5")),
    Prompt("Impact", "How do you know that help makes a difference?", ("F1", "F4", "E8")),
    Prompt("Impact", "Do families stay well after you close?", ("G3", "F7")),
    Prompt("Impact", "What do families say?", ("I1", "I2")),
    Prompt("Practice", "What do audits find, and is consent recorded?", ("E6", "E4")),
    Prompt("Fairness", "Whom do you not reach, and do you record enough to know?", ("H6", "H5")),
    Prompt("Data", "Can these figures be trusted: is work recorded soon, and once?", ("K2", "K4")),
)


def wanted() -> tuple[Wanted, ...]:
    """What is asked of each measure: of the last year; by years where it must be followed up first."""
    ids = dict.fromkeys(each for prompt in PROMPTS for each in prompt.measures)
    return tuple(
        Wanted(each, Question(grain=Grain.YEAR))
        if isinstance(CATALOGUE[each].time, Matured)
        else Wanted(each, days=DAYS)
        for each in ids
    )
