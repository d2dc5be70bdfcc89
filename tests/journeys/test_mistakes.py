"""What a user does wrong ends with an exit code, one sentence and the next step; never with a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.journeys.conftest import earlyhelp


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["frobnicate"], 2, "No such command"),
        (["measure", "{ws}"], 2, "Missing argument"),
        (["measure", "{ws}", "A1", "--from", "31/03/2025"], 2, "not a day"),
        (["measure", "{ws}", "A1", "--from", "2025-02-01", "--to", "2025-01-01"], 2, "before the first"),
        (["measure", "{ws}", "A1"], 3, "Nothing has been published"),
        (["measure", "{ws}", "Z99"], 2, "There is no measure Z99"),
        (["measure", "{ws}", "A1", "--definition", "mine"], 2, "no definition mine"),
        (["run", "{ws}"], 5, "nothing to run on"),
        (["run", "{tmp}/nowhere"], 3, "no such folder"),
        (["run", "{tmp}"], 3, "not a workspace"),
        (["load", "{ws}", "{tmp}/nothing.csv"], 3, "no such file"),
        (["load", "{ws}", "{tmp}/empty.csv"], 3, "empty"),
        (["load", "{ws}", "{tmp}/empty.csv", "--source", "mosaik"], 2, "no source mosaik"),
        (["load", "{ws}", "{tmp}/folder"], 3, "holds no files"),
        (["export", "{ws}", "nonsense", "--out", "{tmp}/x.csv"], 2, "no table nonsense"),
        (["export", "{ws}", "contact", "--out", "{tmp}/x.docx"], 2, "to end in .csv"),
        (["export", "{ws}", "contact", "--out", "{tmp}/none/x.csv"], 2, "folder for the file"),
        (["init", "{ws}", "--council", "E09000032"], 3, "not empty"),
        (["init", "{tmp}/new", "--council", "Wandsworth"], 2, "not the code of an English council"),
        (["certificate", "{ws}", "C123"], 3, "no such certificate"),
        (["check", "{ws}"], 3, "Nothing has been published"),
    ],
)
def test_a_mistake_ends_with_its_code_and_a_sentence(
    workspace: Path, tmp_path: Path, arguments: list[str], code: int, says: str
) -> None:
    (tmp_path / "empty.csv").touch()
    (tmp_path / "folder").mkdir()
    typed = [each.format(ws=workspace, tmp=tmp_path) for each in arguments]
    ended = earlyhelp(*typed)
    as_json = earlyhelp(*typed, "--json")
    assert (ended.code, as_json.code) == (code, code)
    assert says in ended.err
    assert "Traceback" not in ended.err + ended.out
    assert set(as_json.json) == {"error", "where", "fix"}
    assert says in as_json.json["error"]


def test_settings_that_cannot_be_read_are_named(workspace: Path) -> None:
    (workspace / "council.toml").write_text('name = "x"\n[release]\npolicy = "secret"\n')
    ended = earlyhelp("run", workspace)
    assert ended.code == 3
    assert "policy" in ended.err
    assert "council.toml" in ended.err


def test_a_key_that_others_can_read_stops_the_work(workspace: Path) -> None:
    (workspace / "inbox" / "contact.csv").write_text("contact_id,person_key,contact_date\n1,a,2025-01-01\n")
    (workspace / "keys" / "pseudonyms.key").chmod(0o644)
    ended = earlyhelp("run", workspace)
    assert ended.code == 1
    assert "can be read by others" in ended.err
    assert earlyhelp("doctor", workspace).code == 1


def test_one_bad_file_does_not_keep_the_others_out(workspace: Path) -> None:
    (workspace / "inbox" / "contact.csv").write_text("contact_id,person_key,contact_date\n1,a,2025-01-01\n")
    (workspace / "inbox" / "broken.xlsx").write_bytes(b"PK\x03\x04 cut short")
    ended = earlyhelp("run", workspace, "--json")
    assert ended.code == 3
    assert [feed["path"] for feed in ended.json["feeds"]] == ["contact.csv"]
    assert [each["where"].split(",")[0] for each in ended.json["refused"]] == ["broken.xlsx"]
    assert (workspace / "inbox" / "broken.xlsx").exists()
    assert earlyhelp("measure", workspace, "A1").code == 0


def test_a_second_writer_is_told_to_wait(workspace: Path) -> None:
    from earlyhelp.store.workspace import Workspace

    with Workspace(workspace).writing():
        done = subprocess.run(
            [sys.executable, "-m", "earlyhelp", "run", str(workspace), "--json"],
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert "Another run" in json.loads(done.stdout)["error"]


def test_a_full_disk_or_a_forbidden_folder_is_said_in_words(workspace: Path) -> None:
    if os.geteuid() == 0:
        target = Path("/proc/earlyhelp.csv")
    else:
        target = workspace / "store" / "x.csv"
        target.parent.chmod(0o500)
    (workspace / "inbox" / "contact.csv").write_text("contact_id,person_key,contact_date\n1,a,2025-01-01\n")
    assert earlyhelp("run", workspace).code in (0, 1)
    ended = earlyhelp("export", workspace, "contact", "--out", target)
    assert ended.code in (1, 2, 3)
    assert "Traceback" not in ended.err


def test_a_damaged_snapshot_is_noticed_and_made_again(workspace: Path) -> None:
    (workspace / "inbox" / "contact.csv").write_text("contact_id,person_key,contact_date\n1,a,2025-01-01\n")
    assert earlyhelp("run", workspace).code == 0
    snapshot = (workspace / "store" / "current").read_text().strip()
    file = workspace / "store" / "snapshots" / snapshot / "analysis" / "contact.parquet"
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    told = earlyhelp("doctor", workspace, "--json")
    assert told.code == 1
    assert any("contact.parquet" in check["found"] for check in told.json["checks"])
    assert earlyhelp("run", workspace).code == 0
    assert earlyhelp("doctor", workspace).code == 0


def test_a_changed_audit_log_is_noticed(workspace: Path) -> None:
    (workspace / "inbox" / "contact.csv").write_text("contact_id,person_key,contact_date\n1,a,2025-01-01\n")
    earlyhelp("run", workspace)
    for reason in ("first", "second", "third"):
        earlyhelp("export", workspace, "contact", "--out", workspace / "x.csv", "--reason", reason)
    log = workspace / "log" / "audit.jsonl"
    assert earlyhelp("doctor", workspace).code == 0
    lines = log.read_text().splitlines()
    log.write_text("\n".join([lines[0], lines[2]]) + "\n")
    assert earlyhelp("doctor", workspace).code == 1
