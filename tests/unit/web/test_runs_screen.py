"""Runs: asked for, followed step by step, stopped, done again; and what is told of one whose process is gone."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from page_words import words_of

SOURCE = Path(__file__).parents[3] / "src" / "earlyhelp"
SNAPSHOT = {"snapshot": "s-1", "as_at": "2026-03-31", "stages": [], "feeds": [{}, {}], "refused": []}
REFUSED = {"error": "The file is empty.", "where": "cases.csv", "fix": "Export it again."}


@pytest.fixture
def does(council: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Puts a small program in the place of our commands: it tells steps, prints a result and ends with a code."""
    from earlyhelp.web import jobs

    def put(steps: list[str], result: dict[str, Any] | None, code: int = 0, sleep: float = 0) -> None:
        said = f"import json, sys, time\nfor step in {steps!r}: print(step, file=sys.stderr, flush=True)\n"
        said += f"time.sleep({sleep})\n"
        said += f"print({json.dumps(result)!r})\n" if result is not None else ""
        monkeypatch.setattr(jobs, "program", lambda command: [sys.executable, "-c", f"{said}sys.exit({code})"])

    monkeypatch.setattr(jobs, "HEARTBEAT_SECONDS", 0.1)
    return put


def _run_of(user: Any, **more: Any) -> Any:
    from earlyhelp.web.models import Run

    return Run.objects.create(kind="run", asked_by=user, **more)


def _done(run: Any) -> Any:
    from earlyhelp.web import jobs

    jobs.do.call(run.pk)
    run.refresh_from_db()
    return run


def test_without_a_run_the_page_says_so_and_only_who_may_load_starts_one(client_as: Callable[..., Any]) -> None:
    head, analyst = client_as("head"), client_as("analyst")
    assert "Nothing has been run yet." in words_of(head.get("/runs/"))
    assert "Start a run" not in words_of(head.get("/runs/"))
    assert "Start a run" in words_of(analyst.get("/runs/"))
    assert head.post("/runs/").status_code == 404
    assert client_as("partner").get("/runs/").status_code == 403


def test_a_run_that_is_asked_for_waits_on_its_own_page_and_stands_in_the_audit_log(
    client_as: Callable[..., Any], audit: Callable[[], list[dict[str, Any]]]
) -> None:
    analyst = client_as("analyst")
    answer = analyst.post("/runs/", follow=True)
    assert re.fullmatch(r"/runs/[0-9]+/", answer.request["PATH_INFO"])
    assert "waits for the process that does long work" in words_of(answer)
    assert audit()[-1]["event"] == "run asked for"
    again = analyst.post("/runs/", follow=True)
    assert again.request["PATH_INFO"] == answer.request["PATH_INFO"]
    assert "A run is under way already" in words_of(again)


def test_a_run_tells_its_steps_and_what_came_of_it(
    client_as: Callable[..., Any], user_as: Callable[..., Any], does: Callable[..., None]
) -> None:
    steps = ["reading cases.csv", "checking cases.csv", "gathering records", "recognising people and families"]
    steps += ["putting spells together", "checking rules and writing the snapshot"]
    does(steps, SNAPSHOT | {"refused": [REFUSED]}, code=3)
    run = _done(_run_of(user_as("analyst")))
    assert run.state == "done", "a refused file keeps no other out"
    told = words_of(client_as("analyst").get(f"/runs/{run.pk}/"))
    assert "Check the rules and write the snapshot Done" in told
    assert "1 file; the latest: cases.csv" in told
    assert "cases.csv The file is empty. Export it again." in told
    seen = words_of(client_as("viewer").get(f"/runs/{run.pk}/"))
    assert "cases.csv" not in seen, "what is in the inbox is for those who load"
    assert "Read the files 1 file Done" in seen


def test_a_run_that_fails_says_why_and_what_to_do(
    client_as: Callable[..., Any], user_as: Callable[..., Any], does: Callable[..., None]
) -> None:
    does([], {"error": "The disk is full.", "where": "", "fix": "Make room."}, code=1)
    run = _done(_run_of(user_as("analyst")))
    told = words_of(client_as("analyst").get(f"/runs/{run.pk}/"))
    assert f"Run {run.pk}: failed" in told
    assert "The disk is full. Make room." in told
    assert "Run again" in told


def test_a_run_of_which_every_file_is_refused_says_which(
    client_as: Callable[..., Any], user_as: Callable[..., Any], does: Callable[..., None]
) -> None:
    does([], REFUSED, code=3)
    run = _done(_run_of(user_as("analyst")))
    assert run.state == "failed"
    assert "cases.csv The file is empty. Export it again." in words_of(client_as("analyst").get(f"/runs/{run.pk}/"))


def test_a_run_whose_program_dies_without_a_word_says_that(
    user_as: Callable[..., Any], does: Callable[..., None]
) -> None:
    does(["gathering records"], None, code=9)
    run = _done(_run_of(user_as("analyst")))
    assert (run.state, run.message) == ("failed", "The run ended without saying why.")


