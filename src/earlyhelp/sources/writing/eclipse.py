"""Eclipse: people, and the periods of every classification in one file."""

from __future__ import annotations

from earlyhelp.sources.eclipse import CLASSIFICATION, eclipse
from earlyhelp.sources.writing.cells import Rows
from earlyhelp.sources.writing.lists import as_files

_NAMES = {
    "in care": "Child Looked After",
    "protection": "Child Protection Plan",
    "in need": "Child in Need",
    "early help": "Early Help",
}
ROWS = {
    f"eclipse classification periods {kind}": Rows(worked_out={CLASSIFICATION: f"'{name}'"})
    for kind, name in _NAMES.items()
}

WRITER = as_files(eclipse, ROWS, of_kinds="eclipse classification periods")
