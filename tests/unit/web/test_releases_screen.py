"""Nothing leaves on one person's word: the journey of a pack and of a table by two people, and packs of other councils."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from page_words import words_of

from earlyhelp import sharing
from earlyhelp.compare import read_public_key, signed
from earlyhelp.compare.sign import public_of
from earlyhelp.store.workspace import Workspace

OTHERS = [f"E0900{number:04}" for number in range(1, 7)]


@pytest.fixture
def copied(council: Path, served: Callable[[Path], Any], tmp_path: Path) -> Iterator[Path]:
    """A copy of the council whose register may be written, served instead of it."""
    with served(copy_of(council, tmp_path)) as _:
        yield tmp_path / "copied"


def copy_of(folder: Path, beside: Path) -> Path:
    """A copy of a workspace without the web's own database, and without the mark that it has users: tests share the first."""
    left_out = shutil.ignore_patterns("web.sqlite3*", "static", "has-users")
    return Path(shutil.copytree(folder, beside / "copied", ignore=left_out))


@pytest.fixture(scope="module")
def with_a_pack(council: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the council in which an analyst has proposed a pack: made once, since a pack is attacked for a second."""
    folder = copy_of(council, tmp_path_factory.mktemp("pack"))
    sharing.mark_users(Workspace(folder))
    sharing.propose_pack(Workspace(folder), "analyst@thornbridge.gov.uk", "2026-05-14T09:00:00+00:00")
    return folder


@pytest.fixture
def proposed(with_a_pack: Path, served: Callable[[Path], Any], tmp_path: Path) -> Iterator[Path]:
    """A copy of that, served."""
    with served(copy_of(with_a_pack, tmp_path)) as _:
        yield tmp_path / "copied"


def audit_of(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "log" / "audit.jsonl").read_text().splitlines()]


def test_an_empty_register_says_what_to_do_next(copied: Path, client_as: Callable[..., Any]) -> None:
    told = words_of(client_as("analyst").get("/releases/"))
    assert "Nothing has been proposed yet" in told
    assert "Propose a table" in told
    assert "Propose a table" not in words_of(client_as("viewer").get("/releases/"))


def test_a_pack_leaves_after_one_proposed_and_another_approved(copied: Path, client_as: Callable[..., Any]) -> None:
    analyst, head = client_as("analyst"), client_as("head")
    assert analyst.post("/propose/pack/", {"recipients": "our neighbours"})["Location"] == "/releases/R1/"
    seen = words_of(analyst.get("/releases/R1/"))
    assert "waits for a second person" in seen
    assert "You proposed it, so somebody else must approve it" in seen
    assert "Approve it" not in seen
    assert analyst.post("/releases/R1/", {"do": "approve"}).status_code == 404
    assert analyst.post("/releases/R1/", {"do": "write"}).status_code == 404
    assert "Approve it" in words_of(head.get("/releases/R1/"))
    assert head.post("/releases/R1/", {"do": "approve"}).status_code == 302
    assert analyst.post("/releases/R1/", {"do": "write"}).status_code == 302
    left = words_of(analyst.get("/releases/R1/"))
    assert "head@thornbridge.gov.uk approved it" in left
    assert "pack-R1.json" in left
    file = analyst.get("/releases/R1/files/pack-R1.json/")
    assert json.loads(file.content)["pack"]["council"]["code"] == "E06000999"
    events = [
        (each["event"], each.get("action"), each["account"]) for each in audit_of(copied) if each["event"] == "release"
    ]
    assert events == [
        ("release", "propose", "analyst@thornbridge.gov.uk"),
        ("release", "approve", "head@thornbridge.gov.uk"),
        ("release", "release", "analyst@thornbridge.gov.uk"),
    ]
    assert audit_of(copied)[-1]["what"] == "pack-R1.json of release R1"


def test_whoever_decides_sees_the_figures_and_nobody_takes_them_before_they_left(
    proposed: Path, client_as: Callable[..., Any]
) -> None:
    head, viewer = client_as("head"), client_as("viewer")
    told = words_of(head.get("/releases/R1/figures/"))
    assert "Counts are rounded to 5" in told
    assert "Not released: what stands here may not be passed on." in told
    assert head.get("/releases/R1/figures/?download=t1.csv").status_code == 404
    assert head.get("/releases/R1/figures/?format=json").status_code == 404
    assert viewer.get("/releases/R1/figures/").status_code == 404


def test_a_proposal_is_refused_with_a_reason_and_cannot_leave(proposed: Path, client_as: Callable[..., Any]) -> None:
    head = client_as("head")
    assert head.post("/releases/R1/", {"do": "refuse", "reason": ""}).status_code == 422
    assert head.post("/releases/R1/", {"do": "refuse", "reason": "Not agreed with the board."}).status_code == 302
    assert "refused it" in words_of(head.get("/releases/R1/"))
    assert "Not agreed with the board." in words_of(client_as("viewer").get("/releases/R1/"))
    assert head.post("/releases/R1/", {"do": "approve"}).status_code == 404


def test_whoever_proposed_can_take_it_back_and_a_stranger_without_the_power_cannot(
    proposed: Path, client_as: Callable[..., Any]
) -> None:
    told = {"do": "refuse", "reason": "Wrong month."}
    assert client_as("finance").post("/releases/R1/", told).status_code == 404
    analyst = client_as("analyst")
    assert "Take it back" in words_of(analyst.get("/releases/R1/"))
    assert analyst.post("/releases/R1/", told).status_code == 302


def test_a_table_leaves_with_the_certificate_of_its_audit(copied: Path, client_as: Callable[..., Any]) -> None:
    analyst, head = client_as("analyst"), client_as("head")
    told = {"by": "", "period": "year", "policy": "open-data", "recipients": "the partnership board"}
    assert analyst.post("/propose/table/?measure=A1", told)["Location"] == "/releases/R1/"
    assert "The figures as they leave" in words_of(head.get("/releases/R1/"))
    assert "The figures as they leave" not in words_of(client_as("viewer").get("/releases/R1/"))
    head.post("/releases/R1/", {"do": "approve"})
    assert head.post("/releases/R1/", {"do": "write", "ending": ".csv"}).status_code == 302
    assert "The figures as they leave" in words_of(client_as("viewer").get("/releases/R1/"))
    assert b"open-data" in head.get("/releases/R1/files/table-R1.csv/").content
    assert json.loads(head.get("/releases/R1/files/table-R1.csv.audit.json/").content)
    assert head.get("/releases/R1/files/..%2Ftable-R1.csv/").status_code == 404
    assert client_as("viewer").get("/releases/R1/files/table-R1.csv/").status_code == 403


def test_a_table_without_recipients_or_of_a_policy_there_is_not_is_not_proposed(
    copied: Path, client_as: Callable[..., Any]
) -> None:
    analyst = client_as("analyst")
    told = {"by": "", "period": "year", "policy": "internal", "recipients": ""}
    answer = analyst.post("/propose/table/?measure=A1", told)
    assert answer.status_code == 422
    assert "Nothing has been proposed yet" in words_of(analyst.get("/releases/"))
    assert client_as("viewer").get("/propose/table/").status_code == 403


def test_figures_that_changed_since_they_were_proposed_do_not_leave(
    proposed: Path, client_as: Callable[..., Any]
) -> None:
    workspace = Workspace(proposed)
    client_as("head").post("/releases/R1/", {"do": "approve"})
    shutil.copytree(workspace.snapshot_folder(), workspace.snapshots / "s-another")
    workspace.point_to("s-another")
    answer = client_as("analyst").post("/releases/R1/", {"do": "write"})
    assert answer.status_code == 409
    assert "The figures have changed since this pack was proposed." in words_of(answer)
    assert not (proposed / "web" / "released" / "R1" / "pack-R1.json").exists()


def test_a_release_there_is_not_is_not_there(copied: Path, client_as: Callable[..., Any]) -> None:
    assert client_as("head").get("/releases/R7/").status_code == 404


def private_key(code: str) -> bytes:
    return code.encode().ljust(32, b"x")


def sent_as(code: str, own: bytes, *, serial: int = 1, key: bytes | None = None) -> bytes:
    """The council's own pack as another council would send it."""
    body = {**json.loads(own)["pack"], "council": {"code": code, "name": f"Council {code[-2:]}"}, "serial": serial}
    return bytes(signed(body, key or private_key(code)))


@pytest.fixture(scope="module")
def written(with_a_pack: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """A copy of the council whose pack has left, and the pack."""
    folder = copy_of(with_a_pack, tmp_path_factory.mktemp("left"))
    sharing.approve(Workspace(folder), "R1", "head@thornbridge.gov.uk", "2026-05-14T10:00:00+00:00")
    target = folder / "pack.json"
    sharing.write_pack(Workspace(folder), target, "analyst@thornbridge.gov.uk", "2026-05-14T11:00:00+00:00")
    return folder, target.read_bytes()


@pytest.fixture
def own(written: tuple[Path, bytes], served: Callable[[Path], Any], tmp_path: Path) -> Iterator[bytes]:
    """The council's own pack, released by the workspace that is served."""
    with served(copy_of(written[0], tmp_path)) as _:
        yield written[1]


def upload(name: str, content: bytes) -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile(name, content)


def trusts(head: Any, code: str, told: str = "") -> Any:
    key = public_of(private_key(code), code)
    return head.post("/packs/keys/", {"file": upload("key.json", key.file_bytes()), "told": told or key.fingerprint})


def test_a_pack_is_believed_once_its_key_was_told_by_telephone(
    own: bytes, tmp_path: Path, client_as: Callable[..., Any]
) -> None:
    head, analyst, code = client_as("head"), client_as("analyst"), OTHERS[0]
    sent = {"file": upload("pack.json", sent_as(code, own))}
    refused = analyst.post("/packs/receive/", sent)
    assert refused.status_code == 422
    assert f"The key of {code} is not known here." in words_of(refused)
    wrong = trusts(head, code, "0000 0000 0000 0000")
    assert "The fingerprint of this file is not the one that you were told." in words_of(wrong)
    assert trusts(head, code).status_code == 302
    assert analyst.post("/packs/receive/", {"file": upload("pack.json", sent_as(code, own))}).status_code == 302
    assert [each["event"] for each in audit_of(tmp_path / "copied")[-2:]] == ["key trusted", "pack received"]


def test_only_those_who_approve_trust_a_key(own: bytes, client_as: Callable[..., Any]) -> None:
    finance = client_as("finance")
    trusts(finance, OTHERS[0])
    assert OTHERS[0] not in words_of(finance.get("/packs/keys/"))
    assert client_as("viewer").get("/packs/receive/").status_code == 403


def test_figures_stand_beside_those_of_other_councils_and_nobody_is_ranked(
    own: bytes, client_as: Callable[..., Any]
) -> None:
    head = client_as("head")
    for code in OTHERS:
        trusts(head, code)
        head.post("/packs/receive/", {"file": upload("pack.json", sent_as(code, own))})
    viewer = client_as("viewer")
    told = words_of(viewer.get("/packs/"))
    assert "Beside 6 other councils" in told
    assert "No council is ranked" in told
    one = words_of(viewer.get("/packs/?measure=A1"))
    assert "Council 03" in one
    assert "as chance alone would give" in one


def test_what_is_no_pack_is_refused(own: bytes, client_as: Callable[..., Any]) -> None:
    analyst = client_as("analyst")
    for content in (b"", b"{}", b"[" * 200_000, b"not json", bytes(10)):
        assert analyst.post("/packs/receive/", {"file": upload("pack.json", content)}).status_code == 422, content[:10]


def test_a_file_larger_than_any_pack_is_refused(copied: Path, client_as: Callable[..., Any]) -> None:
    answer = client_as("analyst").post("/packs/receive/", {"file": upload("pack.json", b"x" * 2_000_001)})
    assert answer.status_code == 422
    assert "The file is too large" in words_of(answer)


def test_an_older_pack_of_the_same_council_is_refused(own: bytes, client_as: Callable[..., Any]) -> None:
    head, code = client_as("head"), OTHERS[0]
    trusts(head, code)
    assert head.post("/packs/receive/", {"file": upload("2.json", sent_as(code, own, serial=2))}).status_code == 302
    assert head.post("/packs/receive/", {"file": upload("1.json", sent_as(code, own, serial=1))}).status_code == 422


def test_the_own_key_is_taken_as_a_file_and_its_fingerprint_is_shown(
    copied: Path, client_as: Callable[..., Any]
) -> None:
    viewer = client_as("viewer")
    key = read_public_key(viewer.get("/packs/keys/own/").content, "key.json")
    assert key.council == "E06000999"
    assert key.fingerprint in words_of(viewer.get("/packs/keys/"))


def test_a_workspace_whose_users_are_elsewhere_needs_a_second_person_too(copied: Path) -> None:
    assert not sharing.has_users(Workspace(copied))
    sharing.mark_users(Workspace(copied))
    assert sharing.has_users(Workspace(copied))


def test_a_paper_is_read_as_it_leaves_before_somebody_decides(copied: Path, client_as: Callable[..., Any]) -> None:
    from earlyhelp.web import jobs
    from earlyhelp.web.models import Run
    from earlyhelp.web.paper_process import _answer

    analyst, head = client_as("analyst"), client_as("head")
    told = {"document": "service-blueprint", "recipients": "scrutiny committee"}
    assert analyst.post("/propose/paper/", {**told, "document": "gossip"}).status_code == 422
    assert analyst.post("/propose/paper/", told)["Location"].startswith("/runs/")
    [run] = Run.objects.filter(kind=jobs.PROPOSAL)
    asked = {**run.arguments, "what": "proposal", "root": str(copied), "account": "analyst@thornbridge.gov.uk"}
    assert _answer({**asked, "when": "2026-05-14T09:00:00+00:00"})["release"] == "R1"
    seen = words_of(head.get("/releases/R1/"))
    assert "The document as it leaves" in seen
    assert "blueprint" in seen.casefold()
    assert "Not released" in seen
    head.post("/releases/R1/", {"do": "approve"})
    assert head.post("/releases/R1/", {"do": "write", "ending": ".csv"}).status_code == 422
    assert head.post("/releases/R1/", {"do": "write", "ending": ".docx"}).status_code == 302
    assert head.get("/releases/R1/files/document-R1.docx/").content.startswith(b"PK")
