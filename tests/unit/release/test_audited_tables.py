"""The joint audit at its edges: no table, counts that are not whole, and a table of which hiding does not end."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.planted_tables import planted
from tests.register_tables import PLACES, WARDS, YEAR, table

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
