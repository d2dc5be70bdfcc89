"""Our own processes never load pandas, which takes longer than most commands do; a program that uses us as a library may."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[1] / "src" / "earlyhelp"
WITH_PANDAS = {"reports/workbook_process.py", "link/spark_process.py", "measures/spark_process.py"}
"""gptables rests on it; Spark looks for it itself, in an environment of its own."""

ASKED = """
import sys
{start}
import duckdb, pyarrow
assert duckdb.connect().execute("SELECT ?", [1]).fetchall() == [(1,)]
pyarrow.array([1]).take(pyarrow.array([0]))
print("pandas" in sys.modules)
"""


def loads_pandas(start: str) -> bool:
    """Whether a process that begins so has pandas after a question with a parameter."""
    done = subprocess.run([sys.executable, "-c", ASKED.format(start=start)], capture_output=True, text=True, check=True)
    return done.stdout.strip() == "True"


def test_a_process_that_goes_without_loads_no_pandas_and_one_that_does_not_would():
    assert loads_pandas("")
    assert not loads_pandas("from earlyhelp.without_pandas import go_without_pandas; go_without_pandas()")


def test_who_has_loaded_it_keeps_it():
    code = "import pandas; from earlyhelp.without_pandas import go_without_pandas; go_without_pandas(); import pandas"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_every_process_of_ours_goes_without():
    processes = {path for path in SOURCE.rglob("*.py") if '__name__ == "__main__"' in path.read_text("utf-8")}
    processes.remove(SOURCE / "web" / "confined.py")  # it becomes another program at once
    entries = {path.relative_to(SOURCE).as_posix(): path.read_text("utf-8") for path in processes}
    assert entries.keys() > WITH_PANDAS
    without = {name for name, text in entries.items() if "    go_without_pandas()\n" in text}
    assert entries.keys() - without == WITH_PANDAS


def test_the_command_line_goes_without():
    code = "import sys; sys.argv = ['earlyhelp', '--version']\nfrom earlyhelp.__main__ import main\n"
    code += "try:\n    main()\nexcept SystemExit:\n    import pandas"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "No module named 'pandas'" in done.stderr
