"""What several test modules share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parents[1]

settings.register_profile("untimed", deadline=None)  # how long an example takes says how busy the machine is
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real sample files and reference data beside the repository, which never holds copies of them.

    A test that asks for it is skipped where the folder is absent, and fails there when EARLYHELP_REQUIRE_SHARED is set.
    """
    folder = (ROOT / "../shared").resolve()
    if folder.is_dir():
        return folder
    reason = "needs ../shared (real sample files)"
    if os.environ.get("EARLYHELP_REQUIRE_SHARED"):
        pytest.fail(reason)
    pytest.skip(reason)
