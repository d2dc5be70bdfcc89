"""Papers about one partner or ward, for an inspection and of the offer, and all services side by side, from the command line."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping
from datetime import timedelta
from pathlib import Path

import pytest
from lxml import html
from openpyxl import load_workbook
from tests.journeys.conftest import Ended, earlyhelp
from tests.journeys.studied_council import AS_AT, draw, write_council

from earlyhelp.compare import public_of, signed
from earlyhelp.documenting import content_for, partners_there_are, subject_named, wards_there_are
from earlyhelp.reports.blocks import Content, TableBlock
from earlyhelp.store.workspace import open_workspace

FAMILIES, SEED, WHEN = 420, 4, "2026-04-01T09:00:00+00:00"
KEY = b"the key of another council".ljust(32, b"x")
ASKERS = [("2A", "School", "100001")] * 4 + [("6", "Police", "")] * 5 + [("1C", "Family itself", "")]
"""Who asks in turn; schools ask under their number."""


def write(file: Path, rows: Iterable[Mapping[str, object]]) -> None:
    held = list(rows)
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(held[0]))
        writer.writeheader()
        writer.writerows(held)


def write_more(inbox: Path) -> None:
    """A request of the last year about every third child, two schools, two wards, and what two services cost."""
    asked = list(enumerate(draw(FAMILIES, SEED)[::3]))
    write(inbox / "contact.csv", (
        {"contact_id": f"C{each.number}", "person_key": each.keys["person_key"], "contact_date": day,
         "decision_date": day, "feedback_date": day + timedelta(days=6) if turn % 3 else "",
         "source_code": ASKERS[turn % 10][0], "requestor_organisation": ASKERS[turn % 10][1],
         "school_urn": ASKERS[turn % 10][2], "decision_code": ("early_help", "nfa", "advice")[turn % 3]}
        for turn, each in asked
        for day in [AS_AT - timedelta(days=20 + turn)]
    ))  # fmt: skip
    write(inbox / "school.csv", ({"school_urn": urn, "name": name} for urn, name in
                                 (("100001", "Elm Primary"), ("100002", "Quiet School"))))  # fmt: skip
    write(inbox / "place.csv", (
        {"lsoa": f"E0100000{place}", "ward_code": f"E0500000{place}", "ward_name": name, "la_code": "E06000999",
         "children_0_17": 900} for place, name in ((1, "Elm"), (2, "Quay"))
    ))  # fmt: skip
    homes = [
        {"person_key": each.keys["person_key"], "dob": each.start - timedelta(days=3000), "is_child": True,
         "lsoa": f"E0100000{1 + (each.number % 4 == 0)}"}
        for each in draw(FAMILIES, SEED)
    ]  # fmt: skip
    write(inbox / "person.csv", homes)
    write(inbox / "spend.csv", (
        {"financial_year": "2025-26", "service_id": service, "budget_line": service, "stage": "early", "amount": pounds,
         "kind": "actual"} for service, pounds in (("S01", 60_000), ("S02", 9_000))
    ))  # fmt: skip


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The council of the other papers, smaller, with requests, schools, wards and a ledger; run once, and only read."""
    folder = tmp_path_factory.mktemp("more_papers") / "council"
    assert earlyhelp("init", folder, "--council", "E06000999", "--name", "Steps Borough").code == 0
    write_council(folder / "inbox", families=FAMILIES, seed=SEED)
    write_more(folder / "inbox")
    ended = earlyhelp("run", folder, "--as-at", AS_AT, "--json")
    assert ended.code == 0, ended.err or ended.out
    return folder


def content(council: Path, name: str, **about: str) -> Content:
    return content_for(open_workspace(council), name, WHEN, subject_named(name, about))


def page(council: Path, out: Path, name: str, *more: object) -> html.HtmlElement:
    ended = earlyhelp("report", council, name, "--out", out, *more, "--json")
    assert ended.code == 0, ended.err or ended.out
    assert ended.json["path"] == str(out)
    return html.fromstring(out.read_text("utf-8"))


