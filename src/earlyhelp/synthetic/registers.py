"""Who is registered where, under which id and with which mistakes, and the tables of lives as each system would key them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from earlyhelp.sources.writing.known import event_date
from earlyhelp.standard import TABLES, person
from earlyhelp.synthetic.chance import chance
from earlyhelp.synthetic.faults import PersonFault
from earlyhelp.synthetic.faults.identity import REUSED, TWICE
from earlyhelp.synthetic.faults.luck import luck_of, marks
from earlyhelp.synthetic.population import Flags, Floats, Ints, Texts
from earlyhelp.synthetic.systems import CASE, NEW_CASE, OLD_CASE, REGISTERS, Register
from earlyhelp.synthetic.timeline import FIRST_DAY, LAST_DAY, NEW_SYSTEM

Records = Mapping[str, pa.Table]
_CORRECTED, _MEAN_DAYS_TO_CORRECT = 0.25, 400
"""Of mistakes in the case system, the share that somebody corrects, and after how long."""


@dataclass(frozen=True)
class Registers:
    """Everyone's registrations.

    `people`: one row a registration: `register`, `system` (its code), `id`, `usual_id` (the id it would bear without a
    fault), `key` (system and id, unique), `person_key` (true), `kind` (first, renewed after the change of system, twice,
    reused), `registered` (day), `renewed_as` (key of the registration that follows it) and the true columns of `person`.
    `mistakes`: one row a column: `key`, `column`, `fault`, `was`, `became` (as text), `corrected` (day or empty).
    `families`: the case system's number of each true family.
    """

    people: pa.Table
    mistakes: pa.Table
    families: pa.Table

    def persons(self, day: date | None, *, damaged: bool = True) -> pa.Table:
        """The table `person` of every registration as the registers have it on a day, keyed by `key`; on none, ever since."""
        columns = {name: self.people[name].combine_chunks() for name in _person_columns()}
        if damaged and self.mistakes.num_rows:
            columns |= self._damaged(columns, day or LAST_DAY)
        own = {"person_key": self.people["key"], "source_person_id": self.people["id"]}
        return pa.table({**own, **columns})

    def only(self, keys: pa.Array) -> Registers:
        """The registrations of these keys."""
        people, mistakes = (t.filter(pc.is_in(t["key"], value_set=keys)) for t in (self.people, self.mistakes))
        return Registers(people, mistakes, self.families)

    def _damaged(self, columns: Mapping[str, pa.Array], day: date) -> dict[str, pa.Array]:
        standing = pc.or_kleene(pc.is_null(self.mistakes["corrected"]), pc.greater(self.mistakes["corrected"], day))
        active = self.mistakes.filter(pc.fill_null(standing, True))
        found = {}
        for name in pc.unique(active["column"]).to_pylist():
            mine = active.filter(pc.equal(active["column"], name))
            rows = pc.index_in(mine["key"].combine_chunks(), value_set=self.people["key"].combine_chunks())
            new = mine["became"].combine_chunks().cast(columns[name].type)
            taken = np.arange(len(columns[name]))
            taken[rows.to_numpy()] = len(taken) + np.arange(len(new))
            found[name] = pa.concat_arrays([columns[name], new]).take(pa.array(taken))
        return found

    def fault_of(self, day: date) -> dict[tuple[str, str], str]:
        """The fault behind each damaged column of a registration, by key and column, as on a day."""
        told = self.mistakes.select(["key", "column", "fault", "corrected"]).to_pylist()
        return {(m["key"], m["column"]): m["fault"] for m in told if not m["corrected"] or m["corrected"] > day}


def _person_columns() -> list[str]:
    return [name for name in person.columns if name not in ("person_key", "source_person_id", "is_duplicate_of")]


def register(records: Records, faults: Sequence[PersonFault], seed: int, mess: float) -> Registers:
    """Everyone whom the records of a register's tables are about, and in the case system their families too.

    `mess`: 0 for registers without a mistake, 1 for the usual. The change of system is no mistake.
    """
    con = connection(records)
    people = pa.concat_tables([_registered(con, each, seed, mess) for each in REGISTERS])
    people = _with_columns(con, people)
    families = _family_numbers(con, seed)
    con.close()
    return Registers(_cleared(people), _mistakes(people, faults, seed, mess), families)


def connection(records: Records) -> duckdb.DuckDBPyConnection:
    """The records in memory under their names, those missing as empty tables of the standard; rows stay in order."""
    con = duckdb.connect(config={"threads": 1})
    for name in TABLES:
        if name in records:
            con.register(name, records[name])
    return con


def _there(con: duckdb.DuckDBPyConnection, name: str, *columns: str) -> bool:
    held = con.execute(f"SELECT column_name FROM (DESCRIBE {name})").fetchall() if _is_table(con, name) else []
    return set(columns) <= {row[0] for row in held} if held else False


def _is_table(con: duckdb.DuckDBPyConnection, name: str) -> bool:
    return bool(con.execute("SELECT 1 FROM duckdb_views() WHERE view_name = ?", [name]).fetchall())


def _seen(con: duckdb.DuckDBPyConnection, each: Register) -> str:
    """SQL for the persons and days of a register's events."""
    parts = [f"SELECT person_key, {_day_of(name)} AS day FROM {name}" for name in each.tables if _there(con, name)]
    if each.agency and _there(con, "partner_event"):
        parts.append(f"SELECT person_key, event_date AS day FROM partner_event WHERE agency = '{each.agency}'")
    return (
        " UNION ALL ".join(parts) or "SELECT CAST(NULL AS VARCHAR) AS person_key, CAST(NULL AS DATE) AS day WHERE FALSE"
    )


