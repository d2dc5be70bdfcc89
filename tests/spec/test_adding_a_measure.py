"""The worked example in CONTRIBUTING.md is run as it stands: a measure and its specification."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from earlyhelp.measures import CATALOGUE, Measure
from earlyhelp.measures.pages import measures_pages
from spec.manual import in_markdown

CONTRIBUTING = Path(__file__).parents[2] / "CONTRIBUTING.md"


@pytest.fixture
def written() -> dict[str, object]:
    """What the page's two blocks of Python define."""
    section = (
        CONTRIBUTING.read_text("utf-8").partition("## A measure, from declaration to manual")[2].partition("\n## ")[0]
    )
    found: dict[str, object] = {}
    for block in re.findall(r"```python\n(.*?)```", section, re.DOTALL):
        exec(compile(block, str(CONTRIBUTING), "exec"), found)
    return found


def test_the_worked_example_answers_as_the_page_says(written, monkeypatch: pytest.MonkeyPatch):
    measure = written["telephone_share"]
    assert isinstance(measure, Measure)
    monkeypatch.setitem(CATALOGUE, measure.id, measure)
    for example in written["EXAMPLES"]:
        example.check()


def test_the_manual_prints_it_with_its_example(written, monkeypatch: pytest.MonkeyPatch):
    measure = written["telephone_share"]
    monkeypatch.setitem(CATALOGUE, measure.id, measure)
    page = measures_pages({measure.id: in_markdown(written["EXAMPLES"])})["measures/demand.md"]
    assert f"## {measure.id} {measure.name}" in page
    assert "A request whose channel nobody recorded is left out" in page
