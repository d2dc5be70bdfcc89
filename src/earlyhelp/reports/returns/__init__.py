"""Returns: the files that a council owes to others or shows an inspector, each in one module and listed in RETURNS.

A return says whose layout it is, what it holds, of which days, where each column comes from in the standard, and whether
its rows are about people. Such a file is for its owner alone, and its making is in the audit log.
"""

from __future__ import annotations

from earlyhelp.errors import UsageProblem
from earlyhelp.reports.returns import annex_a_list_2, family_outcomes, national_return, ssd_early_help
from earlyhelp.reports.returns.declared import Cell, Drawn, LaidOut, Return
from earlyhelp.reports.returns.delivery import make_return

RETURNS: dict[str, Return] = {
    each.RETURN.name: each.RETURN for each in (annex_a_list_2, ssd_early_help, family_outcomes, national_return)
}


def return_called(name: str) -> Return:
    """The return of that name. Raises UsageProblem when there is none."""
    if name not in RETURNS:
        raise UsageProblem(f"There is no report {name}.", where="NAME", fix=f"One of: {', '.join(RETURNS)}.")
    return RETURNS[name]


__all__ = ["RETURNS", "Cell", "Drawn", "LaidOut", "Return", "make_return", "return_called"]
