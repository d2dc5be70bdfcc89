"""The audit log: every record follows from the one before it, and an append reads no more than the last of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from earlyhelp.store import audit
from earlyhelp.store.audit import first_broken, record, records
from earlyhelp.store.keys import Pseudonyms

OURS = Pseudonyms(b"k" * 32)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "log" / "audit.jsonl"


def lines_of(log: Path) -> list[str]:
    return log.read_text("utf-8").splitlines()


def test_records_follow_one_another_and_the_log_is_the_owners_alone(log: Path) -> None:
    for number in range(3):
        record(log, OURS, {"event": "look", "number": number})
    assert [each["number"] for each in records(log)] == [0, 1, 2]
    assert first_broken(log, OURS) is None
    assert log.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("damage", "broken"),
    [
        (lambda lines: [lines[0], lines[2]], 2),
        (lambda lines: [lines[1], lines[0], lines[2]], 1),
        (lambda lines: [lines[0], lines[1].replace("1", "7", 1), lines[2]], 2),
        (lambda lines: [*lines, "{}"], 4),
        (lambda lines: lines[:2], 3),
    ],
)
def test_a_record_taken_out_changed_or_put_in_is_seen(log: Path, damage: object, broken: int) -> None:
    for number in range(3):
        record(log, OURS, {"event": "look", "number": number})
    log.write_text("\n".join(damage(lines_of(log))) + "\n", "utf-8")  # type: ignore[operator]
    assert first_broken(log, OURS) == broken


def test_a_log_that_is_taken_away_or_whose_noted_end_was_changed_is_seen_and_nothing_more_is_written(log: Path) -> None:
    for number in range(3):
        record(log, OURS, {"event": "look", "number": number})
    whole, noted = log.read_bytes(), log.with_suffix(".end")
    assert noted.stat().st_mode & 0o077 == 0
    log.unlink()
    assert first_broken(log, OURS) == 1
    with pytest.raises(ValueError, match="end of the audit log is missing"):
        record(log, OURS, {"event": "look"})
    log.write_bytes(whole)
    assert first_broken(log, OURS) is None
    noted.write_text(noted.read_text().replace(str(len(whole)), "12"))
    assert first_broken(log, OURS) == 4


def test_a_log_of_an_older_version_or_one_written_on_before_its_end_was_noted_is_whole(log: Path) -> None:
    record(log, OURS, {"event": "look"})
    before = log.with_suffix(".end").read_text()
    record(log, OURS, {"event": "look"})
    log.with_suffix(".end").write_text(before)  # killed before the end of the second was noted
    assert first_broken(log, OURS) is None
    log.with_suffix(".end").unlink()
    assert first_broken(log, OURS) is None
    record(log, OURS, {"event": "look"})
    assert first_broken(log, OURS) is None


def slow_seal(lines: list[str]) -> str:
    """The seal that the next record follows from, read as slowly and plainly as can be: through every line."""
    last = audit.START
    for line in lines:
        last = json.loads(line)["seal"]
    return last


@given(st.lists(st.text(max_size=30).map(lambda word: word * 40), max_size=12), st.integers(1, 300))
@settings(max_examples=60, deadline=None)
def test_the_last_seal_is_found_from_the_end_whatever_the_length_of_records_and_blocks(
    tmp_path_factory: pytest.TempPathFactory, words: list[str], block: int
) -> None:
    log = tmp_path_factory.mktemp("audit") / "log" / "audit.jsonl"
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(audit, "_BLOCK", block)
        for word in words:
            record(log, OURS, {"event": "look", "reason": word})
            with log.open("rb") as stream:
                assert audit._last_seal(stream) == slow_seal(lines_of(log))
    assert first_broken(log, OURS) is None


def test_an_append_reads_the_end_of_the_log_and_not_its_beginning(log: Path) -> None:
    record(log, OURS, {"event": "look"})
    whole = log.read_bytes()
    log.write_bytes(b"x" * 20_000 + b"\n" + whole)
    with log.open("rb") as stream:
        assert audit._last_seal(stream) == slow_seal([whole.decode().strip()])


def test_after_a_torn_record_nothing_more_is_written(log: Path) -> None:
    record(log, OURS, {"event": "look"})
    record(log, OURS, {"event": "look"})
    log.write_bytes(log.read_bytes()[:-20])
    torn = log.read_bytes()
    with pytest.raises(ValueError, match="within a record"):
        record(log, OURS, {"event": "look"})
    assert log.read_bytes() == torn
    assert len(records(log)) == 1
