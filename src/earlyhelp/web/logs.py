"""What a log of the application may hold: where something failed, never what was in it."""

from __future__ import annotations

import logging


class WithoutData(logging.Filter):
    """Keeps a record's logger, level and the class of the error; its values may name people, and so may its text.

    A text with places for values is the same whatever happened: it is kept, with the places empty. One without may have
    been put together from values, and goes.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """True: the record goes on, without its values."""
        error = _class_of_error(record)
        if error or record.name.startswith("django.request"):
            told = error or "a request failed"
        else:
            told = str(record.msg) if record.args else "something to look at"
        _say(record, told)
        return True


class OfRequests(logging.Filter):
    """Takes the values out of what the web server says of requests; what it says of its own start and end stays."""

    def filter(self, record: logging.LogRecord) -> bool:
        """True: the record goes on, without an address, a header or a traceback of a request."""
        if "request" in str(record.msg).casefold():
            _say(record, _class_of_error(record) or "a request that could not be answered")
        return True


def _class_of_error(record: logging.LogRecord) -> str:
    return record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""


def _say(record: logging.LogRecord, words: str) -> None:
    record.msg, record.args = f"{record.name}: {words}", ()
    record.exc_info = record.exc_text = None
