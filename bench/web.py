"""The web application: how soon pages come while a run publishes, how soon a chart is there, and whether memory grows.

pages   8 clients ask for the main pages of a council of 40,000 children while a run publishes another snapshot: 95 of 100
        answers within 150 ms, and no error
chart   a browser from asking for a measure's page to its drawn chart: at most 1.0 s and 350 KB, beside the same page in
        Streamlit and in Dash (in .venv-bench), in the same run
soak    50 users for 10 minutes: resident memory grows by no more than 5 per cent (only with --soak)

The server is started as a council starts it. Ends with 1 where a limit is missed.

usage: python bench/web.py [--children 40000] [--seconds 60] [--soak] [--keep FOLDER]
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from serving.council import EMAIL, PASSWORD, publishes_again, workspace
from serving.to_chart import Drawn, to_chart
from serving.users import Asked, Client, ask_together

from earlyhelp.store.workspace import open_workspace

PAGES = (
    "/", "/measures/", "/measures/A1/", "/measures/B2/?by=need_code", "/line/", "/waiting/", "/what-helps/", "/places/",
    "/partners/", "/outcomes/", "/ask/", "/quality/", "/inspection/",
)  # fmt: skip
MOST_MS, MOST_SECONDS, MOST_KB, MOST_GROWTH = 150.0, 1.0, 350.0, 0.05
PEERS = Path(__file__).parent / "serving" / "peers"
PEERS_PYTHON = Path(__file__).parents[1] / ".venv-bench" / "bin" / "python"


def main(arguments: Sequence[str]) -> int:
    """Every part; 1 where a limit is missed."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--children", type=int, default=40_000)
    asked.add_argument("--seconds", type=float, default=60.0, help="for how long the 8 clients ask")
    asked.add_argument("--soak", action="store_true", help="50 users for 10 minutes as well")
    asked.add_argument("--keep", type=Path, help="keep the council in this folder, and use the one that is there")
    options = asked.parse_args(arguments)
    with contextlib.ExitStack() as held:
        folder = options.keep or Path(held.enter_context(tempfile.TemporaryDirectory()))
        folder.mkdir(parents=True, exist_ok=True)
        root = workspace(folder, options.children)
        port = held.enter_context(server(root))
        kept = [pages(root, port, options.seconds), charts(port, folder)]
        if options.soak:
            kept.append(soak(port))
    return 0 if all(kept) else 1


def pages(root: Path, port: int, seconds: float) -> bool:
    """Whether the pages keep their limit, quiet and while a run publishes."""
    there = [each for each in PAGES if Client(port).get(each)[0] == 200]
    if missing := sorted(set(PAGES) - set(there)):
        print(f"pages not there: {', '.join(missing)}")
    _warmed(port, there)
    quiet = ask_together(port, there, clients=8, seconds=seconds / 2)
    run, before = publishes_again(root), open_workspace(root).current
    busy = ask_together(port, there, clients=8, seconds=seconds)
    published = open_workspace(root).current != before
    run.send_signal(signal.SIGTERM)
    run.wait()
    for words, found in (("quiet", quiet), ("while a run publishes", busy)):
        _tell(words, found)
    print(f"the run published while they asked: {'yes' if published else 'no, ask for longer with --seconds'}")
    return published and busy.at(0.95) <= MOST_MS and not busy.errors and not quiet.errors


def _warmed(port: int, there: Sequence[str]) -> None:
    """Wait until the main pages are made, as a server that has been up for a minute."""
    client = Client(port)
    for _ in range(2):
        for each in there:
            client.get(each)


def _tell(words: str, found: Asked) -> None:
    count = sum(map(len, found.seconds.values()))
    slowest = max(found.seconds, key=lambda page: found.at(0.95, page))
    print(
        f"pages, {words}: {count} answers, p50 {found.at(0.5):.0f} ms, p95 {found.at(0.95):.0f} ms (at most {MOST_MS:.0f}), "
        f"{len(found.errors)} errors {sorted(set(found.errors))[:3]}; slowest {slowest}: p95 {found.at(0.95, slowest):.0f} ms"
    )


