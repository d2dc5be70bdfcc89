"""The web's own tables in PostgreSQL: a real server, started for the test, and the application over it."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from asking import Asker
from served import QUIET, Live, serving

import web_council

ROOT = os.geteuid() == 0
FINISHES_WITHIN = 60.0


def _command(name: str) -> str:
    """Where a command of PostgreSQL is: Debian keeps those of the server off the path."""
    there = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    found = str(there[-1]) if there else shutil.which(name)
    if found is None:
        pytest.skip("needs PostgreSQL: tools/system_packages.sh postgresql")
    return found


def _as_its_user(*command: str) -> list[str]:
    """A server of PostgreSQL does not run as root."""
    return ["runuser", "-u", "postgres", "--", *command] if ROOT else list(command)


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    """The address of an empty database of a server that listens at a socket in a folder of its own."""
    initdb, postgres = _command("initdb"), _command("postgres")
    folder = Path(
        tempfile.mkdtemp(prefix="pg", dir="/tmp")
    )  # a socket's path may not be long, and its user must get there
    if ROOT:
        user = pwd.getpwnam("postgres")
        os.chown(folder, user.pw_uid, user.pw_gid)
    try:
        subprocess.run(
            _as_its_user(initdb, "-D", f"{folder}/data", "-A", "trust", "-U", "web", "-E", "UTF8", "--no-sync"),
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=folder,
        )
        settings = ["-c", "listen_addresses=", "-c", "fsync=off", "-k", str(folder)]
        with (folder.parent / f"{folder.name}.log").open("wb") as log:
            server = subprocess.Popen(
                _as_its_user(postgres, "-D", f"{folder}/data", *settings), cwd=folder, stdout=log, stderr=log
            )
        try:
            _until(lambda: (folder / ".s.PGSQL.5432").exists(), "PostgreSQL did not start")
            yield f"postgres://web@{str(folder).replace('/', '%2F')}/postgres"
        finally:
            server.terminate()
            server.wait(20)
    finally:
        shutil.rmtree(folder)
        (folder.parent / f"{folder.name}.log").unlink(missing_ok=True)


def _until(is_so: Callable[[], bool], otherwise: str) -> None:
    began = time.monotonic()
    while not is_so():
        assert time.monotonic() - began < FINISHES_WITHIN, otherwise
        time.sleep(0.1)


@pytest.fixture(scope="module")
def council(bare_council: Callable[[str], Path], database: str) -> Iterator[Live]:
    """The example council with one user, an analyst, in PostgreSQL; its file of SQLite is taken away."""
    folder = bare_council("postgres")
    (folder / "web.sqlite3").unlink()
    told = {"DATABASE_URL": database, "EARLYHELP_PASSWORD": web_council.PASSWORD}
    command = [sys.executable, "-m", "earlyhelp", "user", "add", str(folder), web_council.address_of("analyst")]
    subprocess.run([*command, "--role", "analyst"], check=True, capture_output=True, env=QUIET | told)
    with serving(folder, DATABASE_URL=database) as served:
        yield served


def test_users_sign_in_pages_open_and_a_run_is_done_with_the_web_s_tables_in_postgresql(council: Live) -> None:
    analyst = Asker(council.url)
    assert analyst.sign_in("analyst").status == 302
    for address in ("/", "/measures/A1/", "/data/", "/runs/", "/calendar/"):
        assert analyst.get(address).status == 200, address

    assert analyst.send("/runs/", {"do": "start"}).status == 302
    _until(lambda: "Run 1: done" in analyst.get("/runs/1/").text, "the run was not done")
    assert analyst.send("/calendar/", {"do": "add", "day": "2026-01-05", "name": "A new form"}).status == 302
    assert "A new form" in analyst.get("/calendar/").text
    assert not (council.folder / "web.sqlite3").exists()


def test_nobody_else_s_address_signs_in(council: Live) -> None:
    assert Asker(council.url).sign_in("head").status == 200
