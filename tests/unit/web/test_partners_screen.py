"""Partners: a page each with its own figures alone, which nobody but readers and the partner itself may open."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

import pytest

from earlyhelp.release.partners import ReleasedPartner
from earlyhelp.web.own_figures import id_of, owned_by

Clients = Callable[..., Any]


def school(code: str, name: str) -> ReleasedPartner:
    return ReleasedPartner(code, name, "school", ("school_urn",))


def organisation(name: str) -> ReleasedPartner:
    return ReleasedPartner(name, name, "organisation", ("requestor_organisation",))


HILL, OTHER_HILL, DALE = (
    school("100001", "Hill School"),
    school("100002", "Hill School"),
    school("100003", "Dale School"),
)
POLICE, SHOUTED, HEALTH = organisation("Police"), organisation("POLICE"), organisation("Health and care / North")
LISTED = (HILL, OTHER_HILL, DALE, POLICE, SHOUTED, HEALTH)


@pytest.mark.parametrize(
    ("own", "pages"),
    [
        ("100001", [HILL]),
        ("Dale School", [DALE]),
        ("Hill School", []),
        ("police", [POLICE, SHOUTED]),
        (" Police ", [POLICE, SHOUTED]),
        ("Pol", []),
        ("", []),
    ],
)
def test_a_partner_owns_its_number_or_its_name_where_no_other_school_has_it(
    own: str, pages: list[ReleasedPartner]
) -> None:
    assert owned_by(own, LISTED) == pages


def test_a_name_with_a_slash_has_an_address() -> None:
    assert id_of(HEALTH) == "Health and care ~ North"


def linked(client: Any) -> list[str]:
    """The addresses of the pages of partners, in the order of the list."""
    told = client.get("/partners/?format=json").json()["blocks"]
    return [
        url for each in told if each["kind"] == "LinkedTable" for url in each["urls"] if url.startswith("/partners/")
    ]


def test_the_list_leads_to_a_page_for_each_and_each_has_a_file(
    client_as: Clients, audit: Callable[[], list[Any]]
) -> None:
    client = client_as("viewer")
    pages = linked(client)
    assert pages
    told = client.get(pages[0]).content.decode()
    assert "all the council" in told or "too few" in told or "no request" in told
    assert f"{pages[0]}file/?as=docx" in told
    answer = client.get(f"{pages[0]}file/?as=docx")
    assert answer["Content-Type"].endswith("wordprocessingml.document")
    assert answer["Content-Disposition"].startswith('attachment; filename="early-help-')
    assert audit()[-1]["event"] == "download"
    assert client.get(f"{pages[0]}file/?as=exe").status_code == 404


def test_a_partner_is_led_to_its_own_page_and_no_other(client_as: Clients) -> None:
    own, other = linked(client_as("viewer"))[:2]
    name = unquote(own.split("/")[2])
    partner = client_as("partner", organisation=name, email="partner@elsewhere.gov.uk")
    led = partner.get("/partners/")
    assert (led.status_code, led["Location"]) == (302, own)
    assert partner.get(own).status_code == 200
    assert partner.get(f"{own}file/?as=docx").status_code == 200
    assert [partner.get(address).status_code for address in (other, f"{other}file/", "/partners/nobody/")] == [404] * 3
    assert other not in partner.get(own).content.decode()


def test_a_page_that_one_partner_opened_stays_closed_to_another_with_the_same_powers(client_as: Clients) -> None:
    pages = linked(client_as("viewer"))[:2]
    first, second = (
        client_as("partner", organisation=unquote(page.split("/")[2]), email=f"partner{at}@elsewhere.gov.uk")
        for at, page in enumerate(pages)
    )
    assert [first.get(page).status_code for page in pages] == [200, 404]
    assert [second.get(page).status_code for page in pages] == [404, 200]
    assert [each.get("/partners/")["Location"] for each in (first, second)] == pages


def test_a_partner_without_an_organisation_is_told_whom_to_ask(client_as: Clients) -> None:
    partner = client_as("partner", email="lost@elsewhere.gov.uk")
    assert "The administrator sets which organisation is yours" in partner.get("/partners/").content.decode()
    assert partner.get(linked(client_as("viewer"))[0]).status_code == 404


def test_the_administrator_sees_no_partner(client_as: Clients) -> None:
    administrator = client_as("administrator")
    assert administrator.get("/partners/").status_code == 403
    assert administrator.get("/partners/anybody/").status_code == 403
