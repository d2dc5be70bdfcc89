"""The transparency record: every field of the standard, written from the declarations, with no figure of a council."""

from __future__ import annotations

import pytest

from earlyhelp.evaluate import earlier, poverty
from earlyhelp.evaluate.studies.covariates import COVARIATES
from earlyhelp.evaluate.studies.outcomes import OUTCOMES
from earlyhelp.measures import CATALOGUE
from earlyhelp.reports.answers import PREPARED
from earlyhelp.reports.transparency import DECISIONS, NO_SCORE, TO_FILL_IN, About, Field, sections, transparency_record
from earlyhelp.standard import TABLES

THORNBRIDGE = About("Thornbridge", "1.2.3")
RECORD = transparency_record(THORNBRIDGE)
FIELDS = [field for section in sections(THORNBRIDGE) for field in section.fields]
TIER_1 = ("Name", "Description", "Website URL", "Contact email")
TIER_2 = (
    "Organisation or department", "Team", "Senior responsible owner", "Third party involvement", "Detailed description",
    "Benefits", "Previous process", "Alternatives considered", "Integration into broader operational process", "Human review",
    "Frequency and scale of usage", "Required training", "Appeals and review", "System architecture", "System-level input",
    "System-level output", "Maintenance", "Models", "Model name", "Model version", "Model task", "Model input", "Model output",
    "Model architecture", "Model performance", "Development data description", "Operational data description",
    "Data modality", "Data quantities", "Sensitive attributes", "Data completeness and representativeness",
    "Data collection", "Data cleaning", "Data sharing agreements", "Data access and storage", "Impact assessments",
    "Risks and mitigations",
)  # fmt: skip


@pytest.mark.parametrize("name", [*TIER_1, *TIER_2])
def test_every_field_of_both_tiers_is_there_and_says_something_or_who_is_to_fill_it_in(name: str):
    told = [field.text for field in FIELDS if field.name == name]
    assert told
    assert all(text.strip() for text in told)
    assert f" {name}\n" in RECORD


def test_fields_are_numbered_once_each_and_in_order():
    numbers = [tuple(int(part) for part in field.number.split(".")) for field in FIELDS]
    assert numbers == sorted(set(numbers))


def test_it_says_that_no_score_is_made_and_that_decisions_are_peoples():
    description = next(field.text for field in FIELDS if field.name == "Description")
    assert NO_SCORE in description
    assert DECISIONS in description
    assert "considered and refused" in RECORD


@pytest.mark.parametrize(
    "words",
    [
        f"{len(CATALOGUE)} measures",
        *(table.grain for table in TABLES.values()),
        *(each.words for each in COVARIATES),
        *(each.words for each in OUTCOMES.values()),
        *(sign.words for sign in earlier.SIGNS),
        *(rule.event for rule in earlier.RULES),
        *(each.asks for each in PREPARED.values()),
        poverty.RULE,
    ],
)
def test_whatever_is_declared_is_told_in_its_own_words(words: str):
    assert words in RECORD


def test_a_worklist_is_told_as_switched_on_only_where_the_council_did_so():
    assert "(switched off)" in RECORD
    on = transparency_record(About("Thornbridge", "1.2.3", {"poverty"}))
    assert ("(switched on)" in on, "(switched off)" in on) == (True, False)
    assert on.replace("(switched on)", "(switched off)") == RECORD, "and nothing else depends on the council"


def test_it_holds_the_version_and_the_name_and_what_the_council_alone_can_tell_is_left_to_it():
    assert RECORD.startswith("# Algorithmic Transparency record: Thornbridge\n")
    assert RECORD.count("1.2.3") == 1 + 3, "maintenance, and each of three models"
    open_fields = {field.name for field in FIELDS if field.text == TO_FILL_IN}
    assert {"Senior responsible owner", "Contact email", "Data sharing agreements"} <= open_fields


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.number)
def test_a_list_begins_its_field_or_comes_after_an_empty_line(field: Field):
    lines = ["", *field.text.splitlines()]
    items = [place for place, line in enumerate(lines) if line.startswith("- ")]
    assert [place for place in items if lines[place - 1] and not lines[place - 1].startswith("- ")] == []