def _day_of(name: str) -> str:
    day = event_date(TABLES[name])
    return day.column_name if day else f"DATE '{FIRST_DAY}'"


def _registered(con: duckdb.DuckDBPyConnection, each: Register, seed: int, mess: float) -> pa.Table:
    if each is CASE:
        return _case_registrations(con, seed, mess)
    seen = con.execute(
        f"SELECT person_key, min(day) AS registered FROM ({_seen(con, each)}) WHERE person_key IS NOT NULL "
        "GROUP BY ALL ORDER BY ALL"
    ).to_arrow_table()
    return _numbered(seen, each.name, each.name, each.digits, seed, mess * each.twice)


def _case_registrations(con: duckdb.DuckDBPyConnection, seed: int, mess: float) -> pa.Table:
    """The old system's registrations, then the new one's: families open at the change, and who came or came back after it."""
    con.execute(f"CREATE OR REPLACE TEMP TABLE case_seen AS {_seen(con, CASE)}")
    con.execute(f"CREATE OR REPLACE TEMP TABLE open_then AS {_open_at_change(con)}")
    member = "SELECT person_key, family_key FROM family_member" if _there(con, "family_member") else _NOBODY
    con.execute(
        "CREATE OR REPLACE TEMP TABLE grouped AS SELECT DISTINCT person_key, family_key FROM "
        f"({member} UNION ALL SELECT person_key, person_key FROM case_seen) WHERE person_key IS NOT NULL"
    )
    change = f"DATE '{NEW_SYSTEM}'"
    con.execute(
        "CREATE OR REPLACE TEMP TABLE known_from AS WITH of_group AS (SELECT family_key, min(day) AS first_day, "
        f"min(day) FILTER (day >= {change}) AS after, bool_or(was_open) AS was_open FROM grouped JOIN "
        "(SELECT person_key, day, FALSE AS was_open FROM case_seen UNION ALL SELECT person_key, NULL, TRUE FROM open_then) "
        "USING (person_key) GROUP BY ALL) SELECT person_key, min(first_day) AS first_day, min(after) AS after, "
        "bool_or(was_open) AS was_open FROM grouped JOIN of_group USING (family_key) GROUP BY ALL"
    )
    old = con.execute(
        f"SELECT person_key, first_day AS registered FROM known_from WHERE first_day < {change} ORDER BY ALL"
    ).to_arrow_table()
    new = con.execute(
        f"SELECT person_key, CASE WHEN was_open AND first_day < {change} THEN {change} ELSE after END AS registered, "
        f"was_open AND first_day < {change} AS renewed FROM known_from "
        f"WHERE after IS NOT NULL OR (was_open AND first_day < {change}) ORDER BY person_key"
    ).to_arrow_table()
    olds = _numbered(old, CASE.name, OLD_CASE, 6, seed, mess)
    news = _numbered(new.drop_columns(["renewed"]), CASE.name, NEW_CASE, 8, seed, mess)
    news = _kinds(news, new.filter(new["renewed"])["person_key"])
    return _joined(olds, _reused(olds, news, seed, mess))


