"""A synthetic council of 40,000 children in the standard's own layout, run and counted, kept between runs of the script."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PASSWORD = "correct horse battery staple"  # of an invented user on this machine
EMAIL = "analyst@bench.gov.uk"


def workspace(folder: Path, children: int) -> Path:
    """The workspace, made at the first call; a second inbox of it lies in `later`, for the run that publishes."""
    root = folder / f"council-{children}"
    if (root / "store" / "current").exists():
        return root
    made = folder / "made"
    _do(
        "synthesise",
        made,
        "--councils",
        1,
        "--children",
        children,
        "--seed",
        11,
        "--layout",
        "standard",
        "--format",
        "parquet",
    )
    [extracts] = [each for each in made.iterdir() if each.is_dir() and each.name[0].isdigit()]
    _do("init", root, "--council", "E06000999", "--name", "Bench (invented)")
    for file in extracts.rglob("*"):
        if file.is_file():
            (root / "inbox" / file.name).write_bytes(file.read_bytes())
    _do("run", root)
    _do("cube", root)
    _do("user", "add", root, EMAIL, "--role", "analyst", "--role", "head", "--password", PASSWORD)
    return root


def publishes_again(root: Path) -> subprocess.Popen[bytes]:
    """A run that publishes another snapshot of the same records, as at the day before, begun."""
    from earlyhelp.store.workspace import open_workspace

    day = open_workspace(root).manifest()["as_at"]
    other = f"{day[:8]}{int(day[8:]) - 1:02d}" if int(day[8:]) > 1 else f"{day[:8]}02"
    script = (
        f"from earlyhelp.__main__ import main; import sys; sys.argv = ['earlyhelp', 'run', {str(root)!r}, '--as-at', {other!r}];"
        "main()"
    )
    return subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _do(*words: object) -> None:
    subprocess.run([sys.executable, "-m", "earlyhelp", *map(str, words)], check=True, stdout=subprocess.DEVNULL)
