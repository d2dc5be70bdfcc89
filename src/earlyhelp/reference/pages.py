"""The reference page of public statistics: what can be read, with which headings, and what is checked."""

from __future__ import annotations

from collections.abc import Iterator

from earlyhelp.reference.catalogue import PUBLICATIONS
from earlyhelp.reference.checking import CHECKS
from earlyhelp.reference.publication import LICENCES, Publication
from earlyhelp.reference.symbols import DASH, SYMBOLS


def publications_page() -> str:
    """The page, as Markdown."""
    lines = [
        "# Public statistics that can be read",
        "",
        "A file is known by its headings, whatever it is called. The figures of all publications have one shape: area_code,",
        "area_type, period, measure, value, status, symbol, source.",
        "",
        "## Publications",
        "",
        *(line for publication in PUBLICATIONS.values() for line in _publication(publication)),
        "## What is printed where there is no figure",
        "",
        "| printed | status | meaning |",
        "|---|---|---|",
        *(f"| {each.printed or '(blank)'} | `{each.status}` | {each.meaning} |" for each in (*SYMBOLS, DASH)),
        "",
        f"`{DASH.printed}` is read in the local authority interactive tool alone. Any other sign makes the file refused.",
        "",
        "## Checks",
        "",
        "| check | what it finds |",
        "|---|---|",
        *(f"| `{each.id}` | {each.title} |" for each in CHECKS),
        "",
    ]
    return "\n".join(lines)


def _publication(publication: Publication) -> Iterator[str]:
    licence, _ = LICENCES[publication.licence]
    yield f"### {publication.title}"
    yield ""
    yield f"`{publication.id}` · {publication.kind} · {publication.publisher} · {licence}"
    yield ""
    yield f"Take: {publication.how}. Published at <{publication.where}>"
    yield ""
    yield f"Headings: {', '.join(f'`{heading}`' for heading in publication.headings)}"
    yield ""
