"""The reference page of the returns: whose layout each has, what it holds, and where every column comes from."""

from __future__ import annotations

from collections.abc import Iterator

from earlyhelp.reports.returns import RETURNS
from earlyhelp.reports.returns.carried import LEFT_OUT
from earlyhelp.reports.returns.declared import Cell, Return

_HEAD = """\
# Returns

The files that `earlyhelp report DIR NAME --out FILE` writes. Their rows are about people: a file is readable by its owner
alone, and who had it made, when and why is in the audit log. Written from the declarations in `reports/returns/`.
"""


def generated_pages() -> dict[str, str]:
    """The page by its path below `docs/reference/generated`."""
    sections = ("\n\n".join(_section(each)) + "\n" for each in RETURNS.values())
    return {"returns.md": "\n".join([_HEAD, *sections, _left_out()])}


def _section(wanted: Return) -> Iterator[str]:
    yield f"## {wanted.title}"
    yield f"`{wanted.name}`, {wanted.publisher}. Files: {', '.join(wanted.endings)}. {wanted.holds}"
    yield f"**Of which days.** {wanted.period[0].upper()}{wanted.period[1:]}."
    yield f"**Layout.** {wanted.source}"
    yield f"**Names people.** {_naming(wanted)}"
    if wanted.validated:
        yield (
            "**Validated.** By the rules of the standard before it is written. What is not valid is listed beside it with what "
            "to do, and the return is written only with `--with-errors`; without, the command ends with exit code 4."
        )
    for part in wanted.parts:
        rows = [_row(cell) for cell in wanted.columns if cell.part == part]
        yield "\n".join([f"| {part} | Comes from | What to know |", "|---|---|---|", *rows])


def _naming(wanted: Return) -> str:
    if wanted.identity:
        return "It reads the side of the store that holds names, numbers or free text."
    return "It holds no direct identifiers and no free text."


def _row(cell: Cell) -> str:
    columns = ", ".join(f"`{column}`" for column in cell.comes_from)
    return f"| {cell.heading} | {columns} | {cell.note} |"


def _left_out() -> str:
    rows = [f"| `{table}` | {why} |" for table, why in LEFT_OUT.items()]
    head = ["## What the national return leaves out", "", "| Table | It |", "|---|---|"]
    return "\n".join([*head, *rows, ""])
