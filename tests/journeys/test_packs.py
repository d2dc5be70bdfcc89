"""Councils swap packs: written, checked, trusted, compared; the malicious one is named, and nothing leaves on one word."""

from __future__ import annotations

import csv
import hashlib
import json
import shlex
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from time import process_time

import click
import pytest
from tests.journeys.conftest import earlyhelp

from earlyhelp import sharing
from earlyhelp.__main__ import commands
from earlyhelp.compare import Draft, signed
from earlyhelp.compare.pack import canonical
from earlyhelp.compare.sign import public_of
from earlyhelp.release.register_audit import Earlier, RegisterAudit
from earlyhelp.store.workspace import Workspace

OTHERS = [f"E0900{n:04}" for n in range(1, 11)]


@pytest.fixture
def council(thornbridge: Path, tmp_path: Path) -> Path:
    """The example council, to be changed."""
    return Path(shutil.copytree(thornbridge, tmp_path / "thornbridge"))


@pytest.fixture(scope="module")
def written(thornbridge: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A copy of the example council that has written a pack, and the pack."""
    folder = tmp_path_factory.mktemp("packs")
    council = Path(shutil.copytree(thornbridge, folder / "thornbridge"))
    ended = earlyhelp("pack", "write", council, "--out", folder / "own.json", "--json")
    assert ended.code == 0, ended.out
    return council, folder / "own.json"


def private_key(code: str) -> bytes:
    return code.encode().ljust(32, b"x")


def send_as(code: str, own: Path, folder: Path, *, serial: int = 1, key: bytes | None = None) -> Path:
    """The example's pack as another council would send it, beside its key file."""
    body = json.loads(own.read_text("utf-8"))["pack"]
    body = {**body, "council": {"code": code, "name": f"Council {code[-2:]}"}, "serial": serial}
    file = folder / f"{code}-{serial}.json"
    file.write_bytes(signed(body, key or private_key(code)))
    (folder / f"{code}.key.json").write_bytes(public_of(private_key(code), code).file_bytes())
    return file


def test_a_pack_is_written_verified_and_read(written: tuple[Path, Path], tmp_path: Path):
    council, own = written
    key = tmp_path / "key.json"
    told = earlyhelp("pack", "keys", council, "--out", key, "--json").json
    assert told["council"] == "E06000999"
    assert earlyhelp("pack", "verify", own, "--key", key).code == 0
    assert earlyhelp("pack", "verify", own, "--in", council, "--json").json["verified"]
    read = earlyhelp("pack", "read", own, "--json").json
    assert read["council"] == "E06000999"
    assert {"ok", "suppressed"} <= {row["status"] for row in read["rows"]}
    counts = [row[side] for row in read["rows"] for side in ("numerator", "denominator")]
    assert all(count is None or count == 0 or count >= 10 for count in counts)
    words = earlyhelp("pack", "read", own).out
    assert "Counts are rounded to 5" in words
    assert "Named without a count" in words
    systems = next(each for each in read["groups"] if (each["measure"], each["by"]) == ("A1", "source_system"))
    assert "liquidlogic" in systems["codes"]
    assert told["fingerprint"] in earlyhelp("pack", "keys", council).out


def test_no_record_and_no_pseudonym_is_in_a_pack(written: tuple[Path, Path], tmp_path: Path):
    council, own = written
    people = tmp_path / "people.csv"
    ended = earlyhelp("export", council, "person", "--out", people, "--identity", "--reason", "test", "--json")
    assert ended.code == 0, ended.err
    identifiers = ("source_person_id", "forename", "surname", "address_line", "postcode", "uprn", "lsoa")
    with people.open(encoding="utf-8") as rows:
        known = {person[name] for person in csv.DictReader(rows) for name in identifiers if person[name]}
    assert len(known) > 100
    assert words_in(json.loads(own.read_text("utf-8"))) & known == set()


def words_in(told: object) -> set[str]:
    """Every word of a JSON document: names of fields and text."""
    if isinstance(told, dict):
        return set(told).union(*map(words_in, told.values())) if told else set()
    if isinstance(told, list):
        return set().union(*map(words_in, told)) if told else set()
    return {told} if isinstance(told, str) else set()


def test_a_pack_is_on_record_with_what_the_audit_said(written: tuple[Path, Path]):
    council, own = written
    [release] = earlyhelp("release", "list", council, "--json").json["releases"]
    assert release["state"] == "released"
    assert release["policy"] == "pack"
    assert release["audit_passed"]
    assert "counts were attacked" in release["audit"][0]
    assert release["sha256"] == hashlib.sha256(own.read_bytes()).hexdigest()
    assert release["sha256"] in earlyhelp("release", "list", council).out
    assert '"event": "release"' in (council / "log" / "audit.jsonl").read_text("utf-8")


def test_the_next_pack_has_the_next_number_and_is_audited_with_the_first(council: Path, tmp_path: Path):
    told = [earlyhelp("pack", "write", council, "--out", tmp_path / f"{n}.json", "--json").json for n in (1, 2)]
    assert [each["serial"] for each in told] == [1, 2]
    assert told[1]["audit"][1].startswith("Earlier packs: 1.")


def test_names_that_would_tell_too_much_beside_another_release_are_left_out_and_the_pack_leaves(
    council: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    attacked = sharing._attacked_beside

    def beside(workspace: Workspace, made: Draft) -> RegisterAudit:
        return replace(attacked(workspace, made), small=int(bool(made.pack.groups)))

    monkeypatch.setattr(sharing, "_attacked_beside", beside)
    monkeypatch.setattr(sharing, "left_before", lambda workspace: [Earlier("R1", ())])
    assert earlyhelp("pack", "write", council, "--out", tmp_path / "own.json").code == 0
    assert earlyhelp("pack", "read", tmp_path / "own.json", "--json").json["groups"] == []


def test_unknown_tampered_and_missing_files_are_refused_with_exit_3(written: tuple[Path, Path], tmp_path: Path):
    _, own = written
    bad = tmp_path / "bad.json"
    bad.write_bytes(own.read_bytes().replace(b'"serial":1', b'"serial":2'))
    refused = [earlyhelp("pack", "verify", file, "--json") for file in (own, bad, tmp_path / "none.json", tmp_path)]
    assert [each.code for each in refused] == [3, 3, 3, 3]
    assert "not known here" in refused[0].json["error"]
    assert "changed after it was signed" in refused[1].json["error"]
    assert earlyhelp("pack", "read", bad).code == 3
    assert len(earlyhelp("pack", "read", bad).err.strip().splitlines()) == 2


def test_eleven_packs_are_compared_within_five_seconds_and_the_malicious_one_is_named(
    written: tuple[Path, Path], tmp_path: Path
):
    council = Path(shutil.copytree(written[0], tmp_path / "council"))
    files = [send_as(code, written[1], tmp_path) for code in OTHERS]
    for code in OTHERS:
        assert earlyhelp("pack", "trust", council, tmp_path / f"{code}.key.json").code == 0
    malicious = tmp_path / "E09000666.json"
    malicious.write_bytes(send_as(OTHERS[0], written[1], tmp_path, serial=9, key=b"y" * 32).read_bytes())
    started = process_time()
    told = earlyhelp("pack", "compare", council, *files, malicious, "--json")
    assert process_time() - started < 5
    assert told.code == 0
    [left_out] = told.json["left_out"]
    assert left_out["file"] == "E09000666.json"
    assert "another key" in left_out["why"]
    assert len(told.json["councils"]) == 11
    request = next(each for each in told.json["measures"] if each["measure"] == "A2")
    assert len(request["lines"]) == 11
    assert request["pooled"]["councils"] == 11
    assert all(len(each["lines"]) == 11 for each in told.json["groups"])
    words = earlyhelp("pack", "compare", council, *files, malicious)
    assert "left out  E09000666.json" in words.out
    assert "Pooled over 11 councils" in words.out


def test_peers_of_choice_alone_are_compared(written: tuple[Path, Path], tmp_path: Path):
    council = Path(shutil.copytree(written[0], tmp_path / "council"))
    files = [send_as(code, written[1], tmp_path) for code in OTHERS[:3]]
    for code in OTHERS[:3]:
        earlyhelp("pack", "trust", council, tmp_path / f"{code}.key.json")
    told = earlyhelp("pack", "compare", council, *files, "--with", f"{OTHERS[1]}", "--json").json
    assert set(told["councils"]) == {"E06000999", OTHERS[1]}
    assert [each["file"] for each in told["left_out"]] == [OTHERS[0], OTHERS[2]]
    assert earlyhelp("pack", "compare", council, *files, "--with", "E09000099").code == 3


def test_statistical_neighbours_are_taken_from_the_public_reference_data(
    written: tuple[Path, Path], tmp_path: Path, shared: Path
):
    """Hammersmith and Fulham is Wandsworth's closest neighbour of 2025; Bexley is none."""
    council = Path(shutil.copytree(written[0], tmp_path / "council"))
    settings = council / "council.toml"
    settings.write_text(settings.read_text("utf-8").replace("E06000999", "E09000032"), "utf-8")
    close, far = "E09000013", "E09000004"
    files = [send_as(code, written[1], tmp_path) for code in (close, far)]
    for code in (close, far):
        earlyhelp("pack", "trust", council, tmp_path / f"{code}.key.json")
    told = earlyhelp("pack", "compare", council, *files, "--neighbours", shared / "reference", "--json")
    assert told.code == 0, told.out
    assert close in told.json["councils"]
    assert far not in told.json["councils"]


def test_an_older_pack_is_refused_once_a_newer_one_was_read(written: tuple[Path, Path], tmp_path: Path):
    council = Path(shutil.copytree(written[0], tmp_path / "council"))
    first, second, other = (
        send_as(OTHERS[0], written[1], tmp_path),
        send_as(OTHERS[0], written[1], tmp_path, serial=2),
        send_as(OTHERS[1], written[1], tmp_path),
    )
    for code in OTHERS[:2]:
        earlyhelp("pack", "trust", council, tmp_path / f"{code}.key.json")
    told = earlyhelp("pack", "compare", council, first, second, other, "--json").json
    assert [each["file"] for each in told["left_out"]] == [first.name]
    again = earlyhelp("pack", "verify", first, "--in", council, "--json")
    assert again.code == 3
    assert "number 2 is held already" in again.json["error"]
    assert earlyhelp("pack", "compare", council, first).code == 3


def test_another_key_of_a_council_that_is_trusted_takes_a_deliberate_step(council: Path, tmp_path: Path):
    old, new = (public_of(key, OTHERS[0]).file_bytes() for key in (b"a" * 32, b"b" * 32))
    (tmp_path / "old.json").write_bytes(old)
    (tmp_path / "new.json").write_bytes(new)
    assert earlyhelp("pack", "trust", council, tmp_path / "old.json").code == 0
    refused = earlyhelp("pack", "trust", council, tmp_path / "new.json", "--json")
    assert refused.code == 4
    assert "trusted already" in refused.json["error"]
    assert earlyhelp("pack", "trust", council, tmp_path / "new.json", "--replace").code == 0
    (tmp_path / "no.json").write_bytes(canonical({"key": "none"}))
    assert earlyhelp("pack", "trust", council, tmp_path / "no.json").code == 3


def test_where_there_are_users_a_second_person_must_approve(
    council: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    with closing(sqlite3.connect(council / "web.sqlite3")) as base, base:
        base.execute("CREATE TABLE accounts_user (email TEXT)")
        base.execute("INSERT INTO accounts_user VALUES ('ann')")
    out = tmp_path / "own.json"

    def as_account(name: str) -> None:
        for module in ("pack", "release"):
            monkeypatch.setattr(f"earlyhelp.cli.{module}.signed_in", lambda: name)

    as_account("ann")
    waits = earlyhelp("pack", "write", council, "--out", out, "--json")
    assert waits.code == 4
    assert "second person" in waits.json["error"]
    assert not out.exists()
    assert earlyhelp("release", "propose", council, "--json").json["id"] == "R1"
    assert earlyhelp("release", "approve", council, "R1").code == 4
    as_account("bob")
    approved = earlyhelp("release", "approve", council, "R1", "--json")
    assert (approved.code, approved.json["approver"]) == (0, "bob")
    as_account("ann")
    assert earlyhelp("pack", "write", council, "--out", out).code == 0
    assert out.exists()
    assert earlyhelp("pack", "write", council, "--out", tmp_path / "again.json").code == 4


def test_a_release_is_refused_with_a_reason_that_stays_on_record(council: Path):
    assert earlyhelp("release", "list", council).out.strip() == "Nothing has been proposed."
    assert earlyhelp("release", "propose", council).code == 0
    assert earlyhelp("release", "refuse", council, "R1").code == 2
    told = earlyhelp("release", "refuse", council, "R1", "--reason", "March is being corrected.", "--json").json
    assert (told["state"], told["reason"]) == ("refused", "March is being corrected.")
    assert earlyhelp("release", "approve", council, "R7").code == 3


def test_a_pack_needs_a_finished_run_and_a_file_to_go_to(workspace: Path, council: Path, tmp_path: Path):
    assert earlyhelp("pack", "write", workspace, "--out", tmp_path / "a.json").code == 3
    assert earlyhelp("pack", "write", council, "--out", tmp_path / "a.csv").code == 2
    assert earlyhelp("pack", "write", council, "--out", tmp_path / "none" / "a.json").code == 2


def test_every_command_of_the_page_is_one_that_there_is():
    page = (Path(__file__).parents[2] / "docs" / "how-to" / "swap-packs.md").read_text("utf-8")
    typed = [shlex.split(line.removeprefix("$ ")) for line in page.splitlines() if line.startswith("$ earlyhelp")]
    assert len(typed) >= 8
    for words in typed:
        context, command, rest = None, commands, words[1:]
        while isinstance(command, click.Group):
            context = click.Context(command, parent=context)
            _, command, rest = command.resolve_command(context, rest)
        command.make_context(command.name, list(rest), parent=context)
