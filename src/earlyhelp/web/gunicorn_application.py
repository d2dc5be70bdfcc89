"""The web server, started from code instead of from its command line."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger
from gunicorn.workers.gthread import ThreadWorker

from earlyhelp.web.logs import OfRequests


class ServerLog(Logger):
    """The web server's own log, without what was in requests."""

    def setup(self, cfg: Any) -> None:
        """As the web server sets it up, then filtered."""
        super().setup(cfg)
        self.error_log.filters = [OfRequests()]


class Answering(ThreadWorker):
    """One process that answers."""

    def handle_quit(self, sig: int, frame: Any) -> None:
        """End at once. To close its threads first waits for ever where the signal came while it gave them a request."""
        os._exit(0)


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
            "worker_class": Answering,
            "timeout": 120,
            "graceful_timeout": 5,
            "keepalive": 15,
            "logger_class": ServerLog,
        }
        for name, value in (ours | self.options).items():
            self.cfg.set(name, value)
        self.cfg.set("post_worker_init", _warm)
        self.cfg.set("worker_exit", _end)

    def load(self) -> Callable[..., Any]:
        """The application, made in each process: a connection to DuckDB must not be older than the process."""
        from earlyhelp.web.wsgi import application

        return application


def _warm(worker: Any) -> None:
    from django.conf import settings

    from earlyhelp.web.warming import keep_warm

    if settings.EARLYHELP_WARM:
        keep_warm()


def _end(server: Any, worker: Any) -> None:
    """End the process at once: DuckDB would wait for threads that only the process which started this one has."""
    if worker.booted:
        os._exit(0)