_NOBODY = "SELECT CAST(NULL AS VARCHAR) AS person_key, CAST(NULL AS VARCHAR) AS family_key WHERE FALSE"


def _open_at_change(con: duckdb.DuckDBPyConnection) -> str:
    """SQL for the persons with an episode, an assessment, a plan or a period of care open when the system changed."""
    lasting = "type IN ('assessment', 'cin_plan', 'cin_episode', 'cp_plan', 'looked_after')"
    asked = (("eh_episode", "TRUE"), ("social_care_event", lasting))
    parts = [
        f"SELECT person_key FROM {name} WHERE {which} AND start_date < DATE '{NEW_SYSTEM}' "
        f"AND coalesce(end_date, DATE '{LAST_DAY}') >= DATE '{NEW_SYSTEM}'"
        for name, which in asked
        if _there(con, name)
    ]
    return " UNION ALL ".join(parts) or "SELECT CAST(NULL AS VARCHAR) AS person_key WHERE FALSE"


def _numbered(seen: pa.Table, name: str, system: str, digits: int, seed: int, mess: float) -> pa.Table:
    """Registrations with ids of so many digits, no two alike: everybody's, then the second ones of who is there twice."""
    n = seen.num_rows
    twice = np.flatnonzero(chance(seed, "registers", system, "twice").random(n) < TWICE * mess)
    ids = _ids(n, digits, system, seed, "first")
    seconds = _ids(n, digits, system, seed, "twice")[twice]
    table = pa.concat_tables([seen, seen.take(pa.array(twice))])
    number = np.concatenate([ids, seconds])
    usual = np.concatenate([ids, ids[twice]])
    return pa.table(
        {
            "register": pa.array([name] * len(number), pa.string()),
            "system": pa.array([system] * len(number), pa.string()),
            "id": pa.array(number, pa.string()),
            "usual_id": pa.array(usual, pa.string()),
            "key": pa.array([f"{system}-{each}" for each in number], pa.string()),
            "person_key": table["person_key"].combine_chunks().cast(pa.string()),
            "kind": pa.array(["first"] * n + ["twice"] * len(twice), pa.string()),
            "registered": table["registered"].combine_chunks().cast(pa.date32()),
            "renewed_as": pa.nulls(len(number), pa.string()),
        }
    )


def _ids(n: int, digits: int, system: str, seed: int, which: str) -> Texts:
    """Ids as texts of `digits` signs, even for first registrations and odd for second ones."""
    least = 10 ** (digits - 1) if digits < 8 else 1_000
    step = 2 * np.arange(n) + (which == "twice")
    spread = chance(seed, "registers", system, "ids", which).permutation(n)
    return np.array([f"{least + step[place]:0{digits}d}" for place in spread], dtype=object)


def _kinds(news: pa.Table, renewed: pa.ChunkedArray) -> pa.Table:
    """The new system's registrations of people carried over are renewed ones."""
    is_renewed = pc.and_(
        pc.is_in(news["person_key"], value_set=renewed.combine_chunks()), pc.equal(news["kind"], "first")
    )
    kind = pc.if_else(is_renewed, pa.scalar("renewed"), news["kind"])
    return news.set_column(news.column_names.index("kind"), "kind", kind)


