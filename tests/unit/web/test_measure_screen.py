"""A measure's own page: what it rests on, notes and events pinned to its chart, and where the neighbours lie."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from page_words import words_of

from earlyhelp import receiving
from earlyhelp.measures import KindNotHeld
from earlyhelp.store.workspace import Workspace
from unit.compare.swapped_packs import asked, figure, key_of, sent

BY_MONTH = "/measures/A2/?period=month"
NEIGHBOURS = [f"E0900000{number}" for number in range(1, 5)]
HOSTILE = "</script><script>alert(1)</script> <b>bold</b> {{ 7 }}"


def written(client: Any, text: str, day: str, measure: str = "A2") -> None:
    answer = client.post(f"/measures/{measure}/notes/", {"do": "write", "day": day, "text": text})
    assert answer.status_code == 302


def chart_of(client: Any, address: str = BY_MONTH) -> dict[str, Any]:
    return next(each for each in client.get(f"{address}&format=json").json()["blocks"] if each["kind"] == "Figure")


def labels_in(chart: dict[str, Any]) -> list[tuple[str, str]]:
    """The day and the sign of each pin that is drawn."""
    texts = [each for each in chart["spec"]["layer"] if each["mark"].get("fontWeight") == "bold"]
    return [(row["day"], row["label"]) for each in texts for row in each["data"]["values"]]


def test_a_share_says_how_many_it_rests_on(client_as: Callable[..., Any]) -> None:
    told = words_of(client_as("viewer").get("/measures/A2/"))
    assert "counts requests: " in told
    assert " of " in told.partition("counts requests: ")[2][:12]


def test_the_list_of_measures_never_tells_one_group_as_the_figure_of_all(client_as: Callable[..., Any]) -> None:
    blocks = client_as("viewer").get("/measures/?format=json").json()["blocks"]
    figures = {row[1]: row[2] for each in blocks for row in each.get("table", {}).get("rows", [])}
    assert {figures[each] for each in ("A3", "C7", "H6")} == {"told by group"}


def test_a_kind_of_which_no_record_is_held_is_named_below_the_table(
    client_as: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from earlyhelp.web import reading
    from earlyhelp.web.screens import measure

    ask, kind = measure.asked, KindNotHeld("social_care_event.type", "cp_plan", "Child protection plan")

    def without_plans(*wanted: Any) -> Any:
        answer = ask(*wanted)
        return replace(answer, released=replace(answer.released, not_held=(kind,)))

    monkeypatch.setattr(reading, "KEPT", reading.Kept())
    monkeypatch.setattr(measure, "asked", without_plans)
    told = words_of(client_as("viewer").get("/measures/G2/"))
    assert "No data: Child protection plan: no such record is held at all (social_care_event.type)." in told


def test_which_way_is_good_is_said_of_every_measure() -> None:
    from earlyhelp.measures import Better
    from earlyhelp.web.screens.measure import BETTER_WORDS

    assert set(BETTER_WORDS) == set(Better)


def test_the_latest_figure_leads_to_its_certificate(client_as: Callable[..., Any]) -> None:
    viewer = client_as("viewer")
    page = viewer.get("/measures/A1/").content.decode().partition("What stands behind this figure")[0]
    address = page.rpartition('href="')[2].partition('"')[0]
    assert "1 April 2025 to 31 March 2026 369 counts requests" in words_of(viewer.get(address))


def test_notes_are_numbers_in_the_chart_and_words_below_it(client_as: Callable[..., Any]) -> None:
    head, viewer = client_as("head"), client_as("viewer")
    for text, day in (("Two workers left.", "2025-06-03"), ("Cases were shared out.", "2025-06-20"),
                      ("The form was down.", "2025-09-09"), ("Long ago.", "2019-01-01")):  # fmt: skip
        written(head, text, day)
    chart = chart_of(viewer)
    assert labels_in(chart) == [("2025-06-01", "1"), ("2025-09-01", "2")]
    assert "Signs whose words stand under the chart: 1 at June 2025 and 2 at September 2025." in chart["alt"]
    assert "Two workers" not in str(chart)
    told = words_of(viewer.get(BY_MONTH))
    assert "Notes in the chart Sign 1 3 June 2025 Two workers left. head@thornbridge.gov.uk Sign 1 20 June 2025" in told
    assert "Notes on other months" in told
    assert "1 January 2019 Long ago." in told
    by_year = words_of(viewer.get("/measures/A2/?period=year"))
    assert "in the chart" not in by_year
    assert "3 June 2025 Two workers left." in by_year


def test_an_event_is_a_letter_in_the_chart(client_as: Callable[..., Any]) -> None:
    client_as("head").post("/calendar/", {"do": "add", "day": "2025-06-03", "name": "a new request form"})
    viewer = client_as("viewer")
    assert labels_in(chart_of(viewer)) == [("2025-06-03", "A")]
    assert "Events in the chart Sign A 3 June 2025 a new request form event" in words_of(viewer.get(BY_MONTH))


@pytest.mark.parametrize("measure", ["A2", "B2", "C1", "E3", "G3"])
def test_a_chart_is_drawn_whenever_an_event_was(measure: str, client_as: Callable[..., Any]) -> None:
    head = client_as("head")
    for day in ("2019-01-01", "2025-06-03", "2030-01-01"):
        head.post("/calendar/", {"do": "add", "day": day, "name": "a new form"})
        assert head.get(f"/measures/{measure}/").status_code == 200


def test_what_somebody_wrote_is_words_and_never_markup(client_as: Callable[..., Any]) -> None:
    written(client_as("head"), HOSTILE, "2025-06-03")
    page = client_as("viewer").get(BY_MONTH).content.decode()
    assert "alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page
    assert "<b>bold" not in page


def test_a_note_taken_away_leaves_the_chart_of_everybody(client_as: Callable[..., Any]) -> None:
    head, viewer = client_as("head"), client_as("viewer")
    written(head, "Two workers left.", "2025-06-03")
    assert labels_in(chart_of(viewer))
    from earlyhelp.web.models import Note

    head.post("/measures/A2/notes/", {"do": "remove", "which": str(Note.objects.get().pk)})
    assert not labels_in(chart_of(viewer))


def test_a_kept_page_keeps_its_pins_with_their_words(client_as: Callable[..., Any]) -> None:
    head = client_as("head")
    written(head, "Two workers left.", "2025-06-03")
    told = {"address": BY_MONTH, "reported_to": "scrutiny committee", "day": "2026-05-14"}
    kept = head.post("/freeze/", told)["Location"]
    from earlyhelp.web.models import Note

    Note.objects.all().delete()
    assert "Sign 1 3 June 2025 Two workers left." in words_of(client_as("viewer").get(kept))


def test_many_pins_of_one_month_or_near_each_other_stand_at_different_heights() -> None:
    from earlyhelp.reports.charts import Dot, Pin, run_chart

    days = [date(2025, month, 1) for month in range(1, 13)]
    pins = [*(Pin(day, str(at)) for at, day in enumerate(days)), Pin(days[3], "A", is_event=True)]
    chart = run_chart([Dot(day, 5) for day in days], "requests", pins=pins)
    signs = [each for each in chart["layer"] if each["mark"].get("fontWeight") == "bold"]
    places = {(each["data"]["values"][0]["day"][:7], each["encoding"]["y"]["value"]) for each in signs}
    assert len(places) == len(pins)
    assert max(height for _, height in places) < chart["height"] - 80


def test_a_sign_is_dark_on_white_or_white_on_dark_and_its_shape_differs_too() -> None:
    from earlyhelp.reports.charts import INK, Dot, Pin, run_chart

    day = date(2025, 4, 1)
    layers = run_chart([Dot(day, 5)], "requests", pins=[Pin(day, "1"), Pin(day, "A", is_event=True)])["layer"]
    words = [(at, each) for at, each in enumerate(layers) if each["mark"].get("fontWeight") == "bold"]
    told = [
        (each["mark"]["color"], layers[at - 1]["mark"]["color"], layers[at - 1]["mark"]["shape"]) for at, each in words
    ]
    assert told == [(INK, "white", "circle"), ("white", INK, "square")]


def test_those_who_may_see_rows_find_the_cases_of_a_measure(client_as: Callable[..., Any]) -> None:
    assert "The cases: " in words_of(client_as("head").get("/measures/B3/"))
    assert "The cases: " in words_of(client_as("team_manager", team="North").get("/measures/B3/"))
    assert "The cases: " not in words_of(client_as("viewer").get("/measures/B3/"))
    assert "The cases: " not in words_of(client_as("head").get("/measures/A2/"))


@pytest.fixture
def copied(council: Path, served: Callable[[Path], Any], tmp_path: Path) -> Iterator[Workspace]:
    """A copy of the council to which others may send packs."""
    left_out = shutil.ignore_patterns("web.sqlite3*", "static")
    folder = Path(shutil.copytree(council, tmp_path / "copied", ignore=left_out))
    with served(folder):
        yield Workspace(folder)


def lists_neighbours(workspace: Workspace) -> None:
    heads = "old_la_code,la_name,sn_rank,sn_old_la_code,closeness,new_la_code,sn_la_name,sn_new_la_code"
    rows = [f"999,Here,{n},{300 + n},Close,E06000999,There,{code}" for n, code in enumerate(NEIGHBOURS, 1)]
    folder = workspace.root / "reference" / "public"
    folder.mkdir(parents=True)
    (folder / "neighbours.csv").write_text("\n".join([heads, *rows, ""]))


def receives(workspace: Workspace, code: str, share: int) -> None:
    receiving.trust_key(workspace, key_of(code), "key.json")
    measures = (asked("A2", figure(share, 100)), asked("A6", figure(share, 100)), asked("A1", figure(share)))
    local = {**workspace.settings.standards, "decision_working_days": 9}
    receiving.receive_pack(workspace, sent(*measures, council=code, local=local), "pack.json")


def test_without_packs_or_a_list_of_neighbours_the_page_says_why(
    copied: Workspace, client_as: Callable[..., Any]
) -> None:
    viewer = client_as("viewer")
    assert "No other council's pack is here yet" in words_of(viewer.get("/measures/A2/"))
    assert "Councils' packs do not hold this measure" in words_of(viewer.get("/measures/A7/"))
    assert "A count tells first how large a council is" in words_of(viewer.get("/measures/A1/"))
    receives(copied, NEIGHBOURS[0], 30)
    assert "lists this council's statistical neighbours" in words_of(viewer.get("/measures/A2/"))
    lists_neighbours(copied)
    few = "Of 4 statistical neighbours 1 sent a pack with this figure of the year, counted as here; 3 are needed."
    assert few in words_of(viewer.get("/measures/A2/"))


def test_neighbours_that_count_alike_are_a_number_and_a_band_in_the_chart(
    copied: Workspace, client_as: Callable[..., Any]
) -> None:
    lists_neighbours(copied)
    viewer = client_as("viewer")
    for code, share in zip([*NEIGHBOURS[:3], "E09000099"], (20, 30, 60, 95), strict=True):
        receives(copied, code, share)
    told = words_of(viewer.get(BY_MONTH))
    assert (
        "Statistical neighbours, year to 31 March 2026 30.0% range 20.0% to 60.0% median of 3 of 4 neighbours" in told
    )
    assert "packs of released figures that Council 01, Council 02 and Council 03 sent" in told
    assert "Council 99" not in told
    chart = chart_of(viewer)
    bands = [each for each in chart["spec"]["layer"] if each["mark"]["type"] == "rect"]
    assert [bands[0]["data"]["values"][0][name] for name in ("lowest", "median", "highest")] == [20, 30, 60]
    assert "The band is of the statistical neighbours, year to 31 March 2026: median 30.0%" in chart["alt"]
    otherwise = words_of(viewer.get("/measures/A6/"))
    assert "Of 4 statistical neighbours none sent a pack with this figure" in otherwise
    assert "3 count it by another rule." in otherwise
    assert "Statistical neighbours, year" not in otherwise


def test_reference_data_that_cannot_be_read_do_not_take_the_page_away(
    copied: Workspace, client_as: Callable[..., Any]
) -> None:
    folder = copied.root / "reference" / "empty"
    folder.mkdir(parents=True)
    answer = client_as("viewer").get("/measures/A2/")
    assert answer.status_code == 200
    assert "Beside other councils" in words_of(answer)


def test_a_measure_of_which_nothing_is_recorded_says_what_in_words(
    client_as: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from earlyhelp.web import reading
    from earlyhelp.web.screens import measure

    ask = measure.asked

    def without_feedback(*wanted: Any) -> Any:
        answer = ask(*wanted)
        return replace(answer, released=replace(answer.released, missing=("contact.feedback_date",)))

    monkeypatch.setattr(reading, "KEPT", reading.Kept())
    monkeypatch.setattr(measure, "asked", without_feedback)
    told = words_of(client_as("viewer").get("/measures/A10/"))
    assert "Not recorded: day whoever asked was told the outcome (contact.feedback_date)." in told


def test_a_column_that_holds_nothing_is_never_told_as_0_per_cent_of_the_records() -> None:
    from earlyhelp.web.screens.measure import _how_full

    assert _how_full({"eh_episode.end_date": 0.0, "eh_episode.start_date": 1.0}) == (
        "Not recorded: day it closed (eh_episode.end_date)."
    )


def test_a_measure_says_of_which_of_its_columns_words_have_no_code(
    client_as: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from earlyhelp.web import reading
    from earlyhelp.web.screens import measure

    monkeypatch.setattr(reading, "KEPT", reading.Kept())
    told = [
        ("social_care_event.type", "37.7%"),
        ("social_care_event.category", "35.4%"),
        ("contact.source_code", "1.0%"),
    ]
    monkeypatch.setattr(measure, "without_a_code", lambda request: told)
    page = words_of(client_as("viewer").get("/measures/G8/"))
    assert "Records with a word that has no code under type of social care event: 37.7%." in page
    assert "category of social care event" not in page
    assert "source code of contact" not in page
