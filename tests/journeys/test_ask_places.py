"""Asking where domestic abuse is worst, from files in the inbox to sentences and a table."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.journeys.conftest import earlyhelp

WARDS = ("E05009317", "E05009318", "E05009319", "E05009320")
QUESTION = "where-is-domestic-abuse-worst"


def csv(path: Path, head: str, rows: list[str]) -> None:
    path.write_text("\n".join([head, *rows]) + "\n", "utf-8")


def fill(inbox: Path) -> None:
    """Four wards of six small areas with 500 children each; of two of each the police told, of 40, 20, 10 and 2 families."""
    areas = [(f"E010000{number:02}", WARDS[number // 6]) for number in range(24)]
    csv(inbox / "place.csv", "lsoa,ward_code,ward_name,la_code,children_0_17",
        [f"{lsoa},{ward},Ward {ward[-1]},E09000032,500" for lsoa, ward in areas])  # fmt: skip
    families = [
        (f"p{lsoa[-2:]}{number}", lsoa, number)
        for place, (lsoa, _) in enumerate(areas)
        if place % 6 < 2
        for number in range((40, 20, 10, 2)[place // 6])
    ]
    csv(
        inbox / "person.csv",
        "person_key,lsoa,is_child,dob",
        [f"{who},{lsoa},true,2015-01-{1 + n % 28:02}" for who, lsoa, n in families],
    )
    told = [
        f"{year}-{who},{who},police,domestic_abuse,{year}-{4 + n % 8:02}-{1 + n % 28:02},{lsoa}"
        for year in (2024, 2025)
        for who, lsoa, n in families
    ]
    csv(inbox / "partner_event.csv", "event_id,person_key,agency,type,event_date,lsoa", told)


def test_the_answer_names_wards_with_probabilities_hides_the_few_and_says_what_it_cannot(workspace: Path):
    fill(workspace / "inbox")
    assert earlyhelp("run", workspace, "--as-at", "2026-03-31").code == 0
    ended = earlyhelp("ask", workspace, QUESTION, "--json")
    assert ended.code == 0
    told = ended.json
    assert told["question"] == QUESTION
    assert told["answer"][0].startswith("The police told of 144 incidents of domestic abuse")
    wards = [row for row in told["table"] if "ward_code" in row]
    areas = [row for row in told["table"] if "lsoa" in row]
    assert [row["ward_code"] for row in wards[:2]] == list(WARDS[:2])
    assert wards[0]["numerator"] == 80
    assert wards[0]["value"] == pytest.approx(80 / 3000 * 1000)
    assert wards[0]["lower"] < wards[0]["shrunken"] < wards[0]["upper"]
    assert wards[0]["probability_among_worst"] > 0.99
    hidden = [row for row in told["table"] if row["status"] == "suppressed"]
    assert {row["lsoa"] for row in hidden if "lsoa" in row} == {"E01000012", "E01000018", "E01000019"}
    assert {row["ward_code"] for row in hidden if "ward_code" in row} == {WARDS[3], WARDS[2]}, (
        "else the total would tell"
    )
    assert {row["numerator"] for row in hidden} == {None}
    assert len(areas) == 24
    assert sum(row["numerator"] == 0 for row in areas) == 16, "none is shown as none"
    assert any(each.startswith("This cannot say") for each in told["caveats"])
    assert not any(f"p{number}" in ended.out for number in range(10)), "never a household"
    words = earlyhelp("ask", workspace, QUESTION)
    assert words.code == 0
    assert told["answer"][0] in " ".join(words.out.split())
    assert "probability among worst" in words.out
    assert "and 4 more: --json has them all" in words.out
