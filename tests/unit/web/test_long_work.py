"""The process beside the pages: started again when it dies, ended with them, and never outliving who started it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from earlyhelp.web import serving

SLEEPS = "import time; time.sleep(60)"


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The processes that were started in place of the real one, the latest last."""
    made: list[Any] = []
    start = subprocess.Popen

    def put(command: list[str], **more: Any) -> Any:
        made.append(start([sys.executable, "-c", SLEEPS]))
        return made[-1]

    monkeypatch.setattr(serving.subprocess, "Popen", put)
    monkeypatch.setattr(serving, "AGAIN_AFTER", 0.01)
    return made


def _until(true: Any, seconds: float = 10) -> bool:
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.02)
    return bool(true())


def test_when_it_dies_it_is_started_again_and_when_the_pages_end_it_ends(started: list[Any]) -> None:
    work = serving.LongWork()
    work.start()
    assert _until(lambda: len(started) == 1)
    started[0].kill()
    assert _until(lambda: len(started) == 2)
    assert started[1].poll() is None
    work.stop()
    assert _until(lambda: not work.is_alive())
    assert started[1].poll() is not None
    assert len(started) == 2, "it is not started again once the pages have ended"


def test_a_copy_of_the_process_that_answers_pages_does_not_end_it(
    started: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    work = serving.LongWork()
    work.start()
    assert _until(lambda: len(started) == 1)
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr(os, "getpid", lambda: 1)
        work.stop()
    assert started[0].poll() is None
    work.stop()
    assert _until(lambda: started[0].poll() is not None)


def test_a_process_with_limits_ends_with_the_one_that_started_it(tmp_path: Path) -> None:
    told = tmp_path / "pid"
    starts = (
        "import subprocess, sys, time\nfrom earlyhelp.web.confined import limited\n"
        f"made = subprocess.Popen(limited([sys.executable, '-c', {SLEEPS!r}], 2**31, 30))\n"
        f"open({str(told)!r}, 'w').write(str(made.pid))\ntime.sleep(60)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", starts])
    try:
        assert _until(lambda: told.exists() and told.read_text().isdigit())
        child = int(told.read_text())
        assert _is_there(child)
    finally:
        parent.kill()
        parent.wait()
    assert _until(lambda: not _is_there(child))


def test_a_process_gets_no_more_memory_than_its_limit() -> None:
    takes = "import sys\ntry:\n    held = bytearray(2**30)\nexcept MemoryError:\n    sys.exit(7)\n"
    from earlyhelp.web.confined import limited

    done = subprocess.run(limited([sys.executable, "-c", takes], 2**29, 30), check=False)
    assert done.returncode == 7


def test_what_cannot_be_run_ends_as_a_shell_ends(tmp_path: Path) -> None:
    from earlyhelp.web.confined import limited

    ended = [subprocess.run(limited([each], 2**29, 30), check=False).returncode for each in ("/no/such", str(tmp_path))]
    assert ended == [127, 126]


def test_the_queue_of_papers_is_read_again_after_an_error_and_leaves_other_runs_alone(
    council: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django_tasks_db.management.commands import db_worker

    from earlyhelp.web import work

    asked: list[dict[str, Any]] = []

    class Fails:
        def __init__(self, **more: Any) -> None:
            asked.append(more)

        def run(self) -> None:
            raise RuntimeError if len(asked) == 1 else SystemExit

    monkeypatch.setattr(db_worker, "Worker", Fails)
    monkeypatch.setattr(work, "LOOKS_EVERY", 0.0)
    with pytest.raises(SystemExit):
        work._take_aside("aside")
    assert [each["queue_names"] for each in asked] == [["aside"], ["aside"]]


def _is_there(process: int) -> bool:
    """True for a process that has not ended; one that nobody has asked after yet counts as ended."""
    state = Path(f"/proc/{process}/stat")
    try:
        return state.read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
