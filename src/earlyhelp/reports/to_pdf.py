"""A document as PDF, tagged after the PDF/UA-1 profile, from the same HTML. No validator has been run on it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from warnings import catch_warnings, simplefilter

from earlyhelp.errors import EarlyHelpError
from earlyhelp.reports.blocks import Content
from earlyhelp.reports.to_html import html_page

PROFILE = "pdf/ua-1"


def write_pdf(content: Content, target: Path, **options: Any) -> None:
    """Write the document. `options` go to WeasyPrint. Raises EarlyHelpError where WeasyPrint or Pango is not installed."""
    with catch_warnings():  # of a library for fonts without which it works too
        simplefilter("ignore", DeprecationWarning)
        _write(html_page(content, paper=True), target, options)


def _write(page: str, target: Path, options: Mapping[str, Any]) -> None:
    try:
        from weasyprint import HTML
        from weasyprint.urls import URLFetcher
    except (ImportError, OSError):
        raise EarlyHelpError(
            "A PDF needs WeasyPrint and the text library Pango, and one of them is not installed.",
            where="pdf",
            fix="pip install 'earlyhelp[documents,pdf]' and tools/system_packages.sh pango; or write .docx or .html.",
        ) from None
    made = HTML(string=page, url_fetcher=URLFetcher(allowed_protocols=("data",)))
    made.write_pdf(target, pdf_variant=PROFILE, **options)
