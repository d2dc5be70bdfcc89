"""Which families are destabilised by poverty, asked as a user asks it; families are listed only where it is switched on."""

from __future__ import annotations

import csv
import json
import stat
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from tests.journeys.conftest import earlyhelp

QUESTION = "which-families-are-destabilised-by-poverty"
FAMILIES = 240
FIRST = date(2021, 4, 1)


def write(folder: Path, table: str, headings: str, rows: Sequence[Sequence[object]]) -> None:
    """One file of the standard's own layout."""
    with (folder / f"{table}.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([headings.split(), *rows])


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run council of 240 families alike; every third has rent arrears one day, and asks for help 60 days after."""
    folder = tmp_path_factory.mktemp("councils") / "council"
    assert earlyhelp("init", folder, "--council", "E09000032", "--name", "Testing").code == 0
    inbox, families = folder / "inbox", range(FAMILIES)
    write(
        inbox,
        "person",
        "person_key source_person_id dob is_child",
        [(f"p{n}", f"s{n}", "2016-01-01", "true") for n in families],
    )
    write(
        inbox, "family_member", "family_key person_key role from_date",
        [(f"f{n}", f"p{n}", "child", "2016-01-01") for n in families],
    )  # fmt: skip
    struck = {n: FIRST + timedelta(days=430 + 4 * n) for n in families if n % 3 == 0}
    asked = {f"a{n}": (n, day + timedelta(days=60)) for n, day in struck.items()}
    usual = {f"u{n}": (n, FIRST + timedelta(days=37 * n % 1800)) for n in families if n % 2}
    write(
        inbox, "contact", "contact_id person_key family_key contact_date source_code decision_code",
        [(key, f"p{n}", f"f{n}", day, "2A", "advice") for key, (n, day) in (asked | usual).items()],
    )  # fmt: skip
    signs = [(f"e{n}", f"f{n}", f"p{n}", "housing", "rent_arrears", day) for n, day in struck.items()]
    first = [("first", f"f{FAMILIES - 1}", f"p{FAMILIES - 1}", "housing", "rent_arrears", FIRST)]
    now = [
        ("now1", "f1", "p1", "benefits", "benefit_cap", "2026-03-02"),
        ("now2", "f2", "p2", "housing", "homelessness", "2026-02-02"),
    ]
    write(inbox, "partner_event", "event_id family_key person_key agency type event_date", first + signs + now)
    write(inbox, "service", "service_id name need_codes status", [("s1", "Money Advice", "SF10", "active")])
    assert earlyhelp("run", folder, "--as-at", "2026-03-31").code == 0
    return folder


def test_the_answer_has_sentences_a_table_of_groups_and_caveats_and_no_family(council: Path):
    told = earlyhelp("ask", council, QUESTION, "--json")
    assert told.code == 0
    assert told.json.keys() >= {"question", "answer", "table", "caveats", "certificates"}
    assert told.json["answer"][0].startswith(
        "Rent arrears: within 12 months of 80 shocks, 100 of 100 families had a request"
    )
    assert {row["about"] for row in told.json["table"]} >= {"shock", "how soon", "group", "month", "rule"}
    assert any("caused" in each for each in told.json["caveats"])
    ids = {row["family_id"] for row in _families(council)}
    assert len(ids) == FAMILIES
    assert not [each for each in ids if each in told.out]
    assert "Rent arrears" in earlyhelp("ask", council, QUESTION).out


def _families(council: Path) -> list[dict[str, str]]:
    out = council / "people.csv"
    assert (
        earlyhelp("export", council, "family_member", "--out", out, "--reason", "to check that none leaves").code == 0
    )
    return list(csv.DictReader(out.read_text("utf-8").splitlines()))


def test_the_worklist_is_off_until_the_council_switches_it_on(council: Path, tmp_path: Path):
    out = tmp_path / "families.csv"
    settings, before = council / "council.toml", (council / "council.toml").read_text("utf-8")
    assert "poverty = false" in before
    asked = ("ask", council, QUESTION, "--rows", out, "--reason", "monthly meeting", "--json")
    refused = earlyhelp(*asked)
    assert refused.code == 4
    assert "[worklists] poverty = true" in json.loads(refused.err or refused.out)["fix"]
    assert not out.exists()
    settings.write_text(before.replace("poverty = false", "poverty = true"), "utf-8")
    try:
        assert earlyhelp("ask", council, QUESTION, "--rows", out).code == 2, "without a reason"
        told = earlyhelp(*asked)
    finally:
        settings.write_text(before, "utf-8")
    assert (told.code, told.json["rows"]) == (0, 2)
    rows = list(csv.DictReader(out.read_text("utf-8").splitlines()))
    assert [(row["since"], row["sign"], row["could_be_offered"]) for row in rows] == [
        ("2026-02-02", "Homeless or threatened with homelessness", "Money Advice"),
        ("2026-03-02", "Benefit cap", "Money Advice"),
    ]
    assert rows[0]["why"].startswith("A sign of poverty in the last 90 days")
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    audit = (council / "log" / "audit.jsonl").read_text("utf-8")
    assert "monthly meeting" in audit
    assert QUESTION in audit


def test_a_setting_that_is_neither_true_nor_false_is_refused(workspace: Path, tmp_path: Path):
    settings = workspace / "council.toml"
    settings.write_text(settings.read_text("utf-8").replace("poverty = false", 'poverty = "yes"'), "utf-8")
    refused = earlyhelp("ask", workspace, QUESTION, "--rows", tmp_path / "out.csv", "--reason", "meeting", "--json")
    assert refused.code == 3
    assert "true or false" in (refused.err or refused.out)


def test_a_council_without_signs_of_poverty_is_told_what_is_missing(workspace: Path):
    write(
        workspace / "inbox",
        "contact",
        "contact_id person_key contact_date",
        [("1", "p1", "2025-03-01"), ("2", "p1", "2025-04-30")],
    )
    assert earlyhelp("run", workspace).code == 0
    told = earlyhelp("ask", workspace, QUESTION, "--json")
    assert told.code == 0
    assert "no signs of poverty" in told.json["answer"][0]
    assert told.json["table"] == []
