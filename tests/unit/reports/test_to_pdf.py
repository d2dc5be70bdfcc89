"""PDF: tagged, with words for charts, in English of Great Britain; nothing from outside gets into it."""

from __future__ import annotations

import logging
import sys

import pytest
from tests.unit.reports.paper import FIGURE, PAPER

from earlyhelp.errors import EarlyHelpError
from earlyhelp.reports import to_pdf
from earlyhelp.reports.to_pdf import write_pdf


@pytest.fixture(scope="module")
def written(tmp_path_factory) -> bytes:
    """The paper as a PDF whose parts can be read as text."""
    target = tmp_path_factory.mktemp("pdf") / "paper.pdf"
    write_pdf(PAPER, target, uncompressed_pdf=True)
    return target.read_bytes()


def test_it_is_tagged_with_headings_tables_lists_and_figures(written):
    for tag in (b"/StructTreeRoot", b"/S /H1", b"/S /H2", b"/S /TH", b"/S /Figure", b"/S /LI", b"/S /Caption"):
        assert tag in written.replace(b"/S/", b"/S /"), tag


def test_it_has_its_language_title_and_profile(written):
    assert b"/Lang (en-GB)" in written.replace(b"/Lang(", b"/Lang (")
    assert b"pdfuaid" in written
    assert b"/DisplayDocTitle true" in written


def test_each_chart_has_its_words(written):
    assert FIGURE.alt.encode() in written


def test_it_is_made_without_a_complaint(tmp_path, caplog):
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        write_pdf(PAPER, tmp_path / "paper.pdf")
    complaints = [each.getMessage() for each in caplog.records]
    assert [each for each in complaints if "HarfBuzz-Subset" not in each] == []  # a library that a machine may lack


def test_a_place_outside_is_not_fetched(tmp_path, monkeypatch, caplog):
    marker = tmp_path / "marker.svg"
    marker.write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    page = f"<html lang='en-GB'><title>t</title><img alt='x' src='{marker.as_uri()}'></html>"
    monkeypatch.setattr(to_pdf, "html_page", lambda content, paper: page)
    with caplog.at_level(logging.ERROR, logger="weasyprint"):
        write_pdf(PAPER, tmp_path / "paper.pdf")
    assert "disallowed protocol" in caplog.text


def test_without_weasyprint_it_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(EarlyHelpError) as told:
        write_pdf(PAPER, tmp_path / "paper.pdf")
    assert "pango" in told.value.fix
