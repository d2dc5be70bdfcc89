"""Notes beside measures, the calendar of events, and pages that stay as they were reported."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from page_words import words_of

from earlyhelp.web.kept_screens import GONE, as_blocks

NOTES = "/measures/A1/notes/"


def test_a_note_stands_on_the_measure_and_its_author_can_take_it_away(client_as: Callable[..., Any]) -> None:
    head = client_as("head")
    told = {"do": "write", "day": "2026-03-01", "text": "A new form came into use."}
    assert head.post(NOTES, told).status_code == 302
    assert "1 March 2026 A new form came into use." in words_of(client_as("viewer").get("/measures/A1/"))
    from earlyhelp.web.models import Note

    note = Note.objects.get()
    analyst = client_as("analyst")
    assert "Take away" not in words_of(analyst.get(NOTES))
    assert analyst.post(NOTES, {"do": "remove", "which": str(note.pk)}).status_code == 422
    assert head.post(NOTES, {"do": "remove", "which": str(note.pk)}).status_code == 302
    assert "A new form" not in words_of(client_as("viewer").get("/measures/A1/"))


@pytest.mark.parametrize(
    "text",
    [
        "Mrs Smith was unhappy.",
        "It is about Baby Jones.",
        "See 943 476 5919.",
        "UPN A123456789012 was moved.",
        "The family at SW1A 1AA.",
        "Born 3/4/2015.",
    ],
)
def test_a_note_that_plainly_is_of_one_person_is_refused(text: str, client_as: Callable[..., Any]) -> None:
    answer = client_as("head").post(NOTES, {"do": "write", "day": "2026-03-01", "text": text})
    assert answer.status_code == 422
    assert "Say it without." in words_of(answer)


@pytest.mark.parametrize(
    "text", ["Team North moved to A1 forms on 3 June 2025.", "Waits fell by 20 days.", "E4 and B10."]
)
def test_a_note_about_teams_days_and_measures_is_none(text: str, client_as: Callable[..., Any]) -> None:
    assert client_as("head").post(NOTES, {"do": "write", "day": "2026-03-01", "text": text}).status_code == 302


def test_readers_see_notes_and_do_not_write_them(client_as: Callable[..., Any]) -> None:
    assert client_as("viewer").get(NOTES).status_code == 403
    assert "Write a note" not in words_of(client_as("viewer").get("/measures/A1/"))


def test_an_event_is_in_the_calendar_and_parts_the_chart(client_as: Callable[..., Any]) -> None:
    analyst, viewer = client_as("analyst"), client_as("viewer")
    assert "The calendar is empty" in words_of(viewer.get("/calendar/"))
    assert (
        analyst.post("/calendar/", {"do": "add", "day": "2025-06-03", "name": "New referral form"}).status_code == 302
    )
    assert "3 June 2025 New referral form analyst@thornbridge.gov.uk" in words_of(viewer.get("/calendar/"))
    assert "New referral form on 3 June 2025" in words_of(viewer.get("/measures/A1/?period=month"))
    assert viewer.post("/calendar/", {"do": "add", "day": "2025-06-03", "name": "Mine"}).status_code == 404
    assert analyst.post("/calendar/", {"do": "remove", "which": "1000000"}).status_code == 422


def keep(client: Any, address: str) -> Any:
    return client.post("/freeze/", {"address": address, "reported_to": "scrutiny committee", "day": "2026-05-14"})


def test_a_page_stays_as_it_was_reported_when_the_figures_move(
    client_as: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    head, viewer = client_as("head"), client_as("viewer")
    kept = keep(head, "/measures/A1/?period=year")["Location"]
    from earlyhelp.web import reading
    from earlyhelp.web.screens import measure as screens

    monkeypatch.setattr(screens, "value_of", lambda *_: "999,999")
    monkeypatch.setattr(reading, "KEPT", reading.Kept())
    told = words_of(viewer.get(kept))
    assert "Requests for support received, as reported on 14 May 2026" in told
    assert "reported to scrutiny committee" in told
    assert "Its figures are as at 31 March 2026." in told
    assert "1 April 2025 to 31 March 2026 369" in told
    assert "999,999" not in told
    assert "/measures/A1/?period=year" in viewer.get(kept).content.decode()
    assert "999,999" in words_of(viewer.get("/measures/A1/?period=year"))
    assert "scrutiny committee 14 May 2026" in words_of(viewer.get("/frozen/"))


def test_a_chart_of_a_kept_page_is_drawn_and_can_be_taken(client_as: Callable[..., Any]) -> None:
    head = client_as("head")
    kept = keep(head, "/measures/A1/?period=month")["Location"]
    assert "data-spec" in head.get(kept).content.decode()
    assert head.get(f"{kept}?download=f1.svg").content.startswith(b"<svg")


@pytest.mark.parametrize(
    "address",
    [
        "/measures/A1/exact/",
        "/worklists/which-requests-come-back/",
        "/audit/",
        "/users/",
        "/nothing/",
        "/accounts/login/",
        "/frozen/1/",
        "//elsewhere.example/",
        "https://elsewhere.example/",
    ],
)
def test_pages_about_people_with_exact_figures_or_of_nobody_are_not_kept(
    address: str, client_as: Callable[..., Any]
) -> None:
    assert keep(client_as("head"), address).status_code == 422


def test_a_kept_page_opens_for_those_who_may_open_the_page_it_was(client_as: Callable[..., Any], user_as: Any) -> None:
    from earlyhelp.web.models import Frozen
    from earlyhelp.web.pages import PAGES

    narrow = next(each for each in PAGES.values() if each.name == "propose_pack")
    about = {
        "title": "Costs",
        "reported_to": "cabinet",
        "day": date(2026, 5, 14),
        "snapshot": "",
        "author": user_as("head"),
    }
    shown = {"title": "Costs", "lead": "", "blocks": [{"kind": "Text", "text": "A figure.", "strong": False}]}
    kept = Frozen.objects.create(address=f"/{narrow.route}", shown=shown, **about)
    assert client_as("viewer").get(f"/frozen/{kept.pk}/").status_code == 404
    assert "Costs" not in words_of(client_as("viewer").get("/frozen/"))
    assert client_as("finance").get(f"/frozen/{kept.pk}/").status_code == 200
    gone = Frozen.objects.create(address="/gone/", shown=shown, **about)
    assert client_as("viewer").get(f"/frozen/{gone.pk}/").status_code == 404
    assert "A figure." in words_of(client_as("analyst").get(f"/frozen/{gone.pk}/"))


def test_a_part_of_a_kind_that_is_no_more_says_so() -> None:
    [made] = as_blocks({"blocks": [{"kind": "Hologram", "light": 1}]})
    assert made.text == GONE
    [made] = as_blocks({"blocks": [{"kind": "TableBlock", "caption": "", "columns": [], "rows": []}]})
    assert made.text == GONE


def test_a_reader_finds_where_to_keep_a_page_only_if_they_may(client_as: Callable[..., Any]) -> None:
    assert "Keep this page as it was reported" in words_of(client_as("head").get("/measures/A1/"))
    assert "Keep this page" not in words_of(client_as("viewer").get("/measures/A1/"))
    assert "Keep this page" not in words_of(client_as("head").get("/measures/A1/exact/"))


def test_what_is_folded_away_stays_so_and_forms_are_left_out() -> None:
    from earlyhelp.reports.blocks import TableBlock, Text
    from earlyhelp.web.blocks import Folded, Form, LinkedTable, Sentence
    from earlyhelp.web.kept_screens import as_data
    from earlyhelp.web.screen import Screen

    table = TableBlock("Waits", ("team", "days"), (("North", "31"),), (1,))
    shown = (
        Sentence("Waits rose."),
        Folded("More", (Text("So."), Form(None, "Go"))),
        Form(None, "Go"),
        LinkedTable(table, ("/a/",)),
    )
    again = as_blocks(as_data(Screen("Waits", shown)))
    assert again == (Sentence("Waits rose."), Folded("More", (Text("So."),)), LinkedTable(table, ("/a/",)))
