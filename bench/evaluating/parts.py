"""Each part of the benchmark: what is timed, the peers beside it, and what must hold."""

from __future__ import annotations

import shutil
import statistics
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from linkage.quality import Limit
from linkage.runs import OURS, PEERS, NotFinished, timed

from evaluating import made

HERE = Path(__file__).parent
Answer = Mapping[str, Any]


class Peer(NamedTuple):
    """A tool, the script of `peers/` that runs it, and what installs it."""

    name: str
    script: str
    comes_by: str


class Part(NamedTuple):
    """One question: the rows, the limit in seconds of our fastest run, the peers, and how an answer is compared with a peer's."""

    asks: str
    rows: Callable[[], made.Table]
    most: float
    peers: Sequence[Peer]
    alone: Callable[[Answer], list[Limit]]
    agreed: Callable[[str, Answer, Answer], list[Limit]]


def measured(name: str, part: Part, folder: Path, runs: int) -> list[Limit]:
    """Run ours and the peers in turn, print their times and the ratios, and give back what must hold."""
    print(f"{name}: {part.asks}", flush=True)
    table = made.written(part.rows(), folder / name)
    ours = timed([OURS, HERE / "ours.py", name, table.with_suffix(".npz"), str(runs)], folder / "ours.log").told
    own = min(ours["seconds"])
    print(f"  {'earlyhelp':10} {_seconds(ours)}", flush=True)
    limits = [Limit(f"{name}, seconds", own, most=part.most, places=3), *part.alone(ours)]
    for peer in part.peers:
        found = _peer(peer, table, folder, runs)
        if found:
            ratio = min(found["seconds"]) / own
            print(f"  {peer.name:10} {_seconds(found)}   {ratio:,.0f} times ours", flush=True)
            limits += part.agreed(peer.name, ours, found)
    return limits


def _seconds(told: Answer) -> str:
    runs = told["seconds"]
    return f"{min(runs):7.3f} s  (fastest of {len(runs)}; median {statistics.median(runs):.3f})"


def _peer(peer: Peer, table: Path, folder: Path, runs: int) -> Answer:
    """What a peer said of itself; nothing where it is not installed or fails, having said so."""
    in_r = peer.script.endswith(".R")
    program = shutil.which("Rscript") if in_r else PEERS
    try:
        if program is None:
            raise NotFinished("there is no Rscript")
        rows = table.with_suffix(".csv" if in_r else ".npz")
        return timed([program, HERE / "peers" / peer.script, rows, str(runs)], folder / "peer.log", limit=120).told
    except NotFinished as reason:
        print(f"  {peer.name:10} skipped: {reason} (installed by: {peer.comes_by})", flush=True)
        return {}


def _same_effect(peer: str, ours: Answer, theirs: Answer) -> list[Limit]:
    apart = abs(ours["estimate"] - theirs["estimate"]) / ours["error"]
    return [Limit(f"estimate beside {peer}, in standard errors", apart, most=0.25)]


def _same_weights(peer: str, ours: Answer, theirs: Answer) -> list[Limit]:
    return [Limit(f"estimate beside {peer}", abs(ours["estimate"] - theirs["estimate"]), most=1e-6, places=9)]


def _same_error(peer: str, ours: Answer, theirs: Answer) -> list[Limit]:
    apart = abs(ours["error"] / theirs["error"] - 1)
    return [*_same_effect(peer, ours, theirs), Limit(f"error beside {peer}, share apart", apart, most=0.1)]


def _as_near(peer: str, ours: Answer, theirs: Answer) -> list[Limit]:
    print(f"  {peer:10} {theirs['pairs']:,} pairs, largest |SMD| {theirs['apart']:.4f}; ours {ours['pairs']:,}")
    return []


def _same_providers(peer: str, ours: Answer, theirs: Answer) -> list[Limit]:
    apart = max(abs(a - b) for a, b in zip(ours["effects"], theirs["effects"], strict=True))
    return [
        Limit(f"a provider's log odds beside {peer}", apart, most=0.01),
        Limit(f"spread beside {peer}", abs(ours["spread"] - theirs["spread"]), most=0.005),
    ]


def _near(ours: Answer) -> list[Limit]:
    return [Limit("largest |SMD| of the pairs", ours["apart"], most=0.1)]


def _nothing(ours: Answer) -> list[Limit]:
    return []


BESIDE = "make .venv-bench/ready"
PARTS: Mapping[str, Part] = {
    "matching": Part(
        "10,000 treated to 100,000, one to one, 11 covariates, from rows to pairs",
        lambda: made.children(10_000, 100_000),
        0.3,
        [Peer("MatchIt", "matchit_matching.R", "tools/system_packages.sh matchit")],
        _near,
        _as_near,
    ),
    "aipw": Part(
        "100,000 rows, five folds, effect on all with errors, ours by family",
        lambda: made.children(10_000, 90_000),
        5.0,
        [Peer("DoubleML", "doubleml_aipw.py", BESIDE), Peer("EconML", "econml_aipw.py", BESIDE)],
        _nothing,
        _same_error,
    ),
    "balancing": Part(
        "10,000 treated against 100,000, 11 covariates, effect with errors, ours by family",
        lambda: made.children(10_000, 100_000),
        0.3,
        [Peer("ebal", "ebal_balancing.py", BESIDE)],
        _nothing,
        _same_weights,
    ),
    "providers": Part(
        f"a random intercept for each of {made.PROVIDERS} providers, {made.CASES:,} cases",
        made.providers,
        0.1,
        [Peer("glmer", "glmer_providers.R", "tools/system_packages.sh lme4")],
        _nothing,
        _same_providers,
    ),
}
