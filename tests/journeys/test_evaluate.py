"""Studies from the command line: what a council does to find out whether a service helps, and what it is refused."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest
from tests.journeys.conftest import Ended, earlyhelp
from tests.journeys.studied_council import AS_AT, SERVICES, TAKEN_FROM, UNLISTED, write_council

from earlyhelp import studying
from earlyhelp.evaluate.studies.cohort import read_cohort
from earlyhelp.evaluate.studies.protocol import service_study
from earlyhelp.store.plans import registered
from earlyhelp.store.workspace import open_workspace

CONTRACT = {
    "study", "estimand", "estimates", "n_treated", "n_compared", "balance", "ess_share", "design_grade", "e_value", "mde",
    "verdict", "may_say", "may_not_say",
}  # fmt: skip


@pytest.fixture(scope="session")
def council(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A council with a service that helps, loaded and run. Tests read it; plans that they declare stay."""
    return _council(tmp_path_factory.mktemp("studied") / "council")


def _council(folder: Path, families: int = 1_600, *, offers: bool = True) -> Path:
    assert earlyhelp("init", folder, "--council", "E06000999").code == 0
    write_council(folder / "inbox", families, offers=offers)
    ended = earlyhelp("run", folder, "--as-at", AS_AT.isoformat(), "--json")
    assert ended.code == 0, ended.err or ended.out
    return folder


@pytest.fixture(scope="session")
def first_service(council: Path) -> Ended:
    """The study of the first service, done once."""
    return earlyhelp("evaluate", council, "service:S01", "--json")


def test_without_a_study_those_there_are_are_listed(council: Path):
    listed = earlyhelp("evaluate", council, "--json")
    assert listed.code == 0
    assert {f"service:{each['service_id']}" for each in SERVICES} <= set(listed.json["studies"])
    assert f"service:{UNLISTED}" in listed.json["studies"], "delivered, and in no directory"
    words = earlyhelp("evaluate", council)
    assert words.out.splitlines() == listed.json["studies"]


def test_a_study_finds_what_is_planted_and_keeps_the_contract(first_service: Ended):
    assert first_service.code == 0
    told = first_service.json
    assert told.keys() >= CONTRACT | {"scale"}
    assert told["study"] == "service:S01"
    first = told["estimates"][0]
    assert first["method"] == "entropy_balancing"
    assert first["lower"] < -TAKEN_FROM < first["upper"] < 0
    assert told["verdict"] == "fewer"
    assert told["design_grade"] == 2
    assert told["n_treated"] > 300
    assert "associated with" in told["may_say"][0]


def test_no_key_or_id_of_a_family_or_person_is_in_what_is_told(first_service: Ended, council: Path):
    out = earlyhelp(
        "export", council, "eh_episode", "--out", council.parent / "episodes.csv", "--reason", "test", "--json"
    )
    assert out.code == 0
    headings, *rows = [line.split(",") for line in (council.parent / "episodes.csv").read_text("utf-8").splitlines()]
    held = {row[headings.index(name)] for row in rows for name in ("family_id", "person_id", "episode_id")}
    assert len(held) > 1_600
    said = set(first_service.out.replace('"', " ").replace(",", " ").split())
    assert not held & said


def test_in_words_it_says_what_may_and_what_may_not_be_said_and_every_window(council: Path):
    told = " ".join(earlyhelp("evaluate", council, "service:S01").out.split())
    heading, *_ = told.split("Being offered Family Steps")
    assert "service:S01" in heading
    assert "fewer" in heading
    assert "What may not be said:" in told
    assert "Every outcome in every window" in told
    assert "For whom" in told
    assert "Design grade 2 on the Maryland scale." in told


def test_the_plan_is_kept_from_before_the_first_answer_and_stays_when_the_study_is_done_again(
    first_service: Ended, council: Path
):
    again = earlyhelp("evaluate", council, "service:S01", "--json").json
    assert again == first_service.json
    [kept] = [each for each in registered(open_workspace(council)) if each["plan"] == again["plan"]]
    assert kept["declared"] == again["declared"]
    assert kept["declaration"]["study"] == "service:S01"


