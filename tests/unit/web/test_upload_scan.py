"""A virus scanner that the council names looks at each upload: nothing gets past it, or in where it cannot be run."""

from __future__ import annotations

import ast
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from page_words import words_of

CLEAN, INFECTED = b"child,opened\n7001,2025-04-01\n", b"child,opened\n7001,HARMFUL\n"
LOOKS_FOR_IT = 'grep -q HARMFUL "$1" && exit 1\nexit 0'
OFF = "Uploads are not looked at by a virus scanner."
REFUSED = "did not let the file through"
NOT_RUN = "could not be run, so the file was not taken in"


@pytest.fixture
def scanner(council: Path, tmp_path: Path) -> Iterator[Callable[..., Path]]:
    """Sets a small script as the scanner for as long as the test lasts: `scanner('exit 0')`."""
    from django.test import override_settings

    file = tmp_path / "scan.sh"

    def write(text: str, *more: str) -> Path:
        file.write_text(f"#!/bin/sh\n{text}\n")
        file.chmod(0o700)
        changed.options["UPLOAD_SCAN"] = " ".join([str(file), *more])
        changed.enable()
        return file

    changed = override_settings()
    yield write
    if changed.options:
        changed.disable()


@pytest.fixture
def inbox(council: Path, served: Callable[[Path], Any], tmp_path: Path) -> Iterator[Path]:
    """The empty inbox of a copy of the council, which is served."""
    left_out = shutil.ignore_patterns("web.sqlite3*", "static", "inbox")
    folder = Path(shutil.copytree(council, tmp_path / "copied", ignore=left_out))
    with served(folder):
        yield folder / "inbox"


def upload(name: str, content: bytes) -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile(name, content)


def sent(client: Any, *files: tuple[str, bytes]) -> Any:
    return client.post("/data/", {"do": "bring in", "files": [upload(*each) for each in files]})


def there(inbox: Path) -> list[str]:
    return sorted(each.name for each in inbox.rglob("*")) if inbox.exists() else []


def events(inbox: Path) -> list[str]:
    """What the audit log of the served council tells of, the oldest first."""
    import json

    file = inbox.parent / "log" / "audit.jsonl"
    return [json.loads(line)["event"] for line in file.read_text().splitlines()] if file.exists() else []


def test_without_a_command_nothing_is_looked_for_and_the_administrator_reads_that(
    inbox: Path, client_as: Callable[..., Any]
) -> None:
    from django.conf import settings

    assert settings.UPLOAD_SCAN == ""
    assert sent(client_as("analyst"), ("cases.csv", INFECTED)).status_code == 302
    assert there(inbox) == ["cases.csv"]
    assert OFF in words_of(client_as("administrator").get("/users/"))
    assert "virus" not in words_of(client_as("analyst").get("/data/"))


def test_a_file_that_the_scanner_lets_through_gets_in(
    inbox: Path, scanner: Callable[..., Path], client_as: Callable[..., Any]
) -> None:
    scanner(LOOKS_FOR_IT)
    analyst = client_as("analyst")
    assert sent(analyst, ("cases.csv", CLEAN)).status_code == 302
    assert (inbox / "cases.csv").read_bytes() == CLEAN
    assert "Each file is looked at by a virus scanner" in words_of(analyst.get("/data/"))
    told = words_of(client_as("administrator").get("/users/"))
    assert "Each upload is looked at by a virus scanner before it is taken in: scan.sh." in told


def test_a_file_that_it_does_not_let_through_stays_out_with_all_that_came_with_it(
    inbox: Path, scanner: Callable[..., Path], client_as: Callable[..., Any]
) -> None:
    scanner(LOOKS_FOR_IT)
    answer = sent(client_as("analyst"), ("cases.csv", CLEAN), ("plans.csv", INFECTED))
    assert answer.status_code == 422
    assert f"plans.csv: The virus scanner of this server {REFUSED}" in words_of(answer)
    assert "cases.csv: " not in words_of(answer)
    assert there(inbox) == []
    assert events(inbox)[-1] == "upload refused"
    assert "extracts brought in" not in events(inbox)


@pytest.mark.parametrize("text", ["exit 2", "exit 1", "exit 50"])
def test_whatever_the_scanner_ends_with_but_nothing_wrong_refuses(
    text: str, inbox: Path, scanner: Callable[..., Path], client_as: Callable[..., Any]
) -> None:
    scanner(text)
    assert REFUSED in words_of(sent(client_as("analyst"), ("cases.csv", CLEAN)))
    assert there(inbox) == []


