"""An address for every page: what stands for its arguments is taken from the council, so that the page has something to show."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

EXAMPLES: dict[str, Callable[[Path], Sequence[str]]] = {
    "welcome": lambda council: ["/welcome/not-a-token/"],
    "measure": lambda council: ["/measures/A1/", "/measures/B2/?by=need_code"],
    "exact_measure": lambda council: ["/measures/A1/exact/?by=source_code"],
    "paper": lambda council: ["/papers/monthly-pack/", "/papers/ward-profile/"],
    "paper_file": lambda council: ["/papers/service-blueprint/file/?as=html"],
}
"""By the page's name, its addresses in a council; for pages whose address has arguments."""
_ARGUMENT = re.compile(r"<[^>]+>")


def addresses_of(page: Any, council: Path) -> Sequence[str]:
    """The addresses at which a page is tried. Raises KeyError for a page with arguments that has no example."""
    if page.name in EXAMPLES:
        return EXAMPLES[page.name](council)
    if _ARGUMENT.search(page.route):
        raise KeyError(f"the page {page.name} ({page.route}) has no example in tests/web_addresses.py")
    return [f"/{page.route}"]
