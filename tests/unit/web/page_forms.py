"""The forms of an answer as a reader finds them: what stands in each field, which field a label is of, what is wrong."""

from __future__ import annotations

from typing import Any

from lxml import html


def _main(answer: Any) -> Any:
    return html.fromstring(answer.content).xpath("//main")[0]


def stands_in(answer: Any) -> dict[str, str]:
    """Each field of the page's main part with what it says as it stands."""
    found = {
        each.get("name"): each.get("value", "")
        for each in _main(answer).xpath(".//input[@name][@type='hidden' or @type='text']")
    }
    for select in _main(answer).xpath(".//form[@method='post']//select"):
        chosen = select.xpath(".//option[@selected]/@value")
        found[select.get("name")] = chosen[0] if chosen else ""
    return {name: value for name, value in found.items() if name != "csrfmiddlewaretoken"}


def field_called(answer: Any, label: str) -> str:
    """The name of the field that has the label."""
    (found,) = (each for each in _main(answer).xpath(".//label") if each.text_content().strip() == label)
    return str(_main(answer).xpath(f".//*[@id='{found.get('for')}']")[0].get("name"))


def errors_at(answer: Any) -> dict[str, list[str]]:
    """Each field with something wrong, and what is said of it at the field."""
    found = {}
    for group in _main(answer).xpath(".//div[contains(@class, 'govuk-form-group--error')]"):
        name = group.xpath(".//select/@name | .//input/@name")[0]
        said = group.xpath(".//p[contains(@class, 'govuk-error-message')]")
        found[str(name)] = [" ".join(each.text_content().split()).removeprefix("Error: ") for each in said]
    return found


def table_words(answer: Any) -> list[list[str]]:
    """The rows of every table of the page's main part, each cell in words."""
    rows = _main(answer).xpath(".//tr")
    return [[" ".join(cell.text_content().split()) for cell in row.xpath("./th | ./td")] for row in rows]
