"""Long work: a command of ours in a process of its own, with its steps, its heartbeat, and a way to stop it.

The process can be killed at any moment: the pipeline carries on where it was (docs of `pipeline.run`).
"""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from queue import Empty, Queue
from threading import Thread
from typing import Any

from django.conf import settings
from django.utils import timezone
from django_tasks import task

from earlyhelp.errors import Exit
from earlyhelp.web.models import Run, Step, stale_before

HEARTBEAT_SECONDS = 2.0
LONGEST_SECONDS = 6 * 3600
MOST_MEMORY = 8 * 2**30
COMMANDS: dict[str, tuple[str, ...]] = {
    "run": ("run", "{root}"),
    "cube": ("cube", "{root}"),
}
"""What a kind of run does, as commands of ours; `{root}` is the workspace."""


def ask_for(kind: str, user: Any, arguments: list[str] | None = None) -> Run:
    """A run put in the queue."""
    run = Run.objects.create(kind=kind, arguments=arguments or [], asked_by=user)
    do.enqueue(run.pk)
    return run


@task()
def do(run_id: int) -> None:
    """Do a run: its command, told step by step, then the figures counted ahead."""
    run = Run.objects.get(pk=run_id)
    if run.is_over:
        return
    run.state, run.started, run.heartbeat = Run.State.RUNNING, timezone.now(), timezone.now()
    run.save()
    code = _follow(run, [each.format(root=settings.WORKSPACE) for each in COMMANDS[run.kind]] + list(run.arguments))
    if run.kind == "run" and code == 0 and not run.cancel_asked:
        _follow(run, ["cube", str(settings.WORKSPACE)], tells_result=False)
    _end(run, code)


def _end(run: Run, code: int) -> None:
    run.refresh_from_db(fields=["cancel_asked"])
    published = bool(run.result and run.result.get("snapshot"))
    if run.cancel_asked and not published:
        run.state, run.message = Run.State.STOPPED, "Stopped when asked. Run again: it carries on."
    else:
        run.state = Run.State.DONE if published or code in (Exit.DONE, Exit.NOTHING_TO_DO) else Run.State.FAILED
    run.finished = timezone.now()
    run.save()


def _follow(run: Run, command: list[str], *, tells_result: bool = True) -> int:
    """Start the command, write down its steps, and return its exit code; ends it when asked to."""
    process = subprocess.Popen(
        [sys.executable, "-m", "earlyhelp", *command, "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=_limited,
        env={**os.environ, "EARLYHELP_STEPS": "1"},
    )
    told: Queue[tuple[str, str]] = Queue()
    readers = [
        Thread(target=_read, args=(told, name, getattr(process, name)), daemon=True) for name in ("stdout", "stderr")
    ]
    for reader in readers:
        reader.start()
    out = "".join(text for name, text in _lines(run, process, told) if name == "stdout")
    for reader in readers:
        reader.join(5)
    out += "".join(text for name, text in _left(told) if name == "stdout")
    _keep(run, process.returncode, out, tells_result)
    return process.returncode


def _limited() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (LONGEST_SECONDS, LONGEST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _read(told: Queue[tuple[str, str]], name: str, stream: Any) -> None:
    for line in stream:
        told.put((name, line))


def _lines(run: Run, process: subprocess.Popen[str], told: Queue[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """What the process says while it runs; steps are written down on the way, and a wish to stop is obeyed."""
    while process.poll() is None:
        try:
            name, line = told.get(timeout=HEARTBEAT_SECONDS)
        except Empty:
            _beat(run, process)
            continue
        if name == "stderr":
            _step(run, line)
        yield name, line


def _left(told: Queue[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    while not told.empty():
        yield told.get()


def _beat(run: Run, process: subprocess.Popen[str]) -> None:
    run.heartbeat = timezone.now()
    run.save(update_fields=["heartbeat"])
    run.refresh_from_db(fields=["cancel_asked"])
    if run.cancel_asked:
        os.killpg(process.pid, signal.SIGTERM)


def _step(run: Run, line: str) -> None:
    words = line.strip()
    if words:
        Step.objects.create(run=run, words=words[:300], begun=timezone.now())
    run.heartbeat = timezone.now()
    run.save(update_fields=["heartbeat"])


def _keep(run: Run, code: int, out: str, tells_result: bool) -> None:
    try:
        told = json.loads(out) if out.strip() else {}
    except ValueError:
        told = {}
    if "error" in told:
        run.message, run.fix = str(told["error"]), str(told.get("fix", ""))
    elif code and not run.message:
        run.message = "The run ended without saying why."
        run.fix = "Run again: it carries on where it was."
    if tells_result and "error" not in told:
        run.result = told or None
    run.save()


def stop_stale() -> int:
    """Mark runs whose process is gone as stopped, so that they can be run again; returns how many."""
    now = timezone.now()
    gone = Run.objects.filter(state=Run.State.RUNNING, heartbeat__lt=stale_before(now))
    return gone.update(
        state=Run.State.STOPPED,
        finished=now,
        message="Its process ended before it was done.",
        fix="Run again: it carries on.",
    )
