"""What people come for, done in a real browser from the first page to the last."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from served import PATIENCE, QUIET, Live, follow, serving, sign_in

import web_council
from earlyhelp.compare import signed
from earlyhelp.compare.sign import public_of

FINISHES_WITHIN = 120_000
"""Milliseconds that a run may take on a busy machine."""


def _title(page: Any) -> str:
    return str(page.get_by_role("heading", level=1).inner_text())


def _main(page: Any) -> str:
    return str(page.get_by_role("main").inner_text())


def _press(page: Any, words: str) -> None:
    follow(page, page.get_by_role("main").get_by_role("button", name=words, exact=True))


def test_a_head_of_service_reads_the_month_and_copies_a_sentence(page_as: Callable[..., Any], live: Live) -> None:
    page = page_as("head", permissions=["clipboard-read", "clipboard-write"])
    page.goto("/")
    assert _title(page) == "This month in three sentences"
    sentences = page.locator(".eh-sentence p").all_inner_texts()
    assert len(sentences) == 3
    page.get_by_role("button", name=f"Copy the sentence: {sentences[0]}").click()
    page.get_by_text("Copied", exact=True).wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == sentences[0]
    follow(page, page.get_by_role("link", name=sentences[0]))
    assert "/measures/" in page.url
    page.locator('[data-drawn="true"]').first.wait_for()


def test_a_measure_is_split_the_address_tells_of_it_and_the_way_back_undoes_it(page_as: Callable[..., Any]) -> None:
    page = page_as("viewer")
    page.goto("/measures/A1/")
    page.evaluate("window.same = true")
    page.get_by_label("Split by").select_option("who asked")
    page.wait_for_url("**/measures/A1/?*by=source_code*")
    page.get_by_role("main").get_by_text("by who asked").first.wait_for()
    assert page.evaluate("window.same") is True  # a part of the page was replaced, not the page
    shared, split = page.url, _figures(page)
    page.go_back()
    page.wait_for_url("**/measures/A1/")
    page.get_by_role("main").get_by_text("by who asked").first.wait_for(state="detached")
    assert page.get_by_label("Split by").input_value() == ""
    plain = page_as("viewer", java_script_enabled=False)
    plain.goto("/measures/A1/")
    plain.get_by_label("Split by").select_option("who asked")
    _press(plain, "Show")
    assert plain.url.split("?")[1].split("&")[0] == shared.split("?")[1].split("&")[0]
    assert _figures(plain) == split


def _figures(page: Any) -> list[str]:
    found = page.get_by_role("main").get_by_role("table", name=re.compile("by who asked"))
    return [each.split("\n")[0] for each in found.first.locator("td").all_inner_texts()]


@pytest.mark.parametrize(
    ("question", "answered", "limit"),
    [
        ("Which of our services help most?", "No service can be shown", "no proof of cause"),
        ("Where is domestic abuse worst?", "comes first", "Most domestic abuse is never reported"),
        ("Which families are destabilised by poverty?", "The records hold no signs of poverty", "arrears"),
    ],
)
def test_each_of_the_three_questions_is_answered_with_what_limits_the_answer(
    page_as: Callable[..., Any], question: str, answered: str, limit: str
) -> None:
    page = page_as("head")
    page.goto("/")
    follow(page, page.get_by_role("navigation", name="Menu").get_by_role("link", name="Ask", exact=True))
    follow(page, page.get_by_role("link", name=question, exact=True))
    assert _title(page) == question
    assert answered in _main(page)
    assert limit in _main(page)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A new council with a user and nothing else, served."""
    folder = tmp_path_factory.mktemp("empty") / "council"
    analyst = web_council.address_of("analyst")
    for words in (
        ["init", str(folder), "--council", "E06000999", "--name", "Newbridge (invented)"],
        ["user", "add", str(folder), analyst, "--role", "analyst", "--password", web_council.PASSWORD],
    ):
        subprocess.run([sys.executable, "-m", "earlyhelp", *words], check=True, capture_output=True, env=QUIET)
    made = web_council.made(tmp_path_factory.getbasetemp())
    shutil.copytree(made / "web" / "static", folder / "web" / "static")  # so that they are not compressed again
    shutil.copy(made / "web" / "static.version", folder / "web")
    with serving(folder) as served:
        yield served


