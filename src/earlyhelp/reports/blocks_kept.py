"""A document as JSON and back: what is approved is what is written, in whatever kind of file, with nothing worked out again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any

from earlyhelp.reports.blocks import Block, Bullets, Content, Figure, Heading, MayNotSay, Note, TableBlock, Text

_KINDS: Mapping[str, Callable[..., Block]] = {
    each.__name__: each for each in (Heading, Text, Bullets, MayNotSay, Note, TableBlock, Figure)
}


def content_kept(content: Content) -> dict[str, Any]:
    """The document as JSON holds it, every block with its kind."""
    blocks = [{"kind": type(each).__name__, **asdict(each)} for each in content.blocks]
    return {"title": content.title, "subtitle": content.subtitle, "author": content.author, "blocks": blocks}


def content_from(kept: Mapping[str, Any]) -> Content:
    """The document that was kept. Raises KeyError, TypeError or ValueError for what is none."""
    blocks = tuple(_block(each) for each in kept["blocks"])
    return Content(kept["title"], kept["subtitle"], kept["author"], blocks)


def _block(kept: Mapping[str, Any]) -> Block:
    told = {name: value for name, value in kept.items() if name != "kind"}
    kind = _KINDS[kept["kind"]]
    if kind is TableBlock:
        return _table(told)
    if kind is Figure:
        return Figure(**{**told, "table": _table(told["table"])})
    return kind(**{name: tuple(value) if isinstance(value, list) else value for name, value in told.items()})


def _table(told: Mapping[str, Any]) -> TableBlock:
    rows = tuple(tuple(row) for row in told["rows"])
    return TableBlock(told["caption"], tuple(told["columns"]), rows, tuple(told["figures"]))
