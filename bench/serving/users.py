"""Those who use a server: clients that sign in and ask for pages one after the other over a connection of their own."""

from __future__ import annotations

import http.client
import re
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from urllib.parse import urlencode

from serving.council import EMAIL, PASSWORD


@dataclass
class Asked:
    """What asking found: seconds by page, and what was no 200."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    def at(self, share: float, page: str | None = None) -> float:
        """The time within which that share of the answers came, in milliseconds."""
        chosen = [page] if page else list(self.seconds)
        told = sorted(each for name in chosen for each in self.seconds[name])
        return 1000 * told[min(len(told) - 1, int(share * len(told)))] if told else 0.0


class Client:
    """One user with a session."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies: dict[str, str] = {}
        self._sign_in()

    def get(self, address: str) -> tuple[int, bytes]:
        """Status and body."""
        return self._ask("GET", address)

    def _ask(self, method: str, address: str, body: str = "") -> tuple[int, bytes]:
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()), "Accept-Encoding": "gzip"}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        answer = self._answer(method, address, body, headers)
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        return answer.status, answer.read()

    def _answer(self, method: str, address: str, body: str, headers: dict[str, str]) -> http.client.HTTPResponse:
        """The answer; a connection that the server closed while nothing was asked is opened anew, as browsers do.

        Only once, only for what may be asked twice, and never for a connection that was new (RFC 9112, 9.3.1).
        """
        stale = self.connection.sock is not None and method == "GET"
        try:
            self.connection.request(method, address, body or None, headers)
            return self.connection.getresponse()
        except ConnectionError:
            if not stale:
                raise
        self.connection.close()
        self.connection.request(method, address, None, headers)
        return self.connection.getresponse()

    def _sign_in(self) -> None:
        import gzip

        _, page = self._ask("GET", "/accounts/login/")
        page = gzip.decompress(page) if page[:2] == b"\x1f\x8b" else page
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.decode())
        assert token, "the sign-in page has a form"
        form = urlencode({"csrfmiddlewaretoken": token[1], "login": EMAIL, "password": PASSWORD})
        status, _ = self._ask("POST", "/accounts/login/", form)
        assert status == 302, f"signed in: {status}"


def ask_together(port: int, pages: Sequence[str], clients: int, seconds: float, pause: float = 0.0) -> Asked:
    """What so many clients found, each asking for the pages in turn for so long, `pause` seconds between two."""
    signed_in = [Client(port) for _ in range(clients)]
    found, lock, ends = Asked({page: [] for page in pages}), threading.Lock(), time.monotonic() + seconds

    def ask(client: Client, place: int) -> None:
        while time.monotonic() < ends:
            page = pages[place % len(pages)]
            begun = time.perf_counter()
            try:
                status, _ = client.get(page)
            except OSError as problem:
                status = 0
                with lock:
                    found.errors.append(f"{page}: {type(problem).__name__}")
                client = Client(port)
            took = time.perf_counter() - begun
            with lock:
                found.seconds[page].append(took)
                if status not in (0, 200):
                    found.errors.append(f"{page}: {status}")
            place += 1
            time.sleep(pause)

    with ThreadPoolExecutor(clients) as users:
        list(users.map(ask, signed_in, range(clients)))  # what went wrong in one of them ends the whole
    return found
