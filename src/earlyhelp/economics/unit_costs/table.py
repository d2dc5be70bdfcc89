"""The national unit costs that come with the product, and which of them may stand in one sum.

`costs.csv` beside this module holds them with their provenance. They are defaults: a council's own figure always takes
their place (`ledger.costs_of_council`). The table is checked when it is read, and a fault in it is an error at import.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from importlib import resources
from itertools import combinations
from types import MappingProxyType

from earlyhelp.economics.unit_costs.cost import AGENCIES, COUNCIL, FLAGS, HORIZONS, KINDS, UnitCost
from earlyhelp.economics.unit_costs.rows import COLUMNS, Refused, costs_of_rows, read_rows, refuse
from earlyhelp.economics.unit_costs.uprating import Uprated, at_prices_of, uprated
from earlyhelp.errors import UsageProblem

__all__ = [
    "AGENCIES",
    "COUNCIL",
    "FLAGS",
    "HORIZONS",
    "KINDS",
    "UNIT_COSTS",
    "UnitCost",
    "Uprated",
    "at_prices_of",
    "by_agency",
    "may_be_summed",
    "overlaps",
    "unit_cost",
    "uprated",
]
_PROVENANCE = ("bearer", "url", "retrieved", "licence")


def _shipped() -> Mapping[str, UnitCost]:
    text = (resources.files("earlyhelp.economics.unit_costs") / "costs.csv").read_text("utf-8")
    costs, refused = costs_of_rows(read_rows(text, "costs.csv", COLUMNS))
    refuse(refused, "costs.csv")
    refuse(list(_without_provenance(costs)), "costs.csv")
    refuse(list(misplaced(costs, {code: number for number, code in enumerate(costs, 2)})), "costs.csv")
    return MappingProxyType(costs)


def _without_provenance(costs: Mapping[str, UnitCost]) -> Iterator[Refused]:
    """No national value without who bears it, where it was read, when, and under which licence."""
    for number, cost in enumerate(costs.values(), 2):
        for column in _PROVENANCE:
            if not getattr(cost, column):
                yield Refused(number, cost.code, f"{column}: it is empty, and no national value stands without it.")


def misplaced(costs: Mapping[str, UnitCost], rows: Mapping[str, int]) -> Iterator[Refused]:
    """Those of the costs at `rows` (row number by code) whose parent is not there, or which hold themselves."""
    for code, number in rows.items():
        cost = costs[code]
        if cost.parent and cost.parent not in costs:
            yield Refused(number, code, f'parent: there is no unit cost "{cost.parent}".')
        elif code in {each.code for each in _held_by(cost, costs)}:
            yield Refused(number, code, "parent: the cost would be a part of itself.")


def _held_by(cost: UnitCost, costs: Mapping[str, UnitCost]) -> Iterator[UnitCost]:
    """The costs that hold this one: its parent, the parent of that, and so on; each once."""
    seen: set[str] = set()
    while cost.parent in costs and cost.parent not in seen:
        seen.add(cost.parent)
        cost = costs[cost.parent]
        yield cost


UNIT_COSTS: Mapping[str, UnitCost] = _shipped()


def unit_cost(code: str, costs: Mapping[str, UnitCost] = UNIT_COSTS) -> UnitCost:
    """The unit cost of a code. Raises UsageProblem for a code there is none of, naming those most like it."""
    if code in costs:
        return costs[code]
    near = get_close_matches(code, costs, n=3, cutoff=0.5)
    raise UsageProblem(
        f'There is no unit cost "{code}".',
        where="unit costs",
        fix=f"Did you mean {' or '.join(near)}?" if near else f"The codes are: {', '.join(costs)}.",
    )


def by_agency(costs: Mapping[str, UnitCost] = UNIT_COSTS) -> dict[str, tuple[UnitCost, ...]]:
    """The costs that fall on each agency, in whole or in part (`UnitCost.borne_by`), in the order of the agencies.

    Placeholders are left out: they enter no sum.
    """
    usable = [cost for cost in costs.values() if "placeholder" not in cost.flags]
    borne = {agency: tuple(cost for cost in usable if agency in cost.borne_by()) for agency in AGENCIES.codes}
    return {agency: found for agency, found in borne.items() if found}


def may_be_summed(codes: Iterable[str], costs: Mapping[str, UnitCost] = UNIT_COSTS) -> None:
    """Returns nothing where these costs may stand in one sum; raises UsageProblem with the reasons where they may not.

    Refused: placeholders, fiscal with economic or social, what help costs with what it may avoid, costs read from a
    workbook with others, and `overlaps`.
    Each code counts once, however often it is given.
    """
    chosen = [unit_cost(code, costs) for code in dict.fromkeys(codes)]
    reasons = [*_no_figures(chosen), *_mixed(chosen), *overlaps((each.code for each in chosen), costs)]
    if reasons:
        raise UsageProblem(
            " ".join(reasons), where="unit costs", fix="Leave one of each pair out, or make separate sums."
        )


def overlaps(codes: Iterable[str], costs: Mapping[str, UnitCost] = UNIT_COSTS) -> tuple[str, ...]:
    """A sentence for each pair of costs that count the same pounds twice; empty where none do.

    Two costs overlap where they are of one thing (two answers to one question, or a year and a lifetime of it), or where
    one is a part of the other, near or far. To be asked of all the costs of an analysis, whatever their kind.
    """
    chosen = [unit_cost(code, costs) for code in dict.fromkeys(codes)]
    pairs = (_overlap(first, second, costs) for first, second in combinations(chosen, 2))
    return tuple(reason for reason in pairs if reason)


def _overlap(first: UnitCost, second: UnitCost, costs: Mapping[str, UnitCost]) -> str:
    if first.thing == second.thing:
        return _of_one_thing(first, second)
    for part, whole in ((first, second), (second, first)):
        if whole.thing in {each.thing for each in _held_by(part, costs)}:
            return _part_and_whole(part, whole)
    return ""


def _of_one_thing(first: UnitCost, second: UnitCost) -> str:
    both = f"{_named(first)} and {_named(second)}"
    if (first.horizon == "lifetime") != (second.horizon == "lifetime"):
        return f"{both} are a lifetime of something and a shorter part of that lifetime: the first already holds the second."
    return f"{both} are two figures for one thing: choose one."


def _part_and_whole(part: UnitCost, whole: UnitCost) -> str:
    if whole.horizon == "lifetime" and part.horizon != "lifetime":
        return f"{_named(whole)} runs over a lifetime and already holds {_named(part)}."
    return f"{_named(whole)} already holds {_named(part)}: they are a whole and its part."


def _no_figures(chosen: Iterable[UnitCost]) -> Iterator[str]:
    for cost in chosen:
        if "placeholder" in cost.flags:
            yield f"{_named(cost)} is a placeholder: its source or its price year is not known."


def _mixed(chosen: list[UnitCost]) -> Iterator[str]:
    kinds = {cost.kind for cost in chosen}
    if len(kinds) > 1:
        yield f"Costs that are {' and '.join(sorted(kinds))} are never one sum."
    imported = [cost for cost in chosen if "imported" in cost.flags]
    if imported and len(imported) < len(chosen):
        yield f"Nobody has said how {_named(imported[0])}, read from a workbook, overlaps with the others."
    inputs = [cost for cost in chosen if "input_cost" in cost.flags]
    if inputs and len(inputs) < len(chosen):
        yield f"{_named(inputs[0])} is what help costs, and others here are what help may avoid: they are two sums."


def _named(cost: UnitCost) -> str:
    return f'"{cost.name}" ({cost.code})'
