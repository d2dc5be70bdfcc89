"""How good the links are: worked out for a few records by eye, and by a slow count over every pair."""

from __future__ import annotations

from datetime import date
from typing import Any

import duckdb
import pytest
from tests.unit.link.worlds import by_hand, people

from earlyhelp.link.quality import linkage_quality
from earlyhelp.link.quality_words import quality_sentences

MIA = "who | source_system | forename | surname | dob | ethnicity | address_line | postcode | upn\n"
FAMILY = (
    MIA
    + """case   | mosaic     | Mia   | Thornton | 2014-02-01 | WBRI | 3 Mill Lane | ZZ1 1AA | A801200001001
       school | attendance | Mia   | Thornton | 2014-02-01 | WBRI | 3 Mill Lane | ZZ1 1AA | A801200001001
       police | police     | Mia   | Thornton | 2014-02-01 |      | 3 Mill Lane | ZZ1 1AA |
       ava    | mosaic     | Ava   | Thornton | 2014-02-01 | WBRI | 3 Mill Lane | ZZ1 1AA |
       other  | benefits   | Oscar | Weaver   | 1990-05-04 | BCRB | 9 High St   | ZZ22 8BB |"""
)


def quality(con: duckdb.DuckDBPyConnection, as_at: date | None = date(2026, 3, 31)) -> dict[tuple[str, str, str], Any]:
    linkage_quality(con, as_at)
    found = con.execute("SELECT * FROM link_quality")
    names = [column[0] for column in found.description]
    rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    return {(row["by"], row["group"], row["basis"]): row for row in rows}


def decide(con: duckdb.DuckDBPyConnection, *rows: tuple[str, str, str]) -> None:
    con.execute("CREATE TEMP TABLE link_decision (person_key_l VARCHAR, person_key_r VARCHAR, decision VARCHAR)")
    con.executemany("INSERT INTO link_decision VALUES (?, ?, ?)", rows)


def test_records_and_links_are_counted_by_every_group() -> None:
    told = quality(people(FAMILY))
    counted = {key[:2]: (row["records"], row["linked_pairs"]) for key, row in told.items() if key[2] == "model"}

    assert counted["all", "all"] == (5, 3)
    assert counted["systems", "attendance and mosaic"] == (3, 1)
    assert counted["systems", "mosaic and police"] == (3, 1)
    assert counted["ethnicity", "WBRI"] == (3, 3)
    assert counted["ethnicity", "not_recorded"] == (1, 2)
    assert counted["ethnicity", "BCRB"] == (1, 0)
    assert counted["area", "ZZ1"] == (4, 3)
    assert counted["area", "ZZ22"] == (1, 0)
    assert counted["age_band", "10-15"] == (4, 3)
    assert counted["age_band", "18 and over"] == (1, 0)
    assert counted["grade", "certain"] == (3, 3)


def test_a_group_without_links_has_no_figure_and_not_zero() -> None:
    row = quality(people(FAMILY))["ethnicity", "BCRB", "model"]

    assert (row["precision"], row["recall"], row["status"]) == (None, None, "no_data")


def test_without_a_day_to_reckon_from_there_are_no_ages() -> None:
    assert not {by for by, _, _ in quality(people(FAMILY), None)} & {"age_band"}


def test_a_small_area_of_the_record_goes_before_its_postcode() -> None:
    con = people(
        "who | forename | surname | dob | postcode | lsoa\n"
        "one | Mia | Thornton | 2014-02-01 | ZZ1 1AA | E01000001\n"
        "two | Mia | Thornton | 2014-02-01 | ZZ1 1AA |"
    )

    assert {group for by, group, _ in quality(con) if by == "area"} == {"E01000001", "ZZ1"}


def test_nobody_to_link_says_no_data() -> None:
    told = quality(people(MIA + "one | mosaic | Mia | Thornton | 2014-02-01 | | | |"))

    assert {row["status"] for row in told.values()} == {"no_data"}
    assert (
        quality_sentences(list(told.values()))[0] == "Nothing tells yet what share of links join records of one person."
    )


