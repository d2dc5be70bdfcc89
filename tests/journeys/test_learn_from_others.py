"""Learn from others: three councils' packs and a malicious one as a document with what to ask; case studies kept and shared."""

from __future__ import annotations

import json
import shlex
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import click
import pytest
from tests.journeys.conftest import Ended, earlyhelp

from earlyhelp.__main__ import commands
from earlyhelp.compare import signed
from earlyhelp.compare.sign import public_of

ASHMERE, BARROWDALE, VALE = "E09000013", "E09000004", "E09000024"
YEAR = ("--from", "2025-04-01", "--to", "2026-03-31")


def private_key(code: str) -> bytes:
    return code.encode().ljust(32, b"x")


def decided_better(body: dict) -> dict:
    """Nearly all decisions of the year on time, in a council of the same size."""
    for measure in body["measures"]:
        rows = [row for row in measure["rows"] if measure["measure"] == "A6" and row["status"] == "ok"]
        for row in rows:
            above = row["denominator"] - 10
            share = above / row["denominator"]
            row.update(
                numerator=above,
                value=round(share, 4),
                lower=round(share - 0.03, 4),
                upper=round(min(1, share + 0.03), 4),
            )
    return body


def send(own: Path, folder: Path, code: str, name: str, *, better: bool = False, key: bytes | None = None) -> Path:
    """The example's pack as another council would send it, beside its key file."""
    body = json.loads(own.read_text("utf-8"))["pack"]
    body = {**body, "council": {"code": code, "name": name}, "serial": 1}
    file = folder / f"{name}.json"
    file.write_bytes(signed(decided_better(body) if better else body, key or private_key(code)))
    (folder / f"{code}.key.json").write_bytes(public_of(private_key(code), code).file_bytes())
    return file


@pytest.fixture(scope="module")
def swapped(thornbridge: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Path], Path]:
    """A council that has sent its pack and trusts three others, their packs, and a pack that somebody else signed."""
    folder = tmp_path_factory.mktemp("learn")
    council = Path(shutil.copytree(thornbridge, folder / "thornbridge"))
    assert earlyhelp("pack", "write", council, "--out", folder / "own.json").code == 0
    own = folder / "own.json"
    names = {ASHMERE: "Ashmere", BARROWDALE: "Barrowdale", VALE: "Vale"}
    files = [send(own, folder, code, name, better=code == ASHMERE) for code, name in names.items()]
    for code in names:
        assert earlyhelp("pack", "trust", council, folder / f"{code}.key.json").code == 0
    (folder / "bad").mkdir()
    malicious = send(own, folder / "bad", VALE, "Vale", better=True, key=b"y" * 32)
    return council, files, malicious


@pytest.fixture
def council(thornbridge: Path, tmp_path: Path) -> Path:
    """The example council, to be changed."""
    return Path(shutil.copytree(thornbridge, tmp_path / "thornbridge"))


def test_three_packs_and_a_malicious_one_become_a_document_by_name(swapped, tmp_path: Path):
    council, files, malicious = swapped
    out = tmp_path / "beside.html"
    told = earlyhelp("pack", "compare", council, *files, malicious, "--measure", "A6,A2", "--out", out, "--json")
    assert told.code == 0, told.out
    assert told.json["path"] == str(out)
    page = out.read_text("utf-8")
    assert page.count("<svg") + page.count("<img") == 2
    assert "Beyond usual variation, above: Ashmere." in page
    councils = page[page.index("Councils by name") :]
    assert (
        councils.index("Ashmere") < councils.index("Barrowdale") < councils.index("E06000999") < councils.index("Vale")
    )
    assert "signed with another key than the one trusted" in page
    assert "Nothing here is a ranking" in page
    [learn] = [each for each in told.json["learn"] if each["measure"] == "A6"]
    assert learn["councils"] == [ASHMERE]
    assert told.json["neighbours"] is None
    assert "no public reference data here lists them" in page


def test_what_to_ask_stands_on_the_terminal_too(swapped):
    council, files, _ = swapped
    words = earlyhelp("pack", "compare", council, *files).out
    assert "To ask about A6 Decision timeliness. Ashmere (" in words


