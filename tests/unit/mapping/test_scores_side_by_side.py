"""Scores of outcome tools in columns beside each other: which heading is a score of what, and which says when it was taken."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.mapping.mistakes import refused_with

from earlyhelp.ingest.mapping import SavedList, SavedMap, SavedScore, read_map, write_map
from earlyhelp.ingest.mapping.as_source import lacking, part_of
from earlyhelp.ingest.mapping.columns import Proposal, propose_columns
from earlyhelp.ingest.mapping.scores import with_scores
from earlyhelp.ingest.mapping.shapes import Values
from earlyhelp.sources import Fixed, MadeKey, PersonOf
from earlyhelp.standard import eh_score, service_delivered
from earlyhelp.standard.scales import SCALES

DAYS = ("15/01/2025", "20/02/2025", "28/03/2025")
CLIENTS = {"Client Ref": ("C1", "C2", "C3"), "Programme": ("Art", "Art", "Sport")}
STARTED, ENDED = "Start Date", "End Date"
BOTH = {STARTED: DAYS, ENDED: DAYS}


def proposed(headings, called="clients", wanted=service_delivered):
    values = {heading: Values(dict.fromkeys(map(str, said), 1)) for heading, said in headings.items()}
    return {each.heading: each for each in with_scores(values, called, propose_columns(values, called, wanted)[1])}


@pytest.mark.parametrize(
    ("heading", "score"),
    [
        ("SDQ Start", ("SDQ", "Total difficulties", STARTED)),
        ("SDQ End", ("SDQ", "Total difficulties", ENDED)),
        ("Pre-intervention SDQ score", ("SDQ", "Total difficulties", STARTED)),
        ("SDQ total (post)", ("SDQ", "Total difficulties", ENDED)),
        ("SDQ T2", ("SDQ", "Total difficulties", ENDED)),
        ("SDQ time 1", ("SDQ", "Total difficulties", STARTED)),
        ("Baseline SDQ - Emotional symptoms", ("SDQ", "Emotional problems", STARTED)),
        ("Final Strengths & Difficulties Questionnaire prosocial", ("SDQ", "Prosocial behaviour", ENDED)),
        ("Family Star - first - Boundaries & behaviour", ("Family star", "Boundaries and behaviour", STARTED)),
        ("Family Star Plus last overall", ("Family star", "Overall", ENDED)),
        ("Family Star in", ("Family star", "Overall", STARTED)),
        ("Family Star out", ("Family star", "Overall", ENDED)),
        ("GAD7 pre", ("GAD-7", "Total", STARTED)),
        ("PHQ 9 after", ("PHQ-9", "Total", ENDED)),
        ("Short Warwick-Edinburgh Mental Well-being Scale (exit)", ("SWEMWBS", "Total", ENDED)),
        ("YP-CORE at entry", ("YP-CORE", "Total", STARTED)),
        ("CORE 10 closing", ("CORE-10", "Total", ENDED)),
        ("First ORS", ("ORS", "Total", STARTED)),
        ("GBO score - start (0-10)", ("Goal based outcomes", "Goal", STARTED)),
        ("Goal 2 at end (GBO)", ("Goal based outcomes", "Goal 2", ENDED)),
        ("SDQ post /40", ("SDQ", "Total difficulties", ENDED)),
        ("My Star being safe (out of 5) start", ("My Star", "Being safe", STARTED)),
        ("TOPSE control pre", ("TOPSE", "Control", STARTED)),
    ],
)
def test_a_heading_says_of_which_scale_and_time_its_numbers_are(heading, score):
    found = proposed(CLIENTS | BOTH | {heading: (8, 7, 10)})[heading]
    assert (found.column, found.scored) == (eh_score.score, SavedScore(*score))
    assert 0.5 <= found.confidence < 0.9, "the day of the help is likely the score's, and is asked about"


@pytest.mark.parametrize(
    "heading",
    ["First session rating", "Start tier", "Score", "SDQ completed by", "Overall", "Start Core hours", "Orson"],
)
def test_what_names_no_scale_is_no_score(heading):
    assert proposed(CLIENTS | BOTH | {heading: (2, 3, 4)})[heading].scored is None


def test_words_under_a_heading_of_a_tool_are_no_scores():
    assert proposed(CLIENTS | BOTH | {"SDQ start": ("high", "slightly raised", "average")})["SDQ start"].scored is None


def test_a_day_of_the_tool_itself_is_taken_before_that_of_the_help_and_needs_no_asking():
    own = {"SDQ date (start)": DAYS, "SDQ start": (20, 21, 22), "SDQ end": (10, 11, 12)}
    found = proposed(CLIENTS | BOTH | own)
    assert found["SDQ start"].scored == SavedScore("SDQ", "Total difficulties", "SDQ date (start)")
    assert found["SDQ start"].sure
    assert found["SDQ end"].scored == SavedScore("SDQ", "Total difficulties", ENDED)
    assert found["SDQ date (start)"].column is eh_score.score_date


def test_of_two_days_of_one_time_neither_is_sure():
    two = {"SDQ date start": DAYS, "Start date of SDQ": DAYS, "SDQ start": (20, 21, 22)}
    assert not proposed(CLIENTS | BOTH | two)["SDQ start"].sure


def test_scores_off_the_scale_are_asked_about():
    found = proposed(CLIENTS | BOTH | {"SDQ start": (20, 95, 96)})["SDQ start"]
    assert found.confidence < 0.9
    assert "33% of the values lie between 0 and 40" in found.why


def test_without_a_heading_that_says_when_a_score_is_not_read_and_that_is_told():
    found = proposed(CLIENTS | {STARTED: DAYS, "SDQ end": (1, 2, 3)})["SDQ end"]
    assert (found.column, found.confidence) == (None, 0.0)
    assert "no heading of a date says when" in found.why


def test_a_score_without_a_time_has_the_only_day_there_is():
    assert proposed(CLIENTS | {"Assessed on": DAYS, "SDQ": (1, 2, 3)})["SDQ"].scored.date == "Assessed on"
    assert proposed(CLIENTS | BOTH | {"SDQ": (1, 2, 3)})["SDQ"].scored is None


def test_a_birthday_is_no_day_of_a_score():
    assert proposed({"Child ID": ("1", "2"), "DOB": DAYS, "SDQ": (1, 2, 3)})["SDQ"].scored is None


def test_domains_without_a_tool_are_those_of_the_tool_that_the_sheet_names():
    headings = CLIENTS | BOTH | {"Conduct - start": (1, 2, 3), "Impact - end": (1, 2, 3)}
    for sheet in ("SDQ 2025", "Strengths and difficulties"):
        found = proposed(headings, sheet)
        assert found["Conduct - start"].scored == SavedScore("SDQ", "Conduct problems", STARTED)
        assert found["Impact - end"].scored == SavedScore("SDQ", "Impact", ENDED)


def test_two_domains_of_one_tool_name_it_and_one_alone_does_not():
    star = {"Physical health - first": (5, 6, 7), "Social networks - first": (3, 4, 5)}
    both = proposed(CLIENTS | BOTH | star)
    assert {both[heading].scored.tool for heading in star} == {"Family star"}
    one = proposed(CLIENTS | BOTH | dict(list(star.items())[:1]))
    assert one["Physical health - first"].scored is None


def test_of_two_headings_for_one_score_the_first_has_it():
    found = proposed(CLIENTS | BOTH | {"SDQ start": (1, 2, 3), "SDQ baseline": (1, 2, 3)})
    assert found["SDQ start"].scored
    assert found["SDQ baseline"].column is None
    assert found["SDQ baseline"].why == "SDQ start tells the same score of the same day"


def test_a_day_may_tell_the_time_by_what_it_fills():
    found = proposed(CLIENTS | {"Commenced": DAYS, "Ceased": DAYS, "SDQ pre": (1, 2, 3), "SDQ post": (1, 2, 3)})
    assert [found[heading].scored.date for heading in ("SDQ pre", "SDQ post")] == ["Commenced", "Ceased"]


def test_a_day_of_the_tool_without_a_time_is_that_of_its_score_without_one():
    found = proposed(CLIENTS | BOTH | {"SDQ date": DAYS, "SDQ": (1, 2, 3)})["SDQ"]
    assert found.scored.date == "SDQ date"
    assert found.sure


def test_the_only_day_there_is_need_not_be_that_of_the_score():
    assert not proposed(CLIENTS | {"Assessed on": DAYS, "SDQ": (1, 2, 3)})["SDQ"].sure


def test_what_is_surely_something_else_is_no_score():
    values = {"SDQ start": Values({"3": 1}), STARTED: Values(dict.fromkeys(DAYS, 1))}
    told = [
        Proposal("SDQ start", service_delivered.status, 0.95, ""),
        Proposal(STARTED, service_delivered.start_date, 0.95, ""),
    ]
    assert with_scores(values, "clients", told) == told
    unsure = replace(told[0], confidence=0.85)
    assert with_scores(values, "clients", [unsure, told[1]])[0].scored


@given(st.dictionaries(st.text(min_size=1, max_size=30), st.lists(st.text(max_size=8), max_size=3), max_size=5))
def test_no_heading_is_lost_or_invented(headings):
    assert list(proposed(headings)) == list(headings)


@pytest.mark.parametrize("scale", SCALES, ids=lambda scale: f"{scale.tool} {scale.domain}")
def test_every_scale_is_known_by_each_of_its_names(scale):
    inside = (scale.lowest, (scale.lowest + scale.highest) // 2, scale.highest)
    for tool in scale.tools:
        for domain, also in scale.domains.items():
            for name in (domain, *also):
                heading = f"{tool} {name} start"
                found = proposed(CLIENTS | BOTH | {heading: inside})[heading]
                assert found.scored == SavedScore(scale.tool, domain, STARTED), heading


SDQ_START, SDQ_END = (SavedScore("SDQ", "Total difficulties", day) for day in (STARTED, ENDED))
LIST = SavedList(
    "clients",
    service_delivered,
    {
        "Client": (service_delivered.person_key,),
        "Programme": (service_delivered.service_id,),
        STARTED: (service_delivered.start_date,),
        ENDED: (service_delivered.end_date,),
        'SDQ "in"': (),
        "SDQ out": (),
    },
    scores={'SDQ "in"': SDQ_START, "SDQ out": SDQ_END},
)


def test_scores_are_written_into_a_map_and_read_back(tmp_path):
    path = write_map(SavedMap("provider_north", (LIST,)), tmp_path)
    assert read_map(path).lists == (LIST,)
    assert '"SDQ out" = { tool = "SDQ", domain = "Total difficulties", date = "End Date" }' in path.read_text("utf-8")
    assert '"SDQ out" = []' not in path.read_text("utf-8")


@pytest.mark.parametrize(
    ("score", "said"),
    [
        ('{ tool = "SDQ", domain = "Total", date = "Closing day" }', "no heading 'Closing day'"),
        ('{ tool = "SDQ", date = "End Date" }', "is not said"),
        ('{ tool = "SDQ", domain = " ", date = "End Date" }', "is not said"),
        ('{ tool = "SDQ", domain = "Total", date = "End Date", way = "up" }', "is not said"),
        ('"SDQ"', "is not said"),
    ],
)
def test_a_mistake_in_what_a_score_is_of_is_told_with_its_line(score, said):
    refused, line = refused_with(LIST, "SDQ out", score)
    assert said in refused.error
    assert refused.where == f"north.toml, line {line}"


def test_each_score_is_a_row_beside_the_lists_own():
    part = part_of(LIST, "north")
    own, first, last = part.fills
    assert own.table is service_delivered
    assert (first.when, last.when) == ('SDQ "in"', "SDQ out")
    assert first.cells[eh_score.person_key] == PersonOf("Client")
    assert first.cells[eh_score.tool] == Fixed("SDQ")
    assert first.cells[eh_score.score_date] == STARTED
    assert isinstance(first.cells[eh_score.score_id], MadeKey)
    assert first.cells[eh_score.score_id] == MadeKey(("Client", STARTED), label="SDQ Total difficulties of north")


def test_of_a_list_of_scores_alone_the_first_is_the_row_and_the_family_is_enough():
    star = {f"Area {n}": SavedScore("Family star", f"Area {n}", "Date") for n in (1, 2)}
    told = SavedList(
        "star", eh_score, {"Family": (eh_score.family_key,), "Date": (), **dict.fromkeys(star, ())}, scores=star
    )
    own, further = part_of(told, "north").fills
    assert (own.when, further.when) == ("", "Area 2")
    assert own.cells[eh_score.family_key] == "Family"
    assert eh_score.person_key not in own.cells
    assert lacking(told) == []


def test_scores_of_nobody_are_no_rows():
    nobody = SavedList("star", eh_score, {"Date": (), "Area": ()}, scores={"Area": SavedScore("Star", "Area", "Date")})
    assert lacking(nobody) == [eh_score.score_id]
    assert part_of(nobody, "north") is None
