"""What a run leaves for the next one, so that only what is new is compared, by parameters that stay as they are."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb

from earlyhelp.link.model import Parameters, read_parameters
from earlyhelp.standard import sql
from earlyhelp.store.files import read_json

KEPT = {
    "link_seen": "SELECT person_key, mark FROM link_record ORDER BY ALL",
    "link_candidate": (
        "SELECT l.person_key AS person_key_l, r.person_key AS person_key_r, weight, probability, clash "
        "FROM link_pair JOIN link_record AS l ON l.unique_id = unique_id_l JOIN link_record AS r ON r.unique_id = unique_id_r "
        "ORDER BY ALL"
    ),
}
"""Tables of the identity side of a snapshot: what was compared, and the pairs that came near to being one person."""


def recall(con: duckdb.DuckDBPyConnection, snapshot: Path, version: str) -> Parameters | None:
    """The parameters of an earlier snapshot, with its `link_seen` and `link_kept` in `con`; None where it is of no use.

    Made by another version of the program, or never finished, an earlier run is forgotten: everything is compared again.
    """
    try:
        manifest = read_json(snapshot / "manifest.json")
        told = manifest["linkage"]
        if manifest["version"] != version or manifest["duckdb"] != duckdb.__version__ or not told:
            return None
        for table, file in (("link_seen", "link_seen"), ("link_kept", "link_candidate")):
            path = sql.literal(snapshot / "identity" / f"{file}.parquet")
            con.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS FROM read_parquet({path})")
        return read_parameters(told)
    except (OSError, ValueError, KeyError, duckdb.Error):
        return None


def told_of(parameters: Parameters | None) -> Mapping[str, Any] | None:
    """What the manifest says of the parameters."""
    return parameters.as_json() if parameters else None
