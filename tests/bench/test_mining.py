"""The measurement of figures runs as people run it, and takes every step in; how fast is nothing a test can hold."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

HOUSE = Path(__file__).parents[2]


@pytest.mark.long
def test_every_step_is_taken_in() -> None:
    command = [sys.executable, "-W", "error", "-m", "tests.bench.mining", "--cases", "400"]

    done = subprocess.run(command, cwd=HOUSE, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")
    found: Any = json.loads(done.stdout)
    assert found["read the page"]["tasks_opened"] == found["steps"] - found["cases"]
    assert found["read the page"]["statements"] <= 6
