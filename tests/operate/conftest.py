"""The command line in a folder of its own, and an installation with running cases, recorded by an earlier release."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest

from tests.operate.recorded import open_installation
from webapp.cli import main
from webapp.migrations import upgrade
from webapp.wiring import Alur
from webapp.wiring.backups import restore_backup

Run = Callable[..., tuple[int, str, str]]
#: Made by `tests.operate.recorded` from the code whose newest step was 0001.
RECORDED: Final = Path(__file__).with_name("installation-0001.backup")


def restore_recorded(home: Path) -> None:
    """Make the recorded installation, as the earlier release left it."""
    restore_backup(RECORDED, home, f"sqlite:///{home / 'alur.db'}")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of an installation that nobody has begun yet."""
    folder = tmp_path / "home"
    monkeypatch.setenv("ALUR_HOME", str(folder))
    monkeypatch.delenv("ALUR_DATABASE_URL", raising=False)
    monkeypatch.chdir(tmp_path)
    return folder


@pytest.fixture
def run(home: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `alur` for that installation and gives exit code, output and errors."""

    def run(*arguments: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return run


@pytest.fixture(scope="session")
def upgraded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The recorded installation with today's tables, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("recorded") / "home"
    restore_recorded(folder)
    with closing(open_installation(folder)) as alur:
        upgrade(alur.database)
    return folder


@pytest.fixture
def office(upgraded: Path, home: Path) -> Iterator[Alur]:
    """An installation with running cases, on the morning the quarter was opened."""
    shutil.copytree(upgraded, home)
    with closing(open_installation(home)) as alur:
        yield alur
