"""Style sheets and scripts of the web application: what they may hold, whether they can be read, and that charts are drawn."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
import threading
from collections.abc import Iterator
from datetime import date
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from earlyhelp.reports import charts

ROOT = Path(__file__).resolve().parents[3]
STATIC = ROOT / "src/earlyhelp/web/static/earlyhelp"
CHROMIUM = shutil.which("chromium")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'"
)
SWITCHES = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-sync"


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    """tools/build_web_assets.py, which is no part of the package."""
    spec = importlib.util.spec_from_file_location("build_web_assets", ROOT / "tools/build_web_assets.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# ---- what others made ----


def test_the_files_are_those_of_the_manifest_and_nothing_in_them_is_not_ours_or_elsewhere(tool: ModuleType) -> None:
    assert list(tool.faults(STATIC)) == []


def _spoil(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("govuk.css", ":root{", "@font-face{}:root{", "govuk.css: has the typeface of GOV.UK"),
        ("govuk.css", ":root{", ".govuk-crest{color:red}:root{", "govuk.css: has the crown or the Arms"),
        ("govuk.js", "export{", "/*# sourceMappingURL=x.map */export{", "govuk.js: has a map of sources"),
        ("site.css", ":root {", "@import 'more.css'; :root {", "site.css: imports a style sheet"),
        ("site.css", ":root {", ".a { background: url('a.png') } :root {", "site.css: a.png is not here"),
        ("site.css", ":root {", ".a { background: url(//x.test/a.png) } :root {", "site.css: names //x.test/a.png"),
        ("site.js", "./govuk.js", "https://x.test/govuk.js", "site.js: names https://x.test/govuk.js"),
        ("vega.js", "export{", "/* changed */export{", "vega.js: not the file that MANIFEST.json tells of"),
        ("MANIFEST.json", '"6.6.0"', '"6.5.0"', "govuk.css: govuk-frontend 6.5.0, and 6.6.0 in package.json"),
        ("MANIFEST.json", '"6.2.0"', '"6.1.9"', "vega.js: does not say that it is vega 6.1.9"),
        ("MANIFEST.json", '"1.9.0.post1"', '"1.0"', "vega.js: vl-convert-python 1.0, and "),
    ],
)  # fmt: skip
def test_a_spoilt_file_is_told(tool: ModuleType, tmp_path: Path, name: str, old: str, new: str, told: str) -> None:
    shutil.copytree(STATIC, tmp_path, dirs_exist_ok=True)
    _spoil(tmp_path, name, old, new)
    assert any(each.startswith(told) for each in tool.faults(tmp_path))


def test_a_file_that_nobody_told_of_and_one_that_is_absent_are_told(tool: ModuleType, tmp_path: Path) -> None:
    shutil.copytree(STATIC, tmp_path, dirs_exist_ok=True)
    (tmp_path / "light.woff2").write_bytes(b"typeface")
    (tmp_path / "LICENCES.txt").unlink()
    assert list(tool.faults(tmp_path)) == [
        "light.woff2: neither ours nor in MANIFEST.json",
        "LICENCES.txt: missing",
    ]


@pytest.mark.parametrize(
    ("sheet", "left"),
    [
        (".a{b:c}.x-crest{d:e}.f{g:h}", ".a{b:c}.f{g:h}"),
        (".a{b:url(crest.svg)}.f{g:h}", ".f{g:h}"),
        ("@media print{.a{b:c}.x-crown{d:e}}.f{g:h}", "@media print{.a{b:c}}.f{g:h}"),
        ("@media print{@supports (b:c){.x-crest{d:e}}}.f{g:h}", ".f{g:h}"),
        ('@import "a";.f{g:h}', '@import "a";.f{g:h}'),
    ],
)
def test_only_rules_with_the_crown_or_the_arms_are_left_out(tool: ModuleType, sheet: str, left: str) -> None:
    assert tool.without(sheet, re.compile("crest|crown")) == left


def test_every_package_in_the_files_has_its_licence_told(tool: ModuleType) -> None:
    told = (STATIC / "LICENCES.txt").read_text("utf-8")
    for origin in json.loads((STATIC / "MANIFEST.json").read_text("utf-8")).values():
        for package in origin.get("holds", [origin["package"]]):
            assert re.search(rf"\b{package}\b", told), package
    for words in (
        "The MIT License",
        "Redistribution and use in source and binary forms",
        "Permission to use, copy, modify",
    ):
        assert words in told


# ---- can it be read ----


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2, definitions of contrast ratio and relative luminance)."""

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_contrast_of_black_on_white_is_21_and_of_the_lightest_grey_that_passes_just_over_4_5() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)
    assert contrast("#777777", "#ffffff") < 4.5


