"""Where columns come from: every place named exists in the published layout."""

from __future__ import annotations

import csv
import re

import pytest
from lxml import etree

from earlyhelp.standard import TABLES

COLUMNS = [column for table in TABLES.values() for column in table.columns.values()]


def named(return_name: str) -> list[tuple[str, str]]:
    """Every place that some column names in one return, with the column."""
    return [
        (str(column), place)
        for column in COLUMNS
        for place in column.provenance.get(return_name, "").split("; ")
        if place
    ]


def missing(return_name: str, published: set[str]) -> list[tuple[str, str]]:
    places = named(return_name)
    assert places, f"no column comes from {return_name}"
    return [(column, place) for column, place in places if place not in published]


def test_every_heading_of_annex_a_is_in_its_list(annex_a):
    headings = {
        f"{name.removeprefix('List ').split(':')[0]}: {field['name']}"
        for name, content in annex_a["lists"].items()
        for field in content["fields"]
    }
    assert missing("Annex A", headings) == []


def test_every_element_of_the_census_is_in_a_published_schema(shared):
    schemas = sorted((shared / "samples/cin_census").glob("*.xsd"))
    elements = {
        element.get("name")
        for schema in schemas
        for element in etree.parse(schema).iter("{http://www.w3.org/2001/XMLSchema}element")
    }
    assert missing("CIN census", elements) == []


def test_every_field_of_ssda903_is_in_its_table(shared):
    fields = set()
    for path in (shared / "samples/ssda903").glob("d2i_*.csv"):
        with path.open(newline="", encoding="utf-8") as file:
            fields |= {f"{path.stem.removeprefix('d2i_')}: {field}" for field in next(csv.reader(file))}
    assert missing("SSDA903", fields) == []


def test_every_item_of_the_safeguarding_dataset_is_published(shared):
    texts = [path.read_text("utf-8") for path in (shared / "samples/codes").glob("ssd_*.yml")]
    items = {item for text in texts for item in re.findall(r"^\s+item_ref: (\w+)$", text, flags=re.MULTILINE)}
    assert missing("SSD", items) == []


@pytest.mark.parametrize(("table", "prefix"), [("eh_episode", "EARL"), ("contact", "CONT"), ("family_member", "FAMI")])
def test_items_come_from_the_part_of_the_safeguarding_dataset_that_the_table_mirrors(table, prefix):
    items = [column.ssd for column in TABLES[table].columns.values() if column.ssd]
    assert items
    assert all(item.startswith(prefix) for item in items)
