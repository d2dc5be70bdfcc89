"""Long work: a command of ours in a process of its own, with its steps, its heartbeat, and a way to stop it.

The process can be killed at any moment: the pipeline carries on where it was (docs of `pipeline.run`).
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from queue import Empty, Queue
from threading import Thread, Timer
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django_tasks import task

from earlyhelp.errors import Exit, NothingToDo
from earlyhelp.web.confined import limited
from earlyhelp.web.models import Run, Step, stale_before

HEARTBEAT_SECONDS = 2.0
LONGEST_SECONDS = 6 * 3600
MOST_MEMORY = 8 * 2**30
FILES_WITHIN, FILES_SPACE = 300, 128 * 2**30
"""Seconds for writing the files of a paper, and its address space: what draws charts reserves far more than it uses."""
COMMANDS: dict[str, tuple[str, ...]] = {
    "run": ("run", "{root}"),
    "cube": ("cube", "{root}"),
    "changes": ("changes", "{root}"),
}
"""What a kind of run does, as commands of ours; `{root}` is the workspace."""
PAPER, PROPOSAL = "paper", "proposal"
ASIDE = (PAPER, PROPOSAL)
"""Kinds of run that change no figure: they need not wait for one that does. Their arguments say of which paper."""
ASIDE_QUEUE = "aside"
PAPER_PROCESS = [sys.executable, "-P", "-m", "earlyhelp.web.paper_process"]
CARRIES_ON = "Run again: it carries on where it was."
NOT_OVER = (Run.State.WAITING, Run.State.RUNNING)
_LONGEST_STEP = 300
_NOT_STEPS = ("Traceback", "  ", "Warning", "warnings.")


def ask_for(kind: str, user: Any, arguments: list[str] | None = None) -> Run:
    """A run put in the queue. Raises NothingToDo where one waits or is under way: two would write to one workspace."""
    with transaction.atomic():
        if under_way() is not None:
            raise NothingToDo("A run is under way already.", where="runs", fix="Wait until it has ended, or stop it.")
        run = Run.objects.create(kind=kind, arguments=arguments or [], asked_by=user)
    do.enqueue(run.pk)
    return run


def ask_aside(kind: str, user: Any, arguments: dict[str, str]) -> Run:
    """A run beside the others, put into a queue of its own; the one that waits or is under way for the very same."""
    stop_stale()
    with transaction.atomic():
        same = Run.objects.filter(kind=kind, arguments=arguments, state__in=NOT_OVER).order_by("id").first()
        if same is not None:
            return same
        run = Run.objects.create(kind=kind, arguments=arguments, asked_by=user)
    do.using(queue_name=ASIDE_QUEUE).enqueue(run.pk)
    return run


def under_way() -> Run | None:
    """The run that waits or is being done, if any; those whose process is gone are marked first, those aside do not count."""
    stop_stale()
    return Run.objects.filter(state__in=NOT_OVER).exclude(kind__in=ASIDE).order_by("id").first()


def ask_to_stop(run: Run) -> None:
    """Ask a run to stop: at once where it waits or its process is gone, else within a few seconds."""
    now = timezone.now()
    waiting = Run.objects.filter(pk=run.pk, state=Run.State.WAITING)
    stopped = waiting.update(
        state=Run.State.STOPPED, cancel_asked=True, finished=now, message="Stopped before it began.", fix="Run again."
    )
    if not stopped:
        Run.objects.filter(pk=run.pk, state=Run.State.RUNNING).update(cancel_asked=True)


@task()
def do(run_id: int) -> None:
    """Do a run: its command, told step by step, then the figures counted ahead. A run that is over is left as it is."""
    now = timezone.now()
    begun = Run.objects.filter(pk=run_id, state=Run.State.WAITING).update(
        state=Run.State.RUNNING, started=now, heartbeat=now
    )
    if not begun:
        return
    run = Run.objects.get(pk=run_id)
    try:
        code = _follow(run, *_started_by(run))
        if run.kind == "run" and code in (Exit.DONE, Exit.REFUSED) and published(run):
            _follow(run, program(["cube", str(settings.WORKSPACE)]), tells=False)
    except BaseException:
        _over(run, str(Run.State.STOPPED), "The application ended while it ran.", CARRIES_ON)
        raise
    _end(run, code)
    if run.kind == PAPER and run.state == Run.State.DONE and settings.EARLYHELP_WARM:
        _follow(run, *_files_of(run), tells=False, limits=(FILES_SPACE, FILES_WITHIN))


def published(run: Run) -> bool:
    """Whether the run made a snapshot."""
    return run.kind == "run" and bool(run.result and run.result.get("snapshot"))


def _end(run: Run, code: int) -> None:
    run.refresh_from_db(fields=["cancel_asked"])
    if published(run) or code in (Exit.DONE, Exit.NOTHING_TO_DO):
        _over(run, str(Run.State.DONE), run.message, run.fix)
    elif run.cancel_asked:
        _over(run, str(Run.State.STOPPED), "Stopped when asked.", CARRIES_ON)
    else:
        _over(run, str(Run.State.FAILED), run.message, run.fix)


def _over(run: Run, state: str, message: str, fix: str) -> None:
    run.state, run.message, run.fix, run.finished = state, message, fix, timezone.now()
    run.save(update_fields=["state", "message", "fix", "finished"])


def _started_by(run: Run) -> tuple[list[str], str]:
    """The words by which the process of a run is started, and what is said to it: who asks stands in no list of processes."""
    if run.kind not in ASIDE:
        return program([each.format(root=settings.WORKSPACE) for each in COMMANDS[run.kind]] + list(run.arguments)), ""
    told = {"what": run.kind, "root": str(settings.WORKSPACE), "account": run.asked_by.email, **run.arguments}
    told["when"] = timezone.localtime(run.asked).isoformat(timespec="seconds")
    return PAPER_PROCESS, json.dumps(told)


def _files_of(run: Run) -> tuple[list[str], str]:
    """The same for writing a paper that was made to the files that people take it as, which takes seconds again."""
    told = {"what": "files", "root": str(settings.WORKSPACE), "folder": str(files_folder(run)), **run.arguments}
    return PAPER_PROCESS, json.dumps(told | (run.result or {}))


def files_folder(run: Run) -> Path:
    """Where the files of a paper lie that were written ahead."""
    return Path(settings.PRIVATE) / "papers" / str(run.pk)


def _follow(
    run: Run,
    words: list[str],
    told: str = "",
    *,
    tells: bool = True,
    limits: tuple[int, int] = (MOST_MEMORY, LONGEST_SECONDS),
) -> int:
    """Start a process, write down its steps, and return its exit code; ends it when asked to, and with this process.

    told: what it reads. tells: what it prints is the run's own result; else nothing but its steps is kept. limits: bytes of
    its memory, and seconds after which it is ended, whether it works or hangs.
    """
    with subprocess.Popen(
        limited(words, *limits),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, "EARLYHELP_STEPS": "1", "PYTHONWARNINGS": "ignore"},
    ) as process:
        ends = Timer(limits[1], _signal_group, (process, signal.SIGKILL))
        ends.daemon = True
        ends.start()
        try:
            _tell(process, told)
            out = _heard(run, process)
        finally:
            ends.cancel()
            _end_group(process)
    if tells:
        _keep(run, process.returncode, out)
    return process.returncode


def _tell(process: subprocess.Popen[str], told: str) -> None:
    """Say to the process what it is to read; nothing where it has ended already, which its exit code tells."""
    assert process.stdin
    with suppress(BrokenPipeError), process.stdin as said:
        said.write(told)


def program(command: list[str]) -> list[str]:
    """The words by which one of our commands is started."""
    return [sys.executable, "-m", "earlyhelp", *command, "--json"]


def _heard(run: Run, process: subprocess.Popen[str]) -> str:
    """All that the process printed, once it has ended; its steps are written down on the way."""
    told: Queue[tuple[str, str]] = Queue()
    readers = [
        Thread(target=_read, args=(told, name, getattr(process, name)), daemon=True) for name in ("stdout", "stderr")
    ]
    for reader in readers:
        reader.start()
    out = "".join(text for name, text in _lines(run, process, told) if name == "stdout")
    for reader in readers:
        reader.join(5)
    return out + "".join(text for name, text in _left(run, told) if name == "stdout")


def _end_group(process: subprocess.Popen[str]) -> None:
    """End what is left of the process and of those that it started, where this one is interrupted."""
    if process.poll() is None:
        _signal_group(process, signal.SIGKILL)
        process.wait()


def _signal_group(process: subprocess.Popen[str], what: signal.Signals) -> None:
    try:
        os.killpg(process.pid, what)
    except ProcessLookupError:
        return


def _read(told: Queue[tuple[str, str]], name: str, stream: Any) -> None:
    for line in stream:
        told.put((name, line))


def _lines(run: Run, process: subprocess.Popen[str], told: Queue[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """What the process says while it runs; steps are written down on the way, and a wish to stop is obeyed."""
    beaten = time.monotonic()
    while process.poll() is None:
        try:
            name, line = told.get(timeout=HEARTBEAT_SECONDS / 4)
        except Empty:
            name = line = ""
        if name == "stderr":
            _step(run, line)
        if time.monotonic() - beaten >= HEARTBEAT_SECONDS:
            _beat(run, process)
            beaten = time.monotonic()
        if name:
            yield name, line


def _left(run: Run, told: Queue[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """What it said just before it ended."""
    while not told.empty():
        name, line = told.get()
        if name == "stderr":
            _step(run, line)
        yield name, line


def _beat(run: Run, process: subprocess.Popen[str]) -> None:
    run.heartbeat = timezone.now()
    run.save(update_fields=["heartbeat"])
    run.refresh_from_db(fields=["cancel_asked"])
    if run.cancel_asked:
        _signal_group(process, signal.SIGTERM)


def _step(run: Run, line: str) -> None:
    words = line.strip()
    if words and not line.startswith(_NOT_STEPS):
        Step.objects.create(run=run, words=words[:_LONGEST_STEP], begun=timezone.now())


def _keep(run: Run, code: int, out: str) -> None:
    """Keep the result, or the problem, that the command printed."""
    try:
        told = json.loads(out) if out.strip() else {}
    except ValueError:
        told = {}
    if "error" in told:
        run.message, run.fix = str(told["error"]), str(told.get("fix", ""))
        run.result = {"refused": [told]} if code == Exit.REFUSED else None
    elif code and not told:
        run.message, run.fix = "The run ended without saying why.", CARRIES_ON
    else:
        run.result = told or None
    run.save(update_fields=["message", "fix", "result"])


def stop_stale() -> int:
    """Mark runs whose process is gone as stopped, so that they can be run again; returns how many."""
    now = timezone.now()
    silent = Q(heard__lt=stale_before(now)) | Q(heard__isnull=True)
    gone = Run.objects.annotate(heard=Coalesce(F("heartbeat"), F("started"))).filter(silent, state=Run.State.RUNNING)
    return gone.update(
        state=Run.State.STOPPED, finished=now, message="Its process ended before it was done.", fix=CARRIES_ON
    )