def _reused(olds: pa.Table, news: pa.Table, seed: int, mess: float) -> pa.Table:
    """The new registrations, a few of which got the id of an old one that was closed."""
    fresh = np.flatnonzero(np.array(news["kind"].to_pylist(), dtype=object) == "first")
    alive = set(news["person_key"].to_pylist())
    closed = [
        number
        for number, key, kind in zip(*(olds[name].to_pylist() for name in ("id", "person_key", "kind")), strict=True)
        if key not in alive and kind == "first"
    ]
    luck = chance(seed, "registers", "reused")
    chosen = fresh[luck.random(len(fresh)) < REUSED * mess][: len(closed)]
    given = luck.permutation(len(closed))[: len(chosen)]
    columns = {name: news[name].to_pylist() for name in ("id", "key", "kind")}
    for place, which in zip(chosen.tolist(), given.tolist(), strict=True):
        columns["id"][place], columns["kind"][place] = closed[which], "reused"
        columns["key"][place] = f"{NEW_CASE}-{closed[which]}"
    for name, values in columns.items():
        news = news.set_column(news.column_names.index(name), name, pa.array(values, pa.string()))
    return news


def _joined(olds: pa.Table, news: pa.Table) -> pa.Table:
    """Old and new registrations in one table, the old ones of people carried over with the key that follows theirs."""
    kinds = zip(*(news[name].to_pylist() for name in ("person_key", "kind", "key")), strict=True)
    follows = {who: key for who, kind, key in kinds if kind == "renewed"}
    own = zip(olds["person_key"].to_pylist(), olds["kind"].to_pylist(), strict=True)
    renewed = [follows.get(who) if kind == "first" else None for who, kind in own]
    place = olds.column_names.index("renewed_as")
    return pa.concat_tables([olds.set_column(place, "renewed_as", pa.array(renewed, pa.string())), news])


def _with_columns(con: duckdb.DuckDBPyConnection, people: pa.Table) -> pa.Table:
    """Registrations beside what is true of the person, and an earlier address where there is one."""
    con.register("people", people.append_column("place", pa.array(np.arange(people.num_rows))))
    held = [name for name in _person_columns() if _there(con, "person", name)]
    empty = [
        f"CAST(NULL AS {person.columns[name].type.duckdb}) AS {name}" for name in _person_columns() if name not in held
    ]
    told = ", ".join([f"person.{name}" for name in held] + empty)
    earlier = "SELECT NULL AS person_key, NULL AS address_line, NULL AS postcode WHERE FALSE"
    if _there(con, "person_address", "valid_from", "valid_to"):
        earlier = (
            "SELECT person_key, address_line, postcode FROM person_address WHERE valid_to IS NOT NULL "
            "QUALIFY row_number() OVER (PARTITION BY person_key ORDER BY valid_to DESC, valid_from DESC, address_line) = 1"
        )
    return con.execute(
        f"SELECT people.* EXCLUDE (place), {told}, earlier.address_line AS earlier_address, "
        "earlier.postcode AS earlier_postcode FROM people LEFT JOIN person USING (person_key) "
        f"LEFT JOIN ({earlier}) AS earlier USING (person_key) ORDER BY place"
    ).to_arrow_table()


def _cleared(people: pa.Table) -> pa.Table:
    """Each registration with only the columns that its register holds, and without helps that are of no further use."""
    names = np.array(people["register"].to_pylist(), dtype=object)
    for column in _person_columns():
        holders = [each.name for each in REGISTERS if column in each.holds]
        has = pa.array(np.isin(names, holders))
        place = people.column_names.index(column)
        values = people[column].combine_chunks()
        people = people.set_column(place, column, pc.if_else(has, values, pa.scalar(None, values.type)))
    return people.drop_columns(["earlier_address", "earlier_postcode"])


