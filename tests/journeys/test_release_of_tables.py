"""Tables and documents leave through the register: proposed, audited beside what left before, approved, and written out."""

from __future__ import annotations

import csv
import hashlib
import json
import shlex
import shutil
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import click
import pytest
from tests.journeys.conftest import Ended, earlyhelp

from earlyhelp import proposing, publishing, sharing
from earlyhelp.__main__ import commands
from earlyhelp.errors import GateClosed, UsageProblem
from earlyhelp.measures import Grain, Question
from earlyhelp.store.workspace import open_workspace

WHEN = "2026-04-02T09:00:00+00:00"
YEAR = ("--from", "2025-04-01", "--until", "2026-03-31")
ALL_BUT_A_DAY = ("--from", "2025-04-01", "--until", "2026-03-30")


@pytest.fixture
def council(thornbridge: Path, tmp_path: Path) -> Path:
    """The example council, to be changed."""
    return Path(shutil.copytree(thornbridge, tmp_path / "thornbridge"))


@pytest.fixture
def ann_and_bob(council: Path, monkeypatch: pytest.MonkeyPatch):
    """A workspace with users; a function by which one of them sits at the keyboard."""
    with closing(sqlite3.connect(council / "web.sqlite3")) as base, base:
        base.execute("CREATE TABLE accounts_user (email TEXT)")
        base.execute("INSERT INTO accounts_user VALUES ('ann')")
    return lambda name: monkeypatch.setattr("earlyhelp.cli.release.signed_in", lambda: name)


def propose(council: Path, *asked: str, whom: str = "the partnership board") -> Ended:
    return earlyhelp("release", "propose", council, *asked, "--for", whom, "--json")


def by_source(council: Path, *days: str, policy: str = "dfe") -> Ended:
    return propose(council, "--measure", "a1", "--by", "source_code", *days, "--policy", policy)


