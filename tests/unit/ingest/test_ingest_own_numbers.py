"""A number that siblings share is made each person's own: small tables, and a slow second way of saying the same."""

from __future__ import annotations

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from earlyhelp.ingest.grid import Grid
from earlyhelp.ingest.kinds import MARK, kind_by_kind
from earlyhelp.ingest.recognise import Matched, Recognised
from earlyhelp.sources import Carried, Fill, Heading, Kind, OwnNumber, Part, PersonOf, Source
from earlyhelp.standard import eh_episode

HELP, ASKED = Kind("help", "Step", "help"), Kind("asked", "Step", "asked")
CHAIN = OwnNumber("Chain", "Person", "On", among=(HELP,))
STEP = OwnNumber("Number", "Person", "On")
HEADINGS = tuple(Heading(name) for name in ("Chain", "Number", "Person", "Step", "On"))
Row = tuple[str | None, str, str | None, str, str]


def part(kind: Kind) -> Part:
    """Rows of a kind, the number of whose request is that of the first one in the chain."""
    cells = {
        eh_episode.episode_id: CHAIN,
        eh_episode.person_key: PersonOf("Person"),
        eh_episode.start_date: "On",
        eh_episode.contact_id: OwnNumber("request", "Person", "On"),
    }
    carried = {"request": Carried("Number", (ASKED,), CHAIN, by="On")}
    needed = ("Chain", "Number", "Person", "Step", "On")
    return Part(f"steps {kind.name}", HEADINGS, (Fill(eh_episode, cells),), needed, kind=kind, carried=carried)


STEPS = Source("steps", "Steps", "Nobody", "proposed", ("csv",), (part(HELP), part(ASKED)))


def told(rows: list[Row]) -> list[tuple[str | None, str | None]]:
    """The chain and the request of each row of help, in the order of the file, as intake has them before they are read."""
    con = duckdb.connect()
    con.execute("CREATE TABLE t (row_no BIGINT, c0 VARCHAR, c1 VARCHAR, c2 VARCHAR, c3 VARCHAR, c4 VARCHAR)")
    if rows:
        con.executemany("INSERT INTO t VALUES (?, ?, ?, ?, ?, ?)", [(n, *row) for n, row in enumerate(rows, start=2)])
    columns = {heading.name: f"c{place}" for place, heading in enumerate(HEADINGS)}
    matched = Matched(Grid("list", "t", 5), STEPS.parts[0], 1, columns, (), ())
    [helped] = [
        each for each in kind_by_kind(Recognised(STEPS, (matched,), ()), con).matched if each.part is STEPS.parts[0]
    ]
    asked = (
        f"SELECT {helped.columns[CHAIN.told]}, {helped.columns['request']} FROM {helped.grid.relation} ORDER BY row_no"
    )
    return [(chain, request) for chain, request in con.execute(asked).fetchall()]


def marked(number: str, person: str) -> str:
    return f"{number}{MARK}{person}"


def test_the_first_to_bear_a_number_keeps_it_and_the_others_have_it_with_a_mark():
    rows: list[Row] = [("W", "1", "B", "help", "02/01/2024"), ("W", "2", "A", "help", "03/01/2024")]
    assert [chain for chain, _ in told(rows)] == ["W", marked("W", "A")]


def test_on_one_day_it_is_the_smaller_id_whatever_the_order_of_the_file():
    rows: list[Row] = [("W", "1", "B", "help", "02/01/2024"), ("W", "2", "A", "help", "02/01/2024")]
    assert [chain for chain, _ in told(rows)] == [marked("W", "B"), "W"]


def test_a_number_of_one_person_alone_stays_as_it_is_and_a_row_without_a_person_or_number_too():
    rows: list[Row] = [("W", "1", "A", "help", "x"), ("W", "2", None, "help", "x"), (None, "3", "B", "help", "x")]
    assert [chain for chain, _ in told(rows)] == ["W", "W", None]


def test_who_only_asked_is_in_the_chain_of_the_one_who_is_helped():
    """A child who is registered twice asks under one id and is helped under the other."""
    rows: list[Row] = [("W", "1", "B", "asked", "01/01/2024"), ("W", "2", "A", "help", "02/01/2024")]
    assert told(rows) == [("W", "1")]


@pytest.mark.parametrize("order", [1, -1])
def test_each_sibling_has_the_request_that_was_made_for_them(order):
    rows: list[Row] = [
        ("W", "1", "A", "asked", "01/01/2024"),
        ("W", "1", "B", "asked", "01/01/2024"),
        ("W", "2", "A", "help", "02/01/2024"),
        ("W", "2", "B", "help", "02/01/2024"),
    ]
    assert sorted(told(rows[::order])) == [("W", "1"), (marked("W", "B"), marked("1", "B"))]


def _own(rows: list[Row], row: Row, place: int, kinds: tuple[str, ...]) -> str | None:
    """The number of a row, worked out row by row."""
    number, person = row[place], row[2]
    bearers = [each for each in rows if each[place] == number and each[2] is not None and each[3] in kinds]
    if number is None or person is None or not any(each[2] == person for each in bearers):
        return number
    first = min((each[4][::-1], each[2] or "") for each in bearers)[1]
    return number if person == first else marked(number, person)


def _expected(rows: list[Row]) -> list[tuple[str | None, str | None]]:
    found = []
    for row in rows:
        if row[3] == "help":
            chain = _own(rows, row, 0, ("help",))
            asked = [(each[4][::-1], n, each) for n, each in enumerate(rows) if each[3] == "asked"]
            mine = [each for *_, each in sorted(asked, key=lambda a: a[:2]) if _own(rows, each, 0, ("help",)) == chain]
            request = _own(rows, mine[0], 1, ("help", "asked")) if mine and chain is not None else None
            found.append((chain, request))
    return found


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["W", "V", None]),
        st.sampled_from(["1", "2", "3"]),
        st.sampled_from(["A", "B", "C", None]),
        st.sampled_from(["help", "asked"]),
        st.sampled_from(["01/01/2024", "02/01/2024", "03/01/2024"]),
    ),
    max_size=9,
)


@settings(max_examples=60, deadline=None)
@given(rows=ROWS)
def test_numbers_agree_with_the_slow_way_of_telling_whose_they_are(rows):
    assert told(rows) == _expected(rows)
