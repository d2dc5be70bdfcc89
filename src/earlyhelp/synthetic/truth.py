"""The truth of a synthetic council, written apart from its extracts: one Parquet file a table, and what each of them is."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from earlyhelp.store.files import write_text
from earlyhelp.synthetic.council import Council
from earlyhelp.synthetic.extracts import Planted

MEANINGS: Mapping[str, str] = {
    "planted_faults": "every planted fault: file, sheet or part, row, heading, what was there and what became of it",
    "registers": "who is who: which person each id of each system truly is",
    "register_mistakes": "what each register has wrong about a person: column, fault, what is right, what it says, until when",
    "register_families": "the case system's number of each true family",
    "records": "a folder: the standard's tables as they truly are, complete and without fault",
    "offers": "one row an allocated family episode: what was recorded before the offer, what was taken, what would have "
    "followed under each service and under none",
    "effects": "by service, group and window: risk of a step-up among takers with and without the service",
    "absence_effects": "sessions missed in the year after the service that improves attendance, with and without it",
    "abuse": "every incident of domestic abuse, and whether the police heard of it",
    "area_abuse": "by small area: true rate of incidents and the share heard of",
    "shocks": "every poverty shock: family, kind, day",
    "shock_effects": "by shock and need: declared ratio, risk that the need arises with and without the shock",
    "cut": "by locality and month: referrals that the budget cut alone caused",
    "needs": "every true spell of a need",
    "waits": "every accepted family: when, until when, how the wait ended",
}
"""What each table of the truth is. Columns are described in `lives.truth`, where they are made."""


def write_truth(council: Council, planted: Planted | None, folder: Path) -> None:
    """Write the truth of a council; `planted` is what its extracts were damaged with, None where they are as they should be."""
    tables = dict(council.truth)
    if planted:
        tables |= {
            "planted_faults": planted.faults,
            "registers": planted.registers.people,
            "register_mistakes": planted.registers.mistakes,
            "register_families": planted.registers.families,
        }
    for name, table in tables.items():
        write(table, folder / f"{name}.parquet")
    (folder / "records").mkdir()
    for name, table in council.records.items():
        write(table, folder / "records" / f"{name}.parquet")
    write_text(folder / "README.md", _readme(council, {*tables, "records"}))


def write(table: pa.Table, path: Path) -> None:
    """Write a table as Parquet."""
    pq.write_table(table, path, compression="zstd")


def _readme(council: Council, there: set[str]) -> str:
    listed = [f"- `{name}`: {meaning}" for name, meaning in MEANINGS.items() if name in there]
    return "\n".join(
        [
            f"# The truth about {council.name} ({council.code})",
            "",
            f"An invented council of {council.children:,} children, drawn to resemble {council.profile.resembles} by its "
            f"published rates, with seed {council.seed}. No person, address or school in it is real.",
            "",
            *listed,
            "",
        ]
    )
