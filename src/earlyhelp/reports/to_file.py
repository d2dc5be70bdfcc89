"""A document as a file of the kind that its ending names."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from earlyhelp.reports.blocks import Content


def write_content(content: Content, target: Path, made: datetime, template: Path | None = None) -> None:
    """Write the document as .docx, .pdf, .xlsx or .html. `made`: the day in a Word file; `template`: its styles."""
    if target.suffix == ".docx":
        from earlyhelp.reports.to_word import write_word

        write_word(content, target, made, template)
    elif target.suffix == ".pdf":
        from earlyhelp.reports.to_pdf import write_pdf

        write_pdf(content, target)
    elif target.suffix == ".xlsx":
        from earlyhelp.reports.to_workbook import write_workbook

        write_workbook(content, target, made)
    else:
        from earlyhelp.reports.to_html import html_page

        target.write_text(html_page(content), encoding="utf-8")
