"""What a run leaves for the next one, so that only what is new is compared, by parameters that stay as they are."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb

from earlyhelp.link.model import Parameters, read_parameters
from earlyhelp.standard import sql
from earlyhelp.store.files import read_json

KEPT = {
    "link_seen": "SELECT person_key, mark, unique_id AS number FROM link_row ORDER BY unique_id",
    "link_candidate": (
        "SELECT l.person_key AS person_key_l, r.person_key AS person_key_r, weight, probability, clash, "
        "unique_id_l AS number_l, unique_id_r AS number_r FROM link_pair "
        "JOIN link_row AS l ON l.unique_id = unique_id_l JOIN link_row AS r ON r.unique_id = unique_id_r "
        "ORDER BY unique_id_l, unique_id_r"
    ),
}
"""Tables of the identity side of a snapshot: what was compared, and the pairs that came near to being one person.

`mark`: a fingerprint of what the record says. `number`: the record's number in this run alone, by which its pairs are found.
"""
LEFT = {
    "link_seen": "SELECT person_key, mark, number FROM {link_seen}",
    "link_kept": "SELECT number_l, number_r, weight, probability, clash FROM {link_candidate}",
}
"""What the next run reads of them, and what it calls it; each table of `KEPT` stands as a field to be filled."""


def recall(con: duckdb.DuckDBPyConnection, snapshot: Path, version: str) -> Parameters | None:
    """The parameters of an earlier snapshot, with its `link_seen` and `link_kept` in `con`; None where it is of no use.

    Made by another version of the program or by other rules, or never finished, an earlier run is forgotten: everything is
    compared again.
    """
    try:
        manifest = read_json(snapshot / "manifest.json")
        told = manifest["linkage"]
        if manifest["version"] != version or manifest["duckdb"] != duckdb.__version__ or not told:
            return None
        if told["rules"] != rules():  # by which its pairs were judged, whatever the version
            return None
        read_left(con, snapshot / "identity")
        return read_parameters(told)
    except (OSError, ValueError, KeyError, duckdb.Error):
        return None


def read_left(con: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Make `link_seen` and `link_kept` in `con` of the tables of `KEPT` that lie in a folder. Raises duckdb.Error."""
    files = {name: f"read_parquet({sql.literal(folder / f'{name}.parquet')})" for name in KEPT}
    for table, query in LEFT.items():
        con.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS {query.format(**files)}")


def told_of(parameters: Parameters | None) -> Mapping[str, Any] | None:
    """What the manifest says of the parameters, and by which rules pairs were judged."""
    return {**parameters.as_json(), "rules": rules()} if parameters else None


def rules() -> str:
    """A fingerprint of all by which records are read, compared and judged: this package's programs, names and parameters.

    Pairs of a run that read a name otherwise, or had another rule of what parts two people, are not taken over.
    """
    whole = hashlib.sha256()
    for each in sorted(files("earlyhelp.link").iterdir(), key=lambda file: file.name):
        if each.name.endswith((".py", ".csv", ".json")):
            whole.update(each.name.encode() + each.read_bytes())
    return whole.hexdigest()[:16]
