"""The database is locked or full: a page says so in plain words, nothing is written, and one press sends it again."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from random import Random

import pytest

from engine.records import database
from tests.functional.personas_world import HERE, World, open_personas_world
from tests.functional.staff_pages import Page
from tests.functional.test_concurrency import Desk, completed, desks
from tests.unit.engine.records.test_locks import stopped_writer
from webapp.migrations import newest_step

SECRET = "kata sandi yang panjang"


@pytest.fixture(scope="module")
def personas(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The two cities; whoever finds the database locked waits for it a fifth of a second, not half a minute."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(database.SQLITE_OPTIONS, "timeout", 0.2)
        with open_personas_world(tmp_path_factory.mktemp("outage")) as opened:
            yield opened


@pytest.fixture
def world(personas: World) -> Iterator[World]:
    yield personas
    personas.restore()


@contextmanager
def locked(world: World) -> Iterator[None]:
    """Let another program hold the database, as a backup tool would that knows nothing of the queue."""
    assert world.alur.database.path is not None
    with closing(sqlite3.connect(world.alur.database.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def full(world: World) -> Iterator[None]:
    """Let the file have no room for a single page more."""
    with world.alur.database.writing() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    yield
    with world.alur.database.writing() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 4294967294")


def again(page: Page) -> dict[str, str]:
    """Return what the button of the error page sends."""
    return {str(item.get("name")): str(item.get("value")) for item in page.tree.xpath("//form//input[@type='hidden']")}


@pytest.mark.parametrize(("outage", "words"), [(locked, "dipakai proses lain"), (full, "penyimpanan di server habis")])
def test_a_person_is_told_and_sends_the_same_again_when_it_is_over(world: World, outage: type, words: str) -> None:
    (desk,) = desks(world, 1)
    words_of_person = Random(8).randbytes(400).hex()  # they take more room than a page that is half empty has
    values = {name: words_of_person if name.endswith("note") else value for name, value in desk.open().items()}

    with outage(world):
        told = desk.send(values)
        assert (told.status, words in told.text) == (503, True)
        assert completed(world, desk) == []
    kept = again(told)

    assert kept == values
    assert desk.send(kept).status == 303
    assert completed(world, desk) == ["record_realisation"]


def test_a_password_is_not_written_into_the_page(world: World) -> None:
    client = world.client(HERE, None)
    page = Page(client.get(f"/{HERE}/masuk"))
    sent = {"csrf_token": page.tree.xpath("string(//meta[@name='csrf-token']/@content)"), "nip": "1", "secret": SECRET}

    with locked(world):
        told = Page(client.post(f"/{HERE}/masuk", data=sent))

    assert (told.status, SECRET in told.text) == (503, False)
    assert {"nip", "secret"}.isdisjoint(again(told))


def test_reading_goes_on_while_the_database_is_locked(world: World) -> None:
    desk: Desk
    (desk,) = desks(world, 1)

    with locked(world):
        assert Page(desk.client.get(f"/{HERE}/tugas")).status == 200


def test_whoever_watches_is_told_of_tables_of_another_alur(world: World) -> None:
    client = world.client(HERE, None)
    good = client.get("/sehat")
    with world.alur.database.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")

    bad = client.get("/sehat")

    with world.alur.database.writing() as connection:
        connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{newest_step()}'")
    assert (good.status_code, good.get_json()) == (200, {"status": "ok"})
    assert (bad.status_code, bad.get_json()["found"], bad.get_json()["known"]) == (503, "0001", newest_step())


def test_a_writer_that_stands_still_is_an_outage_like_any_other(world: World) -> None:
    (desk,) = desks(world, 1)
    values = desk.open()
    assert world.alur.database.path is not None

    with stopped_writer(world.alur.database.path):
        told = desk.send(values)

    assert (told.status, "dipakai proses lain" in told.text) == (503, True)
    assert desk.send(again(told)).status == 303
    assert completed(world, desk) == ["record_realisation"]
