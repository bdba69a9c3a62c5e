"""Two demonstration cities with an open quarter, cases in several stages, and everybody who may come to a page."""

import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from plugins.manager import Cities
from tests.functional.personas_settling import MORNING, Place, Settling, open_session
from tests.functional.town import hash_quickly
from webapp.app import create_app
from webapp.auth.cookie import NAME
from webapp.migrations import upgrade
from webapp.wiring import Alur, Settings, build

HERE, ELSEWHERE = "serang", "mataram"


@dataclass
class World:
    """The installation; what a request has changed is put back by `restore`."""

    alur: Alur
    app: Flask
    places: Mapping[str, Place]
    template: Path
    watching: sqlite3.Connection

    def client(self, place: str, persona: str | None, *, at: str = "") -> FlaskClient:
        """Return a fresh browser of somebody of a city.

        :param at: the city at which the browser shows the cookie, if it is not the persona's own.
        """
        client = self.app.test_client()
        if persona is not None:
            client.set_cookie(NAME, self.places[place].sessions[persona], path=f"/{at or place}", domain="localhost")
        return client

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

    def version(self) -> int:
        """Return a number that changes whenever somebody has written."""
        return int(self.watching.execute("PRAGMA data_version").fetchone()[0])


def _file(alur: Alur) -> sqlite3.Connection:
    assert alur.database.path is not None
    return sqlite3.connect(alur.database.path, timeout=30)


@contextmanager
def open_personas_world(folder: Path) -> Iterator[World]:
    """Give the world in a folder."""
    home = folder / "home"
    settings = Settings(home=home, database_url=f"sqlite:///{home / 'alur.db'}", secret_key="k" * 32, pepper="p" * 32)
    home.mkdir()
    alur = build(settings, clock=lambda: MORNING, cities=Cities.installed(only=(HERE, ELSEWHERE)))
    try:
        upgrade(alur.database)
        places = {code: Settling(alur, code).place() for code in (HERE, ELSEWHERE)}
        template = folder / "template.db"
        with closing(sqlite3.connect(template)) as target, closing(_file(alur)) as source:
            source.backup(target)
        with closing(_file(alur)) as watching:
            yield World(alur, hash_quickly(create_app(alur)), places, template, watching)
    finally:
        alur.close()
        shutil.rmtree(home)