def test_word_and_a_workbook_are_written_too_and_nothing_else_is(swapped, tmp_path: Path):
    council, files, _ = swapped
    for ending in (".docx", ".xlsx"):
        out = tmp_path / f"beside{ending}"
        assert earlyhelp("pack", "compare", council, *files, "--measure", "A6", "--out", out).code == 0
        assert out.read_bytes().startswith(b"PK")
    assert earlyhelp("pack", "compare", council, *files, "--out", tmp_path / "beside.txt").code == 2
    assert earlyhelp("pack", "compare", council, *files, "--measure", "Z9", "--out", tmp_path / "b.html").code == 2


def test_statistical_neighbours_are_marked(swapped, tmp_path: Path, shared: Path):
    """Hammersmith and Fulham is a neighbour of Wandsworth by the list of 2025; Bexley is none."""
    council = Path(shutil.copytree(swapped[0], tmp_path / "council"))
    settings = council / "council.toml"
    settings.write_text(settings.read_text("utf-8").replace("E06000999", "E09000032"), "utf-8")
    out = tmp_path / "beside.html"
    told = earlyhelp(
        "pack",
        "compare",
        council,
        *swapped[1],
        "--neighbours",
        shared / "reference",
        "--measure",
        "A6",
        "--out",
        out,
        "--json",
    )
    assert told.code == 0, told.out
    assert ASHMERE in told.json["neighbours"]
    assert BARROWDALE not in told.json["councils"]
    assert "statistical neighbour" in out.read_text("utf-8")


def certificate(council: Path) -> tuple[str, float]:
    """A certified figure of the example council that the policy shows, with its value."""
    rows = earlyhelp("measure", council, "A6", *YEAR, "--json").json["rows"]
    [row] = [each for each in rows if each["status"] == "ok"]
    return row["certificate"], row["value"]


def note(folder: Path, *figures: str, **more: str) -> Path:
    told = {
        "title": "A duty desk for requests",
        "tried": "A worker of each team sat at one desk for 6 weeks in 2025 and decided with health on the day.",
        "for_whom": "Families with children aged 5 to 11 at level 3.",
        "changed": "Decisions came sooner.",
        "not_changed": "Waiting for a first visit stayed as long.",
        "contact": "Early help duty desk, duty@thornbridge.example",
        **more,
    }
    file = folder / "note.toml"
    lines = [f"{name} = {json.dumps(value)}" for name, value in told.items()]
    lines += [f"figures = {json.dumps(list(figures))}", 'tags = ["SF6", "targeted"]', "nobody_can_be_recognised = true"]
    file.write_text("\n".join(lines) + "\n", "utf-8")
    return file


def test_a_case_study_is_added_listed_and_shown_with_its_figure_as_released(council: Path, tmp_path: Path):
    proof, value = certificate(council)
    assert earlyhelp("case-study", "list", council).out.startswith("There is no case study yet")
    added = earlyhelp("case-study", "add", council, note(tmp_path, proof), "--json")
    assert added.code == 0, added.out
    assert earlyhelp("case-study", "add", council, note(tmp_path, proof)).code == 2
    assert earlyhelp("case-study", "add", council, note(tmp_path, proof), "--replace").code == 0
    name = added.json["name"]
    assert [
        each["name"] for each in earlyhelp("case-study", "list", council, "--tag", "SF6", "--json").json["case_studies"]
    ] == [name]
    assert earlyhelp("case-study", "list", council, "--tag", "SF1", "--json").json["case_studies"] == []
    assert earlyhelp("case-study", "list", council, "--tag", "nothing").code == 2
    shown = earlyhelp("case-study", "show", council, name, "--json").json
    [figure] = shown["figures"]
    assert (figure["value"], figure["certificate"]) == (value, proof)
    assert f"{value * 100:.1f}%" in earlyhelp("case-study", "show", council, name).out
    assert earlyhelp("case-study", "show", council, name, "--out", tmp_path / "note.docx").code == 0
    assert earlyhelp("case-study", "show", council, "none").code == 3


