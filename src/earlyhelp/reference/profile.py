"""A profile of one council from public figures alone: need, money early and late, children in need, who refers, direction.

Each figure comes with its period, its status, its file and edition, what it was before, the median of the statistical
neighbours and England's. Shares and amounts a child are worked out here, from two published figures that are both there;
where one is not, the result has its status and no value.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import duckdb
import pyarrow as pa

from earlyhelp.errors import InputRefused
from earlyhelp.reference.areas import AUTHORITY, COUNTRY, DISTRICT, REPLACED
from earlyhelp.reference.catalogue import PUBLICATIONS
from earlyhelp.reference.check import Finding, run_check
from earlyhelp.reference.checking import CHECKS, read_pack
from earlyhelp.reference.loading import connect, told_by_headings
from earlyhelp.reference.pack import Pack, Resource, open_pack
from earlyhelp.reference.publication import literal
from earlyhelp.reference.symbols import NOT_AVAILABLE, OK

NEED, EARLY, LATE, FLOW, REFERRERS, CLOSURES = (
    "Need",
    "Money spent early, pounds a child",
    "Money spent late, pounds a child",
    "Children in need",
    "Who refers, per cent of referrals",
    "How episodes close",
)
DEPRIVED_AREAS = "deprivation/small areas among the tenth most deprived for children"
"""Worked out from the deciles of small areas; in England it is one in ten by definition."""

EARLY_SHARE = "spend/early help of all children's social care"
"""Worked out from the lines of spending early over the total line: pounds of each 100, where all of them are there."""
_SPENT_EARLY = (
    "Sure start children's centres and early years",
    "Family Support Services",
    "Services for young people",
)
_SPENT_IN_ALL = "TOTAL CHILDREN SOCIAL CARE"


@dataclass(frozen=True)
class Line:
    """One figure of the profile: a measure, or `times` a measure `over` another of the same area and year."""

    section: str
    label: str
    unit: str
    measure: str
    over: str = ""
    times: float = 100.0


def _spent(section: str, label: str, line: str) -> Line:
    return Line(
        section, label, "pounds a child", f"spend/{line}/Total Expenditure", "children/population_estimate", 1000.0
    )


def _referred(label: str, source: str) -> Line:
    measure = f"sources_of_referral/{source}"
    return Line(REFERRERS, label, "per cent", measure, "sources_of_referral/Referrals")


LINES = (
    Line(NEED, "Children aged 0 to 17", "children", "children/population_estimate"),
    Line(NEED, "Children in low income after housing costs", "per cent", "low_income/pct"),
    Line(NEED, "Small areas among the tenth most deprived for children", "per cent", DEPRIVED_AREAS),
    Line(
        NEED, "Domestic abuse of a parent found at assessment", "per 10,000", "domestic_abuse_factor/da_parent_per_10k"
    ),
    _spent(EARLY, "Children's centres and early years", _SPENT_EARLY[0]),
    _spent(EARLY, "Family support services", _SPENT_EARLY[1]),
    _spent(EARLY, "Services for young people", _SPENT_EARLY[2]),
    Line(EARLY, "These three, of each 100 pounds of children's social care", "per cent", EARLY_SHARE),
    _spent(LATE, "Safeguarding", "Safeguarding children and young people’s services"),
    _spent(LATE, "Children looked after", "Children Looked After"),
    _spent(LATE, "All children's social care", _SPENT_IN_ALL),
    Line(FLOW, "Referrals", "per 10,000", "lait/CPP_Total_Rateper10,000"),
    Line(FLOW, "Referrals within 12 months of another", "per cent", "referrals/rereferral_percent"),
    Line(FLOW, "Referrals with no further action", "per cent", "referrals/no_further_action_percent"),
    Line(FLOW, "Assessed and not in need", "per cent", "referrals/not_in_need_percent"),
    Line(FLOW, "Children who became in need in the year", "children", "children_in_need/Started_child"),
    Line(FLOW, "Children who ceased to be in need in the year", "children", "children_in_need/Ended_child"),
    Line(FLOW, "Children in need", "per 10,000", "lait/CIN"),
    Line(FLOW, "Children on protection plans", "per 10,000", "lait/CPP_rate"),
    Line(FLOW, "Children looked after", "per 10,000", "lait/LAC"),
    _referred("Police", "Police"),
    _referred("Schools", "Schools"),
    _referred("Health services", "Health_Services"),
    _referred("The council's own services", "LA_Services"),
    _referred("Individuals", "Individual"),
    _referred("Housing", "Housing"),
    Line(
        CLOSURES,
        "For any other reason, including no longer in need",
        "per cent",
        "reasons_for_closure/RC7_Other_percent",
    ),
)
_EARLIER = 4
"""A figure is held against the earliest of this many latest periods."""


@dataclass(frozen=True)
class ProfileRow:
    """One figure of the profile. `value` is None unless `status` is `ok`; so are the others where they are not known."""

    section: str
    label: str
    unit: str
    measure: str
    period: str
    value: float | None
    status: str
    symbol: str
    earlier_period: str
    earlier_value: float | None
    neighbours_median: float | None
    neighbours_known: int
    england: float | None
    source: str
    vintage: str

    @property
    def direction(self) -> str:
        """`up`, `down` or `level` against the earlier period; empty where one of the two is not known."""
        if self.value is None or self.earlier_value is None:
            return ""
        return "up" if self.value > self.earlier_value else "down" if self.value < self.earlier_value else "level"


@dataclass(frozen=True)
class Profile:
    """One council from public figures: its rows, its neighbours (code and name), and what the checks found about it."""

    area_code: str
    name: str
    region: str
    rows: tuple[ProfileRow, ...]
    neighbours: tuple[tuple[str, str], ...]
    findings: tuple[Finding, ...]

    def as_dict(self) -> dict[str, Any]:
        """The shape that `--json` prints."""
        return {
            "area_code": self.area_code,
            "name": self.name,
            "region": self.region,
            "figures": [{**vars(row), "direction": row.direction} for row in self.rows],
            "neighbours": [{"area_code": code, "name": name} for code, name in self.neighbours],
            "findings": [vars(finding) for finding in self.findings],
        }


@dataclass(frozen=True)
class _Told:
    """What is told of one area in one period."""

    value: float | None
    status: str
    symbol: str
    source: str


_NOT_TOLD = _Told(None, NOT_AVAILABLE, "", "")
_ENGLAND = "E92000001"


class Profiles:
    """The figures of every line for every authority of a pack, read once; `of` gives one council's profile."""

    def __init__(self, folder: Path) -> None:
        """Read what the profile needs. Raises InputRefused when the pack has no list of authorities that can be read."""
        pack, self._con = open_pack(folder), connect()
        loaded, _ = read_pack(self._con, pack, _needed(pack))
        self._there = {each.publication.id for each in loaded}
        if "authorities" not in self._there:
            fix = f"Add it: {PUBLICATIONS['authorities'].instructions}"
            raise InputRefused("The pack has no list of authorities that can be read.", where=str(folder), fix=fix)
        self._vintages = {each.resource.path: each.resource.vintage for each in loaded}
        if {"deprivation", "small_areas"} <= self._there:
            _count_deprived_areas(self._con)
        _share_spent_early(self._con)
        self._con.execute(f"CREATE TABLE told AS {' UNION ALL '.join(map(_told, range(len(LINES)), LINES))}")
        self._con.execute(_SPANS)
        self._outcomes = tuple(run_check(self._con, check, self._there) for check in CHECKS if check.needs)

    def of(self, area_code: str) -> Profile:
        """The profile of one authority. Raises InputRefused when the list of authorities has no such code."""
        name, region = self._named(area_code)
        near = self._neighbours(area_code)
        at = self._figures([area_code, *(code for code, _ in near), _ENGLAND])
        spans = self._con.execute("SELECT n, latest, earlier FROM spans").fetchall()
        periods = {n: (latest, earlier) for n, latest, earlier in spans}
        codes = [code for code, _ in near]
        rows = tuple(self._row(n, line, area_code, codes, periods.get(n, ("", "")), at) for n, line in enumerate(LINES))
        return Profile(area_code, name, region, rows, near, self._findings(area_code))

    def _named(self, area_code: str) -> tuple[str, str]:
        query = "SELECT la_name, coalesce(ons_region, '') FROM authorities WHERE new_la_code = ?"
        found = self._con.execute(query, [area_code]).fetchall()
        if found:
            return str(found[0][0]), str(found[0][1])
        fix = f"Ask for {REPLACED[area_code]}." if area_code in REPLACED else "Give an ONS code, as E09000032."
        raise InputRefused("The list of authorities has no such code.", where=area_code, fix=fix)

    def _neighbours(self, area_code: str) -> tuple[tuple[str, str], ...]:
        if "neighbours" not in self._there:
            return ()
        query = "SELECT sn_new_la_code, coalesce(sn_la_name, sn_new_la_code) FROM neighbours WHERE new_la_code = ?"
        return tuple(self._con.execute(f"{query} ORDER BY CAST(sn_rank AS INTEGER)", [area_code]).fetchall())

    def _figures(self, area_codes: Sequence[str]) -> dict[tuple[int, str, str], _Told]:
        """What is told of some areas in each line's latest and earlier period, by line, period and area."""
        self._con.register("asked", pa.table({"area_code": list(dict.fromkeys(area_codes))}))
        rows = self._con.execute("""
            SELECT n, period, area_code, value, status, symbol, source
            FROM told JOIN spans USING (n) JOIN asked USING (area_code) WHERE period IN (latest, earlier)
        """).fetchall()
        self._con.unregister("asked")
        return {(n, period, code): _Told(*rest) for n, period, code, *rest in rows}

    def _row(
        self,
        n: int,
        line: Line,
        area_code: str,
        near: Sequence[str],
        periods: tuple[str, str],
        at: Mapping[tuple[int, str, str], _Told],
    ) -> ProfileRow:
        latest, earlier = periods
        here = at.get((n, latest, area_code), _NOT_TOLD)
        before = at.get((n, earlier, area_code), _NOT_TOLD) if earlier != latest else _NOT_TOLD
        others = [at.get((n, latest, code), _NOT_TOLD).value for code in near]
        known = [value for value in others if value is not None]
        return ProfileRow(
            section=line.section,
            label=line.label,
            unit=line.unit,
            measure=line.measure,
            period=latest,
            value=here.value,
            status=here.status,
            symbol=here.symbol,
            earlier_period=earlier if before.value is not None else "",
            earlier_value=before.value,
            neighbours_median=median(known) if known else None,
            neighbours_known=len(known),
            england=at.get((n, latest, _ENGLAND), _NOT_TOLD).value,
            source=here.source,
            vintage=self._vintages.get(here.source, ""),
        )

    def _findings(self, area_code: str) -> tuple[Finding, ...]:
        """What the checks found about this council in what was read."""
        measures = {name for line in LINES for name in (line.measure, line.over)}
        found = (finding for outcome in self._outcomes for finding in outcome.findings)
        return tuple(each for each in found if each.area_code == area_code and each.measure in measures | {""})


