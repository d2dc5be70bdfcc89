"""What helps: services in groups that are never ranks, and a page a service that says what may and may not be said."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.unit.reports import released

from earlyhelp import studying
from earlyhelp.web import reading

TOLD = released.services(
    ("SVC01", "Family Steps", "better than expected"), ("S02", "Few Steps", "too few to say"), ("S03", "Old Steps", "as expected")
)  # fmt: skip


@pytest.fixture
def nothing_kept(monkeypatch):
    """What a test puts in the place of a study is not kept for the next."""
    monkeypatch.setattr(reading, "KEPT", reading.Kept())


@pytest.fixture
def studied(monkeypatch, nothing_kept):
    """The studies of a council in which they can tell something."""
    real = studying.evaluate_study

    def evaluate(workspace, name, when, *more):
        found = replace(
            released.finding("SVC01"), e_value=2.13, e_value_limit=1.0, mde=0.077, overlap={"treated_left_out": 1},
            may_say=("First sentence.", "Second sentence."),
            checks=({"check": "notice before", "estimate": 0.01, "lower": -0.1, "upper": 0.1, "shows_a_difference": False},),
            rests_on=({"without": "needs", "estimate": -0.12, "moves": 0.4},),
        )  # fmt: skip
        return found if name == "service:SVC01" else real(workspace, name, when, *more)

    monkeypatch.setattr(studying, "services_compared", lambda workspace, when: TOLD)
    monkeypatch.setattr(studying, "evaluate_study", evaluate)


def text(response) -> str:
    return response.content.decode()


def test_services_stand_in_groups_by_name_and_each_leads_to_its_page(client_as, studied):
    page = text(client_as("viewer").get("/what-helps/"))
    better, like, few = (
        page.index(f"<caption{rest}") for rest in _captions(page, ("Better", "As expected", "Too few"))
    )
    assert better < like < few
    assert 'href="/what-helps/SVC01/"' in page
    assert "there is no ranking" in page
    assert "Worse than expected" not in page
    assert 'role="img"' in page


def _captions(page: str, begins: tuple[str, ...]) -> list[str]:
    parts = page.split("<caption")[1:]
    return [next(part[:120] for part in parts if f">{words}" in part[:200]) for words in begins]


def test_a_service_says_what_may_and_what_may_not_be_said_before_its_figures(client_as, studied):
    page = text(client_as("viewer").get("/what-helps/SVC01/"))
    assert page.index("First sentence.") < page.index("What you may not say") < page.index("Who was compared")
    assert released.CAUSED in page
    assert "2.13 times as likely with both" in page
    assert "7.7 in 100 families" in page
    assert "Plan 09cc8567d80707b0 was registered on 22 November 2026" in page
    assert page.count('role="img"') == 2  # the intervals, and how alike the families are


def test_what_was_checked_and_what_the_result_rests_on_can_be_opened(client_as, studied):
    page = text(client_as("viewer").get("/what-helps/SVC01/"))
    assert "none, as it should be" in page
    assert "Other outcomes and other windows" in page
    assert "What the result rests on" in page
    assert "-12.0" in page


def test_only_those_who_may_cost_are_led_to_money(client_as, studied):
    assert "/money/scenario/?service=SVC01" in text(client_as("finance").get("/what-helps/SVC01/"))
    page = text(client_as("viewer").get("/what-helps/SVC01/"))
    assert "/money/" not in page
    assert "business-case" not in page
    assert "/papers/evidence-paper/file/?as=docx" in page


def test_without_records_that_can_tell_the_page_says_so_of_every_service(client_as, nothing_kept):
    page = text(client_as("head").get("/what-helps/"))
    assert "Cannot be told from the records for" in page
    assert "Steps Together parenting course" in page


def test_comparisons_that_show_an_effect_where_there_is_none_are_refused_in_words(client_as, nothing_kept):
    page = text(client_as("head").get("/what-helps/SVC02/"))
    assert "Families before and after the service" in page
    assert "Families who finished it against those who did not" in page
    assert "No figure:" in page


def test_a_service_and_a_study_that_are_not_there_are_not_found(client_as):
    for address in ("/what-helps/NONE/", "/what-helps/studies/nothing/", "/what-helps/studies/service:SVC01/"):
        assert client_as("head").get(address).status_code == 404


def test_a_study_that_is_not_of_a_service_has_its_own_page(client_as):
    page = text(client_as("viewer").get("/what-helps/studies/providers/"))
    assert "Organisations side by side" in page
    assert "What you may not say" in page
    assert 'href="/what-helps/studies/providers/"' in text(client_as("viewer").get("/what-helps/"))


def test_partners_and_the_administrator_are_refused(client_as):
    assert client_as("partner").get("/what-helps/").status_code == 403
    assert client_as("administrator").get("/what-helps/SVC01/").status_code == 403
