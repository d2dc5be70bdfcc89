"""A document as a file that is taken from a page: the same figures give the same file on any day."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.http import Http404, HttpResponse

from earlyhelp.reports.blocks import Content
from earlyhelp.reports.to_file import write_content
from earlyhelp.web import reading

KINDS = {
    "pdf": ("PDF", "application/pdf"),
    "docx": ("Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "html": ("HTML", "text/html; charset=utf-8"),
    "xlsx": ("Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
"""The kinds of file by ending, each in words and as browsers name it."""


def paper_file(content: Content, ending: str, made: date, name: str) -> HttpResponse:
    """The document as a file of that ending and name, to be kept. `made`: the day that its figures are as at.

    Raises Http404 where the council's policy hides nothing: exact figures are not given out.
    """
    with TemporaryDirectory(dir=settings.PRIVATE) as folder:
        target = Path(folder) / f"paper.{ending}"
        write_content(content, target, datetime.combine(made, time()))
        return to_be_kept(target.read_bytes(), ending, name)


def to_be_kept(file: bytes, ending: str, name: str) -> HttpResponse:
    """A file of that ending and name. Raises Http404 where the council's policy hides nothing."""
    if reading.mark_of_policy():
        raise Http404
    answer = HttpResponse(file, content_type=KINDS[ending][1])
    answer["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    answer["Cache-Control"] = "no-store"
    return answer