def profile(folder: Path, area_code: str) -> Profile:
    """The profile of one of the authorities in the pack's list, from what the pack holds.

    A figure whose publication the pack lacks, or which has no row for the council, is `not_available`; nothing is left out.
    Each figure is of the latest period that any authority has one for: an older one never stands in its place.
    Raises InputRefused when the pack has no list of authorities, or the list no such code.
    """
    return Profiles(folder).of(area_code)


def _needed(pack: Pack) -> list[Resource]:
    """The pack's files that the profile reads."""
    measures = {name for line in LINES for name in (line.measure, line.over) if name}
    lists = {"authorities", "neighbours", "small_areas", "districts", "lait_dictionary"}
    wanted = {measure.split("/")[0] for measure in measures} | lists
    endings = tuple(ending for name in wanted for ending in PUBLICATIONS[name].endings)
    possible = [each for each in pack.resources if each.publication or each.path.lower().endswith(endings)]
    return [each for each in possible if (each.publication or told_by_headings(pack, each)) in wanted]


def _count_deprived_areas(con: duckdb.DuckDBPyConnection) -> None:
    """Add the share of each authority's small areas in the most deprived tenth for children; an unknown decile leaves it out."""
    con.execute(f"""
        INSERT INTO figures BY NAME
        SELECT utla_code AS area_code, '{AUTHORITY}' AS area_type, period, '{DEPRIVED_AREAS}' AS measure,
               CASE WHEN count(*) = count(value) THEN 100 * avg(CAST(value = 1 AS INTEGER)) END AS value,
               CASE WHEN count(*) = count(value) THEN '{OK}' ELSE '{NOT_AVAILABLE}' END AS status, '' AS symbol,
               any_value(source) AS source
        FROM figures JOIN small_areas ON lsoa21_code = area_code WHERE measure = 'deprivation/idaci_decile'
        GROUP BY utla_code, period
    """)


