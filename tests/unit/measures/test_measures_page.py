"""The manual's pages of measures: complete, and current."""

from __future__ import annotations

from pathlib import Path

import pytest

from earlyhelp.measures import CATALOGUE, splits_of
from earlyhelp.measures.pages import measures_pages
from spec.example import examples
from spec.manual import generated_pages

PAGES = Path(__file__).resolve().parents[3] / "docs/reference/generated"


@pytest.fixture(scope="module")
def page() -> str:
    return "\n".join(generated_pages().values())


def section(page: str, measure_id: str) -> str:
    return page.split(f"\n## {measure_id} ")[1].split("\n## ")[0]


@pytest.mark.parametrize("measure", CATALOGUE.values(), ids=lambda measure: measure.id)
def test_the_page_tells_all_that_is_declared_of_a_measure(measure, page):
    text = section(page, measure.id)
    said = [measure.name, measure.question, measure.why, measure.numerator, measure.denominator, measure.source]
    said += [measure.time.words, *measure.traps, *map(str, measure.needs), *splits_of(measure)]
    assert [each for each in said if each not in text] == []
    lines = {line.strip() for line in text.splitlines()}
    for definition in ("default", *measure.definitions):
        assert {line.strip() for line in measure.defined_as(definition).rows.strip().splitlines()} <= lines
        assert definition == "default" or f"`{definition}`" in text


@pytest.mark.parametrize("measure", CATALOGUE.values(), ids=lambda measure: measure.id)
def test_the_page_prints_every_worked_example(measure, page):
    text = section(page, measure.id)
    for example in examples()[measure.id]:
        assert f"**{example.title}.**" in text
        assert f"`{example.command}`" in text


def test_the_page_can_do_without_worked_examples():
    assert "Worked examples of" not in "".join(measures_pages({}).values())


def test_no_table_of_the_page_breaks_at_a_bar_or_has_rows_of_different_lengths(page):
    for table in ("\n".join(block) for block in blocks(page)):
        assert len({line.replace("\\|", "").count("|") for line in table.splitlines()}) == 1, table


def blocks(page: str) -> list[list[str]]:
    found: list[list[str]] = [[]]
    for line in page.splitlines():
        if line.startswith("|"):
            found[-1].append(line)
        elif found[-1]:
            found.append([])
    return [block for block in found if block]


def test_the_pages_in_the_repository_are_current():
    for name, text in generated_pages().items():
        assert (PAGES / name).read_text("utf-8") == text, f"{name}: run `make docs`"
