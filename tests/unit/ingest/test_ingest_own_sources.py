"""A source that a council names itself keeps its name, from the saved map to the files of the standard and back."""

from __future__ import annotations

from earlyhelp.ingest.mapping.saved import NAME
from earlyhelp.sources import SOURCES
from earlyhelp.standard import codelists
from staged import stage

ROWS = """
contact_id,person_key,contact_date,source_code,source_system
1,A,2024-01-02,1A,borough_list
1,B,2024-01-03,1A,family_hub_2
2,C,2024-01-04,1A,mosaic
3,D,2024-01-05,1A,Our own list!
"""


def test_any_name_that_a_map_may_have_is_a_source_of_the_standard():
    assert NAME.pattern == codelists.source_systems.pattern
    assert "borough_list" in codelists.source_systems
    assert not [each for each in ("Borough list", "", "1st_list") if each in codelists.source_systems]


def test_every_source_that_is_known_stands_in_the_list_with_a_label():
    unknown = {name for name in SOURCES if codelists.source_systems.label(name) == name}
    assert unknown == set()


def test_rows_of_two_lists_with_names_of_their_own_stay_apart_in_files_of_the_standard(tmp_path):
    file = tmp_path / "contact.csv"
    file.write_text(ROWS.strip() + "\n", encoding="utf-8")
    told = [row["source_system"] for row in stage(tmp_path, file).rows("contact")]
    assert told == ["borough_list", "family_hub_2", "mosaic", "unmapped"]
