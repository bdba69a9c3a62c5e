"""Two demonstration cities with an open quarter, cases in several stages, and everybody who may come to a page."""

import pickle
import re
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from plugins.manager import Cities
from tests.functional.personas_settling import MORNING, Place, Settling, open_session
from tests.functional.town import hash_quickly
from tests.made_once import made_once
from webapp.app import create_app
from webapp.auth.cookie import NAME
from webapp.migrations import upgrade
from webapp.wiring import Alur, Settings, build

HERE, ELSEWHERE = "serang", "mataram"
FORM_COOKIE = "alur_form"


@dataclass
class World:
    """The installation; what a request has changed is put back by `restore`.

    :param forms: cookie and token of a page with a form, by place and persona.
    :param counted: what the records hold at the version at which they were counted last.
    :param outcomes: what everybody got who asked the unchanged records, by place, persona and request.
    """

    alur: Alur
    app: Flask
    places: Mapping[str, Place]
    template: Path
    watching: sqlite3.Connection
    forms: dict[tuple[str, str | None], tuple[str, str]] = field(default_factory=dict)
    counted: dict[int, tuple[int, frozenset[str]]] = field(default_factory=dict)
    outcomes: dict[tuple[str, str, str], tuple[str, str]] = field(default_factory=dict)

    def client(self, place: str, persona: str | None, *, at: str = "") -> FlaskClient:
        """Return a fresh browser of somebody of a city.

        :param at: the city at which the browser shows the cookie, if it is not the persona's own.
        """
        client = self.app.test_client()
        if persona is not None:
            client.set_cookie(NAME, self.places[place].sessions[persona], path=f"/{at or place}", domain="localhost")
        return client

    def client_at_form(self, place: str, persona: str | None) -> tuple[FlaskClient, str]:
        """Return a fresh browser of somebody who has a form before him, and the token of that form.

        The page is asked for once: its cookie and token hold for everything that is sent from it.
        """
        client = self.client(place, persona)
        if (place, persona) not in self.forms:
            token = re.search(r'name="csrf-token" content="([^"]*)"', client.get(f"/{place}/bantuan").text)
            cookie = client.get_cookie(FORM_COOKIE, domain="localhost", path=f"/{place}")
            assert token is not None and cookie is not None
            self.forms[place, persona] = cookie.value, token[1]
        value, known = self.forms[place, persona]
        client.set_cookie(FORM_COOKIE, value, path=f"/{place}", domain="localhost")
        return client, known

    def let_in(self, place: str, person: int) -> FlaskClient:
        """Return a fresh browser of somebody who plays no part, signed in."""
        with self.alur.database.writing() as connection:
            session = open_session(connection, self.alur, place, person)
        client = self.app.test_client()
        client.set_cookie(NAME, session, path=f"/{place}", domain="localhost")
        return client

    def restore(self) -> None:
        """Bring the records back to the beginning."""
        assert self.alur.database.path is not None
        with closing(sqlite3.connect(self.template)) as source, closing(_file(self.alur)) as target:
            source.backup(target)

    def restore_since(self, version: int) -> None:
        """Bring the records back to the beginning, if somebody has written since that version of theirs."""
        if self.version() != version:
            self.restore()

    def version(self) -> int:
        """Return a number that changes whenever somebody has written."""
        return int(self.watching.execute("PRAGMA data_version").fetchone()[0])


def _file(alur: Alur) -> sqlite3.Connection:
    assert alur.database.path is not None
    return sqlite3.connect(alur.database.path, timeout=30)


@contextmanager
def open_personas_world(folder: Path) -> Iterator[World]:
    """Give the world in a folder, one of those in which this process keeps what is temporary."""
    made = made_once(folder.parent, "personas", _make)
    home, template = folder / "home", folder / "template.db"
    shutil.copytree(made / "home", home)
    shutil.copy(home / "alur.db", template)
    alur = _open(home)
    try:
        with closing(_file(alur)) as watching:
            app, places = hash_quickly(create_app(alur)), pickle.loads((made / "places").read_bytes())
            yield World(alur, app, places, template, watching)
    finally:
        alur.close()
        shutil.rmtree(home)


def _make(folder: Path) -> None:
    home = folder / "home"
    home.mkdir()
    with closing(_open(home)) as alur:
        upgrade(alur.database)
        places = {code: Settling(alur, code).place() for code in (HERE, ELSEWHERE)}
    (folder / "places").write_bytes(pickle.dumps(places))


def _open(home: Path) -> Alur:
    settings = Settings(home=home, database_url=f"sqlite:///{home / 'alur.db'}", secret_key="k" * 32, pepper="p" * 32)
    return build(settings, clock=lambda: MORNING, cities=Cities.installed(only=(HERE, ELSEWHERE)))
