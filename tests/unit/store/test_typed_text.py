"""Files that a person writes: an editor on Windows puts a mark before the text, and saves in other encodings."""

from __future__ import annotations

from pathlib import Path

import pytest

from earlyhelp.errors import InputRefused
from earlyhelp.ingest.mapping.map_files import read_map
from earlyhelp.reports.case_note import parsed
from earlyhelp.store.files import typed_text
from earlyhelp.store.settings import declared_events

MARKED = b"\xef\xbb\xbf"


def _file(folder: Path, content: bytes, name: str = "written.toml") -> Path:
    (folder / name).write_bytes(content)
    return folder / name


def test_the_mark_before_a_text_is_no_part_of_it(tmp_path: Path) -> None:
    assert typed_text(_file(tmp_path, MARKED + "Café".encode()), "note") == "Café"


@pytest.mark.parametrize("content", ["Café".encode("cp1252"), "Café".encode("utf-16")])
def test_another_encoding_is_refused_and_the_file_is_named(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(InputRefused, match="The note cannot be read as text") as told:
        typed_text(_file(tmp_path, content), "note", "CSV UTF-8")
    assert (told.value.where, told.value.fix) == ("written.toml", "Save it as CSV UTF-8.")


def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="There is no such note") as told:
        typed_text(tmp_path / "written.toml", "note", where="your note")
    assert told.value.where == "your note"


def test_settings_maps_and_notes_saved_with_a_mark_are_read(tmp_path: Path) -> None:
    settings = _file(tmp_path, MARKED + b'[[events]]\nday = 2024-04-01\nname = "New form"\n', "council.toml")
    assert [name for _, name in declared_events(settings)] == ["New form"]
    assert read_map(_file(tmp_path, MARKED + b'name = "ssd"\nversion = 3\n', "ssd.toml")).version == 3
    assert parsed(MARKED + b'title = "A note"', "note.toml") == {"title": "A note"}
