"""The shape of the tree: what may import what, and where the clock, the environment and folders may be read.

Imports point one way only. The order is written down here once. The code is read with `ast`, so an import inside a
function or under TYPE_CHECKING counts like any other.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = "earlyhelp"
SOURCE = Path(__file__).resolve().parents[1] / "src" / PACKAGE

# A part may import what stands before it, in its own group too. "__init__" is the package's own: every import passes
# through it, so it imports nothing.
GROUPS = [
    ["__init__", "errors", "own_process", "standard", "statistics"],
    ["sources", "store", "reference"],
    ["synthetic", "ingest", "check", "link", "build"],
    ["measures", "evaluate"],
    ["economics"],
    ["release"],
    ["compare", "reports"],
    [
        "left_before",
        "pipeline",
        "studying",
        "costing",
        "answering",
        "worklists",
        "receiving",
        "sharing",
        "desk",
        "documenting",
        "proposing",
        "publishing",
        "oversight",
    ],
    ["comparing", "case_studies"],
    ["web", "cli", "__main__"],
]
LAYERS = [part for group in GROUPS for part in group]
ENTRY_POINTS = {"web", "cli", "__main__"}
BEGINS_THEM = "own_process"  # how each of our processes begins: it sets what libraries read of the environment
OPENS_THE_WEB = f"{PACKAGE}.cli.serve"  # the command `serve`, and nothing else

HIDDEN_INPUTS = {
    "datetime.date.today",
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
    "os.environ",
    "os.getcwd",
    "os.getenv",
    "pathlib.Path.cwd",
    "pathlib.Path.home",
    "time.localtime",
    "time.time",
}
SQL_CLOCK = re.compile(
    r"\b(current_date|current_time|current_timestamp|localtimestamp)\b|\b(now|today)\(\)", re.IGNORECASE
)
NAMES_THAT_SAY_NOTHING = {"common", "handler", "handlers", "helper", "helpers", "manager", "managers", "util", "utils"}
LONGEST_MODULE = 600


@dataclass(frozen=True)
class Module:
    """One module of ours: its dotted name, its text and what it imports of ours."""

    name: str
    text: str
    is_package: bool
    known: frozenset[str]

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def part(self) -> str:
        """The part of the pipeline it belongs to: the first name under the package."""
        return part_of(self.name)

    @cached_property
    def imports(self) -> set[str]:
        """The modules of ours that it imports, by dotted name."""
        found = {module for node in ast.walk(self.tree) for module in self._imported_by(node)}
        return {module for module in found if module.split(".")[0] == PACKAGE} - {self.name}

    def _imported_by(self, node: ast.AST) -> Iterator[str]:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            origin = self._origin(node)
            for alias in node.names:
                submodule = f"{origin}.{alias.name}"
                yield submodule if submodule in self.known else origin

    def _origin(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        here = self.name.split(".") if self.is_package else self.name.split(".")[:-1]
        base = here[: len(here) - node.level + 1]
        return ".".join([*base, node.module] if node.module else base)


def part_of(name: str) -> str:
    return name.split(".")[1] if "." in name else "__init__"


def modules_under(source: Path) -> list[Module]:
    paths = {dotted_name(path, source): path for path in sorted(source.rglob("*.py"))}
    known = frozenset(paths)
    return [Module(name, path.read_text("utf-8"), path.stem == "__init__", known) for name, path in paths.items()]


def dotted_name(path: Path, source: Path) -> str:
    parts = path.relative_to(source.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def direction_faults(modules: list[Module]) -> list[str]:
    """Imports against the order, parts that the order does not know, and doors to the web other than `serve`."""
    unknown = sorted({module.part for module in modules} - set(LAYERS))
    faults = [f"{part} has no place in the order of layers" for part in unknown]
    for module in modules:
        for imported in sorted(module.imports):
            if module.part in unknown or module.part == part_of(imported):
                continue
            if part_of(imported) == "web" and module.name != OPENS_THE_WEB:
                faults.append(f"{module.name} imports {imported}: only {OPENS_THE_WEB} may")
            elif part_of(imported) not in LAYERS[: LAYERS.index(module.part)]:
                faults.append(f"{module.name} imports {imported}: {module.part} comes before {part_of(imported)}")
    return faults


def cycle_faults(modules: list[Module]) -> list[str]:
    """A ring of modules that import each other, within a part as well as across parts."""
    try:
        TopologicalSorter({module.name: module.imports for module in modules}).prepare()
    except CycleError as ring:
        return [" imports ".join(reversed(ring.args[1]))]
    return []


def hidden_input_faults(modules: list[Module]) -> list[str]:
    """Clocks (Python's and SQL's), environment and folders read below the entry points."""
    below = [module for module in modules if module.part not in {*ENTRY_POINTS, BEGINS_THEM}]
    return [
        f"{module.name}:{line} reads {what}" for module in below for line, what in sorted(hidden_inputs(module.tree))
    ]


def hidden_inputs(tree: ast.Module) -> set[tuple[int, str]]:
    names = imported_names(tree)
    prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute | ast.Name):
            first, _, rest = ast.unparse(node).partition(".")
            full = f"{names.get(first, first)}.{rest}".rstrip(".")
            if full in HIDDEN_INPUTS:
                found.add((node.lineno, full))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            found |= {(node.lineno, f"SQL's {clock[0]}") for clock in SQL_CLOCK.finditer(node.value)}
    return found


def imported_names(tree: ast.Module) -> dict[str, str]:
    """What each imported name stands for: `from datetime import date as d` gives {"d": "datetime.date"}."""
    names = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.asname: alias.name for alias in node.names if alias.asname}
        elif isinstance(node, ast.ImportFrom):
            names |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    return names


def name_faults(modules: list[Module]) -> list[str]:
    return [f"{m.name}: say what it holds" for m in modules if NAMES_THAT_SAY_NOTHING & set(m.name.split("."))]


def size_faults(modules: list[Module]) -> list[str]:
    sizes = {module.name: len(module.text.splitlines()) for module in modules}
    return [f"{name} has {size} lines: split it" for name, size in sizes.items() if size > LONGEST_MODULE]


CHECKS = [direction_faults, cycle_faults, hidden_input_faults, name_faults, size_faults]


@pytest.fixture(scope="module")
def our_modules() -> list[Module]:
    return modules_under(SOURCE)


@pytest.mark.parametrize("check", CHECKS)
def test_the_tree_keeps_its_shape(check, our_modules):
    assert check(our_modules) == []


def test_the_walk_finds_the_modules_that_everything_rests_on(our_modules):
    names = {module.name for module in our_modules}
    assert {"earlyhelp.errors", "earlyhelp.standard.columns"} <= names
    assert "earlyhelp.standard.types" in next(m.imports for m in our_modules if m.name == "earlyhelp.standard.columns")


@pytest.fixture
def made_up(tmp_path):
    """Writes a made-up tree from {"measures/demand.py": "import this"} and returns its modules."""

    def write(files: dict[str, str]) -> list[Module]:
        for name, text in files.items():
            path = tmp_path / PACKAGE / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        return modules_under(tmp_path / PACKAGE)

    return write


@pytest.mark.parametrize(
    ("module", "text", "fault"),
    [
        ("standard/person.py", "import earlyhelp.store.workspace", "standard comes before store"),
        ("measures/demand.py", "from earlyhelp.economics import costs", "measures comes before economics"),
        ("measures/demand.py", "def late():\n    from earlyhelp import pipeline", "measures comes before pipeline"),
        ("ingest/read.py", "from earlyhelp.check import rules", "ingest comes before check"),
        ("measures/demand.py", "from ..evaluate import study", "measures comes before evaluate"),
        ("pipeline.py", "import earlyhelp.cli", "pipeline comes before cli"),
        ("__init__.py", "from earlyhelp.pipeline import run", "__init__ comes before pipeline"),
        ("cli/run.py", "import earlyhelp.web.pages", "only earlyhelp.cli.serve may"),
        ("extras/more.py", "", "extras has no place in the order of layers"),
    ],
)
def test_an_import_against_the_direction_is_found(made_up, module, text, fault):
    [found] = direction_faults(made_up({"pipeline.py": "", module: text}))
    assert fault in found


def test_imports_along_the_direction_pass(made_up):
    modules = made_up(
        {
            "standard/person.py": "from earlyhelp.errors import InputRefused",
            "build/spells.py": "from earlyhelp import __version__\nfrom earlyhelp.link import people",
            "measures/demand.py": "import duckdb\nfrom . import theme",
            "cli/serve.py": "from earlyhelp.web import application",
            "__main__.py": "from earlyhelp import cli",
        }
    )
    assert direction_faults(modules) == []


def test_modules_that_import_each_other_are_found_also_within_one_part(made_up):
    modules = made_up(
        {
            "link/people.py": "from earlyhelp.link import families",
            "link/families.py": "from earlyhelp.link.people import cluster",
            "link/quality.py": "from earlyhelp.link import people, families",
        }
    )
    [ring] = cycle_faults(modules)
    assert "earlyhelp.link.people imports earlyhelp.link.families" in ring


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("import datetime\nx = datetime.datetime.now()", "datetime.datetime.now"),
        ("from datetime import datetime as d\nx = d.now()", "datetime.datetime.now"),
        ("from datetime import date\ntoday = date.today", "datetime.date.today"),
        ("import os\nx = os.environ.get('HOME')", "os.environ"),
        ("from os import environ\nx = environ['HOME']", "os.environ"),
        ("import pathlib as p\nx = p.Path.home()", "pathlib.Path.home"),
        ("from pathlib import Path\nx = Path.cwd() / 'store'", "pathlib.Path.cwd"),
        ("x = f'SELECT {1} WHERE end_date < Current_Date'", "SQL's Current_Date"),
        ("x = 'SELECT today()'", "SQL's today()"),
    ],
)
def test_a_hidden_clock_path_or_setting_is_found_below_the_entry_points(made_up, text, found):
    [fault] = hidden_input_faults(made_up({"build/cohorts.py": text, "cli/run.py": text, "__main__.py": text}))
    assert fault.startswith("earlyhelp.build.cohorts:")
    assert fault.endswith(f"reads {found}")


def test_words_about_the_clock_and_dates_that_are_passed_in_are_no_fault(made_up):
    text = '"""Never now() or CURRENT_DATE."""\nfrom datetime import date\ndef age(born: date, as_at: date): ...'
    assert hidden_input_faults(made_up({"build/cohorts.py": text})) == []


def test_a_module_name_that_says_nothing_is_found(made_up):
    modules = made_up({"ingest/utils.py": "", "ingest/readers.py": "", "link/helpers/names.py": ""})
    assert len(name_faults(modules)) == 2


def test_a_module_of_more_than_600_lines_is_found(made_up):
    modules = made_up({"link/people.py": "x = 1\n" * 601, "link/families.py": "x = 1\n" * 600})
    assert size_faults(modules) == ["earlyhelp.link.people has 601 lines: split it"]
