"""Place and need: three answers in sentences, a map where boundaries are held, how to add them where not, one page a ward."""

from __future__ import annotations

import json

import numpy as np
import pytest

from earlyhelp import answering
from earlyhelp.reference.outlines import Outline
from earlyhelp.web import reading


@pytest.fixture
def boundaries(monkeypatch):
    """Squares side by side in the place of published boundaries; the last area has none."""

    def squares(workspace, kind, codes):
        ring = np.array([(0, 0), (900, 0), (900, 900), (0, 900), (0, 0)], dtype=float)
        return {
            code: Outline(code, ((ring + np.array([1_000 * place, 0]),),))
            for place, code in enumerate(sorted(codes)[:-1])
        }

    monkeypatch.setattr(reading, "KEPT", reading.Kept())
    monkeypatch.setattr(answering, "outlines_of", squares)


def text(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


def spec_in(page: str) -> dict:
    start = page.index('type="application/json"')
    return json.loads(page[page.index(">", start) + 1 : page.index("</script>", start)])


def test_the_three_questions_of_place_are_answered_and_wards_lead_to_their_pages(client_as):
    page = text(client_as("viewer").get("/places/"))
    for asked in ("Where is domestic abuse worst?", "Who are we not reaching?", "destabilised by poverty?"):
        assert asked in page
    assert 'href="/places/E05999002/"' in page
    assert "no statement about any family" in page
    assert 'href="/ask/where-is-domestic-abuse-worst/"' in page


def test_without_boundaries_the_page_says_how_to_add_them(client_as):
    page = text(client_as("viewer").get("/places/?map=reach"))
    assert "No boundaries of these areas are held" in page
    assert "earlyhelp reference add" in page
    assert 'role="img"' not in page


def test_with_boundaries_there_is_a_map_with_its_table_and_what_has_no_boundary_is_told(client_as, boundaries):
    page = text(client_as("viewer").get("/places/?map=reach"))
    spec = spec_in(page)
    assert spec["layer"][0]["mark"]["type"] == "geoshape"
    assert "no boundary is held: they stand in the table alone" in page
    assert "The chart as a table" in page


def test_the_map_is_taken_as_a_picture_and_its_figures_as_a_file(client_as, boundaries):
    client = client_as("viewer")
    picture = client.get("/places/?map=reach&download=f1.png")
    assert picture["Content-Type"] == "image/png"
    table = client.get("/places/?map=reach&download=f1.csv").content.decode()
    assert "Copperhill" in table


def test_no_count_that_is_hidden_in_the_table_is_in_the_map(client_as, boundaries):
    spec = spec_in(text(client_as("viewer").get("/places/?map=reach")))
    told = {name for each in spec["layer"][0]["data"]["values"] for name in each}
    assert told == {"type", "geometry", "name", "class", "line"}


def test_a_choice_that_there_is_not_counts_as_the_first(client_as):
    page = text(client_as("viewer").get("/places/?map=nonsense&areas=nonsense"))
    assert '<option value="abuse" selected>' in page


def test_a_ward_has_its_figures_beside_the_councils_and_can_be_taken_as_a_file(client_as):
    page = text(client_as("viewer").get("/places/E05999002/"))
    assert "Ward profile: Copperhill" in page
    assert "all the council" in page
    assert "papers/ward-profile/file/?as=docx&amp;about=E05999002" in page


def test_a_ward_that_is_not_there_is_not_found_and_partners_are_refused(client_as):
    assert client_as("viewer").get("/places/E05000000/").status_code == 404
    assert client_as("partner").get("/places/").status_code == 403
