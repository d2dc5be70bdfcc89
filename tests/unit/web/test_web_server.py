"""The processes that answer end when they are told to."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

INTERRUPTED_WHILE_GIVING_A_REQUEST = """
import os, signal
from gunicorn.config import Config
from gunicorn.workers.gthread import ThreadWorker
from earlyhelp.web.gunicorn_application import Answering

kind = {kind}
worker = kind(1, os.getppid(), [], None, 30, Config(), None)
worker.tpool = worker.get_thread_pool()
signal.signal(signal.SIGQUIT, worker.handle_quit)
with worker.tpool._shutdown_lock:
    os.kill(os.getpid(), signal.SIGQUIT)
    worker.tpool.submit(print)
"""


def _ends(kind: str, within: float) -> int:
    code = INTERRUPTED_WHILE_GIVING_A_REQUEST.format(kind=kind)
    return subprocess.run([sys.executable, "-c", code], timeout=within, env=dict(os.environ)).returncode


def test_a_process_that_answers_ends_even_while_it_gives_a_request_to_a_thread() -> None:
    assert _ends("Answering", within=60) == 0


def test_the_web_server_s_own_way_would_wait_for_ever() -> None:
    """While this holds, a way of our own is needed."""
    with pytest.raises(subprocess.TimeoutExpired):
        _ends("ThreadWorker", within=5)
