"""Mutation testing: change one thing in the code at a time, and see whether a test notices.

    python tools/mutate.py                    every target below, and the share that was noticed
    python tools/mutate.py statistics         the targets whose path holds that word
    python tools/mutate.py --every 4 signals  every fourth mutant of them, for a quick look

What the worked examples of a theme of measures do not notice is tried again on its oracles, as `make test` runs them.

No library is used, because half of what we count is SQL inside Python strings, and the libraries there are do not reach
into it. A mutant is one of: a comparison, an operator, a boolean, a number or a call turned into its neighbour, in
Python or in SQL. Each runs in a process of its own, forked from one that has loaded the libraries, with the mutated
module put in the place of the real one; the files are not touched. One that lasts `LONGEST` seconds counts as noticed.

Ends with 1 when less than `ENOUGH` per cent of the mutants were noticed, or a target's tests fail without any mutant.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import copy
import importlib.abc
import importlib.machinery
import io
import os
import re
import signal
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ENOUGH = 90
LONGEST = 120

INTERVALS = ("tests/known_answers/test_intervals_published.py", "tests/unit/statistics/test_intervals.py")
CHARTS = ("tests/known_answers/test_control_chart_published.py", "tests/unit/measures/test_signals_rules.py")
SERIES = ("tests/unit/measures/test_signals.py", "tests/unit/measures/test_signals_seasons.py")
DECLARES = re.compile(r'^ +id="(\w+)"', flags=re.MULTILINE)
EXAMPLES = "tests/spec/test_worked_examples.py::test_worked_example"
SOME = (
    EXAMPLES,
    "tests/unit/measures/test_periods.py",
    "-k",
    "A1: or A3: or B6: or C1: or C2: or C5: or G2: or test_periods",
)
THEMES = sorted((ROOT / "src/earlyhelp/measures/themes").glob("[a-z]*.py"))
ORACLES = "tests/generative/test_measures_against_oracles.py::test_measures_agree_with_their_oracles"
TALLIES = "tests/generative/test_quality_against_oracles.py"
RULES = "tests/unit/measures/test_outcomes.py"
GROUPS = re.compile(r'"([^"]+)": \(\[((?:"\w+"(?:, )?)+)\]')
COUNTED = [each.read_text("utf-8") for each in sorted((ROOT / "tests/generative/counted").glob("[a-z]*.py"))]

RELEASE = "tests/unit/release/"
ATTACK = (f"{RELEASE}test_protect_attack.py", "tests/known_answers/test_protect_published.py")
SMALL = tuple(f"{RELEASE}test_protect_{name}.py" for name in ("last_resorts", "small_tables"))
BRUTE = "tests/generative/test_protect_against_brute_force.py"
REGISTER = tuple(f"{RELEASE}test_register_{name}.py" for name in ("cells", "audit", "attacks"))
OVERLAPS = (
    f"{RELEASE}test_protect_overlaps.py",
    f"{RELEASE}test_register_audit.py",
    f"{RELEASE}test_protect_limits.py",
    "tests/generative/test_joint_audit_against_every_table.py",
)
STUDIES = (
    f"{RELEASE}test_released_studies.py",
    "tests/unit/evaluate/test_study_interruption.py",
    "tests/unit/evaluate/test_study_providers.py",
)
SCENARIOS = (
    f"{RELEASE}test_break_even_released.py",
    f"{RELEASE}test_scenarios_released.py",
    f"{RELEASE}test_released_studies.py",
    "tests/unit/economics/test_scenario_projected.py",
    "tests/unit/economics/test_studied_cut.py",
)
DOOR = (
    f"{RELEASE}test_publish.py",
    f"{RELEASE}test_publish_comparisons.py",
    f"{RELEASE}test_protect_questions.py",
    f"{RELEASE}test_protect_averages.py",
)
PAGES = (f"{RELEASE}test_released_partners.py",)


def resting_on(module: Path) -> list[str]:
    """The measures that a theme's module declares, and those of the themes that take something from it."""
    takes = f"from earlyhelp.measures.themes.{module.stem} import"
    told = [text for each in sorted(module.parent.glob("[a-z]*.py")) if takes in (text := each.read_text("utf-8"))]
    return [name for text in (module.read_text("utf-8"), *told) for name in DECLARES.findall(text)]


def examples_of(module: Path) -> tuple[str, ...]:
    """The worked examples of the measures that rest on a module."""
    return (EXAMPLES, "-k", " or ".join(f"{each}:" for each in resting_on(module)))