@pytest.fixture
def doubtful() -> duckdb.DuckDBPyConnection:
    """Five records, of which links are set by hand: 1-2-3 are one person by way of 2, 4 nearly is, too, and 5 cannot be."""
    con = people(
        "who | source_system | forename | surname | dob | postcode\n"
        + "\n".join(f"{n} | {system} | Mia | Thornton | 2014-02-01 | ZZ1 1AA" for n, system in enumerate("abcde", 1))
    )
    con.execute(
        "CREATE OR REPLACE TEMP TABLE link_cluster AS SELECT * FROM (VALUES (1, 1), (2, 1), (3, 1), (4, 4), (5, 5)) AS "
        "told(unique_id, cluster)"
    )
    con.execute("DELETE FROM link_pair; DELETE FROM link_edge")
    pairs = [(1, 2, 0.99, False), (2, 3, 0.95, False), (3, 4, 0.6, False), (1, 5, 0.97, True)]
    for left, right, probability, clash in pairs:
        con.execute(
            "INSERT INTO link_pair VALUES (?, ?, log2(? / (1 - ?)), ?, ?)", [left, right, *[probability] * 3, clash]
        )
    con.execute("INSERT INTO link_edge SELECT unique_id_l, unique_id_r, weight, 'model' FROM link_pair WHERE NOT clash")
    return con


def test_precision_is_the_mean_probability_and_two_joined_by_a_third_are_as_sure_as_the_weaker_link(doubtful) -> None:
    row = quality(doubtful)["all", "all", "model"]

    assert row["linked_pairs"] == 3
    assert row["precision"] == pytest.approx((0.99 + 0.95 + 0.95) / 3)
    assert row["precision_lower"] < row["precision"] < row["precision_upper"] <= 1


def test_a_missed_record_is_missed_by_all_records_of_the_person_and_one_that_a_rule_holds_apart_by_none(
    doubtful,
) -> None:
    row = quality(doubtful)["all", "all", "model"]

    found, missed = 0.99 + 0.95 + 0.95, 3 * 0.6
    assert row["recall"] == pytest.approx(found / (found + missed))
    assert row["recall_lower"] < row["recall"] < row["recall_upper"]


def test_where_something_speaks_against_a_person_each_missed_pair_stands_for_itself(doubtful) -> None:
    doubtful.execute("INSERT INTO link_pair VALUES (1, 4, 4.0, 0.94, TRUE)")
    row = quality(doubtful)["all", "all", "model"]

    assert row["recall"] == pytest.approx(2.89 / (2.89 + 0.6))


def test_a_pair_that_reviewers_parted_is_not_missed(doubtful) -> None:
    doubtful.execute("INSERT INTO link_apart VALUES (3, 4)")

    assert quality(doubtful)["all", "all", "model"]["recall"] == pytest.approx(1.0)


def test_grades_have_no_recall(doubtful) -> None:
    told = quality(doubtful)

    assert told["grade", "high", "model"]["precision"] == pytest.approx(0.99)
    assert told["grade", "medium", "model"]["linked_pairs"] == 2
    assert {row["recall"] for (by, _, _), row in told.items() if by == "grade"} == {None}


def test_links_that_say_no_name_or_postcode_tell_nothing_of_what_was_never_looked_at(doubtful) -> None:
    by_hand(doubtful)
    doubtful.execute("UPDATE link_record SET postcode = NULL")
    row = quality(doubtful)["all", "all", "model"]

    assert (row["recall"], row["status"]) == (None, "ok")


def numbered(births: dict[str, int], clash: int) -> duckdb.DuckDBPyConnection:
    """Pairs under one pupil's number, so many with each second day of birth, and `clash` alike in all but the number."""
    con = people(
        "who | source_system | forename | surname | dob | postcode\n a | mosaic | Mia | Lee | 2014-02-01 | ZZ1 1AA"
    )
    by_hand(con)
    con.execute("CREATE TEMP TABLE example AS FROM link_record; DELETE FROM link_record; DELETE FROM link_cluster")
    number = 0
    for born, times in births.items():
        for _ in range(times):
            number += 2
            _pair(con, number, born, (f"U{number}", f"U{number}"), linked=True)
    for _ in range(clash):
        number += 2
        _pair(con, number, BORN, (f"UA{number}", f"VB{number}"), linked=False)
    return con


BORN, HER_MOTHER = "20140201", "19830617"


