"""The weekly message: a text with a link for each sentence, sent to those who may read the figures and to nobody else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from page_words import words_of

from earlyhelp.reports.answers import Reply
from earlyhelp.web.message import body, subject

REPLY = Reply(
    answer=["Long waiters rose to 40%.", "Nothing else has changed more than usual."],
    table=[{"measure": "B3", "name": "Long waiters"}],
    caveats=["A signal says that something changed, not why."],
    certificates=[],
)


def test_each_sentence_about_a_measure_has_its_link() -> None:
    told = body(REPLY, date(2026, 3, 31), lambda measure: f"https://eh.example/{measure}")
    assert told == (
        "Long waiters rose to 40%.\n  https://eh.example/B3\n\nNothing else has changed more than usual.\n\n"
        "Read with care:\n- A signal says that something changed, not why.\n\n"
        "Figures as at 31 March 2026. All of them: https://eh.example/\n"
    )
    assert subject("Thornbridge", date(2026, 5, 14)) == "Early help in Thornbridge, 14 May 2026"


def test_the_message_is_shown_as_it_will_be_sent_and_can_be_copied(client_as: Callable[..., Any]) -> None:
    answer = client_as("head").get("/messages/")
    assert "Figures as at 31 March 2026." in words_of(answer)
    assert "data-copy-lines" in answer.content.decode()


def test_it_is_sent_to_readers_and_that_is_on_record(
    client_as: Callable[..., Any], user_as: Callable[..., Any], audit: Callable[[], list[dict[str, Any]]]
) -> None:
    from django.core import mail
    from django.test import override_settings

    reader, other = user_as("viewer"), user_as("partner", organisation="A school")
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        mail.outbox = []
        assert client_as("head").post("/messages/", {"to": [reader.email]}).status_code == 302
        assert [each.to for each in mail.outbox] == [[reader.email]]
        assert "http://testserver/" in mail.outbox[0].body
        assert (audit()[-1]["event"], audit()[-1]["to"]) == ("message", [reader.email])
        assert client_as("head").post("/messages/", {"to": [other.email]}).status_code == 422
        assert client_as("head").post("/messages/", {"to": ["someone@elsewhere.example"]}).status_code == 422
        assert client_as("head").post("/messages/", {}).status_code == 422
        assert len(mail.outbox) == 1
    assert client_as("viewer").get("/messages/").status_code == 403