def oracles_of(module: Path) -> tuple[str, ...]:
    """The oracles of the measures that rest on a module, on the made-up councils of `make test`."""
    ids = {*resting_on(module)}
    groups = [group for text in COUNTED for group, named in GROUPS.findall(text) if ids & {*re.findall(r"\w+", named)}]
    found = tuple(f"{ORACLES}[{group}]" for group in groups)
    return (*found, TALLIES) if any(each.startswith("K") for each in ids) else found


MAPPED = tuple(
    f"tests/unit/mapping/test_{name}.py"
    for name in (
        "scores_side_by_side",
        "people_of_a_row",
        "needs_of_a_row",
        "reviews_of_a_row",
        "saved_maps",
        "whole_names",
    )
)
TARGETS = {
    "statistics/intervals.py": INTERVALS,
    "measures/signals/control_chart.py": CHARTS,
    "measures/signals/seasons.py": ("tests/unit/measures/test_signals_seasons.py",),
    "measures/signals/reading.py": SERIES,
    "measures/signals/sentences.py": ("tests/unit/measures/test_signals_sentences.py",),
    "measures/periods.py": SOME,
    "measures/placement.py": SOME,
    **{f"measures/themes/{each.name}": examples_of(each) for each in THEMES},
    "link/strangers.py": ("tests/unit/link/test_strangers.py",),
    "link/training.py": tuple(f"tests/unit/link/test_{name}.py" for name in ("chances", "training", "strangers")),
    **{
        f"ingest/mapping/{name}.py": MAPPED
        for name in (
            "scores",
            "side_by_side",
            "needs_of_a_row",
            "reviews_of_a_row",
            "people_of_a_row",
            "as_source",
            "as_last_time",
        )
    },
    "ingest/values.py": ("tests/unit/ingest/test_ingest_values.py",),
    "evaluate/studies/design.py": tuple(f"tests/unit/evaluate/test_study_{name}.py" for name in ("design", "findings")),
    "release/protect/attack.py": (*ATTACK, *SMALL, BRUTE),
    "release/protect/suppress.py": (*SMALL, BRUTE, f"{RELEASE}test_protect_suppress.py"),
    "release/protect/rounding.py": (f"{RELEASE}test_protect_knowledge.py",),
    "release/protect/rates.py": (f"{RELEASE}test_protect_knowledge.py",),
    "release/protect/joint.py": (f"{RELEASE}test_protect_releases_together.py", *ATTACK),
    "release/protect/tables.py": (f"{RELEASE}test_protect_tables.py",),
    "release/protect/rings.py": (f"{RELEASE}test_protect_rings.py", f"{RELEASE}test_protect_last_resorts.py"),
    "release/protect/questions.py": (f"{RELEASE}test_protect_questions.py", f"{RELEASE}test_publish.py"),
    "release/protect/optimum.py": (*SMALL, BRUTE, f"{RELEASE}test_protect_suppress.py"),
    "release/protect/averages.py": (f"{RELEASE}test_protect_averages.py",),
    "release/register_populations.py": (f"{RELEASE}test_register_populations.py",),
    "release/partner_pages.py": PAGES,
    "release/page_search.py": PAGES,
    "release/roles.py": (f"{RELEASE}test_released_roles.py",),
    "release/publish.py": DOOR,
    "release/policy.py": (
        f"{RELEASE}test_policy.py",
        f"{RELEASE}test_protect_knowledge.py",
        f"{RELEASE}test_protect_averages.py",
    ),
    "release/counts.py": (f"{RELEASE}test_counts_released.py",),
    "release/certify.py": (f"{RELEASE}test_certify.py",),
    "release/free_text.py": (f"{RELEASE}test_free_text.py",),
    "release/register_audit.py": (
        f"{RELEASE}test_audited_tables.py",
        f"{RELEASE}test_register_attacks.py",
        f"{RELEASE}test_protect_averages.py",
        f"{RELEASE}test_register_audit.py",
    ),
    "release/register_cells.py": REGISTER,
    "release/register_sections.py": (f"{RELEASE}test_register_sections.py",),
    "release/register_table.py": (
        f"{RELEASE}test_register_rows.py",
        f"{RELEASE}test_protect_averages.py",
        *REGISTER,
        f"{RELEASE}test_register_files.py",
    ),
    "release/register_files.py": (f"{RELEASE}test_register_files.py", f"{RELEASE}test_protect_averages.py"),
    "release/named_groups.py": (f"{RELEASE}test_named_groups.py",),
    "release/register_certificate.py": (f"{RELEASE}test_publishing.py",),
    "release/protect/overlaps.py": OVERLAPS,
    "release/protect/several.py": OVERLAPS,
    "release/secondary.py": (f"{RELEASE}test_complements.py",),
    "release/moved.py": (f"{RELEASE}test_figures_moved.py",),
    **{f"release/{name}.py": (f"{RELEASE}test_counts_released.py",) for name in ("trust", "readiness", "standing")},
    "release/rivals.py": (f"{RELEASE}test_rivals.py",),
    "release/waiting.py": (f"{RELEASE}test_publish_waiting.py",),
    "release/offer.py": (f"{RELEASE}test_offers_beside_each_other.py", "tests/unit/check/test_offer.py"),
    "release/pathway.py": (f"{RELEASE}test_released_line.py",),
    "release/reach.py": (f"{RELEASE}test_reach.py",),
    "release/scenarios.py": SCENARIOS,
    "release/studies.py": STUDIES,
    **{
        f"release/{name}.py": (f"{RELEASE}test_released_{name}.py",)
        for name in ("earlier", "findings", "partners", "places", "portfolio", "poverty", "services")
    },
}
"""Each module under src/earlyhelp with what pytest is given: the tests that should notice a change in it."""

