"""Our own processes begin without pandas and with one thread of algebra; a program that uses us as a library is left alone."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from earlyhelp import own_process

SOURCE = Path(__file__).resolve().parents[1] / "src" / "earlyhelp"
WITH_PANDAS = {"reports/workbook_process.py", "link/spark_process.py", "measures/spark_process.py"}
"""gptables rests on it; Spark looks for it itself, in an environment of its own."""

BEGUN = "from earlyhelp import own_process; own_process.begin()"

ASKED = """
import sys
{start}
import duckdb, pyarrow
assert duckdb.connect().execute("SELECT ?", [1]).fetchall() == [(1,)]
pyarrow.array([1]).take(pyarrow.array([0]))
print("pandas" in sys.modules)
"""


THREADS = """
import os
before = len(os.listdir("/proc/self/task"))
import numpy
print(len(os.listdir("/proc/self/task")) - before)
"""


def loads_pandas(start: str) -> bool:
    """Whether a process that begins so has pandas after a question with a parameter."""
    done = subprocess.run([sys.executable, "-c", ASKED.format(start=start)], capture_output=True, text=True, check=True)
    return done.stdout.strip() == "True"


def test_a_process_that_goes_without_loads_no_pandas_and_one_that_does_not_would():
    assert loads_pandas("")
    assert not loads_pandas(BEGUN)


def test_who_has_loaded_it_keeps_it():
    code = f"import pandas; {BEGUN}; import pandas"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_every_process_of_ours_begins_so():
    processes = {path for path in SOURCE.rglob("*.py") if '__name__ == "__main__"' in path.read_text("utf-8")}
    processes.remove(SOURCE / "web" / "confined.py")  # it becomes another program at once
    entries = {path.relative_to(SOURCE).as_posix(): path.read_text("utf-8") for path in processes}
    assert entries.keys() > WITH_PANDAS
    without = {name for name, text in entries.items() if "    own_process.begin()\n" in text}
    assert entries.keys() - without == WITH_PANDAS


def test_the_command_line_goes_without():
    code = "import sys; sys.argv = ['earlyhelp', '--version']\nfrom earlyhelp.__main__ import main\n"
    code += "try:\n    main()\nexcept SystemExit:\n    import pandas"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "No module named 'pandas'" in done.stderr


@pytest.mark.skipif((os.cpu_count() or 1) == 1, reason="one processor has one thread anyway")
@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="threads are counted where Linux shows them")
def test_numpy_starts_no_threads_beside_the_engine_s_unless_somebody_asked_for_them():
    assert started(THREADS, OPENBLAS_NUM_THREADS="2") == "1"
    assert started(f"{BEGUN}\n{THREADS}") == "0"
    assert started(f"{BEGUN}\n{THREADS}", OPENBLAS_NUM_THREADS="2") == "1"


def started(code: str, **settings: str) -> str:
    """What a process prints that was started with these settings beside our own, of which none says how many threads."""
    ours = {name: value for name, value in os.environ.items() if name != own_process.ALGEBRA_THREADS}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={**ours, **settings}
    )
    return done.stdout.strip()
