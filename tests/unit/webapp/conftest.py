"""What several tests of the application begin with, made once."""

from collections.abc import Iterator
from contextlib import closing, redirect_stdout
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from shutil import copytree

import pytest

from engine.policy.actor import system_actor
from engine.records.schema import metadata
from tests.made_once import made_once
from webapp.cli import main
from webapp.demo import DEMO_CITIES, load_demo
from webapp.wiring import Alur, Settings, build

NOW = datetime(2026, 10, 1, 3, tzinfo=UTC)


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an installation after `alur init serang`, copied for each test."""
    return made_once(tmp_path_factory.getbasetemp(), "begun", _begin) / "var"


def _begin(folder: Path) -> None:
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(StringIO()), pytest.raises(SystemExit) as ended:
        patch.setenv("ALUR_HOME", str(folder / "var"))
        main(["init", "serang"])
    assert not ended.value.code


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Alur]:
    """The made-up people of all cities; each test leaves them as they are."""
    folder = tmp_path_factory.mktemp("demo") / "home"
    copytree(made_once(tmp_path_factory.getbasetemp(), "made-up-people", _load), folder)
    with closing(_open(folder)) as alur:
        yield alur


def _load(folder: Path) -> None:
    with closing(_open(folder)) as alur:
        metadata.create_all(alur.database.write)
        for code in DEMO_CITIES:
            load_demo(alur.engine, code, system_actor(code))


def _open(folder: Path) -> Alur:
    settings = Settings(home=folder, database_url=f"sqlite:///{folder / 'alur.db'}", secret_key="k", pepper="p")
    return build(settings, clock=lambda: NOW)
