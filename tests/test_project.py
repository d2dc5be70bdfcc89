"""The files around the code: what is locked, what is explained, what must not be in them, and what the set-up does."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ["requirements.lock", "requirements-dev.lock", "requirements-bench.lock"]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]

NOT_OURS = {"__pycache__"}
MADE_AT_THE_TOP = {"build", "demo", "dist"}
# One letter of each is in brackets, so that this file does not hold what it forbids.
PLACES = re.compile(
    r"py[p]i\.org|pytho[n]hosted|npmj[s]\.|deb[i]an\.org|(?<!emit-)inde[x]-url|--find[-]links|fil[e]://"
    r"|/roo[t]/|/hom[e]/\w|/User[s]/\w|/op[t]/\w|/wor[k]/(main|shared)"
)


def pins(lock: str) -> dict[str, str]:
    """Version by package, as a lock pins them."""
    lines = (ROOT / lock).read_text("utf-8").splitlines()
    pinned = (re.match(r"([\w.-]+)==(\S+)", line) for line in lines)
    return {canonicalize_name(pin[1]): pin[2] for pin in pinned if pin}


def committed_files() -> list[Path]:
    def is_ours(path: Path) -> bool:
        folders = path.relative_to(ROOT).parts[:-1]
        if folders and folders[0] in MADE_AT_THE_TOP:
            return False
        return not any(f in NOT_OURS or f.endswith(".egg-info") or (f.startswith(".") and f != ".ci") for f in folders)

    return [path for path in ROOT.rglob("*") if path.is_file() and is_ours(path)]


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_pins_with_hashes_and_no_address(lock):
    whole = (ROOT / lock).read_text("utf-8")
    for requirement in whole.replace("\\\n", " ").splitlines():
        assert re.fullmatch(r"[\w.-]+==[\w.]+( ; [^:/@]+)?(\s+--hash=sha256:[0-9a-f]{64})+\s*", requirement)


@pytest.mark.parametrize("part", LOCKS[1:])
def test_a_smaller_lock_is_a_part_of_the_whole_with_equal_pins(part):
    assert pins(part).items() <= pins("requirements.lock").items()


@pytest.mark.parametrize(
    ("lock", "wanted"),
    [
        ("requirements.lock", PROJECT["dependencies"] + [each for extra in EXTRAS.values() for each in extra]),
        ("requirements-dev.lock", PROJECT["dependencies"] + EXTRAS["dev"] + EXTRAS["documents"] + EXTRAS["pdf"]),
        ("requirements-bench.lock", PROJECT["dependencies"] + EXTRAS["bench"]),
    ],
)
def test_a_lock_holds_every_dependency_at_a_version_that_the_project_allows(lock, wanted):
    pinned = pins(lock)
    for requirement in map(Requirement, wanted):
        assert pinned[canonicalize_name(requirement.name)] in requirement.specifier, f"{requirement}: run `make lock`"


def test_every_dependency_says_why_it_is_there():
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    listed = text[text.index("\ndependencies = [") : text.index("[project.scripts]")]
    entries = [line for line in listed.splitlines() if line.startswith('    "')]
    assert len(entries) == len(PROJECT["dependencies"]) + sum(map(len, EXTRAS.values()))
    assert [line for line in entries if not re.search(r"  # .{8}", line)] == []


def test_no_committed_file_names_a_package_host_or_a_folder_of_somebodys_machine():
    found = [
        f"{path.relative_to(ROOT)}: {place[0]}"
        for path in committed_files()
        for place in PLACES.finditer(path.read_bytes().decode("utf-8", errors="ignore"))
    ]
    assert found == []


@pytest.mark.parametrize(
    "text", ["https://py" + "pi.org/simple", "--extra-inde" + "x-url x", "see /hom" + "e/ann/data"]
)
def test_a_package_host_or_a_folder_of_a_machine_would_be_noticed(text):
    assert PLACES.search(text)


def test_every_target_of_the_makefile_does_its_own_set_up_and_says_what_it_does():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = dict(re.findall(r"^([a-z-]+):(.*)$", makefile, flags=re.MULTILINE))
    for name, rest in targets.items():
        if name in {"help", "setup", "system-packages"}:
            continue
        assert "setup" in rest.split("##")[0].split(), name
        assert "##" in rest, name


def test_the_glossary_is_in_alphabetical_order_and_explains_each_term_once_in_a_sentence_or_more():
    paragraphs = (ROOT / "GLOSSARY.md").read_text("utf-8").split("\n\n")[2:]
    entries = [re.fullmatch(r"\*\*([^*]+)\*\*: (.+\.)\n?", each, flags=re.DOTALL) for each in paragraphs]
    assert None not in entries
    terms = [entry[1].casefold() for entry in entries]
    assert terms == sorted(set(terms))


def test_the_wheel_carries_every_file_of_the_package(tmp_path):
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    built = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    [wheel] = tmp_path.glob("*.whl")
    package = ROOT / "src" / "earlyhelp"
    files = {f"earlyhelp/{path.relative_to(package).as_posix()}" for path in package.rglob("*") if path.is_file()}
    ours = {name for name in files if "__pycache__" not in name}
    assert any(name.endswith(".csv") for name in ours)
    assert ours <= set(zipfile.ZipFile(wheel).namelist())


def test_every_file_that_a_page_links_to_is_there():
    pages = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "GLOSSARY.md", "SECURITY.md", "CHANGELOG.md")]
    pages += sorted((ROOT / "docs" / "adr").glob("*.md"))
    missing = [
        f"{page.name}: {link}"
        for page in pages
        for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
        if not (page.parent / link).exists()
    ]
    assert missing == []


@dataclass
class Machine:
    """A made-up machine: a folder of commands that is all of PATH, and a way to run a tool there."""

    commands: Path

    def has(self, name: str, does: str) -> None:
        (self.commands / name).write_text(f"#!/bin/sh\n{does}\n", "utf-8")
        (self.commands / name).chmod(0o755)

    def has_usual(self, *names: str) -> None:
        for name in names:
            (self.commands / name).symlink_to(str(shutil.which(name)))

    def run(self, tool: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
        env = {"PATH": str(self.commands), "COMMANDS": str(self.commands), **settings}
        return subprocess.run([tool, *arguments], env=env, capture_output=True, text=True, check=False)


@pytest.fixture
def machine(tmp_path):
    (tmp_path / "bin").mkdir()
    return Machine(tmp_path / "bin")


SYSTEM_PACKAGES = ROOT / "tools" / "system_packages.sh"
BRINGS_CHROMIUM = (
    'echo "apt-get $*"; case "$1" in install) touch "$COMMANDS/chromium"; chmod +x "$COMMANDS/chromium";; esac'
)


def test_a_system_package_that_is_there_is_left_alone(machine):
    machine.has_usual("sh")
    machine.has("chromium", "exit 0")
    machine.has("id", "echo 0")
    machine.has("apt-get", "echo apt-get was called; exit 1")
    done = machine.run(SYSTEM_PACKAGES, "chromium")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_missing_system_package_is_installed_where_that_is_permitted(machine):
    machine.has_usual("sh", "touch", "chmod")
    machine.has("id", "echo 0")
    machine.has("apt-get", BRINGS_CHROMIUM)
    done = machine.run(SYSTEM_PACKAGES, "chromium")
    assert done.returncode == 0
    assert "apt-get install -y -qq --no-install-recommends chromium chromium-driver" in done.stderr


@pytest.mark.parametrize(("user", "has_apt"), [("1000", True), ("0", False)])
def test_a_missing_system_package_that_may_not_be_installed_is_asked_for_by_name(machine, user, has_apt):
    machine.has_usual("sh")
    machine.has("id", f"echo {user}")
    if has_apt:
        machine.has("apt-get", BRINGS_CHROMIUM)
    done = machine.run(SYSTEM_PACKAGES, "chromium", "java")
    assert done.returncode == 1
    assert "sudo apt-get install chromium chromium-driver" in done.stderr
    assert "sudo apt-get install default-jre-headless" in done.stderr


def test_a_system_package_that_installs_nothing_is_not_taken_for_done(machine):
    machine.has_usual("sh")
    machine.has("id", "echo 0")
    machine.has("apt-get", "exit 0")
    assert machine.run(SYSTEM_PACKAGES, "chromium").returncode == 1


def test_a_name_that_no_one_knows_is_refused(machine):
    machine.has_usual("sh")
    assert machine.run(SYSTEM_PACKAGES, "cromium").returncode == 2


def test_set_up_refuses_a_python_that_is_too_old_or_too_new_in_one_sentence(machine, tmp_path):
    shutil.copytree(ROOT / "tools", tmp_path / "tools")
    for name in ("requirements-dev.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    machine.has_usual("sh", "dirname", "cat", "cksum")
    machine.has("python3", 'case "$1" in --version) echo Python 3.13.2;; *) exit 1;; esac')
    done = machine.run(tmp_path / "tools" / "set_up.sh", PYTHON="python3 python3.11")
    assert done.returncode == 1
    assert "needs Python 3.11 or 3.12; tried python3 (Python 3.13.2), python3.11 (not found)" in done.stderr
    assert not (tmp_path / ".venv").exists()


SKIPPED_FOR_WANT = "echo 'SKIPPED [1] tests/test_annex_a.py:9: needs ../shared (real sample files)'"
CLOSING_LINE = "======== 7 passed, 1 skipped in 2.00s ========"


@pytest.mark.parametrize(
    ("check", "test", "has_shared", "ends_well"),
    [
        ("exit 0", "exit 0", True, True),
        ("exit 2", "exit 0", True, False),
        ("exit 0", "exit 2", True, False),
        ("exit 0", SKIPPED_FOR_WANT, True, False),
        ("exit 0", SKIPPED_FOR_WANT, False, True),
        ("exit 0", '[ "$EARLYHELP_REQUIRE_SHARED" = 1 ]', True, True),
    ],
)
def test_ci_runs_checks_and_tests_and_ends_with_the_closing_line(machine, tmp_path, check, test, has_shared, ends_well):
    machine.has_usual("bash", "dirname", "mktemp", "tee", "grep", "tail", "rm")
    machine.has("make", f"case $1 in check) {check};; test) echo '{CLOSING_LINE}'; {test};; esac")
    (tmp_path / "repository" / ".ci").mkdir(parents=True)
    if has_shared:
        (tmp_path / "shared").mkdir()
    done = machine.run(shutil.copy(ROOT / ".ci" / "run", tmp_path / "repository" / ".ci"), TMPDIR=str(tmp_path))
    assert done.stdout.splitlines()[-1] == CLOSING_LINE
    assert (done.returncode == 0) == ends_well


@pytest.mark.parametrize(("required", "counted_as"), [("", "skipped"), ("1", "error")])
def test_a_test_that_wants_the_sample_files_may_only_be_skipped_where_they_need_not_be(tmp_path, required, counted_as):
    tests = tmp_path / "repository" / "tests"
    tests.mkdir(parents=True)
    shutil.copy(ROOT / "tests" / "conftest.py", tests)
    (tests / "test_sample.py").write_text("def test_sample(shared):\n    assert shared.is_dir()\n", "utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-rsE", str(tests)]
    env = {**os.environ, "EARLYHELP_REQUIRE_SHARED": required}
    done = subprocess.run(command, cwd=tests, env=env, capture_output=True, text=True, check=False)
    assert "needs ../shared (real sample files)" in done.stdout
    assert f"1 {counted_as}" in done.stdout
