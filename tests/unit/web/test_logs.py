"""What a log may hold: where something failed and of what kind, never what was in a request."""

from __future__ import annotations

import logging

import pytest

from earlyhelp.web.logs import OfRequests, WithoutData

SECRETS = ("Smith", "@", "by=")


def _record(name: str, text: str, *values: object, error: Exception | None = None) -> logging.LogRecord:
    told = (type(error), error, None) if error is not None else None
    return logging.LogRecord(name, logging.ERROR, "file.py", 1, text, values, told)


def _said(by: logging.Filter, record: logging.LogRecord) -> str:
    assert by.filter(record)
    return logging.Formatter("%(message)s").format(record)


@pytest.mark.parametrize(
    ("record", "said"),
    [
        (
            _record("django.request", "%s: %s", "Not Found", "/families/?by=Smith"),
            "django.request: a request failed",
        ),
        (
            _record("django.request", "%s", "/", error=ValueError("jo@smith.example")),
            "django.request: ValueError",
        ),
        (_record("axes", "AXES: locking out %s.", "jo@smith.example"), "axes: AXES: locking out %s."),
        (_record("other", "no such person: Smith"), "other: something to look at"),
        (_record("other", "it broke", error=KeyError("Smith")), "other: KeyError"),
    ],
)
def test_the_application_s_log_keeps_the_part_that_failed_and_loses_every_value(
    record: logging.LogRecord, said: str
) -> None:
    assert _said(WithoutData(), record) == said


@pytest.mark.parametrize(
    ("record", "said"),
    [
        (
            _record("gunicorn.error", "Error handling request %s", "/?by=Smith", error=OSError("Smith")),
            "gunicorn.error: OSError",
        ),
        (
            _record("gunicorn.error", "Invalid request from ip=10.0.0.1: GET /?by=Smith"),
            "gunicorn.error: a request that could not be answered",
        ),
        (
            _record("gunicorn.error", "Connection in use: %s", "('127.0.0.1', 8000)"),
            "Connection in use: ('127.0.0.1', 8000)",
        ),
    ],
)
def test_the_web_server_s_log_tells_of_its_start_in_full_and_of_requests_without_what_was_asked(
    record: logging.LogRecord, said: str
) -> None:
    found = _said(OfRequests(), record)
    assert found == said
    assert not any(each in found for each in SECRETS)
