"""The whole of loading against a slow, obvious second count: what is accepted, what is set aside, what the values are."""

from __future__ import annotations

import csv
import io
from datetime import date
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from earlyhelp.ingest.receive import Arrival, receive
from earlyhelp.store.workspace import Workspace, create_workspace
from staged import RECEIVED_ON, Staged, keep_promises

HEADINGS = ["contact_id", "person_key", "contact_date", "channel", "source_code"]
FILES = count()


@pytest.fixture(scope="module")
def workspace(tmp_path_factory) -> Workspace:
    return create_workspace(tmp_path_factory.mktemp("council") / "council", "E09000032")


def loaded(workspace: Workspace, text: str | bytes, name: str = "contact.csv") -> Staged:
    """What comes of a file; each is made different from all others, so that it is never one that was loaded before."""
    file = workspace.root / f"{next(FILES)}-{name}"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with workspace.writing():
        feed = receive(workspace, Arrival(file, name, RECEIVED_ON))
    staged = Staged(feed.report, workspace.feeds / feed.feed_id)
    keep_promises(staged)
    return staged


TEXTS = st.text(alphabet='ab,;" \n-é', max_size=6)
DATES = st.dates(min_value=date(2020, 1, 1), max_value=date(2026, 3, 31))
ROWS = st.lists(
    st.tuples(TEXTS, DATES, TEXTS, st.sampled_from(["1A", "2A", "6", "", "nobody knows"])), min_size=1, max_size=8
)
DAMAGE = st.sampled_from(
    ["none", "no key", "no date", "bad date", "one field more", "one field less", "blank line before"]
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=20)
@given(rows=ROWS, damage=st.lists(DAMAGE, min_size=8, max_size=8), line_end=st.sampled_from(["\n", "\r\n"]))
def test_every_row_is_accepted_or_set_aside_as_a_slow_reader_would_have_it(workspace, rows, damage, line_end):
    lines, expected = [HEADINGS], []
    for number, (row, harm) in enumerate(zip(rows, damage, strict=False), start=1):
        made, kept = _damaged(number, row, harm)
        lines += made
        expected.append(kept)
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator=line_end).writerows([*lines, ["", f"made for run {next(FILES)}", "", "", ""]])
    staged = loaded(workspace, stream.getvalue())
    assert staged.account == (len(rows) + 1, sum(expected), len(rows) + 1 - sum(expected))
    assert staged.account[0] == sum(1 for row in csv.reader(io.StringIO(stream.getvalue(), newline="")) if any(row)) - 1
    accepted = {row["contact_id"]: row for row in staged.rows("contact")}
    for number, (row, is_in) in enumerate(zip(rows, expected, strict=False), start=1):
        assert (f"K{number}" in accepted) == is_in
        if is_in:
            _is_as_written(accepted[f"K{number}"], row)


def _damaged(number, row, harm):
    """The lines that stand for a row, and whether it can be accepted."""
    who, day, channel, source = row
    fields = [f"K{number}", f"P{who.strip()}", day.isoformat(), channel, source]
    if harm == "no key":
        return [["", *fields[1:]]], False
    if harm in ("no date", "bad date"):
        return [[*fields[:2], "" if harm == "no date" else "31/02/2024", *fields[3:]]], False
    if harm == "one field more":
        return [[*fields, "more"]], False
    if harm == "one field less":
        return [fields[:-1]], False
    return [*([[]] if harm == "blank line before" else []), fields], True


def _is_as_written(found, row):
    _, day, channel, source = row
    code = {"": "not_recorded", "nobody knows": "unmapped"}.get(source, source)
    assert found["contact_date"] == day
    assert found["channel"] == (channel.strip() or None)
    assert (found["source_code"], found["source_code_raw"]) == (code, source or None)


