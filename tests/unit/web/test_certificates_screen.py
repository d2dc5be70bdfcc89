"""Every figure's certificate is a page in words, and its id in any table leads there."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

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


def test_an_id_nobody_was_given_is_not_there(certificate: str, client_as: Callable[..., Any]) -> None:
    assert client_as("viewer").get("/certificates/C00000000000000000000/").status_code == 404
    assert client_as("administrator").get(f"/certificates/{certificate}/").status_code == 403


def own_page_and_other(client_as: Callable[..., Any]) -> tuple[Any, str, str]:
    """A partner's client, the address of its page, and that of another's."""
    told = client_as("viewer").get("/partners/?format=json").json()["blocks"]
    urls = [url for each in told if each["kind"] == "LinkedTable" for url in each["urls"] if "/partners/" in url]
    partner = client_as("partner", organisation=unquote(urls[0].split("/")[2]), email="partner@elsewhere.gov.uk")
    return partner, urls[0], urls[1]


def certificates_on(page: str) -> list[str]:
    return re.findall(r'href="/certificates/(C[0-9a-f]{20})/"', page)


def test_a_partner_opens_every_certificate_that_its_own_page_leads_to(client_as: Callable[..., Any]) -> None:
    partner, own, _ = own_page_and_other(client_as)
    page = partner.get(own).content.decode()
    found = certificates_on(page)
    assert found
    assert {partner.get(f"/certificates/{each}/").status_code for each in found[:3] + found[-3:]} == {200}
    assert "earlyhelp certificate" not in page


def test_a_certificate_tells_a_partner_of_the_figure_and_leads_nowhere_that_is_closed_to_it(
    client_as: Callable[..., Any],
) -> None:
    partner, own, _ = own_page_and_other(client_as)
    address = f"/certificates/{certificates_on(partner.get(own).content.decode())[0]}/"
    told = words_of(partner.get(address))
    for words in ("Worked out again just now", "What it counts", "Records as at", "How it was released"):
        assert words in told
    for words in ("How full the columns", "How sure it is", "own standards", "newest records", "figures of today"):
        assert words not in told
    page = partner.get(address).content.decode().partition("<main")[2]
    leads = set(re.findall(r'href="(/[^"?]*)', page.partition("</main>")[0]))
    assert leads
    assert {partner.get(each, follow=True).status_code for each in leads} == {200}
    assert "How full the columns" in words_of(client_as("viewer").get(address))


def test_a_partner_opens_no_certificate_of_another_page(certificate: str, client_as: Callable[..., Any]) -> None:
    partner, own, other = own_page_and_other(client_as)
    own_ones = certificates_on(partner.get(own).content.decode())
    others = certificates_on(client_as("viewer").get(other).content.decode())
    foreign = [each for each in others if each not in own_ones]
    assert foreign
    for each in (certificate, foreign[0], "none"):
        assert partner.get(f"/certificates/{each}/").status_code == 404
    lost = client_as("partner", email="lost@elsewhere.gov.uk")
    assert lost.get(f"/certificates/{own_ones[0]}/").status_code == 404
