"""A process goes into a folder and comes back as a design, byte for byte."""

from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest

from webapp.cli import main

Run = Callable[..., tuple[int, str, str]]
PROCESS = "unit_award"


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


def contents(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder by their names."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def number_in(said: str) -> str:
    """Return the number of the design that an import names."""
    return said.split("Rancangan ", 1)[1].split(":", 1)[0]


def test_what_is_imported_is_exported_byte_for_byte(run: Run, tmp_path: Path) -> None:
    assert run("process", "export", PROCESS, "one", "--default")[0] == 0
    code, said, _errors = run("process", "import", "one")

    assert code == 0
    assert run("process", "export", PROCESS, "two", "--design", number_in(said))[0] == 0
    assert contents(tmp_path / "two") == contents(tmp_path / "one")
    assert f"{PROCESS}.bpmn" in contents(tmp_path / "one")


def test_a_folder_goes_into_a_design_again_and_its_errors_are_said(run: Run, tmp_path: Path) -> None:
    run("process", "export", PROCESS, "one", "--default")
    number = number_in(run("process", "import", "one")[1])
    diagram = tmp_path / "one" / f"{PROCESS}.bpmn"
    diagram.write_bytes(diagram.read_bytes().replace(b"recognition.find_unit_authority", b"recognition.find_nobody"))

    code, said, _errors = run("process", "import", "one", "--design", number)
    run("process", "export", PROCESS, "two", "--design", number)

    assert code == 1
    assert "recognition.find_nobody" in said and "galat" in said
    assert (tmp_path / "two" / f"{PROCESS}.bpmn").read_bytes() == diagram.read_bytes()


def test_what_may_not_be_kept_is_refused_with_the_reason(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "bad.bpmn").write_bytes(b"<!DOCTYPE x><x/>")

    code, _said, errors = run("process", "import", "bad")

    assert code == 1
    assert "DOCTYPE" in errors


def test_an_unknown_process_is_answered_with_those_that_exist(run: Run) -> None:
    code, _said, errors = run("process", "export", "unit_awards", "one", "--default")

    assert code == 1
    assert PROCESS in errors
