"""Whatever is wrong around it, the command line says a sentence of ours and leaves no second installation behind."""

import errno
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import click
import pytest

from engine.errors import DatabaseFull
from engine.records.database import Database
from tests.unit.engine.records.test_locks import stopped_writer
from webapp.cli import DEBUG, alur, main

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ALUR_HOME", str(tmp_path / "var"))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "var"


@pytest.fixture
def run(home: Path, capfd: pytest.CaptureFixture[str]) -> Run:
    """Runs `alur` and gives exit code, output and errors; nothing of it may be a trace of Python."""

    def run(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        said = capfd.readouterr()
        assert "Traceback" not in said.out + said.err
        return int(ended.value.code or 0), said.out, said.err

    return run


@pytest.fixture
def office(begun: Path, home: Path) -> Path:
    """An installation with one city."""
    return copytree(begun, home)


@pytest.mark.parametrize(
    "command",
    [
        ("verify",),
        ("upgrade",),
        ("migrate", "1", "2"),
        ("worker", "--once"),
        ("web",),
        ("backup", "x.zip"),
        ("doctor",),
    ],
)
def test_a_mistyped_home_is_not_taken_for_a_new_installation(run: Run, home: Path, command: tuple[str, ...]) -> None:
    code, _, err = run(*command)

    assert (code, "belum ada instalasi Alur" in err, "alur init" in err) == (1, True, True)
    assert not home.exists()


def test_a_database_file_that_is_gone_is_not_begun_anew(run: Run, office: Path) -> None:
    (office / "alur.db").unlink()

    code, _, err = run("verify")

    assert (code, "alur restore" in err, (office / "alur.db").exists()) == (1, True, False)


def test_a_home_that_is_no_folder_is_said(run: Run, home: Path) -> None:
    home.write_text("")

    code, _, err = run("init", "serang")

    assert (code, "bukan folder" in err) == (1, True)


@pytest.mark.parametrize("command", ["serve", "verify", "doctor"])
@pytest.mark.parametrize("name", ["alur.db", "secrets.json", "files"])
def test_what_cannot_be_opened_is_named(run: Run, office: Path, name: str, command: str) -> None:
    path = office / name
    if path.is_dir():
        for folder in path.iterdir():
            folder.rmdir() if folder.is_dir() else folder.unlink()
        path.rmdir()
        path.write_text("")  # a file where a folder should be, and a folder where a file should be
    else:
        path.unlink()
        path.mkdir(mode=0o700)

    code, out, err = run(command)

    assert (code, name in out + err) == (1, True)


def serve(*options: str) -> "subprocess.CompletedProcess[str]":
    """Serve in a process of its own: the server leaves the port that it could not have to the end of its process."""
    command = [sys.executable, "-c", "from webapp.cli import main; main()", "serve", *options]
    return subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)


def test_a_taken_port_and_a_strange_address_are_said(office: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = serve("--port", str(other.getsockname()[1]))
    strange = serve("--host", "192.0.2.1", "--port", "0")

    assert (taken.returncode, "sudah dipakai program lain" in taken.stderr) == (1, True)
    assert (strange.returncode, "bukan alamat komputer ini" in strange.stderr) == (1, True)
    assert "Traceback" not in taken.stderr + strange.stderr


def test_a_taken_port_is_said_before_the_demonstration_is_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALUR_HOME", str(tmp_path))

    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = serve("--demo", "--port", str(other.getsockname()[1]))

    assert (taken.returncode, "sudah dipakai program lain" in taken.stderr) == (1, True)
    assert str(tmp_path) in taken.stdout
    assert "[1/5]" not in taken.stdout


@pytest.mark.parametrize(
    "content", [b'{"a": 1}', b"\xff\xfe", b'{"a": {"b": "c"}}'], ids=["number", "no_text", "object"]
)
def test_a_mapping_that_is_none_is_refused(run: Run, office: Path, content: bytes) -> None:
    Path("map").write_bytes(content)

    code, _, err = run("migrate", "1", "2", "--map-file", "map", "--city", "serang")

    assert (code, "Galat:" in err) == (1, True)


@pytest.mark.parametrize("command", [("verify", "--case"), ("migrate", "--undo")])
def test_a_number_with_too_many_digits_is_wrong_use(run: Run, office: Path, command: tuple[str, ...]) -> None:
    code, _, err = run(*command, "9" * 23)

    assert (code, "di luar batas" in err) == (2, True)


def test_numbers_of_nothing_are_said_to_be_of_nothing(run: Run, office: Path) -> None:
    case, undo = run("verify", "--case", "99"), run("migrate", "--undo", "99", "--city", "serang")

    assert (case[0], "Tidak ada kasus bernomor 99" in case[2]) == (1, True)
    assert (undo[0], "Tidak ada pemindahan bernomor 99" in undo[2]) == (1, True)


def test_an_expression_is_refused_in_indonesian(run: Run) -> None:
    code, _, err = run("feel", "((")

    assert (code, "baris 1" in err.lower()) == (1, True)


def test_a_file_that_is_no_backup_is_refused_in_indonesian(run: Run) -> None:
    Path("x.zip").write_bytes(b"PK nothing")

    code, _, err = run("backup", "--check", "x.zip")

    assert (code, "bukan arsip zip" in err, "not a zip" in err) == (1, True, False)


def test_an_address_that_no_browser_opens_is_refused(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALUR_BASE_URL", "ftp://kota.contoh.go.id")

    code, _, err = run("init", "serang")

    assert (code, "ALUR_BASE_URL" in err, "https://" in err) == (1, True, True)


def test_the_doctor_says_who_holds_the_right_to_write(run: Run, office: Path) -> None:
    with stopped_writer(office / "alur.db") as process:
        code, out, _ = run("doctor")

    assert code == 1
    assert f"proses {process}" in out
    assert f"kill -CONT {process}" in out


def test_what_nobody_foresaw_is_a_sentence_and_a_file_with_the_trace(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.setattr(alur, "get_command", lambda *_: click.Command("x", callback=lambda: 1 / 0))

    code, _, err = run("x")

    (trace,) = tmp_path.glob("alur-galat-*.txt")
    assert (code, str(trace) in err, "ZeroDivisionError" in trace.read_text()) == (1, True, True)


def test_the_trace_is_shown_to_whoever_asks_for_it(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(DEBUG, "1")
    monkeypatch.setattr(alur, "get_command", lambda *_: click.Command("x", callback=lambda: 1 / 0))

    with pytest.raises(ZeroDivisionError):
        main(["x"])


def test_a_full_disk_is_said_when_the_database_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object, **_options: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("engine.records.opening.os.open", refuse)

    with pytest.raises(DatabaseFull):
        Database(f"sqlite:///{tmp_path / 'alur.db'}")
