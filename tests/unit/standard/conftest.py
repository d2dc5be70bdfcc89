"""Published layouts that several tests of the standard compare it with."""

from __future__ import annotations

import json

import pytest


@pytest.fixture(scope="session")
def annex_a(shared):
    """Ofsted's Annex A template of August 2019: lists with their headings, and code lists."""
    path = shared / "samples/annex_a/ofsted_annex_a_2019-08_guidance_and_codes.json"
    return json.loads(path.read_text("utf-8"))
