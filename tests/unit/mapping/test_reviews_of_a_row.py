"""Days of reviews in columns: "Initial TAF", "Review 1" and "Last supervision" become reviews of the row's episode."""

from __future__ import annotations

import pytest
from tests.unit.mapping.mistakes import refused_with

from earlyhelp.ingest.mapping import SavedList, SavedMap, SavedReview, read_map, write_map
from earlyhelp.ingest.mapping.as_last_time import as_before, list_to_save
from earlyhelp.ingest.mapping.as_source import part_of
from earlyhelp.ingest.mapping.shapes import Values
from earlyhelp.ingest.mapping.side_by_side import propose_list
from earlyhelp.sources import Fixed, KeyOf, MadeKey, OwnNumber
from earlyhelp.standard import contact, eh_assessment, eh_episode, eh_review

DAYS = ("14/05/2025", "03/11/2025", "22/07/2025")
MOSTLY = (*DAYS, "canc", "TBC")
TAF, REVIEW = SavedReview("team_around_family"), SavedReview("review")


def told_of(headings, wanted=eh_episode):
    values = {heading: Values(dict.fromkeys(said, 1)) for heading, said in headings.items()}
    table, proposals = propose_list(values, "tracker", wanted)
    return table, {each.heading: each for each in proposals if each.review}, proposals


@pytest.mark.parametrize(
    ("heading", "review"),
    [
        ("Initial TAF", TAF),
        ("TAF Review 1", TAF),
        ("Date of 2nd TAC", TAF),
        ("Review 1", REVIEW),
        ("Last supervision", SavedReview("supervision")),
        ("Latest audit date", SavedReview("audit")),
        ("2nd home visit", SavedReview("visit")),
        ("Next TAF", SavedReview("team_around_family", due=True)),
    ],
)
def test_a_heading_of_days_that_names_a_review_tells_when_it_was_held_or_is_due(heading, review):
    _, found, _ = told_of({"Case ID": ("1", "2"), "Opened": DAYS, heading: MOSTLY})
    assert found[heading].review == review
    assert found[heading].column is (eh_review.due_date if review.due else eh_review.held_date)
    assert not found[heading].sure, "it is asked about"


def test_half_of_what_stands_there_must_be_days_and_it_is_said_whether_they_lie_ahead():
    base = {"Case ID": ("1", "2"), "Opened": DAYS}
    found = told_of({**base, "Last TAF": (*DAYS[:2], "canc", "TBC"), "Next TAF": DAYS})[1]
    assert found["Last TAF"].why == "days on which a team around the family meeting was held"
    assert found["Next TAF"].why == "days on which a team around the family meeting is due"
    assert told_of({**base, "Last TAF": (DAYS[0], "canc", "moved")})[1] == {}


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ("Review 1", ("Yes", "No")),
        ("Review outcome 1", DAYS),
        ("TAF attended", DAYS),
        ("TAF chaired by", DAYS),
        ("Date of review sent", DAYS),
        ("First home visit", DAYS),
        ("Date of panel", DAYS),
    ],
)
def test_what_is_no_day_of_a_review_is_none(heading, said):
    assert told_of({"Case ID": ("1", "2"), "Opened": DAYS, heading: said})[1] == {}


def test_reviews_in_columns_are_told_of_episodes_alone():
    headings = {"Request ID": ("1", "2"), "Date received": DAYS, "Review 1": DAYS}
    assert told_of(headings, contact)[1] == {}


def test_several_reviews_in_order_make_a_list_one_of_episodes_that_began_after_the_assessment():
    headings = {"Surname": ("Ash", "Moor"), "First name": ("Leo", "Ada"), "DOB": DAYS, "EHA date": DAYS}
    assert told_of(headings, None)[0] is eh_assessment
    table, _, proposals = told_of({**headings, "Initial TAF": DAYS, "Review 1": DAYS}, None)
    assert table is eh_episode
    starts = [each.heading for each in proposals if each.column is eh_episode.start_date]
    assert starts == ["EHA date"]


def test_a_list_of_reviews_stays_one():
    assert told_of({"Review ID": ("1", "2"), "Review date": DAYS, "Review due": DAYS}, None)[0] is eh_review


COLUMNS = {
    "Case": (eh_episode.episode_id,),
    "Child": (eh_episode.person_key,),
    "Opened": (eh_episode.start_date,),
    "Initial TAF": (),
    "Next review": (),
}
LIST = SavedList(
    "tracker", eh_episode, COLUMNS, reviews={"Initial TAF": TAF, "Next review": SavedReview("review", due=True)}
)


def test_reviews_are_saved_and_read_back(tmp_path):
    path = write_map(SavedMap("north", (LIST,)), tmp_path)
    assert '"Next review" = { type = "review", due = true }\n' in path.read_text("utf-8")
    assert read_map(path).lists == (LIST,)


@pytest.mark.parametrize(
    "said", ['"review"', '{ type = "panel" }', '{ type = "review", due = "yes" }', "{ due = true }"]
)
def test_a_review_that_is_none_is_told_with_its_line(said):
    refused, line = refused_with(LIST, "Next review", said)
    assert refused.where == f"north.toml, line {line}"
    assert "Next review" in refused.error


def test_what_was_saved_comes_again_as_last_time():
    headings = {"Case": ("1", "2"), "Child": ("3", "4"), "Opened": DAYS, "Initial TAF": DAYS, "Next review": DAYS}
    _, _, proposals = told_of(headings)
    assert list_to_save("tracker", eh_episode, as_before(proposals, LIST), LIST) == LIST


def test_each_heading_is_a_review_of_its_own_that_hangs_on_the_episode():
    part = part_of(LIST, "north")
    held, due = [fill for fill in part.fills if fill.table is eh_review]
    assert (held.when, held.cells[eh_review.held_date], held.cells[eh_review.type]) == (
        "Initial TAF",
        "Initial TAF",
        Fixed("team_around_family"),
    )
    assert held.cells[eh_review.episode_id] == OwnNumber("Case", "Child", "Opened")
    assert held.cells[eh_review.review_id].headings == ("Case", "Initial TAF")
    assert due.cells[eh_review.due_date] == "Next review"


def test_of_an_episode_without_a_number_the_review_hangs_on_the_key_that_was_made():
    without = SavedList("tracker", eh_episode, {h: c for h, c in COLUMNS.items() if h != "Case"}, reviews=LIST.reviews)
    first, *others = part_of(without, "north").fills
    made = first.cells[eh_episode.episode_id]
    assert isinstance(made, MadeKey)
    for each in others:
        if each.table is eh_review:
            assert each.cells[eh_review.episode_id] == KeyOf(made.label)
            assert each.cells[eh_review.review_id].of == made.label
