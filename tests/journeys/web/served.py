"""The application as `earlyhelp serve` starts it, for as long as a test needs it; with which browser somebody signs in."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import web_council

CHROMIUM = shutil.which("chromium")
SWITCHES = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
)  # fmt: skip
STARTS_WITHIN = 60.0
PATIENCE = 60_000
"""Milliseconds that a browser waits for what is to come: a machine may be busy with other tests."""
QUIET = {
    name: value for name, value in os.environ.items() if not name.startswith(("EARLYHELP_", "DATABASE_", "DJANGO_"))
}
"""The machine's variables without those that would set the application."""


@dataclass(frozen=True)
class Live:
    """A server that runs: its address without a last slash, its workspace, and what it has written so far."""

    url: str
    folder: Path
    log: Path

    @property
    def host(self) -> str:
        """The name and port that every request must go to."""
        return urlsplit(self.url).netloc

    def said(self) -> str:
        """What the server has written to its two streams."""
        return self.log.read_text()


@contextmanager
def serving(folder: Path, **settings: str) -> Iterator[Live]:
    """The application over a workspace for as long as a block lasts, started as a council starts it."""
    port, log = free_port(), folder.parent / f"{folder.name}.log"
    command = [sys.executable, "-m", "earlyhelp", "serve", str(folder), "--port", str(port), "--workers", "1"]
    with log.open("wb") as stream:
        process = subprocess.Popen(
            command,
            stdout=stream,
            stderr=stream,
            env={**QUIET, "EARLYHELP_WARM": "no", "PYTHONUNBUFFERED": "1", **settings},
        )
    try:
        _until_it_answers(process, port, log)
        yield Live(f"http://127.0.0.1:{port}", folder, log)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)
    if "SIGKILL" in log.read_text():
        raise RuntimeError(f"the application did not end by itself: {log.read_text()}")


def _until_it_answers(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    began = time.monotonic()
    while time.monotonic() - began < STARTS_WITHIN and process.poll() is None:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/accessibility/", timeout=20).close()
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"the application did not start: {log.read_text()}")


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def sign_in(page: Any, url: str, email: str, password: str = web_council.PASSWORD) -> None:
    """Sign in through the form."""
    page.goto(f"{url}/accounts/login/")
    page.get_by_label("E-mail").or_(page.get_by_label("Email")).fill(email)
    page.get_by_label("Password").fill(password)
    follow(page, page.get_by_role("main").get_by_role("button", name="Sign in", exact=True))


def follow(page: Any, link: Any) -> Any:
    """The answer with which a page came that a click on a link or a button led to, once that page is there.

    A click alone comes back before the new page has come: what is read next would be of the old one, or of none. A change
    of the address by a script is no new page.
    """
    with page.expect_event("load"), page.expect_event("response", _is_a_page) as told:
        link.click()
    return told.value


def _is_a_page(answer: Any) -> bool:
    return bool(answer.request.is_navigation_request()) and not 300 <= answer.status < 400
