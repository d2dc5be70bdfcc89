"""What Spark does for linkage, in a process of its own: score the pairs of the records that lie in a folder.

Run as a module by `score_pairs_on_spark`: `python -m earlyhelp.link.spark_process FOLDER`. All that Spark writes lies in FOLDER.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from earlyhelp.link.model import linker_on, read_parameters
from earlyhelp.link.rarity import rarity_columns
from earlyhelp.link.scoring import LEAST_PROBABILITY
from earlyhelp.link.spark import PAIRS, RECORDS
from earlyhelp.store.spark_session import do_what_is_asked, session


def score(folder: Path, asked: Mapping[str, Any]) -> None:
    """Leave the pairs of `link_record` worth knowing in `link_pair.parquet`, with what `linker_on` says of each."""
    from splink.backends.spark import SparkAPI, similarity_jar_location

    with session(folder, asked, {"spark.jars": similarity_jar_location()}) as started:
        for column in rarity_columns():
            started.read.parquet(str(folder / f"link_tf_{column}.parquet")).createOrReplaceTempView(f"link_tf_{column}")
        started.read.parquet(str(folder / RECORDS)).createOrReplaceTempView("link_record")
        api = SparkAPI(spark_session=started, break_lineage_method="parquet")
        linker = linker_on(api, api.register("link_record"), read_parameters(asked["parameters"]))
        scored = linker.inference.predict(threshold_match_probability=LEAST_PROBABILITY, warning_mode="never")
        pairs = scored.as_spark_dataframe().select("unique_id_l", "unique_id_r", "match_weight", "match_probability")
        pairs.write.parquet(str(folder / PAIRS))


if __name__ == "__main__":
    sys.exit(do_what_is_asked(score, sys.argv[1:]))
