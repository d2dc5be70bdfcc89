"""Pictures of the main pages for the documentation, of the example council, in the browser that the tests use.

usage: python tools/take_screenshots.py [FOLDER]      (docs/how-to/images, without one)
"""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "journeys" / "web")]

from hindrances import NOT_YET_DRAWN  # noqa: E402
from served import CHROMIUM, SWITCHES, serving, sign_in  # noqa: E402

import web_council  # noqa: E402

PAGES = {
    "web-month": ("head", "/", 800),
    "web-measure": ("head", "/measures/A1/?by=source_code", 1000),
    "web-line": ("head", "/line/", 1000),
    "web-places": ("head", "/places/", 1000),
    "web-question": ("head", "/ask/where-is-domestic-abuse-worst/", 900),
    "web-data": ("analyst", "/data/", 900),
    "web-review": ("steward", "/data/review/pair/", 900),
    "web-release": ("head", "/releases/R1/", 700),
}
"""By the picture's name: who looks, at what, and how many pixels of its height are kept."""
LARGEST = 120 * 1024
WIDTH, COLOURS = 1000, 64


def main(target: Path) -> None:
    """Write every picture. Raises ValueError for one that is larger than pages of documentation should carry."""
    from playwright.sync_api import sync_playwright

    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        council = shutil.copytree(web_council.furnished(Path(folder)), Path(folder) / "thornbridge")
        browser = play.chromium.launch(executable_path=CHROMIUM, args=list(SWITCHES))
        with serving(council) as live:
            for name, told in PAGES.items():
                _take(browser, live.url, target / f"{name}.png", *told)
        browser.close()


def _take(browser: Any, url: str, file: Path, role: str, address: str, height: int) -> None:
    context = browser.new_context(viewport={"width": WIDTH, "height": height}, base_url=url)
    page = context.new_page()
    sign_in(page, url, web_council.address_of(role))
    page.goto(address)
    page.locator(NOT_YET_DRAWN).first.wait_for(state="detached")
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)
    context.close()
    if file.stat().st_size > LARGEST:
        raise ValueError(f"{file.name} has {file.stat().st_size // 1024} KB, and at most {LARGEST // 1024} are wanted")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "how-to" / "images")
