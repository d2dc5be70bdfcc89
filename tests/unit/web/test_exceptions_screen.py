"""Names by exception for half an hour, and the access log in which everybody responsible sees that."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from page_words import words_of

WHY = "A strategy meeting at 2pm needs the address."


def broken(client: Any, reason: str = WHY) -> Any:
    return client.post("/break-glass/", {"do": "break", "reason": reason})


def test_a_reason_gives_half_an_hour_and_is_on_record(
    client_as: Callable[..., Any], user_as: Callable[..., Any], audit: Callable[[], list[dict[str, Any]]]
) -> None:
    from earlyhelp.web.access import Power

    head = client_as("head")
    assert Power.IDENTITY not in user_as("head").powers
    assert broken(head, "").status_code == 422
    assert broken(head).status_code == 302
    assert Power.IDENTITY in user_as("head").powers
    assert (audit()[-1]["event"], audit()[-1]["reason"]) == ("break-glass", WHY)
    assert "You may see names until" in head.get("/").content.decode()
    glass = user_as("head").glasses.get()
    assert glass.ends - glass.begins == timedelta(minutes=30)


def test_it_is_over_after_half_an_hour_or_when_it_is_ended(
    client_as: Callable[..., Any], user_as: Callable[..., Any]
) -> None:
    from earlyhelp.web.access import Power

    manager = client_as("team_manager", team="North")
    broken(manager)
    assert "End it now" in words_of(manager.get("/break-glass/"))
    manager.post("/break-glass/", {"do": "end"})
    assert Power.IDENTITY not in user_as("team_manager").powers
    broken(manager)
    user = user_as("team_manager")
    for glass in user.glasses.all():
        glass.ends -= timedelta(minutes=30)
        glass.save()
    assert Power.IDENTITY not in user_as("team_manager").powers


def test_those_responsible_see_the_exception_and_say_that_they_did(
    client_as: Callable[..., Any], user_as: Callable[..., Any], audit: Callable[[], list[dict[str, Any]]]
) -> None:
    manager, steward = client_as("team_manager", team="North"), client_as("steward")
    broken(manager)
    told = words_of(steward.get("/audit/"))
    assert WHY in told
    assert "nobody yet" in told
    glass = user_as("team_manager").glasses.get()
    assert steward.post("/audit/", {"exception": str(glass.pk)}).status_code == 302
    assert (audit()[-1]["event"], audit()[-1]["user"]) == ("break-glass seen", "team_manager@thornbridge.gov.uk")
    assert "nobody yet" not in words_of(steward.get("/audit/"))


def test_nobody_answers_for_their_own_exception(client_as: Callable[..., Any], user_as: Callable[..., Any]) -> None:
    head = client_as("head")
    broken(head)
    glass = user_as("head").glasses.get()
    assert "I have looked at" not in words_of(head.get("/audit/"))
    assert head.post("/audit/", {"exception": str(glass.pk)}).status_code == 404


def test_a_broken_glass_does_not_open_the_access_log(client_as: Callable[..., Any]) -> None:
    manager = client_as("team_manager", team="North")
    assert manager.get("/audit/").status_code == 403
    broken(manager)
    assert manager.get("/audit/").status_code == 403


def test_the_log_says_who_did_what_when_and_why_and_that_it_is_whole(client_as: Callable[..., Any]) -> None:
    head, steward = client_as("head", email="new.head@thornbridge.gov.uk"), client_as("steward")
    head.post("/worklists/which-requests-come-back/", {"reason": "Planning calls."})
    told = words_of(steward.get("/audit/?account=new.head@thornbridge.gov.uk"))
    assert "The log is whole" in told
    assert "new.head@thornbridge.gov.uk looked at the worklist which-requests-come-back" in told
    assert "Planning calls." in told
    assert "looked at the access log" not in told
    assert "Nothing is on record of this person and month." in words_of(steward.get("/audit/?month=1999-01"))


def test_that_somebody_read_the_log_is_in_the_log(
    client_as: Callable[..., Any], audit: Callable[[], list[dict[str, Any]]]
) -> None:
    client_as("steward").get("/audit/")
    assert (audit()[-1]["what"], audit()[-1]["account"]) == ("the access log", "steward@thornbridge.gov.uk")


def test_a_log_that_was_changed_is_told_so(
    client_as: Callable[..., Any], council: Path, served: Callable[[Path], Any], tmp_path: Path
) -> None:
    steward = client_as("steward")
    steward.get("/audit/")
    steward.get("/audit/")
    copied = Path(
        shutil.copytree(council, tmp_path / "copied", ignore=shutil.ignore_patterns("web*", "feeds", "received"))
    )
    log = copied / "log" / "audit.jsonl"
    lines = log.read_text().splitlines()
    log.write_text("\n".join([*lines[:-1], lines[-1].replace("steward@", "somehow@")]) + "\n")
    with served(copied):
        told = words_of(steward.get("/audit/"))
    assert f"Record {len(lines)} does not follow from the one before it" in told


def test_the_log_is_given_out_as_a_page_alone_and_to_nobody_else(client_as: Callable[..., Any]) -> None:
    assert client_as("steward").get("/audit/?download=t1.csv").status_code == 404
    assert client_as("steward").get("/audit/?format=json").status_code == 404
    for role in ("viewer", "finance", "partner", "administrator"):
        assert client_as(role).get("/audit/").status_code == 403
        assert client_as(role).get("/break-glass/").status_code == 403
