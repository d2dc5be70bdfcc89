"""Who stands in the registers of a made council, whom linkage made of them, and whether their records say one thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq

from earlyhelp.ingest.receive import staged_feeds
from earlyhelp.link.review import all_questions
from earlyhelp.standard import Column, sql
from earlyhelp.store.workspace import Workspace
from earlyhelp.synthetic.systems import PARTNERS


class People:
    """Whom linkage made of those who stand in the registers, and whether their joined records say one thing of them."""

    def __init__(self, truth: Path, workspace: Workspace) -> None:
        file = workspace.snapshot_folder() / "analysis" / "person_link.parquet"
        with duckdb.connect() as con:
            links = con.execute(f"SELECT person_key, person_id FROM read_parquet({sql.literal(file)})").fetchall()
        person_of = dict(links)
        sources = {feed["source"] for feed in staged_feeds(workspace)}
        told = ["register", "key", "id", "person_key"]
        self._ids: dict[tuple[str, str], list[set[str]]] = defaultdict(list)
        for row in pq.read_table(truth / "registers.parquet", columns=told).to_pylist():
            keys = keys_in(row, sources, workspace)
            self._ids[row["register"], row["person_key"]].append({person_of[key] for key in keys if key in person_of})
        self._at_odds = _at_odds(workspace)
        self._asked = {each.people for each in all_questions(workspace) if len(each.people) > 1}

    def are_joined(self, register: str, who: str) -> bool:
        """True where a register has several registrations of a true person, of which linkage made one."""
        ids = self._ids.get((register, who), [])
        return len(ids) > 1 and len(set().union(*ids)) == 1

    def are_asked_about(self, register: str, who: str) -> bool:
        """True where the review desk asks whether two of a person's records are of one, and one of them is the register's."""
        everywhere = set().union(*(ids for (_, person), held in self._ids.items() if person == who for ids in held))
        own = set().union(*self._ids.get((register, who), []))
        return any(frozenset((one, other)) in self._asked for one in own for other in everywhere - {one})

    def are_at_odds(self, register: str, who: str, columns: Iterable[Column]) -> bool:
        """True where records that are joined with those of the register say different things in one of the columns."""
        ids = set().union(*self._ids.get((register, who), []))
        return any((person_id, column.column_name) in self._at_odds for person_id in ids for column in columns)


def _at_odds(workspace: Workspace) -> set[tuple[str, str]]:
    """The people, and the columns in which their records differ."""
    held = [sql.literal(workspace.snapshot_folder() / side / "person.parquet") for side in ("analysis", "identity")]
    said = {
        "forename": "lower(forename)", "surname": "lower(surname)", "dob": "dob",
        "sex": "CASE WHEN sex IN ('M', 'F') THEN sex END",
        "postcode": "CASE WHEN is_duplicate_of IS NULL THEN postcode END",
    }  # fmt: skip
    found: set[tuple[str, str]] = set()
    with duckdb.connect() as con:
        for name, text in said.items():
            rows = con.execute(
                f"SELECT person_id FROM read_parquet({held[0]}) AS told JOIN read_parquet({held[1]}) AS who USING (row_id) "
                f"GROUP BY person_id HAVING count(DISTINCT {text}) > 1"
            ).fetchall()
            found |= {(person_id, name) for (person_id,) in rows}
    return found


def keys_in(row: Mapping[str, Any], sources: Iterable[str], workspace: Workspace) -> set[str]:
    """The keys that a registration has in the dataset: the numbers of one partner's register are nobody's in another's."""
    partners = {each.name for each in PARTNERS}
    own = {row["register"]} if row["register"] in partners else set(sources) - partners
    return {row["key"], *(workspace.pseudonyms.of("person", source, row["id"]) for source in own)}
