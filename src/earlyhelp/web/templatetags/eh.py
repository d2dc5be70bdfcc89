"""How blocks become HTML: each kind of block has one template, found by its class."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django import template
from django.forms import BoundField
from django.template import Context
from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from earlyhelp.reports.charts import Spec
from earlyhelp.web.access import Power
from earlyhelp.web.forms import class_of
from earlyhelp.web.spec_in_page import as_json

register = template.Library()
_CERTIFICATE = re.compile(r"C[0-9a-f]{20}")
LONG = 60
"""Signs from which on a cell of a table is read as a sentence."""


@register.simple_tag(takes_context=True)
def show(context: Context, block: Any, level: int = 1) -> SafeString:
    """The block as HTML. `level`: how far below the page's heading its own headings begin."""
    screen = context.get("screen")
    name = screen.names.get(id(block), "") if screen else ""
    told = {**context.flatten(), "block": block, "name": name, "level": level}
    kind = type(block).__name__.lower()
    return mark_safe(get_template(f"earlyhelp/blocks/{kind}.html").render(told, context.get("request")))


@register.filter
def spec(value: Spec) -> SafeString:
    """A chart's specification as JSON that is safe inside a page."""
    return mark_safe(as_json(value))


@register.filter
def rank(level: int, more: int = 1) -> int:
    """The rank of a heading so far below the page's own."""
    return min(level + more, 6)


@register.filter
def in_words(day: date | datetime | None) -> str:
    """A day in words: 14 May 2026; a moment with its time."""
    if isinstance(day, datetime):
        return f"{timezone.localtime(day):%-d %B %Y at %-I:%M%p}".replace("AM", "am").replace("PM", "pm")
    return f"{day:%-d %B %Y}" if day else ""


@register.filter
def cells(row: tuple[str, ...], figures: tuple[int, ...]) -> list[tuple[str, bool]]:
    """The cells of a row with whether each holds a figure."""
    return [(cell, place in figures) for place, cell in enumerate(row)]


@register.filter
def is_long(cell: str) -> bool:
    """Whether a cell holds a sentence and not a figure: it is read from the left, in lines that are not too short."""
    return len(cell) > LONG


@register.simple_tag(takes_context=True)
def address(context: Context, **changes: Any) -> str:
    """The page's own address with some of its choices changed."""
    query = context["request"].GET.copy()
    for name in ("download", "format"):
        query.pop(name, None)
    for name, value in changes.items():
        query[name] = value
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def keep_address(context: Context) -> str:
    """Where this user can keep the page as it was reported; empty for a page that cannot be kept."""
    request = context["request"]
    page = getattr(getattr(request.resolver_match, "func", None), "page", None)
    if page is None or page.private or page.posts or not page.needs_snapshot or context["screen"].mark:
        return ""
    if Power.NOTE not in getattr(request.user, "powers", ()):
        return ""
    return f"{reverse('freeze')}?{urlencode({'address': request.get_full_path()})}"


@register.filter
def certified(cell: str) -> SafeString | str:
    """The cell; where it is the id of a certificate, as a link to what stands behind the figure."""
    if not _CERTIFICATE.fullmatch(cell):
        return cell
    return format_html('<a class="govuk-link" href="{}">{}</a>', reverse("certificate", args=[cell]), cell)


@register.filter
def dressed(field: BoundField) -> BoundField:
    """The field with the class of the design system on its input."""
    field.field.widget.attrs.setdefault("class", class_of(field.field.widget))
    return field


@register.filter
def caption(block: Any) -> str:
    """What a table or chart is of."""
    table = getattr(block, "table", block)
    return str(getattr(block, "title", "") or table.caption)
