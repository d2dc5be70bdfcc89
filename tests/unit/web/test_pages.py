"""How a page answers: one screen as HTML, JSON or a file, from one snapshot, safe to hold and safe to open."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earlyhelp.reports.blocks import Figure, Heading, TableBlock
from earlyhelp.web.blocks import Folded, LinkedTable
from earlyhelp.web.screen import Screen


def _table(rows: tuple[tuple[str, ...], ...] = (("North", "12"),)) -> TableBlock:
    return TableBlock("Requests by area", ("area", "requests"), rows, (1,))


def test_tables_and_charts_of_a_screen_are_named_in_order_also_behind_a_line_of_words() -> None:
    first, second, third = _table(), _table((("South", "7"),)), _table((("East", "9"),))
    chart = Figure("Requests", {"mark": "bar"}, "Bars of requests.", second)
    screen = Screen("Requests", (Heading(1, "Now"), first, Folded("More", (chart,)), LinkedTable(third, ("/a/",))))
    assert screen.table_called("t1") is first
    assert screen.figure_called("f1") is chart
    assert screen.table_called("f1") is second
    assert screen.table_called("t2") is third
    assert screen.table_called("t3") is None
    assert screen.has_charts


def test_a_sentence_in_a_table_is_read_from_the_left_also_among_figures(council: Path) -> None:
    from django.template.loader import render_to_string

    why = "There are fewer than 40 families offered the service who can be followed for so long."
    page = render_to_string("earlyhelp/table.html", {"table": _table((("North", why), ("South", "12")))})
    assert f'<td class="govuk-table__cell eh-long">{why}</td>' in page
    assert '<td class="govuk-table__cell govuk-table__cell--numeric">12</td>' in page


@pytest.mark.parametrize(
    "address", ["/", "/measures/", "/measures/A1/", "/measures/B2/?by=need_code", "/account/", "/pages/"]
)
def test_main_pages_open(client_as: Callable[..., Any], address: str) -> None:
    answer = client_as("analyst").get(address)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"


def test_every_answer_carries_the_headers_that_keep_it_safe(client_as: Callable[..., Any]) -> None:
    client = client_as("viewer")
    for address in ("/", "/accounts/login/", "/not-there/", "/measures/ZZ/", "/brand.css"):
        headers = client.get(address).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_no_page_holds_a_script_a_style_or_an_address_of_another_server(client_as: Callable[..., Any]) -> None:
    import re

    client = client_as("analyst")
    for address in ("/", "/measures/", "/measures/A1/", "/accounts/login/"):
        html = client.get(address).content.decode()
        assert not re.search(r"<script(?![^>]*(src=|application/json))", html), address
        assert not re.search(r"\s(style|onclick|onload|onchange)=", html), address
        assert not re.search(r"(src|href|action)=\"(https?:)?//", html), address


def test_a_table_is_the_same_on_the_page_and_in_every_file(client_as: Callable[..., Any]) -> None:
    client = client_as("viewer")
    [table] = [
        each for each in client.get("/measures/B2/?by=need_code&format=json").json()["blocks"]
        if each["kind"] == "TableBlock" and "by need" in each["caption"]
    ]  # fmt: skip
    rows = [table["columns"], *table["rows"]]
    as_csv = client.get("/measures/B2/?by=need_code&download=t1.csv").content.decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(as_csv))) == rows
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(client.get("/measures/B2/?by=need_code&download=t1.xlsx").content))
    assert [[cell.value for cell in row] for row in book["Table"].iter_rows()] == rows
    assert book["About"]["B2"].value == "Thornbridge (invented)"
    ods = client.get("/measures/B2/?by=need_code&download=t1.ods").content
    with zipfile.ZipFile(io.BytesIO(ods)) as opened:
        assert opened.namelist()[0] == "mimetype"
        text = opened.read("content.xml").decode()
    assert all(cell.replace("&", "&amp;") in text for row in rows for cell in row)


def test_a_chart_is_to_be_had_as_a_picture(client_as: Callable[..., Any]) -> None:
    client = client_as("viewer")
    assert client.get("/measures/A1/?download=f1.png").content.startswith(b"\x89PNG")
    assert b"<svg" in client.get("/measures/A1/?download=f1.svg").content


@pytest.mark.parametrize("wanted", ["t9.csv", "f1.exe", "t1", "t1.png", "../t1.csv", "f1"])
def test_what_cannot_be_had_is_not_there(client_as: Callable[..., Any], wanted: str) -> None:
    assert client_as("viewer").get("/measures/B2/", {"by": "need_code", "download": wanted}).status_code == 404


def test_taking_a_file_is_in_the_audit_log(
    client_as: Callable[..., Any], audit: Callable[[], list[dict[str, Any]]]
) -> None:
    client_as("viewer").get("/measures/A1/?download=f1.csv")
    assert audit()[-1]["event"] == "download"
    assert audit()[-1]["what"] == "measure f1.csv"


@given(st.text(max_size=20))
def test_no_cell_of_a_file_runs_in_a_spreadsheet(text: str) -> None:
    from earlyhelp.web.exports import safe

    cell = safe(text)
    number = text.strip().lstrip("+-").replace(",", "").rstrip("%").replace(".", "", 1)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\0")) or number.isdigit()
    assert cell.lstrip("'") == text.lstrip("'")


def test_a_specification_cannot_end_the_element_that_holds_it() -> None:
    from earlyhelp.web.spec_in_page import as_json

    text = as_json({"title": "</script><script>alert(1)</script> & more"})
    assert not {"<", ">", "&"} & set(text)
    assert json.loads(text)["title"].startswith("</script>")


def test_a_page_that_only_reads_takes_no_form(client_as: Callable[..., Any]) -> None:
    assert client_as("viewer").post("/measures/").status_code == 405


def test_a_workspace_without_figures_says_what_to_do_first(
    client_as: Callable[..., Any], served: Callable[[Path], Any], tmp_path: Path
) -> None:
    from earlyhelp.store.workspace import create_workspace

    create_workspace(tmp_path / "new", "E06000999", "New")
    with served(tmp_path / "new"):
        told = client_as("analyst").get("/").content.decode()
        assert "No figures yet" in told
        assert "Bring in your first extract" in told
        assert "Bring in your first extract" not in client_as("viewer").get("/").content.decode()


def test_a_request_reads_one_snapshot_also_when_another_becomes_current_meanwhile(council: Path) -> None:
    from earlyhelp.web import reading

    kept = reading.Kept()
    request = reading.InSnapshot("s-old")
    made = []

    def show() -> str:
        made.append(request.snapshot)
        if request.snapshot == "s-old":
            raise reading.SnapshotMoved
        return f"all of {request.snapshot}"

    told = reading.of_one_snapshot(request, show)
    assert made[0] == "s-old"
    assert told == f"all of {made[1]}"
    assert made[1] == reading.workspace().current
    assert kept.get(("a",), lambda: 1) == 1
    assert kept.get(("a",), lambda: 2) == 1


def test_an_answer_that_is_no_screen_is_never_kept_for_somebody_else(council: Path) -> None:
    from types import SimpleNamespace

    from django.http import HttpResponse

    from earlyhelp.web.access import READERS
    from earlyhelp.web.pages import Page

    page = Page("there/", "there", READERS, lambda request: HttpResponse("for you alone"), kept=True)
    user = SimpleNamespace(is_authenticated=True, powers=frozenset(), organisation="", team="")

    def ask() -> HttpResponse:
        return page.view(SimpleNamespace(method="GET", user=user, get_full_path_info=lambda: "/there/"))

    first, second = ask(), ask()
    assert first.content == second.content == b"for you alone"
    assert first is not second


def test_two_who_ask_for_the_same_thing_wait_for_one_maker() -> None:
    import threading
    import time

    from earlyhelp.web.reading import Kept

    kept, made = Kept(), []

    def make() -> int:
        made.append(1)
        time.sleep(0.05)
        return len(made)

    threads = [threading.Thread(target=lambda: kept.get("one", make)) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert made == [1]


def test_no_screen_reaches_past_what_is_released() -> None:
    import ast

    from earlyhelp.web import screens

    closed = (
        "duckdb",
        "earlyhelp.store",
        "earlyhelp.measures.engines",
        "earlyhelp.measures.calculation",
        "earlyhelp.build",
    )
    found = []
    for file in Path(screens.__path__[0]).glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            found += [f"{file.name}: {name}" for name in names if name.startswith(closed)]
    assert found == []
