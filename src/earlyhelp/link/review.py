"""The review desk: the next pair of records for a reviewer, an answer saved or withdrawn, and how far the work has come.

A random share of the pairs that one reviewer decided is offered to another, in the same queue, without a word of it: neither
the first answer nor that there is one is shown. The share is drawn by a keyed hash of the pair, so that nobody can tell which
pairs will be seen twice, and the same pairs are drawn whenever somebody asks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb

from earlyhelp.errors import InputRefused, NothingToDo, UsageProblem
from earlyhelp.link.agreement import agreement
from earlyhelp.link.questions import LEAST_CHANCE, READ, Question, pair_called, questions
from earlyhelp.link.side_by_side import SideBySide, side_by_side
from earlyhelp.store import decisions
from earlyhelp.store.audit import record
from earlyhelp.store.decisions import ANSWERS, DISPUTED, WITHDRAWN, Decision, Standing
from earlyhelp.store.keys import Pseudonyms
from earlyhelp.store.settings import second_review_share
from earlyhelp.store.snapshots import read_tables
from earlyhelp.store.workspace import Workspace

_LONGEST_NAME = 80
_DRAWN_SIGNS = 8


@dataclass(frozen=True)
class Reviewer:
    """Who answers, and the account on this machine under which they do."""

    name: str
    account: str


class Desk:
    """One reviewer at work on the current snapshot: the queue, or the sample. Raises UsageProblem for a name that is none.

    asked: the snapshot's questions, where they are at hand; what was answered since is known all the same.
    """

    def __init__(
        self,
        workspace: Workspace,
        reviewer: Reviewer,
        *,
        sample: bool = False,
        asked: Sequence[Question] | None = None,
    ) -> None:
        _check_name(reviewer.name)
        self._workspace, self._reviewer, self._sample = workspace, reviewer, sample
        self._asked = all_questions(workspace) if asked is None else asked

    def next(self) -> Question | None:
        """The pair whose answer is worth most (of the sample: the next), of those that wait for this reviewer, or None."""
        return next(iter(self.waiting()), None)

    def waiting(self) -> list[Question]:
        """All pairs that wait for this reviewer, the one whose answer is worth most first (of the sample: the next)."""
        asks = _waiting_in_sample if self._sample else _waiting_for
        return asks(self._workspace, self._asked, self._reviewer.name)

    def show(self, asked: Question, when: str) -> SideBySide:
        """The two records, with names. That they were read, by whom and when is in the audit log before anything is shown."""
        workspace, who = self._workspace, self._reviewer
        event = {"at": when, "account": who.account, "event": "review", "reviewer": who.name, "pair": asked.pair}
        record(workspace.log / "audit.jsonl", workspace.pseudonyms, {**event, "snapshot": workspace.current})
        with _snapshot(workspace) as con:
            return side_by_side(con, asked.keys)


def decide(workspace: Workspace, pair: str, answer: str, reviewer: Reviewer, when: str) -> Decision:
    """Save one answer, durable before this returns; the line that was saved.

    Raises InputRefused for a pair there is not, NothingToDo where the reviewer's answer is that already, UsageProblem for a
    name or an answer that is none.
    """
    _check_name(reviewer.name)
    if answer not in ANSWERS:
        raise UsageProblem("That is no answer.", where="answer", fix=f"One of: {', '.join(ANSWERS)}.")
    about = _about(workspace, pair)
    drawn = _is_drawn(workspace, about.keys)

    def answered(told: Sequence[Decision]) -> Decision:
        stands = decisions.standing(told).get(about.keys)
        before = decisions.last_answer(told, reviewer.name, pair)
        if before and before.decision == answer:
            raise NothingToDo(f"That is {reviewer.name}'s answer already.", where=pair, fix="earlyhelp review next DIR")
        second = drawn and stands is not None and _waits_for_second(stands, reviewer.name)
        return replace(about, decision=answer, reviewer=reviewer.name, account=reviewer.account, at=when, second=second)

    return decisions.save(workspace, answered)


def undo(workspace: Workspace, reviewer: Reviewer, when: str, pair: str = "") -> Decision:
    """Withdraw the reviewer's last answer (of one pair, where it is given) by a further line; what was withdrawn.

    Raises NothingToDo where there is none.
    """
    withdrawn: list[Decision] = []

    def answered(told: Sequence[Decision]) -> Decision:
        last = decisions.last_answer(told, reviewer.name, pair)
        if last is None:
            raise NothingToDo(
                "There is no answer to be withdrawn.", where=pair or reviewer.name, fix="Check the name: --as."
            )
        withdrawn.append(last)
        return replace(last, decision=WITHDRAWN, account=reviewer.account, at=when, second=False)

    decisions.save(workspace, answered)
    return withdrawn[0]


def status(workspace: Workspace, asked: Sequence[Question] | None = None) -> dict[str, Any]:
    """How many pairs wait, what was decided, second reviews, and how far two reviewers agree. Names no one but by pair.

    `waiting`: for somebody who has answered nothing yet, one pair for each two people; `waiting_in_sample`: links
    drawn by chance that nobody has decided. `to_settle`: pairs on which two
    reviewers differ. asked: as for a `Desk`.
    """
    asked = all_questions(workspace) if asked is None else asked
    told = decisions.history(workspace)
    stands, twice = decisions.standing(told), decisions.second_reviews(told)
    counted = Counter(each.decision for each in stands.values())
    ordinary = [each for each in _waiting_for(workspace, asked, "") if not _is_settled(stands, each)]
    sampled = _waiting_in_sample(workspace, asked, "")
    due = [each for each in asked if _is_due(workspace, stands.get(each.keys), each.keys)]
    return {
        "snapshot": workspace.current,
        "waiting": len(ordinary),
        "waiting_in_sample": len(sampled),
        "decided": {what: counted[what] for what in (*ANSWERS, DISPUTED)},
        "to_settle": sorted(each.answer.pair for each in stands.values() if each.decision == DISPUTED),
        "second_reviews": {"share": second_review_share(_settings(workspace)), "done": len(twice), "waiting": len(due)},
        "agreement": [vars(each) for each in agreement(twice)],
    }


@contextmanager
def _snapshot(workspace: Workspace) -> Iterator[duckdb.DuckDBPyConnection]:
    con = read_tables(workspace.snapshot_folder(), workspace.store / "spill", only=READ, identity=True)
    try:
        yield con
    finally:
        con.close()


def all_questions(workspace: Workspace) -> list[Question]:
    """Every pair of the current snapshot that may be asked about, the one whose answer is worth most first."""
    stands = decisions.standing(decisions.history(workspace))
    with _snapshot(workspace) as con:
        return questions(con, _salt(workspace), {keys: each.decision for keys, each in stands.items()})


def _waiting_for(workspace: Workspace, asked: Sequence[Question], reviewer: str) -> list[Question]:
    """The questions that wait for a reviewer, in their order: of several pairs between the same people the first alone."""
    stands = decisions.standing(decisions.history(workspace))
    share, pseudonyms = second_review_share(_settings(workspace)), workspace.pseudonyms
    taken = {each.people for each in asked if len(each.people) > 1 and _is_settled(stands, each)}
    waiting = []
    for each in asked:
        known = stands.get(each.keys)
        if known and known.settled:
            if _waits_for_second(known, reviewer) and _draw(pseudonyms, each.keys) < share:
                waiting.append(each)
        elif each.people not in taken and _is_open(each, known, reviewer):
            taken.add(each.people)
            waiting.append(each)
    return waiting


def _waiting_in_sample(workspace: Workspace, asked: Sequence[Question], reviewer: str) -> list[Question]:
    """The links of the sample that nobody has decided and this reviewer has not answered, one of each grade in its turn."""
    stands = decisions.standing(decisions.history(workspace))
    waiting = [
        each
        for each in asked
        if each.turn and not _is_settled(stands, each) and not _has_answered(stands.get(each.keys), reviewer)
    ]
    return sorted(waiting, key=lambda each: (each.turn, each.grade))


def _is_open(question: Question, known: Standing | None, reviewer: str) -> bool:
    """True for a pair that is worth asking about and that this reviewer has not answered."""
    return question.chance >= LEAST_CHANCE and not _has_answered(known, reviewer)


def _has_answered(known: Standing | None, reviewer: str) -> bool:
    return known is not None and reviewer in known.reviewers


def _is_settled(stands: Mapping[tuple[str, str], Standing], question: Question) -> bool:
    known = stands.get(question.keys)
    return known is not None and known.settled


def _waits_for_second(known: Standing, reviewer: str) -> bool:
    """True where one reviewer has decided, and it is not this one."""
    return known.settled and len(known.answers) == 1 and reviewer not in known.reviewers


def _is_due(workspace: Workspace, known: Standing | None, keys: tuple[str, str]) -> bool:
    return known is not None and _waits_for_second(known, "") and _is_drawn(workspace, keys)


def _is_drawn(workspace: Workspace, keys: tuple[str, str]) -> bool:
    """True for the pairs that a second reviewer sees."""
    return _draw(workspace.pseudonyms, keys) < second_review_share(_settings(workspace))


def _draw(pseudonyms: Pseudonyms, keys: tuple[str, str]) -> float:
    """A number from 0 up to 1, evenly spread, from a keyed hash of the pair."""
    return int(pseudonyms.of("second review", *keys)[:_DRAWN_SIGNS], 16) / 16**_DRAWN_SIGNS


def _about(workspace: Workspace, pair: str) -> Decision:
    """What a line says of a pair, without an answer: from the snapshot, or from an earlier line."""
    with _snapshot(workspace) as con:
        found = pair_called(con, _salt(workspace), pair)
    if found:
        return Decision(pair, decision="", reviewer="", at="", snapshot=workspace.current or "", **found)
    for each in decisions.history(workspace):
        if each.pair == pair:
            return each
    raise InputRefused("There is no such pair.", where="PAIR", fix="Copy the id that earlyhelp review next DIR shows.")


def _salt(workspace: Workspace) -> str:
    return workspace.pseudonyms.of("review", "pairs")


def _settings(workspace: Workspace) -> Path:
    return workspace.root / "council.toml"


def _check_name(name: str) -> None:
    if not name.strip() or len(name) > _LONGEST_NAME or not name.isprintable():
        raise UsageProblem(
            "A reviewer needs a name of a line, 80 signs at most.", where="--as", fix="Give your own: --as NAME"
        )
