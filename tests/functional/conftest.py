"""A whole application for each test: real plugins, a real database in a file, a clock that tests move."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from tests.cities import cities_of
from tests.compiled_once import compile_once
from tests.functional.browser import Browser
from tests.functional.quarter_world import make_opened, make_template
from tests.functional.town import OPENING, Moment, Person, hash_quickly, settle
from tests.made_once import made_once
from tests.postgresql import address_in
from webapp.app import create_app
from webapp.wiring import Alur, Settings, build

compile_once()


def settings_of(home: Path) -> Settings:
    """Return the settings of an installation in a folder."""
    return Settings(
        home=home,
        database_url=address_in(home),
        secret_key="made up for tests",
        pepper="made up for tests as well",
    )


@pytest.fixture(scope="session")
def settled_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an installation with the small town, made once and copied for each test."""
    return made_once(tmp_path_factory.getbasetemp(), "town", _make_town)


def _make_town(home: Path) -> None:
    # Not at the moment the tests begin: what they make is newer, by its number, too.
    with closing(build(settings_of(home), clock=Moment(OPENING - timedelta(minutes=1)))) as alur:
        settle(alur)


@pytest.fixture(scope="session")
def loaded_city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database file of a demonstration city before its third quarter is opened, copied for each test."""
    return made_once(tmp_path_factory.getbasetemp(), "loaded-city", make_template) / "alur.db"


@pytest.fixture(scope="session")
def opened_city(tmp_path_factory: pytest.TempPathFactory, loaded_city: Path) -> Path:
    """The same with its third quarter open, copied for each test."""
    base = tmp_path_factory.getbasetemp()
    return made_once(base, "opened-city", lambda folder: make_opened(folder, loaded_city)) / "alur.db"


@pytest.fixture
def moment() -> Moment:
    """The clock."""
    return Moment()


@pytest.fixture
def alur(settled_home: Path, tmp_path: Path, moment: Moment) -> Iterator[Alur]:
    """An installation with the small town, of this test alone."""
    home = tmp_path / "home"
    shutil.copytree(settled_home, home)
    built = build(settings_of(home), clock=moment, cities=cities_of())
    yield built
    built.close()


@pytest.fixture
def app(alur: Alur) -> Flask:
    """The web application."""
    return hash_quickly(create_app(alur))


@pytest.fixture
def browser(app: Flask) -> Browser:
    """A browser that nobody has signed in with."""
    return Browser(app)


@pytest.fixture
def signed_in(app: Flask) -> Callable[[Person], Browser]:
    """Gives a browser with which a person has signed in."""

    def sign_in(person: Person) -> Browser:
        browser = Browser(app)
        assert browser.sign_in(person).status_code == 200
        return browser

    return sign_in
