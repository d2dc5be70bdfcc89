"""The worklist after a sign of poverty: one plain rule, in order of the day, and how it would have done in the past."""

from __future__ import annotations

from datetime import date

from earlyhelp.evaluate.poverty import HEADINGS, RuleForGroup, worklist
from earlyhelp.evaluate.poverty.worklist import rule_checked
from unit.evaluate.poverty_council import AS_AT, council

FAMILIES = ("Archer", "Barr", "Carr", "Dunn", "Earl", "Frost")
PEOPLE = "person_key | person_id | family_id | dob | is_child | sex | ethnicity | disability\n" + "\n".join(
    f"{n} | child of {name} | {name} | 2015-01-01 | true | {'FM'[n % 2]} | {('WBRI', 'CHNE')[n % 2]} | {('NONE', 'AUT')[n == 0]}"
    for n, name in enumerate(FAMILIES)
)
MEMBERS = "person_id | family_id | from_date | to_date\n" + "\n".join(
    f"child of {name} | {name} | |" for name in FAMILIES
)
SERVICES = """
    service_id | name        | need_codes | status   | end_date
    1          | Home Advice | SF9;SF10   | active   |
    2          | Home Start  | SF2        | active   |
    3          | Budgeting   | SF10       |          |
    4          | Money Past  | SF10       | inactive |
    5          | Money Over  | SF10       | active   | 2025-12-31
"""


def listed(tables: dict[str, str]) -> list[dict[str, object]]:
    """The worklist as it is read."""
    with council({"person": PEOPLE, **tables}, MEMBERS) as con:
        return [dict(zip(HEADINGS, row, strict=True)) for row in worklist(con, AS_AT)]


def test_one_row_a_family_in_order_of_the_day_of_its_first_sign_whatever_came_after():
    signs = """
        event_id | family_id | type              | event_date
        1        | Barr      | homelessness      | 2026-03-31
        2        | Archer    | rent_arrears      | 2026-02-01
        3        | Archer    | benefit_cap       | 2026-02-02
        4        | Archer    | homelessness      | 2026-03-03
        5        | Carr      | free_school_meals | 2026-01-01
        6        | Dunn      | free_school_meals | 2025-12-31
        7        | Earl      | domestic_abuse    | 2026-03-01
    """
    rows = listed({"partner_event": signs, "service": SERVICES})
    assert [(row["since"], row["unit"], row["sign"]) for row in rows] == [
        (date(2026, 1, 1), "Carr", "Free school meals"),  # the ninetieth day; Dunn's was the day before
        (date(2026, 2, 1), "Archer", "Rent arrears"),
        (date(2026, 3, 31), "Barr", "Homeless or threatened with homelessness"),
    ]
    assert [row["could_be_offered"] for row in rows] == ["Budgeting; Home Advice"] * 3


def test_who_has_early_help_or_social_care_open_or_no_child_is_not_listed():
    signs = "event_id | family_id | type | event_date\n" + "\n".join(
        f"{n} | {name} | rent_arrears | 2026-03-0{n + 1}" for n, name in enumerate(FAMILIES)
    )
    episodes = """
        episode_id | person_id       | family_id | start_date | end_date
        1          | child of Archer | Archer    | 2026-03-20 |
        2          | child of Barr   | Barr      | 2025-03-20 | 2026-03-30
    """
    care = """
        event_id | person_id     | family_id | type     | start_date | end_date
        1        | child of Carr | Carr      | cp_plan  | 2025-10-01 |
        2        | child of Dunn | Dunn      | referral | 2025-10-01 |
    """
    grown = PEOPLE.replace("child of Earl | Earl | 2015", "child of Earl | Earl | 2008")
    rows = listed({"person": grown, "partner_event": signs, "eh_episode": episodes, "social_care_event": care})
    assert [row["unit"] for row in rows] == ["Barr", "Dunn", "Frost"]


def test_the_rule_is_tried_on_the_past():
    signs = """
        event_id | family_id | type         | event_date
        1        | Archer    | rent_arrears | 2024-01-10
        2        | Archer    | rent_arrears | 2024-03-10
        3        | Barr      | rent_arrears | 2024-01-10
        4        | Carr      | rent_arrears | 2024-01-10
        5        | Dunn      | rent_arrears | 2025-06-01
    """
    episodes = """
        episode_id | person_id       | family_id | start_date | end_date
        1          | child of Archer | Archer    | 2024-12-01 | 2025-02-01
        2          | child of Carr   | Carr      | 2023-01-01 | 2024-01-10
        3          | child of Dunn   | Dunn      | 2025-09-01 |
        4          | child of Earl   | Earl      | 2025-09-01 | 2025-09-30
        5          | child of Frost  | Frost     | 2024-05-01 |
        6          | child of Frost  | Frost     | 2025-10-01 |
    """
    with council({"person": PEOPLE, "partner_event": signs, "eh_episode": episodes}, MEMBERS) as con:
        found = rule_checked(con, AS_AT)
    groups = {(each.by, each.group): each for each in found.groups}
    # A year ago all but Frost had nothing open; Dunn and Earl came within the year. Listed and followed for a year:
    # Archer once (the second sign is within 90 days), who came, and Barr, who did not; Carr had help open on that day.
    # Came anew in the last year: Dunn, who had been listed, and Earl, who had not; Frost's help was open already.
    assert groups["all", "all families"] == RuleForGroup("all", "all families", 5, 2, 2, 1, 2, 1)
    assert groups["sex", "F"] == RuleForGroup("sex", "F", 3, 1, 1, 1, 1, 0)
    assert groups["ethnicity", "Asian"] == RuleForGroup("ethnicity", "Asian", 2, 1, 1, 0, 1, 1)
    assert groups["disability", "a disabled child"] == RuleForGroup("disability", "a disabled child", 1, 0, 1, 1, 0, 0)
    for by in ("sex", "ethnicity", "disability"):
        parts = [each for each in found.groups if each.by == by]
        assert [sum(each[place] for each in parts) for place in range(2, 8)] == list(groups["all", "all families"][2:])
    assert found.listed_now == 0


def test_where_disability_is_recorded_for_nobody_there_are_no_such_groups():
    signs = "event_id | family_id | type | event_date\n1 | Archer | rent_arrears | 2024-01-10"
    nobody = PEOPLE.replace("NONE", "").replace("AUT", "")
    with council({"person": nobody, "partner_event": signs}, MEMBERS) as con:
        assert "disability" not in {each.by for each in rule_checked(con, AS_AT).groups}