def every_chart() -> dict[str, charts.Spec]:
    """A chart of each kind, with everything that it can show."""
    dots = [
        charts.Dot(date(2024, month, 1), None if month == 3 else month * 2.0, "too few", 1, 4, 9, month == 6)
        for month in range(1, 13)
    ]
    rows = [
        charts.Interval("one", 1, 0.5, 1.5, "matched"),
        charts.Interval("two", 2, 1, 3, "weighted"),
        charts.Interval("three", None, None, None, "", "too few"),
    ]
    units = [
        charts.Unit("Abbey", 10, 0.2, 0.1, 0.4),
        charts.Unit("Eastbury", 40, 0.9, 0.1, 0.4),
        charts.Unit("Parsloes", 3, None, None, None, "too few"),
    ]
    steps = [charts.Step(curve, day, day / 900, "") for curve in "abcd" for day in (0, 180, 365)]
    return {
        "run chart": charts.run_chart(dots, "requests"),
        "interval plot": charts.interval_plot(rows, "difference"),
        "bar plot": charts.bar_plot(rows, "rate"),
        "love plot": charts.love_plot([charts.Balance("age", 0.4, 0.01)]),
        "funnel plot": charts.funnel_plot(units, "closures", "share", 0.2),
        "cumulative incidence": charts.cumulative_incidence(steps, "share"),
    }


def _colours(spec: charts.Spec) -> Iterator[tuple[float, str]]:
    """The colours of a chart with the contrast that each needs: 4.5 as text, 3 as a mark. A mark's outline stands for it."""
    config = spec["config"]
    yield from ((4.5, config[part]["labelColor"]) for part in ("axis", "legend"))
    yield from ((4.5, each) for each in (config["axis"]["titleColor"], spec.get("title", {}).get("color")) if each)
    for layer in spec["layer"]:
        mark, channel = layer["mark"], layer["encoding"].get("color", {})
        if mark["type"] == "text":
            yield 4.5, mark.get("color", config["text"]["color"])
        else:
            told = channel.get("scale", {}).get("range") or [mark.get("stroke") or mark["color"]]
            yield from ((3, each) for each in told)


@pytest.mark.parametrize("kind", every_chart())
def test_every_text_and_mark_of_a_chart_stands_out_from_white(kind: str) -> None:
    found = list(_colours(every_chart()[kind]))
    assert {needed for needed, _ in found} == {3, 4.5}
    assert [(colour, needed) for needed, colour in found if contrast(colour, "#ffffff") < needed] == []


@pytest.mark.parametrize("name", ["--govuk-brand-colour", "--eh-grey", "--eh-warning"])
def test_a_colour_under_white_letters_and_of_grey_letters_stands_out_from_white(name: str) -> None:
    found = re.search(rf"{name}: (#[0-9a-f]{{6}});", (STATIC / "site.css").read_text("utf-8"))
    assert found is not None
    assert contrast(found[1], "#ffffff") >= 4.5


# ---- in a browser ----

LONG = "Help with attendance for families whose children changed school"
PAGE = """<!DOCTYPE html><html lang="en-GB" class="govuk-template"><head><meta charset="utf-8"><title>A chart</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="favicon.svg">
<link rel="stylesheet" href="govuk.css"><link rel="stylesheet" href="site.css"><script src="js-enabled.js"></script>
<script type="module" src="site.js"></script><script type="module" src="charts.js"></script></head>
<body class="govuk-template__body"><main class="govuk-main-wrapper" id="content"><figure class="eh-figure">
<div role="img" aria-label="Requests a month"><div class="eh-chart" aria-hidden="true" data-spec="one"></div></div>
<script type="application/json" id="one">{spec}</script>
<details class="govuk-details"><summary class="govuk-details__summary">The chart as a table</summary><div class="eh-wide"
role="region" aria-label="Requests" tabindex="0"><table class="govuk-table"><tr>{cells}</tr></table></div></details></figure>
<p><button type="button" class="govuk-button" data-copy="12 requests" hidden>Copy</button></p></main></body></html>"""


