"""The measurement of the check runs as people run it; how fast it is nothing a test can hold."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[2]


@pytest.mark.long
def test_every_shape_is_checked_to_the_end() -> None:
    command = [sys.executable, "-W", "error", "-m", "tests.bench.checking"]

    done = subprocess.run(command, cwd=HOUSE, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")
    found = json.loads(done.stdout)
    assert len(found) == 8
    assert all(one["cpu_ms"] > 0 for one in found.values())
    assert all(one["decided"] for one in found.values())