SECOND = {
    f"measures/themes/{each.name}": (*oracles_of(each), *([RULES] if each.stem.startswith("outcomes") else []))
    for each in THEMES
}
"""What is tried, one after the other, on the mutants that those tests do not notice."""

COMPARISONS = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
OPERATORS = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
    ast.And: ast.Or,
    ast.Or: ast.And,
}
CALLS = {"min": "max", "max": "min", "all": "any", "any": "all", "minimum": "maximum", "maximum": "minimum"}
SQL = re.compile(
    r"<=|>=|<>|(?<![<>=!-])[<>](?![<>=])|\bAND\b|\bOR\b|\bIS NOT NULL\b|\bIS NULL\b|\bNOT EXISTS\b|\bEXISTS\b"
    r"|\bmin\(|\bmax\(|(?<![\w'.])(?<!SELECT )\d+(?![\w'.])"
)
SQL_ENDS = re.compile(r"\bBETWEEN (?P<low>[^ ]+) AND (?P<high>[^\s)]+)")
SQL_NEIGHBOUR = {
    "<=": "<",
    ">=": ">",
    "<": "<=",
    ">": ">=",
    "<>": "=",
    "AND": "OR",
    "OR": "AND",
    "IS NULL": "IS NOT NULL",
    "IS NOT NULL": "IS NULL",
    "EXISTS": "NOT EXISTS",
    "NOT EXISTS": "EXISTS",
    "min(": "max(",
    "max(": "min(",
}
LOOKS_LIKE_SQL = re.compile(r"\b(SELECT|FROM|WHERE|JOIN|CASE|DATE|INTERVAL|GROUP BY|FILTER|AS)\b")


Change = tuple[str, Callable[[], object]]
"""In words, and a function that does it to the node."""


@dataclass(frozen=True)
class Mutant:
    """One change: where, in words, and the whole module with it."""

    line: int
    words: str
    tree: ast.Module


def mutants(source: str) -> Iterator[Mutant]:
    """Every mutant of a module, in order of its lines."""
    tree = ast.parse(source)
    left = not_tried(tree)
    for place, node in enumerate(ast.walk(tree)):
        if id(node) in left:
            continue
        for number, _ in enumerate(neighbours(node)):
            mutated = copy.deepcopy(tree)
            twin = next(each for at, each in enumerate(ast.walk(mutated)) if at == place)
            before = ast.unparse(twin)
            words, change = list(neighbours(twin))[number]
            change()
            yield Mutant(
                getattr(node, "lineno", 0),
                f"{' '.join(before[:60].split())!r}: {' '.join(words.split())}",
                ast.fix_missing_locations(mutated),
            )


