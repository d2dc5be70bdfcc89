"""How blocks become HTML: each kind of block has one template, found by its class."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BoundField
from django.template import Context
from django.template.loader import get_template
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from earlyhelp.reports.charts import Spec
from earlyhelp.web.forms import class_of
from earlyhelp.web.spec_in_page import as_json

register = template.Library()


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


@register.simple_tag(takes_context=True)
def address(context: Context, **changes: Any) -> str:
    """The page's own address with some of its choices changed."""
    query = context["request"].GET.copy()
    for name in ("download", "format"):
        query.pop(name, None)
    for name, value in changes.items():
        query[name] = value
    return f"?{query.urlencode()}"


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
