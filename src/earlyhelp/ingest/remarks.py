"""What somebody should know of a file that was just read, in a few sentences; the fix-list says it row by row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from earlyhelp.ingest.problems import PROBLEMS

MOST_FAULTS, MOST_NAMED = 3, 5


@dataclass(frozen=True)
class Remark:
    """One sentence about a file, and how many rows it is about; None where it is about none."""

    file: str
    what: str
    rows: int | None = None

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def remarks_of(report: Mapping[str, Any]) -> list[Remark]:
    """How many rows are in quarantine and why, the most frequent faults of the others, and what nobody has mapped or reads."""
    return [*_set_aside(report), *_flagged(report), *_unmapped(report), *_not_read(report), *_drift(report)]


def _set_aside(report: Mapping[str, Any]) -> Iterator[Remark]:
    why = list(dict.fromkeys(_fault(each) for each in _issues(report, "error")))
    if rows := sum(table["rows_quarantined"] for table in report["tables"]):
        named = "; ".join(why[:MOST_NAMED]) + (" and others" if len(why) > MOST_NAMED else "")
        yield Remark(report["path"], f"{_counted(rows, 'row')} in quarantine: {named}.", rows)


def _flagged(report: Mapping[str, Any]) -> Iterator[Remark]:
    found = [
        each for each in _issues(report, "warning") if each["rule"] != "unmapped_value"
    ]  # its words are told apart
    for each in found[:MOST_FAULTS]:
        what = f"{_counted(each['count'], 'row')} flagged: {_fault(each)}. {PROBLEMS[each['rule']].fix}"
        yield Remark(report["path"], what, each["count"])
    if rest := len(found[MOST_FAULTS:]):
        yield Remark(report["path"], f"{_counted(rest, 'more kind')} of fault.")


def _issues(report: Mapping[str, Any], severity: str) -> list[Mapping[str, Any]]:
    """The faults as grave as that, the most frequent first."""
    found = [each for table in report["tables"] for each in table["issues"] if each["severity"] == severity]
    return sorted(found, key=lambda each: -each["count"])


def _fault(issue: Mapping[str, Any]) -> str:
    return issue["rule"].replace("_", " ") + (f" under {issue['column']}" if issue["column"] else "")


def _unmapped(report: Mapping[str, Any]) -> Iterator[Remark]:
    if words := report["unmapped_values"]:
        most, rows = words[0], sum(each["count"] for each in words)
        what = f"{_counted(len(words), 'word')} without a code, most often {most['value']!r} in {most['table']}.{most['column']}"
        yield Remark(report["path"], f"{what}: earlyhelp map.", rows)


def _not_read(report: Mapping[str, Any]) -> Iterator[Remark]:
    columns = list(dict.fromkeys(name for part in report["parts"] for name in part["columns_not_read"]))
    if columns:
        named = ", ".join(columns[:MOST_NAMED]) + (" and others" if len(columns) > MOST_NAMED else "")
        yield Remark(report["path"], f"{_counted(len(columns), 'column')} not read: {named}.")


def _drift(report: Mapping[str, Any]) -> Iterator[Remark]:
    """The first difference from the load before; new words without a code are told above."""
    found = [each["words"] for each in report["drift"] if each["kind"] != "value_new"]
    if found:
        others = f" ({_counted(len(found) - 1, 'more difference')} from the last load.)" if found[1:] else ""
        yield Remark(report["path"], f"{found[0]}{others}")


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
