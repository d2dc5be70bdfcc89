"""Learning from others on the screen: questions to ask, and the library of case studies."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from earlyhelp.reports.case_note import BLANK


def test_without_packs_the_page_says_how_to_get_one(client_as: Callable[..., Any]) -> None:
    told = client_as("viewer").get("/packs/learn/").content.decode()
    assert "No other council" in told
    assert "/packs/receive/" in told


def test_a_case_study_is_read_by_everybody_and_another_name_is_not_there(
    client_as: Callable[..., Any], served: Callable[[Path], Any], tmp_path: Path
) -> None:
    from earlyhelp import case_studies
    from earlyhelp.store.workspace import create_workspace

    workspace = create_workspace(tmp_path / "new", "E06000999", "New")
    words = {
        'title = ""': 'title = "Texting families"',
        'tried = """\n"""': 'tried = "A text message the day before each visit."',
        'for_whom = ""': 'for_whom = "Families who had missed a visit."',
        'not_changed = ""': 'not_changed = "How long families stayed."',
        'changed = ""': 'changed = "Fewer missed visits."',
        'contact = ""': 'contact = "Early help hub"',
        "tags = []": 'tags = ["targeted"]',
        "= false": "= true",
    }
    text = BLANK
    for blank, told in words.items():
        text = text.replace(blank, told, 1) if blank != 'changed = ""' else text.replace(f"\n{blank}", f"\n{told}", 1)
    case_studies.add(workspace, text.encode(), "note.toml", "tester", "2026-04-20T09:00:00+00:00")
    with served(tmp_path / "new"):
        client = client_as("viewer")
        assert "Texting families" in client.get("/case-studies/").content.decode()
        assert (
            "A text message the day before each visit."
            in client.get("/case-studies/texting-families/").content.decode()
        )
        assert client.get("/case-studies/gossip/").status_code == 404
        assert client_as("administrator").get("/case-studies/").status_code == 403
