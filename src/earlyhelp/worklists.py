"""Cases behind a question or a wait: by one plain rule, in order of the event that put each there, for roles that see rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from earlyhelp.answering import measure_called, opened, question_called
from earlyhelp.check.fix_list import write_rows
from earlyhelp.errors import GateClosed, UsageProblem
from earlyhelp.measures.worklists import HEADINGS, worklist
from earlyhelp.reports.answers import PREPARED
from earlyhelp.store.files import private_file
from earlyhelp.store.row_files import is_writable, tell_audit
from earlyhelp.store.settings import worklists_on
from earlyhelp.store.workspace import Workspace


@dataclass(frozen=True)
class Worklist:
    """Cases by one plain rule, in order of the event that put each there; exact, and about single people.

    `rule`: why a case is on it; `headings` and `rows`: pseudonyms, record numbers and teams, no names. Of one team's rows:
    whether rows that name no team were left out (`others_of_none`), and rows of other teams (`others_of_teams`).
    """

    rule: str
    headings: tuple[str, ...]
    rows: list[tuple[object, ...]]
    others_of_none: bool = False
    others_of_teams: bool = False


def worklist_rule(workspace: Workspace, name: str) -> str:
    """The plain rule that puts a case on the worklist of a prepared question.

    Raises UsageProblem for a question without cases, GateClosed for a worklist that the council has not switched on.
    """
    question = question_called(name)
    if question.families_of:
        return _rule_of_families(workspace)
    if question.rows_of is None:
        listed = ", ".join(each.id for each in PREPARED.values() if each.rows_of or each.families_of)
        raise UsageProblem(f"{name} has no worklist.", where="--rows", fix=f"These have one: {listed}.")
    wanted = measure_called(question.rows_of.measure, question.rows_of.definition)
    return " ".join(each for each in (wanted.denominator, wanted.numerator) if each)


def _rule_of_families(workspace: Workspace) -> str:
    """The rule of families after a sign of poverty. Raises GateClosed until the council has switched it on."""
    from earlyhelp.evaluate import poverty  # here, as few questions need what it loads

    if "poverty" not in worklists_on(workspace.root / "council.toml"):
        raise GateClosed(
            "The worklist of families after a sign of poverty is switched off.",
            where="council.toml",
            fix="Whoever decides for the council can switch it on: [worklists] poverty = true.",
        )
    return poverty.RULE


def worklist_of(workspace: Workspace, name: str, team: str | None = None) -> Worklist:
    """The cases behind a prepared question; of one team alone where one is named, none where no team is on record.

    For a role that may see rows, and only after the audit log holds the reading: `write_worklist` sees to that for a
    file, a page does for itself. Raises what `worklist_rule` raises.
    """
    rule, question = worklist_rule(workspace, name), question_called(name)
    headings: tuple[str, ...]
    with opened(workspace) as reading:
        if question.rows_of is None:
            from earlyhelp.evaluate import poverty  # here, as few questions need what it loads

            headings, rows = poverty.HEADINGS, poverty.worklist(reading.con, reading.standards.as_at)
        else:
            wanted = measure_called(question.rows_of.measure, question.rows_of.definition)
            headings, rows = HEADINGS, worklist(reading.con, wanted, reading.standards, question.rows_of.days or 365)
    return _for_team(Worklist(rule, headings, rows), team)


def waiting_families(workspace: Workspace, team: str | None = None) -> Worklist:
    """Who waits for a worker on the day the data is as at, by the rule of B1, those accepted first at the top.

    For a role that may see rows, and only after the audit log holds the reading; of one team alone where one is named.
    """
    wanted = measure_called("B1", "default")
    with opened(workspace) as reading:
        rows = worklist(reading.con, wanted, reading.standards)
    return _for_team(Worklist(wanted.numerator, HEADINGS, rows), team)


def names_team(workspace: Workspace, team: str) -> bool:
    """Whether a request or an episode on record names the team, however it is capitalised; True while there are no records."""
    if not workspace.current:
        return True
    sql = "SELECT DISTINCT team FROM contact UNION SELECT DISTINCT team FROM eh_episode"
    with opened(workspace) as reading:
        return team.strip().casefold() in {_team_of({"team": name}) for (name,) in reading.con.execute(sql).fetchall()}


def _for_team(whole: Worklist, team: str | None) -> Worklist:
    """The rows of one team, however its name is capitalised, and whether others were left out; all rows where none is named."""
    if team is None:
        return whole
    own = team.strip().casefold()
    teams = [_team_of(dict(zip(whole.headings, row, strict=True))) for row in whole.rows]
    rows = [row for row, of in zip(whole.rows, teams, strict=True) if own and of == own]
    return replace(whole, rows=rows, others_of_none="" in teams, others_of_teams=bool(set(teams) - {"", own}))


def _team_of(row: Mapping[str, object]) -> str:
    return str(row.get("team") or "").strip().casefold()


def write_worklist(workspace: Workspace, name: str, target: Path, *, account: str, reason: str, when: str) -> int:
    """Write the cases behind a prepared question to a file its owner alone can read; returns the number of rows.

    By the plain rule of one measure, in order of the event that put a case there; pseudonyms and record numbers, no
    names. The audit log holds the reading before the file is there. Raises what `worklist_rule` raises.
    """
    rule, question = worklist_rule(workspace, name), question_called(name)
    is_writable(target, (".csv",))
    about = {"measure": question.rows_of.measure} if question.rows_of else {"rule": rule}
    tell_audit(workspace, "worklist", target, account, reason, when, question=name, **about)
    found = worklist_of(workspace, name)
    return _written(found.headings, found.rows, rule, target)


def _written(headings: Sequence[str], rows: Sequence[Sequence[object]], why: str, target: Path) -> int:
    told = [[*("" if cell is None else str(cell) for cell in row), why] for row in rows]
    with private_file(target) as partial:
        write_rows([*headings, "why"], told, partial)
    return len(rows)
