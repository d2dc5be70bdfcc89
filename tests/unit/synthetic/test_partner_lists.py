"""The lists of partners of a small council: every event of a partner stands in exactly one of its lists."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pyarrow.compute as pc
import pytest

from earlyhelp.synthetic import systems
from earlyhelp.synthetic.extracts import write_extracts
from unit.synthetic.extracts_council import SEED, true_records

LISTS = tuple(each for each in systems.COUNCILS["partners"] if each not in systems.COUNCILS["returns"])
PARTNERS = ("police", "housing", "benefits", "youth_justice")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The lists as they would be without any mess."""
    folder = tmp_path_factory.mktemp("partners")
    lists = [each for each in LISTS if each.source != "standard"]
    write_extracts(true_records(), folder, SEED, mess=0.0, systems=lists, processes=1)
    return folder


def rows(folder: Path, system: str) -> dict[str, list[dict[str, str]]]:
    """The rows of a system's files, by the end of the file's name."""
    found = {}
    for path in sorted((folder / system).rglob("*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            found[path.stem.split("_", 2)[2]] = list(csv.DictReader(stream))
    return found


@pytest.mark.parametrize("partner", PARTNERS)
def test_every_event_of_a_partner_stands_in_one_of_its_lists(written: Path, partner: str) -> None:
    events = true_records()["partner_event"]
    told = pc.sum(pc.equal(events["agency"], partner)).as_py()
    assert told > 0
    assert sum(len(each) for each in rows(written, partner).values()) == told


def test_events_of_domestic_abuse_are_graded_in_words(written: Path) -> None:
    graded = Counter(row["DASH level"] for row in rows(written, "police")["domestic_abuse_notifications"])
    assert set(graded) <= {"Standard", "Medium", "High"}
    assert graded["High"] > 0


def test_each_partner_knows_people_by_ids_of_its_own(written: Path) -> None:
    headings = {"police": "Police person ID", "housing": "Housing person ID", "benefits": "Claimant ID"}
    ids = {
        partner: {row[heading] for each in rows(written, partner).values() for row in each}
        for partner, heading in headings.items()
    }
    assert all(ids.values())
    assert not ids["police"] & ids["housing"]
    assert not ids["housing"] & ids["benefits"]


def test_terms_of_pupils_add_up_to_the_true_sessions(written: Path) -> None:
    told = [row for name, each in rows(written, "attendance").items() if "term" in name for row in each]
    assert (
        sum(int(row["Sessions possible"]) for row in told)
        == pc.sum(true_records()["attendance_period"]["possible"]).as_py()
    )
