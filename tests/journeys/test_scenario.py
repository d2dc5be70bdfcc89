"""Asking what a cut would cost: from files in the inbox and a scenario to pounds by agency, with ranges, or a clear refusal."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.journeys.conftest import earlyhelp

CUT = '[scenario]\nkind = "cut"\nservice = "{service}"\nshare = 0.2\nfrom = "2026-04"\nyears = 2\n'
FAMILIES = 160


def csv(path: Path, head: str, rows: list[str]) -> None:
    path.write_text("\n".join([head, *rows]) + "\n", "utf-8")


def fill(inbox: Path, *, ledger: bool = True) -> None:
    """Families of one child with early help, every other one offered S01, the others S02; one in four is in need later."""
    each = range(FAMILIES)
    begun = {n: f"{2023 + n % 2}-{1 + n % 12:02}" for n in each}
    csv(inbox / "person.csv", "person_key,is_child,dob", [f"p{n},true,2014-{1 + n % 12:02}-01" for n in each])
    csv(inbox / "family_member.csv", "family_key,person_key", [f"f{n},p{n}" for n in each])
    csv(
        inbox / "eh_episode.csv",
        "episode_id,person_key,family_key,start_date,allocated_date",
        [f"e{n},p{n},f{n},{begun[n]}-01,{begun[n]}-05" for n in each],
    )
    csv(inbox / "service.csv", "service_id,name,level", ["S01,Key work,targeted", "S02,Parenting group,community"])
    offers = [f"d{n},e{n},p{n},f{n},S0{1 + n % 2},{begun[n]}-10" for n in each]
    offers += [f"n{n},e{n},p{n},f{n},S01,2026-01-10" for n in range(0, 60, 2)]
    csv(inbox / "service_delivered.csv", "delivery_id,episode_id,person_key,family_key,service_id,offered_date", offers)
    in_need = [n for n in each if n % 8 in (1, 4)]
    csv(
        inbox / "social_care_event.csv",
        "event_id,person_key,type,start_date,end_date",
        [f"c{n},p{n},cin_episode,{begun[n]}-28,{int(begun[n][:4]) + 1}-{begun[n][5:]}-01" for n in in_need],
    )
    if ledger:
        rows = ["2025-26,S01,Key work,early,60000,actual", "2025-26,S02,Parenting group,early,9000,actual"]
        csv(inbox / "spend.csv", "financial_year,service_id,budget_line,stage,amount,kind", rows)


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A council with a ledger, run once; the tests read it."""
    folder = tmp_path_factory.mktemp("costed") / "council"
    assert earlyhelp("init", folder, "--council", "E09000032").code == 0
    fill(folder / "inbox")
    assert earlyhelp("run", folder, "--as-at", "2026-03-31").code == 0
    return folder


def asked(folder: Path, text: str) -> Path:
    file = folder / "cut.toml"
    file.write_text(text, "utf-8")
    return file


def test_a_cut_is_told_by_agency_and_year_with_ranges_and_the_chance_that_it_costs_less(council: Path, tmp_path: Path):
    file = asked(tmp_path, CUT.format(service="S01"))
    ended = earlyhelp("scenario", council, file, "--json")
    assert ended.code == 0, ended.err or ended.out
    told = ended.json
    assert told["scenario"]["service_name"] == "Key work"
    assert [row["purse"] for row in told["purses"]] == ["council", "public purse"]
    # a fifth of 60,000 pounds in each of two years, the second discounted at 3.5 per cent
    assert told["purses"][0]["out_of_the_budget"] == pytest.approx(12_000 + 12_000 / 1.035, abs=100)
    assert told["services"][0]["families_a_year"] == 30
    assert told["services"][0]["families_without_it"] == 6
    for row in told["by_agency_and_year"]:
        assert row["displaced_5"] <= row["displaced_50"] <= row["displaced_95"]
    for row in told["purses"]:
        assert 0 <= row["probability_that_it_saves"] <= 1
    assert earlyhelp("scenario", council, file, "--json").out == ended.out, "the same seed, the same answer"
    words = earlyhelp("scenario", council, file)
    assert "Key work loses 20% of its money, £12,000 a year, from April 2026" in words.out
    assert f"Parameters {told['parameters']}, seed 20260331, 20,000 draws." in words.out


