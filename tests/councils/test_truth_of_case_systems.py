"""Reports of Mosaic and Eclipse: clean ones lose nothing that the layout can say, messy ones nothing without a word."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from earlyhelp.synthetic.council import Council, make_council
from earlyhelp.synthetic.profiles import find_profile

BENCH = Path(__file__).resolve().parents[2] / "bench"


def _script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, BENCH / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


bench = _script("case_systems")
SYSTEMS = {system.name: system for system in bench.SYSTEMS}


@pytest.fixture(scope="module")
def council() -> Council:
    """A small council; its records are the truth."""
    return make_council(find_profile("Lambeth"), 200, 3, 0)


@pytest.mark.parametrize("name", SYSTEMS)
def test_of_clean_reports_every_record_day_and_code_survives(name: str, council: Council, tmp_path: Path) -> None:
    for table, found in bench.survived(council, SYSTEMS[name], 0, tmp_path).items():
        assert (found.found, found.surplus, found.set_aside) == (found.true, 0, 0), table
        assert found.true
        assert {column: right for column, (right, of) in found.right.items() if right != of} == {}, table


@pytest.mark.long
@pytest.mark.parametrize("name", SYSTEMS)
def test_of_messy_reports_no_record_is_lost_that_is_not_set_aside(name: str, council: Council, tmp_path: Path) -> None:
    found = bench.survived(council, SYSTEMS[name], 1, tmp_path)
    assert all(each.found + each.set_aside >= each.true for each in found.values())
    episodes = found["eh_episode"]
    assert episodes.found >= 0.95 * episodes.true


def test_records_are_paired_by_day_then_in_order_of_time() -> None:
    from datetime import date

    from earlyhelp.standard import TABLES

    def row(key: str, day: int) -> dict[str, Any]:
        return {"episode_id": key, "start_date": date(2025, 1, day)}

    true = [row("a", 1), row("b", 10), row("c", 20)]
    read = [row("x", 10), row("y", 2), row("z", 30), row("w", 31)]
    pairs, surplus = bench._paired(TABLES["eh_episode"], true, read)
    assert {(one["episode_id"], other["episode_id"]) for one, other in pairs} == {("a", "y"), ("b", "x"), ("c", "z")}
    assert surplus == 1
