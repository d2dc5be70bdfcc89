"""Reading the feed pages of an Open Referral UK directory: one row a service, what is nested in it joined into one text.

A service that the profile's own validator refuses is set aside with the reason. A file of which no service keeps to the
profile is refused, and so is a page of version 1.0, whose shape is another.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from earlyhelp.errors import InputRefused
from earlyhelp.ingest.grid import BrokenRow
from earlyhelp.ingest.problems import PROBLEMS
from earlyhelp.sources import SOURCES
from earlyhelp.sources.open_referral import faults

RULE = PROBLEMS["not_of_the_profile"]
MOST_BYTES = 256 * 1024**2
"""More than any council's directory takes; the largest known feeds are a tenth of it."""
_MOST_TOLD = 6
HEADINGS = [heading.name for heading in SOURCES["open_referral"].parts[0].headings]

Row = dict[str, str]


@dataclass
class Directory:
    """The rows of sound services, each with its number in the file, those that were set aside, and what was noticed."""

    rows: list[tuple[int, Row]] = field(default_factory=list)
    broken: list[BrokenRow] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_directory(path: Path, name: str) -> Directory:
    """Every service of a page, of a list of pages or services, or of a file that is one service. Refuses anything else."""
    found = Directory()
    counted: Counter[str] = Counter()
    for number, told in enumerate(_services(_parsed(path, name), name, found), start=1):
        wrong = list(faults(told)) if isinstance(told, Mapping) else ["it is not an object"]
        counted.update(wrong)
        if wrong:
            found.broken.append(BrokenRow(number, RULE.rule, "; ".join(wrong), RULE.expected, json.dumps(told)))
        else:
            found.rows.append((number, _row(told)))
    if not found.rows:
        raise _nothing_sound(name, len(found.broken), counted)
    return found


def _parsed(path: Path, name: str) -> Any:
    if path.stat().st_size > MOST_BYTES:
        raise InputRefused(
            f"The file is larger than {MOST_BYTES // 1024**2} MB.",
            where=name,
            fix="Load the feed page by page, each page a file.",
        )
    try:
        return json.loads(path.read_bytes())
    except (ValueError, RecursionError) as problem:
        line = getattr(problem, "lineno", 0)
        raise InputRefused(
            f"The JSON is cut short, not well formed or nested without end{f', at line {line}' if line else ''}.",
            where=name,
            fix="Fetch the page again; do not edit it by hand.",
        ) from None


def _services(content: Any, name: str, found: Directory) -> Iterator[Any]:
    """The services of what the file holds, page after page."""
    if isinstance(content, list):
        for each in content:
            yield from _services(each, name, found) if _is_page(each) else [each]
    elif _is_page(content):
        _note_page(content, found)
        yield from content["contents"]
    elif isinstance(content, Mapping) and "content" in content and "totalElements" in content:
        raise InputRefused(
            "This is a page of Open Referral UK 1.0, and version 3.0 is what can be read.",
            where=name,
            fix="Ask the directory for its 3.0 feed.",
        )
    elif isinstance(content, Mapping) and {"id", "name", "status"} & content.keys():
        yield content
    else:
        raise InputRefused(
            "The JSON is no page of an Open Referral UK directory: it has no list of contents and is no service.",
            where=name,
            fix="Load what the directory answers at its address for services.",
        )


def _is_page(content: Any) -> bool:
    return isinstance(content, Mapping) and isinstance(content.get("contents"), list)


def _note_page(page: Mapping[str, Any], found: Directory) -> None:
    pages, number, size = (page.get(name) for name in ("total_pages", "page_number", "size"))
    if isinstance(pages, int) and pages > 1:
        found.notes.append(f"page {number} of {pages}: load the other pages too")
    if isinstance(size, int) and size != len(page["contents"]):
        found.notes.append(f"the page says that it holds {size} services, and it holds {len(page['contents'])}")


def _row(told: Mapping[str, Any]) -> Row:
    texts = {name: value if isinstance(value, str) else str(value) for name, value in told.items() if _is_plain(value)}
    organization = told.get("organization")
    nested = {
        "organization": organization.get("name") if isinstance(organization, Mapping) else None,
        "organization_id": organization.get("id") if isinstance(organization, Mapping) else None,
        "taxonomy_terms": _joined(_terms(told)),
        "funding": _joined(_inner(told, "funding", "source")),
        "service_areas": _joined(_inner(told, "service_areas", "name", "service_area")),
        "cost_options": _joined(_inner(told, "cost_options", "option", "amount_description")),
    }
    return {name: text for name, text in nested.items() if text} | texts


def _is_plain(value: Any) -> bool:
    return isinstance(value, str | int | float) and not isinstance(value, bool)


def _joined(texts: Iterator[Any]) -> str:
    return "; ".join(dict.fromkeys(text.strip() for text in texts if isinstance(text, str) and text.strip()))


def _inner(told: Mapping[str, Any], part: str, *names: str) -> Iterator[Any]:
    """Of each object in a nested list the first of some fields that says anything."""
    nested = told.get(part)
    for each in nested if isinstance(nested, list) else ():
        if isinstance(each, Mapping):
            yield next((each[name] for name in names if each.get(name)), None)


def _terms(told: Mapping[str, Any]) -> Iterator[Any]:
    for attribute in told.get("attributes") or ():
        term = attribute.get("taxonomy_term") if isinstance(attribute, Mapping) else None
        yield term.get("name") if isinstance(term, Mapping) else None


def _nothing_sound(name: str, services: int, counted: Counter[str]) -> InputRefused:
    """Why no service can be taken: the faults, the most frequent first."""
    if not services:
        return InputRefused(
            "The page holds no service.", where=name, fix="Load a page of the feed that has services in its contents."
        )
    told = ", ".join(f"{fault} ({times})" for fault, times in islice(counted.most_common(), _MOST_TOLD))
    return InputRefused(
        f"None of its {services} services keeps to the Open Referral UK profile: {told}.",
        where=name,
        fix="Correct the services in the directory; its own validator names the same faults.",
    )
