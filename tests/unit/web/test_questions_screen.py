"""Ask: every prepared question leads to its answer, in sentences, with its figures, caveats and certificates."""

from __future__ import annotations

import pytest

from earlyhelp.reports.answers import PREPARED


def text(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


def test_every_question_is_listed_once_and_leads_to_its_answer(client_as):
    page = text(client_as("viewer").get("/ask/"))
    for each in PREPARED:
        assert page.count(f'href="/ask/{each}/"') == 1


@pytest.mark.parametrize("question", ["how-are-we-doing", "which-requests-come-back", "what-came-before-step-ups"])
def test_an_answer_is_in_sentences_that_can_be_copied_with_what_must_be_said_beside_it(client_as, question):
    page = text(client_as("viewer").get(f"/ask/{question}/"))
    assert PREPARED[question].asks.replace("'", "&#x27;") in page
    assert "data-copy=" in page
    assert "To be read with it" in page
    assert "Where to look next" in page


def test_figures_lead_to_their_measures_and_to_their_certificates(client_as):
    page = text(client_as("viewer").get("/ask/how-are-we-doing/"))
    assert 'href="/measures/A1/"' in page
    assert "/certificates/C" in page


def test_a_long_table_stands_behind_a_line_of_words_and_is_whole(client_as):
    page = text(client_as("viewer").get("/ask/this-month/"))
    assert " rows</span>" in page


def test_only_who_may_see_cases_is_led_to_them(client_as):
    assert "/worklists/who-waits-longest/" in text(client_as("analyst").get("/ask/who-waits-longest/"))
    assert "/worklists/" not in text(client_as("viewer").get("/ask/who-waits-longest/"))
    manager = client_as("team_manager", team="North", email="north@thornbridge.gov.uk")
    assert "/worklists/who-waits-longest/" in text(manager.get("/ask/who-waits-longest/"))
    assert "/worklists/" not in text(manager.get("/ask/which-families-are-destabilised-by-poverty/"))


@pytest.mark.parametrize(
    ("role", "led"), [("finance", True), ("head", True), ("viewer", False), ("team_manager", False)]
)
def test_the_first_page_leads_nobody_to_a_page_that_refuses_them(client_as, role, led):
    client = client_as(role)
    page = text(client.get("/")).partition("Where to look next")[2]
    assert ('href="/money/"' in page) is led
    assert client.get("/money/").status_code == (200 if led else 403)


def test_the_first_page_says_how_many_questions_there_are(client_as):
    said = f"where is domestic abuse worst, which services help, and {len(PREPARED) - 2} more"
    assert said in text(client_as("viewer").get("/"))


def test_a_question_leads_to_the_screen_on_its_subject(client_as):
    page = text(client_as("viewer").get("/ask/where-is-domestic-abuse-worst/"))
    assert 'href="/places/"' in page


def test_a_question_that_is_not_there_is_not_found_and_partners_are_refused(client_as):
    assert client_as("viewer").get("/ask/what-is-love/").status_code == 404
    assert client_as("partner").get("/ask/").status_code == 403