def test_numbers_people_and_claims_are_refused_and_so_is_silence_on_who_can_be_recognised(
    council: Path, tmp_path: Path
):
    proof, _ = certificate(council)

    def refused(**more: str) -> Ended:
        return earlyhelp("case-study", "add", council, note(tmp_path, proof, **more), "--json")

    small = refused(changed="4 families stepped down.")
    assert (small.code, "small count of people" in small.json["error"]) == (3, True)
    assert "4" not in small.json["error"]
    assert refused(changed="Decisions on time rose by 27%.").code == 3
    assert refused(tried="Mrs Smith led it from SW18 2AB.").code == 3
    assert refused(changed="It saved £1.2 million.").code == 4
    assert refused(title="").code == 3
    unread = note(tmp_path, proof)
    unread.write_text(unread.read_text("utf-8").replace("recognised = true", "recognised = false"), "utf-8")
    assert earlyhelp("case-study", "add", council, unread).code == 4
    assert earlyhelp("case-study", "add", council, note(tmp_path, "C" + "0" * 20)).code == 3
    assert earlyhelp("case-study", "add", council, tmp_path / "none.toml").code == 3


def test_a_case_study_leaves_through_the_register_with_rounded_figures_and_another_council_keeps_it(
    council: Path, workspace: Path, tmp_path: Path
):
    proof, _ = certificate(council)
    name = earlyhelp("case-study", "add", council, note(tmp_path, proof), "--json").json["name"]
    out = tmp_path / "shared.toml"
    told = earlyhelp("case-study", "share", council, name, "--to", "councils like ours", "--out", out, "--json")
    assert told.code == 0, told.out
    assert told.json["state"] == "released"
    [release] = earlyhelp("release", "list", council, "--json").json["releases"]
    assert (release["kind"], release["policy"], release["audit_passed"]) == ("case study", "open-data", True)
    assert (tmp_path / "shared.toml.audit.json").exists()
    assert proof not in out.read_text("utf-8")
    assert earlyhelp("case-study", "receive", council, out).code == 3
    kept = earlyhelp("case-study", "receive", workspace, out, "--json")
    assert kept.code == 0, kept.out
    assert kept.json["council"] == "E06000999"
    assert "Decision timeliness" in earlyhelp("case-study", "show", workspace, kept.json["name"]).out
    assert earlyhelp("case-study", "share", workspace, kept.json["name"], "--to", "x").code == 2
    assert earlyhelp("pack", "write", council, "--out", tmp_path / "pack.json").code == 0
    after = earlyhelp(
        "release",
        "propose",
        council,
        "--measure",
        "A1",
        *("--from", "2025-04-01", "--until", "2026-03-31"),
        "--for",
        "x",
        "--json",
    )
    assert after.code == 0, after.out


def test_where_there_are_users_a_second_person_must_approve_a_case_study(
    council: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    with closing(sqlite3.connect(council / "web.sqlite3")) as base, base:
        base.execute("CREATE TABLE accounts_user (email TEXT)")
        base.execute("INSERT INTO accounts_user VALUES ('ann')")
    out = tmp_path / "shared.toml"

    def as_account(name: str) -> None:
        for module in ("case_study", "release"):
            monkeypatch.setattr(f"earlyhelp.cli.{module}.signed_in", lambda: name)

    as_account("ann")
    name = earlyhelp("case-study", "add", council, note(tmp_path), "--json").json["name"]
    waits = earlyhelp("case-study", "share", council, name, "--to", "x", "--out", out, "--json")
    assert (waits.code, out.exists()) == (4, False)
    assert earlyhelp("release", "approve", council, "R1").code == 4
    as_account("bob")
    assert earlyhelp("release", "approve", council, "R1").code == 0
    as_account("ann")
    assert earlyhelp("case-study", "share", council, name, "--to", "x", "--out", out).code == 0
    assert "A duty desk for requests" in out.read_text("utf-8")


def test_every_command_of_the_page_is_one_that_there_is():
    page = (Path(__file__).parents[2] / "docs" / "how-to" / "learn-from-others.md").read_text("utf-8")
    typed = [shlex.split(line.removeprefix("$ ")) for line in page.splitlines() if line.startswith("$ earlyhelp")]
    assert len(typed) >= 8
    for words in typed:
        words = words[: words.index(">")] if ">" in words else words
        context, command, rest = None, commands, words[1:]
        while isinstance(command, click.Group):
            context = click.Context(command, parent=context)
            _, command, rest = command.resolve_command(context, rest)
        command.make_context(command.name, list(rest), parent=context)
