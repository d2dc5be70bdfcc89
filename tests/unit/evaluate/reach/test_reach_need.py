"""The need of wards as published: from a pack where it knows them, else from the deciles in the records' own list."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.unit.reference.published_files import write_publication

from earlyhelp.evaluate.reach.need import (
    DECILES,
    LOW_INCOME,
    NOTHING,
    SHARE_BY_DECILE,
    holding,
    need_of_packs,
    need_of_places,
)
from earlyhelp.reference.loading import which
from earlyhelp.reference.pack import Pack, open_pack
from spec.dataset import snapshot
from unit.evaluate.reach.reach_council import CODE, WARDS, places


def described(folder: Path, name: str = "") -> Pack:
    """The pack with what each of its files is, as a workspace keeps it."""
    pack = open_pack(folder)
    files = tuple(replace(each, publication=which(pack, each).id) for each in pack.resources)
    return replace(pack, name=name or pack.name, resources=files)


def low_income(code: str, poor: str, children: str, **more: str) -> dict[str, str]:
    return {"ward_code": code, "children_fye2025": poor, "children_0_15_implied_fye2025": children} | more


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    """Three wards: one with all that is published, one that low income does not tell of, one blank."""
    areas = [("E01000001", WARDS[0]), ("E01000002", WARDS[0]), ("E01000003", WARDS[1]), ("E01000005", WARDS[2])]
    lookup = [
        {"lsoa21_code": lsoa, "ward24_code": ward, "ward24_name": f"Ward {ward[-1]}", "utla_code": CODE}
        for lsoa, ward in areas
    ]
    write_publication(tmp_path, "small_areas", lookup)
    deciles = {"E01000001": "1", "E01000002": "4", "E01000003": "1"}
    write_publication(
        tmp_path, "deprivation", [{"lsoa21_code": lsoa, "idaci_decile": n} for lsoa, n in deciles.items()]
    )
    of_earlier = low_income(WARDS[0], "200", "1000", children_fye2024="999")
    write_publication(tmp_path, "low_income_of_wards", [of_earlier, low_income(WARDS[2], "", "")])
    write_publication(tmp_path, "children_of_wards", [{"ward24_code": WARDS[0], "total_population": "4000"}])
    months = [{"ward_code": WARDS[0], "month": f"2025{n:02}", "major": "VIOLENCE AGAINST THE PERSON",
               "minor": "VIOLENCE WITH INJURY", "offences": "10"} for n in range(1, 13)]  # fmt: skip
    write_publication(tmp_path, "police_offences", [{**months[0], "month": "202412"}, *months])
    return described(tmp_path)


def test_wards_of_the_council_come_with_what_is_published_of_them(pack: Pack):
    found = need_of_packs([pack], CODE)
    assert (found.codes, found.names) == (WARDS, ("Ward 1", "Ward 2", "Ward 3"))
    assert (found.told_by, found.period, found.ages) == (LOW_INCOME, "FYE 2025", "0 to 15")
    assert (found.children[0], found.poor[0]) == (1000, 200), "the latest year, not the one before"
    assert found.deprived[0] == 50
    assert found.violence[0] == pytest.approx(1000 * 120 / 4000), "the last twelve months"
    assert found.known.tolist() == [True, False, False], "not told of is not known, and a blank is no zero"
    assert np.isnan(found.deprived[2])


def test_wards_that_are_named_are_those_told_of_and_unknown_ones_match_nothing(pack: Pack):
    found = need_of_packs([pack], CODE, [("X05000001", "Invented"), (WARDS[0], "Northwell")])
    assert (found.codes, found.names) == ((WARDS[0], "X05000001"), ("Northwell", "Invented"))
    assert found.known.tolist() == [True, False]
    assert need_of_packs([pack], CODE, [("X05000001", "Invented")]).told_by == NOTHING


def test_of_two_packs_with_the_same_publication_the_last_by_name_is_read(pack: Pack, tmp_path: Path):
    newer = tmp_path / "newer"
    newer.mkdir()
    write_publication(newer, "low_income_of_wards", [low_income(WARDS[0], "300", "1000")])
    of_2026 = described(newer, "z-2026")
    assert holding([of_2026, pack], "low_income_of_wards") is of_2026
    assert need_of_packs([of_2026, pack], CODE).poor[0] == 300
    assert need_of_packs([of_2026], CODE).codes == (), "no list of small areas, and none were named"
    assert holding([of_2026], "small_areas") is None


def test_the_councils_own_list_tells_low_income_by_the_deciles_of_its_small_areas():
    with snapshot({"place": places()}, checked=False) as con:
        found = need_of_places(con, CODE)
    assert (found.told_by, found.ages) == (DECILES, "0 to 17")
    assert found.poor.tolist() == pytest.approx([720, 330, 70])
    assert found.deprived.tolist() == [100, 0, 0]


def test_a_ward_of_which_one_area_has_no_decile_is_not_known():
    with snapshot({"place": places((1, None, 5, 5, 10, 10))}, checked=False) as con:
        found = need_of_places(con, CODE)
    assert found.known.tolist() == [False, True, True]


def test_without_deciles_children_are_all_that_is_told():
    with snapshot({"place": places((None,) * 6)}, checked=False) as con:
        found = need_of_places(con, CODE)
    assert found.told_by == NOTHING
    assert found.known.all()
    with snapshot({"place": places((None,) * 6, None)}, checked=False) as con:
        assert not need_of_places(con, CODE).known.any()


def test_the_shares_by_decile_are_those_of_the_published_indices_published(shared: Path):
    """Children counted in low income over children aged 0 to 15, by decile, from the two published files."""
    children = {}
    with (shared / "reference/population/children_mid2020_lsoa21_best_fit_derived.csv").open() as file:
        children = {row["lsoa21_code"]: float(row["age_0_15"]) for row in csv.DictReader(file)}
    poor, people = np.zeros(10), np.zeros(10)
    with (shared / "reference/deprivation/iod2025_lsoa21_england.csv").open() as file:
        for row in csv.DictReader(file):
            if row["idaci_numerator_children"]:
                poor[int(row["idaci_decile"]) - 1] += float(row["idaci_numerator_children"])
                people[int(row["idaci_decile"]) - 1] += children[row["lsoa21_code"]]
    assert (poor / people).tolist() == pytest.approx(list(SHARE_BY_DECILE), abs=0.006)
