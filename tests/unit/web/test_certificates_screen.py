"""Every figure's certificate is a page in words, and its id in any table leads there."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from page_words import words_of


@pytest.fixture
def certificate(client_as: Callable[..., Any]) -> str:
    """The certificate of a figure on a measure's page."""
    page = client_as("viewer").get("/measures/A1/?period=year").content.decode()
    return re.findall(r'<a class="govuk-link" href="/certificates/(C[0-9a-f]{20})/">', page)[-1]


def test_a_certificate_tells_rule_period_data_and_that_it_comes_out_the_same(
    certificate: str, client_as: Callable[..., Any]
) -> None:
    told = words_of(client_as("viewer").get(f"/certificates/{certificate}/"))
    assert "Certificate of: Requests for support received" in told
    assert "1 April 2025 to 31 March 2026 369 counts requests" in told
    assert "Worked out again just now from the same records: it is the same." in told
    assert "Records as at 31 March 2026" in told
    assert "contact date of contact 100%" in told
    assert "Early Help Evidence" in told


def test_a_certificate_leads_to_the_measure_with_its_split_and_period(
    certificate: str, client_as: Callable[..., Any]
) -> None:
    page = client_as("viewer").get(f"/certificates/{certificate}/").content.decode()
    assert "/measures/A1/?period=year" in page


def test_a_figure_that_does_not_come_out_the_same_is_told_so(
    certificate: str, council: Path, client_as: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from earlyhelp import answering
    from earlyhelp.store.workspace import open_workspace
    from earlyhelp.web import reading

    real = answering.explain(open_workspace(council), certificate)
    changed = {**real, "same": False, "recomputed": {"value": 370, "status": "ok"}}
    monkeypatch.setattr(answering, "explain", lambda *_: changed)
    monkeypatch.setattr(reading, "KEPT", reading.Kept())
    told = words_of(client_as("viewer").get(f"/certificates/{certificate}/"))
    assert "it comes to 370" in told


def test_an_id_nobody_was_given_is_not_there_and_partners_read_their_own_pages(
    certificate: str, client_as: Callable[..., Any]
) -> None:
    assert client_as("viewer").get("/certificates/C00000000000000000000/").status_code == 404
    assert client_as("partner").get(f"/certificates/{certificate}/").status_code == 403