def not_tried(tree: ast.Module) -> set[int]:
    """Nodes left as they are: words for readers (docstrings, what is raised), annotations, decorators, `strict=`, by which
    `zip` checks itself, and what only a checker of types imports.
    """
    found: set[int] = set()
    for node in ast.walk(tree):
        skipped = [
            getattr(node, "annotation", None),
            getattr(node, "returns", None),
            *getattr(node, "decorator_list", []),
        ]
        is_docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if (
            isinstance(node, ast.Raise | ast.Assert)
            or is_docstring
            or (isinstance(node, ast.keyword) and node.arg == "strict")
            or (isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING")
        ):
            skipped = [node]
        found |= {id(inner) for each in skipped if each is not None for inner in ast.walk(each)}
    return found


def neighbours(node: ast.AST) -> Iterator[Change]:
    """What may become of a node."""
    if isinstance(node, ast.Compare):
        for at, operator in enumerate(node.ops):
            if other := COMPARISONS.get(type(operator)):
                yield other.__name__, lambda at=at, other=other: node.ops.__setitem__(at, other())
    elif isinstance(node, ast.BinOp | ast.BoolOp | ast.AugAssign) and (other := OPERATORS.get(type(node.op))):
        yield other.__name__, lambda: setattr(node, "op", other())
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        yield "without minus", lambda: setattr(node, "op", ast.UAdd())
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield "not twice", lambda: setattr(node, "operand", ast.UnaryOp(ast.Not(), node.operand))
    else:
        yield from _of_branches_and_names(node)


def _of_branches_and_names(node: ast.AST) -> Iterator[Change]:
    if isinstance(node, ast.IfExp):
        yield "branches exchanged", lambda: node.__dict__.update(body=node.orelse, orelse=node.body)
    elif isinstance(node, ast.If) and not isinstance(node.test, ast.Compare | ast.BoolOp):
        yield "condition turned round", lambda: setattr(node, "test", ast.UnaryOp(ast.Not(), node.test))
    elif isinstance(node, ast.Name) and node.id in CALLS:
        yield CALLS[node.id], lambda: setattr(node, "id", CALLS[node.id])
    elif isinstance(node, ast.Attribute) and node.attr in CALLS:
        yield CALLS[node.attr], lambda: setattr(node, "attr", CALLS[node.attr])
    elif isinstance(node, ast.Constant):
        yield from _of_constants(node)
    elif isinstance(node, ast.JoinedStr) and LOOKS_LIKE_SQL.search(ast.unparse(node)):
        for piece in node.values:
            if isinstance(piece, ast.Constant) and not LOOKS_LIKE_SQL.search(piece.value):
                yield from _of_sql(piece)


def _of_constants(node: ast.Constant) -> Iterator[Change]:
    value = node.value
    if isinstance(value, bool):
        yield str(not value), lambda: setattr(node, "value", not value)
    elif isinstance(value, int | float):
        other = value + 1 if abs(value) >= 1e-6 or value == 0 else value * 1e6
        yield str(other), lambda: setattr(node, "value", other)
    elif isinstance(value, str) and LOOKS_LIKE_SQL.search(value):
        yield from _of_sql(node)


def _of_sql(node: ast.Constant) -> Iterator[Change]:
    for text, words in sql_neighbours(node.value):
        yield words, lambda text=text: setattr(node, "value", text)


def sql_neighbours(sql: str) -> Iterator[tuple[str, str]]:
    """The SQL with one thing changed, and what was. Comments and quoted codes stay; a quoted day becomes the next one."""
    quiet = [match.span() for match in re.finditer(r"/\*.*?\*/|'[^']*'", sql, flags=re.DOTALL)]
    quiet += [match.span(1) for match in re.finditer(r"\bBETWEEN [^ ]+ (AND)", sql)]
    for match in re.finditer(r"DATE '([12]\d{3}-\d\d-\d\d)'", sql):
        following = date.fromisoformat(match[1]) + timedelta(days=1)
        yield f"{sql[: match.start(1)]}{following}{sql[match.end(1) :]}", f"SQL {match[0]}: {following}"
    for match in SQL_ENDS.finditer(sql):
        low, high = match["low"], match["high"]
        for words, ends in (("low end open", f"{low} + 1 AND {high}"), ("high end open", f"{low} AND {high} - 1")):
            yield f"{sql[: match.start()]}BETWEEN {ends}{sql[match.end() :]}", f"SQL {match[0]}: {words}"
    for match in SQL.finditer(sql):
        if not any(start <= match.start() < end for start, end in quiet):
            there = SQL_NEIGHBOUR.get(match[0]) or str(int(match[0]) + 1)
            around = sql[max(match.start() - 30, 0) : match.end() + 15]
            yield f"{sql[: match.start()]}{there}{sql[match.end() :]}", f"SQL {around!r}: {there}"


class Instead(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Loads one module from a tree in place of its file."""

    def __init__(self, name: str, path: Path, tree: ast.Module) -> None:
        self.name, self.path, self.tree = name, path, tree

    def find_spec(self, name, path, target=None):
        if name == self.name:
            return importlib.machinery.ModuleSpec(name, self, origin=str(self.path))
        return None

    def exec_module(self, module):
        module.__file__ = str(self.path)
        exec(compile(self.tree, str(self.path), "exec"), module.__dict__)


def noticed(name: str, path: Path, tree: ast.Module, tests: tuple[str, ...]) -> bool:
    """Whether one of the tests fails, or never ends, with the module so changed."""
    child = os.fork()
    if child == 0:
        os.setsid()
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        sys.meta_path.insert(0, Instead(name, path, tree))
        os._exit(run(tests))
    limit = time.monotonic() + LONGEST
    while time.monotonic() < limit:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status) != 0
        time.sleep(0.02)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return True


def run(tests: tuple[str, ...]) -> int:
    import pytest

    already_loaded = "ignore::pytest.PytestAssertRewriteWarning"
    options = ["-x", "-q", "-n0", "-p", "no:cacheprovider", "--no-header", "-W", already_loaded]
    try:
        return int(pytest.main([*options, *tests]))
    except BaseException:  # noqa: BLE001 - whatever stops the tests has noticed the mutant
        return 1


def load_libraries() -> None:
    """What every mutant's tests import, so that each need not load it again; nothing of ours."""
    with contextlib.redirect_stdout(io.StringIO()):
        import _pytest.assertion.rewrite
        import duckdb
        import hypothesis
        import numpy
        import scipy.special
        import scipy.stats
    for each in (_pytest.assertion.rewrite, duckdb, hypothesis.strategies, numpy, scipy.special, scipy.stats):
        assert each
    phases = [hypothesis.Phase.explicit, hypothesis.Phase.generate]  # nobody reads the smallest case that fails
    hypothesis.settings.register_profile("noticed", phases=phases)
    hypothesis.settings.load_profile("noticed")
    loaded = [name for name in sys.modules if name.split(".")[0] == "earlyhelp"]
    assert not loaded, f"{loaded} would be taken for their mutants"


def try_target(module: str, tests: tuple[str, ...], every: int) -> tuple[int, int]:
    """How many mutants there were and how many were noticed; names the others, and those that only oracles notice."""
    path = ROOT / "src/earlyhelp" / module
    name = "earlyhelp." + module.removesuffix(".py").replace("/", ".")
    source = path.read_text("utf-8")
    second = [(each,) for each in SECOND.get(module, ())]
    if any(noticed(name, path, ast.parse(source), each) for each in (tests, *second)):
        print(f"{module}: its tests fail without any mutant", flush=True)
        return 1, 0
    start, tried, killed = time.monotonic(), 0, 0
    for mutant in sorted(mutants(source), key=lambda mutant: mutant.line)[::every]:
        tried += 1
        if noticed(name, path, mutant.tree, tests):
            killed += 1
        elif any(noticed(name, path, mutant.tree, each) for each in second):
            killed += 1
            print(f"  only oracles {module}:{mutant.line} {mutant.words}", flush=True)
        else:
            print(f"  survived {module}:{mutant.line} {mutant.words}", flush=True)
    share = 100 * killed / max(tried, 1)
    print(
        f"{module}: {killed} of {tried} mutants noticed ({share:.0f} per cent), {time.monotonic() - start:.0f} s",
        flush=True,
    )
    return tried, killed


def main() -> int:
    parser = argparse.ArgumentParser(description="Mutation testing of the modules that figures rest on.")
    parser.add_argument("words", nargs="*", help="only modules whose path holds one of these")
    parser.add_argument("--every", type=int, default=1, help="only every so manyth mutant")
    chosen = parser.parse_args()
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))  # tests take from each other by `tests.`
    load_libraries()
    counts = [
        try_target(module, tests, chosen.every)
        for module, tests in TARGETS.items()
        if not chosen.words or any(word in module for word in chosen.words)
    ]
    tried, killed = (sum(each) for each in zip(*counts, strict=True)) if counts else (0, 0)
    share = 100 * killed / max(tried, 1)
    print(f"{killed} of {tried} mutants noticed: {share:.1f} per cent; at least {ENOUGH} are asked for")
    return 0 if share >= ENOUGH else 1


if __name__ == "__main__":
    sys.exit(main())
