"""What reviewers said of pairs of records: an answer a line, never overwritten, and what stands of it all.

`reviews/decisions.jsonl` holds records by their keys (pseudonyms) and nobody by name. An answer is on the disk before the
reviewer is told that it was saved. A line that a killed process left unfinished was never told to be saved: it is passed
over when reading, and cut off before the next answer is written.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb

from earlyhelp.errors import EarlyHelpError
from earlyhelp.store.files import flush_folder, private_file, private_folder
from earlyhelp.store.workspace import Workspace

SAME, DIFFERENT, UNSURE = "same", "different", "unsure"
ANSWERS = (SAME, DIFFERENT, UNSURE)
DISPUTED = "disputed"
"""What stands where two reviewers differ and nobody has settled it: it joins nobody, and it parts nobody."""
WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Decision:
    """One answer of one reviewer, or the withdrawal of their last one on a pair.

    `person_key_l` stands before `person_key_r` in the alphabet. `at`: the moment, as ISO text in UTC. `second`: given as a
    blind second review. `sample`: of a link that was drawn by chance. `grade`: how sure the model was of the pair;
    `sources`: the two systems; `snapshot`: where it was seen.
    """

    pair: str
    person_key_l: str
    person_key_r: str
    decision: str
    reviewer: str
    at: str
    account: str = ""
    second: bool = False
    sample: bool = False
    grade: str = ""
    sources: str = ""
    snapshot: str = ""

    @property
    def keys(self) -> tuple[str, str]:
        """The two records."""
        return self.person_key_l, self.person_key_r


@dataclass(frozen=True)
class Standing:
    """What stands of a pair: `decision` is same, different, unsure or disputed; `answer` is the one that says so.

    `answers`: the latest of each reviewer, in the order in which they were given.
    """

    decision: str
    answer: Decision
    answers: tuple[Decision, ...]

    @property
    def reviewers(self) -> frozenset[str]:
        """Who has answered."""
        return frozenset(each.reviewer for each in self.answers)

    @property
    def settled(self) -> bool:
        """True where the next run is bound by it."""
        return self.decision in (SAME, DIFFERENT)


def save(workspace: Workspace, answer: Callable[[Sequence[Decision]], Decision]) -> Decision:
    """Append the answer that is made of all lines so far, make it durable, and return it. No other writer comes between."""
    file = _file(workspace)
    private_folder(file.parent)
    with _held(file.parent):
        handle = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
        with os.fdopen(handle, "r+b") as stream:
            whole, length = _whole_lines(stream.read())
            made = answer([_decision(number, line) for number, line in enumerate(whole, start=1)])
            stream.truncate(length)
            stream.seek(length)
            stream.write(json.dumps(asdict(made), sort_keys=True, ensure_ascii=False).encode() + b"\n")
            stream.flush()
            os.fsync(stream.fileno())
        flush_folder(file.parent)
    return made


def history(workspace: Workspace) -> list[Decision]:
    """Every line, in the order in which they were saved. Raises EarlyHelpError for a line that is none of ours."""
    file = _file(workspace)
    lines, _ = _whole_lines(file.read_bytes()) if file.is_file() else ([], 0)
    return [_decision(number, line) for number, line in enumerate(lines, start=1)]


def standing(told: Sequence[Decision]) -> dict[tuple[str, str], Standing]:
    """What stands of each pair of which any answer is left, by its two keys.

    The first answer stands until another reviewer says otherwise: then the pair is disputed, and the next answer settles it,
    whoever gives it. A reviewer's later answer takes the place of their earlier one. `unsure` never takes another's place.
    """
    left, _ = _not_withdrawn(told)
    by_pair: dict[tuple[str, str], dict[str, Decision]] = {}
    for each in left:
        latest = by_pair.setdefault(each.keys, {})
        latest.pop(each.reviewer, None)
        latest[each.reviewer] = each
    return {keys: _stands(tuple(latest.values())) for keys, latest in by_pair.items()}


def second_reviews(told: Sequence[Decision]) -> list[tuple[Decision, Decision]]:
    """Each blind second review that is not withdrawn, behind the first answer as it was at that moment.

    A first answer that was changed once both had spoken counts as it was: agreement is not made afterwards.
    """
    _, gone = _not_withdrawn(told)
    given: dict[tuple[str, str], dict[str, list[Decision]]] = {}
    found = []
    for number, each in enumerate(told):
        by_reviewer = given.setdefault(each.keys, {})
        others = [mine[-1] for name, mine in by_reviewer.items() if mine and name != each.reviewer]
        if each.second and number not in gone and others:
            found.append((others[0], each))
        mine = by_reviewer.setdefault(each.reviewer, [])
        if each.decision != WITHDRAWN:
            mine.append(each)
        elif mine:
            mine.pop()
    return found


def last_answer(told: Sequence[Decision], reviewer: str, pair: str = "") -> Decision | None:
    """The reviewer's last answer that is not withdrawn, of one pair where it is given; None where there is none."""
    left, _ = _not_withdrawn(told)
    mine = [each for each in left if each.reviewer == reviewer and (not pair or each.pair == pair)]
    return mine[-1] if mine else None


