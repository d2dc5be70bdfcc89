"""An address for every page: what stands for its arguments is taken from the council, so that the page has something to show."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any


def _first_feed(council: Path) -> str:
    return next((each.name for each in sorted((council / "store" / "feeds").iterdir())), "none")


def _first_in_inbox(council: Path) -> str:
    """What stands in addresses for the first file that waits to be read."""
    from earlyhelp.web.inbox import lying

    return next((each.key for each in lying(council / "inbox")), "0123456789ab")


def _first_release(council: Path) -> str:
    from earlyhelp import sharing
    from earlyhelp.store.workspace import open_workspace

    return next((each.id for each in sharing.releases(open_workspace(council))), "R0")


def _first_certificate(council: Path) -> str:
    base = sqlite3.connect(council / "store" / "certificates.sqlite3")
    try:
        return str(base.execute("SELECT min(id) FROM certificate").fetchone()[0])
    except sqlite3.OperationalError:  # none was given yet
        return "C0"
    finally:
        base.close()


EXAMPLES: dict[str, Callable[[Path], Sequence[str]]] = {
    "welcome": lambda council: ["/welcome/not-a-token/"],
    "measure": lambda council: ["/measures/A1/", "/measures/B2/?by=need_code"],
    "exact_measure": lambda council: ["/measures/A1/exact/?by=source_code"],
    "paper": lambda council: ["/papers/monthly-pack/", "/papers/ward-profile/"],
    "propose_paper": lambda council: ["/papers/monthly-pack/propose/", "/papers/ward-profile/propose/"],
    "paper_file": lambda council: ["/papers/service-blueprint/file/?as=html"],
    "measure_notes": lambda council: ["/measures/A1/notes/"],
    "certificate": lambda council: [f"/certificates/{_first_certificate(council)}/"],
    "question": lambda council: ["/ask/where-is-domestic-abuse-worst/", "/ask/who-are-we-not-reaching/"],
    "worklist": lambda council: ["/worklists/who-waits-longest/"],
    "service": lambda council: ["/what-helps/SVC05/"],
    "study": lambda council: ["/what-helps/studies/poverty-shock/"],
    "ward": lambda council: ["/places/E05999001/"],
    "partner": lambda council: ["/partners/Copperhill%20Primary%20School/"],
    "partner_file": lambda council: ["/partners/Copperhill%20Primary%20School/file/"],
    "run": lambda council: ["/runs/1/", "/runs/2/"],
    "stop_run": lambda council: ["/runs/1/stop/"],
    "feed": lambda council: [f"/data/received/{_first_feed(council)}/"],
    "map_columns": lambda council: [f"/data/mapping/{_first_in_inbox(council)}/"],
    "map_words": lambda council: [f"/data/mapping/{_first_in_inbox(council)}/words/"],
    "map_check": lambda council: [f"/data/mapping/{_first_in_inbox(council)}/check/"],
    "map_faults": lambda council: [f"/data/mapping/{_first_in_inbox(council)}/faults/"],
    "frozen_page": lambda council: ["/frozen/1/"],
    "propose_table": lambda council: ["/propose/table/", "/propose/table/?measure=B2"],
    "release": lambda council: [f"/releases/{_first_release(council)}/"],
    "release_figures": lambda council: [f"/releases/{_first_release(council)}/figures/"],
    "release_file": lambda council: [f"/releases/{_first_release(council)}/files/none/"],
    "case_study": lambda council: ["/case-studies/none/"],
    "user": lambda council: ["/users/1/"],
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
