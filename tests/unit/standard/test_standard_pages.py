"""The generated pages: complete, and current."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from earlyhelp.standard import SYSTEM_COLUMNS, TABLES, CodeValue, code_lists
from earlyhelp.standard.dictionary import data_dictionary, years
from earlyhelp.standard.pages import generated_pages

ROOT = Path(__file__).resolve().parents[3]
COLUMNS = [column for table in TABLES.values() for column in table.columns.values()]


@pytest.fixture(scope="module")
def page():
    return data_dictionary(code_lists().values())


def section(page: str, title: str) -> str:
    return page.split(f"### {title}\n")[1].split("\n### ")[0].split("\n## ")[0]


@pytest.mark.parametrize("column", COLUMNS, ids=str)
def test_the_dictionary_tells_all_that_is_declared_of_a_column(column, page):
    [line] = [
        row for row in section(page, column.table_name).splitlines() if row.startswith(f"| `{column.column_name}` |")
    ]
    assert column.description in line
    assert column.sensitivity.value in line
    assert f"| {'yes' if column.required else 'no'} |" in line
    assert all(place in line for place in column.provenance.values())
    assert column.type.name in line
    if column.coded:
        assert f"(#{column.coded.codes.name})" in line


@pytest.mark.parametrize("codelist", code_lists().values(), ids=lambda each: each.name)
def test_the_dictionary_prints_every_code_with_label_years_and_note(codelist, page):
    text = section(page, codelist.name)
    assert codelist.source in text
    for value in codelist.values:
        [line] = [row for row in text.splitlines() if row.startswith(f"| `{value.code}` |")]
        assert f"| {value.label} | {years(value)} |" in line
        assert value.note in line
        assert all(alias in line for alias in value.aliases)


def test_the_dictionary_tells_of_the_columns_that_every_table_has(page):
    assert all(f"| `{name}` |" in page for name in SYSTEM_COLUMNS)


def test_a_table_row_never_breaks_at_a_bar_inside_a_text(page):
    rows = [row for row in page.splitlines() if row.startswith("| ")]
    assert {row.replace("\\|", "").count("|") for row in rows} == {6, 7}


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [(None, None, ""), (2023, None, "from 2023"), (None, 2020, "until 2020"), (2021, 2024, "2021 to 2024")],
)
def test_the_years_of_a_code_in_words(first, last, words):
    assert years(CodeValue("x", "X", valid_from=first, valid_to=last)) == words


def test_every_table_has_a_file_in_each_schema_language():
    pages = generated_pages()
    for name in TABLES:
        assert json.loads(pages[f"schemas/table-schema/{name}.json"])["name"] == name
        assert json.loads(pages[f"schemas/json-schema/{name}.json"])["title"] == name


def test_pages_are_the_same_each_time_they_are_written():
    assert generated_pages() == generated_pages()


def test_the_generated_pages_in_the_repository_are_current():
    folder = ROOT / "docs/reference/generated"
    there = {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*.*")}
    stale = [path for path, text in generated_pages().items() if there.get(path) != text]
    assert stale == [], "run `make docs`"


@pytest.fixture
def tool(tmp_path, monkeypatch):
    """The tool that writes pages, at work in an empty folder with one made-up generator."""
    (tmp_path / "made_up.py").write_text("def pages():\n    return {'a.md': 'A', 'deep/b.md': 'B'}\n", "utf-8")
    script = (ROOT / "tools/generate_docs.py").read_text("utf-8")
    (tmp_path / "tools").mkdir()
    script = re.sub(r"GENERATORS = \[.*?\]", 'GENERATORS = ["made_up:pages"]', script, flags=re.DOTALL)
    (tmp_path / "tools/generate_docs.py").write_text(script, "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, str(tmp_path / "tools/generate_docs.py"), *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    run.folder = tmp_path / "docs/reference/generated"
    return run


def test_the_check_names_pages_that_are_missing_changed_or_left_over_and_writes_nothing(tool):
    tool()
    (tool.folder / "a.md").write_text("changed by hand", "utf-8")
    (tool.folder / "deep/b.md").unlink()
    (tool.folder / "old.md").write_text("no generator writes this", "utf-8")
    checked = tool("--check")
    assert checked.returncode == 1
    assert [Path(line.split()[1]).name for line in checked.stdout.splitlines()] == ["a.md", "b.md", "old.md"]
    assert (tool.folder / "a.md").read_text("utf-8") == "changed by hand"


def test_writing_makes_the_check_pass(tool):
    assert tool("--check").returncode == 1
    assert tool().returncode == 0
    checked = tool("--check")
    assert (checked.returncode, checked.stdout) == (0, "")
    assert (tool.folder / "deep/b.md").read_text("utf-8") == "B"


def test_a_page_that_no_generator_writes_any_more_is_deleted(tool):
    tool()
    (tool.folder / "old.md").write_text("no generator writes this", "utf-8")
    tool()
    assert not (tool.folder / "old.md").exists()