class _Served(SimpleHTTPRequestHandler):
    """The folder of static files, and pages, all under the policy that the application sends."""

    pages: dict[str, str]

    def do_GET(self) -> None:
        page = self.pages.get(self.path)
        if page is None:
            return super().do_GET()
        body = page.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    spec = json.dumps(every_chart()["run chart"])
    cells = "<td>a wide column</td>" * 12
    rows = json.dumps(
        charts.interval_plot([charts.Interval(LONG, 1, 0, 2), charts.Interval("B", None, None, None)], LONG)
    )
    specs = {"/": spec, "/rows": rows, "/broken": '{"mark": 1}'}
    _Served.pages = {path: PAGE.format(spec=each, cells=cells) for path, each in specs.items()}
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Served, directory=str(STATIC))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if CHROMIUM is None:
        pytest.skip("needs chromium: tools/system_packages.sh chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=[*SWITCHES.split(), "--disable-dev-shm-usage"])
        yield browser
        browser.close()


def test_a_chart_is_drawn_on_a_phone_under_the_policy_and_nothing_is_complained_of(browser: Any, address: str) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 800})
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(address + "/")
    page.locator("[data-drawn=true] svg").wait_for()
    assert page.locator("[data-drawn=true] svg").get_by_text("requests", exact=True).count() == 1
    page.locator("summary").click()
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert page.evaluate("document.querySelector('.eh-wide').scrollWidth") > 320
    assert page.get_by_role("button", name="Copy").is_visible()
    assert said == []
    page.close()


@pytest.mark.parametrize("first_width", [320, 1280])
def test_long_names_of_rows_and_axes_are_whole_on_a_phone_and_when_letters_are_made_four_times_as_large(
    browser: Any, address: str, first_width: int
) -> None:
    page = browser.new_page(viewport={"width": first_width, "height": 800})
    page.goto(address + "/rows")
    page.locator("[data-drawn=true] svg").wait_for()
    page.set_viewport_size({"width": 320, "height": 800})
    page.locator("[data-drawn=true] svg tspan").first.wait_for()
    lines = page.locator("svg tspan").all_text_contents()
    assert sorted(" ".join(lines).split()) == sorted(f"{LONG} {LONG}".split())
    assert "…" not in page.locator("svg").text_content()
    edges = page.locator("svg tspan").evaluate_all(
        "all => all.flatMap(each => [each.getBoundingClientRect().left, each.getBoundingClientRect().right])"
    )
    assert min(edges) >= 0
    assert max(edges) <= 320
    page.close()


def test_a_chart_that_comes_with_a_swapped_part_of_the_page_is_drawn_too(browser: Any, address: str) -> None:
    page = browser.new_page()
    page.goto(address + "/")
    page.locator("[data-drawn=true] svg").wait_for()
    page.evaluate(
        """() => {
            const fresh = document.querySelector("figure").cloneNode(true);
            const chart = fresh.querySelector("[data-spec]");
            chart.removeAttribute("data-drawn");
            chart.replaceChildren();
            document.querySelector("figure").replaceWith(fresh);
        }"""
    )
    page.locator("[data-drawn=true] svg").wait_for()
    page.close()


def test_the_copy_button_copies_its_words_and_says_so(browser: Any, address: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(address + "/")
    page.get_by_role("button", name="Copy").click()
    page.get_by_role("status").get_by_text("Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == "12 requests"
    context.close()


def test_where_a_chart_cannot_be_drawn_the_page_says_so_and_the_table_is_opened(browser: Any, address: str) -> None:
    page = browser.new_page()
    page.goto(address + "/broken")
    page.get_by_text("This chart could not be drawn. The table has the same figures.").wait_for()
    assert page.locator("details").get_attribute("open") is not None
    assert page.get_by_role("img").count() == 0
    page.close()


def test_what_is_folded_away_is_open_while_the_page_is_printed_and_folded_again_after(
    browser: Any, address: str
) -> None:
    page = browser.new_page()
    page.goto(address + "/")
    page.locator("[data-drawn=true] svg").wait_for()
    page.evaluate("addEventListener('afterprint', () => { window.openWhenPrinted = window.seen })")
    page.evaluate("addEventListener('beforeprint', () => { window.seen = document.querySelector('details').open })")
    page.pdf()
    assert page.evaluate("window.openWhenPrinted") is True
    assert page.locator("details").get_attribute("open") is None
    page.close()
