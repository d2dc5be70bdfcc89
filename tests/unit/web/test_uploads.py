"""Files that people send: what is refused before anything of it is unpacked, and how one is kept in the inbox."""

from __future__ import annotations

import io
import stat
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earlyhelp.errors import InputRefused

OLE, ZIP = b"\xd0\xcf\x11\xe0" + b"\0" * 600, b"PK\x03\x04"


def _upload(name: str, content: bytes) -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    made = SimpleUploadedFile("placeholder", content)
    made._name = name  # as it came over the wire: Django takes the folders off on its way in
    return made


def _zip(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("annex_a_2026-03-31.xlsx", "annex_a_2026-03-31.xlsx"),
        ("../../etc/passwd.csv", "passwd.csv"),
        ("C:\\Users\\me\\cases.csv", "cases.csv"),
        (".hidden.csv", "hidden.csv"),
        ("~$cases.xlsx", "cases.xlsx"),
        ("a\x00b\n.csv", "a_b_.csv"),
        ("Élan – été.csv", "Élan – été.csv"),
        ("...", "extract"),
    ],
)
def test_a_file_keeps_its_own_name_without_what_could_lead_elsewhere(told: str, kept: str) -> None:
    from earlyhelp.web.uploads import kept_name

    assert kept_name(told) == kept


@given(st.text(max_size=300))
def test_whatever_a_file_is_called_its_kept_name_lies_in_the_inbox(told: str) -> None:
    from earlyhelp.web.uploads import LONGEST_NAME, kept_name

    name = kept_name(told)
    assert name == Path(name).name
    assert not name.startswith((".", "~$"))
    assert len(name.encode(errors="surrogatepass")) <= LONGEST_NAME + 300
    assert "\0" not in name


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("cases.csv", b"", "empty"),
        ("cases.exe", b"MZ", "not read"),
        ("cases", b"a,b\n1,2\n", "end in nothing"),
        ("cases.csv", b"\x89PNG\r\n", "another kind"),
        ("cases.csv", b"a,b\0\0\0", "another kind"),
        ("cases.csv", ZIP + b"rest", "another kind"),
        ("cases.xlsx", b"a,b\n1,2\n", "another kind"),
        ("cases.xlsx", OLE, "password"),
        ("cases.xlsx", ZIP + b"cut short", "damaged"),
        ("return.xml", b"a,b\n1,2\n", "another kind"),
        ("return.json", b"<a/>", "another kind"),
    ],
)
def test_a_file_of_another_kind_than_its_name_says_is_refused(
    council: Path, name: str, content: bytes, says: str
) -> None:
    from earlyhelp.web.uploads import refuse

    with pytest.raises(InputRefused, match=says) as problem:
        refuse(_upload(name, content))
    assert problem.value.fix


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("cases.csv", b"a,b\n1,2\n"),
        ("cases.csv", "a;b\n1;2\n".encode("utf-16")),
        ("cases.xlsx", _zip({"xl/workbook.xml": b"<workbook/>"})),
        ("cases.xls", OLE),
        ("return.xml", b"\xef\xbb\xbf  <Message/>"),
        ("return.json", b"\n[{}]"),
        ("cases.parquet", b"PAR1 and so on"),
    ],
)
def test_a_file_of_the_kind_that_its_name_says_passes(council: Path, name: str, content: bytes) -> None:
    from earlyhelp.web.uploads import refuse

    upload = _upload(name, content)
    refuse(upload)
    assert upload.file.tell() == 0


def test_a_workbook_that_unpacks_to_far_more_is_refused_by_its_directory(council: Path) -> None:
    from earlyhelp.web.uploads import RATIO_MATTERS_FROM, refuse

    bomb = _zip({"xl/worksheets/sheet1.xml": b"\0" * (RATIO_MATTERS_FROM + 1)})
    assert len(bomb) < 100_000
    with pytest.raises(InputRefused, match="damaged or hostile"):
        refuse(_upload("cases.xlsx", bomb))


def test_a_workbook_of_very_many_parts_is_refused(council: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from earlyhelp.web import uploads

    monkeypatch.setattr(uploads, "MOST_ENTRIES", 3)
    with pytest.raises(InputRefused, match="4 parts"):
        uploads.refuse(_upload("cases.xlsx", _zip({f"{n}.xml": b"<a/>" for n in range(4)})))


def test_a_file_larger_than_is_allowed_is_refused(council: Path) -> None:
    from django.test import override_settings

    from earlyhelp.web.uploads import refuse

    with override_settings(LARGEST_UPLOAD=5), pytest.raises(InputRefused, match="larger"):
        refuse(_upload("cases.csv", b"a,b,c,d"))


def test_a_kept_file_is_its_owners_alone_and_nothing_else_is_left(council: Path, tmp_path: Path) -> None:
    from earlyhelp.web.uploads import Kept, keep

    inbox = tmp_path / "inbox"
    assert keep(_upload("cases.csv", b"a,b\n"), inbox) == Kept("cases.csv", again=False)
    assert [each.name for each in inbox.rglob("*")] == ["cases.csv"]
    assert stat.S_IMODE((inbox / "cases.csv").stat().st_mode) == 0o600


def test_the_same_file_again_is_kept_once_and_another_of_its_name_beside_it(council: Path, tmp_path: Path) -> None:
    from earlyhelp.web.inbox import lying
    from earlyhelp.web.uploads import keep

    inbox = tmp_path / "inbox"
    keep(_upload("contact.csv", b"first"), inbox)
    assert keep(_upload("contact.csv", b"first"), inbox).again
    assert not keep(_upload("contact.csv", b"other"), inbox).again
    assert {each.name: each.path.read_bytes() for each in lying(inbox) if not each.folder} == {"contact.csv": b"first"}
    assert sorted(each.path.read_bytes() for each in lying(inbox)) == [b"first", b"other"]
    assert {each.name for each in lying(inbox)} == {"contact.csv"}, "its name tells what it holds"


def test_a_link_in_the_inbox_is_neither_followed_nor_replaced(council: Path, tmp_path: Path) -> None:
    from earlyhelp.web.inbox import lying
    from earlyhelp.web.uploads import keep

    secret, inbox = tmp_path / "secret.csv", tmp_path / "inbox"
    secret.write_text("mine")
    inbox.mkdir()
    (inbox / "cases.csv").symlink_to(secret)
    keep(_upload("cases.csv", b"theirs"), inbox)
    assert secret.read_text() == "mine"
    assert [each.path.read_bytes() for each in lying(inbox)] == [b"theirs"]


def test_nobody_who_is_not_signed_in_puts_a_file_on_the_disk(council: Path, client_as: Any) -> None:
    from django.conf import settings

    before = set(Path(settings.FILE_UPLOAD_TEMP_DIR).iterdir())
    answer = client_as().post("/data/", {"files": _upload("cases.csv", b"a,b\n1,2\n")})
    assert answer.status_code in (302, 400, 403)
    assert set(Path(settings.FILE_UPLOAD_TEMP_DIR).iterdir()) == before
