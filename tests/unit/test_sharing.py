"""A run of tests goes on when one of its processes dies, and does not pass."""

import subprocess
import sys
from pathlib import Path

ALUR = Path(__file__).parents[2]
#: Alone with pytest-xdist: what other plugins do is nothing that a process dies of.
LOADED = ("-p", "xdist.plugin", "-p", "tests.sharing", "-p", "no:cacheprovider")
PASSING = "def test_{}(): pass\n"
DYING = "def test_dying():\n    import os\n    os._exit(0)\n"
DYING_AT_THE_END = """
import os
from pathlib import Path

def pytest_sessionfinish(session):
    here = Path(__file__)
    if "PYTEST_XDIST_WORKER" in os.environ and not here.with_suffix(".died").exists():
        here.with_suffix(".died").touch()
        os._exit(0)
"""
PATIENCE = 120.0  # seconds; a run that hangs takes them, others less than three


def test_the_tests_of_a_process_that_dies_are_run_by_others(tmp_path: Path) -> None:
    # The fewer tests a file has, the later it is begun: whoever dies has a file behind him.
    _write(tmp_path, first="abc", second="def", deadly="", single="i", last="j")
    (tmp_path / "test_deadly.py").write_text(DYING + PASSING.format("g") + PASSING.format("h"))

    ended = _run(tmp_path, processes=2)

    assert ended.returncode == 1, ended.stdout
    assert "1 failed, 10 passed" in ended.stdout
    assert "test_deadly.py::test_dying" in ended.stdout


def test_a_run_in_which_a_process_died_between_tests_does_not_pass(tmp_path: Path) -> None:
    _write(tmp_path, only="a")
    (tmp_path / "conftest.py").write_text(DYING_AT_THE_END)

    ended = _run(tmp_path, processes=1)

    assert ended.returncode == 1, ended.stdout
    assert "1 passed" in ended.stdout


def _write(folder: Path, **files: str) -> None:
    for name, tests in files.items():
        (folder / f"test_{name}.py").write_text("".join(map(PASSING.format, tests)))


def _run(folder: Path, processes: int) -> subprocess.CompletedProcess[str]:
    how = ("-n", str(processes), "--dist", "loadfile", "--rootdir", str(folder), str(folder))
    command = [sys.executable, "-m", "pytest", "--disable-plugin-autoload", *LOADED, *how]
    return subprocess.run(command, cwd=ALUR, check=False, capture_output=True, text=True, timeout=PATIENCE)