def load_into(con: duckdb.DuckDBPyConnection, workspace: Workspace) -> int:
    """The number of settled pairs; makes `link_decision` and `link_reviewer` of them in `con`, empty where there are none.

    `link_decision` (person_key_l, person_key_r, decision, reviewed_by, reviewed_at, sample), from which linkage takes what it
    must join and part. `sample` marks links drawn by chance: they alone tell how many of all links are right.
    `link_reviewer` (person_key, reviewed_by, reviewed_at): for each record that is in a pair said to be the same, the last
    reviewer who said so.
    """
    rows = _settled(workspace)
    con.execute(
        "CREATE OR REPLACE TEMP TABLE link_decision (person_key_l VARCHAR, person_key_r VARCHAR, decision VARCHAR, "
        "reviewed_by VARCHAR, reviewed_at TIMESTAMP, sample BOOLEAN)"
    )
    if rows:
        con.executemany("INSERT INTO link_decision VALUES (?, ?, ?, ?, ?, ?)", rows)
    con.execute(
        "CREATE OR REPLACE TEMP TABLE link_reviewer AS SELECT person_key, arg_max(reviewed_by, reviewed_at) AS reviewed_by, "
        "max(reviewed_at) AS reviewed_at FROM (SELECT *, unnest([person_key_l, person_key_r]) AS person_key "
        f"FROM link_decision WHERE decision = '{SAME}') GROUP BY person_key"
    )
    return len(rows)


def fingerprint(workspace: Workspace) -> str:
    """A fingerprint of all that stands and binds the next run; empty where nothing does. What was withdrawn leaves no trace."""
    rows = _settled(workspace)
    return sha256(json.dumps(rows, default=str).encode()).hexdigest() if rows else ""


def erase(workspace: Workspace, keys: Collection[str]) -> int:
    """The number of lines taken out: all about a record with one of these keys. For the erasure of a person."""
    file = _file(workspace)
    if not file.is_file():
        return 0
    with _held(file.parent):
        lines, _ = _whole_lines(file.read_bytes())
        kept = [line for number, line in enumerate(lines, start=1) if _unlike(keys, _decision(number, line))]
        if len(kept) < len(lines):
            with private_file(file) as partial, partial.open("wb") as stream:
                stream.write(b"".join(line + b"\n" for line in kept))
                stream.flush()
                os.fsync(stream.fileno())
            flush_folder(file.parent)
    return len(lines) - len(kept)


def _file(workspace: Workspace) -> Path:
    return workspace.root / "reviews" / "decisions.jsonl"


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """One writer at a time; the folder is held, as the file itself may be put in place anew by an erasure."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _whole_lines(content: bytes) -> tuple[list[bytes], int]:
    """The lines that were written to their end, and the number of bytes that they take."""
    length = content.rfind(b"\n") + 1
    return content[:length].splitlines(), length


def _decision(number: int, line: bytes) -> Decision:
    try:
        told: dict[str, Any] = json.loads(line)
        made = Decision(**told)
        datetime.fromisoformat(made.at)
        if made.decision not in (*ANSWERS, WITHDRAWN) or not made.person_key_l < made.person_key_r:
            raise ValueError
    except (ValueError, TypeError):
        raise EarlyHelpError(
            f"Line {number} of the reviewers' decisions is not one that was saved here.",
            where="reviews/decisions.jsonl",
            fix="Restore the file from its backup, or take that line out.",
        ) from None
    return made


def _not_withdrawn(told: Sequence[Decision]) -> tuple[list[Decision], frozenset[int]]:
    """The answers that are left, in their order, and the places of those that were withdrawn."""
    given: dict[tuple[tuple[str, str], str], list[int]] = {}
    gone = set()
    for number, each in enumerate(told):
        mine = given.setdefault((each.keys, each.reviewer), [])
        if each.decision != WITHDRAWN:
            mine.append(number)
        elif mine:
            gone.add(mine.pop())
    left = sorted(number for mine in given.values() for number in mine)
    return [told[number] for number in left], frozenset(gone)


def _stands(answers: tuple[Decision, ...]) -> Standing:
    stands, disputed = answers[0], False
    for each in answers[1:]:
        if each.decision == UNSURE:
            continue
        if disputed or stands.decision == UNSURE:
            stands, disputed = each, False
        else:
            disputed = each.decision != stands.decision
    return Standing(DISPUTED if disputed else stands.decision, stands, answers)


def _settled(workspace: Workspace) -> list[tuple[str, str, str, str, datetime, bool]]:
    """A row a settled pair: its keys, the decision, by whom and when (UTC), and whether it is of the sample, in order."""
    return sorted(
        (*keys, each.decision, each.answer.reviewer, _moment(each.answer.at), each.answer.sample)
        for keys, each in standing(history(workspace)).items()
        if each.settled
    )


def _moment(at: str) -> datetime:
    told = datetime.fromisoformat(at)
    return told.astimezone(UTC).replace(tzinfo=None) if told.tzinfo else told


def _unlike(keys: Collection[str], decision: Decision) -> bool:
    return decision.person_key_l not in keys and decision.person_key_r not in keys