def test_the_plan_is_registered_before_any_record_of_an_offer_or_an_outcome_is_read(
    council: Path, monkeypatch: pytest.MonkeyPatch
):
    study, seen = service_study("S02", "care", 6), []

    def read(*arguments):
        seen.append([each["plan"] for each in registered(open_workspace(council))])
        return read_cohort(*arguments)

    monkeypatch.setattr(studying, "read_cohort", read)
    earlyhelp("evaluate", council, "service:S02", "--outcome", "care", "--window", "6", "--json")
    assert [study.plan in plans for plans in seen] == [True]


def test_another_outcome_and_window_are_another_plan(first_service: Ended, council: Path):
    other = earlyhelp("evaluate", council, "service:S01", "--outcome", "in_need", "--window", "24", "--json")
    assert other.code == 0
    assert (other.json["outcome"], other.json["window"]) == ("in_need", 24)
    assert other.json["plan"] != first_service.json["plan"]


def test_a_service_that_names_nobody_for_whom_it_is_cannot_be_told(council: Path):
    told = earlyhelp("evaluate", council, "service:S03", "--json").json
    assert told["verdict"] == "cannot tell"
    assert "does not say for whom" in " ".join(told["may_say"])


@pytest.mark.parametrize("service", ["S04", "S05"])
def test_a_service_that_few_or_none_were_offered_has_no_figure_and_ends_with_4(council: Path, service: str):
    ended = earlyhelp("evaluate", council, f"service:{service}", "--json")
    assert ended.code == 4
    told = ended.json
    assert [each["estimate"] for each in told["estimates"]] == [None]
    assert (told["n_treated"], told["mde"], told["e_value"]) == (None, None, None)
    assert told["verdict"] == "not comparable"
    assert "fewer than" in " ".join(told["may_say"])
    assert earlyhelp("evaluate", council, f"service:{service}").code == 4


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("service:S99",), "service:S01"),
        (("S01",), "service:S01"),
        (("service:S01", "--outcome", "happiness"), "step_up"),
        (("service:S01", "--window", "13"), "12"),
    ],
)
def test_a_study_an_outcome_or_a_window_there_is_not_ends_with_2_and_names_those_there_are(
    council: Path, words: tuple[str, ...], named: str
):
    ended = earlyhelp("evaluate", council, *words, "--json")
    assert ended.code == 2
    assert named in ended.json["fix"]


@pytest.mark.parametrize("design", ["before-after", "completers"])
def test_two_comparisons_that_show_an_effect_where_there_is_none_are_refused_by_name(council: Path, design: str):
    ended = earlyhelp("evaluate", council, f"{design}:S01", "--json")
    assert ended.code == 4
    assert ended.json["may_say"][0].startswith("No effect of")
    assert "What would be needed" in ended.json["may_say"][2]
    assert [each["estimate"] for each in ended.json["estimates"]] == [None]
    assert earlyhelp("evaluate", council, f"{design}:S99", "--json").code == 2


def test_organisations_that_the_directory_does_not_name_cannot_be_compared(council: Path):
    ended = earlyhelp("evaluate", council, "providers", "--json")
    assert ended.code == 4
    assert ended.json["verdict"] == "not comparable"
    assert ended.json.keys() >= CONTRACT
    assert ended.json["may_say"][0].startswith("No effect is shown.")


def test_a_council_whose_services_were_offered_to_nobody_is_refused_with_what_is_needed(tmp_path: Path):
    folder = _council(tmp_path / "council", 60, offers=False)
    ended = earlyhelp("evaluate", folder, "service:S01", "--json")
    assert ended.code == 4
    assert ended.json["error"].endswith(".")
    assert "day of the offer" in ended.json["fix"]
    asked = earlyhelp("ask", folder, "which-services-help-most", "--json")
    assert asked.code == 0, "that it cannot be told is an answer"
    assert "day of the offer" in asked.json["answer"][0]


