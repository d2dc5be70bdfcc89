"""The systems catalogue and the fields nobody fills, on what the sources declare."""

from __future__ import annotations

import pytest

from earlyhelp.check.systems import System, catalogue, could_help, held, systems_page
from earlyhelp.check.unused_fields import could_fill, unused_fields
from earlyhelp.desk import needs
from earlyhelp.measures import CATALOGUE
from earlyhelp.sources import SOURCES
from earlyhelp.standard import contact, eh_episode
from spec.dataset import snapshot

SYSTEMS = catalogue(SOURCES, needs())


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda each: each.source.name)
def test_a_system_switches_on_exactly_the_measures_whose_columns_it_can_all_fill(system: System):
    able = {name for name, measure in CATALOGUE.items() if set(measure.needs) <= set(system.columns)}
    assert set(system.switches_on) == able
    assert not able & set(system.helps)


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda each: each.source.name)
def test_the_page_tells_of_every_system_with_its_status_and_lists(system: System):
    page = systems_page([system], needs())
    assert system.source.title in page
    assert system.source.status in page
    assert all(f"| {part.title} |" in page for part in system.source.parts)


def test_the_systems_that_fill_most_of_what_is_missing_come_first():
    named = could_help(SYSTEMS, [str(contact.contact_date), str(contact.decision_code)])
    assert named.index("ssd") < named.index("annex_a")
    assert "ssda903" not in named


CONTACTS = """
    contact_id | person_id | contact_date | source_code | source_system
    1          | Ann       | 2024-01-01   | 2A          | annex_a
    2          | Ben       | 2024-01-01   | unmapped    | annex_a
"""


def part(*columns: str, held: str = "List 1") -> dict[str, object]:
    return {"list": held, "table": "contact", "columns": list(columns), "part": held}


def feed(*parts: dict[str, object], source: str = "annex_a") -> dict[str, object]:
    tables = [{"table": "contact", "rows_read": 2}]
    return {"source": source, "parts": list(parts), "tables": tables, "extract_date": "2024-03-31"}


def test_a_field_with_a_heading_that_no_record_holds_is_told_with_why():
    con = snapshot({"contact": CONTACTS.replace("2A", "").replace("unmapped", "")})
    [there] = unused(con, feed(part("Date of Contact", "Contact Source")))
    [missing] = unused(con, feed(part("Date of Contact")))
    assert there.startswith("the heading is there")
    assert missing == "the heading is missing"


def unused(con, *feeds: dict[str, object]) -> list[str]:
    return [each["why"] for each in unused_fields(con, feeds, SOURCES) if each["column"] == "contact.source_code"]


def test_a_field_that_one_record_holds_is_used_and_words_without_a_code_are_not():
    assert unused(snapshot({"contact": CONTACTS}), feed(part("Contact Source"))) == []
    assert unused(snapshot({"contact": CONTACTS.replace("2A", "unmapped")}), feed(part("Contact Source"))) != []


def test_a_table_that_a_fuller_source_tells_of_is_passed_over():
    con = snapshot({"contact": CONTACTS.replace("annex_a", "ssd")})
    assert [each for each in unused_fields(con, [feed(part())], SOURCES) if each["column"].startswith("contact.")] == []


def test_the_standards_own_files_may_leave_columns_out():
    con = snapshot({"contact": CONTACTS.replace("annex_a", "standard")})
    told = unused_fields(con, [feed(part("contact_date", "channel", held="contact"), source="standard")], SOURCES)
    assert [each["column"] for each in told] == ["contact.channel"]


@pytest.mark.parametrize("source", SOURCES.values(), ids=lambda each: each.name)
def test_every_column_that_a_part_could_fill_has_a_heading_of_that_part(source):
    for each in source.parts:
        published = {heading.name for heading in each.headings}
        assert set(could_fill(each).values()) <= published


def test_what_is_held_tells_the_share_of_valid_values_and_what_could_be_filled():
    told = {each["source"]: each for each in held(snapshot({"contact": CONTACTS}), SYSTEMS, [feed(part())])}
    annex_a = told["annex_a"]
    assert (annex_a["held"], annex_a["files"], annex_a["rows"]) == (True, 1, 2)
    assert annex_a["filled"]["contact.source_code"] == 0.5
    assert "eh_assessment.start_date" in annex_a["could_fill"]
    assert not told["ssd"]["held"]
    assert str(eh_episode.start_date) in told["ssd"]["could_fill"]


def test_a_list_of_the_councils_own_is_held_too_and_marked_as_its_own():
    con = snapshot({"contact": CONTACTS.replace("annex_a", "our_tracker")})
    told = held(con, SYSTEMS, [feed(part("Date"), source="our_tracker")])
    assert [each["source"] for each in told if each["held"]] == ["our_tracker"]
    [own] = [each for each in told if each["own"]]
    assert (own["title"], own["files"], own["tables"]) == ("our_tracker", 1, ["contact"])
    assert "contact.contact_date" in own["filled"]
    assert (own["could_fill"], own["switches_on"]) == ([], [])
