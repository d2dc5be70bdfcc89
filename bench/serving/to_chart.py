"""How long a browser takes to a drawn chart, and how many bytes cross the wire: a new browser without anything kept."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median
from typing import Any, NamedTuple

ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip


class Drawn(NamedTuple):
    """Seconds from asking to a drawn chart, kilobytes received with a cold cache, and requests."""

    seconds: float
    kilobytes: float
    requests: int


def to_chart(address: str, chart: str, ready: Callable[[Any], None] | None = None, times: int = 5) -> Drawn:
    """The median of several visits. `chart`: what the browser finds once it is drawn; `ready`: signs the browser in.

    Bytes are those of the first visit; seconds those of later ones, with the scripts kept as a second page finds them.
    """
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        context = browser.new_context()
        page = context.new_page()
        if ready:
            ready(page)
            context.clear_cookies(name="nothing")
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.clearBrowserCache")
        received: list[float] = []
        session.on("Network.loadingFinished", lambda told: received.append(told["encodedDataLength"]))
        session.on("Network.webSocketFrameReceived", lambda told: received.append(len(told["response"]["payloadData"])))
        _visit(page, address, chart)
        first, count = sum(received) / 1024, len(received)
        seconds = [_visit(page, address, chart) for _ in range(times)]
        browser.close()
    return Drawn(median(seconds), first, count)


def _visit(page: Any, address: str, chart: str) -> float:
    begun = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.locator(chart).first.wait_for(state="attached", timeout=60_000)
    return time.perf_counter() - begun
