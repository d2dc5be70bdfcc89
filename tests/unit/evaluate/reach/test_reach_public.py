"""A council from public figures alone: its profile, the need of its wards, and early spending beside its neighbours'."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.unit.reference.published_files import authority, write_publication

from earlyhelp.evaluate.reach import PublicPicture, public_picture
from earlyhelp.reference.loading import which
from earlyhelp.reference.pack import Pack, open_pack
from unit.evaluate.reach.test_reach_need import described, low_income

HERE, NEAR, SILENT, LISTED_NOWHERE = "E06000999", "E06000998", "E06000997", "E06000996"
LINES = (
    "Sure start children's centres and early years",
    "Family Support Services",
    "Services for young people",
    "TOTAL CHILDREN SOCIAL CARE",
)


def spent(code: str, *thousands: str) -> list[dict[str, str]]:
    """A council's spending on the four lines, thousand pounds."""
    about = {"financial_year": "2024-25", "column": "Total Expenditure", "ons_code": code}
    return [about | {"service_line": line, "gbp_thousands": n} for line, n in zip(LINES, thousands, strict=True)]


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    codes = (HERE, NEAR, SILENT)
    write_publication(
        tmp_path, "authorities", [authority(code, str(n), f"Council {n}") for n, code in enumerate(codes)]
    )
    near = [{"new_la_code": HERE, "sn_rank": str(n), "sn_new_la_code": code, "sn_la_name": f"Near {n}"}
            for n, code in enumerate((NEAR, SILENT, LISTED_NOWHERE), 1)]  # fmt: skip
    write_publication(tmp_path, "neighbours", near)
    write_publication(
        tmp_path,
        "spend",
        [*spent(HERE, "10", "20", "10", "400"), *spent(NEAR, "0", "60", "0", "200"), *spent(SILENT, "", "", "", "")],
    )
    return described(tmp_path)


def test_early_spending_is_told_beside_each_neighbour_and_what_is_missing_is_missing_and_not_zero(pack: Pack):
    found = public_picture([pack], HERE)
    assert [(each.name, each.share, each.status) for each in found.spent_early] == [
        ("Council 0", 10.0, "ok"),
        ("Near 1", 30.0, "ok"),
        ("Near 2", None, "missing"),
        ("Near 3", None, "not_available"),
    ]
    assert found.need is None, "the packs list no small areas"


def test_one_line_that_is_not_there_leaves_the_whole_share_out(tmp_path: Path):
    write_publication(tmp_path, "authorities", [authority(HERE, "1", "Here")])
    write_publication(tmp_path, "spend", spent(HERE, "10", "", "10", "400"))
    [here] = public_picture([described(tmp_path)], HERE).spent_early
    assert (here.share, here.status) == (None, "missing")


def test_without_a_pack_or_without_the_council_the_reason_is_all_there_is(pack: Pack, tmp_path: Path):
    assert public_picture([], HERE) == PublicPicture("No public statistics are held.")
    assert (
        public_picture([pack], "E06900000").why_not
        == "The public statistics held know no council of the code E06900000."
    )
    other = tmp_path / "other"
    other.mkdir()
    write_publication(other, "low_income_of_wards", [low_income("E05000001", "1", "2")])
    assert public_picture([described(other)], HERE).why_not.endswith("no list of authorities.")


def test_the_councils_that_did_not_send_their_spending_are_missing_published(shared: Path):
    """RO3 2024-25 as published: Bradford sent its return; Birmingham, which is very like it, did not."""
    wanted = {"authorities", "spend", "neighbours"}
    whole = open_pack(shared / "reference")
    files = (
        each for each in whole.resources if Path(each.path).name.startswith(("la_master", "ro3_", "statistical_n"))
    )
    known = tuple(replace(each, publication=which(whole, each).id) for each in files)
    assert {each.publication for each in known} == wanted
    pack = replace(whole, resources=known)
    told = {each.name: each for each in public_picture([pack], "E08000032").spent_early}
    assert len(told) == 11
    assert told["Bradford"].share == pytest.approx(100 * (6895 + 16753 + 6694) / 262209)
    assert told["Birmingham"].share is None
    assert told["Birmingham"].status != "ok"