def cells(found: html.HtmlElement, caption: str) -> dict[str, list[str]]:
    """The rows of the table with that caption by their heading."""
    [table] = found.xpath(f"//table[starts-with(normalize-space(caption), '{caption}')]")
    return {
        row.findtext("th"): [each.text_content() for each in row.findall("td")] for row in table.findall(".//tbody/tr")
    }


def test_the_list_names_the_partners_and_wards_that_a_paper_can_be_about(council: Path):
    told = earlyhelp("report", council, "--list", "--json").json
    assert {each["name"]: each["about"] for each in told["papers"] if each["about"]} == {
        "business-case": "service", "partner-page": "partner", "ward-profile": "ward",
    }  # fmt: skip
    assert [each["partner"] for each in told["partners"]] == ["100001", "100002", "Police", "School"]
    assert [each["name"] for each in told["wards"]] == ["Elm", "Quay"]
    assert "Elm Primary" in earlyhelp("report", council, "--list").out


def test_the_lists_are_there_for_other_programs_too(council: Path):
    workspace = open_workspace(council)
    assert [each.kind for each in partners_there_are(workspace)] == ["school", "school", "organisation", "organisation"]
    assert [(each.code, each.children) for each in wards_there_are(workspace)] == [
        ("E05000001", 900),
        ("E05000002", 900),
    ]


def test_a_schools_page_tells_its_own_requests_beside_the_councils_and_each_figure_has_a_certificate(council, tmp_path):
    found = page(council, tmp_path / "school.html", "partner-page", "--partner", "100001")
    assert found.findtext(".//h1") == "Early help and Elm Primary"
    own, whole = cells(found, "Requests of the year")["Requests for support received (requests)"]
    table = earlyhelp("measure", council, "A1", "--by", "school_urn", "--from", "2025-04-01", "--to", AS_AT, "--json")
    [school] = [each for each in table.json["rows"] if each["school_urn"] == "100001"]
    assert (own, whole) == (f"{school['value']:.0f}", "140")
    certificate = found.xpath("//table[contains(caption, 'What stands behind')]//td[3]/text()")[0]
    assert earlyhelp("certificate", council, certificate, "--json").json["same"] is True


def test_a_page_names_no_other_partner(council: Path, tmp_path: Path):
    said = page(council, tmp_path / "police.html", "partner-page", "--partner", "Police").text_content()
    assert "On half of the requests of Police, whoever asked heard back within" in said or "less than half" in said
    assert not [each for each in ("Elm Primary", "Quiet School", "Family itself") if each in said]


def test_a_school_and_the_agency_it_asks_under_are_told_together_and_the_agency_not_by_month(council: Path):
    """Every request in the name of School is of school 100001: the two pages tell the same counts."""
    school, agency = (content(council, "partner-page", partner=each) for each in ("100001", "School"))
    groups = [
        [row[:2] for each in found.blocks if isinstance(each, TableBlock) and each.caption.startswith("What became")
         for row in each.rows]
        for found in (school, agency)
    ]  # fmt: skip
    assert groups[0] == groups[1]
    assert any("By month nothing is shown" in getattr(each, "text", "") for each in agency.blocks)


def test_a_school_that_never_asked_has_a_page_that_says_so(council: Path):
    blocks = content(council, "partner-page", partner="100002").blocks
    assert any("no request of Quiet School is recorded" in getattr(each, "text", "") for each in blocks)


def test_a_wards_profile_has_rates_beside_the_councils(council: Path, tmp_path: Path):
    found = page(council, tmp_path / "ward.html", "ward-profile", "--ward", "E05000001")
    assert found.findtext(".//h1") == "Ward profile: Elm"
    own, whole = cells(found, "What is asked for")["Requests for support received (requests for each 10,000)"]
    assert float(own.split()[0].replace(",", "")) > float(whole.split()[0].replace(",", ""))