def read_csv(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_a_table_is_proposed_written_and_certified(council: Path, tmp_path: Path):
    proposed = by_source(council, *YEAR)
    assert (proposed.code, proposed.json["id"], proposed.json["state"]) == (0, "R1", "proposed")
    assert proposed.json["title"].startswith(
        "A1 Requests for support received by source_code, 2025-04-01 to 2026-03-31"
    )
    file = tmp_path / "requests.csv"
    left = earlyhelp("release", "write", council, "R1", "--out", file, "--json")
    assert (left.code, left.json["state"], left.json["figures"], left.json["figures_hidden"]) == (0, "released", 18, 3)
    rows = read_csv(file)
    assert [row["numerator"] for row in rows].count("c") == 3
    assert {(row["policy"], row["symbol"], row["rounded_to"], row["release"]) for row in rows} == {
        ("dfe", "c", "0", "R1")
    }
    assert {"source_code", "source_code_label"} <= set(rows[0])
    certificate = json.loads(Path(f"{file}.audit.json").read_text("utf-8"))
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    assert certificate["sha256"] == left.json["sha256"] == digest
    assert certificate["content"] == proposed.json["content"]
    assert (certificate["figures"], certificate["figures_hidden"]) == (18, 3)
    assert certificate["policy"]["name"] == "dfe"
    assert certificate["audit"]["passed"]
    assert certificate["audit"]["when_proposed"] == proposed.json["audit"]
    assert certificate["approved_by"] == "the rule for workspaces without users"
    [on_record] = earlyhelp("release", "list", council, "--json").json["releases"]
    assert (on_record["state"], on_record["kind"], on_record["sha256"]) == ("released", "table", digest)


def test_what_would_tell_a_small_count_beside_an_earlier_release_is_hidden_besides(council: Path, tmp_path: Path):
    """A day less: four sources sent 1 to 5 requests on that day. Their rows are hidden, the others stay."""
    by_source(council, *YEAR)
    assert earlyhelp("release", "write", council, "R1", "--out", tmp_path / "year.csv").code == 0
    second = by_source(council, *ALL_BUT_A_DAY)
    assert second.code == 0
    assert "would have told of 1 to 5 people beside an earlier release" in " ".join(second.json["audit"])
    assert "seen together with this one: R1." in " ".join(second.json["audit"])
    assert earlyhelp("release", "write", council, "R2", "--out", tmp_path / "less.csv").code == 0
    whole, less = (
        {row["source_code"]: row["numerator"] for row in read_csv(tmp_path / name)} for name in ("year.csv", "less.csv")
    )
    both = [(int(whole[code]), int(less[code])) for code in whole if "c" not in (whole[code], less[code])]
    assert len(both) > 8
    assert all(more - fewer == 0 or more - fewer > 5 for more, fewer in both)


def test_a_figure_that_would_tell_a_small_count_by_its_difference_is_refused_with_exit_4(council: Path, tmp_path: Path):
    """Requests since January were 106 to 23 March, 108 two days later, and 101 three days before."""

    def asked(until: str) -> Ended:
        return propose(council, "--measure", "A1", "--policy", "dfe", "--from", "2026-01-01", "--until", until)

    assert asked("2026-03-25").code == 0
    assert earlyhelp("release", "write", council, "R1", "--out", tmp_path / "a.json").code == 0
    refused = asked("2026-03-23")
    assert (refused.code, refused.json["state"], refused.json["reason"]) == (4, "refused", "The audit failed.")
    assert "Small counts (1 to 5) that can be worked out or proved: 1." in refused.json["audit"]
    assert earlyhelp("release", "approve", council, "R2").code == 4
    assert asked("2026-03-20").code == 0


def test_a_rounded_table_is_not_refused_and_the_audit_says_why(council: Path, tmp_path: Path):
    for number, days in enumerate((YEAR, ALL_BUT_A_DAY), 1):
        proposed = by_source(council, *days, policy="nhs")
        assert "a difference of two of them is a range and no count" in " ".join(proposed.json["audit"])
        file = tmp_path / f"{number}.csv"
        assert earlyhelp("release", "write", council, f"R{number}", "--out", file).code == 0
        shown = {row["numerator"] for row in read_csv(file)}
        assert "*" in shown
        assert all(int(each) % 5 == 0 for each in shown - {"*"})


def test_a_table_leaves_as_csv_workbook_json_or_page(council: Path, tmp_path: Path):
    for number, ending in enumerate((".csv", ".xlsx", ".json", ".html"), 1):
        assert (
            propose(council, "--measure", "A2", "--by", "ward_code", "--period", "year", whom=f"reader {number}").code
            == 0
        )
        file = tmp_path / f"share{ending}"
        assert earlyhelp("release", "write", council, f"R{number}", "--out", file).code == 0
        assert file.stat().st_size > 0
        assert Path(f"{file}.audit.json").exists()
    assert json.loads((tmp_path / "share.json").read_text("utf-8"))["mark"].startswith("Release R3, policy open-data")
    assert "Release R4, policy open-data" in (tmp_path / "share.html").read_text("utf-8")
    with ZipFile(tmp_path / "share.xlsx") as parts:
        assert b"Release R2, policy open-data" in parts.read("xl/sharedStrings.xml")


def test_where_there_are_users_somebody_else_must_approve(council: Path, tmp_path: Path, ann_and_bob):
    ann_and_bob("ann")
    assert by_source(council, *YEAR).json["second_person"]
    file = tmp_path / "a.csv"
    waits = earlyhelp("release", "write", council, "R1", "--out", file, "--json")
    assert waits.code == 4
    assert "second person" in waits.json["error"]
    assert earlyhelp("release", "approve", council, "R1").code == 4
    assert not file.exists()
    ann_and_bob("bob")
    shown = earlyhelp("release", "show", council, "R1", "--json").json
    assert len(shown["tables"][0]["rows"]) == 18
    assert earlyhelp("release", "approve", council, "R1").code == 0
    ann_and_bob("ann")
    assert earlyhelp("release", "write", council, "R1", "--out", file).code == 0
    told = json.loads(Path(f"{file}.audit.json").read_text("utf-8"))
    assert (told["proposed_by"], told["approved_by"], told["released_by"]) == ("ann", "bob", "ann")


def test_users_who_came_after_a_proposal_are_asked_too(council: Path, tmp_path: Path, ann_and_bob):
    (council / "web.sqlite3").rename(tmp_path / "later.sqlite3")
    assert not by_source(council, *YEAR).json["second_person"]
    (tmp_path / "later.sqlite3").rename(council / "web.sqlite3")
    assert earlyhelp("release", "write", council, "R1", "--out", tmp_path / "a.csv").code == 4


def test_a_release_leaves_once_and_a_refused_one_never(council: Path, tmp_path: Path):
    by_source(council, *YEAR)
    assert earlyhelp("release", "write", council, "R1", "--out", tmp_path / "a.csv").code == 0
    assert earlyhelp("release", "write", council, "R1", "--out", tmp_path / "b.csv").code == 4
    by_source(council, *YEAR, policy="nhs")
    assert earlyhelp("release", "refuse", council, "R2", "--reason", "March is being corrected.").code == 0
    assert earlyhelp("release", "write", council, "R2", "--out", tmp_path / "b.csv").code == 4
    assert not (tmp_path / "b.csv").exists()
    assert not list(tmp_path.glob("*b.csv*"))


def test_a_proposal_that_became_unsafe_while_it_waited_is_refused_when_it_is_to_leave(council: Path, tmp_path: Path):
    """Both were safe when they were proposed, since neither had left; the first to leave closes the door on the other."""
    assert by_source(council, *YEAR).code == by_source(council, *ALL_BUT_A_DAY).code == 0
    assert earlyhelp("release", "write", council, "R2", "--out", tmp_path / "first.csv").code == 0
    late = earlyhelp("release", "write", council, "R1", "--out", tmp_path / "late.csv", "--json")
    assert late.code == 4
    assert "Beside what has left" in late.json["error"]
    assert not (tmp_path / "late.csv").exists()
    told = earlyhelp("release", "list", council, "--json").json["releases"]
    assert (told[0]["state"], told[0]["approver"]) == ("refused", "the audit")


def test_what_was_kept_of_a_proposal_cannot_be_changed_unseen(council: Path, tmp_path: Path):
    content = by_source(council, *YEAR).json["content"]
    kept = council / "store" / "releases" / f"{content}.json"
    kept.write_bytes(kept.read_bytes().replace(b'"numerator":', b'"numerator": ', 1))
    ended = earlyhelp("release", "write", council, "R1", "--out", tmp_path / "a.csv", "--json")
    assert ended.code == 1
    assert "it was changed" in ended.json["error"]
    assert not (tmp_path / "a.csv").exists()


def test_the_same_proposal_is_not_made_twice_but_for_somebody_else_it_is(council: Path):
    assert [by_source(council, *YEAR).json["id"] for _ in range(2)] == ["R1", "R1"]
    assert (
        propose(council, "--measure", "A1", "--by", "source_code", *YEAR, "--policy", "dfe", whom="DfE").json["id"]
        == "R2"
    )


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (("--measure", "A1", "--policy", "internal"), 2),
        (("--measure", "A1", "--policy", "none"), 2),
        (("--measure", "A1", "--policy", "unheard-of"), 2),
        (("--measure", "Z9"), 2),
        (("--measure", "A1", "--by", "shoe_size"), 2),
        (("--measure", "A1", "--document", "monthly-pack"), 2),
        (("--by", "ward_code"), 2),
        (("--service", "S01"), 2),
        (("--document", "nothing"), 2),
        (("--document", "monthly-pack", "--policy", "nhs"), 2),
    ],
)
def test_a_proposal_that_cannot_be_is_told_so(council: Path, asked: tuple[str, ...], code: int):
    ended = propose(council, *asked)
    assert ended.code == code
    assert ended.json["fix"]
    assert earlyhelp("release", "list", council).out.strip() == "Nothing has been proposed."