def _share_spent_early(con: duckdb.DuckDBPyConnection) -> None:
    """Add the share of each authority's spending that is early; a line that is not there leaves it out, whichever it is."""
    early = ", ".join(_measure_spent(line) for line in _SPENT_EARLY)
    con.execute(f"""
        INSERT INTO figures BY NAME
        SELECT area_code, area_type, period, {literal(EARLY_SHARE)} AS measure,
               CASE WHEN told THEN 100 * early / total END AS value,
               CASE WHEN told THEN '{OK}' WHEN status <> '{OK}' THEN status ELSE '{NOT_AVAILABLE}' END AS status,
               '' AS symbol, source
        FROM (
            SELECT area_code, area_type, period, any_value(source) AS source,
                   coalesce(min(status) FILTER (status <> '{OK}'), '{OK}') AS status,
                   sum(value) FILTER (measure IN ({early})) AS early,
                   sum(value) FILTER (measure = {_measure_spent(_SPENT_IN_ALL)}) AS total,
                   count(value) = {len(_SPENT_EARLY) + 1} AND coalesce(total > 0, FALSE) AS told
            FROM figures WHERE measure IN ({early}, {_measure_spent(_SPENT_IN_ALL)}) GROUP BY ALL
        )
    """)


def _measure_spent(line: str) -> str:
    return literal(f"spend/{line}/Total Expenditure")


