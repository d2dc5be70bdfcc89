"""What goes wrong on the way from lives to files: every fault is declared once, with its rate and where it happens.

A person's fault lies in a register and shows in every extract until it is corrected. A cell's fault lies in the record
(`kept`) or is made when one extract is drawn. Row and file faults are made when a file is drawn.
"""

from __future__ import annotations

import earlyhelp.synthetic.faults.cells as cells
import earlyhelp.synthetic.faults.codes as codes
import earlyhelp.synthetic.faults.dates as dates
import earlyhelp.synthetic.faults.edits as edits
import earlyhelp.synthetic.faults.files as files
import earlyhelp.synthetic.faults.identity as identity
import earlyhelp.synthetic.faults.rows as rows
from earlyhelp.synthetic.faults.declared import CellFault, Fault, FileFault, PersonFault, RowFault, Struck, strike

FAULTS: tuple[Fault, ...] = (
    *identity.FAULTS,
    *edits.FAULTS,
    *dates.FAULTS,
    *codes.FAULTS,
    *cells.FAULTS,
    *rows.FAULTS,
    *files.FAULTS,
)
"""Every fault there is. Of several that could strike the same cell the first that is drawn does."""

__all__ = ["FAULTS", "CellFault", "Fault", "FileFault", "PersonFault", "RowFault", "Struck", "strike"]
