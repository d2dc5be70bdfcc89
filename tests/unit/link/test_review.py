"""Which pairs reviewers are asked about and in which order, what they see, blind second reviews, and agreement."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.spec.dataset import parse
from tests.unit.link.worlds import empty

from earlyhelp.errors import InputRefused
from earlyhelp.link.agreement import ENOUGH, agreement, cohens_kappa
from earlyhelp.link.comparisons import COMPARISONS
from earlyhelp.link.questions import AGAINST, LEAST_CHANCE, Question, pair_called, questions
from earlyhelp.link.review import _draw, _waiting_for, _waiting_in_sample
from earlyhelp.link.side_by_side import CONTRADICTIONS, UNKNOWN, side_by_side
from earlyhelp.store import decisions
from earlyhelp.store.decisions import Decision
from earlyhelp.store.keys import Pseudonyms
from earlyhelp.store.settings import second_review_share
from earlyhelp.store.workspace import Workspace, create_workspace

HEADINGS = "who | source_system | forename | surname | dob | sex | address_line | postcode | upn\n"
MIA = "mosaic | Mia | Thornton | 2014-02-01 | F | 3 Mill Lane | ZZ1 1AA"
TWO_NUMBERS = f"""case   | {MIA} | A123456789012
school | attendance | Mia | Thornton | 2014-02-01 | F | 3 Mill Lane | ZZ1 1AA | B999999999999
"""
ZOE = """zoe1 | mosaic | Zoe | Ash | 2012-07-09 | F | 9 High St | ZZ8 8BB | C123456789012
zoe2 | police | Zoe | Ash | 2012-07-09 | F | 9 High St | ZZ8 8BB | D999999999999
"""


def snapshot(rows: str, *pairs: str, joined: str = "") -> duckdb.DuckDBPyConnection:
    """A connection that looks like both sides of a snapshot, with the people of a text table.

    `pairs`: what linkage found of two records, like "case school 0.97 clash". `joined`: the records taken for one person.
    """
    con = empty()
    for number, row in enumerate(parse(HEADINGS + rows), start=1):
        upn, told = row.pop("upn"), {"row_id": number, "person_key": row.pop("who"), **row}
        told["source_person_id"] = f"id of {told['person_key']}"
        insert(con, "person", told)
        if upn:
            insert(
                con,
                "person_identifier",
                {"row_id": number, "person_key": told["person_key"], "type": "upn", "value": upn},
            )
        who = "P" if told["person_key"] in joined.split() else f"P of {told['person_key']}"
        insert(con, "person_link", {"person_key": told["person_key"], "person_id": who})
    con.execute(
        "CREATE TABLE candidate (person_key_l VARCHAR, person_key_r VARCHAR, weight DOUBLE, "
        "probability DOUBLE, clash BOOLEAN)"
    )
    for pair in pairs:
        one, other, probability, *clash = pair.split()
        con.execute("INSERT INTO candidate VALUES (?, ?, 0, ?, ?)", [one, other, float(probability), bool(clash)])
    for name, table in (
        ("person", "person"),
        ("person_identifier", "person_identifier"),
        ("link_candidate", "candidate"),
    ):
        con.execute(f"CREATE VIEW identity_{name} AS FROM memory.main.{table}")
    return con


def insert(con: duckdb.DuckDBPyConnection, table: str, row: dict[str, object]) -> None:
    columns = ", ".join(f'? AS "{name}"' for name in row)
    con.execute(f"INSERT INTO memory.main.{table} BY NAME SELECT {columns}", list(row.values()))


def happened(con: duckdb.DuckDBPyConnection, table: str, who: str, times: int = 1) -> None:
    """Rows of a table about a record."""
    con.execute(f"INSERT INTO memory.main.{table} BY NAME SELECT ? AS person_key FROM range(?)", [who, times])


def asked(con: duckdb.DuckDBPyConnection, **answered: str) -> dict[tuple[str, str], Question]:
    """The questions in their order, by their keys; `answered`: case__school="same"."""
    known = {tuple(sorted(pair.split("__"))): answer for pair, answer in answered.items()}
    return {each.keys: each for each in questions(con, "a key", known)}  # type: ignore[arg-type]


def worth_asking(con: duckdb.DuckDBPyConnection) -> set[tuple[str, str]]:
    return {keys for keys, each in asked(con).items() if each.chance >= LEAST_CHANCE}


def test_a_pair_of_which_all_agrees_but_a_number_is_an_even_chance() -> None:
    (found,) = asked(snapshot(TWO_NUMBERS, "school case 0.999 clash")).values()

    assert (found.keys, found.chance, found.sources) == (("case", "school"), 0.5, "attendance + mosaic")
    assert found.people == {"P of case", "P of school"}


def test_a_pair_that_was_joined_for_sure_is_not_asked_about() -> None:
    assert worth_asking(snapshot(TWO_NUMBERS, "case school 0.9999", joined="case school")) == set()


def test_two_below_the_threshold_are_asked_about_by_how_likely_they_are_one() -> None:
    found = asked(snapshot(TWO_NUMBERS + ZOE, "case school 0.6", "zoe1 zoe2 0.8"))

    assert [(keys, each.chance) for keys, each in found.items()] == [(("zoe1", "zoe2"), 0.8), (("case", "school"), 0.6)]


def test_two_that_were_joined_are_asked_about_by_how_likely_they_are_two() -> None:
    (found,) = asked(snapshot(TWO_NUMBERS, "case school 0.93", joined="case school")).values()

    assert found.chance == pytest.approx(0.07)
    assert found.people == {"P"}


def test_nobody_is_asked_about_a_weak_pair_that_a_third_record_holds_together() -> None:
    pairs = ["case school 0.93", "case zoe1 0.9999", "zoe1 school 0.995"]

    assert worth_asking(snapshot(TWO_NUMBERS + ZOE, *pairs[:2], joined="case school zoe1")) == {("case", "school")}
    assert worth_asking(snapshot(TWO_NUMBERS + ZOE, *pairs, joined="case school zoe1")) == set()


def test_two_who_are_kept_apart_by_a_third_record_are_an_even_chance() -> None:
    (found,) = asked(snapshot(TWO_NUMBERS, "case school 0.97")).values()

    assert found.chance == 0.5


def test_one_case_id_on_two_who_contradict_each_other_is_an_even_chance_whatever_contradicts() -> None:
    con = snapshot(TWO_NUMBERS.replace("attendance | Mia", "eclipse | Ava"), "case school 0.97 clash")
    con.execute("UPDATE person SET source_person_id = '0042'")

    (found,) = asked(con).values()

    assert found.chance == 0.5


def test_two_who_differ_in_several_things_are_asked_about_last() -> None:
    twins = TWO_NUMBERS.replace("attendance | Mia", "attendance | Ava")

    found = asked(snapshot(twins + ZOE, "case school 0.97 clash", "zoe1 zoe2 0.97 clash"))

    assert list(found) == [("zoe1", "zoe2"), ("case", "school")]
    assert found["case", "school"].chance < 0.05


def test_reviewers_answers_move_the_chance_of_pairs_of_the_same_kind() -> None:
    con = snapshot(TWO_NUMBERS + ZOE, "case school 0.97 clash", "zoe1 zoe2 0.97 clash")
    known: tuple[dict[str, str], ...] = (
        {"zoe1__zoe2": "different"},
        {"zoe1__zoe2": "unsure"},
        {},
        {"zoe1__zoe2": "same"},
    )

    parted, unsure, before, joined = (asked(con, **each)["case", "school"].chance for each in known)

    assert parted < unsure == before < joined


def test_what_hangs_on_a_join_are_the_rows_of_the_side_that_has_fewer() -> None:
    con = snapshot(TWO_NUMBERS, "case school 0.6")
    happened(con, "contact", "case", 5)
    happened(con, "eh_episode", "school", 2)

    (found,) = asked(con).values()

    assert found.stake == 1 + 2


def test_help_and_harm_that_only_an_answer_brings_together_count_once_more() -> None:
    con = snapshot(TWO_NUMBERS, "case school 0.6")
    happened(con, "contact", "case", 5)
    happened(con, "social_care_event", "school", 2)

    (found,) = asked(con).values()

    assert found.stake == 1 + 2 + 2
    assert found.value == found.chance * found.stake


def test_where_a_person_is_parted_each_record_goes_with_the_one_it_is_more_like() -> None:
    pairs = ["a b 0.9", "a c 0.98", "a d 0.6", "b c 0.6", "b d 0.95", "c d 0.6"]
    con = snapshot("\n".join(f"{who} | {MIA} |" for who in "abcd"), *pairs, joined="a b c d")
    happened(con, "contact", "c", 3)
    happened(con, "social_care_event", "d", 4)

    assert asked(con)["a", "b"].stake == min(2 + 3, 2 + 4) + min(3, 4)


def test_answered_pairs_stay_in_the_list_whatever_their_chance() -> None:
    con = snapshot(TWO_NUMBERS, "case school 0.9999", joined="case school")

    assert asked(con, case__school="disputed")["case", "school"].chance == 0.5
    assert asked(con, case__school="same")["case", "school"].chance < LEAST_CHANCE


def test_the_sample_is_of_links_alone_each_grade_in_the_order_of_the_keyed_ids() -> None:
    pairs = ["a b 0.9999", "a c 0.99995", "b c 0.97", "c d 0.99995"]
    found = asked(snapshot("\n".join(f"{who} | {MIA} |" for who in "abcd"), *pairs, joined="a b c"))
    certain = sorted(found[keys].pair for keys in (("a", "b"), ("a", "c")))

    turns = {each.pair: (each.grade, each.turn) for each in found.values()}

    assert turns == {
        certain[0]: ("certain", 1),
        certain[1]: ("certain", 2),
        found["b", "c"].pair: ("medium", 1),
        found["c", "d"].pair: ("certain", 0),
    }


def test_a_link_of_the_sample_waits_until_somebody_has_decided_it(workspace: Workspace) -> None:
    listed = [
        replace(question("a", "b", "P1"), turn=2),
        replace(question("c", "d", "P1"), turn=1),
        question("e", "f", "P2"),
    ]
    answer(workspace, "c", "d", "Ann unsure")

    assert [each.pair for each in _waiting_in_sample(workspace, listed, "Ann")] == ["Rab"]
    assert [each.pair for each in _waiting_in_sample(workspace, listed, "Bob")] == ["Rcd", "Rab"]
    answer(workspace, "c", "d", "Bob same")
    assert [each.pair for each in _waiting_in_sample(workspace, listed, "Cat")] == ["Rab"]


def test_a_pair_is_found_by_its_id_which_says_nothing_without_the_key() -> None:
    con = snapshot(TWO_NUMBERS, "case school 0.6")
    ((keys, found),) = asked(con).items()

    told = pair_called(con, "a key", found.pair)

    assert told is not None
    assert ((told["person_key_l"], told["person_key_r"]), told["grade"], told["sources"]) == (
        keys,
        "low",
        found.sources,
    )
    assert pair_called(con, "another key", found.pair) is None


def test_a_snapshot_from_before_pairs_were_kept_is_refused() -> None:
    con = snapshot(TWO_NUMBERS)
    con.execute("DROP VIEW identity_link_candidate")

    with pytest.raises(InputRefused):
        asked(con)


@pytest.mark.parametrize(
    ("otherwise", "what", "says"),
    [
        ("Mia | Thornton | 2014-02-01 | F | 3 Mill Lane | ZZ1 1AA |", "forename", "equal"),
        ("Mka | Thornton | 2014-02-01 | F | 3 Mill Lane | ZZ1 1AA |", "forename", "a slip"),
        ("Mya | Thornton | 2014-02-01 | F | 3 Mill Lane | ZZ1 1AA |", "forename", "another form"),
        ("Thornton | Mia | 2014-02-01 | F | 3 Mill Lane | ZZ1 1AA |", "forename", "swapped with the surname"),
        ("    | Thornton | 2014-02-01 | F | 3 Mill Lane | ZZ1 1AA |", "forename", UNKNOWN),
        ("Iris | Thornton | 2014-02-01 | F | 3 Mill Lane | ZZ1 1AA |", "forename", "different, each a name of its own"),
        ("Mia | Thornton | 2014-01-02 | F | 3 Mill Lane | ZZ1 1AA |", "birth", "day and month swapped"),
        ("Mia | Thornton | 2014-02-11 | F | 3 Mill Lane | ZZ1 1AA |", "birth", "a slip"),
        ("Mia | Thornton | 2014-02-01 | F | 3 Mill Lane | ZZ1 1AA |", "home", "the same house"),
        ("Mia | Thornton | 2014-02-01 | F | 9 High St   | ZZ1 1AA |", "home", "the same postcode"),
        ("Mia | Thornton | 2014-02-01 | F | 3 Mill Lane | ZZ1 1AB |", "home", "the same house"),
        ("Mia | Thornton | 2014-02-01 | F | 9 Mill-Lane | ZZ1 1AA |", "home", "the same postcode and street"),
        ("Mia | Thornton | 2014-02-01 | F | 3 Mill Lane | ZZ8 8BB |", "home", "the same street elsewhere"),
        ("Mia | Thornton | 2014-02-01 | F | 9 Mill Lane | ZZ8 8BB |", "home", "different"),
        ("Mia | Thornton | 2014-02-01 | F | 9 High St   | ZZ8 8BB |", "home", "different"),
        ("Thornten | Mia | 2014-02-01 | F | 3 Mill Lane | ZZ1 1AA |", "forename", "swapped with the surname"),
        ("Thornton | Weaver | 2014-02-01 | F | 3 Mill Lane | ZZ1 1AA |", "forename", "the other's surname"),
        ("Mia | Thornton | 2014-02-01 | M | 9 Mill Lane | ZZ1 1AA |", "sex", "different"),
        ("Mia | Thornton | 2014-02-01 | F | 3 Mill Lane | ZZ1 1AA | B999999999999", "upn", "different"),
    ],
)
def test_a_reviewer_reads_in_words_what_agrees_and_what_does_not(otherwise: str, what: str, says: str) -> None:
    con = snapshot(f"case | {MIA} | A123456789012\nschool | attendance | {otherwise}")

    assert dict(side_by_side(con, ("case", "school")).evidence)[what] == says


def test_a_reviewer_sees_both_records_in_the_words_of_the_standard_and_what_contradicts() -> None:
    shown = side_by_side(snapshot(TWO_NUMBERS), ("case", "school"))
    told = {heading: (one, other) for heading, one, other in shown.rows}

    assert told["forename"] == ("Mia", "Mia")
    assert told["sex"] == ("Female", "Female")
    assert told["born"] == ("2014-02-01", "2014-02-01")
    assert ("A123456789012", "B999999999999") in told.values()
    assert "died" not in told
    assert shown.against == (CONTRADICTIONS["number"],)
    assert [what for what, _ in shown.evidence] == [each.name.replace("_", " ") for each in COMPARISONS]


def test_everything_that_contradicts_has_its_sentence() -> None:
    assert set(CONTRADICTIONS) == set(AGAINST)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """An empty workspace."""
    return create_workspace(tmp_path / "council", "E09000032")


def question(one: str, other: str, people: str) -> Question:
    first, *second = people.split()
    return Question(
        f"R{one}{other}", one, other, first, second[0] if second else first, 0.7, "low", "a + b", 0.7, 1, 0.7
    )


def answer(workspace: Workspace, one: str, other: str, words: str) -> None:
    reviewer, decision = words.split()
    made = Decision(f"R{one}{other}", one, other, decision, reviewer, "2026-01-01T00:00:00+00:00")
    decisions.save(workspace, lambda told: made)


def waiting(workspace: Workspace, asked: list[Question], reviewer: str) -> list[str]:
    return [each.pair for each in _waiting_for(workspace, asked, reviewer)]


@pytest.mark.parametrize(
    ("answers", "ann", "bob"),
    [
        ([], ["Rab", "Ref"], ["Rab", "Ref"]),
        (["Ann same"], ["Ref"], ["Ref"]),
        (["Ann different"], ["Ref"], ["Ref"]),
        (["Ann unsure"], ["Rac", "Ref"], ["Rab", "Ref"]),
        (["Ann same", "Bob different"], ["Rac", "Ref"], ["Rac", "Ref"]),
        (["Ann same", "Ann withdrawn"], ["Rab", "Ref"], ["Rab", "Ref"]),
    ],
)
def test_of_two_people_one_pair_waits_and_never_for_who_has_answered_it(
    workspace: Workspace, answers: list[str], ann: list[str], bob: list[str]
) -> None:
    (workspace.root / "council.toml").write_text("[review]\nsecond_review_percent = 0\n")
    listed = [question("a", "b", "P1 P2"), question("a", "c", "P2 P1"), question("e", "f", "P3")]
    for words in answers:
        answer(workspace, "a", "b", words)

    assert waiting(workspace, listed, "Ann") == ann
    assert waiting(workspace, listed, "Bob") == bob


def test_a_disputed_pair_waits_for_a_third(workspace: Workspace) -> None:
    for words in ("Ann same", "Bob different"):
        answer(workspace, "a", "b", words)

    assert waiting(workspace, [question("a", "b", "P1 P2")], "Cat") == ["Rab"]


def test_where_all_are_seen_twice_a_decided_pair_waits_for_one_other_reviewer_and_no_more(workspace: Workspace) -> None:
    (workspace.root / "council.toml").write_text("[review]\nsecond_review_percent = 100\n")
    listed = [question("a", "b", "P1 P2")]
    answer(workspace, "a", "b", "Ann same")

    assert waiting(workspace, listed, "Ann") == []
    assert waiting(workspace, listed, "Bob") == ["Rab"]
    answer(workspace, "a", "b", "Bob same")
    assert waiting(workspace, listed, "Cat") == []


def test_the_share_that_is_seen_twice_is_drawn_evenly_always_the_same_and_by_the_councils_own_key() -> None:
    pairs = [("a", f"b{number}") for number in range(2000)]
    drawn = [[_draw(Pseudonyms(bytes([key] * 32)), pair) for pair in pairs] for key in (1, 1, 2)]

    assert drawn[0] == drawn[1] != drawn[2]
    for share in (0.1, 0.5, 0.9):
        assert sum(each < share for each in drawn[0]) / 2000 == pytest.approx(share, abs=0.03)


def test_kappa_and_its_interval_are_those_of_fleiss_cohen_and_everitt_1969() -> None:
    """Their table 1 of 200 subjects: kappa 0.429 with a standard error of 0.0537 (variance 0.002885)."""
    found = cohens_kappa([[106, 10, 4], [22, 28, 10], [2, 12, 6]])

    assert found is not None
    kappa, lower, upper = found
    assert kappa == pytest.approx(0.429, abs=5e-4)
    assert ((upper - lower) / 2 / 1.959964) ** 2 == pytest.approx(0.002885, abs=5e-7)


@given(st.lists(st.integers(0, 60), min_size=4, max_size=4).filter(lambda cells: sum(cells) > 0))
def test_kappa_is_the_share_agreed_beyond_chance(cells: list[int]) -> None:
    yes, left, right, no = cells
    pairs = [(1, 1)] * yes + [(1, 0)] * left + [(0, 1)] * right + [(0, 0)] * no
    by_chance = sum(one == other for one, _ in pairs for _, other in pairs) / len(pairs) ** 2
    agreed = sum(one == other for one, other in pairs) / len(pairs)

    found = cohens_kappa([[yes, left], [right, no]])

    if by_chance == 1:
        assert found is None
    else:
        assert found is not None
        assert found[0] == pytest.approx((agreed - by_chance) / (1 - by_chance), abs=1e-9)
        assert -1 <= found[1] <= found[0] + 1e-9
        assert found[0] - 1e-9 <= found[2] <= 1


def said_twice(
    first: str, second: str, grade: str = "low", sources: str = "mosaic + police"
) -> tuple[Decision, Decision]:
    return (
        Decision("R1", "a", "b", first, "Ann", "2026-01-01", grade=grade, sources=sources),
        Decision("R1", "a", "b", second, "Bob", "2026-01-02", second=True, grade=grade, sources=sources),
    )


def test_agreement_is_told_for_all_and_by_grade_and_systems_and_says_where_pairs_are_too_few() -> None:
    reviewed = (
        [said_twice("same", "same")] * 20
        + [said_twice("different", "different")] * 15
        + [said_twice("same", "different")] * 5
    )
    reviewed += [said_twice("same", "unsure"), said_twice("same", "same", grade="medium", sources="housing + police")]

    found = {(each.by, each.group): each for each in agreement(reviewed)}

    overall = found["all", ""]
    assert (overall.pairs, overall.agreed, overall.unsure, overall.status) == (41, 36, 1, "ok")
    assert overall.share == pytest.approx(36 / 41)
    assert overall.share_lower < overall.share < overall.share_upper
    assert overall.kappa_lower < overall.kappa < overall.kappa_upper
    assert (found["grade", "low"].pairs, found["grade", "low"].status) == (40, "ok")
    few = found["sources", "housing + police"]
    assert (few.pairs, few.share, few.kappa, few.status) == (1, None, None, "too_few")


def test_where_all_were_called_the_same_there_is_a_share_and_no_kappa() -> None:
    (overall, *_) = agreement([said_twice("same", "same")] * ENOUGH)

    assert (overall.share, overall.kappa, overall.status) == (1.0, None, "ok")


def test_without_second_reviews_there_is_nothing_to_agree_on() -> None:
    (overall,) = agreement([])

    assert (overall.pairs, overall.share, overall.status) == (0, None, "too_few")


@pytest.mark.parametrize("percent", ["101", "-1", '"ten"', "2.5"])
def test_a_share_of_second_reviews_that_is_none_is_refused_by_its_name(workspace: Workspace, percent: str) -> None:
    settings = workspace.root / "council.toml"
    settings.write_text(f"[review]\nsecond_review_percent = {percent}\n")

    with pytest.raises(InputRefused, match="second_review_percent"):
        second_review_share(settings)


def test_without_a_setting_one_pair_in_ten_is_seen_twice(workspace: Workspace) -> None:
    assert second_review_share(workspace.root / "council.toml") == 0.1
    (workspace.root / "council.toml").write_text("")
    assert second_review_share(workspace.root / "council.toml") == 0.1