def test_the_inspection_pack_answers_what_it_can_and_says_why_not_of_the_rest(council: Path, tmp_path: Path):
    out = tmp_path / "pack.xlsx"
    assert earlyhelp("report", council, "inspection-pack", "--out", out).code == 0
    book = load_workbook(out)
    rows = {
        str(row[0].value): [cell.value for cell in row[1:]]
        for name in book.sheetnames[2:]
        for row in book[name].iter_rows()
    }
    assert rows["Do families stay well after you close?"][1:] == ["1 of 2", "partly"]
    missing = cells(page(council, tmp_path / "pack.html", "inspection-pack"), "Measures without a figure")
    assert missing["Audit grade good or better (E6)"][1].endswith("grade of an audit (eh_review.grade).")
    assert rows["snapshot"][0] == open_workspace(council).current


@pytest.fixture(scope="module")
def blueprint(council: Path, tmp_path_factory: pytest.TempPathFactory) -> html.HtmlElement:
    return page(council, tmp_path_factory.mktemp("blueprint") / "blue.html", "service-blueprint")


def test_the_blueprint_tells_services_and_what_the_ledger_knows(blueprint: html.HtmlElement):
    services = cells(blueprint, "Each service")
    assert services["Family Steps"][4] == "£60,000 (2025-26)"
    assert services["Idle Steps"][4] == "not in the ledger"


def test_the_blueprint_tells_who_acts_and_in_which_system_at_each_step(blueprint: html.HtmlElement):
    steps = cells(blueprint, "Each step")
    assert steps["Somebody asks"][0].startswith("who asks: ")
    assert steps["Somebody asks"][1] == "Early Help standard dataset, version 1 100%"
    assert steps["Help goes on, and is reviewed"][0] == "the records do not say"