def _pair(con: duckdb.DuckDBPyConnection, number: int, born: str, upns: tuple[str, str], *, linked: bool) -> None:
    for record, text, upn in ((number, BORN, upns[0]), (number + 1, born, upns[1])):
        con.execute(
            "INSERT INTO link_record SELECT * REPLACE (? AS unique_id, ? AS person_key, ? AS row_id, ? AS birth_text, "
            "CAST(strptime(?, '%Y%m%d') AS DATE) - DATE '1900-01-01' AS birth_number, ? AS upn) FROM example",
            [record, str(record), record, text, text, upn],
        )
        con.execute("INSERT INTO link_cluster VALUES (?, ?)", [record, number if linked else record])
    con.execute("INSERT INTO link_pair VALUES (?, ?, 20.0, 0.999999, ?)", [number, number + 1, not linked])
    if linked:
        con.execute("INSERT INTO link_edge VALUES (?, ?, 20.0, 'model')", [number, number + 1])


def test_numbers_try_the_links_and_the_rules() -> None:
    """36 pairs of one number, of which births would hold 4 apart; 32 links that numbers bear out against 2 that they dispute."""
    row = quality(numbered({BORN: 32, HER_MOTHER: 4}, clash=2))["all", "all", "numbers"]

    assert row["recall"] == pytest.approx(32 / 36)
    assert row["precision"] == pytest.approx(32 / 34)
    assert row["precision_lower"] < 32 / 34 < row["precision_upper"]


def test_a_rule_that_is_not_in_use_holds_nobody_apart() -> None:
    con = numbered({BORN: 32, HER_MOTHER: 4}, clash=0)
    con.execute("CREATE OR REPLACE TEMP TABLE link_relatives AS SELECT FALSE AS holds")

    assert quality(con)["all", "all", "numbers"]["recall"] == 1.0


def test_fewer_than_thirty_pairs_with_numbers_say_nothing() -> None:
    row = quality(numbered({BORN: 29}, clash=0))["all", "all", "numbers"]

    assert (row["precision"], row["recall"], row["status"]) == (None, None, "no_data")


def test_reviews_weigh_each_grade_by_its_links() -> None:
    """60 certain links, 30 reviewed, all right; 40 low ones, 30 reviewed, 15 right: 0.6 x 1 + 0.4 x 0.5."""
    con = numbered({BORN: 100}, clash=0)
    con.execute("UPDATE link_pair SET probability = 0.91 WHERE unique_id_l > 120")
    low = list(range(122, 202, 2))[:30]
    decide(
        con,
        *((str(n), str(n + 1), "same") for n in range(2, 62, 2)),
        *((str(n), str(n + 1), "same" if at % 2 else "different") for at, n in enumerate(low)),
    )
    told = quality(con)

    assert told["all", "all", "review"]["precision"] == pytest.approx(0.8)
    assert told["grade", "certain", "review"]["precision"] == 1.0
    assert told["grade", "low", "review"]["precision"] == 0.5
    assert told["grade", "low", "review"]["precision_upper"] == pytest.approx(0.6685, abs=1e-4)
    assert told["all", "all", "review"]["recall"] is None


def test_twenty_nine_reviews_of_a_grade_say_nothing_of_it_nor_of_all() -> None:
    con = numbered({BORN: 60}, clash=0)
    decide(con, *((str(n), str(n + 1), "same") for n in range(2, 60, 2)))
    told = quality(con)

    assert told["grade", "certain", "review"]["status"] == "no_data"
    assert told["all", "all", "review"]["status"] == "no_data"


def test_answers_about_doubtful_links_do_not_count_where_the_sample_is_marked() -> None:
    con = numbered({BORN: 60}, clash=0)
    decide(con, *((str(n), str(n + 1), "different") for n in range(2, 82, 2)))
    con.execute("ALTER TABLE link_decision ADD COLUMN sample BOOLEAN")
    con.execute("UPDATE link_decision SET sample = FALSE")
    assert quality(con)["all", "all", "review"]["status"] == "no_data"
    con.execute("UPDATE link_decision SET sample = TRUE")
    assert quality(con)["all", "all", "review"]["precision"] == 0.0


def test_what_the_queue_asked_does_not_move_what_the_sample_says() -> None:
    con = numbered({BORN: 60}, clash=0)
    decide(
        con,
        *((str(n), str(n + 1), "same") for n in range(2, 72, 2)),
        *((str(n), str(n + 1), "different") for n in range(72, 102, 2)),
    )
    con.execute("ALTER TABLE link_decision ADD COLUMN sample BOOLEAN")
    con.execute("UPDATE link_decision SET sample = decision = 'same'")

    assert quality(con)["all", "all", "review"]["precision"] == 1.0


