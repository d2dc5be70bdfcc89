"""An identity provider as Entra ID is one: OpenID Connect with PKCE; the object id stands in the token alone."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt

CLIENT, SECRET = "earlyhelp", "a secret of the test's provider, long enough"


class Provider:
    """Whom it knows, and what it has seen."""

    def __init__(self, oid: str, email: str, port: int) -> None:
        self.oid, self.email, self.url = oid, email, f"http://127.0.0.1:{port}"
        self.challenges: list[str] = []
        self.verified = 0
        self._challenge = ""

    @property
    def settings(self) -> dict[str, str]:
        """What the application is told of it."""
        told = {"SERVER": self.url, "CLIENT": CLIENT, "SECRET": SECRET}
        return {f"EARLYHELP_OIDC_{name}": value for name, value in told.items()}

    def discovery(self) -> dict[str, str]:
        """What stands at its well-known address."""
        ends = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
        told = {f"{name}_endpoint": f"{self.url}/{path}" for name, path in ends.items()}
        return {**told, "issuer": self.url, "jwks_uri": f"{self.url}/keys"}

    def authorize(self, asked: dict[str, list[str]]) -> str:
        """Where the browser goes on to, after this person has signed in at once."""
        self.challenges.append(asked["code_challenge_method"][0])
        self._challenge = asked["code_challenge"][0]
        return f"{asked['redirect_uri'][0]}?{urlencode({'code': 'once', 'state': asked['state'][0]})}"

    def token(self, sent: dict[str, list[str]]) -> dict[str, Any]:
        """The token for a code, for whoever can show that it was they who asked for it."""
        seen = hashlib.sha256(sent["code_verifier"][0].encode()).digest()
        if base64.urlsafe_b64encode(seen).rstrip(b"=").decode() != self._challenge:
            return {"error": "invalid_grant"}
        self.verified += 1
        claims = {"iss": self.url, "aud": CLIENT, "sub": "pairwise", "oid": self.oid, "preferred_username": self.email}
        claims |= {"iat": 1_700_000_000, "exp": 4_000_000_000}
        return {"access_token": "x", "token_type": "Bearer", "id_token": jwt.encode(claims, SECRET, "HS256")}


@contextmanager
def providing(oid: str, email: str) -> Iterator[Provider]:
    """A provider that listens for as long as a block lasts."""

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = urlsplit(self.path)
            if asked.path == "/authorize":
                self.send_response(302)
                self.send_header("Location", provider.authorize(parse_qs(asked.query)))
                self.end_headers()
            else:
                self._tell(provider.discovery() if "well-known" in asked.path else {"sub": "pairwise"})

        def do_POST(self) -> None:
            self._tell(provider.token(parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())))

        def _tell(self, told: dict[str, Any]) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(told).encode())

        def log_message(self, format: str, *args: Any) -> None:
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        provider = Provider(oid, email, server.server_port)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield provider
        server.shutdown()
        thread.join()
