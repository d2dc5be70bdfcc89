"""A file of an unknown layout, from its headings to a saved map: three pages, and nothing written before the last."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from page_forms import errors_at, field_called, stands_in
from page_words import words_of

ROWS = [
    f"C{n},P{n % 7},{1 + n % 28:02d}/0{1 + n % 9}/2025,{'Needs met' if n % 2 else 'Wibble'},Adeyemi Okonkwo-Baptiste"
    for n in range(40)
]
TEXT = "\n".join(["Case No,Child Ref,Started On,Why Closed,Child Surname", *ROWS, "C99,P1,soon,Needs met,Smith"]) + "\n"


@pytest.fixture
def desk(council: Path, served: Any, tmp_path: Path) -> Iterator[Path]:
    """A workspace with one file of a layout of its own in the inbox."""
    folder = tmp_path / "own"
    shutil.copytree(council / "keys", folder / "keys")
    shutil.copy(council / "council.toml", folder)
    (folder / "inbox").mkdir()
    (folder / "inbox" / "cases.csv").write_text(TEXT)
    with served(folder):
        yield folder


@pytest.fixture
def address(desk: Path) -> str:
    """Where the file is mapped."""
    from earlyhelp.web.inbox import lying

    return f"/data/mapping/{lying(desk / 'inbox')[0].key}/"


def waiting(desk: Path, name: str, text: str) -> str:
    """Where a file of this name and text is mapped, once it lies in the inbox."""
    from earlyhelp.web.inbox import key_of

    (desk / "inbox" / name).write_text(text)
    return f"/data/mapping/{key_of(Path(name))}/"


def test_from_headings_to_a_saved_map(client_as: Callable[..., Any], desk: Path, address: str) -> None:
    analyst = client_as("analyst")
    first = analyst.get(address)
    assert first["Cache-Control"] == "no-store"
    assert "eh_episode.start_date" in stands_in(first).values()
    words = analyst.post(address, stands_in(first), follow=True)
    assert words.request["PATH_INFO"] == f"{address}words/"
    assert "Under Why Closed, in 20 rows" in words_of(words)
    meant = stands_in(words) | {field_called(words, "Wibble"): "outcomes_met"}
    checked = analyst.post(f"{address}words/", meant, follow=True)
    told = words_of(checked)
    assert "Rows in 41 Kept 40 Dropped into quarantine 1" in told
    assert "dropped" in told
    assert list(desk.glob("maps/*")) == [], "nothing is written before the last page"
    assert not (desk / "store" / "feeds").exists()
    saved = analyst.post(f"{address}check/", {"name": "our_cases"}, follow=True)
    assert "The map our_cases is saved, version 1." in words_of(saved)
    text = (desk / "maps" / "our_cases.toml").read_text()
    assert '"Wibble" = "outcomes_met"' in text
    assert "Okonkwo" not in text


UNCLEAR = [f"C{n},P{n},0{1 + n % 9}/0{1 + n % 7}/2025,45{n:03d},=Wibble()" for n in range(20)]
"""No day of these is above the twelfth, and the day on which each closed is a number."""


def test_dates_that_can_be_read_two_ways_are_asked_about_and_the_answer_is_saved(
    client_as: Callable[..., Any], desk: Path, address: str
) -> None:
    (desk / "inbox" / "cases.csv").write_text(
        "\n".join(["Case No,Child Ref,Started On,Closed On,Why Closed", *UNCLEAR])
    )
    analyst = client_as("analyst")
    words = analyst.post(address, stands_in(analyst.get(address)), follow=True)
    told = words_of(words)
    assert "Started On: which stands first, the day or the month?" in told
    assert "13 rows could be read either way, and nothing in the column settles it." in told
    assert "The day stands first: 01/01/2025" not in told, "a date that is one day either way is no example"
    assert "The month stands first: 01/03/2025 is 3 January 2025" in told
    assert "Closed On: what are the numbers under it?" in told
    assert "Days, as Excel counts them: 45000 is 15 March 2023" in told
    unanswered = analyst.post(f"{address}words/", {"d_1": "since-1900"})
    assert unanswered.status_code == 422
    assert "Started On: say which stands first, the day or the month." in words_of(unanswered)
    checked = analyst.post(f"{address}words/", {"d_0": "month-first", "d_1": "since-1900"}, follow=True)
    assert "Take the faulty rows as CSV" in words_of(checked)
    analyst.post(f"{address}check/", {"name": "our_cases"})
    saved = (desk / "maps" / "our_cases.toml").read_text()
    assert '"Closed On" = ["since-1900"]\n"Started On" = ["month-first"]\n' in saved


def test_the_faulty_rows_are_taken_as_a_file_with_what_stands_there_for_who_may_see_names(
    client_as: Callable[..., Any], desk: Path, address: str
) -> None:
    from earlyhelp.store.audit import records

    (desk / "inbox" / "cases.csv").write_text(TEXT.replace("soon,Needs met,Smith", "03/04/2025,=HYPERLINK(1),Smith"))
    seen = {}
    for role, ending in (("analyst", "csv"), ("steward", "xlsx")):
        client = client_as(role)
        assert client.get(f"{address}faults/").url == address, "there is nothing to try before the columns are matched"
        client.post(address, stands_in(client.get(address)))
        assert client.get(f"{address}faults/?as=exe").status_code == 404
        answer = client.get(f"{address}faults/?as={ending}")
        assert answer["Content-Disposition"] == f'attachment; filename="faulty-rows-of-cases-csv-faults.{ending}"'
        seen[role] = answer.content
    lines = list(csv.reader(io.StringIO(seen["analyst"].decode("utf-8-sig"))))
    assert lines[0][:4] == ["list", "row", "column", "what stands there"]
    assert lines[-1][1:4] == ["42", "Why Closed", "'=AAAAAAAAA(9)"], "a formula is text, and a value its shape"
    assert lines[-1][5:] == [
        "a code or label of the list",
        "Bring the file in again, and match its words before you run.",
        "kept",
    ]
    sheet = load_workbook(io.BytesIO(seen["steward"]))["Table"]
    last = [each.value for each in list(sheet.rows)[-1]]
    assert (last[1], last[3]) == ("42", "=HYPERLINK(1)")
    assert sheet.cell(sheet.max_row, 4).data_type == "s"
    events = [(each["event"], each.get("what", "")) for each in records(desk / "log" / "audit.jsonl")]
    assert events[-2:] == [
        ("look", "the faulty rows of a file that is being mapped"),
        ("download", "faulty rows of cases.csv"),
    ]


def test_two_columns_for_one_are_an_error_at_both_fields(
    client_as: Callable[..., Any], desk: Path, address: str
) -> None:
    analyst = client_as("analyst")
    first = analyst.get(address)
    twice = stands_in(first) | {field_called(first, "Why Closed"): "eh_episode.start_date"}
    answer = analyst.post(address, twice)
    assert answer.status_code == 422
    wanted = ["Two columns cannot both fill start date of eh episode: choose one of them."]
    assert errors_at(answer) == {
        field_called(first, "Started On"): wanted,
        field_called(first, "Why Closed"): wanted,
    }


def test_a_column_without_which_no_row_can_be_placed_is_asked_for(
    client_as: Callable[..., Any], desk: Path, address: str
) -> None:
    analyst = client_as("analyst")
    first = analyst.get(address)
    answer = analyst.post(address, stands_in(first) | {field_called(first, "Started On"): ""})
    assert "no column fills start date of eh episode. Without it no row can be placed." in words_of(answer)


def test_names_in_a_file_are_shown_by_their_shape_to_those_who_may_not_see_names(
    client_as: Callable[..., Any], desk: Path, address: str
) -> None:
    from earlyhelp.store.audit import records

    seen = words_of(client_as("analyst").get(address))
    assert "Okonkwo" not in seen
    assert "01/01/2025" in seen, "a day tells its order"
    assert "Okonkwo" in words_of(client_as("steward").get(address))
    looks = [each["account"] for each in records(desk / "log" / "audit.jsonl") if each["event"] == "look"]
    assert looks == ["analyst@thornbridge.gov.uk", "steward@thornbridge.gov.uk"]


def test_names_under_what_is_only_likely_to_be_something_else_are_not_shown_either(
    client_as: Callable[..., Any], desk: Path
) -> None:
    from earlyhelp.web.inbox import key_of

    (desk / "inbox" / "team.csv").write_text(
        "Child Ref,Date opened,Lead Family Member,Worker\n"
        + "".join(f"C{n},{n}/01/2025,Imran Raza,J Hobbs\n" for n in range(13, 20))
    )
    address = f"/data/mapping/{key_of(Path('team.csv'))}/"
    seen = words_of(client_as("analyst").get(address))
    assert "Lead Family Member For example: Aaaaa Aaaa." in seen
    assert not [name for name in ("Imran", "Hobbs") if name in seen]
    assert "Imran Raza" in words_of(client_as("steward").get(address))


def test_a_saved_map_can_be_started_from(client_as: Callable[..., Any], desk: Path, address: str) -> None:
    (desk / "maps").mkdir()
    (desk / "maps" / "other.toml").write_text(
        'name = "other"\n[[list]]\ntitle = "cases"\ntable = "eh_episode"\n[list.columns]\n"Case No" = ["eh_episode.episode_id"]\n'
        '"Child Ref" = ["eh_episode.person_key"]\n"Started On" = ["eh_episode.start_date"]\n"Why Closed" = []\n'
    )
    analyst = client_as("analyst")
    first = analyst.get(f"{address}?from=other")
    assert stands_in(first)[field_called(first, "Why Closed")] == ""
    assert stands_in(first)[field_called(first, "Case No")] == "eh_episode.episode_id"


def test_sheets_with_the_same_headings_stay_lists_of_their_own_when_the_file_is_mapped_again(
    client_as: Callable[..., Any], desk: Path
) -> None:
    from earlyhelp.web.inbox import lying

    book = Workbook()
    book.active.title = "Open"
    for sheet in (book.active, book.create_sheet("Closed"), book.create_sheet("Waiting")):
        sheet.append(["YP Ref No", "Date opened to EH", "Why closed"])
        sheet.append([f"{sheet.title} 1", date(2025, 4, 13), "Needs met"])
    book.create_sheet("Words").append(["Zorgle"])
    book["Words"].append(["Wibble"])
    book.save(desk / "inbox" / "lists.xlsx")
    saved = '[[list]]\ntitle = "{}"\ntable = "eh_episode"\n[list.columns]\n"YP Ref No" = ["eh_episode.person_key"]\n{}'
    rest = '"Date opened to EH" = ["eh_episode.start_date"]\n"Why closed" = []\n'
    (desk / "maps").mkdir()
    lists = "".join(saved.format(title, rest) for title in ("Closed", "Open"))
    (desk / "maps" / "lists.toml").write_text(f'name = "lists"\n{lists}')
    [key] = [each.key for each in lying(desk / "inbox") if each.shown == "lists.xlsx"]
    analyst = client_as("analyst")
    first = analyst.get(f"/data/mapping/{key}/")
    told = words_of(first)
    assert all(f"{title} eh episode" in told for title in ("Open", "Closed", "Waiting"))
    assert "In Waiting. For example: Waiting 1." in told
    assert "Words nothing that is known" in told
    assert analyst.post(f"/data/mapping/{key}/", stands_in(first)).status_code == 302


def test_a_heading_can_be_said_to_hold_whole_names(client_as: Callable[..., Any], desk: Path, address: str) -> None:
    analyst = client_as("analyst")
    first = analyst.get(address)
    said = stands_in(first) | {field_called(first, "Child Surname"): "person.forename,person.surname"}
    words = analyst.post(address, said, follow=True)
    analyst.post(f"{address}words/", stands_in(words), follow=True)
    analyst.post(f"{address}check/", {"name": "our_cases"}, follow=True)
    text = (desk / "maps" / "our_cases.toml").read_text()
    assert '"Child Surname" = ["person.forename", "person.surname"]' in text


SCORES = "Client Ref,Programme,Start Date,End Date,SDQ start,SDQ end,Mood\n" + "".join(
    f"C{n},Talking,{n:02d}/01/2025,{n:02d}/04/2025,{10 + n},{5 + n},{n}\n" for n in range(13, 28)
)


@pytest.fixture
def of_scores(desk: Path) -> str:
    """Where a file with scores side by side is mapped."""
    return waiting(desk, "counselling.csv", SCORES)


def test_scores_side_by_side_are_suggested_and_can_be_said_of_any_column_of_numbers(
    client_as: Callable[..., Any], desk: Path, of_scores: str
) -> None:
    analyst = client_as("analyst")
    first = analyst.get(of_scores)
    assert "SDQ, total difficulties, taken on the day under End Date" in words_of(first)
    said = stands_in(first)
    assert said[field_called(first, "SDQ start")] == "score:SDQ|Total difficulties|Start Date"
    words = analyst.post(of_scores, said | {field_called(first, "Mood"): "score:ORS|Total|End Date"}, follow=True)
    assert "there is nothing to match" in words_of(words)
    assert "Rows in 15 Kept 15" in words_of(analyst.get(f"{of_scores}check/"))
    analyst.post(f"{of_scores}check/", {"name": "counselling"}, follow=True)
    text = (desk / "maps" / "counselling.toml").read_text()
    assert '"SDQ end" = { tool = "SDQ", domain = "Total difficulties", date = "End Date" }' in text
    assert '"Mood" = { tool = "ORS", domain = "Total", date = "End Date" }' in text
    again = analyst.get(of_scores)
    assert stands_in(again)[field_called(again, "Mood")] == "score:ORS|Total|End Date"


def test_one_score_from_two_columns_is_an_error_at_the_second(
    client_as: Callable[..., Any], desk: Path, of_scores: str
) -> None:
    analyst = client_as("analyst")
    first = analyst.get(of_scores)
    mood = field_called(first, "Mood")
    answer = analyst.post(of_scores, stands_in(first) | {mood: "score:SDQ|Total difficulties|End Date"})
    wanted = ["Two columns cannot both be SDQ, total difficulties, on the day under End Date: choose one of them."]
    assert errors_at(answer) == {mood: wanted}


FAMILIES = "Family ID,Child 1 Name,Child 1 DOB,Child 2 Name,Child 2 DOB,Date Opened,Debt?,Loans?\n" + "".join(
    f"F{n},Mia {each},{n}/05/2012,Leo Asher,{n}/06/2014,{n}/01/2025,{'YN'[n % 2]},{'NY'[n % 2]}\n"
    for n, each in enumerate(("Ash", "Birch", "Cedar", "Elm", "Fir", "Holm", "Lime", "Oak"), start=13)
)


def test_numbered_children_and_needs_are_suggested_and_can_be_said_otherwise(
    client_as: Callable[..., Any], desk: Path
) -> None:
    address = waiting(desk, "families.csv", FAMILIES)
    analyst = client_as("analyst")
    first = analyst.get(address)
    said = stands_in(first)
    names = "person.forename,person.surname"
    assert said[field_called(first, "Child 2 Name")] == f"person:child 2|{names}"
    assert said[field_called(first, "Debt?")] == "need:SF10"
    assert "Asher" not in words_of(first), "names are shown by their shape to those who may not see them"
    again = said | {field_called(first, "Child 2 DOB"): f"person:child 2|{names}"}
    wrong = "Two columns cannot both fill forename of person: choose one of them."
    assert errors_at(analyst.post(address, again))[field_called(first, "Child 2 DOB")] == [wrong]
    otherwise = said | {field_called(first, "Child 2 DOB"): "", field_called(first, "Loans?"): "need:SF9"}
    assert analyst.post(address, otherwise).status_code == 302
    assert "Rows in 8 Kept 8" in words_of(analyst.get(f"{address}check/"))
    analyst.post(f"{address}check/", {"name": "families"}, follow=True)
    text = (desk / "maps" / "families.toml").read_text()
    assert '"Child 2 DOB" = []' in text
    assert '[list.needs]\n"Debt?" = "SF10"\n"Loans?" = "SF9"' in text
    assert '[[list.people]]\nrole = "child"\n[list.people.columns]\n"Child 2 Name" = ' in text


def test_the_first_of_several_needs_stays_the_episodes_too(client_as: Callable[..., Any], desk: Path) -> None:
    rows = "".join(f"C{n},{n}/01/2025,Debt,Housing\n" for n in range(13, 20))
    address = waiting(desk, "caseload.csv", f"Child ID,Date opened,Need 1,Need 2\n{rows}")
    analyst = client_as("analyst")
    assert analyst.post(address, stands_in(analyst.get(address))).status_code == 302
    analyst.post(f"{address}check/", {"name": "caseload"}, follow=True)
    text = (desk / "maps" / "caseload.toml").read_text()
    assert '"Need 1" = ["eh_episode.need_code"]' in text
    assert '[list.needs]\n"Need 1" = "as-written"\n"Need 2" = "as-written"' in text


def test_outcomes_go_with_their_needs(client_as: Callable[..., Any], desk: Path) -> None:
    rows = "".join(f"F{n},Mia Ash,{n}/05/2012,{n}/01/2025,Y,{'YN'[n % 2]},{n}/06/2025,N\n" for n in range(13, 20))
    headings = "Family,Child Name,DOB,Date opened,SF1 Need,SF1 Outcome,SF1 Outcome Date,SF8 Need"
    address = waiting(desk, "sf.csv", f"{headings}\n{rows}")
    analyst = client_as("analyst")
    first = analyst.get(address)
    assert "the outcome of the need under SF1 Need" in words_of(first)
    analyst.post(address, stands_in(first))
    analyst.post(f"{address}check/", {"name": "sf"}, follow=True)
    text = (desk / "maps" / "sf.toml").read_text()
    assert '"SF1 Outcome" = { need = "SF1 Need", date = "SF1 Outcome Date" }' in text
    unsaid = stands_in(analyst.get(address)) | {field_called(first, "SF1 Need"): ""}
    analyst.post(address, unsaid)
    analyst.post(f"{address}check/", {"name": "sf"}, follow=True)
    assert "[list.outcomes]" not in (desk / "maps" / "sf.toml").read_text()


def test_days_of_reviews_are_suggested_and_any_day_can_be_said_to_be_one(
    client_as: Callable[..., Any], desk: Path
) -> None:
    rows = "".join(f"C{n},{n}/01/2025,{n}/02/2025,{n}/03/2025,{n}/04/2025\n" for n in range(13, 20))
    address = waiting(desk, "tafs.csv", f"Child ID,Date opened,Initial TAF,Review 1,Panel\n{rows}")
    analyst = client_as("analyst")
    first = analyst.get(address)
    assert "Team around the family meeting, the day it was held" in words_of(first)
    said = stands_in(first)
    assert said[field_called(first, "Review 1")] == "review:review|held"
    analyst.post(address, said | {field_called(first, "Panel"): "review:audit|due"})
    analyst.post(f"{address}check/", {"name": "tafs"}, follow=True)
    text = (desk / "maps" / "tafs.toml").read_text()
    assert '"Initial TAF" = { type = "team_around_family" }' in text
    assert '"Panel" = { type = "audit", due = true }' in text


def test_a_heading_is_as_sure_as_the_least_of_what_it_is_suggested_for(
    client_as: Callable[..., Any], desk: Path
) -> None:
    rows = "".join(f"C{n},{n}/01/2025,{n}/06/2025\n" for n in range(13, 20))
    told = words_of(
        client_as("analyst").get(waiting(desk, "cases.csv", f"Child ID,Date allocated,Date case closed\n{rows}"))
    )
    about = told.partition("Date allocated")[2].partition("Date case closed")[0]
    assert "As start_date: no heading tells when the help began" in about
    assert "Almost sure" not in about


def test_years_of_two_digits_are_asked_about_with_what_they_would_mean(
    client_as: Callable[..., Any], desk: Path
) -> None:
    rows = "".join(f"C{n},{n}-JAN-25\n" for n in range(13, 20))
    address = waiting(desk, "oracle.csv", f"Child ID,Date opened\n{rows}")
    analyst = client_as("analyst")
    words = analyst.post(address, stands_in(analyst.get(address)), follow=True)
    assert "what are its years of two digits?" in words_of(words)
    assert "13-JAN-25 is 13 January 2025" in words_of(words)
    analyst.post(f"{address}words/", {"d_0": "no-short-years"}, follow=True)
    assert "Rows in 7 Kept 0" in words_of(analyst.get(f"{address}check/"))
    analyst.post(f"{address}words/", {"d_0": "short-years"}, follow=True)
    assert "Rows in 7 Kept 7" in words_of(analyst.get(f"{address}check/"))


def test_a_later_step_cannot_be_opened_first(client_as: Callable[..., Any], desk: Path, address: str) -> None:
    analyst = client_as("analyst")
    for step in ("words/", "check/"):
        assert analyst.get(f"{address}{step}").url == address
    analyst.post(f"{address}check/", {"name": "skipped"})
    assert list(desk.glob("maps/*")) == []


def test_a_file_that_is_none_is_refused_in_words(client_as: Callable[..., Any], desk: Path) -> None:
    from earlyhelp.web.inbox import key_of

    (desk / "inbox" / "torn.xlsx").write_bytes(b"PK\x03\x04 torn")
    answer = client_as("analyst").get(f"/data/mapping/{key_of(Path('torn.xlsx'))}/")
    assert answer.status_code == 404
    assert "cut short, damaged" in words_of(answer)


def test_only_those_who_load_map(client_as: Callable[..., Any], desk: Path, address: str) -> None:
    for role in ("head", "viewer", "team_manager", "finance"):
        assert client_as(role).get(address).status_code == 403
    assert client_as("analyst").get("/data/mapping/nothing/").status_code == 404
    assert "cases.csv" in words_of(client_as("analyst").get("/data/mapping/"))