@pytest.mark.parametrize("text", ["kill -9 $$", "exit 127", "sleep 20", "no-such-scanner-at-all"])
def test_a_scanner_that_does_not_come_to_an_end_of_its_own_refuses(
    text: str,
    inbox: Path,
    scanner: Callable[..., Path],
    client_as: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from earlyhelp.web import scanning

    monkeypatch.setattr(scanning, "MOST_SECONDS", 1)
    scanner(text)
    answer = sent(client_as("analyst"), ("cases.csv", CLEAN))
    assert answer.status_code == 422
    assert NOT_RUN in words_of(answer)
    assert there(inbox) == []


@pytest.mark.parametrize(
    "command", ["/no/such/scanner", "scanner-that-is-nowhere --quick", "'quotes that stay open", "/"]
)
def test_a_scanner_that_cannot_be_run_refuses_and_the_administrator_reads_that(
    command: str, inbox: Path, client_as: Callable[..., Any]
) -> None:
    from django.test import override_settings

    with override_settings(UPLOAD_SCAN=command):
        assert NOT_RUN in words_of(sent(client_as("analyst"), ("cases.csv", CLEAN)))
        assert "every upload is refused until it can be run" in words_of(client_as("administrator").get("/users/"))
    assert there(inbox) == []


def test_it_is_run_once_a_file_with_its_own_arguments_and_without_our_environment(
    inbox: Path,
    scanner: Callable[..., Path],
    client_as: Callable[..., Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("EARLYHELP_SECRET_KEY", "do-not-tell")
    told = tmp_path / "told.txt"
    scanner(f'echo "$1 $# $(env | grep -c do-not-tell) $(cat "$2" | wc -c) $(basename "$2")" >> {told}', "--quick")
    assert sent(client_as("analyst"), ("Mia O'Neill.csv", CLEAN), ("plans.csv", CLEAN + b"1")).status_code == 302
    lines = told.read_text().splitlines()
    assert [line.split()[:4] for line in lines] == [
        ["--quick", "2", "0", str(len(CLEAN))],
        ["--quick", "2", "0", str(len(CLEAN) + 1)],
    ]
    assert "Neill" not in told.read_text()


def test_a_large_file_is_looked_at_where_it_lies(
    inbox: Path, scanner: Callable[..., Path], client_as: Callable[..., Any]
) -> None:
    scanner('[ "$(wc -c < "$1")" = 9000007 ] || exit 1; tail -c 7 "$1" | grep -q HARMFUL && exit 3; exit 0')
    lines = b"a,b\n" * 2_250_000
    assert sent(client_as("analyst"), ("cases.csv", lines + b"1,2,3\n\n")).status_code == 302
    assert REFUSED in words_of(sent(client_as("analyst"), ("plans.csv", lines + b"HARMFUL")))
    assert there(inbox) == ["cases.csv"]


@pytest.mark.parametrize("address", ["/packs/receive/", "/packs/keys/"])
def test_packs_and_keys_are_looked_at_too(
    address: str, inbox: Path, scanner: Callable[..., Path], client_as: Callable[..., Any]
) -> None:
    scanner("exit 1")
    answer = client_as("head").post(address, {"file": upload("sent.json", b"{}"), "told": "0000"})
    assert answer.status_code == 422
    assert REFUSED in words_of(answer)
    assert events(inbox)[-1] == "upload refused"


def test_who_may_not_bring_in_files_does_not_make_the_scanner_run(
    inbox: Path, scanner: Callable[..., Path], client_as: Callable[..., Any], tmp_path: Path
) -> None:
    scanner(f"touch {tmp_path}/ran")
    assert sent(client_as("viewer"), ("cases.csv", CLEAN)).status_code == 404
    client_as("viewer").post("/packs/keys/", {"file": upload("key.json", b"{}"), "told": "0000"})
    assert not (tmp_path / "ran").exists()


def test_no_form_takes_files_past_the_scanner() -> None:
    import earlyhelp.web

    takes = set()
    for module in Path(earlyhelp.web.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(module.read_text())):
            if isinstance(node, ast.Attribute) and node.attr in ("FileField", "ImageField"):
                takes.add(module.name)
    assert takes == {"uploads.py", "data.py"}, (
        "a field for files is an uploads.ScannedFile; data.py asks uploads.refuse"
    )
