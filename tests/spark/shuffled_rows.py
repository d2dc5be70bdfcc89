"""Run in Spark's process by a test: put rows in another order, and leave word of what then lies in the folder.

`found.json` holds how many files there are of rows on their way, and how many of those in which the name can be read.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from earlyhelp.measures.spark_process import READING
from earlyhelp.store.files import write_json
from earlyhelp.store.spark_session import do_what_is_asked, session

NAME = "Featherstonehaugh"
AS_THEY_ARE = {"spark.shuffle.compress": "false"}


def shuffle(folder: Path, asked: Mapping[str, Any]) -> None:
    with session(folder, asked, AS_THEY_ARE | (READING if asked["as_counting_does"] else {})) as started:
        rows = f"SELECT concat('{NAME}', id % 1000) AS name, id FROM range(10000)"
        started.sql(f"SELECT name, count(DISTINCT id) FROM ({rows}) GROUP BY name").collect()
        contents = [path.read_bytes() for path in folder.rglob("shuffle_*.data")]
        write_json(folder / "found.json", [len(contents), sum(NAME.encode() in each for each in contents)])


if __name__ == "__main__":
    sys.exit(do_what_is_asked(shuffle, sys.argv[1:]))
