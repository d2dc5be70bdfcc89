"""Documents: what each says of released things, what it says is missing, and what none can say."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from tests.unit.reports import released

from earlyhelp.errors import GateClosed
from earlyhelp.measures import CATALOGUE, Grain
from earlyhelp.release import Status
from earlyhelp.reports.answers.prepared import Reply
from earlyhelp.reports.blocks import Content, Figure, Heading, MayNotSay, TableBlock, Text, texts
from earlyhelp.reports.documents import DOCUMENTS, ENDINGS, Choice, content_of
from earlyhelp.reports.returns import RETURNS
from earlyhelp.reports.to_workbook import tables, write_workbook

TOLD = released.services(("S01", "Family Steps", "better than expected"), ("S02", "Few Steps", "too few to say"))
FINDINGS = (released.finding(), released.finding("S02", "Few Steps", passed=False))


def written(name: str, **more: object) -> Content:
    return content_of(DOCUMENTS[name], released.material(**more))


def business_case(**more: object) -> Content:
    parts = [released.asked(Grain.YEAR), released.asked(Grain.MONTH)]
    about = {"findings": (released.finding(),), "service": "S01", "parts": parts, "choices": released.choices()}
    return written("business-case", **(about | more))


def table(content: Content, begins: str) -> TableBlock:
    return next(each for each in tables(content) if each.caption.startswith(begins))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_says_for_whom_it_is_what_it_holds_and_what_files_it_can_be(name):
    document = DOCUMENTS[name]
    assert document.name == name
    assert name not in RETURNS
    assert all((document.title, document.for_whom, document.holds))
    assert set(document.endings) <= set(ENDINGS)
    assert {each.measure for each in document.wanted} <= set(CATALOGUE)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_of_a_council_with_nothing_on_record_can_still_be_made(name):
    content = written(name)
    assert content.title
    assert content.subtitle == "Thornbridge. As at 31 March 2026. Snapshot s-1."


def test_the_evidence_paper_tells_groups_first_then_a_page_a_service_and_the_shut_ones_last():
    content = written("evidence-paper", services=TOLD, findings=FINDINGS[::-1])
    pages = [each.text for each in content.headings if each.level == 1]
    assert pages[:3] == ["In short", "The services side by side", "What holds for every service that could be compared"]
    assert pages[3:] == ["Family Steps", "Services of which no figure can be told"]
    assert [each.new_page for each in content.headings if each.text == "Family Steps"] == [True]


def test_a_page_of_a_service_has_verdict_what_may_be_said_and_what_may_not_plan_and_day():
    content = written("evidence-paper", services=TOLD, findings=FINDINGS)
    said = list(texts(content))
    assert "Verdict: fewer first steps up than among like families." in said
    assert any("was associated with fewer families" in each for each in said)
    assert next(each.items for each in content.blocks if isinstance(each, MayNotSay)) == (released.CAUSED,)
    [note] = [each for each in said if each.startswith("Study service:S01")]
    assert "plan 09cc8567d80707b0, declared 22 November 2026" in note
    assert "grade 2" in note


def test_the_effect_is_told_by_method_and_window_and_what_is_hidden_says_so():
    content = written("evidence-paper", services=TOLD, findings=FINDINGS)
    rows = table(content, "Family Steps: first step up").rows
    assert rows[0] == ("12 months, weights (main method)", "-15.0 (-22.0 to -8.0)", "120", "800")
    assert [row[0] for row in rows] == [
        "12 months, weights (main method)", "12 months, two models together", "12 months, one to one pairs",
        "6 months", "18 months",
    ]  # fmt: skip
    assert "declared for 12 months. Other lengths are there to be checked" in " ".join(texts(content))
    assert rows[3][1] == released.WHY
    assert rows[4] == ("18 months", "too few to say", "too few to say", "800")


def test_groups_of_families_with_a_figure_are_told_and_the_others_named():
    found = released.finding()
    hidden = {**found.groups[0], **released.NOTHING, "group_words": "youngest child 5 or older", "status": "suppressed"}
    content = written("evidence-paper", services=TOLD, findings=(replace(found, groups=(*found.groups, hidden)),))
    rows = table(content, "Family Steps: the same comparison").rows
    assert rows == (("youngest child under 5", "-15.0 (-22.0 to -8.0)", "60", "300"),)
    assert "Too few families, or too few alike, for a figure: youngest child 5 or older." in list(texts(content))


def test_what_holds_of_every_choice_is_said_once():
    content = business_case(
        choices=(released.choices()[0], Choice("Cut it", released.scenario("The budget falls by £9.")))
    )
    lists = {
        each.text: content.blocks[place + 1] for place, each in enumerate(content.blocks) if isinstance(each, Heading)
    }
    assert lists["Stop it"].items == ("The budget falls by £60,600.",)
    assert lists["Cut it"].items == ("The budget falls by £9.",)
    assert lists["Of every choice"].items == ("Half of it was never observed.",)


def test_where_the_main_figure_may_not_be_told_no_method_tells_it():
    found = released.finding()
    hidden = replace(found, windows=tuple({**row, **released.NOTHING, "why": released.WHY} for row in found.windows))
    content = written("evidence-paper", services=TOLD, findings=(hidden, FINDINGS[1]))
    rows = table(content, "Family Steps: first step up").rows
    assert [row[0] for row in rows] == ["6 months", "12 months", "18 months"]
    assert all(row[1] == released.WHY for row in rows)
    assert "Families with a first step up, against like families" not in [each.title for each in content.figures]


def test_services_stand_in_the_order_released_with_a_figure_or_why_there_is_none():
    rows = table(written("evidence-paper", services=TOLD, findings=FINDINGS), "Every service").rows
    assert rows == (
        ("Family Steps", "better than expected", "-15.0 (-22.0 to -8.0)", "120"),
        ("Few Steps", "too few to say", "Told of Few Steps.", "120"),
    )


def test_without_a_service_the_evidence_paper_says_so():
    assert "There is nothing to compare: the data names no service that was offered." in list(
        texts(written("evidence-paper"))
    )


def test_the_business_case_is_in_five_cases_with_break_even_before_any_claim():
    content = business_case()
    assert [each.text for each in content.headings if each.level == 1] == [
        "In short", "Strategic case: need and trend", "Economic case", "Commercial case",
        "Financial case: by agency and year", "Management case", "Annex: the evidence",
    ]  # fmt: skip
    second = [each.text for each in content.headings if each.level == 2]
    assert second[:2] == ["Break-even first: no causal claim", "The choices side by side"]
    rows = table(content, "What would have to be avoided").rows
    assert [row[:3] for row in rows] == [
        ("arithmetic: no causal claim", "28.9", "no claim"),
        ("association found elsewhere", "28.9", "3.5 (-0.3 to 6.0)"),
    ]


def test_the_choices_have_ranges_and_a_chance_that_is_never_certain():
    nothing, stop = table(business_case(), "The choices").rows
    assert nothing[0] == "Carry on as now"
    assert stop == (
        "Stop it: council", "£60,600", "£6,800 (-£200 to £20,700)", "£57,300 (-£5,000 to £62,900)",
        "more than 99 in 100", "none",
    )  # fmt: skip


def test_an_agency_of_which_nothing_is_told_has_no_row_and_zero_is_never_negative():
    content = business_case()
    assert [row[0] for row in table(content, "Stop it: by agency").rows] == ["National Health Service"]
    assert table(content, "How closely").rows == (("what the service does", "+0.85", "+0.00"),)


def test_what_could_not_be_worked_out_says_why():
    said = list(texts(business_case()))
    missing = "Cut it by a fifth: it cannot be told what that would bring. The ledger holds no spending of it."
    assert missing in said
    without = business_case(choices=released.choices()[1:])
    assert missing in list(texts(without))
    assert "By agency and year nothing can be told: see the economic case." in list(texts(without))


def test_parameters_seed_draws_prices_and_certificates_are_printed():
    content = business_case()
    [note] = [each for each in texts(content) if "parameter set" in each]
    assert all(each in note for each in ("0123456789abcdef", "20260101", "20,000", "2025-26", "s-1"))
    assert table(content, "Prices").rows[0][:4] == (
        "a child looked after, per month", "Council: children's social care", "£7,224", "not known",
    )  # fmt: skip
    assert [row[3] for row in table(content, "What stands behind").rows] == ["C0", "C1", "C2", "C3"]


def test_figures_by_year_stand_side_by_side_and_hidden_ones_in_words():
    assert table(business_case(), "Need, waiting").rows == (
        ("Waiting list size", "4 (3 to 5)", "5 (4 to 6)", "too few to say", "30 (29 to 31)"),
    )


def test_measures_without_a_year_are_told_in_a_sentence():
    wanted, part = released.asked(Grain.YEAR)
    nothing = dict.fromkeys(("period_start", "period_end", "value", "lower", "upper"))
    row = replace(part.released.rows[0], **nothing, status=Status.NO_DATA)
    bare = replace(part, released=replace(part.released, rows=(row,)), certificates=["C0"])
    content = business_case(parts=[(wanted, bare)])
    said = list(texts(content))
    assert any(each.startswith("Need, waiting") and each.endswith("the records hold no figure.") for each in said)
    assert table(content, "What stands behind").rows == (("Waiting list size", "all days", "no data", "C0"),)


def test_the_page_on_papers_tells_of_every_document():
    page = (Path(__file__).parents[3] / "docs" / "how-to" / "write-a-paper.md").read_text("utf-8")
    assert [name for name in DOCUMENTS if f"| `{name}` |" not in page] == []


def test_the_monthly_pack_has_sentences_charts_with_certificates_and_the_waiting_list():
    content = written("monthly-pack", parts=[released.asked(Grain.MONTH)], waiting=released.waiting())
    chart = next(each for each in content.figures if each.title.startswith("Waiting list size"))
    assert chart.in_annex
    assert chart.table.rows[2:] == (
        ("March 2026", "too few to say", "none", "C2"),
        ("April 2026", "30", "29 to 31", "C3"),
    )
    assert "16 families wait for a worker." in list(texts(content))
    assert table(content, "How waits end").rows[1] == ("stepped up while waiting", "28", "too few to say", "none")
    assert table(content, "Days waited by locality").rows[1] == ("South", "too few to say", "too few to say", "none")


def test_the_months_sentences_have_the_certificates_of_the_figures_they_are_chosen_from():
    latest = {"name": "Waiting list size", "period_end": released.AS_AT, "in_words": "16", "certificate": "C9"}
    content = written("monthly-pack", this_month=Reply(("It stood at 16.",), (latest,)))
    assert "It stood at 16." in list(texts(content))
    assert table(content, "The latest figure").rows == (("Waiting list size", "31 March 2026", "16", "C9"),)


def test_a_measure_without_a_figure_is_told_in_a_sentence_and_not_drawn():
    hidden = (released.asked(Grain.MONTH)[0], released.part(values=(None, None)))
    content = written("monthly-pack", parts=[hidden])
    assert not content.figures
    assert any(each.startswith("Waiting list size: there is nothing to draw.") for each in texts(content))


@pytest.mark.parametrize(
    "claim",
    ["It saved £1.2 million.", "Family Steps prevented 12 entries into care.", "There is no doubt that it pays."],
)
def test_no_document_can_make_a_claim_that_may_not_be_made(claim):
    with pytest.raises(GateClosed, match="may not be told"):
        written("evidence-paper", services=TOLD, findings=(replace(released.finding(), may_say=(claim,)),))


def test_the_name_of_a_service_is_no_claim_and_does_not_hide_one():
    name = "Reducing Parental Conflict"
    found = replace(released.finding(name=name), may_not_say=(f"That {name} caused anything.",))
    told = released.services(("S01", name, "as expected"))
    assert name in list(texts(written("evidence-paper", services=told, findings=(found,))))
    claims = (replace(found, may_say=(f"{name} prevented 12 entries.",)),)
    with pytest.raises(GateClosed):
        written("evidence-paper", services=told, findings=claims)


def test_each_chart_of_each_document_has_words_for_it_and_its_table():
    for content in (business_case(), written("evidence-paper", services=TOLD, findings=FINDINGS)):
        assert content.figures
        for each in content.figures:
            assert isinstance(each, Figure)
            assert any(row[0].split(":")[0] for row in each.table.rows)
            assert each.alt != each.title


def test_a_workbook_has_a_cover_contents_and_a_marked_up_table_a_sheet(tmp_path):
    content = business_case()
    write_workbook(content, tmp_path / "paper.xlsx", datetime(2026, 3, 31))
    book = load_workbook(tmp_path / "paper.xlsx")
    assert book.sheetnames[:3] == ["Cover", "Contents", "Table 1"]
    assert len(book.sheetnames) == 2 + len(tables(content))
    assert book["Cover"]["A1"].value == content.title
    sheet = next(
        book[name] for name in book.sheetnames[2:] if "What would have to be avoided" in book[name]["A1"].value
    )
    [marked] = sheet.tables.values()
    held = [[cell.value for cell in row] for row in sheet[marked.ref]]
    assert held[1][:3] == ["arithmetic: no causal claim", 28.9, "no claim"]


def test_a_document_without_a_table_is_a_cover_that_says_so(tmp_path):
    """As the month's pack of a council that has sent nothing but a census of children in need."""
    bare = Content("Bare", "", "Thornbridge", (Heading(1, "First"), Text("There is no data to watch yet.")))
    write_workbook(bare, tmp_path / "paper.xlsx", datetime(2026, 3, 31))
    book = load_workbook(tmp_path / "paper.xlsx")
    assert book.sheetnames == ["Cover"]
    told = [cell.value for cell in book["Cover"]["A"]]
    assert told[:2] == ["Bare", "Introductory information"]
    assert "There is no table in this document" in told[2]
    assert told[3] == "There is no data to watch yet."
