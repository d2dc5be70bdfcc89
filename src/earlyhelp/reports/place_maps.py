"""Maps of released answers about places, each with the words that stand for it and the table that it draws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from earlyhelp.reference.outlines import Outline
from earlyhelp.release import Status
from earlyhelp.reports.blocks import Figure, TableBlock
from earlyhelp.reports.charts import COLOURS
from earlyhelp.reports.maps import NO_DATA, PALE, THIRDS, TOO_FEW, Area, Shade, area_map, in_thirds
from earlyhelp.reports.wording import IN_WORDS, listed

Row = Mapping[str, Any]
Outlines = Mapping[str, Outline]
REACHED: Mapping[str, Shade] = {
    "fewer than expected": Shade("\u2212 fewer than expected", COLOURS[1], "\u2212"),
    "as expected": Shade("= as expected, or not shown to differ", THIRDS[0], "="),
    "more than expected": Shade("+ more than expected", THIRDS[2], "+", dark=True),
    "too few to say": TOO_FEW,
    "cannot tell": Shade("cannot tell", PALE, "?"),
}
"""How each group of wards is drawn."""
HIDDEN_WORDS = {True: "may be hidden", False: "no sign of it", None: "cannot tell"}


def code_of(row: Row) -> str:
    """The code of the area that a row is of."""
    return str(row.get("ward_code") or row.get("lsoa") or "")


def name_of(row: Row) -> str:
    """The area's name."""
    return str(row.get("ward_code_label") or row.get("lsoa_label") or code_of(row))


def abuse_map(rows: Sequence[Row], outlines: Outlines, areas: str) -> Figure | None:
    """Notifications of domestic abuse by area in thirds, by the rate drawn towards the council's where there are few.

    areas: in words, such as "wards". None where no outline of them is held.
    """
    values = {code_of(row): rate for row in rows if (rate := steadied(row)) is not None}
    title = f"Where the police are told of domestic abuse most: {areas} in thirds"
    of = "notifications for each 1,000 children, drawn towards the council's figure where there are few"
    return _in_thirds_map(rows, values, outlines, f"{title}, {of}", abuse_table(rows, areas))


def steadied(row: Row) -> float | None:
    """The rate of an area, drawn towards the council's; of requests, where no notification is held, as it is."""
    found = row["shrunken"] if "shrunken" in row else row.get("value")
    return None if found is None else float(found)


def abuse_table(rows: Sequence[Row], areas: str) -> TableBlock:
    """A row an area: its rate with interval, the rate drawn towards the council's, and its chance to be among the worst.

    Of wards also whether abuse may be hidden from the police; of the many small areas the sentences tell that.
    """
    columns = (
        "area", "rate for each 1,000 children (95 per cent interval)", "drawn towards the council's",
        "chance to be among the worst", "hidden from the police",
    )  # fmt: skip
    told = tuple(
        (
            name_of(row),
            str(row["in_words"]),
            _or_why(row, steadied(row), "{:.1f}"),
            _chance(row),
            HIDDEN_WORDS[row.get("may_be_hidden")],
        )
        for row in rows
    )
    shown = 5 if all(row.get("ward_code") for row in rows) else 4
    caption = f"Domestic abuse told of by the police, {areas}"
    return TableBlock(caption, columns[:shown], tuple(cells[:shown] for cells in told), (1, 2, 3))


def reach_map(rows: Sequence[Row], outlines: Outlines) -> Figure | None:
    """Wards by whether fewer or more families were helped than expected; None where no outline of them is held."""
    shade = {code_of(row): _reached(row).words for row in rows}
    drawn = [Area(code_of(row), name_of(row), shade[code_of(row)]) for row in rows if code_of(row) in outlines]
    if not drawn:
        return None
    names = {
        group: [name_of(row) for row in rows if row.get("group") == group]
        for group in ("fewer than expected", "more than expected")
    }
    said = "; ".join(f"{group}: {listed(held[:8]) or 'none'}" for group, held in names.items())
    table = reach_table(rows, "as on the map")
    spec = area_map(drawn, outlines, list(REACHED.values()))
    alt = f"Map of {len(drawn)} wards by families helped beside those to be expected. {said[0].upper()}{said[1:]}."
    return Figure("Families helped beside those to be expected, by ward", spec, alt, table)


