"""The worked examples as the manual prints them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from earlyhelp.measures.pages import measures_pages
from spec.dataset import Rows, parse
from spec.example import Example, examples


def generated_pages() -> dict[str, str]:
    """The pages of measures, by their path below `docs/reference/generated`."""
    return measures_pages({measure: in_markdown(each) for measure, each in examples().items()})


def in_markdown(worked: Sequence[Example]) -> str:
    """Examples as Markdown: rule, rows, question and answer. Rows that the last one had are not repeated."""
    parts: list[str] = []
    before: Mapping[str, Rows] = {}
    for example in worked:
        parts.append(f"**{example.title}.**")
        for name, rows in example.tables.items():
            parts.append(f"`{name}` as before." if before.get(name) == rows else f"`{name}`:\n\n{_table(rows)}")
        parts += [f"{_question(example)}:", _table(example.expected)]
        before = example.tables
    return "\n\n".join(parts)


def _question(example: Example) -> str:
    asked = f"`{example.command}` as at {example.as_at}"
    if example.standards:
        asked += ", with " + ", ".join(f"`{name} = {number}`" for name, number in example.standards.items())
    if example.policy != "none":
        asked += f", under the policy `{example.policy}`"
    return asked + (f", of its rows those about `{example.only}`" if example.only else "")


def _table(rows: Rows) -> str:
    lines = parse(rows) if isinstance(rows, str) else rows
    listed = ["| " + " | ".join(str(cell or "") for cell in line.values()) + " |" for line in lines]
    return "\n".join(["| " + " | ".join(lines[0]) + " |", "|" + "---|" * len(lines[0]), *listed])
