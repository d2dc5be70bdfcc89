"""Do the studies of services find what is true? Synthetic councils in the standard's layout, linkage skipped.

For each council and service: the estimate with its interval against what is planted. The estimand is the effect against
what those families would have been offered instead, so the truth is the mean, over the families offered the service, of
their risk under it less the mean of their risks under everything else, by the chance that each had of being offered it.

Results of each council are kept in a work folder; --resume carries on with a run that was stopped.

usage: python bench/evaluating/services_truth.py [--councils 20] [--children 20000] [--seed 1] [--resume] [--work FOLDER]
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from truth import LIKE, chance, find_profile, make_council

from earlyhelp.build.spells import make_spells
from earlyhelp.build.tables import make_profile
from earlyhelp.evaluate.services import ServiceEffect, grouped
from earlyhelp.evaluate.studies.cohort import read_cohort
from earlyhelp.evaluate.studies.finding import About, evaluate, said
from earlyhelp.evaluate.studies.outcomes import WINDOWS
from earlyhelp.evaluate.studies.protocol import service_study
from earlyhelp.store.files import read_json, write_json
from earlyhelp.studying import _effect
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
        extra += [f"{key}_key AS {key}_id" for key in ("person", "family") if f"{key}_key" in has and f"{key}_id" not in has]
        join = ""
        if "person_key" in has and "family_key" not in has:
            extra.append("child.family_key AS family_id")
            join = "LEFT JOIN (SELECT person_key, any_value(family_key) AS family_key FROM members GROUP BY 1) AS child USING (person_key)"
        con.execute(f"CREATE TABLE {name} AS SELECT told.*, {', '.join(extra)} FROM told {join}")
    for column, kind in (("expected_dob", "DATE"), ("lsoa", "VARCHAR"), ("is_child", "BOOLEAN")):
        con.execute(f"ALTER TABLE person ADD COLUMN IF NOT EXISTS {column} {kind}")
    con.execute("UPDATE person SET is_child = coalesce(is_child, dob > DATE '2002-04-01')")
    con.execute("CREATE TABLE family_membership AS SELECT person_key AS person_id, family_key AS family_id, from_date, to_date FROM members")
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
    """One council: made, studied, and every service's estimate beside the truth."""
    begin = time.perf_counter()
    own = int(chance(seed, "council", number).integers(2**31))
    council = make_council(find_profile(LIKE[number % len(LIKE)]), children, own, number)
    con, made = tables(council), time.perf_counter()
    cohort = read_cohort(con, LAST_DAY)
    directory = con.execute(
        "SELECT service_id, name, level IS NOT NULL OR minimum_age IS NOT NULL, annual_cost FROM service ORDER BY 1"
    ).fetchall()
    findings = [evaluate(cohort, service_study(each[0]), About(*each), whole=False) for each in directory]
    groups = {each.service: each for each in grouped([_effect(one, cohort) for one in findings]).services}
    true = truths(council.truth["offers"], 12)
    rows = []
    for finding in findings:
        service = finding.about.service_id
        first = finding.main.estimates[0] if finding.estimable else None
        rows.append({
            "service": service, "true": true.get(service), "estimable": finding.estimable,
            "estimates": {each.method: [each.estimate, each.lower, each.upper] for each in finding.main.estimates} if first else {},
            "mde": finding.main.minimum_detectable, "n": finding.main.known_treated, "events": finding.main.events_treated,
            "expected": finding.main.known_treated * (finding.main.risk_compared or 0),
            "verdict": said(finding).verdict, "group": str(groups[service].group),
            "why": list(finding.design.gate.reasons) if finding.design else [finding.refused],
        })  # fmt: skip
    return {"rows": rows, "seconds": [made - begin, time.perf_counter() - made]}


def report(results: Iterable[Mapping[str, Any]]) -> None:
    """Coverage, bias, power and false claims, with Monte Carlo errors."""
    rows = [row for result in results for row in result["rows"] if row["true"] is not None]
    knowable = {each.service_id: each.knowable for each in SERVICES}
    told = [row for row in rows if row["estimates"]]
    print(f"{len(rows)} studies, {len(told)} with a figure")
    for method in ("entropy_balancing", "aipw", "matching"):
        inside = [
            row["estimates"][method][1] <= row["true"] <= row["estimates"][method][2]
            for row in told
            if method in row["estimates"] and knowable[row["service"]] != CANNOT_TELL
        ]
        share = float(np.mean(inside))
        print(f"  {method}: true effect inside the interval {share:.3f} (Monte Carlo error {np.sqrt(share * (1 - share) / len(inside)):.3f}, n = {len(inside)})")
    by = defaultdict(list)
    for row in rows:
        by[row["service"]].append(row)
    print("service  true   mean estimate  inside  figures of  families  mde   verdicts / groups")
    for service, each in sorted(by.items()):
        with_figure = [row for row in each if row["estimates"]]
        first = [row["estimates"]["entropy_balancing"] for row in with_figure]
        inside = np.mean([low <= row["true"] <= high for row, (_, low, high) in zip(with_figure, first, strict=True)]) if first else np.nan
        mde = np.nanmean([row["mde"] or np.nan for row in with_figure]) if first else np.nan
        print(
            f"{service}    {np.mean([row['true'] for row in each]):+.3f}  {np.mean([one[0] for one in first]) if first else np.nan:+.3f}"
            f"         {inside:.2f}    {len(first)} of {len(each)}  {np.mean([row['n'] for row in each]):6.0f}   {mde:.3f} "
            f" {dict(Counter(row['verdict'] for row in each))} {dict(Counter(row['group'] for row in each))}"
        )


def main() -> None:
    """Do every council, then report."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--councils", type=int, default=20)
    asked.add_argument("--children", type=int, default=20_000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--resume", action="store_true")
    asked.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "earlyhelp-services-truth")
    options = asked.parse_args()
    folder = options.work / f"{options.children}-{options.seed}"
    if not options.resume:
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    results = []
    for number in range(options.councils):
        target = folder / f"{number:03d}.json"
        if not target.exists():
            write_json(target, judge(number, options.children, options.seed))
        results.append(read_json(target))
    seconds = np.array([each["seconds"] for each in results])
    print(f"{options.councils} councils of {options.children:,}: made in {seconds[:, 0].mean():.1f} s, studied in {seconds[:, 1].mean():.1f} s each")
    report(results)


if __name__ == "__main__":
    main()
