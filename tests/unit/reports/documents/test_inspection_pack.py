"""The inspection pack: each question with what answers it, what cannot be answered and why, and what it was made of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.unit.reports.documents.own_figures import asked, row, table, written

from earlyhelp.measures import CATALOGUE, ClosedGate, KindNotHeld
from earlyhelp.measures.measure import Matured
from earlyhelp.release import Status
from earlyhelp.reports.answers.prepared import Part
from earlyhelp.reports.blocks import texts
from earlyhelp.reports.documents import DOCUMENTS
from earlyhelp.reports.documents.inspection_pack import why_not
from earlyhelp.reports.documents.inspection_questions import PROMPTS, wanted

TRUST = {
    "outcomes": {"passed": 90, "failed": 2},
    "failed": [
        {"rule": "R1", "message": "It ends before it starts.", "severity": "error", "rows": 12, "records": 400},
        {"rule": "R2", "message": "No date of birth.", "severity": "warning", "rows": None, "records": 400},
    ],
    "quarantined": None,
    "gates": [{"measure": "A8", "name": "Avoidable demand", "state": "closed", "why": "contact.avoidable is 3 % full"}],
    "recording_delay": [
        {"table": "contact", "source_system": "mosaic", "team": None, "dated": 40, "median_days": 2,
         "ninety_percent_days": 9, "status": "ok"},
        {"table": "contact", "source_system": "mosaic", "team": "North", "dated": 40, "median_days": 2,
         "ninety_percent_days": 9, "status": "ok"},
    ],
    "readiness": [{"return": "annex_a_list_2", "score": 0.97, "columns_ready": 1, "columns_asked": 2, "columns": [
        {"column": "person.ethnicity", "records": 100, "valid": None, "share": None},
        {"column": "person.sex", "records": 100, "valid": 99, "share": 0.99},
    ]}],
}  # fmt: skip
MANIFEST = {"snapshot": "s-1", "version": "0.1.0", "duckdb": "1.5.0", "sha256": "ab" * 32,
            "inputs": [{"source": "mosaic", "sha256": "cd" * 32}]}  # fmt: skip
ANSWERED = (asked("B2", 12), asked("B3", None), asked("A6", 0.5), asked("A10", 0.4))


def pack(**more: object):
    return written("inspection-pack", **({"parts": ANSWERED, "trust": TRUST, "manifest": MANIFEST} | more))


@pytest.mark.parametrize("prompt", PROMPTS)
def test_every_question_ends_in_a_question_mark_and_is_answered_by_measures_that_the_pack_asks_for(prompt):
    assert prompt.asks.endswith("?")
    assert prompt.theme
    assert set(prompt.measures) <= {each.measure for each in DOCUMENTS["inspection-pack"].wanted}


def test_what_has_to_be_followed_up_first_is_asked_by_years_and_the_rest_of_the_last_year():
    for each in wanted():
        assert bool(each.asked.grain) is isinstance(CATALOGUE[each.measure].time, Matured)


def test_a_question_is_ready_with_all_its_measures_in_part_with_some_and_not_with_none():
    ready = {row[0]: row[2:] for row in table(pack(), "Whether the records can answer").rows}
    assert ready["How long do families wait for help, and who waits longest?"] == ("1 of 3", "partly")
    assert ready["Are requests decided in time, and is whoever asked told?"] == ("2 of 2", "yes")
    assert ready["What do families say?"] == ("0 of 2", "no")
    assert any(
        each.startswith(f"Of {len(PROMPTS)} questions that an inspector may ask, 1 can") for each in texts(pack())
    )


def test_each_answer_has_its_figure_its_days_and_its_certificate():
    rows = table(pack(), "How long do families wait").rows
    assert rows[0] == ("Wait from acceptance to allocation (B2)", "12 days (11 days to 13 days)",
                       "year to 31 March 2026", "CB20")  # fmt: skip
    assert rows[1] == ("Long waiters (B3)", "too few to say", "on 31 March 2026", "CB30")


def test_what_cannot_be_answered_says_why():
    assert table(pack(), "Measures without a figure").rows == (
        ("Long waiters (B3)", "How long do families wait for help, and who waits longest?",
         "Too few to say: the figure would tell of single families."),
    )  # fmt: skip


def test_there_is_a_reason_for_each_way_of_having_no_figure():
    _, part = asked("B3", None)
    bare = replace(part.released, rows=(row("B3", None, Status.NO_DATA),))
    told = {
        "Not recorded: day it closed (eh_episode.end_date).": replace(bare, missing=("eh_episode.end_date",)),
        "contact.avoidable is": replace(bare, closed=(ClosedGate("contact.avoidable", 0.1, 0.5),)),
        "Not mature yet": replace(bare, rows=(row("B3", None, Status.NOT_MATURE),)),
        "The records of these days hold nothing": bare,
    }
    for words, released in told.items():
        assert words in why_not(Part(released, part.certificates))


def test_what_is_shown_and_why_there_is_no_figure_are_of_one_year():
    """A year too small to tell is followed by one that is not mature: the pack shows the first, and gives its reason."""
    wanted, part = asked("G3", None, None)
    later = replace(part.released.rows[1], period_end=date(2027, 1, 5), status=Status.NOT_MATURE)
    both = replace(part.released, rows=(part.released.rows[0], later))
    content = pack(parts=((wanted, Part(both, part.certificates)),))
    assert table(content, "Do families stay well").rows[0][1:3] == ("too few to say", "year to 31 March 2026")
    assert table(content, "Measures without").rows[0][2] == "Too few to say: the figure would tell of single families."


NOT_HELD = KindNotHeld("social_care_event.type", "referral", "Referral to social care")


def test_a_kind_of_which_no_record_is_held_is_among_what_cannot_be_answered():
    why = "Referral to social care: no such record is held at all (social_care_event.type)."
    wanted, part = asked("G2", 0.1)
    partly = Part(replace(part.released, not_held=(NOT_HELD,)), part.certificates)
    rows = table(pack(parts=((wanted, partly),)), "Measures without a figure").rows
    assert rows == (("Step-up within 12 months of closure (G2)", "How many step up, at closure and after?", why),)
    none = replace(partly.released, rows=(row("G2", None, Status.NO_DATA),))
    assert why_not(Part(none, part.certificates)) == why


def test_the_data_is_told_with_rules_gates_and_delays_and_small_counts_in_words():
    content = pack()
    assert "Rows that were not let in, and wait to be mended: too few to say." in list(texts(content))
    assert table(content, "Rules that records break").rows[1][2] == "too few to say"
    assert table(content, "Measures whose gate is shut").rows[0][1] == "recorded too seldom"
    assert table(content, "How soon work is recorded").rows == (("contact", "mosaic", "40", "2 days", "9 days"),)


def test_annex_a_tells_how_ready_its_list_is_and_hides_a_small_gap():
    content = pack()
    assert any("97.0% is filled and valid; 1 of 2 columns are ready" in each for each in texts(content))
    assert table(content, "Readiness for list 2").rows[0] == (
        "person.ethnicity",
        "100",
        "too few to say",
        "too few to say",
    )


def test_versions_and_hashes_say_what_it_was_made_of():
    assert ("this software", "earlyhelp 0.1.0") in table(pack(), "Versions").rows
    assert table(pack(), "Files read").rows == (("mosaic", "cd" * 8),)
