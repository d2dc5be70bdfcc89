"""Names and other identifiers stay on the identity side: not in analysis, manifests, certificates, logs or messages."""

from __future__ import annotations

import stat
from pathlib import Path

import duckdb
import pytest
from tests.journeys.conftest import earlyhelp

CANARIES = ("Zebedee", "Quillfeather", "2011-07-19", "9434765919", "Q801200001001", "13 Nowhere Lane", "ZY1 2AB")
PERSON = (
    "person_key,source_person_id,forename,surname,dob,sex,address_line,postcode\n"
    "k1,CANARY77,Zebedee,Quillfeather,2011-07-19,M,13 Nowhere Lane,ZY1 2AB\n"
)
IDENTIFIER = "person_key,type,value\nk1,nhs_number,9434765919\nk1,upn,Q801200001001\n"
CONTACT = (
    "contact_id,person_key,contact_date,source_code,requestor_organisation,reason_raw\n"
    "1,k1,2025-04-01,6,Zebedee Quillfeather,Quillfeather called about Zebedee\n"
    "2,k1,Zebedee Quillfeather,6,Elm School,\n"
    "3,,2025-04-01,6,Zebedee Quillfeather,\n"
)


@pytest.fixture
def council(workspace: Path) -> Path:
    """A workspace into which one person was loaded whose every identifier can be searched for."""
    for name, text in (("person", PERSON), ("person_identifier", IDENTIFIER), ("contact", CONTACT)):
        (workspace / "inbox" / f"{name}.csv").write_text(text)
    return workspace


def test_what_the_commands_print_names_nobody(council: Path) -> None:
    printed = []
    for arguments in (
        ["run", council],
        ["run", council, "--json"],
        ["check", council],
        ["check", council, "--json"],
        ["measure", council, "A1", "--by", "requestor_organisation"],
        ["doctor", council],
    ):
        ended = earlyhelp(*arguments)
        printed.append(ended.out + ended.err)
    assert not [canary for canary in (*CANARIES, "CANARY77") for text in printed if canary in text]


def test_the_analysis_side_holds_no_identifier(council: Path) -> None:
    assert earlyhelp("run", council).code == 0
    (snapshot,) = (council / "store" / "snapshots").iterdir()
    found = {path.stem for path in (snapshot / "analysis").glob("*.parquet") if _holds(path)}
    assert found == set()
    assert {path.stem for path in (snapshot / "identity").glob("*.parquet") if _holds(path)} == {
        "contact",
        "person",
        "person_identifier",
    }


def test_manifests_certificates_and_logs_hold_no_identifier(council: Path) -> None:
    earlyhelp("run", council)
    earlyhelp("measure", council, "A1", "--by", "requestor_organisation")
    earlyhelp("export", council, "person", "--out", council / "person.csv", "--identity", "--reason", "test")
    kept = [*council.rglob("manifest.json"), *(council / "log").iterdir(), *(council / "store").glob("certificates*")]
    assert len(kept) >= 3
    for path in kept:
        content = path.read_bytes()
        assert not [canary for canary in CANARIES if canary.encode() in content], path.name


def test_an_export_with_identity_holds_what_was_loaded_and_one_without_does_not(council: Path) -> None:
    earlyhelp("run", council)
    earlyhelp("export", council, "person", "--out", council / "with.csv", "--identity")
    earlyhelp("export", council, "person", "--out", council / "without.csv")
    assert "Quillfeather" in (council / "with.csv").read_text()
    assert not [canary for canary in CANARIES if canary in (council / "without.csv").read_text()]


def test_every_file_of_the_store_is_its_owners_alone(council: Path) -> None:
    earlyhelp("run", council)
    earlyhelp("measure", council, "A1")
    for path in [*(council / "store").rglob("*"), *(council / "keys").rglob("*"), *(council / "log").rglob("*")]:
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0 or path.name in ("lock", "current"), path


def _holds(path: Path) -> bool:
    """True when any value of the file holds a canary."""
    with duckdb.connect() as con:
        rows = con.read_parquet(str(path)).fetchall()
    text = "\n".join(str(value) for row in rows for value in row)
    return any(canary in text for canary in (*CANARIES, "CANARY77"))