def test_a_new_council_gets_from_an_annex_a_workbook_to_its_first_chart_by_the_pages_alone(
    browser: Any, empty: Live
) -> None:
    context = browser.new_context(base_url=empty.url)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    sign_in(page, empty.url, web_council.address_of("analyst"))
    assert _title(page) == "No figures yet"
    follow(page, page.get_by_role("link", name="Bring in your first extract"))
    page.get_by_label("Extracts").set_input_files(web_council.EXAMPLE / "annex_a_2026-03.xlsx")
    _press(page, "Put into the inbox")
    page.get_by_text("In the inbox now: annex_a_2026-03.xlsx").wait_for()
    _press(page, "Start a run")
    page.get_by_role("heading", name=re.compile("^Run 1: done")).wait_for(timeout=FINISHES_WITHIN)
    assert "Read the files" in _main(page)
    page.goto("/measures/A1/")
    page.locator('[data-drawn="true"]').first.wait_for()
    follow(page, page.get_by_role("link", name="This month"))
    assert _title(page) != "No figures yet"
    context.close()


def test_an_extract_of_a_layout_of_its_own_is_matched_in_three_steps_and_nothing_is_kept_before_the_last(
    page_as: Callable[..., Any],
) -> None:
    page, beside = page_as("analyst"), page_as("analyst")
    page.goto("/data/mapping/")
    follow(page, page.get_by_role("link", name="own layout.csv"))
    chosen = page.get_by_label("Opened On").locator("option:checked").inner_text()
    assert chosen == "start date of eh episode"
    _press(page, "Save and go on to the words")
    page.get_by_role("group", name="Opened On: which stands first").get_by_label("The day stands first").check()
    _press(page, "Save and go on to the check")
    assert "Nothing has been read into the records yet" in _main(page)
    assert re.search(r"Rows in\s+1\s+Kept\s+1\s", _main(page))
    beside.goto("/data/mapping/")
    assert "No map is saved yet" in _main(beside)
    page.get_by_label("Name of the map").fill("own_layout")
    _press(page, "Save the map")
    page.get_by_text("The map own_layout is saved, version 1").wait_for()
    beside.reload()
    assert "own_layout" in _main(beside)


def _process_of_run(folder: Path) -> int:
    """The process that does the run over a workspace, as soon as there is one."""
    for _ in range(300):
        for each in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                words = each.read_bytes().split(b"\0")
            except OSError:  # it has just ended
                continue
            if words[2:5] == [b"earlyhelp", b"run", str(folder).encode()]:
                return int(each.parent.name)
        time.sleep(0.1)
    raise AssertionError("no run began")


def test_a_run_that_was_killed_says_so_and_run_again_it_carries_on_to_its_end(browser: Any, empty: Live) -> None:
    context = browser.new_context(base_url=empty.url)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    sign_in(page, empty.url, web_council.address_of("analyst"))
    page.goto("/data/")
    page.get_by_label("Extracts").set_input_files(web_council.EXAMPLE / "annex_a_2025-03.xlsx")
    _press(page, "Put into the inbox")
    _press(page, "Start a run")
    number = page.url.rstrip("/").split("/")[-1]
    os.kill(_process_of_run(empty.folder), signal.SIGKILL)
    page.get_by_role("heading", name=re.compile(f"^Run {number}: (failed|stopped)")).wait_for(timeout=FINISHES_WITHIN)
    assert "it carries on where it was" in _main(page)
    page.goto("/runs/")
    _press(page, "Start a run")
    page.get_by_role("heading", name=re.compile(f"^Run {int(number) + 1}: done")).wait_for(timeout=FINISHES_WITHIN)
    page.goto("/data/")
    assert "annex_a_2025-03.xlsx" in page.get_by_role("table", name=re.compile("Every file that was read")).inner_text()
    context.close()


def test_packs_are_swapped_once_a_second_person_has_approved_the_own_and_a_tampered_one_is_refused(
    page_as: Callable[..., Any],
) -> None:
    analyst, head = page_as("analyst"), page_as("head")
    analyst.goto("/releases/")
    follow(analyst, analyst.get_by_role("link", name="R1", exact=True))
    assert analyst.get_by_role("button", name="Approve it").count() == 0
    assert "waits for a second person" in _main(analyst)

    head.goto("/releases/R1/")
    follow(head, head.get_by_role("link", name="The figures of this pack"))
    assert head.get_by_role("main").get_by_role("table").count() > 0
    head.goto("/releases/R1/")
    _press(head, "Approve it")
    assert "head@thornbridge.gov.uk approved it" in _main(head)

    analyst.reload()
    write = analyst.get_by_role("main").get_by_role("button", name=re.compile("[Ww]rite"))
    follow(analyst, write.first)
    with analyst.expect_download() as kept:
        analyst.get_by_role("main").get_by_role("link", name=re.compile("[Tt]ake|[Dd]ownload|json")).first.click()
    own = Path(kept.value.path()).read_bytes()
    assert b'"E06000999"' in own
    _swap(own, analyst, head)