def test_a_release_is_for_somebody_and_goes_to_a_file_that_can_be_written(council: Path, tmp_path: Path):
    assert earlyhelp("release", "propose", council, "--measure", "A1", "--policy", "dfe").code == 2
    by_source(council, *YEAR)
    for target in (tmp_path / "a.pdf", tmp_path / "none" / "a.csv"):
        assert earlyhelp("release", "write", council, "R1", "--out", target).code == 2
    assert earlyhelp("release", "write", council, "R7", "--out", tmp_path / "a.csv").code == 3


def test_a_document_leaves_as_it_was_approved_whatever_has_changed_since(council: Path, tmp_path: Path):
    proposed = propose(council, "--document", "ward-profile", "--ward", "E05999002")
    assert proposed.code == 0, proposed.out
    assert (proposed.json["kind"], proposed.json["policy"]) == ("document", "dfe")
    assert any("Not attacked: shares, curves, estimates and pounds" in each for each in proposed.json["audit"])
    settings = council / "council.toml"
    settings.write_text(settings.read_text("utf-8").replace('name = ""', 'name = "Elsewhere"'), "utf-8")
    file = tmp_path / "ward.html"
    assert earlyhelp("release", "write", council, "R1", "--out", tmp_path / "ward.csv").code == 2
    assert earlyhelp("release", "write", council, "R1", "--out", file).code == 0
    page = file.read_text("utf-8")
    assert "Ward profile" in page
    assert "Elsewhere" not in page
    certificate = json.loads(Path(f"{file}.audit.json").read_text("utf-8"))
    assert certificate["kind"] == "document"
    assert certificate["figures"] > 20
    assert certificate["snapshot"] == proposed.json["snapshot"]
    written = earlyhelp("report", council, "ward-profile", "--ward", "E05999002", "--out", tmp_path / "now.html")
    assert written.code == 0
    assert "Elsewhere" in (tmp_path / "now.html").read_text("utf-8")