def test_what_nobody_can_say_of_the_council_is_named_and_not_counted(council: Path, tmp_path: Path):
    told = earlyhelp("scenario", council, asked(tmp_path, CUT.format(service="S01")), "--json").json
    assert {row["outcome"] for row in told["prices"]} == {"in_need"}, "nobody came into care, and no police were told"
    unknown = "Nothing of it is recorded here, which is not the same as none."
    assert f"Not counted: a child looked after. {unknown}" in told["flags"]


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (("0.2", "1.2"), "cut.toml, scenario.share (rule cut-at-most-100-per-cent)"),
        (("S01", "S99"), "cut.toml, scenario.service (rule known-service)"),
        (("share", "shares"), "cut.toml, scenario.shares (rule known-keys)"),
    ],
)
def test_a_scenario_that_cannot_be_is_refused_with_its_key_and_rule(council: Path, tmp_path: Path, change, where):
    ended = earlyhelp("scenario", council, asked(tmp_path, CUT.format(service="S01").replace(*change)), "--json")
    assert ended.code == 3
    assert ended.json["where"] == where


def test_without_a_ledger_it_says_so_and_what_to_do(workspace: Path, tmp_path: Path):
    fill(workspace / "inbox", ledger=False)
    assert earlyhelp("run", workspace, "--as-at", "2026-03-31").code == 0
    ended = earlyhelp("scenario", workspace, asked(tmp_path, CUT.format(service="S01")))
    assert ended.code == 3
    assert "The ledger holds no actual spending of Key work (S01) in 2025-26." in ended.err
    assert "annual_cost" in ended.err
    own = CUT.format(service="S01") + "annual_cost = 60000\n"
    assert earlyhelp("scenario", workspace, asked(tmp_path, own)).code == 0


def test_a_file_that_is_not_there_is_refused_by_its_name(workspace: Path, tmp_path: Path):
    ended = earlyhelp("scenario", workspace, tmp_path / "none.toml")
    assert ended.code == 3
    assert "none.toml" in ended.err


STUDY = '[scenario]\nkind = "cut"\nstudy = "budget-cut"\nannual_cost = 50000\n'
MONTHS = [(2021 + n // 12, 1 + n % 12) for n in range(60)]


def fill_with_referrals(inbox: Path) -> None:
    """In North and South 8 to 10 children a month are referred, in South 15 from April 2024 on. Half are in need then."""
    csv(
        inbox / "place.csv",
        "lsoa,ward_code,la_code,locality,children_0_17",
        [f"E0100000{n},E0500931{n},E09000032,{name},2000" for n, name in enumerate(("North", "South"))],
    )
    referred = [
        (f"p{place}-{n}-{each}", place, f"{year}-{month:02}-{1 + each:02}")
        for n, (year, month) in enumerate(MONTHS)
        for place in (0, 1)
        for each in range(15 if place and (year, month) >= (2024, 4) else 8 + (n + place) % 3)
    ]
    csv(
        inbox / "person.csv",
        "person_key,is_child,dob,lsoa",
        [f"{who},true,2015-01-{1 + len(who) % 28:02},E0100000{place}" for who, place, _ in referred],
    )
    events = [f"r{who},{who},referral,{day}," for who, _, day in referred]
    events += [f"c{who},{who},cin_episode,{day},{int(day[:4]) + 1}{day[4:]}" for who, _, day in referred[::2]]
    csv(inbox / "social_care_event.csv", "event_id,person_key,type,start_date,end_date", events)


def test_a_cut_that_was_made_is_set_beside_the_places_without_it(workspace: Path, tmp_path: Path):
    fill_with_referrals(workspace / "inbox")
    with (workspace / "council.toml").open("a", encoding="utf-8") as settings:
        settings.write('\n[studies.budget-cut]\nday = 2024-04-01\nlocalities = ["South"]\n')
    assert earlyhelp("run", workspace, "--as-at", "2025-12-31").code == 0
    ended = earlyhelp("scenario", workspace, asked(tmp_path, STUDY), "--json")
    assert ended.code == 0, ended.err or ended.out
    told = ended.json
    assert told["scenario"]["months"] == 21
    # 15 were referred a month where 9 were to be expected; drawn towards no change it is less
    assert told["effects"][0]["local"]["risk_ratio"] == pytest.approx(15 / 9, rel=0.1)
    assert 1 < told["effects"][0]["used"]["risk_ratio"] < 15 / 9
    assert told["design_grade"] == 3
    [council_purse, _] = told["purses"]
    assert council_purse["out_of_the_budget"] == pytest.approx(50_000 * 21 / 12, abs=100)
    assert council_purse["displaced_5"] < council_purse["displaced_50"] < council_purse["displaced_95"]
    assert "In 21 months after 1 April 2024 South had" in earlyhelp("scenario", workspace, tmp_path / "cut.toml").out


def test_a_cut_that_nobody_declared_is_refused(council: Path, tmp_path: Path):
    ended = earlyhelp("scenario", council, asked(tmp_path, STUDY), "--json")
    assert ended.code == 3
    assert ended.json["where"] == "cut.toml, scenario.study (rule known-study)"
