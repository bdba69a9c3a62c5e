"""The measurement of moves runs as people run it, and takes every case back; how fast is nothing a test can hold."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

HOUSE = Path(__file__).parents[2]


@pytest.mark.long
def test_every_case_is_moved_and_taken_back() -> None:
    command = [sys.executable, "-W", "error", "-m", "tests.bench.migration", "--cases", "400"]

    done = subprocess.run(command, cwd=HOUSE, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")
    found: Any = json.loads(done.stdout)
    assert found["as_before"]
    assert found["move them, mapped"]["counts"] == {"mapped": 400}
    assert found["undo that"]["counts"] == {"undone": 400}