THEM, THEIR_KEY = "E09000032", b"a private key of another council"


def _swap(own: bytes, analyst: Any, head: Any) -> None:
    """The other council's pack comes: its key is told by telephone, a changed pack is refused, the true one compared."""
    theirs, key = _sent_by_them(own), public_of(THEIR_KEY, THEM)
    head.goto("/packs/keys/")
    head.get_by_label("The key file").set_input_files(_file("key.json", key.file_bytes()))
    head.get_by_label("Its fingerprint").fill(key.fingerprint)
    _press(head, "Trust this key")
    assert THEM in head.get_by_role("table", name="Keys of other councils").inner_text()

    analyst.goto("/packs/")
    assert "No other council's pack is here yet" in _main(analyst)
    follow(analyst, analyst.get_by_role("link", name="Add a pack"))
    analyst.get_by_label("The pack").set_input_files(_file("changed.json", theirs.replace(b"Neighbour", b"Nobody us")))
    _press(analyst, "Add it")
    assert analyst.title().startswith("Error: ")
    assert "The pack was changed after it was signed" in _main(analyst)
    analyst.get_by_label("The pack").set_input_files(_file("pack.json", theirs))
    _press(analyst, "Add it")
    assert _title(analyst) == "Beside 1 other council"
    follow(analyst, analyst.get_by_role("link", name="Requests for support received").first)
    beside = analyst.get_by_role("main").get_by_role("table").first
    assert beside.get_by_role("row", name=re.compile("Neighbour")).count() == 1


def _sent_by_them(own: bytes) -> bytes:
    """The own pack as another council would send it, signed with its own key."""
    body = {**json.loads(own)["pack"], "council": {"code": THEM, "name": "Neighbour"}}
    return bytes(signed(body, THEIR_KEY))


def _file(name: str, content: bytes) -> dict[str, Any]:
    return {"name": name, "mimeType": "application/json", "buffer": content}


def test_a_steward_judges_a_pair_goes_to_the_next_and_withdraws_the_answer(page_as: Callable[..., Any]) -> None:
    page = page_as("steward")
    page.goto("/data/review/")
    follow(page, page.get_by_role("link", name="Review the next pair"))
    before = _pair(page)
    assert "score" not in _main(page).casefold()
    page.get_by_label("Different: two people").check()
    _press(page, "Save and go to the next pair")
    assert _pair(page) != before
    _press(page, "Withdraw my last answer")
    page.goto("/data/review/pair/")
    assert _pair(page) == before


def _pair(page: Any) -> list[str]:
    return [str(each) for each in page.get_by_role("table").first.locator("td").all_inner_texts()]


@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without scripts"])
def test_finance_waits_for_a_business_case_that_is_being_prepared_and_takes_it_away_as_a_word_file(
    page_as: Callable[..., Any], script: bool
) -> None:
    page = page_as("finance", java_script_enabled=script)
    service = "Listening Post for young people" if script else "School inclusion mentors"
    page.goto("/papers/")
    follow(page, page.get_by_role("main").get_by_role("link", name=re.compile("Business case", re.IGNORECASE)).first)
    page.get_by_label("About which service").select_option(service)
    if not script:
        _press(page, "Show")
    page.get_by_text("This paper is being prepared").wait_for()
    page.get_by_role("link", name="Take it as Word").wait_for(timeout=FINISHES_WITHIN)  # the page asks again by itself
    assert _title(page) == f"Business case: {service}"
    with page.expect_download() as kept:
        page.get_by_role("link", name="Take it as Word").click()
    content = Path(kept.value.path()).read_bytes()
    text = zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").decode()
    assert service in text
    assert kept.value.suggested_filename.endswith(".docx")


def test_a_paper_about_one_ward_is_proposed_from_its_own_page(page_as: Callable[..., Any]) -> None:
    page = page_as("head")
    page.goto("/papers/ward-profile/?about=E05999001")
    follow(page, page.get_by_role("link", name="Propose this paper for somebody outside"))
    page.get_by_label("For whom").fill("the members of the ward")
    _press(page, "Propose the paper")
    page.get_by_text("Somebody else must approve it before it can leave").wait_for(timeout=FINISHES_WITHIN)
    follow(page, page.get_by_role("link", name=re.compile("^See release")))
    assert "the members of the ward" in _main(page)
    assert page.get_by_role("button", name="Approve it").count() == 0
