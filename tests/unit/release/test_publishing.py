"""The functions behind releases of tables and documents: files, kept content and packs, without a whole council."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import pytest
from tests.register_tables import QUARTERS, WARDS, YEAR, table

from earlyhelp.compare.pack import Pack, PackMeasure, PackRow
from earlyhelp.compare.tables import tables_of_pack
from earlyhelp.errors import EarlyHelpError, InputRefused
from earlyhelp.release import policy
from earlyhelp.release.register_audit import Earlier, RegisterAudit, audited
from earlyhelp.release.register_certificate import certificate_of
from earlyhelp.reports.released_table import said_of, table_content
from earlyhelp.reports.to_file import write_content
from earlyhelp.store.releases import Proposal, Release, Releases, State
from earlyhelp.store.workspace import create_workspace

WHEN = "2026-07-01T09:00:00+00:00"
CONTENT = b'{"kind":"table"}\n'
PROPOSAL = Proposal(
    "table", "A1", "DfE", "dfe", 0, "s1", sha256(CONTENT).hexdigest(), True, ("All was attacked.",), False
)


@pytest.fixture
def register(tmp_path: Path) -> Releases:
    return Releases(create_workspace(tmp_path / "council", "E09000032"))


def test_what_is_kept_of_a_proposal_is_what_was_proposed(register: Releases):
    release = register.propose(PROPOSAL, "ann", WHEN, kept=CONTENT)
    assert register.content_of(release) == CONTENT


def test_what_was_kept_and_changed_or_lost_is_noticed(register: Releases, tmp_path: Path):
    release = register.propose(PROPOSAL, "ann", WHEN, kept=CONTENT)
    file = tmp_path / "council" / "store" / "releases" / f"{PROPOSAL.content}.json"
    assert file.stat().st_mode & 0o777 == 0o600
    file.write_bytes(CONTENT + b" ")
    with pytest.raises(EarlyHelpError, match="it was changed"):
        register.content_of(release)
    file.unlink()
    with pytest.raises(InputRefused, match="Nothing is kept"):
        register.content_of(release)


def test_a_release_that_was_kept_when_it_was_proposed_leaves_without_a_second_copy(register: Releases, tmp_path: Path):
    register.propose(PROPOSAL, "ann", WHEN, kept=CONTENT)
    register.approve_by_rule("R1", WHEN)
    gone = register.release("R1", "ann", WHEN, content=PROPOSAL.content, sha256="f" * 64)
    assert gone.state is State.RELEASED
    assert [each.name for each in (tmp_path / "council" / "store" / "releases").glob("*.json")] == [
        f"{PROPOSAL.content}.json"
    ]


def test_a_table_leaves_as_any_kind_of_document(tmp_path: Path):
    made = table(("ward_code",), {(span, (ward,)): 9.0 for span in QUARTERS[:2] for ward in WARDS})
    content = table_content(made, "R1", ["Requests", *said_of(made)])
    starts = {".html": b"<!DOCTYPE", ".docx": b"PK", ".xlsx": b"PK", ".pdf": b"%PDF"}
    for ending, first in starts.items():
        write_content(content, tmp_path / f"table{ending}", datetime(2026, 4, 1))
        assert (tmp_path / f"table{ending}").read_bytes().startswith(first)


def test_a_page_says_in_words_what_is_not_there():
    made = table(("ward_code",), {(YEAR, (ward,)): 9.0 for ward in WARDS[:2]})
    nothing = replace(made.rows[1], numerator=None, value=None, lower=None, upper=None)
    told = {
        status: table_content(
            replace(made, rows=(made.rows[0], replace(nothing, status=status))), "R1", ["A", "b"]
        ).blocks[2]
        for status in ("not_mature", "no_data", "ok")
    }
    assert [block.rows[1][-1] for block in told.values()] == ["not mature yet", "no data", "not told"]


def test_a_certificate_says_what_was_checked_and_who_let_it_out():
    made = table(
        ("ward_code",),
        {(YEAR, (ward,)): float(count) for ward, count in zip(WARDS, (3, 8, 20, 20, 20, 20), strict=True)},
    )
    release = Release("R1", PROPOSAL, State.APPROVED, "ann", WHEN, "bob", WHEN)
    found: RegisterAudit = audited([made], [Earlier("R0", (made,))], {})
    told = certificate_of(release, [made], found, "a.csv", "f" * 64, "cat", WHEN)
    assert (told["figures"], told["figures_hidden"]) == (6, 2)
    assert told["policy"]["symbol"] == "c"
    assert told["audit"]["earlier_releases"] == ["R0"]
    assert (told["proposed_by"], told["approved_by"], told["released_by"]) == ("ann", "bob", "cat")
    assert told["audit"]["passed"]


@pytest.mark.parametrize("proposed", [True, False])
@pytest.mark.parametrize("leaving", [True, False])
def test_a_certificate_says_passed_only_where_the_audit_passed_when_it_was_proposed_and_when_it_left(proposed, leaving):
    made = table((), {(YEAR, ()): 20.0})
    release = Release("R1", replace(PROPOSAL, audit_passed=proposed), State.APPROVED, "ann", WHEN, "bob", WHEN)
    found = replace(audited([made], [], {}), small=0 if leaving else 1)
    told = certificate_of(release, [made], found, "a.csv", "f" * 64, "cat", WHEN)
    assert told["audit"]["passed"] is (proposed and leaving)


def pack(rows: tuple[PackRow, ...], measure: str = "A1", definition: str = "default") -> Pack:
    told = PackMeasure(measure, definition, "count", "requests", "requests", {}, {}, rows)
    context = {"snapshot": "s1", "as_at": "2026-03-31", "software_version": "1"}
    return Pack(
        "E09000032",
        "Testing",
        1,
        WHEN,
        1,
        ("2025-04-01", "2026-03-31"),
        policy("pack"),
        context,
        {},
        {(measure, definition): told},
        "c",
    )


def pack_row(count: int | None, **dims: str) -> PackRow:
    status = "suppressed" if count is None else "ok"
    return PackRow("2025-04-01", "2026-03-31", tuple(dims.items()), count, None, count, None, None, status)


def test_the_figures_of_a_pack_are_tables_by_split():
    total, by_sex = tables_of_pack(pack((pack_row(40), pack_row(25, sex="F"), pack_row(None, sex="M"))))
    assert (total.by, by_sex.by) == ((), ("sex",))
    assert [row.status for row in by_sex.rows] == ["ok", "no_data"]
    assert by_sex.round_to == 5
    assert not by_sex.complete


def test_a_pack_of_measures_that_nobody_knows_any_more_tells_nothing():
    assert tables_of_pack(pack((pack_row(40),), measure="Z1")) == []
    assert tables_of_pack(pack((pack_row(40),), definition="forgotten")) == []


def test_an_exact_table_is_laid_beside_the_ranges_that_a_pack_tells():
    """The pack tells the total as 40, that is 38 to 42: 20 and 20 fit it, and told as 60 they would not."""
    exact = table(("sex",), {(YEAR, ("F",)): 20.0, (YEAR, ("M",)): 20.0})
    fits, does_not = (
        audited([exact], [Earlier("R1", tuple(tables_of_pack(pack((pack_row(n),)))))], {}) for n in (40, 60)
    )
    assert (fits.passed, fits.beside) == (True, ("R1",))
    assert does_not.undone
