"""The web application over the example council: set up once for a process, each test undone after it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import web_council
from web_council import PASSWORD


@pytest.fixture(scope="session")
def council(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example council's workspace, run, with the web application set up over it. No test changes its files."""
    from earlyhelp.web.serving import set_up

    folder = tmp_path_factory.mktemp("web") / "thornbridge"
    shutil.copytree(web_council.made(tmp_path_factory.getbasetemp()), folder)
    set_up(folder)
    from django.conf import settings

    settings.EARLYHELP_WARM = False
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # a slow one takes half of all time
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    return folder


@pytest.fixture(autouse=True)
def undone(request: pytest.FixtureRequest) -> Iterator[None]:
    """What a test writes into the web's own tables is undone after it."""
    if "council" not in request.fixturenames:
        yield
        return
    request.getfixturevalue("council")
    from django.db import transaction

    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def user_as(council: Path) -> Callable[..., Any]:
    """Makes a user with roles: `user_as("head", "finance", team="North")`."""
    from earlyhelp.web.models import User

    def make(*roles: str, **more: Any) -> Any:
        email = more.pop("email", f"{'-'.join(roles) or 'nobody'}@thornbridge.gov.uk")
        found = User.objects.filter(email=email).first()
        return found or User.objects.create_user(email, PASSWORD, list(roles), **more)

    return make


@pytest.fixture
def client_as(user_as: Callable[..., Any]) -> Callable[..., Any]:
    """A client signed in with roles: `client_as("head")`; with none at all, one that is not signed in."""
    from django.test import Client

    def make(*roles: str, **more: Any) -> Client:
        client = Client(raise_request_exception=True)
        if roles:
            client.force_login(user_as(*roles, **more), backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return make


@pytest.fixture
def served(council: Path) -> Callable[[Path], Any]:
    """A way to serve another workspace for as long as a block lasts."""
    from django.test import override_settings

    @contextmanager
    def serve(folder: Path) -> Iterator[None]:
        with override_settings(WORKSPACE=folder):
            yield

    return serve


@pytest.fixture
def audit(council: Path) -> Callable[[], list[dict[str, Any]]]:
    """What stands in the audit log now, the oldest first."""
    import json

    def read() -> list[dict[str, Any]]:
        file = council / "log" / "audit.jsonl"
        return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []

    return read
