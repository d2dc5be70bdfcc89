"""The whole application from one folder: what it needs is made ready, then pages are served and long work is done beside."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

SETTINGS = "earlyhelp.web.settings"
AGAIN_AFTER = 1.0
LASTS = 60.0
"""Seconds before the process for long work is started again, and after which it counts as having lasted."""


def set_up(root: Path) -> None:
    """Django ready for a workspace, its own tables as the code wants them; nothing where it is so in this process."""
    if os.environ.get("EARLYHELP_WORKSPACE") == str(root.resolve()) and os.environ.get("DJANGO_SETTINGS_MODULE"):
        return
    os.environ["EARLYHELP_WORKSPACE"] = str(root.resolve())
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    import django
    from django.core.management import call_command

    django.setup()
    _private_base()
    call_command("migrate", interactive=False, verbosity=0)


def _private_base() -> None:
    from django.conf import settings

    if not os.environ.get("DATABASE_URL"):
        (settings.WORKSPACE / "web.sqlite3").touch(mode=0o600)


def collect_assets(say: Callable[[str], None]) -> None:
    """Style sheets and scripts under names that change with their content, compressed; nothing when they are there."""
    from django.conf import settings
    from django.core.management import call_command

    from earlyhelp import __version__
    from earlyhelp.web.assets import fingerprint

    stamp = settings.PRIVATE / "static.version"
    wanted = f"{__version__} {fingerprint()}"
    if stamp.exists() and stamp.read_text() == wanted and settings.STATIC_ROOT.is_dir():
        return
    say("making style sheets and scripts ready")
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(wanted)


def serve(root: Path, host: str, port: int, workers: int, say: Callable[[str], None]) -> None:
    """Serve until stopped. The process that does long work is started beside, and ends with this one."""
    set_up(root)
    collect_assets(say)
    from earlyhelp.web.gunicorn_application import Served

    work = LongWork()
    work.start()
    try:
        Served({"bind": f"{host}:{port}", "workers": workers, "threads": 4}).run()
    finally:
        work.stop()


class LongWork(threading.Thread):
    """Keeps the process that does long work: started beside the pages, started again when it dies, ended with them."""

    def __init__(self) -> None:
        super().__init__(daemon=True, name="long work")
        self._over = threading.Event()
        self._owner = os.getpid()
        self._process: subprocess.Popen[bytes] | None = None

    def run(self) -> None:
        """Start it, wait for its end, and begin anew, a little later each time that it does not last."""
        pause = AGAIN_AFTER
        while not self._over.is_set():
            began = time.monotonic()
            self._process = subprocess.Popen([sys.executable, "-m", "earlyhelp.web.work"], env=os.environ.copy())
            self._process.wait()
            pause = AGAIN_AFTER if time.monotonic() - began > LASTS else min(2 * pause, LASTS)
            self._over.wait(pause)

    def stop(self) -> None:
        """End it: asked once, it waits for its run; asked twice it ends the run, which can be run again.

        Nothing where this is a copy of the process that started it: those that answer pages end on their own.
        """
        if os.getpid() != self._owner:
            return
        self._over.set()
        for patience in (1, 15):
            if self._process is None or self._process.poll() is not None:
                return
            self._process.terminate()
            self.join(patience)
        if self.is_alive() and self._process is not None:
            self._process.kill()


def first_user_address(root: Path) -> str:
    """Where the first user is made, for whoever started the application; nothing once there are users."""
    set_up(root)
    from earlyhelp.web.actions.first_user import address

    return address()


def add_user(root: Path, email: str, password: str, roles: list[str], **more: Any) -> None:
    """A user of the web application. Raises UsageProblem for an address that has one, or a password that is too weak."""
    set_up(root)
    from earlyhelp.web.actions.users import add

    add(email=email, password=password, roles=roles, **more)


def demo_user(root: Path, email: str, password: str, role: str) -> None:
    """A user of an invented council with that password: added, or given it anew."""
    set_up(root)
    from earlyhelp.web.actions.users import add
    from earlyhelp.web.models import User

    there = User.objects.filter(email=email).first() or add(email=email, password=password, roles=[role])
    there.set_password(password)
    there.save()
