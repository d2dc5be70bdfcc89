"""The figures of a pack as tables of the register, so that later releases are audited beside packs that left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from earlyhelp.compare.pack import Pack, PackMeasure, PackRow
from earlyhelp.measures import CATALOGUE, Measure
from earlyhelp.release import Status
from earlyhelp.release.named_groups import AtLeast, named_table
from earlyhelp.release.register_table import ReleasedTable, TableAbout, TableRow, table_under


def tables_of_pack(pack: Pack) -> list[ReleasedTable]:
    """One table for each measure and split of the pack, of figures or of groups that are named without a count.

    Measures that the catalogue no longer knows are left out.
    """
    return [*_tables(pack), *_named(pack)]


def _tables(pack: Pack) -> Iterator[ReleasedTable]:
    for told in pack.measures.values():
        known = CATALOGUE.get(told.measure)
        if known is None or (told.definition != "default" and told.definition not in known.definitions):
            continue
        groups: dict[tuple[str, ...], list[PackRow]] = {}
        for row in told.rows:
            groups.setdefault(tuple(name for name, _ in row.dims), []).append(row)
        for by, rows in groups.items():
            yield _table(pack, told, known.defined_as(told.definition), by, rows)


def _named(pack: Pack) -> Iterator[AtLeast]:
    for (name, by), told in (pack.groups or {}).items():
        counted, known = pack.measures.get((name, "default")), CATALOGUE.get(name)
        if known is not None and counted is not None and told.codes:
            year = (told.start, told.end)
            yield named_table(known, pack.policy, _about(pack, counted), by, told.codes, year)


def _about(pack: Pack, told: PackMeasure) -> TableAbout:
    context = {name: str(value) for name, value in pack.context.items()}
    return TableAbout(
        pack.name, pack.council, context["snapshot"], context["as_at"], context["software_version"], told.meaning
    )


def _table(
    pack: Pack, told: PackMeasure, measure: Measure, by: Sequence[str], rows: Sequence[PackRow]
) -> ReleasedTable:
    rows_told = [_row(row) for row in rows]
    table = table_under(measure, pack.policy, _about(pack, told), by, rows_told, zeros_hidden=True, complete=False)
    # What the pack itself says comes first. Each of its measures is attacked by itself: all its counts are rounded.
    return replace(table, unit=told.unit, statistic=told.statistic, populations={})


def _row(row: PackRow) -> TableRow:
    """A row of a pack. What is hidden may have been withheld whole, whatever it was: it is told of as unknown."""
    status = Status.NO_DATA if row.status == Status.SUPPRESSED else Status(row.status)
    counts = (row.numerator, row.denominator, row.value, row.lower, row.upper)
    return TableRow(row.start, row.end, dict(row.dims), {}, *counts, str(status))
