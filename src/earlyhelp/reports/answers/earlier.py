"""What came before step-ups: the sentences, made by rule of released figures alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from earlyhelp.evaluate.earlier import BACK, FOLLOWED, LEFT_OUT, LIKE, RULES
from earlyhelp.release import Status
from earlyhelp.release.earlier import ReleasedEarlier
from earlyhelp.reports.answers.prepared import Reply
from earlyhelp.reports.wording import in_words, number

Row = Mapping[str, Any]
MOST_NAMED = 3
CAVEATS = (
    "This cannot be used to predict what becomes of a family: most families with any of these histories did not step up, and "
    "the table tells how many did and how many did not.",
    "What is recorded more often before step-ups did not thereby cause them, and had anything else been done, the step-up "
    "might have come all the same. A missed opportunity is a plain rule to learn from in a case review, and no blame.",
    f"Step-ups are a family's first in the records held; the {BACK} days before are looked at without the last {LEFT_OUT}, in "
    "which what is recorded often tells of the same event.",
    f"Like families have the youngest child in the same age band and live in the same fifth of deprivation: up to {LIKE} for "
    "each step-up, looked back on from the same day. In all else they may differ.",
    "All families without a step-up are looked at on one past day a year, and a family counts once for each, so that the "
    "intervals around what became of them are somewhat too narrow.",
    "The history after which step-ups were most frequent is the highest of several, so that its figure is likely to be lower "
    "another time.",
    "A family's area is that of its children's home in the latest records.",
    "Nothing recorded is not nothing known: a school or a health visitor may have known and not told, or told somebody whose "
    "records are not held here.",
    "A family that is looked at more is recorded more: some of what came before tells of services and not of need.",
    "A ward is no family: a warning is a count of an area, to be looked into and not acted on by itself.",
)
PRINTED = (
    "sign_label", "sequence", "rule_label", "year_from", "by", "group_label", "series_label", "ward_code_label", "step_ups",
    "share", "like_share", "ratio", "families_with_it", "stepped_up", "did_not", "of_100", "step_ups_after", "change_a_year",
    "families", "followed", "unseen", "shrunken", "events", "expected", "signal",
)  # fmt: skip
"""The columns that a terminal has room for; `--json` has them all."""
_BY = {"locality": "locality", "ward_code": "ward", "age_band": "age of the youngest", "source_code": "who asked"}


def earlier_reply(found: ReleasedEarlier) -> Reply:
    """The answer: what came before, in what order, what was missed, where need shows late, and which areas to look at."""
    if found.status is not Status.OK:
        return Reply((found.why_no_data,))
    answer = (
        *_of_step_ups(found),
        *_of_signs(found.recorded),
        *_of_sequences(found.sequences),
        *_of_missed(found),
        *_of_unseen(found.unseen),
        *_of_areas(found.watched),
    )
    table = (*found.sequences, *found.recorded, *found.rules, *found.missed, *found.unseen, *found.watched)
    return Reply(answer, table, (*_of_records(found), *CAVEATS), printed=PRINTED)


def _of_step_ups(found: ReleasedEarlier) -> Iterable[str]:
    days = f"from {in_words(found.first)} to {in_words(found.last)}"
    if found.step_ups is None:
        yield f"Too few families had their first step-up to a statutory service {days} to say how many."
    else:
        yield f"{number(found.step_ups)} families had their first step-up to a statutory service {days}."
    if found.timing:
        lower, middle, upper = found.timing
        yield (
            f"Where anything was recorded in the 24 months before, the first sign came {middle:,.0f} days before the step-up "
            f"(half of them between {lower:,.0f} and {upper:,.0f})."
        )


def _of_signs(rows: Sequence[Row]) -> Iterable[str]:
    told = [row for row in rows if row["ratio_lower"] is not None and row["ratio_lower"] > 1]
    told.sort(key=lambda row: row["like_share"] - row["share"])  # the furthest apart first
    for row in told[:MOST_NAMED]:
        yield (
            f"{_capital(row['sign_label'])} was recorded before {_in_100(row['share'])} of 100 step-ups and, before the same "
            f"days, of {_in_100(row['like_share'])} of 100 families like them: {row['ratio']:.2f} times as often (95 % interval "
            f"{row['ratio_lower']:.2f} to {row['ratio_upper']:.2f})."
        )
    if len(told) > MOST_NAMED:
        more = len(told) - MOST_NAMED
        yield f"{more} more kinds of record came before step-ups more often than chance explains; see the table."
    if all(row["ratio"] is None for row in rows):
        yield "There are too few to say what was recorded more often before step-ups."
    elif not told:
        yield "No kind of record came before step-ups more often than before the same days of families like them."


def _of_sequences(rows: Sequence[Row]) -> Iterable[str]:
    nothing = next((row for row in rows if row["sequence"] == "nothing recorded" and row["of_100"] is not None), None)
    told = [row for row in rows if row is not nothing and row["of_100"] is not None]
    beside = f", against {_number(nothing['of_100'])} of 100 with nothing recorded" if nothing else ""
    if told:
        row = max(told, key=lambda row: row["of_100_lower"])
        yield (
            f"Of the {len(told)} commonest histories, step-ups were most frequent after this one: {row['sequence']}. Of "
            f"{number(row['families_with_it'])} families with it on a past day, {number(row['stepped_up'])} stepped up in the "
            f"{FOLLOWED} days after ({_number(row['of_100'])} of 100, 95 % interval {_number(row['of_100_lower'])} to "
            f"{_number(row['of_100_upper'])}{beside}) and {number(row['did_not'])} did not."
        )
    else:
        yield "No history is shared by enough families to say how many of them stepped up."


def _of_missed(found: ReleasedEarlier) -> Iterable[str]:
    for row in found.rules:
        if row["rule"] == "any" and row["share"] is not None:
            yield (
                f"Before {_in_100(row['share'])} of 100 step-ups (95 % interval {_in_100(row['share_lower'])} to "
                f"{_in_100(row['share_upper'])}) one of {len(RULES)} plain rules tells of an opportunity that was missed."
            )
    for rule in found.rules:
        years = [row for row in found.missed if row["rule"] == rule["rule"] and row["share"] is not None]
        if years:
            yield _of_rule(rule, years[-1])


def _of_rule(rule: Row, year: Row) -> str:
    said = (
        f"Of {number(year['families'])} families with {rule['rule_label']} in the year from {in_words(year['year_from'])}, "
        f"{number(year['followed'])} had {rule['followed_by']} ({_in_100(year['share'])} of 100, 95 % interval "
        f"{_in_100(year['share_lower'])} to {_in_100(year['share_upper'])})"
    )
    if rule["change_a_year"] is None:
        return f"{said}."
    if rule["change_lower"] <= 0 <= rule["change_upper"]:
        return f"{said}; over the years that can be followed it has changed no more than chance explains."
    way = "risen" if rule["change_a_year"] > 0 else "fallen"
    return f"{said}; it has {way} by {_in_100(abs(rule['change_a_year']))} in 100 a year."


def _of_unseen(rows: Sequence[Row]) -> Iterable[str]:
    whole = next((row for row in rows if row["by"] == "all"), None)
    if whole is None or whole["share"] is None:
        return
    yield (
        f"Before {_in_100(whole['share'])} of 100 step-ups nothing was recorded in the 24 months (95 % interval "
        f"{_in_100(whole['share_lower'])} to {_in_100(whole['share_upper'])})."
    )
    for by, words in _BY.items():
        later = [row for row in rows if row["by"] == by and row["share"] is not None]
        later = [row for row in later if (row["shrunken_lower"] or 0) > whole["share"]]
        named = ", ".join(f"{row['group_label']} ({_in_100(row['shrunken'])} of 100)" for row in later[:MOST_NAMED])
        if later:
            yield f"By {words}, need shows late more often than chance explains in: {named}."


def _of_areas(rows: Sequence[Row]) -> Iterable[str]:
    if not rows:
        yield "The records do not reach back far enough to set the last three months of a ward against its own past."
        return
    raised = [row for row in rows if row["signal"]]
    if all(row["events"] is None for row in rows):
        yield f"In the three months to {in_words(rows[0]['last'])}, wards had too few step-ups and requests to say anything."
    elif not raised:
        yield (
            f"In the three months to {in_words(rows[0]['last'])}, no ward had more step-ups or requests than its own past and "
            "chance explain."
        )
    for row in raised:
        usual = "" if row["expected"] is None else f", where its own past would give {row['expected']:.0f}"
        yield (
            f"{row['ward_code_label']}: {number(row['events'])} {row['series_label']} in the three months to "
            f"{in_words(row['last'])}{usual}."
        )


def _of_records(found: ReleasedEarlier) -> Iterable[str]:
    yield f"A wait is beyond the standard after {found.standard} days: the council's own standard for first contact."
    late = [row["sign_label"] for row in found.recorded if row["since"]]
    if late:
        yield f"Records begin late, so that fewer step-ups can be looked back on, for: {', '.join(late)}."


def _in_100(share: float) -> str:
    return _number(100 * share)


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]
