"""Which definition of a family a council has chosen."""

from __future__ import annotations

from pathlib import Path

import pytest

from earlyhelp.errors import InputRefused
from earlyhelp.link.family_rules import DEFAULT, DEFINITIONS
from earlyhelp.store.settings import FAMILY_DEFINITIONS, Settings, read_settings, template


def of(tmp_path: Path, text: str) -> Settings:
    file = tmp_path / "council.toml"
    file.write_text(text, encoding="utf-8")
    return read_settings(file)


def test_every_definition_can_be_chosen_and_no_other() -> None:
    assert set(FAMILY_DEFINITIONS) == set(DEFINITIONS)


def test_who_chooses_nothing_has_the_default(tmp_path: Path) -> None:
    assert of(tmp_path, "").family_definition == DEFAULT.name
    assert of(tmp_path, template("Ambridge", "E06000999")).family_definition == DEFAULT.name


@pytest.mark.parametrize("name", sorted(DEFINITIONS))
def test_a_chosen_definition_is_part_of_what_a_snapshot_is_made_of(tmp_path: Path, name: str) -> None:
    chosen = of(tmp_path, f'[families]\ndefinition = "{name}"\n')

    assert DEFINITIONS[chosen.family_definition].name == name
    assert name in repr(chosen)


def test_a_definition_there_is_not_is_refused_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match='"recorded"'):
        of(tmp_path, '[families]\ndefinition = "clan"\n')