def _family_numbers(con: duckdb.DuckDBPyConnection, seed: int) -> pa.Table:
    """A number of the case system for each family that any record names."""
    names = [
        name for name, table in TABLES.items() if "family_key" in table.columns and _there(con, name, "family_key")
    ]
    parts = " UNION ".join(f"SELECT family_key FROM {name} WHERE family_key IS NOT NULL" for name in names)
    if not parts:
        return pa.table({"family_key": pa.array([], pa.string()), "number": pa.array([], pa.string())})
    keys = con.execute(f"SELECT family_key FROM ({parts}) ORDER BY ALL").to_arrow_table()["family_key"]
    numbers = chance(seed, "registers", "families").permutation(len(keys)) + 200_000
    return pa.table({"family_key": keys.cast(pa.string()), "number": [f"FAM{number}" for number in numbers]})


def _mistakes(people: pa.Table, faults: Sequence[PersonFault], seed: int, mess: float) -> pa.Table:
    """What is wrong in the registers: who was carried over keeps the old system's mistakes, a second registration has others."""
    lineage = pc.binary_join_element_wise(
        people["register"], people["person_key"], pc.if_else(pc.equal(people["kind"], "twice"), people["key"], ""), "|"
    )
    of = marks(lineage)
    taken: set[tuple[int, str]] = set()
    found: list[tuple[int, str, str, Any, Any]] = []
    for fault in faults:
        rows = np.flatnonzero(luck_of(of, seed, fault.name) < fault.rate * mess)
        luck = luck_of(of[rows], seed, fault.name, "then")
        told = people.take(pa.array(rows)).to_pylist()
        for row, lucky, columns in zip(rows.tolist(), luck.tolist(), told, strict=True):
            found += _changed(row, columns, fault, lucky, taken)
    found.sort(key=lambda each: each[:2])
    return _mistakes_table(people, of, found, seed)


def _changed(
    row: int, told: Mapping[str, Any], fault: PersonFault, luck: float, taken: set[tuple[int, str]]
) -> Iterator[tuple[int, str, str, Any, Any]]:
    if (row, fault.group) in taken:
        return
    holds = next(each for each in REGISTERS if each.name == told["register"]).holds
    changes = fault.break_(told, luck) or {}
    kept = [(name, new) for name, new in changes.items() if name in holds and new != told[name]]
    if kept:
        taken.add((row, fault.group))
    for name, new in kept:
        yield row, name, fault.name, told[name], new


def _mistakes_table(people: pa.Table, of: Any, found: Sequence[tuple[int, str, str, Any, Any]], seed: int) -> pa.Table:
    rows = np.array([each[0] for each in found], dtype=np.int64)
    key, register_ = (people[name].take(pa.array(rows)).to_pylist() for name in ("key", "register"))
    began = dict(zip(reversed(of.tolist()), reversed(people["registered"].to_pylist()), strict=True))
    registered = [began[lineage] for lineage in of[rows].tolist()]  # a lineage's first registration stands first
    days = _correction_days(luck_of(of[rows], seed, "corrected"), luck_of(of[rows], seed, "corrected after"))
    corrected = [
        first + timedelta(days=int(after)) if name == CASE.name and after >= 0 else None
        for name, first, after in zip(register_, registered, days, strict=True)
    ]
    return pa.table(
        {
            "key": pa.array(key, pa.string()),
            "column": pa.array([each[1] for each in found], pa.string()),
            "fault": pa.array([each[2] for each in found], pa.string()),
            "was": pa.array([_as_text(each[3]) for each in found], pa.string()),
            "became": pa.array([_as_text(each[4]) for each in found], pa.string()),
            "corrected": pa.array(corrected, pa.date32()),
        }
    )


def _correction_days(luck: Floats, wait: Floats) -> Ints:
    """Days from registration to correction; -1 for mistakes that nobody corrects."""
    days = (-np.log1p(-wait) * _MEAN_DAYS_TO_CORRECT).astype(np.int64)
    corrected: Flags = luck < _CORRECTED
    return np.where(corrected, days, -1)


def _as_text(value: Any) -> str | None:
    return value.isoformat() if isinstance(value, date) else value
