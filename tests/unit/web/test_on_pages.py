"""Advice that names a command of the command line names a page on pages."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from page_words import words_of

import earlyhelp
from earlyhelp.errors import GateClosed, InputRefused
from earlyhelp.ingest.open_file import open_file
from earlyhelp.ingest.problems import PROBLEMS
from earlyhelp.ingest.recognise import recognise
from earlyhelp.measures import CATALOGUE
from earlyhelp.web.on_pages import advice, place, told

PACKAGE = Path(earlyhelp.__file__).parent
OF_RELEASES = [
    PACKAGE / each
    for each in ("receiving.py", "sharing.py", "proposing.py", "publishing.py", "store/releases.py", "left_before.py")
]
NO_PAGE_FOR_IT = ("pack trust DIR KEY --replace",)
"""Done on the command line alone, by whoever looks after the server: the advice says so."""


def advised_in(module: Path) -> Iterator[str]:
    """The advice of every error that a module raises, with R1 for what is filled in."""
    for node in ast.walk(ast.parse(module.read_text())):
        if isinstance(node, ast.Constant | ast.JoinedStr):
            parts = node.values if isinstance(node, ast.JoinedStr) else [node]
            text = "".join(
                str(each.value) if isinstance(each, ast.Constant) and isinstance(each.value, str) else "R1"
                for each in parts
            )
            if "earlyhelp " in text and len(text) < 400:
                yield text


def test_a_file_that_nothing_recognises_leads_to_matching_its_columns(tmp_path: Path) -> None:
    menu = tmp_path / "menu.csv"
    menu.write_text("dish,price\nsoup,3\n")
    with duckdb.connect() as con, pytest.raises(InputRefused) as refused:
        recognise(open_file(menu, menu.name, con, tmp_path).grids, menu.name)
    assert advice(refused.value.fix) == "Check that the headings stand in one row, or match its columns here."


def test_no_advice_for_a_row_names_a_command() -> None:
    assert [rule for rule, problem in PROBLEMS.items() if "earlyhelp " in advice(problem.fix)] == []


def test_other_advice_stays_as_it_is() -> None:
    assert advice("Export it again.") == "Export it again."


def test_no_advice_of_releases_and_packs_names_a_command_that_has_a_page() -> None:
    found = [
        each for module in (*OF_RELEASES, *sorted((PACKAGE / "compare").glob("*.py"))) for each in advised_in(module)
    ]
    assert len(found) >= 8
    whole = [each for each in found if not each.endswith("DIR ")]  # the parts of a text come by themselves too
    left = [advice(each) for each in whole if "earlyhelp " in advice(each)]
    assert [each for each in left if not any(known in each for known in NO_PAGE_FOR_IT)] == []


def test_no_trap_of_a_measure_names_a_command() -> None:
    assert [trap for each in CATALOGUE.values() for trap in each.traps if "earlyhelp " in advice(trap)] == []


def test_what_a_second_person_does_is_told_as_pages_tell_it() -> None:
    problem = GateClosed(
        "A second person must approve this release before it can leave.",
        where="R7",
        fix="Somebody else runs: earlyhelp release approve DIR R7; then write it again.",
    )
    assert told(problem) == (
        "A second person must approve this release before it can leave. "
        "Somebody else approves it on the page of release R7, under Releases; then write it again."
    )


@pytest.mark.parametrize(
    ("where", "shown"), [("--policy", ""), ("ID", ""), ("R7", "R7"), ("A1", "A1"), ("pack.json", "pack.json")]
)
def test_an_option_of_a_command_is_no_place_on_a_page(where: str, shown: str) -> None:
    assert place(where) == shown


def test_the_page_of_a_problem_names_pages_and_no_option(
    client_as: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from earlyhelp import answering

    def refuse(*_: object) -> None:
        raise GateClosed("The release is refused.", where="ID", fix="earlyhelp release list DIR")

    client_as("head").get("/measures/A1/exact/")  # a module that is loaded while it is patched would keep the patch
    monkeypatch.setattr(answering, "measure_called", refuse)
    answer = client_as("viewer").get("/measures/A1/exact/")
    assert answer.status_code == 403
    answer = client_as("head").get("/measures/A1/exact/")
    assert answer.status_code == 409
    told = words_of(answer)
    assert "The release is refused. What to do: Look at it on the page Releases." in told
    assert "Where:" not in told
