"""Counts machine instructions with valgrind's callgrind: the same on a quiet machine and on a busy one."""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HOUSE = Path(__file__).parents[2]
UNITS = 20
_COLLECTED = re.compile(r"Collected : (\d+)")


class NoCallgrind(Exception):
    """Valgrind is not on this machine."""


def count_instructions(scene: str, *arguments: str, units: int = UNITS) -> int:
    """Return the instructions of one unit of a scene of `tests.bench.counted`.

    Switching the count on and off is counted with them: some 10,000 a unit.

    :raise NoCallgrind: it is not installed.
    """
    return _collected(scene, *arguments, str(units)) // units


def _collected(*arguments: str) -> int:
    if shutil.which("callgrind_control") is None:
        raise NoCallgrind("Instructions are counted by callgrind, which is not here: apt install valgrind")
    with tempfile.TemporaryDirectory() as folder:
        tool = ["valgrind", "--tool=callgrind", "--instr-atstart=no", f"--callgrind-out-file={folder}/out"]
        counted = [sys.executable, "-m", "tests.bench.counted", *arguments]
        done = subprocess.run([*tool, *counted], cwd=HOUSE, capture_output=True, text=True, check=False)
    found = _COLLECTED.search(done.stderr)
    if done.returncode or found is None:
        raise RuntimeError(f"callgrind counted nothing of {arguments}: {done.stderr[-2000:]}")
    return int(found.group(1))
