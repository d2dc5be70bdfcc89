"""What a log of the application may hold: where something failed, never what was in it."""

from __future__ import annotations

import logging


class WithoutData(logging.Filter):
    """Keeps a record's logger, level and the class of the error; its text and its values may name people."""

    def filter(self, record: logging.LogRecord) -> bool:
        """True: the record goes on, without its values."""
        error = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
        if error or record.name.startswith("django.request"):
            record.msg, record.args = f"{record.name}: {error or 'a request failed'}", ()
            record.exc_info = record.exc_text = None
        return True
