"""HTML: one file that a screen reader can follow, with no script and nothing to fetch."""

from __future__ import annotations

import re

import pytest
from lxml import html
from tests.unit.reports.paper import FIGURE, LONG, PAPER

from earlyhelp.reports.to_html import html_page


@pytest.fixture(scope="module")
def page():
    return html.fromstring(html_page(PAPER))


@pytest.fixture(scope="module")
def sheet():
    """The page as it goes on paper."""
    return html.fromstring(html_page(PAPER, paper=True))


def test_the_page_says_its_language_and_title_and_has_one_heading_of_the_first_rank(page):
    assert page.get("lang") == "en-GB"
    assert page.findtext(".//title") == PAPER.title
    assert [each.text for each in page.iter("h1")] == [PAPER.title]
    assert [each.text for each in page.iter("h2", "h3", "h4")] == [
        "In short",
        "By team",
        "How counted",
        "Annexes of ours",
    ]


def test_nothing_runs_and_nothing_is_fetched(page):
    assert not list(page.iter("script", "link", "iframe"))
    places = [each.get(name) for each in page.iter() for name in ("src", "href") if each.get(name)]
    assert places
    assert all(each.startswith("data:image/svg+xml;base64,") for each in places)
    assert not re.search(r"url\(|@import", html_page(PAPER))


def test_what_looks_like_markup_is_text(page):
    assert page.find(".//help") is None
    assert page.xpath("//p[@class='strong']/text()") == ["Families wait <12 days> & more."]


def test_a_chart_has_words_for_it_and_its_table_behind_it(page):
    image = page.xpath("//figure/img")[0]
    assert image.get("alt") == FIGURE.alt
    details = page.xpath("//details")[0]
    assert details.findtext("summary") == "The chart as a table"
    assert details.get("open") is None  # a long one is closed
    assert page.xpath("//details")[1].get("open") is not None
    assert [cell.text for cell in details.iter("td")] == ["12", "31"]


def test_a_table_has_a_caption_and_heads_of_columns_and_rows(page):
    [table] = page.xpath("//div[@class='wide'][not(ancestor::details)]/table")
    assert table.findtext("caption") == "Families by team"
    assert [each.text for each in table.iter("th") if each.get("scope") == "col"] == ["team", "families", "change"]
    assert [each.text for each in table.iter("th") if each.get("scope") == "row"] == ["North", "South"]


def test_what_may_not_be_said_stands_under_its_own_words(page):
    [item] = [each for each in page.iter("li") if each.text == "That the team caused it."]
    assert item.getparent().getprevious().text == "What may not be said:"


def test_on_paper_the_long_table_is_in_the_annex_and_nothing_is_folded(sheet):
    assert not list(sheet.iter("details"))
    captions = [each.text for each in sheet.iter("caption")]
    assert captions == ["Families by team", "Drawn", LONG.caption]
    assert all(each.get("src").startswith("data:image/png") for each in sheet.iter("img"))
    assert sheet.xpath("//h3[@class='new-page']")[0].text == "By team"
