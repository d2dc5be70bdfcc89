"""Make the example council again: `python examples/make_thornbridge.py [FOLDER]`. Every run writes the same bytes."""

from __future__ import annotations

import sys
from pathlib import Path

from thornbridge_maker.annex_a import annex_a
from thornbridge_maker.cin_census import cin_census
from thornbridge_maker.days import EXTRACT_DAY, YEAR_ENDS
from thornbridge_maker.journeys import make_council
from thornbridge_maker.mess import make_mess
from thornbridge_maker.records import Council
from thornbridge_maker.report import write_report
from thornbridge_maker.rows import File
from thornbridge_maker.ssd import ssd
from thornbridge_maker.ssda903 import ssda903
from thornbridge_maker.standard_files import standard_files
from thornbridge_maker.writing import write


def files_of(council: Council) -> list[File]:
    """Every file of the inbox, still without faults."""
    return [
        annex_a(council, YEAR_ENDS[1], numbers_as_text=False),
        annex_a(council, EXTRACT_DAY, numbers_as_text=True),
        *(cin_census(council, year_end) for year_end in YEAR_ENDS),
        *ssda903(council),
        *ssd(council),
        *standard_files(council),
    ]


def make(folder: Path) -> None:
    """Write the inbox, the list of faults, the expected counts and the README into `folder`."""
    council = make_council()
    files = files_of(council)
    planted = make_mess({file.name: file for file in files})
    (folder / "inbox").mkdir(parents=True, exist_ok=True)
    for file in files:
        write(file, folder / "inbox")
    write_report(council, files, planted, folder)


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "thornbridge")
