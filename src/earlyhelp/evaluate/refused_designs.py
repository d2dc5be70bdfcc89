"""Designs that are recognised and refused: they show an effect where there is none."""

from __future__ import annotations

from typing import NamedTuple, NoReturn

from earlyhelp.evaluate.methods.effect import NotEstimable


class Refusal(NamedTuple):
    """A design that is recognised and refused: what it is called, why it is refused, and what is needed instead."""

    design: str
    reason: str
    needed: str


BEFORE_AFTER = Refusal(
    "before/after on families selected at crisis",
    "Families come to early help when things are at their worst, and most crises ease in time whatever is done. "
    "Comparing them with themselves before shows a fall even where a service changes nothing.",
    "Families who were at the same threshold at the same time and were offered something else or nothing.",
)

COMPLETERS = Refusal(
    "completers against those who did not finish",
    "To finish, a family has to get through the whole programme without a step-up, and those who step up or give up are "
    "counted on the other side. Completers look better even where a service changes nothing.",
    "All families who were offered the service, whether they finished or not, from the day of the offer.",
)

REFUSED: dict[str, Refusal] = {refusal.design: refusal for refusal in (BEFORE_AFTER, COMPLETERS)}
"""The designs that no study may have, by name."""


def refuse_before_after() -> NoReturn:
    """Raises NotEstimable with the sentences of `BEFORE_AFTER`: in simulation a fall of 30 per cent with no effect at all.

    Source: regression to the mean, Galton (1886); Barnett, van der Pols and Dobson (2005), International Journal of
    Epidemiology 34:215-220.
    """
    raise NotEstimable(BEFORE_AFTER.reason, BEFORE_AFTER.needed)


def refuse_completers() -> NoReturn:
    """Raises NotEstimable with the sentences of `COMPLETERS`: immortal time, 0.63 against 1.00 with no effect at all.

    Source: Suissa (2008), American Journal of Epidemiology 167:492-499.
    """
    raise NotEstimable(COMPLETERS.reason, COMPLETERS.needed)