@pytest.fixture(scope="module")
def pack_of_another(council: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The council's own pack as another council would send it, whose key is trusted."""
    folder, code = tmp_path_factory.mktemp("pack_of_another"), "E09000002"
    assert earlyhelp("pack", "write", council, "--out", folder / "own.json").code == 0
    body = json.loads((folder / "own.json").read_text("utf-8"))["pack"]
    (folder / "other.json").write_bytes(signed({**body, "council": {"code": code, "name": "Quay"}}, KEY))
    (folder / "key.json").write_bytes(public_of(KEY, code).file_bytes())
    assert earlyhelp("pack", "trust", council, folder / "key.json").code == 0
    return folder / "other.json"


def test_the_blueprint_stands_beside_those_of_packs(council: Path, pack_of_another: Path, tmp_path: Path):
    found = page(council, tmp_path / "blue.html", "service-blueprint", "--beside", pack_of_another)
    [steps] = found.xpath("//table[starts-with(normalize-space(caption), 'The steps, ')]")
    assert [each.text_content() for each in steps.findall(".//thead//th")][2:] == [
        "Steps Borough (this council)",
        "Quay",
    ]
    rows = [[each.text_content() for each in row] for row in steps.findall(".//tbody/tr")]
    assert ["Somebody asks", "Requests for support received", "140", "140"] in rows
    assert [row[1] for row in rows if row[0] == "Help ends"][:2] == ["who acts", "recorded in"]
    assert next(row for row in rows if row[:2] == ["Somebody asks", "who acts"])[3].startswith("who asks: ")
    assert [row for row in rows if row[2] != row[3]] == []


def test_a_pack_that_cannot_be_trusted_is_named_and_the_blueprint_made_without_it(council, pack_of_another, tmp_path):
    bad = tmp_path / "bad.json"
    bad.write_text("{}", "utf-8")
    more = ["--beside", pack_of_another, "--beside", bad, "--out", tmp_path / "blue.html"]
    ended = earlyhelp("report", council, "service-blueprint", *more)
    assert ended.code == 0, ended.err
    assert "left out  bad.json: " in ended.out
    told = earlyhelp("report", council, "service-blueprint", *more, "--json").json
    assert (told["beside"], [each["file"] for each in told["left_out"]]) == (["E09000002"], ["bad.json"])


def test_only_a_document_that_has_steps_is_laid_beside_packs_and_only_packs_that_are_trusted(council, tmp_path):
    out = tmp_path / "paper.html"
    wrong = earlyhelp("report", council, "monthly-pack", "--beside", out, "--out", out, "--json")
    assert wrong.code == 2
    assert "service-blueprint" in json.loads(wrong.err or wrong.out)["fix"]
    out.write_text("{}", "utf-8")
    assert earlyhelp("report", council, "service-blueprint", "--beside", out, "--out", out, "--json").code == 3
    assert out.read_text("utf-8") == "{}"


@pytest.mark.parametrize("name", ["partner-page", "ward-profile", "inspection-pack", "service-blueprint"])
def test_a_paper_is_the_same_each_time_it_is_made(council: Path, name: str):
    about = {"partner-page": {"partner": "100001"}, "ward-profile": {"ward": "E05000002"}}.get(name, {})
    assert content(council, name, **about) == content(council, name, **about)


@pytest.mark.parametrize(
    ("arguments", "where", "fix"),
    [
        (["partner-page"], "--partner", "One of: 100001, 100002, Police, School"),
        (["partner-page", "--partner", "Family itself"], "--partner", "One of: 100001"),
        (["ward-profile", "--ward", "E05999999"], "--ward", "One of: E05000001, E05000002"),
        (["ward-profile", "--ward", "E05000001", "--partner", "Police"], "--partner", "Leave it out"),
        (["inspection-pack", "--service", "S01"], "--service", "Leave it out"),
    ],
)
def test_a_subject_that_is_missing_or_unknown_is_told_with_what_there_is(council, tmp_path, arguments, where, fix):
    ended = earlyhelp("report", council, *arguments, "--out", tmp_path / "paper.html", "--json")
    assert ended.code == 2
    problem = json.loads(ended.err or ended.out)
    assert problem["where"] == where
    assert fix in problem["fix"]
    assert not list(tmp_path.iterdir())


def portfolio(council: Path) -> Ended:
    ended = earlyhelp("portfolio", council, "--json")
    assert ended.code == 0, ended.err or ended.out
    return ended


def test_the_portfolio_tells_the_effect_only_of_services_with_a_comparable_study_and_ranks_none(council: Path):
    told = portfolio(council).json
    rows = {each["service"]: each for each in told["services"]}
    assert (rows["S01"]["annual_cost"], rows["S01"]["design_grade"]) == (60_000, 2)
    assert rows["S01"]["lower"] < rows["S01"]["risk_ratio"] < 1
    assert rows["S04"]["risk_ratio"] is None
    assert "fewer than 40 families" in rows["S04"]["why_no_effect"]
    names = [each["name"] for each in told["services"] if each["risk_ratio"] is not None]
    assert names == sorted(names)
    assert not any("rank" in key or "place" in key for each in told["services"] for key in each)


def test_break_even_is_told_without_a_study_and_not_without_a_cost(council: Path):
    rows = {each["service"]: each for each in portfolio(council).json["services"]}
    assert rows["S02"]["break_even"][0]["basis"] == "arithmetic: no causal claim"
    assert rows["S04"]["break_even"] == []
    assert "The ledger holds no actual spending" in rows["S04"]["why_no_cost"]


def test_the_portfolio_in_words_has_the_notes_that_must_stand_beside_it(council: Path):
    said = earlyhelp("portfolio", council).out
    assert "in no order of merit" in said
    assert "Fiscal cost alone." in said


def test_an_envelope_is_answered_with_a_mix_or_with_why_there_is_none(council: Path):
    told = earlyhelp("portfolio", council, "--envelope", "50000", "--json").json["mix"]
    assert told["envelope"] == 50_000
    assert bool(told["services"]) is not bool(told["why_not"])
    assert "What 50,000 pounds a year buy" in earlyhelp("portfolio", council, "--envelope", "50000").out


def test_a_council_without_offers_has_no_portfolio(workspace: Path):
    assert earlyhelp("portfolio", workspace, "--json").code == 3
