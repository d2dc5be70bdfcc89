"""Papers on the screen and as files, the inspection room, the blueprint, and the council from public figures alone."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest


def test_a_paper_reads_on_the_screen_as_it_would_be_printed(client_as: Callable[..., Any]) -> None:
    told = client_as("head").get("/papers/monthly-pack/").content.decode()
    assert "Early help: the month in figures" in told
    assert "This month in three sentences" in told
    assert "/papers/monthly-pack/file/?as=docx" in told


def test_a_paper_is_taken_as_word_and_that_is_on_record(
    client_as: Callable[..., Any], audit: Callable[[], list[dict[str, Any]]]
) -> None:
    answer = client_as("head").get("/papers/service-blueprint/file/?as=docx")
    assert answer["Content-Disposition"] == 'attachment; filename="service-blueprint.docx"'
    with zipfile.ZipFile(io.BytesIO(answer.content)) as word:
        assert "word/document.xml" in word.namelist()
    assert (audit()[-1]["event"], audit()[-1]["what"]) == ("download", "service-blueprint.docx")


def test_a_paper_about_one_thing_asks_which(client_as: Callable[..., Any]) -> None:
    told = client_as("viewer").get("/papers/ward-profile/").content.decode()
    assert "is about one ward" in told
    assert "/papers/ward-profile/file/" not in told


def test_a_paper_of_money_is_for_those_who_may_work_out_costs(client_as: Callable[..., Any]) -> None:
    assert client_as("viewer").get("/papers/business-case/").status_code == 404
    assert client_as("viewer").get("/papers/business-case/file/?as=docx&about=S01").status_code == 404
    assert client_as("finance").get("/papers/business-case/").status_code == 200


def test_a_kind_of_file_or_a_paper_there_is_not_is_not_there(client_as: Callable[..., Any]) -> None:
    assert client_as("head").get("/papers/monthly-pack/file/?as=exe").status_code == 404
    assert client_as("head").get("/papers/gossip/").status_code == 404


def test_the_inspection_room_says_what_can_and_what_cannot_be_answered(client_as: Callable[..., Any]) -> None:
    told = client_as("viewer").get("/inspection/").content.decode()
    assert "<h1" in told
    assert "Inspection room" in told
    assert "annex" in told.casefold()


def test_without_public_statistics_the_profile_says_how_to_add_them(client_as: Callable[..., Any]) -> None:
    told = client_as("viewer").get("/public-profile/").content.decode()
    assert "earlyhelp reference add" in told


@pytest.mark.long
def test_a_new_council_sees_itself_in_public_figures_before_any_record_is_loaded(
    client_as: Callable[..., Any], served: Callable[[Path], Any], shared: Path, tmp_path: Path
) -> None:
    from earlyhelp.reference.adding import add_pack
    from earlyhelp.store.workspace import create_workspace

    workspace = create_workspace(tmp_path / "new", "E09000032", "Wandsworth")
    add_pack(workspace, shared / "reference", name="public", retrieved=date(2026, 11, 1))
    with served(tmp_path / "new"):
        told = client_as("viewer").get("/public-profile/").content.decode()
    assert "Wandsworth from public figures" in told
    assert "not published" in told  # what Wandsworth left out of its finance return is missing, not zero
    assert "Neighbours:" in told
