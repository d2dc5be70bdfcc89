"""Who sees what: every page opened as every role, and what it shows searched for what that role may not see.

Made from the addresses that there are, so that a new page is in it without being named. A check is one page asked by one
person: whether it opens, and for each planted detail of a person whether it stands in what came back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from earlyhelp.web.access import POWERS, Power, Role, powers_of
from web_addresses import addresses_of

WHO = [*((role,) for role in Role), (), None]
"""Each role alone, somebody signed in without a role, and somebody who is not signed in."""


class Detail(NamedTuple):
    """Something that only those who may see names may see: a name with its surname, a number that identifies."""

    kind: str
    text: str


WHERE = {
    "name": "SELECT forename || ' ' || surname FROM '{identity}/person.parquet'",
    "former name": "SELECT forename || ' ' || former_surname FROM '{identity}/person.parquet'",
    "address": "SELECT address_line FROM '{identity}/person_address.parquet'",
    "postcode": "SELECT postcode FROM '{identity}/person.parquet'",
    "number": "SELECT value FROM '{identity}/person_identifier.parquet'",
}
"""Where each kind of detail stands on the identity side."""


def _details(council: Path, most: int = 60) -> list[Detail]:
    """Details of people of the council, spread over all of them."""
    import duckdb

    from earlyhelp.store.workspace import open_workspace

    identity = open_workspace(council).snapshot_folder() / "identity"
    found = []
    for kind, query in WHERE.items():
        asked = f"SELECT DISTINCT told FROM ({query.format(identity=identity)}) AS t(told) WHERE length(told) >= 7"
        rows = duckdb.execute(f"{asked} ORDER BY hash(told) LIMIT {most}").fetchall()
        found += [Detail(kind, str(value)) for (value,) in rows]
    return found


def _any_of(details: list[Detail]) -> re.Pattern[str]:
    """Finds each of the details as whole words, in any spelling of capitals."""
    texts = "|".join(re.escape(each.text) for each in details)
    return re.compile(rf"(?<!\w)(?:{texts})(?!\w)", re.IGNORECASE)


def _asked(client: Any, council: Path) -> Iterator[tuple[Any, str, Any]]:
    from earlyhelp.web.pages import all_pages

    for page in all_pages().values():
        for address in addresses_of(page, council):
            yield page, address, client.get(address)


def test_no_role_opens_a_page_that_its_rule_closes_and_no_page_shows_people_to_who_may_not_see_them(
    council: Path, client_as: Callable[..., Any], user_as: Callable[..., Any]
) -> None:
    from django.test import Client

    details, checks, leaks = _details(council), 0, []
    assert {"name", "number", "postcode"} <= {each.kind for each in details}
    searched = _any_of(details)
    for roles in WHO:
        client = Client()
        if roles is not None:
            client.force_login(user_as(*roles), backend="allauth.account.auth_backends.AuthenticationBackend")
        powers = powers_of(roles or ())
        for page, address, answer in _asked(client, council):
            may = page.rule.allows(powers, signed_in=roles is not None)
            checks += 1
            if may != (answer.status_code not in (302, 403)) and not (may and answer.status_code == 302):
                leaks.append(f"{roles} {address}: {answer.status_code}")
            if Power.IDENTITY in powers and page.private:
                continue
            html = answer.content.decode(errors="replace")
            checks += len(details)
            leaks += [f"{roles} {address}: shows a detail of a person" for _ in searched.findall(html)]
    assert leaks == []
    assert checks >= 5_000, checks


def test_a_search_for_details_finds_one_that_is_there() -> None:
    searched = _any_of([Detail("number", "A123456789012"), Detail("name", "mia o'neill-price")])
    assert searched.findall("<td>Mia O'Neill-Price</td><td>a123456789012</td>") == [
        "Mia O'Neill-Price",
        "a123456789012",
    ]
    assert not searched.findall("<td>Xmia O'Neill-Price</td>")


def test_each_power_is_somebody_s() -> None:
    assert set(Power) == set().union(*POWERS.values())
