"""Files made to use up the machine: each ends in time, within memory, with an account or one clear line."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.faults.damaged import (
    CHILD_XML,
    CONTACT_HEADINGS,
    CONTACTS,
    annex_a,
    bomb,
    census,
    child_xml,
    contacts,
    in_first_sheet,
    locked_workbook,
)
from tests.staged import names_nobody

from earlyhelp.store.workspace import create_workspace

SECONDS, GIGABYTES = 60, 3
_MEASURED = """
import resource, subprocess, sys
code = subprocess.run([sys.executable, "-m", "earlyhelp", *sys.argv[1:]]).returncode
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
sys.exit(code)
"""


@dataclass(frozen=True)
class Ended:
    """How a load ended: exit code, what it printed, seconds, and the most memory any of its processes held."""

    code: int
    out: str
    err: str
    seconds: float
    gigabytes: float


def load(folder: Path, *arguments: object) -> Ended:
    """`earlyhelp load` in a process of its own, into a new workspace, measured."""
    workspace = create_workspace(folder / "council", "E09000032").root
    start = time.monotonic()
    command = [sys.executable, "-c", _MEASURED, "load", str(workspace), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=5 * SECONDS)
    *lines, kilobytes = done.stderr.splitlines()
    return Ended(done.returncode, done.stdout, "\n".join(lines), time.monotonic() - start, int(kilobytes) / 1024**2)


def is_within_bounds(ended: Ended) -> None:
    """Time, memory, no traceback, nobody named."""
    assert ended.code in (0, 3), ended.err or ended.out
    assert ended.seconds < SECONDS
    assert ended.gigabytes < GIGABYTES
    assert "Traceback" not in ended.out + ended.err
    assert names_nobody(ended.out + ended.err)


def _far_corner(folder: Path) -> Path:
    """One cell typed by accident in the last row of the last column of a sheet."""
    cell = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    return in_first_sheet(annex_a(folder / "annex_a.xlsx"), lambda xml: xml.replace(b"</sheetData>", cell))


def _deep(folder: Path) -> Path:
    return _xml(folder, census(child_xml(1, more="<a>" * 100_000 + "</a>" * 100_000)))


def _twenty_megabytes_of_text(folder: Path) -> Path:
    return _xml(folder, census(CHILD_XML, child_xml(2, source="x" * 20_000_000)))


def _laughs(folder: Path) -> Path:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    declared = f'<!DOCTYPE Message [<!ENTITY l0 "ha">{entities}]>'
    return _xml(folder, census(child_xml(1, source="&l9;"), before=declared))


def _xml(folder: Path, text: str) -> Path:
    file = folder / "cin.xml"
    file.write_text(text)
    return file


def _long_line(folder: Path) -> Path:
    return contacts(folder, "x" * 50_000_000)


REFUSED: dict[str, Callable[[Path], Path]] = {
    "a workbook that unpacks to 600 MB": lambda folder: bomb(folder / "annex_a.xlsx"),
    "a workbook that lies about unpacking to 600 MB": lambda folder: bomb(folder / "annex_a.xlsx", lying=True),
    "a locked workbook": lambda folder: locked_workbook(folder / "annex_a.xlsx"),
    "XML of 100,000 storeys": _deep,
    "XML with a text of 20 MB": _twenty_megabytes_of_text,
    "a billion laughs": _laughs,
}


@pytest.mark.parametrize("make", REFUSED.values(), ids=REFUSED.keys())
def test_a_hostile_file_ends_with_exit_code_3_and_one_clear_line(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    ended = load(tmp_path, make(tmp_path), "--json")
    is_within_bounds(ended)
    assert ended.code == 3
    assert set(json.loads(ended.out)) == {"error", "where", "fix"}


def test_one_stray_cell_in_the_far_corner_of_a_sheet_is_borne_or_refused(tmp_path: Path) -> None:
    ended = load(tmp_path, _far_corner(tmp_path), "--json")
    is_within_bounds(ended)
    told = json.loads(ended.out)
    if ended.code == 0:
        (table,) = told["feeds"][0]["tables"]
        assert (table["rows_read"], table["rows_accepted"], table["rows_quarantined"]) == (3, 2, 1)
    else:
        assert told["fix"]


@pytest.mark.parametrize("megabytes", [10, 20])
def test_a_cell_of_many_megabytes_costs_no_row(tmp_path: Path, megabytes: int) -> None:
    long = "Zebedee Quillfeather " * (megabytes * 50_000)
    ended = load(tmp_path, contacts(tmp_path, CONTACTS[0], f'2,b,2025-04-02,2A,"{long}"', CONTACTS[2]), "--json")
    is_within_bounds(ended)
    if ended.code == 0:
        (table,) = json.loads(ended.out)["feeds"][0]["tables"]
        assert table["rows_read"] == table["rows_accepted"] + table["rows_quarantined"] == 3
    assert len(ended.out) < 20_000


def test_a_file_of_one_endless_line_is_borne_or_refused(tmp_path: Path) -> None:
    is_within_bounds(load(tmp_path, _long_line(tmp_path), "--json"))


def test_a_file_of_two_thousand_columns_is_read(tmp_path: Path) -> None:
    more = ",".join(f"x{number}" for number in range(2000))
    file = contacts(tmp_path, *(f"{row}{',' * 2000}" for row in CONTACTS), headings=f"{CONTACT_HEADINGS},{more}")
    ended = load(tmp_path, file, "--json")
    is_within_bounds(ended)
    assert json.loads(ended.out)["feeds"][0]["tables"][0]["rows_accepted"] == 3


def test_a_file_of_delimiters_alone_is_refused_in_one_line(tmp_path: Path) -> None:
    file = contacts(tmp_path, *(f"{row}{',' * 9_000}" for row in CONTACTS), headings=f"{CONTACT_HEADINGS}{',' * 9_000}")
    ended = load(tmp_path, file)
    is_within_bounds(ended)
    assert ended.code == 3
    assert "columns, and 4,000 is the most" in ended.err


def test_in_words_each_refused_file_has_its_line_and_the_sound_ones_are_in(tmp_path: Path) -> None:
    folder = tmp_path / "from the case system"
    folder.mkdir()
    contacts(folder, *CONTACTS)
    locked_workbook(folder / "locked.xlsx")
    (folder / "empty.csv").touch()
    (folder / "torn.xml").write_text(census(CHILD_XML)[:-20])
    (folder / "notes.pdf").write_bytes(b"%PDF-1.7 Zebedee Quillfeather")
    (folder / "prose.csv").write_text("Zebedee Quillfeather, born 2011-07-19\n" * 3)
    ended = load(tmp_path, folder)
    is_within_bounds(ended)
    assert ended.code == 3
    refused = [
        line.split(":")[1].split(",")[0].strip() for line in ended.err.splitlines() if line.startswith("refused:")
    ]
    assert refused == ["empty.csv", "locked.xlsx", "notes.pdf", "prose.csv", "torn.xml"]
    assert "contact: 3 rows read = 3 accepted + 0 in quarantine" in ended.out
