"""Outlines of wards and small areas: read from the packs of a workspace, on the grid, only those that were asked for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.unit.reference.published_files import write_publication

from earlyhelp.errors import InputRefused
from earlyhelp.reference.outlines import outlines
from earlyhelp.reference.pack import open_pack, write_descriptor
from earlyhelp.store.files import sha256_of

LONDON = [[-0.14, 51.45], [-0.13, 51.45], [-0.13, 51.46], [-0.14, 51.45]]
HOLE = [[530_010, 180_010], [530_020, 180_010], [530_020, 180_020], [530_010, 180_010]]
GRID = [[530_000, 180_000], [530_100, 180_000], [530_100, 180_100], [530_000, 180_000]]


@pytest.fixture
def pack(tmp_path: Path):
    """A described pack of three wards: one in degrees, one of two polygons on the grid, one that is a point."""
    file = write_publication(tmp_path, "ward_boundaries", [{"WD25CD": f"E0500000{each}"} for each in (1, 2, 3)])
    content = json.loads(file.read_text())
    shapes = (
        {"type": "Polygon", "coordinates": [LONDON]},
        {"type": "MultiPolygon", "coordinates": [[GRID, HOLE], [GRID]]},
        {"type": "Point", "coordinates": [0, 51]},
    )
    for feature, shape in zip(content["features"], shapes, strict=True):
        feature["geometry"] = shape
    file.write_text(json.dumps(content))
    found = open_pack(tmp_path)
    [resource] = found.resources
    told = resource.__class__(
        file.name, publication="ward_boundaries", sha256=sha256_of(file), size=file.stat().st_size
    )
    write_descriptor(found.__class__(tmp_path, "wards", "Wards", (told,)), {})
    return open_pack(tmp_path)


def test_degrees_become_metres_and_what_is_on_the_grid_stays(pack):
    found = outlines([pack], "ward", ["E05000001", "E05000002"])
    [[ring]] = found["E05000001"].polygons
    assert ring[0].tolist() == pytest.approx([529_357, 174_006], abs=100)
    assert [[each.tolist() for each in polygon] for polygon in found["E05000002"].polygons] == [[GRID, HOLE], [GRID]]


def test_only_what_was_asked_for_is_told_and_a_shape_that_encloses_nothing_has_no_polygon(pack):
    assert list(outlines([pack], "ward", ["E05000002", "E05999999"])) == ["E05000002"]
    assert outlines([pack], "ward", ["E05000003"])["E05000003"].polygons == ()


def test_a_pack_without_such_boundaries_has_no_outline(pack):
    assert outlines([pack], "lsoa", ["E01000001"]) == {}
    assert outlines([], "ward", ["E05000001"]) == {}


def test_boundaries_that_were_changed_are_refused(pack):
    (pack.folder / "ward_boundaries.geojson").write_text("{}")
    with pytest.raises(InputRefused, match="changed"):
        outlines([pack], "ward", ["E05000001"])
