"""A scenario in sentences, made by rule from its figures. Each must pass the claims guard before it is shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from earlyhelp.economics.break_even import LogRatio
from earlyhelp.economics.scenario import COUNCIL_PURSE, Projected, Purse
from earlyhelp.economics.studied_cut import Displaced

TOSS_UP = 0.1
"""How far from even a chance may lie and still be told as even."""
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def sentences_of(found: Projected) -> list[str]:
    """What is done, who is without help, what comes back on whom, how likely it costs less, and what it rests on."""
    council, public = found.purses
    return [
        _done(found),
        _families(found),
        _displaced(council, "the council"),
        _displaced(public, "all public bodies, the council among them"),
        *_chances(found, council, public),
        *_even(found, council),
        *_evidence(found),
        "Fiscal cost alone is counted: what it means for earnings, and for the lives of children, is not priced here.",
    ]


def sentences_of_studied(found: Displaced) -> list[str]:
    """What the months after a cut held more than was to be expected, what that brings, and how likely the cut costs less."""
    cut, (council, public) = found.cut, found.purses
    lower, middle, upper = found.referrals
    return [
        f"In {cut.months} months after {cut.day} {cut.where} had {abs(middle):,.0f} {'fewer' if middle < 0 else 'more'} "
        f"referrals of children than was to be expected (90 per cent range {_more_or_fewer(lower, upper)}). The design is grade "
        f"{cut.design_grade} on the Maryland scale.",
        f"As found, {_percent(cut.local)}; drawn towards no change, which is what enters here, {_percent(cut.used)}.",
        f"In those months {pounds(council.budget)} left the budget.",
        _displaced(council, "the council"),
        _displaced(public, "all public bodies, the council among them"),
        f"The chance that less is spent in the end is {in_100(council.saves)} for the council, and {in_100(public.saves)} "
        "for all public bodies.",
        "It is counted for as long as the need and care that follow those referrals last, and not discounted. Each further "
        "referral is taken to bring what referrals bring on average. Other things may have changed on the same day.",
        "Fiscal cost alone is counted: what it means for earnings, and for the lives of children, is not priced here.",
    ]


def _more_or_fewer(lower: float, upper: float) -> str:
    """Two bounds in words: "142 fewer to 53 more"."""
    return " to ".join(f"{abs(each):,.0f} {'fewer' if each < 0 else 'more'}" for each in (lower, upper))


def _percent(found: LogRatio) -> str:
    middle, lower, upper = (100 * (each - 1) for each in (found.ratio, found.bound(-1.645), found.bound(1.645)))
    return f"referrals are {middle:+.0f} % (90 per cent range {lower:+.0f} % to {upper:+.0f} %)"


def pounds(amount: float) -> str:
    """An amount as it is told: to the nearest hundred, with its sign."""
    return f"{'-' if amount <= -50 else ''}£{round(abs(amount) / 100) * 100:,.0f}"


def in_100(chance: float) -> str:
    """A chance as it is told: draws cannot tell certainty."""
    told = round(100 * chance)
    return "less than 1 in 100" if told < 1 else "more than 99 in 100" if told > 99 else f"{told} in 100"


def month(begins: str) -> str:
    """2026-04 as April 2026."""
    return f"{_MONTHS[int(begins[5:]) - 1]} {begins[:4]}"


def _done(found: Projected) -> str:
    asked, service = found.asked, found.services[0]
    moved = pounds(asked.share * (service.annual_cost or 0.0))
    when = f"from {month(asked.begins)}, for {asked.years} year{'s' if asked.years > 1 else ''}"
    if asked.kind == "invest":
        return f"{moved} a year more for {service.name} {when}: {pounds(-found.purses[0].budget)} at present value."
    if asked.kind == "move":
        return f"{moved} a year go from {service.name} to {found.services[1].name} {when}."
    what = "all of" if asked.share == 1 else f"{asked.share:.0%} of"
    return (
        f"{service.name} loses {what} its money, {moved} a year, {when}: the budget falls by "
        f"{pounds(found.purses[0].budget)} at present value, one-off costs taken off."
    )


def _families(found: Projected) -> str:
    told = [_about(number, service.name) for number, service in zip(found.families, found.services, strict=True)]
    return f"A{' and '.join(told)[1:]}."


def _about(families: float, service: str) -> str:
    """How many families a year have a service no longer, or for the first time."""
    count = f"{abs(families):,.0f}"
    if families > 0:
        return f"about {count} {'family a year is' if count == '1' else 'families a year are'} without {service}"
    return f"about {count} more {'family a year has' if count == '1' else 'families a year have'} {service}"


def _displaced(purse: Purse, whom: str) -> str:
    lower, middle, upper = purse.displaced
    return (
        f"What comes back on {whom}: {pounds(middle)}, with a 90 per cent range from {pounds(lower)} to {pounds(upper)}"
        f"{' (below £0: cost that no longer comes)' if lower <= -50 else ''}."
    )


def _chances(found: Projected, council: Purse, public: Purse) -> Iterator[str]:
    chance = [in_100(each.saves) for each in (council, public)]
    yield (
        f"The chance that less is spent in the end is {chance[0]} for the council, and {chance[1]} for all public bodies."
    )
    change = {"cut": "the cut", "stop": "the end of the service", "invest": "the investment", "move": "the move"}
    named = change[found.asked.kind]
    if abs(council.saves - 0.5) <= TOSS_UP:
        yield f"On these figures {named} is about as likely to be the cheaper choice for the council as the dearer."
        return
    if council.saves >= 0.5:
        yield (
            f"On these figures {named} is more likely than not the cheaper choice for the council. That is a sum of "
            "money, and no word on what is right for families."
        )
    else:
        yield f"On these figures {named} is more likely than not the dearer choice for the council."
    if (council.saves >= 0.5) != (public.saves >= 0.5):
        yield f"For all public bodies it is the other way round: others bear what the {COUNCIL_PURSE} does not."


def _even(found: Projected, council: Purse) -> Iterator[str]:
    if council.break_even is not None:
        yield (
            f"Both come to the same for the council where families with the service have {council.break_even:.2f} times the "
            "risk of families without it, in every outcome."
        )
    elif found.asked.kind in ("cut", "stop"):
        yield (
            "Even if no family with the service had any of these outcomes, less would be spent by the council without it: "
            "on what is counted here, and over these years."
        )


def _evidence(found: Projected) -> Iterator[str]:
    for service, row in zip(found.services, found.effects, strict=True):
        told = []
        for each in row:
            words = next(price.words for price in found.prices if price.outcome == each.outcome)
            used = each.used
            told.append(
                f"{words}: risk ratio {used.ratio:.2f}, 90 per cent range {used.bound(-1.645):.2f} to {used.bound(1.645):.2f} "
                f"({each.basis})"
            )
        yield f"What {service.name} is taken to be associated with. {_joined(told)}."


def _joined(parts: Sequence[str]) -> str:
    return "; ".join(part[0].upper() + part[1:] if place == 0 else part for place, part in enumerate(parts))
