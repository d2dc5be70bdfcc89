"""Asking the application without a browser, as its pages are asked by one: cookies kept, forms sent with their token."""

from __future__ import annotations

import http.client
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

import web_council


@dataclass(frozen=True)
class Told:
    """An answer: status, headers by their small names, and the text."""

    status: int
    headers: Mapping[str, str]
    cookies: list[str]
    text: str


class Asker:
    """Somebody who asks. `headers`: what a web server between would add."""

    def __init__(self, url: str, headers: Mapping[str, str] | None = None) -> None:
        self._where = urlsplit(url).netloc
        self._headers = dict(headers or {})
        self._cookies: dict[str, str] = {}

    def get(self, address: str) -> Told:
        """The answer to GET."""
        return self._ask("GET", address)

    def head(self, address: str) -> Told:
        """The answer to HEAD."""
        return self._ask("HEAD", address)

    def post(self, address: str, told: Mapping[str, Any], **headers: str) -> Told:
        """The answer to a form sent as it stands."""
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._ask("POST", address, urlencode(told), kind | headers)

    def send(self, address: str, told: Mapping[str, Any], **headers: str) -> Told:
        """The answer to a form opened first, and sent with the token that stood in it."""
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get(address).text)
        assert found is not None
        return self.post(address, {**told, "csrfmiddlewaretoken": found[1]}, **headers)

    def sign_in(self, role: str, **headers: str) -> Told:
        """The answer to the form for signing in, filled as the user with a role."""
        filled = {"login": web_council.address_of(role), "password": web_council.PASSWORD}
        return self.send("/accounts/login/", filled, **headers)

    def _ask(self, method: str, address: str, body: str = "", headers: Mapping[str, str] | None = None) -> Told:
        cookies = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        line = http.client.HTTPConnection(self._where, timeout=60)
        line.request(method, address, body or None, {**self._headers, **cookies, **(headers or {})})
        answer = line.getresponse()
        text = answer.read().decode(errors="replace")
        line.close()
        cookies_set = answer.headers.get_all("Set-Cookie") or []
        for each in cookies_set:
            name, _, value = each.split(";")[0].partition("=")
            self._cookies[name] = value
        return Told(answer.status, {name.lower(): value for name, value in answer.headers.items()}, cookies_set, text)
