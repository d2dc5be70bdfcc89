"""Do the studies of services find what is true? Synthetic councils in the standard's layout, linkage skipped.

For each council and service: the estimate with its interval against what is planted. The estimand is the effect against
what those families would have been offered instead, so the truth is the mean, over the families offered the service, of
their risk under it less the mean of their risks under everything else, by the chance that each had of being offered it.

Results of each council are kept in a work folder; --resume carries on with a run that was stopped.

usage: python bench/evaluating/services_truth.py [--councils 20] [--children 20000] [--seed 1] [--full] [--resume] [--work FOLDER]
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from truth import LIKE, Plan, chance, find_profile, make_council, run, with_extracts

from earlyhelp.build.spells import make_spells
from earlyhelp.build.tables import make_profile
from earlyhelp.evaluate.services import grouped
from earlyhelp.evaluate.studies.cohort import read_cohort
from earlyhelp.evaluate.studies.finding import evaluate, said
from earlyhelp.evaluate.studies.outcomes import WINDOWS
from earlyhelp.evaluate.studies.protocol import service_study
from earlyhelp.store.files import read_json, write_json
from earlyhelp.store.snapshots import read_tables
from earlyhelp.studying import directory, effect_of
from earlyhelp.synthetic.council import Council
from earlyhelp.synthetic.lives.offers import COVARIATES, hazard_ratios, propensities
from earlyhelp.synthetic.services import CANNOT_TELL, SERVICES
from earlyhelp.synthetic.timeline import LAST_DAY

ABUSE = COVARIATES.index("domestic_abuse")


def tables(council: Council) -> duckdb.DuckDBPyConnection:
    """The snapshot's tables as linkage would make them, were every record of the right person and family."""
    con = duckdb.connect()
    members = council.records["family_member"]
    con.register("members", members)
    for name, table in council.records.items():
        con.register("told", table)
        has = set(table.column_names)
        extra = ["row_number() OVER () AS row_id"] if "row_id" not in has else []
        extra += [
            f"{key}_key AS {key}_id" for key in ("person", "family") if f"{key}_key" in has and f"{key}_id" not in has
        ]
        join = ""
        if "person_key" in has and "family_key" not in has:
            extra.append("child.family_key AS family_id")
            join = (
                "LEFT JOIN (SELECT person_key, any_value(family_key) AS family_key FROM members GROUP BY 1) AS child "
            )
            join += "USING (person_key)"
        con.execute(f"CREATE TABLE {name} AS SELECT told.*, {', '.join(extra)} FROM told {join}")
    for column, kind in (("expected_dob", "DATE"), ("lsoa", "VARCHAR"), ("is_child", "BOOLEAN")):
        con.execute(f"ALTER TABLE person ADD COLUMN IF NOT EXISTS {column} {kind}")
    con.execute("UPDATE person SET is_child = coalesce(is_child, dob > DATE '2002-04-01')")
    con.execute(
        "CREATE TABLE family_membership AS "
        "SELECT person_key AS person_id, family_key AS family_id, from_date, to_date FROM members"
    )
    for name in ("eh_episode", "social_care_event"):
        _add(con, name, "source_system")
    make_spells(con)
    make_profile(con)
    return con


def _add(con: duckdb.DuckDBPyConnection, table: str, column: str) -> None:
    con.execute(f"ALTER TABLE {table} ADD COLUMN IF NOT EXISTS {column} VARCHAR DEFAULT 'standard'")


def truths(offers: pa.Table, months: int) -> dict[str, float]:
    """By service, the true mean difference among the families offered it, against what they would have been offered else."""
    held = offers.filter(offers["eligible"]).to_pydict()
    covariates = np.column_stack([np.asarray(held[name], float) for name in COVARIATES])
    day = np.asarray(held["time_zero"], dtype="datetime64[D]").astype(np.int64)
    hazard, service = np.asarray(held["hazard"], float), np.asarray([each or "" for each in held["service_id"]])
    chances = propensities(None, covariates, np.asarray(held["motivation"], float), day)
    ratios = hazard_ratios(covariates[:, ABUSE] > 0)
    risks = 1 - np.exp(-hazard[:, None] * ratios * WINDOWS[months] / 365.25 * 12)
    found = {}
    for place, each in enumerate(SERVICES, start=1):
        takers = service == each.service_id
        others = chances[takers].copy()
        others[:, place] = 0
        if takers.any():
            instead = (others * risks[takers]).sum(axis=1) / others.sum(axis=1)
            found[each.service_id] = float((risks[takers, place] - instead).mean())
    return found


def judge(number: int, children: int, seed: int) -> dict[str, Any]:
    """One council in the standard's layout, linkage skipped: made, studied, and every estimate beside the truth."""
    begin = time.perf_counter()
    own = int(chance(seed, "council", number).integers(2**31))
    council = make_council(find_profile(LIKE[number % len(LIKE)]), children, own, number)
    con, made = tables(council), time.perf_counter()
    rows = studied(con, council.truth["offers"])
    return {"rows": rows, "seconds": [made - begin, time.perf_counter() - made]}


def judge_full(number: int, children: int, seed: int) -> dict[str, Any]:
    """One council through the messy extracts of its systems, intake and linkage and all."""
    begin = time.perf_counter()
    own = int(chance(seed, "full", number).integers(2**31))
    with tempfile.TemporaryDirectory() as scratch:
        made, workspace, _ = with_extracts(Path(scratch), Plan(1, children, own, (LIKE[number % len(LIKE)],)))
        run(workspace, LAST_DAY, as_at=LAST_DAY)
        ran, offers = time.perf_counter(), Path(scratch) / "made" / "truth" / made.folder / "offers.parquet"
        con = read_tables(workspace.snapshot_folder(), Path(scratch))
        rows = studied(con, pq.read_table(offers))
        con.close()
    return {"rows": rows, "seconds": [ran - begin, time.perf_counter() - ran]}


