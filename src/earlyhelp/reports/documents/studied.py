"""A released study of one service as blocks: verdict, what may and may not be said, what was found, how alike, for whom."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from earlyhelp.release import Status
from earlyhelp.release.findings import ReleasedFinding
from earlyhelp.reports.blocks import Block, Bullets, Figure, Heading, MayNotSay, Note, TableBlock, Text
from earlyhelp.reports.charts import Balance, Interval, interval_plot, love_plot
from earlyhelp.reports.wording import in_words

Row = Mapping[str, Any]
METHODS = {
    "entropy_balancing": "weights (main method)",
    "aipw": "two models together",
    "matching": "one to one pairs",
}
AXIS = "difference in 100 families: fewer to the left, more to the right"
VERDICTS = {each: f"{each} first steps up than among like families" for each in ("fewer", "more")}
_DECLARED = "The study was declared for {months} months. Other lengths are there to be checked: nothing may be claimed from them."
COVARIATES_DRAWN = 8
HIDDEN = "too few to say"
NOT_COMPARED = "no comparison was made"
DIFFERENCE = "difference in 100 families (95 per cent interval), or why there is none"
_COLUMNS = ("what", DIFFERENCE, "families offered it", "families compared")


def study_blocks(found: ReleasedFinding, level: int = 2, said_before: Collection[str] = ()) -> list[Block]:
    """The study below a heading of its own; `said_before`: sentences that the document has said of all services."""
    own = tuple(each for each in found.may_say if each not in said_before) or found.may_say
    return [
        Text(f"Verdict: {VERDICTS.get(found.verdict, found.verdict)}.", strong=True),
        Heading(level, "What may be said"),
        Bullets(own),
        MayNotSay(found.may_not_say),
        *found_blocks(found, level),
        Note(
            f"Study {found.study}, plan {found.plan}, declared {_day(found.declared)}, before an outcome was read. Design "
            f"grade {found.design_grade} on the Maryland scale. Estimand: {found.estimand}."
        ),
    ]


def _day(moment: str) -> str:
    return in_words(date.fromisoformat(moment[:10]))


def found_blocks(found: ReleasedFinding, level: int) -> list[Block]:
    """The charts of a study; where no figure is told, the reasons alone."""
    if not found.gate["passed"]:
        return [Note(f"No figure: {' '.join(found.gate['reasons'])}")]
    blocks: list[Block] = [Heading(level, "What was found"), *_effects(found)]
    if found.balance:
        blocks += [alike(found)]
    if any(row["estimate"] is not None for row in found.groups):
        blocks += [Heading(level, "For whom"), *for_whom(found)]
    return blocks


def _effects(found: ReleasedFinding) -> list[Block]:
    """The chart of the effects; where it would hold no figure, its table alone."""
    drawn = effects(found)
    told = [row for row in found.windows if row["outcome"] == found.outcome and row["estimate"] is not None]
    if not told:
        return [Text("No figure may be told for any length of follow-up."), drawn.table]
    return [drawn, Note(_DECLARED.format(months=found.window))]


def effects(found: ReleasedFinding) -> Figure:
    """The main outcome by method, and by window of follow-up, as an interval plot."""
    windows = [row for row in found.windows if row["outcome"] == found.outcome]
    main = next((row for row in windows if row["months"] == found.window), None)
    told = main is None or main["estimate"] is not None
    by_method = [_of_method(row, found, told) for row in found.estimates] if told else []
    by_window = [_of_window(row) for row in windows if row["months"] != found.window or not told]
    table = TableBlock(
        f"{found.service}: first step up, by method and by months of follow-up",
        _COLUMNS,
        tuple(
            [_cells(each, found.n_treated, found.n_compared) for each in by_method]
            + [
                _cells(each, row["n_treated"], row["n_compared"])
                for each, row in zip(
                    by_window, [row for row in windows if row["months"] != found.window or not told], strict=True
                )
            ]
        ),
        (2, 3),
    )
    rows = [*by_method, *by_window]
    drawn = [each._replace(why=_short(each.why)) for each in rows]
    known = [each for each in rows if each.estimate is not None]
    title = "Families with a first step up, against like families"
    return Figure(title, interval_plot(drawn, AXIS), _alt(found.service, known, len(rows)), table, in_annex=True)


def _of_method(row: Row, found: ReleasedFinding, told: bool) -> Interval:
    label = f"{found.window} months, {METHODS.get(row['method'], row['method'])}"
    return Interval(label, *_hundreds(row), kind=f"{found.window} months, the main window, by method")


def _of_window(row: Row) -> Interval:
    return Interval(f"{row['months']} months", *_hundreds(row), kind="other windows, main method", why=_why(row))


def _hundreds(row: Row) -> tuple[float | None, float | None, float | None]:
    estimate, lower, upper = (None if row[name] is None else 100 * row[name] for name in ("estimate", "lower", "upper"))
    return estimate, lower, upper


def _why(row: Row) -> str:
    if row["estimate"] is not None:
        return ""
    return str(row["why"]) or (HIDDEN if row["status"] == Status.SUPPRESSED else "no figure")


def _short(why: str) -> str:
    """As it stands in a chart; the table has the whole sentence."""
    return "too few to tell" if "too few" in why.lower() else "no figure: see the table" if why else ""


def _alt(service: str, known: list[Interval], rows: int) -> str:
    if not known:
        return f"Interval plot for {service}: none of its {rows} rows has a figure, since too few families stepped up."
    first = known[0]
    return (
        f"Interval plot for {service} of {len(known)} estimates in {rows} rows. {first.label}: {first.estimate:+.1f} in 100 "
        f"families, 95 per cent interval {first.lower:+.1f} to {first.upper:+.1f}."
    )


def _cells(each: Interval, offered: float | None, compared: float | None) -> tuple[str, ...]:
    if each.estimate is None:
        return each.label, each.why or HIDDEN, _count(offered), _count(compared)
    told = f"{each.estimate:+.1f} ({each.lower:+.1f} to {each.upper:+.1f})"
    return each.label, told, _count(offered), _count(compared)


def _count(families: float | None) -> str:
    return HIDDEN if families is None else f"{families:,.0f}"


def alike(found: ReleasedFinding) -> Figure:
    """The love plot: how unlike the two groups were in what was recorded before the offer, and are once made alike."""
    shown = found.balance[:COVARIATES_DRAWN]
    worst = max((abs(row["after"]) for row in found.balance if row["after"] is not None), default=0.0)
    title = "How alike the families are: what differed most, before and after they were made alike"
    alt = (
        f"Love plot of {len(shown)} things recorded before the offer. Before, the largest difference was "
        f"{abs(shown[0]['before'] or 0):.2f} standard deviations ({shown[0]['words']}); after, at most {worst:.2f}."
    )
    rows = tuple((row["words"], _deviations(row["before"]), _deviations(row["after"])) for row in found.balance)
    columns = ("recorded before the offer", "before", "after")
    table = TableBlock(f"{found.service}: differences in standard deviations", columns, rows, (1, 2))
    drawn = [Balance(row["words"], row["before"], row["after"]) for row in shown]
    return Figure(title, love_plot(drawn), alt, table, in_annex=True)


def _deviations(value: float | None) -> str:
    return "cannot be worked out" if value is None else f"{value:+.2f}"


def for_whom(found: ReleasedFinding) -> list[Block]:
    """The main comparison within each group of families that has a figure, and the names of those that have none."""
    told = [row for row in found.groups if row["estimate"] is not None]
    rows = tuple(
        _cells(Interval(row["group_words"], *_hundreds(row)), row["n_treated"], row["n_compared"]) for row in told
    )
    blocks: list[Block] = [
        TableBlock(f"{found.service}: the same comparison within groups of families", _COLUMNS, rows, (2, 3))
    ]
    others = [str(row["group_words"]) for row in found.groups if row["estimate"] is None]
    if others:
        blocks.append(Note(f"Too few families, or too few alike, for a figure: {'; '.join(others)}."))
    return blocks


def in_figures(found: ReleasedFinding) -> TableBlock:
    """Who was compared and how surely: the estimand, families, overlap, the smallest difference that would have shown."""
    left_out = found.overlap.get("treated_left_out"), found.overlap.get("compared_left_out")
    share = found.gate["ess_share"]
    rows = (
        ("What is estimated", found.estimand),
        ("What was compared", found.design),
        ("Families offered it, followed", _count(found.n_treated)),
        ("Families compared, followed", _count(found.n_compared)),
        ("Families left out, since none is like them", _both(left_out) if found.overlap else NOT_COMPARED),
        ("What the weights leave of the families compared", f"{share:.0%}" if share is not None else NOT_COMPARED),
        ("Smallest difference that would probably have shown", _smallest(found.mde)),
        ("How strong an unrecorded reason would have to be to explain it (E-value)", _e_value(found)),
        ("Grade of the design", f"{found.design_grade} of 5 on the Maryland scale"),
    )
    return TableBlock(f"{found.service}: the comparison", ("what", "figure"), rows)


def _both(left_out: tuple[float | None, float | None]) -> str:
    offered, compared = (_count(each) for each in left_out)
    return f"{offered} offered it, {compared} compared"


def _smallest(share: float | None) -> str:
    return "cannot be told" if share is None else f"{100 * share:.1f} in 100 families (four times in five)"


def _e_value(found: ReleasedFinding) -> str:
    """The risk ratio with both offer and outcome that it would need; for the bound of the interval nearer to none too."""
    if found.e_value is None:
        return "cannot be told"
    limit = "" if found.e_value_limit is None else f"; to move the interval to no difference {found.e_value_limit:.2f}"
    return f"{found.e_value:.2f} times as likely with both{limit}"


def other_outcomes(found: ReleasedFinding) -> TableBlock | None:
    """The same comparison for every outcome and window that was looked at; None where there was none."""
    rows = tuple(
        (
            f"{str(row['outcome_words']).capitalize()}, {row['months']} months",
            *_cells(_of_window(row), row["n_treated"], row["n_compared"])[1:],
        )
        for row in found.windows
        if (row["outcome"], row["months"]) != (found.outcome, found.window)
    )
    caption = f"{found.service}: other outcomes and windows, declared to be looked at alone"
    return TableBlock(caption, _COLUMNS, rows, (2, 3)) if rows else None


def checks_table(found: ReleasedFinding) -> TableBlock | None:
    """Outcomes of before the offer, of which a fair comparison shows no difference; None where none could be checked."""
    rows = tuple(
        (
            str(row["check"]),
            _difference(row),
            "a difference, where there should be none" if row["shows_a_difference"] else "none, as it should be",
        )
        for row in found.checks
    )
    columns = ("what should not differ", "difference in 100 families (95 per cent interval)", "what it shows")
    return TableBlock(f"{found.service}: checks of the comparison", columns, rows, (1,)) if rows else None


def rests_on_table(found: ReleasedFinding) -> TableBlock | None:
    """How far the estimate moves when one thing recorded before is left out, the furthest first; None without estimate."""
    rows = tuple(
        (
            next(
                (str(one["words"]) for one in found.balance if one["covariate"] == row["without"]), str(row["without"])
            ),
            "cannot be told" if row["estimate"] is None else f"{100 * row['estimate']:+.1f}",
            "cannot be told" if row["moves"] is None else f"{row['moves']:+.2f}",
        )
        for row in found.rests_on
    )
    columns = ("left out", "difference in 100 families", "moves by, in standard errors")
    return TableBlock(f"{found.service}: each thing left out in turn", columns, rows, (1, 2)) if rows else None


def _difference(row: Row) -> str:
    if row["estimate"] is None:
        return "cannot be told"
    return f"{100 * row['estimate']:+.1f} ({100 * row['lower']:+.1f} to {100 * row['upper']:+.1f})"
