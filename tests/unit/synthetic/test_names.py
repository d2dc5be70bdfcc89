"""The lists of names: complete, without doubles, and drawn in proportion."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import numpy as np
import pytest

from earlyhelp.standard import codelists
from earlyhelp.synthetic.chance import chance
from earlyhelp.synthetic.names import (
    NICKNAMES,
    TRANSLITERATIONS,
    communities,
    declared,
    draw_communities,
    draw_forenames,
    draw_surnames,
    draw_weighted,
    forenames,
    nickname_of,
    surnames,
)

FILES = ["communities", "ethnic_groups", "forenames", "nicknames", "place_words", "surnames", "transliterations"]


@pytest.mark.parametrize("name", FILES)
def test_a_list_has_no_blank_no_stray_space_and_no_double(name):
    rows = [tuple(row.values()) for row in declared(name)]
    assert [row for row in rows for cell in row if not cell or cell != cell.strip()] == []
    assert [row for row, times in Counter(rows).items() if times > 1] == []


@pytest.mark.parametrize("community", communities())
def test_every_community_has_surnames_and_forenames_of_both_sexes_up_to_today(community):
    mine = [row for row in declared("forenames") if row["community"] == community]
    for sex in ("F", "M"):
        years = sorted({(int(row["first_year"]), int(row["last_year"])) for row in mine if row["sex"] == sex})
        assert years[0][0] == 1940
        assert years[-1][1] == 2026
        assert all(before[1] + 1 == after[0] for before, after in pairwise(years))
    assert any(row["community"] == community for row in declared("surnames"))


def test_every_ethnic_group_of_the_standard_is_drawn_from_communities_that_have_names():
    rows = declared("ethnic_groups")
    assert {row["ethnicity"] for row in rows} == set(codelists.ethnicity.codes) - {"REFU", "NOBT"}
    assert {row[side] for row in rows for side in ("community", "partner_community")} <= set(communities())


def test_every_forename_and_surname_belongs_to_a_declared_community():
    for name in ("forenames", "surnames"):
        assert {row["community"] for row in declared(name)} == set(communities())


def test_forenames_of_one_list_stand_together():
    groups = [(row["community"], row["sex"], row["first_year"]) for row in declared("forenames")]
    changes = [group for before, group in zip([None, *groups], groups, strict=False) if group != before]
    assert len(changes) == len(set(changes))


def test_only_names_that_people_bear_have_other_forms():
    borne = set(forenames().tolist()) | set(surnames().tolist()) | set(surnames("feminine").tolist())
    assert set(NICKNAMES) <= set(forenames().tolist())
    assert set(TRANSLITERATIONS) <= borne
    assert [name for forms in (NICKNAMES, TRANSLITERATIONS) for name in forms if name in forms[name]] == []


def test_well_known_forms_are_there():
    assert "Liz" in NICKNAMES["Elizabeth"]
    assert "Muhammad" in TRANSLITERATIONS["Mohammed"]


def test_names_of_england_hold_accents_apostrophes_and_hyphens():
    every = "".join(forenames().tolist() + surnames().tolist())
    assert {"'", "-", "é", "Ł", "ş", "ã"} <= set(every)


def test_weights_are_drawn_in_proportion():
    #               0     1 never  2              from 0.25 on
    assert draw_weighted([1, 0, 3], np.array([0.0, 0.24, 0.26, 0.99])).tolist() == [0, 0, 2, 2]


@pytest.mark.parametrize(
    ("year", "female", "expected", "never"),
    [(1960, True, "Margaret", "Olivia"), (2015, True, "Olivia", "Margaret"), (2015, False, "Noah", "Olivia")],
)
def test_a_forename_fits_the_sex_and_the_year_of_birth(year, female, expected, never):
    n = 3_000
    british = np.full(n, communities().index("british"))
    luck = chance(1, "test").random(n)
    drawn = set(forenames()[draw_forenames(british, np.full(n, female), np.full(n, year), luck)].tolist())
    assert expected in drawn
    assert never not in drawn


@pytest.mark.parametrize("year", [1900, 2100])
def test_someone_born_outside_the_lists_gets_a_name_of_the_nearest(year):
    somali = np.array([communities().index("somali")])
    drawn = draw_forenames(somali, np.array([True]), np.array([year]), np.array([0.0]))
    assert forenames()[drawn].tolist() == ["Fadumo"]


def test_surnames_come_from_the_community():
    polish = np.full(500, communities().index("polish"))
    drawn = draw_surnames(polish, chance(1, "test").random(500))
    assert {declared("surnames")[i]["community"] for i in set(drawn.tolist())} == {"polish"}
    assert {("Kowalski", "Kowalska")} <= {(surnames()[i], surnames("feminine")[i]) for i in drawn.tolist()}


def test_parents_of_mixed_children_come_from_two_communities():
    mother, father = draw_communities(np.full(200, "MWBC"), chance(1, "test").random(200))
    pairs = {(communities()[a], communities()[b]) for a, b in zip(mother.tolist(), father.tolist(), strict=True)}
    assert pairs == {("british", "caribbean"), ("caribbean", "british")}


def test_a_short_form_is_drawn_where_there_is_one():
    drawn = nickname_of(np.array(["Elizabeth", "Skye", "Elizabeth"]), np.array([0.0, 0.5, 0.999]))
    assert drawn[0] in NICKNAMES["Elizabeth"]
    assert drawn[1] == ""
    assert drawn[2] in NICKNAMES["Elizabeth"]