def _reached(row: Row) -> Shade:
    if row["status"] == Status.SUPPRESSED or row.get("group") is None:
        return TOO_FEW
    return REACHED[str(row["group"])]


def reach_table(rows: Sequence[Row], areas: str = "by ward") -> TableBlock:
    """A row a ward: its group, families helped and expected, their ratio with its interval, its children in low income.

    areas: the end of its caption in words.
    """
    told = tuple(
        (
            name_of(row),
            str(row["group"] or TOO_FEW.words),
            _or_why(row, row["observed"], "{:,.0f}"),
            _or_why(row, row["expected"], "{:,.1f}"),
            str(row.get("in_words") or NO_DATA.words),
            _share(row.get("low_income_share")),
        )
        for row in rows
    )
    columns = (
        "ward", "group", "families helped", "to be expected", "ratio (95 per cent interval)", "children in low income",
    )  # fmt: skip
    return TableBlock(f"Families helped beside those to be expected, {areas}", columns, told, (2, 3, 4, 5))


def low_income_map(rows: Sequence[Row], outlines: Outlines) -> Figure | None:
    """Children in low income by ward in thirds, as published; None where no outline or no figure is held."""
    values = {code_of(row): float(row["low_income_share"]) for row in rows if row.get("low_income_share") is not None}
    if not values:
        return None
    told = tuple((name_of(row), _share(row.get("low_income_share"))) for row in rows)
    table = TableBlock("Children in low income, by ward", ("ward", "children in low income"), told, (1,))
    title = "Children in low income: wards in thirds, from public statistics"
    return _in_thirds_map(rows, values, outlines, title, table, "{:.0%}")


def _in_thirds_map(
    rows: Sequence[Row], values: Mapping[str, float], outlines: Outlines, title: str, table: TableBlock,
    written: str = "{:.1f}",
) -> Figure | None:  # fmt: skip
    shades, words = in_thirds(values, written.format)
    none = {code_of(row): _without(row).words for row in rows}
    drawn = [
        Area(code, name_of(row), words.get(code) or none[code]) for row in rows if (code := code_of(row)) in outlines
    ]
    if not drawn:
        return None
    highest = sorted((row for row in rows if code_of(row) in values), key=lambda row: -values[code_of(row)])[:3]
    top = listed([f"{name_of(row)} ({written.format(values[code_of(row)])})" for row in highest])
    few = sum(each.shade == TOO_FEW.words for each in drawn)
    alt = f"Map of {len(drawn)} areas. {f'The highest figures: {top}.' if top else 'None has a figure.'}"
    alt += f" In {few} there are too few to say." if few else ""
    return Figure(title, area_map(drawn, outlines, [*shades, TOO_FEW, NO_DATA]), alt, table)


def _without(row: Row) -> Shade:
    return TOO_FEW if row.get("status") == Status.SUPPRESSED else NO_DATA


def _or_why(row: Row, value: float | None, written: str) -> str:
    if value is not None:
        return written.format(value)
    return IN_WORDS.get(Status(str(row.get("status", Status.NO_DATA))), NO_DATA.words)


def _share(value: float | None) -> str:
    return NO_DATA.words if value is None else f"{value:.0%}"


def _chance(row: Row) -> str:
    chance = row.get("probability_among_worst")
    if chance is None:
        return IN_WORDS.get(Status(str(row.get("status", Status.NO_DATA))), "cannot tell")
    whole = round(100 * chance)
    return "over 99 in 100" if whole > 99 else "under 1 in 100" if whole < 1 else f"{whole} in 100"