def test_a_workspace_in_which_nothing_was_published_is_refused(workspace: Path):
    assert earlyhelp("evaluate", workspace, "service:S01", "--json").code == 3


def test_which_services_help_most_is_told_in_groups_with_what_must_be_read_with_it(council: Path):
    told = earlyhelp("ask", council, "which-services-help-most", "--json")
    assert told.code == 0
    assert {"question", "answer", "table", "caveats", "certificates"} <= told.json.keys()
    assert told.json["answer"][0] == "Fewer first steps up to a statutory service than like families had: Family Steps."
    assert {each["service_id"] for each in told.json["table"]} == {
        UNLISTED,
        *(str(each["service_id"]) for each in SERVICES),
    }
    assert told.json["table"][0]["service_id"] == "S01"
    assert told.json["table"][0]["cost_per_step_up"] is None, "nobody was offered it in the last year: no cost a family"
    assert {each["group"] for each in told.json["table"]} <= {
        "better than expected", "as expected", "worse than expected", "too few to say", "cannot tell",
    }  # fmt: skip
    assert "no proof of cause" in " ".join(told.json["caveats"])
    words = earlyhelp("ask", council, "which-services-help-most")
    assert told.json["answer"][0] in " ".join(words.out.split())


def test_asking_which_services_help_declares_the_plan_of_every_one_of_them(council: Path):
    earlyhelp("ask", council, "which-services-help-most", "--json")
    declared = {each["declaration"]["study"] for each in registered(open_workspace(council))}
    assert declared >= {f"service:{each['service_id']}" for each in SERVICES}


def test_what_a_council_shares_of_a_study_holds_estimates_and_no_record(council: Path, tmp_path: Path):
    out = tmp_path / "shared.json"
    share = partial(earlyhelp, "evaluate", council)
    told = share("service:S01", "--share", out, "--as", "family-steps", "--json")
    assert told.code == 0
    held = json.loads(out.read_text("utf-8"))
    assert held["study"] == "family-steps"
    assert len(held["estimates"]) == told.json["estimates"] > 0
    pooled = earlyhelp("pool", out, _shared_by_another(out), "--json")
    assert pooled.code == 0
    first = pooled.json["cohorts"][0]
    assert (first["cohort"], first["councils"]) == ("all families", 2)
    assert first["estimate"] == pytest.approx(held["estimates"][0]["estimate"] + 0.01, abs=0.006)
    assert {each["council"] for each in pooled.json["councils"]} == {held["estimates"][0]["council"], "Ashmere"}
    assert earlyhelp("pool", out, _shared_by_another(out), "--quiet").code == 0
    refused = share("service:S05", "--share", tmp_path / "none.json", "--json")
    assert refused.code == 4
    assert not (tmp_path / "none.json").exists()


def _shared_by_another(file: Path, **changed: object) -> Path:
    """What another council would have shared, whose service does a little less."""
    held = json.loads(file.read_text("utf-8"))
    for each in held["estimates"]:
        each.update({"council": "Ashmere", "estimate": round(each["estimate"] + 0.02, 4), **changed})
    other = file.with_name("ashmere.json")
    other.write_text(json.dumps(held), "utf-8")
    return other


def test_councils_that_asked_otherwise_one_alone_and_a_file_of_something_else_are_not_pooled(
    council: Path, tmp_path: Path
):
    out = tmp_path / "shared.json"
    assert earlyhelp("evaluate", council, "service:S01", "--share", out, "--quiet").code == 0
    assert earlyhelp("pool", out, _shared_by_another(out, plan="another"), "--json").code == 4
    assert earlyhelp("pool", out, "--json").code == 4
    (tmp_path / "list.json").write_text('{"rows": []}', "utf-8")
    assert earlyhelp("pool", out, tmp_path / "list.json", "--json").code == 3
    assert earlyhelp("pool", out, tmp_path / "nowhere.json", "--json").code == 3
