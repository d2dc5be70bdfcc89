"""The web server, started from code instead of from its command line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from gunicorn.app.base import BaseApplication


class Served(BaseApplication):
    """The application under gunicorn: a few processes, each with threads."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        self.options = dict(options)
        super().__init__()

    def load_config(self) -> None:
        """Take the options, and ours."""
        ours = {
            "accesslog": None,
            "loglevel": "warning",
            "worker_class": "gthread",
            "timeout": 120,
            "graceful_timeout": 5,
            "keepalive": 15,
        }
        for name, value in (ours | self.options).items():
            self.cfg.set(name, value)
        self.cfg.set("post_worker_init", _warm)

    def load(self) -> Callable[..., Any]:
        """The application, made in each process: a connection to DuckDB must not be older than the process."""
        from earlyhelp.web.wsgi import application

        return application


def _warm(worker: Any) -> None:
    from earlyhelp.web.warming import keep_warm

    keep_warm()
