"""What Spark does, in a process of its own: score the pairs of the records that lie in a folder, and leave them there.

Run as a module by `score_pairs_on_spark`: `python -m earlyhelp.link.spark_process FOLDER`. All that Spark writes lies in
FOLDER. It shows no page, and on one machine it listens to that machine alone.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from earlyhelp.link.model import linker_on, read_parameters
from earlyhelp.link.rarity import rarity_columns
from earlyhelp.link.scoring import LEAST_PROBABILITY
from earlyhelp.link.spark import ASKED, PAIRS, RECORDS, TROUBLE
from earlyhelp.store.files import read_json, write_json

_LOCAL_PARTS = "8"
"""Parts into which tables are cut on one machine; Spark's own 200 cost more than they save there."""
_SECONDS_TO_END = 60


def score(folder: Path) -> None:
    """Leave the pairs of `link_record` worth knowing in `link_pair.parquet`, with what `linker_on` says of each."""
    from splink.backends.spark import SparkAPI

    asked = read_json(folder / ASKED)
    with _session(folder, asked["master"], asked["memory"]) as session:
        for column in rarity_columns():
            session.read.parquet(str(folder / f"link_tf_{column}.parquet")).createOrReplaceTempView(f"link_tf_{column}")
        session.read.parquet(str(folder / RECORDS)).createOrReplaceTempView("link_record")
        api = SparkAPI(spark_session=session, break_lineage_method="parquet")
        linker = linker_on(api, api.register("link_record"), read_parameters(asked["parameters"]))
        scored = linker.inference.predict(threshold_match_probability=LEAST_PROBABILITY, warning_mode="never")
        pairs = scored.as_spark_dataframe().select("unique_id_l", "unique_id_r", "match_weight", "match_probability")
        pairs.write.parquet(str(folder / PAIRS))


@contextmanager
def _session(folder: Path, master: str, memory: str) -> Iterator[Any]:
    """A session of Spark; afterwards its Java has ended, so that nothing writes into `folder` any more."""
    from pyspark import SparkConf, SparkContext  # type: ignore[import-not-found]
    from pyspark.sql import SparkSession  # type: ignore[import-not-found]

    told = SparkConf().setAll([*settings(folder, master, memory).items()])
    session = SparkSession.builder.config(conf=told).getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    session.sparkContext.setCheckpointDir(str(folder / "checkpoint"))
    gateway: Any = SparkContext._gateway
    try:
        yield session
    finally:
        session.stop()
        gateway.shutdown()
        gateway.proc.stdin.close()
        gateway.proc.wait(_SECONDS_TO_END)


def settings(folder: Path, master: str, memory: str) -> Mapping[str, str]:
    """Spark's settings by name: temporary files in `folder`, no pages, and on one machine no ear for any other."""
    from splink.backends.spark import similarity_jar_location

    told = {
        "spark.app.name": "earlyhelp",
        "spark.master": master,
        "spark.driver.memory": memory,
        "spark.driver.extraJavaOptions": f'-XX:-UsePerfData -Djava.io.tmpdir="{folder}" -Dderby.system.home="{folder}"',
        "spark.jars": similarity_jar_location(),
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


def main(arguments: list[str]) -> int:
    """Entry of Spark's process: 0 with the pairs written, or 1 with the kind of trouble written."""
    folder = Path(arguments[0])
    try:
        score(folder)
    except Exception as error:
        write_json(folder / TROUBLE, {"kind": _kind_of(error)})
        raise
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
