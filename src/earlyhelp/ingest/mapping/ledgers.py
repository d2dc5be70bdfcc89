"""What ledgers leave unsaid: the name of a cost centre is their line, and the heading of the money says whether it was spent."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from earlyhelp.ingest.mapping.columns import Proposal, asked_for_too
from earlyhelp.ingest.mapping.saved import SavedList
from earlyhelp.standard import Table, spend

_KINDS = {
    "actual": re.compile(r"actuals?|outturn|spent|spend|expenditure|paid|ytd", re.IGNORECASE),
    "planned": re.compile(r"budget|plan|forecast|alloc|approved", re.IGNORECASE),
}
"""What a heading of money says of its kind; of two that one names, the first."""


def with_line(table: Table, proposals: Sequence[Proposal]) -> list[Proposal]:
    """The proposals; where no heading of a ledger tells the line, the name of the team or cost centre is asked about for it."""
    told = {each.column: each for each in proposals}
    team = told.get(spend.team)
    if table is not spend or spend.budget_line in told or team is None:
        return list(proposals)
    why = "no heading tells the line of the ledger, and this one names what the money went to"
    return asked_for_too(proposals, team, spend.budget_line, why)


def with_kind(saved: SavedList) -> SavedList:
    """The list; where no heading of a ledger tells whether money was planned or spent, all of it is what its heading says."""
    filled = {column for columns in saved.columns.values() for column in columns}
    money = next((heading for heading, columns in saved.columns.items() if spend.amount in columns), "")
    kind = next((kind for kind, words in _KINDS.items() if words.search(money)), "")
    if saved.table is not spend or spend.kind in filled | saved.fixed.keys() or not kind:
        return saved
    return replace(saved, fixed={**saved.fixed, spend.kind: kind})
