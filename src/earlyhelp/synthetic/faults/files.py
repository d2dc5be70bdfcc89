"""Files that are not laid out or written as the layout says: headings, order and number of columns, encodings, delimiters."""

from __future__ import annotations

from collections.abc import Sequence

from earlyhelp.synthetic.faults.declared import FileFault
from earlyhelp.synthetic.faults.where import Titled

_ADDED = ("Comments", "Report run by", "Last updated")


def _respelt(headings: Sequence[Titled], luck: float) -> list[tuple[str, str]] | None:
    """One heading in another spelling that councils use, or without its marks."""
    place = min(int(luck * len(headings)), len(headings) - 1)
    known = [*headings[place].also, headings[place].name.upper(), headings[place].name.replace("_", " ")]
    options = [each for each in known if each != headings[place].name]
    names = [each.name for each in headings]
    if not options:
        return None
    new = options[min(int(luck * len(headings) * len(options)) % len(options), len(options) - 1)]
    if new in names:
        return None
    return [(name, new if number == place else name) for number, name in enumerate(names)]


def _moved(headings: Sequence[Titled], luck: float) -> list[tuple[str, str]] | None:
    """The columns from some place on stand before the others."""
    cut = 1 + int(luck * (len(headings) - 1))
    names = [each.name for each in (*headings[cut:], *headings[:cut])]
    return [(name, name) for name in names] if 0 < cut < len(names) else None


def _added(headings: Sequence[Titled], luck: float) -> list[tuple[str, str]]:
    """A column nobody asked for, at the end."""
    new = _ADDED[min(int(luck * len(_ADDED)), len(_ADDED) - 1)]
    return [*((each.name, each.name) for each in headings), (new, new)]


FAULTS = (
    FileFault("heading in other words", "A heading is spelt otherwise.", 0.08, kinds=("csv", "xlsx"), columns=_respelt),
    FileFault("columns in another order", "The columns were moved about.", 0.03, kinds=("csv", "xlsx"), columns=_moved),
    FileFault("column added", "A column that nobody asked for.", 0.05, kinds=("csv", "xlsx"), columns=_added),
    FileFault(
        "Windows-1252", "Written in the encoding of old Windows; signs that it lacks became question marks.",
        0.15, kinds=("csv",), written={"encoding": "cp1252", "line_end": "\r\n"},
    ),
    FileFault("UTF-16", "Written as a spreadsheet's Unicode text.", 0.05, kinds=("csv",), written={"encoding": "utf-16"}),
    FileFault("mark of order", "Written as UTF-8 with a mark before it.", 0.2, kinds=("csv",), written={"encoding": "utf-8-sig"}),
    FileFault("semicolons", "Fields are separated by semicolons.", 0.05, kinds=("csv",), written={"delimiter": ";"}),
)  # fmt: skip
FILLED = {"Report run by": "Performance team", "Last updated": "overnight"}
"""What stands in every row of an added column; nothing in the others."""
