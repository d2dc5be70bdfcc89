"""Mapping: how fast words are placed on codes, and what local words cost a load.

A. 10,000 different values, of the code lists whose words have rules, are placed one by one (at most 5 s).
B. One million contacts are loaded twice, in the same run: once with codes as the standard has them, once with a council's
   own words in their place, which rules and a saved map place (at most 1.5 times the time).

usage: python bench/mapping.py [--rows 1000000] [--runs 3]
"""

from __future__ import annotations

import argparse
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HEADINGS = "contact_id,person_key,contact_date,source_code,reason_code,decision_code,level_decided,team"
CODES = {
    "source_code": {
        "1A": "Family / Relative",
        "2A": "Education - Primary School",
        "3C": "Starting Well School Nurse",
        "3E": "Health Services - A & E Dept",
        "4": "LA Housing Dept or Housing Association",
        "5D": "Early Help Family Work Team",
        "6": "Police - CAIT",
        "8": "Hill Top Zorgle",
    },
    "reason_code": {"SF1": "Poor attendance", "SF8": "Domestic violence", "SF9": "Homelessness", "SF10": "Debts"},
    "decision_code": {"nfa": "NFA", "advice": "Advice given", "early_help": "Early Help", "statutory": "Statutory"},
    "level_decided": {"universal": "Universal", "targeted": "Targeted"},
}
"""Codes of each column, each with a word that a council might have in its place."""
ROLES = ("Police", "School nurse", "Social worker", "GP surgery", "Court", "Neighbour", "Midwife", "Charity", "Zorgle")
PLACES = ("North", "South", "East", "West", "Central", "Hill Top", "Riverside", "Borough", "Council", "Trust")
MARKS = ["{} - {}", "{} ({})", "{}: {}", "{} / {}", "{} {}"]


def main() -> None:
    """Both measurements, printed with their limits."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--rows", type=int, default=1_000_000)
    asked.add_argument("--runs", type=int, default=3)
    options = asked.parse_args()
    print(f"10,000 different values: {ten_thousand_values():5.2f} s  (at most 5)")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for local in (False, True):
            write_contacts(place / f"contact{int(local)}.csv", options.rows, local=local)
        (place / "standard.toml").write_text(map_of_words(), "utf-8")
        pairs = [(loaded(place, options.rows, False), loaded(place, options.rows, True)) for _ in range(options.runs)]
    codes, words = (statistics.median(times) for times in zip(*pairs, strict=True))
    ratio = statistics.median(local / standard for standard, local in pairs)
    print(f"{options.rows:,} rows, standard codes: {codes:5.2f} s; local words: {words:5.2f} s")
    print(f"local words / standard codes: {ratio:4.2f}  (at most 1.5)")


def ten_thousand_values() -> float:
    """Seconds for 10,000 different values of four columns, half of them in words no rule has met."""
    from earlyhelp.ingest.codes import propose
    from earlyhelp.standard import contact, person, social_care_event

    chance = random.Random(20260331)
    columns = [contact.source_code, person.ethnicity, social_care_event.category, social_care_event.outcome_code]
    values: set[str] = set()
    while len(values) < 10_000:
        made = chance.choice(MARKS).format(chance.choice(ROLES), chance.choice(PLACES))
        values.add(f"{made} {chance.randrange(10_000)}" if chance.random() < 0.5 else f"{made} {invented(chance)}")
    start = time.perf_counter()
    for number, value in enumerate(sorted(values)):
        codes = columns[number % len(columns)].code_list
        assert codes
        propose(codes, value)
    return time.perf_counter() - start


def invented(chance: random.Random) -> str:
    """A word of eight letters that nobody has written."""
    return "".join(chance.choice("abcdefghijklmnoprstuvw") for _ in range(8))


def write_contacts(path: Path, rows: int, *, local: bool) -> None:
    """Contacts of invented keys; in the standard's codes or in a council's words, else the same."""
    chance = random.Random(20260331)
    with path.open("w", encoding="utf-8") as stream:
        stream.write(HEADINGS + "\n")
        for number in range(rows):
            said = [chance.choice(list(words.items()))[int(local)] for words in CODES.values()]
            day = f"{chance.randrange(2020, 2026)}-{chance.randrange(1, 13):02d}-{chance.randrange(1, 29):02d}"
            stream.write(f"C{number},P{chance.randrange(rows // 3 + 1)},{day},{','.join(said)},Team {number % 9}\n")


def map_of_words() -> str:
    """A saved map with the word that no rule places."""
    return 'name = "standard"\n\n[words."contact.source_code"]\n"Hill Top Zorgle" = "8"\n'


def loaded(place: Path, rows: int, local: bool) -> float:
    """Seconds of one load into a fresh workspace; the account is checked, and that no word stayed unmapped."""
    workspace = place / "council"
    shutil.rmtree(workspace, ignore_errors=True)
    program = [sys.executable, "-m", "earlyhelp"]
    made = [*program, "init", str(workspace), "--council", "E09000032", "--quiet"]
    subprocess.run(made, check=True, stdout=subprocess.DEVNULL)
    shutil.copyfile(place / "standard.toml", workspace / "maps" / "standard.toml")
    shutil.copyfile(place / f"contact{int(local)}.csv", place / "contact.csv")
    start = time.perf_counter()
    command = [*program, "load", str(workspace), str(place / "contact.csv"), "--source", "standard", "--quiet"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    seconds = time.perf_counter() - start
    (report,) = (workspace / "store" / "feeds").glob("*/feed.json")
    told = report.read_text("utf-8")
    if f'"rows_accepted": {rows}' not in told or '"unmapped_values": []' not in told:
        raise SystemExit("the account does not hold every row, or a word stayed unmapped")
    return seconds


if __name__ == "__main__":
    main()