def studied(con: duckdb.DuckDBPyConnection, offers: pa.Table) -> list[dict[str, Any]]:
    """Every service's study beside the truth of its offers."""
    cohort = read_cohort(con, LAST_DAY)
    findings = [evaluate(cohort, service_study(each), about, whole=False) for each, about in directory(con).items()]
    groups = {each.service: each for each in grouped([effect_of(one, cohort) for one in findings]).services}
    true, rows = truths(offers, 12), []
    for finding in findings:
        service = finding.about.service_id
        told = finding.main.estimates if finding.estimable else ()
        rows.append({
            "service": service, "true": true.get(service), "estimable": finding.estimable,
            "estimates": {each.method: [each.estimate, each.lower, each.upper] for each in told},
            "mde": finding.main.minimum_detectable, "n": finding.main.known_treated,
            "verdict": said(finding).verdict, "group": str(groups[service].group),
        })  # fmt: skip
    return rows


def page(results: Iterable[Mapping[str, Any]], options: argparse.Namespace) -> str:
    """What was found, as Markdown: coverage by method, then a row a service, with Monte Carlo errors."""
    rows = [row for result in results for row in result["rows"] if row["true"] is not None]
    told = [row for row in rows if row["estimates"]]
    layout = (
        "through the messy extracts of every system" if options.full else "in the standard's layout, linkage skipped"
    )
    lines = [
        "# Do the studies of services find what is true?",
        "",
        f"{options.councils} synthetic councils of {options.children:,} children, {layout}; seed {options.seed}. "
        f"{len(rows)} studies, {len(told)} with a figure. Truth: the mean, over the families offered a service, of their risk "
        "of a step up within 12 months under it less that under what they would have been offered else.",
        "",
        "| method | true effect inside the 95 per cent interval | Monte Carlo error | studies |",
        "|---|---|---|---|",
        *(_of_method(method, told) for method in METHODS),
        "",
        "The service that motivation selects for (S06) is left out above: no record holds motivation.",
        "",
        "| service | what can be known | true | mean estimate | inside | with a figure | families | detectable | verdicts | "
        "groups |",
        "|---|---|---|---|---|---|---|---|---|---|",
        *(_of_service(service, [row for row in rows if row["service"] == service]) for service in sorted(KNOWABLE)),
    ]
    return "\n".join(lines) + "\n"


METHODS = ("entropy_balancing", "aipw", "matching")
KNOWABLE = {each.service_id: each.knowable for each in SERVICES}


def _of_method(method: str, told: list[Mapping[str, Any]]) -> str:
    found = [(row["true"], *row["estimates"][method]) for row in told if method in row["estimates"] and _is_sound(row)]
    inside = [low <= true <= high for true, _, low, high in found]
    if not inside:
        return f"| {method} | none | | 0 |"
    share = float(np.mean(inside))
    return f"| {method} | {share:.3f} | {np.sqrt(share * (1 - share) / len(inside)):.3f} | {len(inside)} |"


def _is_sound(row: Mapping[str, Any]) -> bool:
    return KNOWABLE[row["service"]] != CANNOT_TELL


def _of_service(service: str, rows: list[Mapping[str, Any]]) -> str:
    """One row of the page: truth, estimates, how often inside, verdicts and groups."""
    told = [row for row in rows if row["estimates"]]
    first = [(row["true"], *row["estimates"][METHODS[0]]) for row in told]
    mean = f"{np.mean([one[1] for one in first]):+.3f}" if first else ""
    inside = f"{np.mean([low <= true <= high for true, _, low, high in first]):.2f}" if first else ""
    seen = [row["mde"] for row in told if row["mde"]]
    cells = (
        service, KNOWABLE[service], f"{np.mean([row['true'] for row in rows]):+.3f}" if rows else "", mean, inside,
        f"{len(told)} of {len(rows)}", f"{np.mean([row['n'] for row in rows]):.0f}" if rows else "",
        f"{np.mean(seen):.3f}" if seen else "", _counted(row["verdict"] for row in rows), _counted(row["group"] for row in rows),
    )  # fmt: skip
    return f"| {' | '.join(cells)} |"


def _counted(words: Iterable[str]) -> str:
    return ", ".join(f"{word} {count}" for word, count in Counter(words).most_common())


def main() -> None:
    """Do every council, then report."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--councils", type=int, default=20)
    asked.add_argument("--children", type=int, default=20_000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--full", action="store_true", help="through the messy extracts of each system, with linkage")
    asked.add_argument("--resume", action="store_true")
    asked.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "earlyhelp-services-truth")
    asked.add_argument("--write", type=Path, help="write what was found to this page as well")
    options = asked.parse_args()
    folder = options.work / f"{'full-' if options.full else ''}{options.children}-{options.seed}"
    one = judge_full if options.full else judge
    if not options.resume:
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    results = []
    for number in range(options.councils):
        target = folder / f"{number:03d}.json"
        if not target.exists():
            write_json(target, one(number, options.children, options.seed))
        results.append(read_json(target))
    made, done = np.array([each["seconds"] for each in results]).mean(axis=0)
    print(f"{options.councils} councils of {options.children:,}: made in {made:.1f} s, studied in {done:.1f} s each")
    found = page(results, options)
    print(found)
    if options.write:
        options.write.write_text(found, encoding="utf-8")


if __name__ == "__main__":
    main()
