"""Inside Spark's process: a session that writes into one folder and listens to nobody, and how the process ends.

What is asked lies in the folder as `spark.run_on_spark` put it there. Spark shows no page, and on one machine it listens to that
machine alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from earlyhelp.store.files import read_json, write_json
from earlyhelp.store.spark import ASKED, TROUBLE

_LOCAL_PARTS = "8"
"""Parts into which tables are cut on one machine; Spark's own 200 cost more than they save there."""
_SECONDS_TO_END = 60


def do_what_is_asked(work: Callable[[Path, Mapping[str, Any]], None], arguments: list[str]) -> int:
    """The entry of a module that Spark's process runs: 0 with the work done, or the kind of trouble written, and the error.

    `work` gets the folder that is named in `arguments`, and what is asked.
    """
    folder = Path(arguments[0])
    try:
        work(folder, read_json(folder / ASKED))
    except Exception as error:
        write_json(folder / TROUBLE, {"kind": _kind_of(error)})
        raise
    return 0


@contextmanager
def session(folder: Path, asked: Mapping[str, Any], further: Mapping[str, str] | None = None) -> Iterator[Any]:
    """A session of Spark; afterwards its Java has ended, so that nothing writes into `folder` any more.

    `asked`: `master` and `memory`, as `Spark` has them. `further`: settings of Spark beside ours.
    """
    from pyspark import SparkConf, SparkContext  # type: ignore[import-not-found]
    from pyspark.sql import SparkSession  # type: ignore[import-not-found]

    told = {**settings(folder, asked["master"], asked["memory"]), **(further or {})}
    started = SparkSession.builder.config(conf=SparkConf().setAll([*told.items()])).getOrCreate()
    started.sparkContext.setLogLevel("ERROR")
    started.sparkContext.setCheckpointDir(str(folder / "checkpoint"))
    gateway: Any = SparkContext._gateway
    try:
        yield started
    finally:
        started.stop()
        gateway.shutdown()
        gateway.proc.stdin.close()
        gateway.proc.wait(_SECONDS_TO_END)


def settings(folder: Path, master: str, memory: str) -> Mapping[str, str]:
    """Spark's settings by name: temporary files in `folder`, no pages, and on one machine no ear for any other."""
    told = {
        "spark.app.name": "earlyhelp",
        "spark.master": master,
        "spark.driver.memory": memory,
        "spark.driver.extraJavaOptions": f'-XX:-UsePerfData -Djava.io.tmpdir="{folder}" -Dderby.system.home="{folder}"',
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.sql.session.timeZone": "UTC",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.eventLog.enabled": "false",
    }
    if master.startswith("local"):
        told |= {
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.driver.host": "127.0.0.1",
            "spark.sql.shuffle.partitions": _LOCAL_PARTS,
            "spark.default.parallelism": _LOCAL_PARTS,
        }
    return told


def _kind_of(error: BaseException) -> str:
    """What kind of error it was: Spark's own name for it, else the class. Its words may hold what is in a record."""
    condition = getattr(error, "getCondition", lambda: None)()
    return str(condition or type(error).__name__)