def charts(port: int, folder: Path) -> bool:
    """Whether a chart is there soon enough, beside the peers."""
    ours = to_chart(f"http://127.0.0.1:{port}/measures/A1/", "[data-drawn=true]", _sign_in(port))
    print(f"chart, ours: {_words(ours)} (at most {MOST_SECONDS} s and {MOST_KB:.0f} KB)")
    told = folder / "page.json"
    told.write_text(json.dumps(_same_page(port)))
    for name, command, chart in (
        ("Streamlit", ["-m", "streamlit", "run", str(PEERS / "in_streamlit.py"), "--server.headless=true",
                       "--browser.gatherUsageStats=false", "--server.port={port}", "--", str(told)], "canvas, svg.marks"),
        ("Dash", [str(PEERS / "in_dash.py"), str(told), "{port}"], ".main-svg"),
    ):  # fmt: skip
        try:
            with _peer(command) as at:
                found = to_chart(f"http://127.0.0.1:{at}/", chart)
                print(f"chart, {name}: {_words(found)}, {found.seconds / ours.seconds:.1f} times ours")
        except (OSError, subprocess.SubprocessError, TimeoutError) as problem:
            print(f"chart, {name}: not measured ({type(problem).__name__})")
    return ours.seconds <= MOST_SECONDS and ours.kilobytes <= MOST_KB


def _words(found: Drawn) -> str:
    return f"{found.seconds:.2f} s, {found.kilobytes:.0f} KB, {found.requests} requests"


def _sign_in(port: int) -> Any:
    def ready(page: Any) -> None:
        page.goto(f"http://127.0.0.1:{port}/accounts/login/")
        page.fill("[name=login]", EMAIL)
        page.fill("[name=password]", PASSWORD)
        page.click("main form button")

    return ready


def _same_page(port: int) -> dict[str, Any]:
    """What the peers draw: the same title, words and figures."""
    import gzip

    _, body = Client(port).get("/measures/A1/?format=json")
    told = json.loads(gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body)
    [figure] = [each for each in told["blocks"] if each["kind"] == "Figure"]
    rows = [
        [row[0], float(row[1].replace(",", "")) if row[1][:1].isdigit() else None] for row in figure["table"]["rows"]
    ]
    return {"title": told["title"], "lead": told["lead"], "rows": rows}


def soak(port: int, users: int = 50, minutes: float = 10.0) -> bool:
    """Whether the server's memory stays: after two minutes of use against after ten more."""
    ask_together(port, PAGES, clients=users, seconds=120, pause=1.0)
    before = _resident(port)
    found = ask_together(port, PAGES, clients=users, seconds=60 * minutes, pause=1.0)
    grown = _resident(port) / before - 1
    _tell(f"{users} users for {minutes:.0f} minutes", found)
    print(f"memory: {before / 2**20:.0f} MB, grown by {grown:.1%} (at most {MOST_GROWTH:.0%})")
    return grown <= MOST_GROWTH and not found.errors


def _resident(port: int) -> float:
    """Bytes of all the processes of the server."""
    listed = subprocess.run(["ps", "-eo", "pid,ppid,rss,args"], capture_output=True, text=True, check=True).stdout
    rows = [line.split(None, 3) for line in listed.splitlines()[1:]]
    heads = {pid for pid, _, _, words in rows if f"--port {port}" in words}
    return 1024 * sum(int(rss) for pid, ppid, rss, _ in rows if pid in heads or ppid in heads)


@contextlib.contextmanager
def server(root: Path) -> Iterator[int]:
    """The application as a council starts it, on a free port."""
    port = _free_port()
    command = [sys.executable, "-m", "earlyhelp", "serve", str(root), "--port", str(port)]
    with _process(command, port) as found:
        yield found


@contextlib.contextmanager
def _peer(command: Sequence[str]) -> Iterator[int]:
    port = _free_port()
    with _process([str(PEERS_PYTHON), *(each.format(port=port) for each in command)], port) as found:
        yield found


@contextlib.contextmanager
def _process(command: Sequence[str], port: int) -> Iterator[int]:
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True, env=os.environ.copy()
    )
    try:
        _answers(port, process)
        yield port
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=30)


def _answers(port: int, process: subprocess.Popen[bytes]) -> None:
    ends = time.monotonic() + 90
    while time.monotonic() < ends:
        if process.poll() is not None:
            raise subprocess.SubprocessError("it ended before it answered")
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/accounts/login/", timeout=5).read()
            return
        time.sleep(0.3)
    raise TimeoutError


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
