"""Logs of processes on the command line, and figures that are counted again."""

import json
from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest

from webapp.cli import main

Run = Callable[..., tuple[int, str, str]]
PROCESS = "periodic_evaluation"


@pytest.fixture
def run(begun: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Runs `alur` on an installation with one city, and gives exit code, output and errors."""
    copytree(begun, tmp_path / "var")
    monkeypatch.setenv("ALUR_HOME", str(tmp_path / "var"))
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        said = capfd.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return run


def test_a_log_is_written_in_either_format(run: Run, tmp_path: Path) -> None:
    assert run("process", "log", PROCESS, "a.xes")[0] == 0
    code, said, _errors = run("process", "log", PROCESS, "a.json", "--format", "ocel", "--from", "2026-01-01")

    assert (code, said) == (0, "0 kasus dan 0 peristiwa ditulis ke a.json.\n")
    assert (tmp_path / "a.xes").read_text().endswith("</log>\n")
    assert json.loads((tmp_path / "a.json").read_text())["events"] == []


def test_what_is_refused_leaves_no_file_behind(run: Run, tmp_path: Path) -> None:
    assert run("process", "log", "no_such_process", "a.xes")[0] == 1
    assert run("process", "log", PROCESS, "a.xes", "--city", "mataram")[0] == 1
    assert run("process", "log", PROCESS, "a.xes", "--from", "kemarin")[0] == 2
    assert not [*tmp_path.glob("a.xes*")]


def test_figures_are_counted_again(run: Run) -> None:
    code, said, _errors = run("process", "recount")

    assert (code, said) == (0, "Angka pantauan kota serang dihitung ulang.\n")