_SPANS = f"""
    CREATE TABLE spans AS
    WITH periods AS (SELECT n, period, bool_or(status = '{OK}') AS known FROM told
                     WHERE area_type IN ('{AUTHORITY}', '{DISTRICT}') GROUP BY n, period),
         kept AS (SELECT n, period FROM periods QUALIFY known OR NOT bool_or(known) OVER (PARTITION BY n)),
         ranked AS (SELECT n, period, row_number() OVER (PARTITION BY n ORDER BY period DESC) AS place FROM kept)
    SELECT n, max(period) AS latest, min(period) AS earlier FROM ranked WHERE place <= {_EARLIER} GROUP BY n
"""
"""The periods of a line: those any authority has a figure for; all of them where none has one."""


def _told(n: int, line: Line) -> str:
    """SQL for the figures of a line: n, area_code, area_type, period, value, status, symbol, source."""
    columns = "area_code, area_type, period, value, status, symbol, source"
    areas = f"area_type IN ('{AUTHORITY}', '{COUNTRY}', '{DISTRICT}')"
    of_measure = f"SELECT {columns} FROM figures WHERE measure = {literal(line.measure)} AND {areas}"
    if not line.over:
        return f"SELECT {n} AS n, * FROM ({of_measure})"
    year = "regexp_extract({}.period, '(19|20)[0-9]{{2}}')"
    return f"""
        SELECT {n} AS n, f.area_code, f.area_type, f.period,
               CASE WHEN d.value > 0 THEN {line.times} * f.value / d.value END AS value,
               CASE WHEN f.status <> '{OK}' THEN f.status WHEN d.status <> '{OK}' THEN d.status
                    WHEN d.value > 0 THEN '{OK}' ELSE '{NOT_AVAILABLE}' END AS status,
               CASE WHEN f.status <> '{OK}' THEN f.symbol ELSE coalesce(d.symbol, '') END AS symbol, f.source
        FROM ({of_measure}) AS f
        LEFT JOIN (SELECT * FROM figures WHERE measure = {literal(line.over)}) AS d
        ON d.area_code = f.area_code AND {year.format("d")} = {year.format("f")}
    """
