"""Write the reference pages that come from declarations; with `--check`, only say which are stale (exit code 1).

A package adds its pages by a function that returns {path below docs/reference/generated: text}, listed in GENERATORS.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
GENERATED = ROOT / "docs" / "reference" / "generated"
GENERATORS = [
    "earlyhelp.cli.reference:generated_pages",
    "earlyhelp.cli.systems:generated_pages",
    "earlyhelp.link.pages:generated_pages",
    "earlyhelp.reports.returns.pages:generated_pages",
    "earlyhelp.standard.pages:generated_pages",
    "earlyhelp.web.reference:generated_pages",
    "spec.manual:generated_pages",  # from tests/, whose worked examples it prints
]
SLOWLY_MADE = {"linkage.md", "plausibility.md", "truth.md"}
"""Pages that a script in bench/ writes, because they take minutes; they are left as they are."""
sys.path.append(str(ROOT / "tests"))


def pages() -> dict[Path, str]:
    """The text every generated file should have, by path. Raises ValueError when two generators want one file."""
    wanted: dict[Path, str] = {}
    for generator in GENERATORS:
        module, function = generator.split(":")
        for path, text in getattr(importlib.import_module(module), function)().items():
            if GENERATED / path in wanted:
                raise ValueError(f"{generator} writes {path}, and so does another generator")
            wanted[GENERATED / path] = text
    return wanted


def stale(wanted: dict[Path, str]) -> list[Path]:
    """The files that are missing, differ from what is wanted, or that no generator writes any more."""
    there = {path for path in GENERATED.rglob("*") if path.is_file() and path.name not in SLOWLY_MADE}
    changed = {path for path, text in wanted.items() if path not in there or path.read_text("utf-8") != text}
    return sorted(changed | (there - wanted.keys()))


def write(wanted: dict[Path, str], paths: list[Path]) -> None:
    for path in paths:
        if path in wanted:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(wanted[path], "utf-8")
        else:
            path.unlink()


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 and name the files that are stale")
    check = parser.parse_args(arguments).check
    wanted = pages()
    paths = stale(wanted)
    for path in paths:
        print(f"{'stale' if check else 'written'}: {path.relative_to(ROOT)}")
    if not check:
        write(wanted, paths)
    return 1 if check and paths else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
