"""Asking who is not reached: from public figures before any record, and from records beside them afterwards."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.journeys.conftest import earlyhelp
from tests.unit.reference.published_files import authority, of_authority, write_publication

QUESTION = "who-are-we-not-reaching"
COUNCIL = "E09000032"
WARDS = [f"E050140{number:02}" for number in range(1, 13)]
AREAS = [f"E010045{number:02}" for number in range(1, 13)]

FILES = (
    "geography/la_master_england_153.csv",
    "geography/lsoa21_ward24_lad24_england.csv",
    "poverty/dwp_children_low_income_ahc_relative_ward_fye2024_2025.csv",
    "finance/ro3_children_social_care_2024_25_la_long.csv",
    "statistics/statistical_neighbours_2025_long.csv",
)


def published(folder: Path) -> Path:
    """Twelve wards of 1,000 children, of whom 100 to 400 are in low income; two councils and what they spend."""
    folder.mkdir()
    write_publication(
        folder, "authorities", [authority(COUNCIL, "212", "Testing"), authority("E09000021", "314", "Like it")]
    )
    write_publication(
        folder,
        "neighbours",
        [{"new_la_code": COUNCIL, "sn_rank": "1", "sn_new_la_code": "E09000021", "sn_la_name": "Like it"}],
    )
    write_publication(folder, "children", [of_authority(COUNCIL, "2024", population_estimate="12000")])
    lookup = [{"lsoa21_code": lsoa, "ward24_code": ward, "ward24_name": f"Ward {ward[-2:]}", "utla_code": COUNCIL}
              for lsoa, ward in zip(AREAS, WARDS, strict=True)]  # fmt: skip
    write_publication(folder, "small_areas", lookup)
    poor = [{"ward_code": ward, "children_fye2025": str(100 + 100 * (n % 4)), "children_0_15_implied_fye2025": "1000"}
            for n, ward in enumerate(WARDS)]  # fmt: skip
    write_publication(folder, "low_income_of_wards", poor)
    return folder


def fill(inbox: Path) -> None:
    """Families helped in each ward: one for each ten children in low income, of ward 4 a quarter of that, of ward 5 three."""
    families = [10 * (1 + n % 4) for n in range(12)]
    families[3], families[4] = 10, 3
    people = [(f"p{n:02}x{each}", AREAS[n]) for n, many in enumerate(families) for each in range(many)]
    person = [f"{who},{lsoa},true,2015-01-01,F,WBRI" for who, lsoa in people]
    (inbox / "person.csv").write_text("\n".join(["person_key,lsoa,is_child,dob,sex,ethnicity", *person]) + "\n")
    episodes = [f"e{who},{who},f{who},2024-06-01," for who, _ in people]
    (inbox / "eh_episode.csv").write_text(
        "\n".join(["episode_id,person_key,family_key,start_date,end_date", *episodes]) + "\n"
    )


def test_from_an_empty_workspace_to_reach_beside_need(workspace: Path, tmp_path: Path):
    nothing = earlyhelp("ask", workspace, QUESTION)
    assert nothing.code == 0
    assert "earlyhelp reference add DIR FOLDER" in " ".join(nothing.out.split())

    assert earlyhelp("reference", "add", workspace, published(tmp_path / "published"), "--name", "england").code == 0
    before = earlyhelp("ask", workspace, QUESTION, "--json").json
    assert (
        before["answer"][0] == "No record has been loaded yet: what follows of Testing is from public statistics alone."
    )
    assert (
        "Half of the children in low income live in 4 of 12 wards: Ward 03, Ward 04, Ward 08 and Ward 12."
        in before["answer"]
    )
    assert (
        "What share was spent early is missing for Testing, which is not 0; of Like it it is missing, which is not 0."
        in before["answer"]
    )
    assert before["certificates"] == []
    assert earlyhelp("ask", workspace, QUESTION).code == 0

    fill(workspace / "inbox")
    assert earlyhelp("run", workspace, "--as-at", "2026-03-31").code == 0
    ended = earlyhelp("ask", workspace, QUESTION, "--json")
    assert ended.code == 0
    told = ended.json
    assert told["answer"][0].startswith("263 families of 12 wards were helped from 1 April 2025 to 31 March 2026.")
    assert "as children in low income live (FYE 2025, ages 0 to 15)" in told["answer"][0]
    rows = {row["ward_code_label"]: row for row in told["table"] if "ward_code" in row}
    assert (rows["Ward 04"]["observed"], rows["Ward 04"]["group"]) == (10, "fewer than expected")
    assert rows["Ward 04"]["expected"] == pytest.approx(263 * 400 / 3000, abs=0.1)
    assert {name for name, row in rows.items() if row["status"] == "suppressed"} == {"Ward 05", "Ward 01"}, (
        "else the total would tell"
    )
    assert "Fewer than expected: Ward 04 (10 where 35 would be expected)." in told["answer"]
    assert any("ethnicity is not held" in each for each in told["answer"])
    assert any("By ethnicity" in each or "table population" in each for each in told["answer"])
    assert not any(f"p0{n}x" in ended.out for n in range(9)), "never a family"
    words = earlyhelp("ask", workspace, QUESTION)
    assert "fewer than expected" in words.out
    assert told["answer"][0] in " ".join(words.out.split())


def test_a_council_of_invented_wards_is_told_that_no_public_statistics_match(thornbridge: Path, tmp_path: Path):
    """The example is copied, so that what others read stays as it is."""
    council = tmp_path / "thornbridge"
    shutil.copytree(thornbridge, council)
    assert earlyhelp("reference", "add", council, published(tmp_path / "published"), "--name", "england").code == 0
    told = earlyhelp("ask", council, QUESTION, "--json").json
    assert any("No public statistics match the wards of these records" in each for each in told["caveats"])
    assert told["answer"][0].endswith(("list.", "low income."))


def test_the_public_figures_of_a_real_council_answer_published(shared: Path, workspace: Path, tmp_path: Path):
    """Wandsworth in the files as published: 22 wards, ten neighbours, and nothing of any record."""
    folder = tmp_path / "published"
    folder.mkdir()
    for name in FILES:
        (folder / Path(name).name).write_bytes((shared / "reference" / name).read_bytes())
    assert earlyhelp("reference", "add", workspace, folder, "--name", "england", "--vintage", "2025").code == 0
    told = earlyhelp("ask", workspace, QUESTION, "--json").json
    wards = [row for row in told["table"] if "ward_code" in row]
    assert len(wards) == 22
    assert {row["ward_code_label"] for row in wards if row["low_income_share"] > 0.45} == {"Roehampton"}
    near = [row for row in told["table"] if row.get("neighbour")]
    assert len(near) == 10
    assert "Of 10 statistical neighbours, 5 spent a larger share early and 5 no larger one." in told["answer"]