def row(
    by: str, group: str, figures: tuple[float, float, float], *, basis: str = "model", records: int = 900
) -> dict[str, Any]:
    value, lower, upper = figures
    told = {"precision": value, "precision_lower": lower, "precision_upper": upper}
    told |= {"recall": value, "recall_lower": lower, "recall_upper": upper}
    return told | {
        "by": by,
        "group": group,
        "basis": basis,
        "records": records,
        "linked_pairs": records,
        "status": "ok",
    }


ALL = row("all", "all", (0.97, 0.96, 0.98))


def test_a_group_wholly_below_all_is_named() -> None:
    said = quality_sentences([ALL, row("ethnicity", "BAFR", (0.9, 0.85, 0.95))])

    assert (
        "Among people with the ethnicity BAFR more is missed: 90.00% (85.00% to 95.00%), against 97.00% (96.00% to 98.00%) "
        "for all, as the model itself tells." in said
    )
    assert "1 groups were looked at for recall: some of them may differ by chance alone." in said


@pytest.mark.parametrize(
    "other",
    [
        row("ethnicity", "BAFR", (0.9, 0.85, 0.961)),
        row("ethnicity", "BAFR", (0.9, 0.85, 0.95), records=49),
        row("ethnicity", "BAFR", (0.9, 0.85, 0.95)) | {"linked_pairs": 29},
        row("ethnicity", "BAFR", (0.9, 0.85, 0.95), basis="numbers"),
    ],
    ids=["intervals that touch", "fewer than 50 records", "fewer than 30 links", "told by another basis than all"],
)
def test_a_group_is_not_said_to_differ(other) -> None:
    assert (
        quality_sentences([ALL, other])[-1] == "No group is linked worse than all, as far as these intervals can tell."
    )


def test_figures_that_are_hidden_are_not_spoken_of() -> None:
    hidden = {
        name: None if name.startswith(("precision", "recall", "linked")) else value for name, value in ALL.items()
    }

    assert not any(
        "%" in sentence for sentence in quality_sentences([hidden, {**hidden, "by": "area", "group": "ZZ1"}])
    )


def test_a_model_that_judges_itself_is_said_to() -> None:
    assert any("judges itself" in sentence for sentence in quality_sentences([ALL]))
    assert not any("judges itself" in sentence for sentence in quality_sentences([ALL | {"basis": "numbers"}]))


def test_what_reviewers_say_goes_before_the_model_and_an_overconfident_model_is_named() -> None:
    said = quality_sentences(
        [row("all", "all", (0.999, 0.998, 1.0)), row("all", "all", (0.95, 0.92, 0.97), basis="review")]
    )

    assert said[0] == "95.00% (92.00% to 97.00%) of links join records of one person, as reviewers' decisions tell."
    assert "The model is surer of its links than reviewers' decisions bear out: do not rely on it alone." in said


def slowly(con: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], tuple[int, int]]:
    """Records and links of each ethnicity, by looking at every two records."""
    records = con.execute(
        "SELECT unique_id, cluster, coalesce(ethnicity, 'not_recorded') FROM link_record JOIN link_cluster "
        "USING (unique_id)"
    ).fetchall()
    told: dict[tuple[str, str], tuple[int, int]] = {}
    for group in {each[2] for each in records}:
        links = [
            1
            for one in records
            for other in records
            if one[0] < other[0] and one[1] == other[1] and group in (one[2], other[2])
        ]
        told["ethnicity", group] = sum(each[2] == group for each in records), len(links)
    return told


def test_groups_hold_what_a_slow_count_over_every_two_records_finds() -> None:
    names = ("Mia Thornton", "Oscar Weaver", "Zainab Okonkwo", "Tomasz Kowalski", "Grace Adeyemi")
    systems = (("mosaic", "WBRI"), ("police", ""), ("attendance", "BAFR"))
    lines = [
        f"{system}{at} | {system} | {name.replace(' ', ' | ')} | 201{at}-0{at + 1}-1{at} | {group} | {at} Hill | ZZ{at} 1AA |"
        for at, name in enumerate(names)
        for system, group in systems
    ]
    con = people(MIA + "\n".join(lines))
    told = quality(con)
    counted = {key[:2]: (row["records"], row["linked_pairs"]) for key, row in told.items() if key[0] == "ethnicity"}

    assert slowly(con) == counted
    assert counted["ethnicity", "not_recorded"][1] > 0
