"""The joint audit at its edges: no table, counts that are not whole, and a table of which hiding does not end."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.planted_tables import planted
from tests.register_tables import PLACES, QUARTERS, WARDS, YEAR, table

from earlyhelp.release import register_audit
from earlyhelp.release.register_audit import Earlier, audited, safe_beside


def test_a_document_without_a_table_passes_and_says_that_there_was_nothing_to_audit():
    found = audited([], [], PLACES)
    assert found.passed
    assert found.sentences == (
        "It rests on no table of a measure, so that there was nothing to lay beside earlier releases.",
    )
    assert (found.counts, found.highest, found.rounded) == (0, 0, False)


def test_counts_that_are_not_whole_are_not_attacked_and_that_is_said():
    counts = {(YEAR, (ward,)): 20.0 for ward in WARDS}
    plain = table(("ward_code",), counts)
    halves = replace(plain, rows=(replace(plain.rows[0], numerator=20.5), *plain.rows[1:]))
    told = "Not attacked: counts that are no whole numbers."
    assert told in audited([halves], [], PLACES).sentences
    assert told not in audited([plain], [], PLACES).sentences
    assert told in audited([plain, halves], [], PLACES).sentences, "one of two is enough"


def test_where_hiding_rows_does_not_end_the_tables_come_back_as_they_were_and_fail(monkeypatch: pytest.MonkeyPatch):
    [pair] = planted("age bands", 1)
    monkeypatch.setattr(register_audit, "MOST_ROUNDS", 0)
    [made], found = safe_beside([pair.second], [Earlier("R1", (pair.first,))], PLACES)
    assert made == pair.second
    assert (found.passed, found.withheld) == (False, 0)
    assert "It may be able to leave rounded" in " ".join(found.sentences)


def test_one_row_hidden_beside_an_earlier_release_is_told_as_one():
    [pair] = planted("geography", 1)
    found = replace(pair.together, withheld=1)
    assert "1 of them is hidden since" in " ".join(found.sentences)
    assert "2 of them are hidden since" in " ".join(replace(found, withheld=2).sentences)


def test_a_row_that_is_not_told_yet_is_not_among_those_that_tell():
    """W1 is hidden and W2 is not: the total less the others is W1's 3. The fourth quarter is not told yet, and tells nothing."""
    wards = table(
        ("ward_code",), {(YEAR, (ward,)): count for ward, count in zip(WARDS, (3, 8, *[20] * 4), strict=True)}
    )
    rows = tuple(
        replace(row, numerator=8.0, status="ok") if row.dims["ward_code"] == "W2" else row for row in wards.rows
    )
    earlier = [Earlier("R1", (replace(wards, rows=rows),))]
    total = table((), {(YEAR, ()): 91.0, (QUARTERS[3], ()): 30.0})
    waiting = replace(total.rows[1], numerator=None, value=None, lower=None, upper=None, status="not_mature")
    found = audited([replace(total, rows=(total.rows[0], waiting))], earlier, PLACES)
    assert found.small
    assert dict(found.leaks) == {0: frozenset({0})}
    [made], found = safe_beside([replace(total, rows=(total.rows[0], waiting))], earlier, PLACES)
    assert made.rows[0].numerator == 91.0, "with the total hidden nothing would be shown"
    assert not found.passed
