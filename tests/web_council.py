"""The example council with the web application over it: made once for all processes of a test run, copied for each use.

`made` is what tests copy: the records have been run, the web's own tables and its style sheets are there, nobody is a user.
`furnished` is a copy in which people have begun to work: a user for each role, a run that was done and one that failed, a file
that waits to be read, a note, an event, a page kept as reported, a paper that was made, and a pack that waits for a
second person.

usage: python web_council.py make FOLDER; python web_council.py furnish FOLDER
"""

from __future__ import annotations

import fcntl
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

EXAMPLE = Path(__file__).parents[1] / "examples" / "thornbridge" / "inbox"
AS_AT = date(2026, 4, 20)
PASSWORD = "correct horse battery staple"  # not a secret: a famous one
TEAM, ORGANISATION = "North", "Copperhill Primary School"
OWN_LAYOUT = "Child Ref,Surname,Opened On,Closed On,Why\n7001,Example,01/04/2025,30/06/2025,Boundaries\n"
"""An extract in a council's own layout."""


def address_of(role: str) -> str:
    """The e-mail address of the user who has that role."""
    return f"{role}@thornbridge.gov.uk"


def made(basetemp: Path) -> Path:
    """The council, made by whichever process of this test run asks first. `basetemp`: pytest's own folder of the process."""
    return _once(basetemp, "made", lambda folder: _in_process("make", folder))


def furnished(basetemp: Path) -> Path:
    """One in which people have begun to work, made once as well; `pages.json` in it tells of every page there is."""
    bare = made(basetemp)

    def furnish_copy(folder: Path) -> None:
        shutil.copytree(bare, folder)
        _in_process("furnish", folder)

    return _once(basetemp, "furnished", furnish_copy)


def _once(basetemp: Path, name: str, make_it: Callable[[Path], None]) -> Path:
    shared = basetemp.parent if basetemp.name.startswith("popen-") else basetemp
    folder, begun = shared / f"web_council_{name}", shared / f"web_council_{name}_begun"
    with (shared / f"web_council_{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            shutil.rmtree(begun, ignore_errors=True)
            make_it(begun)
            begun.rename(folder)
    return folder


def pages_of(folder: Path) -> list[dict[str, Any]]:
    """Every page of a furnished council: name, route, who may open it, whether forms are sent to it."""
    told: list[dict[str, Any]] = json.loads((folder / "pages.json").read_text())
    return told


def session_of(folder: Path, role: str) -> str:
    """The key of a session in which the user with that role is signed in to a furnished council."""
    return str(json.loads((folder / "sessions.json").read_text())[role])


def _in_process(what: str, folder: Path) -> None:
    """Django is set up for one workspace in a process, so that of a test stays free."""
    subprocess.run([sys.executable, __file__, what, str(folder)], check=True, stdout=subprocess.DEVNULL)


def make(folder: Path) -> None:
    """The example council, run as at a fixed day, with the web's own tables and style sheets."""
    from earlyhelp.pipeline import run
    from earlyhelp.store.workspace import create_workspace
    from earlyhelp.web.serving import collect_assets, set_up

    workspace = create_workspace(folder, "E06000999", "Thornbridge (invented)")
    for file in EXAMPLE.iterdir():
        shutil.copy(file, workspace.inbox)
    run(workspace, AS_AT)
    set_up(folder)
    collect_assets(lambda words: None)


def furnish(folder: Path) -> None:
    """Users, and what they would have done in their first week, each through the pages themselves."""
    from earlyhelp.web.serving import set_up

    set_up(folder)
    from django.conf import settings

    from earlyhelp.web.access import Role
    from earlyhelp.web.actions import users

    settings.ALLOWED_HOSTS = ["testserver"]
    for role in Role:
        users.add(email=address_of(role), password=PASSWORD, roles=[role], team=TEAM, organisation=ORGANISATION)
    users.add(email=address_of("nobody"), password=PASSWORD, roles=["viewer"])
    (folder / "inbox" / "own layout.csv").write_text(OWN_LAYOUT)
    _runs()
    _forms()
    _paper()
    (folder / "pages.json").write_text(json.dumps(_every_page()))
    (folder / "sessions.json").write_text(json.dumps({str(role): _long_session(role) for role in Role}))


def _long_session(role: str) -> str:
    """The key of a session that is not over when a slow machine leaves it alone for a quarter of an hour."""
    session = _client(role).session
    session["last"] = time.time() + 3600
    session.save()
    return str(session.session_key)


def _runs() -> None:
    """A run that was done, and one that failed."""
    from django.utils import timezone

    from earlyhelp.web.models import Run, User

    now, analyst = timezone.now(), User.objects.get(email=address_of("analyst"))
    for state, message, fix in (("done", "", ""), ("failed", "A file could not be read.", "Export it again.")):
        run = Run.objects.create(
            kind="run",
            asked_by=analyst,
            state=state,
            message=message,
            fix=fix,
            started=now,
            heartbeat=now,
            finished=now,
        )
        run.steps.create(words="reading annex_a.xlsx", begun=now)


def _forms() -> None:
    """What the head of service and an analyst sent: a note, an event, a page to keep, a pack to release."""
    day = AS_AT.isoformat()
    head, analyst = _client("head"), _client("analyst")
    _sent(head, "/measures/A1/notes/", day=day, text="The front door moved to one place.", do="write")
    _sent(head, "/calendar/", day="2024-09-02", name="A new request form", do="add")
    _sent(head, "/freeze/", address="/", reported_to="the partnership board", day=day)
    _sent(analyst, "/propose/pack/", recipients="our neighbours")


def _paper() -> None:
    """A paper that takes long, asked for by a viewer and made."""
    from earlyhelp.web import jobs
    from earlyhelp.web.models import Run

    _client("viewer").get("/papers/monthly-pack/")
    jobs.do.call(Run.objects.get(kind=jobs.PAPER).pk)


def _client(role: str) -> Any:
    from django.test import Client

    from earlyhelp.web.models import User

    client = Client()
    user = User.objects.get(email=address_of(role))
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def _sent(client: Any, page: str, **told: str) -> None:
    answer = client.post(page, told)
    assert answer.status_code == 302, f"{page}: {answer.status_code}"


def _every_page() -> list[dict[str, Any]]:
    from earlyhelp.web.access import POWERS, Role
    from earlyhelp.web.pages import all_pages

    return [
        {
            "name": each.name,
            "route": each.route,
            "posts": each.posts,
            "public": each.rule.public,
            "roles": [str(role) for role in Role if each.rule.allows(POWERS[role], signed_in=True)],
        }
        for each in all_pages().values()
    ]


DOES: dict[str, Callable[[Path], None]] = {"make": make, "furnish": furnish}

if __name__ == "__main__":
    DOES[sys.argv[1]](Path(sys.argv[2]))
