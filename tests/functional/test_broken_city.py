"""A city whose plugin is gone or broken says so; the others of the installation go on."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from engine.records.tenant import tenant
from plugins import trial
from plugins.manager import Cities
from tests.unit.plugins.bad_imports import MISDEEDS, install
from tests.upgraded_once import make_tables
from webapp.app import create_app
from webapp.cli import main
from webapp.texts.speaking import COOKIE as LANGUAGE_COOKIE
from webapp.wiring import Alur, Settings, build, make_home

NOW = datetime(2026, 10, 1, 2, 0, tzinfo=UTC)
PATIENCE = 240.0  # seconds; only what never ends takes them


@contextmanager
def installed(folder: Path, cities: Cities, *codes: str) -> Iterator[Alur]:
    """An installation in which these cities were set up."""
    settings = Settings(
        home=folder,
        database_url=f"sqlite:///{folder / 'alur.db'}",
        secret_key="k" * 32,
        pepper="p" * 32,
        hosts={"kinerja.mataram.example": "mataram"},
    )
    make_tables(folder / "alur.db")
    alur = build(settings, clock=lambda: NOW, cities=cities)
    with alur.database.writing() as connection:
        connection.execute(tenant.insert(), [{"code": code, "created_at": NOW} for code in codes])
    yield alur
    alur.close()


@pytest.fixture
def client(tmp_path: Path) -> Iterator[FlaskClient]:
    """A browser at an installation that serves Serang, and Mataram without its plugin."""
    with installed(tmp_path, Cities.installed(only=("serang",)), "serang", "mataram") as alur:
        yield create_app(alur).test_client()


@pytest.mark.parametrize("path", ["/", "/masuk", "/tugas", "/kasus/1", "/tidak/ada"])
def test_the_pages_of_a_broken_city_say_that_its_rules_cannot_be_asked(client: FlaskClient, path: str) -> None:
    answer = client.get(f"/mataram{path}")

    assert answer.status_code == 503
    assert "Aturan kota ini belum terpasang atau sedang rusak." in answer.text
    assert "bukan untuk Anda" not in answer.text


def test_they_say_so_at_an_address_of_their_own_and_in_english_as_well(client: FlaskClient) -> None:
    client.set_cookie(LANGUAGE_COOKIE, "en", domain="kinerja.mataram.example")

    answer = client.get("/masuk", base_url="http://kinerja.mataram.example")

    assert answer.status_code == 503
    assert "This city&#39;s rules are not installed or are broken." in answer.text


def test_the_other_cities_go_on_and_one_that_was_never_set_up_is_not_found(client: FlaskClient) -> None:
    assert client.get("/serang/masuk").status_code == 200
    assert client.get("/atlantis/masuk").status_code == 404


def test_a_city_whose_import_never_ends_is_a_broken_one_and_the_others_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path, "kupang", MISDEEDS["loops"])
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(trial, "MARGIN_SECONDS", PATIENCE)
    tried = Cities.tried(("kupang",), seconds=0.5), Cities.tried(("serang",), seconds=PATIENCE)
    cities = Cities(entry for found in tried for entry in found.entries)

    with installed(tmp_path, cities, "serang", "kupang") as alur:
        browser = create_app(alur).test_client()
        broken, works = browser.get("/kupang/masuk"), browser.get("/serang/masuk")

    assert (broken.status_code, works.status_code) == (503, 200)
    assert "Aturan kota ini belum terpasang atau sedang rusak." in broken.text


def test_every_command_starts_beside_a_city_that_ends_its_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    install(tmp_path, "kupang", MISDEEDS["ends"])
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setenv("ALUR_HOME", str(tmp_path / "home"))
    make_home(tmp_path / "home")
    with installed(tmp_path / "home", Cities(()), "kupang"):
        pass

    for command, said in (
        (("plugin", "list"), "kupang  alur-kupang 1.0  RUSAK: its process ended when it was loaded (exit 0)"),
        (("doctor",), "GALAT      Plugin kupang: rusak: its process ended when it was loaded (exit 0)"),
        (("worker", "--once"), "pekerjaan selesai."),
    ):
        with pytest.raises(SystemExit):
            main(command)
        assert said in capsys.readouterr().out