def test_every_way_in_gives_the_same_rows(workspace, tmp_path):
    """Comma or semicolon, marks and encodings, clean or row by row: what is accepted is the same."""
    plain = "contact_id,person_key,contact_date,channel,source_code\n1,a,2024-03-01,café,6\n2,b,2024-03-02,,2A\n"
    ways = [
        plain.encode(),
        plain.replace("\n", "\r\n").encode("utf-8-sig"),
        plain.encode("cp1252"),
        plain.encode("utf-16"),
        plain.encode("utf-16-le"),
        plain.replace("\n", "\r").encode(),
        plain.replace(",", ";").encode(),
        plain.replace(",", "\t").encode(),
        plain.replace("\n", ",,\n").encode(),
        plain.replace("\n", "\n\n").encode(),
        plain.replace("2024-03-01", "01/03/2024").encode(),
        plain.replace("café", '"café"').encode(),
        plain.replace("café", "  caf\u00e9\u00a0").encode(),
        f"Contacts of March\n{plain}".encode(),
        plain.encode() + b",,,,\n",
    ]
    wanted = ["contact_id", "person_key", "contact_date", "channel", "source_code"]
    for way in ways:
        rows = loaded(workspace, way).rows("contact")
        assert [[row[name] for name in wanted] for row in rows] == [
            ["1", "a", date(2024, 3, 1), "café", "6"],
            ["2", "b", date(2024, 3, 2), None, "2A"],
        ], way


def test_the_same_bytes_are_known_again_under_any_name_and_change_nothing(workspace):
    text = "contact_id,person_key,contact_date\n1,a,2024-03-05\n"
    first = workspace.root / "contact.csv"
    first.write_text(text, "utf-8")
    second = workspace.root / "contact again.csv"
    second.write_text(text, "utf-8")
    with workspace.writing():
        made = receive(workspace, Arrival(first, first.name, RECEIVED_ON))
        before = {path: path.stat().st_mtime_ns for path in workspace.feeds.rglob("*")}
        again = receive(workspace, Arrival(second, second.name, RECEIVED_ON))
    assert (made.already_loaded, again.already_loaded) == (False, True)
    assert again.report == made.report
    assert {path: path.stat().st_mtime_ns for path in workspace.feeds.rglob("*")} == before


def test_a_name_that_cannot_be_printed_is_made_printable(workspace):
    file = workspace.root / "strange"
    file.write_text("contact_id,person_key,contact_date\n1,a,2024-03-06\n", "utf-8")
    with workspace.writing():
        feed = receive(workspace, Arrival(file, "contact\n\udce9.csv", RECEIVED_ON))
    assert feed.report["path"] == "contact??.csv"


def test_a_key_that_says_null_or_holds_an_excel_error_is_no_key(workspace):
    rows = "1,NULL,2024-03-01\n#N/A,b,2024-03-01\n3,c,2024-03-01\n"
    staged = loaded(workspace, f"contact_id,person_key,contact_date\n{rows}")
    assert staged.account == (3, 1, 2)


def test_a_file_of_codes_and_what_the_source_said_of_them_is_read_back_as_it_was_written(workspace):
    headings = "contact_id,person_key,contact_date,source_code,source_code_raw\n"
    rows = loaded(workspace, headings + "1,a,2024-03-07,unmapped,The vicar\n2,b,2024-03-07,6,\n").rows("contact")
    assert [(row["source_code"], row["source_code_raw"]) for row in rows] == [("unmapped", "The vicar"), ("6", None)]


def test_of_several_codes_in_one_cell_those_that_are_unknown_are_listed_alone(workspace):
    text = "event_id,person_key,type,start_date,factors\nE1,P1,assessment,2025-04-01,1C;RB;6B\nE2,P2,assessment,2025-04-02,RB\n"
    staged = loaded(workspace, text, "social_care_event.csv")
    told = {"table": "social_care_event", "column": "factors", "value": "RB", "count": 2}
    assert staged.report["unmapped_values"] == [told]


def test_a_child_who_is_not_born_yet_has_an_expected_date_of_birth(workspace, tmp_path):
    file = workspace.root / "person.csv"
    file.write_text("person_key,source_person_id,dob\na,1,2024-03-01\nb,2,2026-03-20\n", "utf-8")
    with workspace.writing():
        feed = receive(workspace, Arrival(file, "person.csv", RECEIVED_ON, extract_date=date(2026, 3, 1)))
    rows = Staged(feed.report, workspace.feeds / feed.feed_id).rows("person")
    assert [(row["dob"], row["expected_dob"]) for row in rows] == [(date(2024, 3, 1), None), (None, date(2026, 3, 20))]


