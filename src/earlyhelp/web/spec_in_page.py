"""A chart's specification inside a page: JSON in which nothing can end the element that holds it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any


def as_json(spec: Mapping[str, Any]) -> str:
    """JSON without the characters that mean something in HTML."""
    text = json.dumps(spec, default=str, separators=(",", ":"))
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
