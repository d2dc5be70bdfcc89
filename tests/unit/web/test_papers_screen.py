"""Papers on the screen and as files, the inspection room, the blueprint, and the council from public figures alone."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings
from django.utils import timezone
from page_words import words_of

from earlyhelp.errors import GateClosed
from earlyhelp.reports.blocks import Content, Figure, Heading, TableBlock, Text
from earlyhelp.reports.blocks_kept import content_kept
from earlyhelp.store.workspace import Workspace

MONTH = "/papers/monthly-pack/"
CHART = {
    "data": {"values": [{"year": "2025", "families": 20}]},
    "mark": "bar",
    "encoding": {"x": {"field": "year", "type": "nominal"}, "y": {"field": "families", "type": "quantitative"}},
}
CASE = "/papers/business-case/?about=SVC02"


@pytest.fixture(autouse=True)
def forgotten(council: Path) -> None:
    """No paper is kept in memory from another test, whose runs are undone."""
    from earlyhelp.web import reading

    for key in [each for each in reading.KEPT._things if "paper" in each]:
        del reading.KEPT._things[key]


def _runs(kind: str = "paper") -> list[Any]:
    from earlyhelp.web.models import Run

    return list(Run.objects.filter(kind=kind).order_by("id"))


def _made(run: Any, *sentences: str) -> None:
    """What the process for long work leaves of a paper that it has made."""
    table = TableBlock("Families", ("year", "families"), (("2025", "20"),))
    drawn = Figure("Families by year", CHART, "20 families in 2025.", table)
    content = Content(
        "The paper", "As at today.", "Thornbridge", (Heading(1, "In short"), *map(Text, sentences), drawn)
    )
    run.result, run.state, run.finished = {"content": content_kept(content)}, "done", timezone.now()
    run.save()


def test_a_paper_that_takes_long_is_prepared_aside_and_then_reads_as_it_would_be_printed(
    client_as: Callable[..., Any],
) -> None:
    from earlyhelp.web import jobs

    head = client_as("head")
    waiting = head.get(MONTH)
    assert "This paper is being prepared." in words_of(waiting)
    assert b'data-hx-trigger="every 2s"' in waiting.content
    assert b'<noscript><meta http-equiv="refresh"' in waiting.content, "without a script it asks again too"
    assert head.get(f"{MONTH}file/?as=docx").url == MONTH
    client_as("viewer").get(MONTH)
    [run] = _runs()
    assert run.asked_by.email.startswith("head")
    jobs.do.call(run.pk)
    run.refresh_from_db()
    assert (run.state, [each.words for each in run.steps.all()][-1]) == ("done", "gathering the figures")
    told = head.get(MONTH).content.decode()
    assert "Early help: the month in figures" in told
    assert "This month in three sentences" in told
    assert f"{MONTH}file/?as=docx" in told
    assert 'http-equiv="refresh"' not in told


def test_a_paper_is_made_once_for_all_who_may_read_it_and_each_subject_has_its_own(
    client_as: Callable[..., Any],
) -> None:
    finance = client_as("finance")
    for address in (CASE, CASE, CASE.replace("SVC02", "SVC05")):
        finance.get(address)
    two, five = _runs()
    assert [two.arguments["about"], five.arguments["about"]] == ["SVC02", "SVC05"]
    _made(two, "It would break even.")
    assert "It would break even." in words_of(client_as("head").get(CASE))
    assert "being prepared" in words_of(finance.get(CASE.replace("SVC02", "SVC05")))
    assert client_as("viewer").get(CASE).status_code == 404


def test_how_far_the_making_of_a_paper_is_stands_in_its_place(client_as: Callable[..., Any]) -> None:
    head = client_as("head")
    assert "It waits for the process that does long work." in words_of(head.get("/papers/evidence-paper/"))
    [run] = _runs()
    run.steps.create(words="comparing services: 3 of 12", begun=timezone.now())
    told = head.get("/papers/evidence-paper/")
    assert "Comparing services: 3 of 12 2 of 12" in words_of(told), "two are done, the third is under way"
    assert b'<progress class="eh-progress" max="12" value="2"' in told.content


def test_what_kept_a_paper_from_being_made_is_told_and_it_can_be_asked_for_again(client_as: Callable[..., Any]) -> None:
    head = client_as("head")
    head.get("/papers/evidence-paper/")
    [run] = _runs()
    run.state, run.message, run.fix = "failed", "The records hold no offers.", "Bring in the services."
    run.finished = timezone.now()
    run.save()
    told = words_of(head.get("/papers/evidence-paper/"))
    assert "It could not be prepared. The records hold no offers. Bring in the services." in told
    assert [each.pk for each in _runs()] == [run.pk], "to look at it starts nothing"
    assert head.post("/papers/evidence-paper/").url == "/papers/evidence-paper/"
    assert "being prepared" in words_of(head.get("/papers/evidence-paper/"))
    assert len(_runs()) == 2


def test_a_part_of_a_page_is_never_a_paper_since_its_charts_need_their_script(client_as: Callable[..., Any]) -> None:
    head = client_as("head")
    asks = {"HX-Request": "true"}
    filtered = head.get("/papers/evidence-paper/", headers={**asks, "HX-Target": "div#found"})
    assert filtered["HX-Redirect"] == "/papers/evidence-paper/"
    assert _runs() == []
    again = head.get("/papers/evidence-paper/", headers={**asks, "HX-Target": "div#polled"})
    assert "being prepared" in words_of(again)
    _made(_runs()[0], "Ready.")
    ready = head.get("/papers/evidence-paper/", headers={**asks, "HX-Target": "div#polled"})
    assert ready["HX-Redirect"] == "/papers/evidence-paper/"


def test_the_files_of_a_paper_that_takes_long_are_written_ahead_and_waited_for_a_while(
    client_as: Callable[..., Any], tmp_path: Path
) -> None:
    from earlyhelp.web import jobs

    head, address = client_as("head"), "/papers/evidence-paper/file/?as=pdf"
    head.get("/papers/evidence-paper/")
    [run] = _runs()
    _made(run, "It may help.")
    with override_settings(EARLYHELP_WARM=True, PRIVATE=tmp_path):
        early = head.get(address, follow=True)
        assert "It is being written as PDF. Take it in a few seconds." in words_of(early)
        limits = (jobs.FILES_SPACE, jobs.FILES_WITHIN)
        assert jobs._follow(run, *jobs._files_of(run), tells=False, limits=limits) == 0
        ahead = (jobs.files_folder(run) / "paper.pdf").read_bytes()
        assert head.get(address).content == ahead
    run.finished = timezone.now() - timedelta(minutes=3)
    run.save()
    with override_settings(EARLYHELP_WARM=True):
        assert head.get(address).content == ahead, "written when it is taken, it is the same file"


def test_papers_of_snapshots_that_are_gone_are_forgotten(client_as: Callable[..., Any]) -> None:
    head = client_as("head")
    head.get(MONTH)
    [old] = _runs()
    _made(old, "Of another month.")
    old.arguments = {**old.arguments, "snapshot": "s-0000"}
    old.save()
    head.get(CASE)
    assert [each.arguments["document"] for each in _runs()] == ["business-case"]


def test_a_paper_asked_for_of_figures_that_are_gone_is_not_made_of_others(council: Path) -> None:
    from earlyhelp.web.paper_process import _answer

    told = {"what": "paper", "root": str(council), "when": "2026-05-14T09:00:00", "document": "monthly-pack"}
    with pytest.raises(GateClosed, match="The figures have changed"):
        _answer({**told, "about": "", "snapshot": "s-0000"})


def test_making_a_paper_keeps_no_run_of_the_figures_waiting(client_as: Callable[..., Any]) -> None:
    client_as("head").get(MONTH)
    analyst = client_as("analyst")
    answer = analyst.post("/runs/", follow=True)
    assert "A run is under way already" not in words_of(answer)
    listed = words_of(analyst.get("/runs/"))
    assert "paper: Early help: the month in figures" in listed
    assert "files to figures" in listed
    [run] = _runs()
    _made(run, "Ready.")
    assert f'href="{MONTH}"' in analyst.get(f"/runs/{run.pk}/").content.decode()


def test_a_paper_about_one_thing_is_proposed_from_its_page_by_those_who_may(
    client_as: Callable[..., Any], audit: Callable[[], list[dict[str, Any]]]
) -> None:
    finance = client_as("finance")
    assert client_as("viewer").get("/papers/ward-profile/propose/?about=E05999001").status_code == 403
    assert "Choose which" in words_of(finance.get("/papers/ward-profile/propose/"))
    address = "/papers/business-case/propose/?about=SVC02"
    assert client_as("analyst").get(address.replace("SVC02", "SVC99")).status_code == 404
    assert "Say for whom it is." in words_of(finance.post(address, {"recipients": ""}))
    asked = finance.post(address, {"recipients": "the scrutiny committee"}, follow=True)
    [run] = _runs("proposal")
    assert asked.request["PATH_INFO"] == f"/runs/{run.pk}/"
    assert run.arguments["recipients"] == "the scrutiny committee"
    assert (audit()[-1]["event"], audit()[-1]["document"]) == ("proposal asked for", "business-case")
    run.result = {"release": "R7", "state": "proposed", "title": "Business case: Bright Start"}
    run.state, run.finished = "done", timezone.now()
    run.save()
    done = finance.get(f"/runs/{run.pk}/")
    assert "Business case: Bright Start: it is proposed. Somebody else must approve it" in words_of(done)
    assert b'href="/releases/R7/"' in done.content
    run.result = {**run.result, "state": "refused"}
    run.save()
    assert "The audit found that it would tell too much." in words_of(finance.get(f"/runs/{run.pk}/"))


def test_the_process_that_proposes_a_paper_enters_it_in_the_register_for_whoever_asked(
    council: Path, tmp_path: Path
) -> None:
    from earlyhelp import sharing
    from earlyhelp.web.paper_process import _answer

    folder = tmp_path / "copied"
    shutil.copytree(council, folder, ignore=shutil.ignore_patterns("web.sqlite3*", "static"))
    served = Workspace(folder)
    sharing.mark_users(served)
    told = {"what": "proposal", "root": str(folder), "when": "2026-05-14T09:00:00", "snapshot": served.current}
    about = {"document": "ward-profile", "about": "E05999001", "recipients": "members", "account": "a@x.gov.uk"}
    answer = _answer({**told, **about})
    [release] = sharing.releases(served)
    assert (answer["release"], answer["title"]) == (release.id, release.proposal.title)
    assert "Ward profile" in release.proposal.title
    assert (release.proposal.recipients, release.author) == ("members", "a@x.gov.uk")


def test_a_paper_is_taken_as_word_and_that_is_on_record(
    client_as: Callable[..., Any], audit: Callable[[], list[dict[str, Any]]]
) -> None:
    answer = client_as("head").get("/papers/service-blueprint/file/?as=docx")
    assert answer["Content-Disposition"] == 'attachment; filename="service-blueprint.docx"'
    with zipfile.ZipFile(io.BytesIO(answer.content)) as word:
        assert "word/document.xml" in word.namelist()
    assert (audit()[-1]["event"], audit()[-1]["what"]) == ("download", "service-blueprint.docx")


def test_a_paper_about_one_thing_asks_which(client_as: Callable[..., Any]) -> None:
    told = client_as("viewer").get("/papers/ward-profile/").content.decode()
    assert "is about one ward" in told
    assert "/papers/ward-profile/file/" not in told


def test_a_paper_of_money_is_for_those_who_may_work_out_costs(client_as: Callable[..., Any]) -> None:
    assert client_as("viewer").get("/papers/business-case/").status_code == 404
    assert client_as("viewer").get("/papers/business-case/file/?as=docx&about=S01").status_code == 404
    assert client_as("finance").get("/papers/business-case/").status_code == 200


def test_a_kind_of_file_or_a_paper_there_is_not_is_not_there(client_as: Callable[..., Any]) -> None:
    assert client_as("head").get("/papers/monthly-pack/file/?as=exe").status_code == 404
    assert client_as("head").get("/papers/gossip/").status_code == 404


def test_the_inspection_room_says_what_can_and_what_cannot_be_answered(client_as: Callable[..., Any]) -> None:
    told = client_as("viewer").get("/inspection/").content.decode()
    assert "<h1" in told
    assert "Inspection room" in told
    assert "annex" in told.casefold()


def test_without_public_statistics_the_profile_says_how_to_add_them(client_as: Callable[..., Any]) -> None:
    told = client_as("viewer").get("/public-profile/").content.decode()
    assert "earlyhelp reference add" in told


@pytest.mark.long
def test_a_new_council_sees_itself_in_public_figures_before_any_record_is_loaded(
    client_as: Callable[..., Any], served: Callable[[Path], Any], shared: Path, tmp_path: Path
) -> None:
    from earlyhelp.reference.adding import add_pack
    from earlyhelp.store.workspace import create_workspace

    workspace = create_workspace(tmp_path / "new", "E09000032", "Wandsworth")
    add_pack(workspace, shared / "reference", name="public", retrieved=date(2026, 11, 1))
    with served(tmp_path / "new"):
        told = client_as("viewer").get("/public-profile/").content.decode()
    assert "Wandsworth from public figures" in told
    assert "not published" in told  # what Wandsworth left out of its finance return is missing, not zero
    assert "Neighbours:" in told