def test_nothing_to_do_is_no_failure(user_as: Callable[..., Any], does: Callable[..., None]) -> None:
    does([], {"error": "Nothing new.", "where": "inbox", "fix": "Add an extract."}, code=5)
    run = _done(_run_of(user_as("analyst")))
    assert (run.state, run.message) == ("done", "Nothing new.")


def test_a_run_that_is_asked_to_stop_is_ended_and_can_be_run_again(
    client_as: Callable[..., Any],
    user_as: Callable[..., Any],
    does: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from earlyhelp.web import jobs

    does(["gathering records"], SNAPSHOT, sleep=60)
    beat = jobs._beat  # the wish is looked for once the first step was told, however slowly the program starts
    monkeypatch.setattr(jobs, "_beat", lambda run, process: beat(run, process) if run.steps.exists() else None)
    run = _done(_run_of(user_as("analyst"), cancel_asked=True))
    assert run.state == "stopped"
    assert (run.finished - run.started).total_seconds() < 10
    told = words_of(client_as("analyst").get(f"/runs/{run.pk}/"))
    assert "Stopped when asked. Run again: it carries on where it was." in told
    assert "Gather the records of all files Not finished" in told


def test_a_run_that_waits_is_stopped_at_once_and_never_begins(
    client_as: Callable[..., Any], user_as: Callable[..., Any], does: Callable[..., None]
) -> None:
    does([], SNAPSHOT)
    run, analyst = _run_of(user_as("analyst")), client_as("analyst")
    assert "Stop this run?" in words_of(analyst.get(f"/runs/{run.pk}/stop/"))
    assert client_as("head").post(f"/runs/{run.pk}/stop/").status_code == 403
    analyst.post(f"/runs/{run.pk}/stop/")
    assert _done(run).state == "stopped"
    assert run.started is None


def test_a_run_whose_process_is_gone_is_told_stopped_when_somebody_looks(
    client_as: Callable[..., Any], user_as: Callable[..., Any]
) -> None:
    from django.utils import timezone

    long_ago = timezone.now() - timedelta(seconds=61)
    gone = _run_of(user_as("analyst"), state="running", started=long_ago, heartbeat=long_ago)
    alive = _run_of(user_as("analyst"), state="running", started=long_ago, heartbeat=timezone.now())
    analyst = client_as("analyst")
    told = words_of(analyst.get(f"/runs/{gone.pk}/"))
    assert "Its process ended before it was done. Run again: it carries on where it was." in told
    assert "It is under way." in words_of(analyst.get(f"/runs/{alive.pk}/"))


def test_an_interruption_of_the_application_leaves_no_run_behind(
    user_as: Callable[..., Any], does: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    from earlyhelp.web import jobs

    does(["gathering records"], SNAPSHOT, sleep=60)
    run = _run_of(user_as("analyst"))

    def interrupted(*parts: Any) -> None:
        raise SystemExit

    monkeypatch.setattr(jobs, "_beat", interrupted)
    with pytest.raises(SystemExit):
        jobs.do.call(run.pk)
    run.refresh_from_db()
    assert (run.state, run.message) == ("stopped", "The application ended while it ran.")


def test_a_process_that_hangs_is_ended_when_its_time_is_over(user_as: Callable[..., Any]) -> None:
    from earlyhelp.web import jobs

    hangs = [sys.executable, "-c", "import time; time.sleep(60)"]
    assert jobs._follow(_run_of(user_as("analyst")), hangs, limits=(jobs.MOST_MEMORY, 1)) == -9


def test_the_page_asks_again_until_the_run_is_over(client_as: Callable[..., Any], user_as: Callable[..., Any]) -> None:
    run, viewer = _run_of(user_as("analyst")), client_as("viewer")
    assert b'data-hx-trigger="every 2s"' in viewer.get(f"/runs/{run.pk}/").content
    run.state = "done"
    run.save()
    over = viewer.get(f"/runs/{run.pk}/").content
    assert b"data-hx-trigger" not in over
    assert b'id="polled"' in over, "what took part in the asking finds its place when it ends"


def test_a_run_there_is_not_is_not_there(client_as: Callable[..., Any]) -> None:
    assert client_as("analyst").get("/runs/9999/").status_code == 404
    assert client_as("analyst").get("/runs/9999/stop/").status_code == 404


def test_every_step_that_the_pipeline_tells_has_its_place_on_the_page(council: Path) -> None:
    from earlyhelp.web.screens.runs import STAGES, stage_of

    told = [
        step
        for name in ("pipeline.py", "ingest/receive.py", "cli/figures.py")
        for step in re.findall(r'progress\(f?"([a-z ]+)', (SOURCE / name).read_text())
        if "Spark" not in step
    ]
    steps = [step for step in told if not step.startswith("counting ") or step == "counting every measure"]
    assert {stage_of(step) for step in steps} == set(range(len(STAGES)))
