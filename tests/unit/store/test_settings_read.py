"""What a council sets itself is read as it is written, and a wrong line says what is wrong with it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from earlyhelp.errors import InputRefused
from earlyhelp.standard.local_standards import LOCAL_STANDARDS, default_standards
from earlyhelp.store.settings import declared_events, read_settings, template


def written(folder: Path, text: str) -> Path:
    file = folder / "council.toml"
    file.write_text(text)
    return file


def test_a_new_workspace_has_every_local_standard_as_declared_with_its_words(tmp_path: Path):
    text = template("Thornbridge", "E06000999")
    assert read_settings(written(tmp_path, text)).standards == default_standards()
    assert [each.name for each in LOCAL_STANDARDS.values() if each.words not in text] == []


@pytest.mark.parametrize("standard", LOCAL_STANDARDS.values(), ids=lambda each: each.name)
def test_a_local_standard_is_read_within_its_limits_and_refused_beyond_them(tmp_path: Path, standard):
    assert standard.lowest <= standard.default <= standard.highest
    for number in (standard.lowest, standard.highest):
        found = read_settings(written(tmp_path, f"[standards]\n{standard.name} = {number}\n"))
        assert found.standards == {**default_standards(), standard.name: number}
    for number in (standard.lowest - 1, standard.highest + 1):
        with pytest.raises(InputRefused, match=standard.name):
            read_settings(written(tmp_path, f"[standards]\n{standard.name} = {number}\n"))


def test_events_are_read_in_order_of_their_days(tmp_path: Path):
    file = written(
        tmp_path,
        '[[events]]\nday = 2025-04-01\nname = "New form"\n[[events]]\nday = 2020-03-23\nname = "Lockdown"\n',
    )
    assert declared_events(file) == [(date(2020, 3, 23), "Lockdown"), (date(2025, 4, 1), "New form")]
    assert declared_events(written(tmp_path, "")) == []


@pytest.mark.parametrize(
    "line", ['events = "none"', "[[events]]\nday = 2025-04-01", '[[events]]\nday = "2025"\nname = "x"']
)
def test_an_event_without_a_day_or_a_name_is_refused(tmp_path: Path, line: str):
    with pytest.raises(InputRefused, match="events"):
        declared_events(written(tmp_path, line))