def test_parquet_in_the_standards_layout_is_read_like_csv(workspace, tmp_path):
    import duckdb

    file = tmp_path / "contact.parquet"
    with duckdb.connect() as con:
        con.execute(
            "COPY (SELECT 1 AS contact_id, 'a' AS person_key, DATE '2024-03-01' AS contact_date, true AS domestic_abuse "
            f"UNION ALL SELECT NULL, 'b', DATE '2024-03-02', NULL) TO '{file}' (FORMAT parquet)"
        )
    staged = loaded(workspace, file.read_bytes(), "contact.parquet")
    assert staged.account == (2, 1, 1)
    (row,) = staged.rows("contact")
    assert (row["contact_id"], row["contact_date"], row["domestic_abuse"]) == ("1", date(2024, 3, 1), True)


def test_an_annex_a_list_may_come_as_a_csv_file_of_its_own(workspace):
    text = "Child Unique ID,Gender,Ethnicity,Date of Birth,Age of Child (Years),Date of Contact,Contact Source\n"
    staged = loaded(workspace, text + "7,a) Male,WBRI,01/02/2015,10,03/04/2025,6\n", "List 1.csv")
    assert (staged.report["source"], staged.account) == ("annex_a", (1, 1, 0))
    assert staged.report["parts_missing"] == []
    assert len(staged.rows("person")) == 1


def test_a_row_that_stands_twice_is_accepted_and_flagged_and_both_have_one_key(workspace):
    heading = "Child Unique ID,Gender,Ethnicity,Date of Birth,Age of Child (Years),Date of Contact,Contact Source\n"
    row = "8,a) Male,WBRI,01/02/2015,10,03/04/2025,6\n"
    staged = loaded(workspace, heading + row + row, "List 1.csv")
    assert staged.account == (2, 2, 0)
    assert (3, "repeated_row") in staged.flagged
    assert len({each["contact_id"] for each in staged.rows("contact")}) == 1


def test_a_pupil_number_is_an_identifier_unless_the_return_says_why_there_is_none(workspace):
    rows = "1,M,01/02/2015,WBRI,A123456789012,0,\n2,F,01/02/2015,WBRI,UN1,0,\n3,F,01/02/2015,WBRI,A12,0,\n"
    staged = loaded(workspace, "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n" + rows, "header.csv")
    assert [row["value"] for row in staged.rows("person_identifier")] == ["A123456789012", "A12"]
    assert staged.flagged == {(4, "wrong_shape")}


def test_years_are_stored_as_the_standard_writes_them_however_they_were_written(workspace):
    terms = "person_key,academic_year,term,possible,authorised,unauthorised\na,2023/24,autumn,120,4,1\nb,202324,autumn,120,4,1\n"
    assert [
        row["academic_year"] for row in loaded(workspace, terms, "attendance_period.csv").rows("attendance_period")
    ] == ["2023-24"] * 2
    lines = "financial_year,service_id,budget_line,kind,amount\n2024/25,A,Pay,actual,10\nFY2425,A,Rent,actual,10\n"
    assert [row["financial_year"] for row in loaded(workspace, lines, "spend.csv").rows("spend")] == ["2024-25"] * 2


def test_a_row_whose_year_is_none_is_set_aside_where_the_year_places_it_and_flagged_where_it_does_not(workspace):
    lines = [f"{year},A,Pay,actual,10" for year in ("2024", "2024-26", "2024-25")]
    staged = loaded(workspace, "\n".join(["financial_year,service_id,budget_line,kind,amount", *lines]), "spend.csv")
    assert (staged.account, staged.set_aside) == ((3, 1, 2), {2: "not_a_year", 3: "not_a_year"})
    marks = "session_id,person_key,session_date,academic_year,mark\n1,a,2024-10-01,2024,present_am\n"
    staged = loaded(workspace, marks, "attendance_session.csv")
    assert (staged.account, staged.flagged) == ((1, 1, 0), {(2, "not_a_year")})
