"""Who asks, who leads and in which system: named in packs without a count, withheld before any figure is, and compared."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from earlyhelp.compare import NAMED, PACK_POLICY, Groups, compared, read_pack, without_groups
from earlyhelp.compare.pack import Pack
from earlyhelp.compare.tables import tables_of_pack
from earlyhelp.measures import splits_of
from earlyhelp.release.named_groups import AtLeast, codes_named
from earlyhelp.standard import Sensitivity
from unit.compare.swapped_packs import asked, drafted, figure, named, sent

OURS, THEIRS = "E09000001", "E09000002"
DAYS = ("2025-04-01", "2026-03-31")
FOUR = named("A1", "source_system", mosaic=13, ecaf=13, holistix=13, cpoms=13)


def by_age(*counts: int) -> list:
    parts = [figure(count, age_band=f"band {place}") for place, count in enumerate(counts)]
    return [asked("A1", figure(sum(counts))), asked("A1", *parts, by="age_band")]


def test_what_is_named_goes_there_and_comes_back_and_is_part_of_the_hash():
    groups = [named("A1", "source_system", mosaic=90, ecaf=12), named("F1", "org_type", school=13)]
    found = read_pack(sent(asked("A1", figure(102)), groups=groups), "f").pack
    assert found.groups == {
        ("A1", "source_system"): Groups(*DAYS, ("mosaic",)),
        ("F1", "org_type"): Groups(*DAYS, ("school",)),
    }
    assert sent(asked("A1", figure(102)), groups=groups) == sent(asked("A1", figure(102)), groups=groups)
    assert found.content != read_pack(sent(asked("A1", figure(102))), "f").pack.content
    assert read_pack(sent(asked("A1", figure(102))), "f").pack.groups == {}


def test_what_packs_name_are_codes_of_the_standard_of_columns_that_tell_nobody():
    for each in NAMED:
        assert codes_named(each.declared, each.by)
        column = each.declared.of.columns.get(each.by)
        assert each.by == "source_system" or (column is not None and column.sensitivity is Sensitivity.NONE)
        assert not splits_of(each.declared)[each.by].many
    assert len(set(NAMED)) == len(NAMED)


@given(st.dictionaries(st.sampled_from(["1A", "2A", "5D", "6"]), st.integers(0, 40), min_size=1))
def test_beside_figures_of_the_same_groups_names_tell_nothing_that_these_do_not(counts: dict[str, int]):
    """Where the figures are withheld, nothing is named either."""
    figures = [figure(count, source_code=code) for code, count in counts.items()]
    total = asked("A1", figure(sum(counts.values())))
    made = drafted(total, asked("A1", *figures, by="source_code"), groups=[named("A1", "source_code", **counts)])
    rows = {
        dict(row.dims)["source_code"]: row.numerator for row in made.pack.measures["A1", "default"].rows if row.dims
    }
    told = (made.pack.groups or {}).get(("A1", "source_code"))
    shown = [number for number in rows.values() if number is not None]
    if shown:
        assert told is not None
        assert set(told.codes) == {code for code, number in rows.items() if number is not None and number >= 15}
    else:
        assert told is None or told.codes == ()


def could_be(pack: Pack) -> list[set[int]]:
    """Every count that a receiver cannot rule out: of two systems, and of all requests, some of which name no system."""
    [row] = pack.measures["A1", "default"].rows
    told = (pack.groups or {}).get(("A1", "source_system"))
    found: list[set[int]] = [set(), set(), set()]
    for total in (n for n in range(70) if PACK_POLICY.shown(n) == row.numerator):
        for first, second in product(range(total + 1), repeat=2):
            names = tuple(code for code, n in (("ecaf", first), ("mosaic", second)) if n >= 13)
            if first + second <= total and (told is None or told.codes == names):
                for each, n in zip(found, (first, second, total), strict=True):
                    each.add(n)
    return found


def tells(counts: set[int]) -> bool:
    """Whether counts that are left must be small, of either sign, and are few."""
    small = range(1, PACK_POLICY.highest + 1)
    return len(counts) < 5 and (all(n in small for n in counts) or all(-n in small for n in counts))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(*[st.integers(0, 20)] * 3), min_size=2, max_size=2))
def test_no_count_and_no_change_of_one_can_be_told_small_by_a_search_over_all_counts(counts):
    packs: list[Pack] = []
    for place, (first, second, without) in enumerate(counts):
        groups = [named("A1", "source_system", ecaf=first, mosaic=second)]
        total = asked("A1", figure(first + second + without))
        packs.append(drafted(total, groups=groups, earlier=packs[:], snapshot=f"s{place}").pack)
    then, now = map(could_be, packs)
    assert all((*then, *now))
    assert not any(tells(each) for each in (*then, *now))
    for before, after in zip(then, now, strict=True):
        assert not tells({b - a for a, b in product(before, after)})


def test_where_names_would_narrow_a_change_they_are_left_out_and_every_figure_stays():
    """Before, 28 and 18 told as 30 and 20 with 45 in all: 46 or 47. Now four systems of 13 make a total told as 50 exactly 52:
    5 or 6 more. Without the names 48 to 52 fit, and 1 to 6 more.
    """
    before = drafted(*by_age(28, 18), snapshot="s1").pack
    now = asked("A1", figure(52))
    other = named("F1", "org_type", school=60)
    assert ("A1", "source_system") in (drafted(now, groups=[FOUR], snapshot="s2").pack.groups or {})
    made = drafted(now, earlier=[before], groups=[FOUR, other], snapshot="s2")
    assert list(made.pack.groups or {}) == [("F1", "org_type")]
    assert [row.numerator for row in made.pack.measures["A1", "default"].rows] == [50]
    assert (made.withheld, made.audit.passed) == (0, True)
    assert drafted(now, earlier=[before], groups=[FOUR], snapshot="s2").pack.groups == {}


def test_where_cases_may_stand_under_several_systems_their_names_are_not_summed():
    """Twenty families, of whom 13 at the least are in each of two systems: nothing is wrong with that."""
    both = named("C1", "source_system", mosaic=13, ecaf=20)
    made = drafted(asked("C1", figure(20)), groups=[both])
    assert (made.pack.groups or {})["C1", "source_system"].codes == ("ecaf", "mosaic")
    assert made.audit.passed


def test_a_pack_can_be_made_without_names():
    made = drafted(asked("A1", figure(52)), groups=[FOUR])
    bare = without_groups(made, [])
    assert bare.pack.groups == {}
    assert bare.pack.measures == made.pack.measures
    assert bare.pack.content == drafted(asked("A1", figure(52))).pack.content


def test_names_are_tables_of_the_register_where_their_measure_is_told():
    pack = drafted(asked("A1", figure(52)), groups=[FOUR, named("F1", "org_type", school=60)]).pack
    [found] = [each for each in tables_of_pack(pack) if isinstance(each, AtLeast)]
    assert (found.measure, found.by, found.round_to) == ("A1", ("source_system",), PACK_POLICY.round_to)
    assert found.about.meaning == pack.measures["A1", "default"].meaning
    assert [(row.start, row.end, row.dims["source_system"]) for row in found.rows] == [
        (*DAYS, code) for code in ("cpoms", "ecaf", "holistix", "mosaic")
    ]


def pack(council: str, *groups, **more: object) -> Pack:
    return drafted(asked("A1", figure(600)), groups=groups, council=council, **more).pack


def older(council: str) -> Pack:
    return replace(pack(council), format=1, groups=None)


def test_a_comparison_tells_what_each_pack_names_own_line_first_and_why_nothing_stands_there():
    ours = pack("E09000003", named("A1", "source_system", mosaic=500, ecaf=12))
    found = compared(ours, [older(THEIRS), pack(OURS)])
    systems = next(each for each in found.groups if (each.measure, each.by) == ("A1", "source_system"))
    assert systems.name == "Requests for support received"
    assert [(line.council, line.status, line.codes) for line in systems.lines] == [
        ("E09000003", "ok", ("mosaic",)),
        (OURS, "no_data", ()),
        (THEIRS, "missing", ()),
    ]
    assert systems.lines[0].end == DAYS[1]
    told = next(each for each in found.as_dict()["groups"] if (each["measure"], each["by"]) == ("A1", "source_system"))
    assert told["lines"][0]["codes"] == ("mosaic",)
