"""A city whose plugin is gone or broken says so; the others of the installation go on."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from engine.records.tenant import tenant
from plugins.manager import Cities
from webapp.app import create_app
from webapp.migrations import upgrade
from webapp.texts.speaking import COOKIE as LANGUAGE_COOKIE
from webapp.wiring import Settings, build

NOW = datetime(2026, 10, 1, 2, 0, tzinfo=UTC)


@pytest.fixture
def client(tmp_path: Path) -> Iterator[FlaskClient]:
    """A browser at an installation that serves Serang, and Mataram without its plugin."""
    settings = Settings(
        home=tmp_path,
        database_url=f"sqlite:///{tmp_path / 'alur.db'}",
        secret_key="k" * 32,
        pepper="p" * 32,
        hosts={"kinerja.mataram.example": "mataram"},
    )
    alur = build(settings, clock=lambda: NOW, cities=Cities.installed(only=("serang",)))
    upgrade(alur.database)
    with alur.database.writing() as connection:
        connection.execute(tenant.insert(), [{"code": code, "created_at": NOW} for code in ("serang", "mataram")])
    yield create_app(alur).test_client()
    alur.close()


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
