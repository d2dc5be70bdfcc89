"""The tables of a document as an accessible workbook: a cover, contents, and one marked-up table a sheet.

The form is that of the Government Analysis Function, Releasing statistics in spreadsheets (2023), and it is written by that
office's own library, gptables. What stands in the workbook is laid out here; `workbook_process` writes it in a process of its
own, for gptables rests on pandas, without which every other process of ours starts sooner.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from earlyhelp.errors import EarlyHelpError
from earlyhelp.reports.blocks import Content, Figure, Note, TableBlock, Text

LONGEST_INTRODUCTION = 12
"""So many paragraphs of the document stand on the cover, and so many notes."""
NOTHING = "not applicable"
"""What a cell says in which a sign stands alone: who has it read aloud would hear nothing."""
NOT_INSTALLED = 4
"""The exit code of the process where gptables is not installed."""
_NUMBER = re.compile(r"[+-]?\d[\d,]*(\.\d+)?")
_SAYS_SOMETHING = re.compile("[A-Za-z0-9]")
_INSTRUCTIONS = "This worksheet holds one table. Where there is no figure, the cell says why in words."
_NO_TABLE = "There is no table in this document: as yet it has nothing but words, which follow."
_SECONDS = 300


def write_workbook(content: Content, target: Path, made: datetime) -> None:
    """Write every table of the document, those behind charts among them; without any, a cover that says so.

    `made`: the moment that stands in its properties, so that the same document makes the same file.

    Raises EarlyHelpError where gptables is not installed, or could not write the file.
    """
    command = [sys.executable, "-P", "-m", "earlyhelp.reports.workbook_process", str(target)]
    told = json.dumps({**laid_out(content), "made": made.isoformat()})
    try:
        done = subprocess.run(command, input=told, capture_output=True, text=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise _not_written(target) from None
    if done.returncode == NOT_INSTALLED:
        raise EarlyHelpError(
            "Workbooks need gptables, which is not installed.",
            where="xlsx",
            fix="pip install 'earlyhelp[documents]', or write .html.",
        )
    if done.returncode:
        raise _not_written(target)


def _not_written(target: Path) -> EarlyHelpError:
    return EarlyHelpError("The workbook could not be written.", where=target.name, fix="Write .docx or .html.")


def laid_out(content: Content) -> dict[str, Any]:
    """What stands in the workbook: title, author, introduction, notes, and the tables with name, title, heads and rows."""
    found = tables(content)
    return {
        "title": content.title,
        "author": content.author,
        "introduction": [each for each in (content.subtitle, "" if found else _NO_TABLE, *_texts(content)) if each],
        "notes": [each.text for each in content.blocks if isinstance(each, Note)][:LONGEST_INTRODUCTION],
        "tables": [_table(number, each) for number, each in enumerate(found, 1)],
    }


def tables(content: Content) -> list[TableBlock]:
    """Its tables in order, those of its charts in the place of the charts."""
    return [
        each.table if isinstance(each, Figure) else each
        for each in content.blocks
        if isinstance(each, Figure | TableBlock)
    ]


def _texts(content: Content) -> list[str]:
    return [each.text for each in content.blocks if isinstance(each, Text)][:LONGEST_INTRODUCTION]


def _table(number: int, each: TableBlock) -> dict[str, Any]:
    return {
        "sheet": f"Table {number}",
        "name": f"table_{number}",
        "title": f"Table {number}: {each.caption}",
        "instructions": _INSTRUCTIONS,
        "columns": _apart(each.columns),
        "rows": [[_cell(cell) for cell in row] for row in each.rows],
    }


def _apart(headings: Sequence[str]) -> list[str]:
    """Headings of which no two are the same, as a marked-up table must have them."""
    times, seen = Counter(headings), Counter[str]()
    told = []
    for heading in headings:
        seen[heading] += 1
        told.append(f"{heading} ({seen[heading]})" if times[heading] > 1 else heading)
    return told


def _cell(text: str) -> str | float:
    """A plain number as a number, so that it can be reckoned with; everything else as it is read."""
    if _NUMBER.fullmatch(text):
        return float(text.replace(",", ""))
    return text if _SAYS_SOMETHING.search(text) else NOTHING