def test_a_pack_that_left_is_laid_beside_later_tables(council: Path, tmp_path: Path):
    assert earlyhelp("pack", "write", council, "--out", tmp_path / "pack.json").code == 0
    refused = earlyhelp("release", "write", council, "R1", "--out", tmp_path / "a.json", "--json")
    assert (refused.code, refused.json["error"]) == (2, "Release R1 is a pack.")
    told = propose(council, "--measure", "A2", "--period", "year", "--policy", "dfe")
    assert "seen together with this one: R1." in " ".join(told.json["audit"])


def test_a_pack_is_laid_beside_tables_that_left_before_it(council: Path, tmp_path: Path):
    propose(council, "--measure", "A2", "--period", "year", "--policy", "dfe")
    assert earlyhelp("release", "write", council, "R1", "--out", tmp_path / "a2.csv").code == 0
    pack = earlyhelp("release", "propose", council, "--json").json
    assert "seen together with this one: R1." in " ".join(pack["audit"])
    assert pack["state"] == "proposed"
    assert earlyhelp("pack", "write", council, "--out", tmp_path / "pack.json").code == 0


def test_the_functions_behind_the_commands_can_be_called_by_others(council: Path, tmp_path: Path):
    workspace = open_workspace(council)
    asked = Question(("ward_code",), date(2025, 4, 1), date(2026, 3, 31), Grain.QUARTER)
    proposed = proposing.propose_table(workspace, "A1", asked, "open-data", "anybody", "ann", WHEN)
    assert sharing.releases(workspace) == [proposed]
    [table] = publishing.proposed_tables(workspace, proposed.id)
    assert table.by == ("ward_code",)
    sharing.approve(workspace, proposed.id, "bob", WHEN)
    left = publishing.write_release(workspace, proposed.id, tmp_path / "wards.csv", "ann", WHEN)
    assert (left.release.state, left.release.approver, left.figures) == ("released", "bob", len(table.rows))
    with pytest.raises(GateClosed):
        publishing.write_release(workspace, proposed.id, tmp_path / "again.csv", "ann", WHEN)
    with pytest.raises(UsageProblem):
        proposing.propose_table(workspace, "A1", asked, "internal", "anybody", "ann", WHEN)
    document = proposing.propose_document(workspace, "evidence-paper", "anybody", "ann", WHEN)
    assert document.proposal.kind == "document"


def test_a_measure_without_a_figure_cannot_be_released(council: Path):
    """No ledger is in the example, so that nothing costs anything."""
    ended = propose(council, "--measure", "J1", "--policy", "open-data")
    assert ended.code == 4
    assert "no figure that could leave" in ended.json["error"]


def test_every_command_of_the_page_is_one_that_there_is():
    page = (Path(__file__).parents[2] / "docs" / "how-to" / "release-a-table.md").read_text("utf-8")
    typed = [shlex.split(line.removeprefix("$ ")) for line in page.splitlines() if line.startswith("$ earlyhelp")]
    assert len(typed) >= 7
    for words in typed:
        context, command, rest = None, commands, words[1:]
        while isinstance(command, click.Group):
            context = click.Context(command, parent=context)
            _, command, rest = command.resolve_command(context, rest)
        command.make_context(command.name, list(rest), parent=context)
