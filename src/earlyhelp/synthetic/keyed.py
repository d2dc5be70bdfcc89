"""The records of lives as a system would key them: its own ids of people and families in place of the true keys."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from earlyhelp.sources.writing.known import event_date
from earlyhelp.standard import TABLES, Table, family_member, partner_event, person, person_identifier
from earlyhelp.synthetic.faults.luck import luck_of, marks
from earlyhelp.synthetic.registers import Records, Registers, connection
from earlyhelp.synthetic.systems import CASE, NEW_CASE, OLD_CASE, REGISTERS
from earlyhelp.synthetic.timeline import NEW_SYSTEM

_CHANGE = f"DATE '{NEW_SYSTEM}'"


class Keyed:
    """The tables of a system as it keys them, in a connection that its writer lays out.

    `whole`: everybody's registers, and not that of `register` alone. `renewed`: after the change of case system. Before it
    everything stands under old ids; after it under the new id of whoever was carried over, and for others under the id of
    their time.
    """

    def __init__(
        self,
        records: Records,
        registers: Registers,
        tables: Sequence[str],
        seed: int,
        *,
        renewed: bool,
        whole: bool = False,
        register: str = CASE.name,
    ) -> None:
        self.registers = registers
        self.register = register
        self.whole = whole
        self.renewed = renewed
        self.seed = seed
        self._recorded: dict[str, pa.Table] = {}
        self.con = duckdb.connect(config={"threads": 1})
        self._true = connection({name: records[name] for name in tables if name in records})
        self._make_tables(tables, records)
        self._true.close()

    def put_persons(self, day: date) -> None:
        """Make the table `person`: those registered by the day, with the mistakes that then stand in the registers."""
        registered = pc.less_equal(self._shown.people["registered"], day)
        self._put(self._joined(self._shown.persons(day)).filter(registered))

    def put_mistaken_persons(self) -> None:
        """Make the table `person` of those of whom a register has something wrong, without what is wrong."""
        mistaken = pc.is_in(self._shown.people["key"], value_set=self._shown.mistakes["key"].combine_chunks())
        self._put(self._joined(self._shown.persons(None, damaged=False)).filter(mistaken))

    def _joined(self, persons: pa.Table) -> pa.Table:
        """In a folder of the standard, with the system of each person and the record that replaced theirs."""
        told = {"is_duplicate_of": "renewed_as", "source_system": "system"} if self.whole else {}
        for name, behind in told.items():
            persons = persons.append_column(name, self._shown.people[behind])
        return persons

    def _put(self, persons: pa.Table) -> None:
        self.con.register("arrived", persons)
        self.con.execute("CREATE OR REPLACE TABLE person AS FROM arrived")
        self.con.unregister("arrived")

    def keep_only(self, name: str) -> None:
        """Drop every table of events but one."""
        for (other,) in self.con.execute("SELECT table_name FROM duckdb_tables()").fetchall():
            if other in TABLES and other != name:
                self.con.execute(f'DROP TABLE "{other}"')

    def recorded(self) -> dict[str, pa.Table]:
        """By table, the key of each record as text and the day on which it was entered, where a return may be drawn before."""
        if self.whole:
            return {}
        if not self._recorded:
            held = self.con.execute(
                "SELECT table_name FROM duckdb_columns() WHERE column_name = 'recorded_date'"
            ).fetchall()
            for (name,) in held:
                key = ", ".join(f"CAST({column.column_name} AS VARCHAR)" for column in TABLES[name].key)
                self._recorded[name] = self.con.execute(
                    f"SELECT concat_ws('|', {key}) AS record, CAST(recorded_date AS DATE) AS recorded FROM \"{name}\""
                ).to_arrow_table()
        return self._recorded

    def _make_tables(self, tables: Sequence[str], records: Records) -> None:
        for con in (self._true, self.con):
            con.register("registrations", self.registers.people.select(_REGISTRATION))
            con.register("families", self.registers.families)
        shown = self.con.execute(f"SELECT key FROM registrations WHERE {self._visible()}").to_arrow_table()["key"]
        self._shown = self.registers.only(shown.combine_chunks())
        for name in tables:
            if name in records and name != person.table_name:
                self.con.register("arrived", self._table(TABLES[name], records[name]))
                self.con.execute(f'CREATE TABLE "{name}" AS FROM arrived')
                self.con.unregister("arrived")

    def _visible(self) -> str:
        """SQL that is true for the registrations that the extracts of this time show."""
        if self.whole:
            return "TRUE"
        if self.register != CASE.name:
            return f"register = '{self.register}'"
        if self.renewed:
            return f"register = '{CASE.name}' AND renewed_as IS NULL"
        return f"system = '{OLD_CASE}'"

    def _table(self, table: Table, records: pa.Table) -> pa.Table:
        if table is person_identifier:
            return self._identifiers()
        if table is family_member:
            return self._members()
        if "person_key" not in table.columns:
            return records
        return self._events(table, records)

    def _identifiers(self) -> pa.Table:
        """The numbers that a register has of people, but for second registrations; and the old id of who was carried over."""
        numbers = [(each.name, kind) for each in REGISTERS for kind in each.numbers]
        has = " OR ".join(f"(register = '{name}' AND i.type = '{kind}')" for name, kind in numbers)
        system = ", r.system AS source_system" if self.whole else ""
        old = (
            f"SELECT renewed_as AS person_key, 'case_id' AS type, id AS value, registered AS valid_from, "
            f"{_CHANGE} - 1 AS valid_to{f', {_text(NEW_CASE)} AS source_system' if self.whole else ''} "
            "FROM registrations WHERE renewed_as IS NOT NULL"
        )
        held = {row[0] for row in self._true.execute("DESCRIBE person_identifier").fetchall()}
        ends = "i.valid_to" if "valid_to" in held else "CAST(NULL AS DATE)"
        begins = "i.valid_from" if "valid_from" in held else "CAST(NULL AS DATE)"
        usual = (
            f"SELECT r.key AS person_key, i.type, i.value, {begins} AS valid_from, {ends} AS valid_to{system} "
            "FROM person_identifier AS i "
            f"JOIN registrations AS r USING (person_key) WHERE kind <> 'twice' AND ({self._visible()}) AND ({has})"
        )
        carried_over = self.renewed and (self.whole or self.register == CASE.name)
        both = f"{usual} UNION ALL BY NAME {old}" if carried_over else usual
        return self._true.execute(f"SELECT * FROM ({both}) ORDER BY person_key, type, value").to_arrow_table()

    def _members(self) -> pa.Table:
        """Memberships of everybody the case system knows, under its number of the family."""
        return self._true.execute(
            "SELECT m.* REPLACE (f.number AS family_key, r.key AS person_key) FROM family_member AS m "
            "JOIN families AS f USING (family_key) JOIN registrations AS r USING (person_key) "
            f"WHERE r.register = '{CASE.name}' AND ({self._visible()}) ORDER BY f.number, r.key, from_date"
        ).to_arrow_table()

    def _events(self, table: Table, records: pa.Table) -> pa.Table:
        """The rows of events, each under the id by which the register of its agency knows the person on that day."""
        name, replaced = table.table_name, ["found.key AS person_key"]
        if "family_key" in records.column_names:
            replaced.append("CASE WHEN found.register = 'case' OR found.key IS NULL THEN f.number END AS family_key")
        joined = "LEFT JOIN families AS f ON f.family_key = e.family_key" if len(replaced) > 1 else ""
        required = table.columns["person_key"].required
        system = ", found.system AS source_system" if self.whole and required else ""
        self._true.register("halves", self._halves(table, records))
        self._true.execute(f"CREATE OR REPLACE TEMP TABLE who AS {_WHO}")
        return (
            self._true.execute(
                f"SELECT e.* REPLACE ({', '.join(replaced)}){system} "
                f"FROM (SELECT *, row_number() OVER () AS nth FROM {name}) AS e "
                f"LEFT JOIN ({self._found(table)}) AS found ON found.nth = e.nth {joined} "
                f"WHERE {'found.key IS NOT NULL' if required else 'TRUE'} ORDER BY e.nth"
            )
            .to_arrow_table()
            .drop_columns(["nth"])
        )

    def _halves(self, table: Table, records: pa.Table) -> pa.Table:
        """Whether each row stands with the second registration, where there is one: half of them do, always the same."""
        key = pc.binary_join_element_wise(
            *(pc.fill_null(records[c.column_name].cast(pa.string()), "") for c in table.key), "|"
        )
        second = luck_of(marks(key), self.seed, "second registration") < 0.5
        return pa.table({"nth": pa.array(range(1, records.num_rows + 1)), "second": pa.array(second)})

    def _found(self, table: Table) -> str:
        """SQL for the key, register and system of each row that a register of this system holds."""
        day = event_date(table)
        began = (
            f"{_CHANGE} - 1" if not self.renewed else f"coalesce(e.{day.column_name}, {_CHANGE})" if day else _CHANGE
        )
        new = "coalesce(CASE WHEN h.second THEN who.new_twice END, who.new, who.old)"
        old = "coalesce(CASE WHEN h.second THEN who.old_twice END, " + (
            "who.renewed, who.old, who.new)" if self.renewed else "who.old)"
        )
        return (
            f"SELECT e.nth, who.register, CASE WHEN who.register <> 'case' OR {began} >= {_CHANGE} "
            f"THEN {new} ELSE {old} END AS key, regexp_extract(key, '^(.*)-[^-]*$', 1) AS system "
            f"FROM (SELECT *, row_number() OVER () AS nth FROM {table.table_name}) AS e "
            f"JOIN halves AS h ON h.nth = e.nth JOIN who ON who.person_key = e.person_key AND {_register_of(table)}"
            + ("" if self.whole else f" WHERE who.register = '{self.register}'")
        )


_REGISTRATION = ["register", "system", "id", "key", "person_key", "kind", "registered", "renewed_as"]
_WHO = f"""
SELECT register, person_key,
  max(key) FILTER (system = '{OLD_CASE}' AND kind <> 'twice') AS old,
  max(key) FILTER (system = '{OLD_CASE}' AND kind = 'twice') AS old_twice,
  max(key) FILTER (system <> '{OLD_CASE}' AND kind <> 'twice') AS new,
  max(key) FILTER (system <> '{OLD_CASE}' AND kind = 'twice') AS new_twice,
  max(renewed_as) AS renewed
FROM registrations GROUP BY ALL
"""


def _register_of(table: Table) -> str:
    """SQL that is true for the register which holds a row of the table."""
    if table is partner_event:
        agencies = " ".join(f"WHEN '{each.agency}' THEN '{each.name}'" for each in REGISTERS if each.agency)
        return f"who.register = CASE e.agency {agencies} END"
    holder = next((each.name for each in REGISTERS if table.table_name in each.tables), CASE.name)
    return f"who.register = '{holder}'"


def _text(text: str) -> str:
    return f"'{text}'"
