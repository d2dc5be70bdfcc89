"""--engine and --master: where records of people are compared and figures counted, on this machine or on Apache Spark."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from earlyhelp.errors import UsageProblem

if TYPE_CHECKING:
    from earlyhelp.store.spark import Spark
    from earlyhelp.store.workspace import Workspace

ENGINES = ("duckdb", "spark")
_THIS_MACHINE = "local[*]"
_SEEN = ("JAVA_HOME", "PATH", "PYTHONPATH", "HOME", "USER")
_SEEN_THAT_BEGIN = ("SPARK_", "HADOOP_", "YARN_", "KRB5")
"""Variables of the environment that Spark's process sees; all others are kept from it."""


def engine_options(
    command: Callable[..., Any], *, otherwise: str | None = ENGINES[0], what: str = "records of people are compared"
) -> Callable[..., Any]:
    """The options of a command in which Spark may do `what`: `engine` (`otherwise` where none is given) and `master`."""
    command = click.option(
        "--master", help=f"With --engine spark: the master's address, as Spark writes it. By default {_THIS_MACHINE}."
    )(command)
    return click.option(
        "--engine",
        type=click.Choice(ENGINES),
        default=otherwise,
        show_default=otherwise is not None,
        help=f"Where {what}; the result is the same.",
    )(command)


def asked_spark(
    workspace: Workspace, engine: str | None, master: str | None, scratch: Path | None = None
) -> Spark | None:
    """Where Spark is to run, None where the embedded engine was asked for; call it before any work is done.

    `scratch`: the folder that it works in, by default that of a run, which no other run uses at the same time.

    Raises UsageProblem for a master without Spark, or a workspace in whose folder Spark cannot work, InputRefused where
    Spark is not installed.
    """
    if engine != "spark":
        if master:
            raise UsageProblem("Only Spark has a master.", where="--master", fix="Add --engine spark.")
        return None
    from earlyhelp.store.spark import Spark, require_spark

    seen = {name: value for name, value in os.environ.items() if name in _SEEN or name.startswith(_SEEN_THAT_BEGIN)}
    spark = Spark(master or _THIS_MACHINE, scratch or workspace.work, seen)
    require_spark(spark)
    return spark
