"""Takes a city in from its archive: wholly or not at all, and proved before anybody can see it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, cast

from sqlalchemy import Connection, exists, select
from sqlalchemy.exc import IntegrityError

from engine.records.database import Database
from engine.records.files import FileStore
from webapp.wiring.backups import ArchiveError
from webapp.wiring.city_archive.arrival import Arrival
from webapp.wiring.city_archive.manifest import FILES, TABLES, CityManifest
from webapp.wiring.city_archive.numbers import NewNumbers, find_numbers
from webapp.wiring.city_archive.reading import CityArchive
from webapp.wiring.city_archive.rows import take_time
from webapp.wiring.city_archive.rules import belongs, city_tables

#: Called with a table and its rows when it was written.
Say = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Target:
    """What a city is taken into, at a moment.

    :param step: the newest step of the tables.
    """

    database: Database
    files: FileStore
    at: datetime
    step: str


@dataclass(frozen=True, slots=True)
class Imported:
    """What was taken in.

    :param renumbered: how many things have another number here than they had there.
    """

    manifest: CityManifest
    renumbered: int


def look_at(target: Target, path: Path) -> CityManifest:
    """Return what an archive holds, if all of it is whole and could be taken in here; nothing is written.

    :raise ArchiveError: as `import_city`.
    """
    with CityArchive(path) as archive:
        _check(target, archive)
        return archive.manifest


def import_city(target: Target, path: Path, say: Say = lambda _table, _rows: None) -> Imported:
    """Take a city in, in one transaction, and return what came.

    Whoever writes to another city of a SQLite file waits meanwhile. Files come first and wait, as uploaded ones do; an
    interruption, whatever it is, leaves nothing but these, and they are swept out at night.

    :raise ArchiveError: the archive is damaged or of another step, the city is here already, or what was written is not
        what the archive says.
    :raise Unavailable: the database is in trouble.
    """
    with CityArchive(path) as archive:
        _check(target, archive)
        _take_files(target.files, archive)
        try:
            numbers = _write(target, archive, say)
        except IntegrityError:
            # SQLite looks at what rows refer to at the end only.
            raise archive.damaged(TABLES) from None
        return Imported(archive.manifest, len(numbers.given))


def _write(target: Target, archive: CityArchive, say: Say) -> NewNumbers:
    with target.database.writing() as connection:
        numbers = _take_rows(connection, target, archive, say)
        target.files.claim_all(name.removeprefix(FILES) for name in archive.manifest.files if name.startswith(FILES))
        return numbers


def _check(target: Target, archive: CityArchive) -> None:
    manifest = archive.manifest
    if manifest.step != target.step:
        raise ArchiveError(
            f"Arsip ini dibuat oleh Alur {manifest.alur} dengan bentuk basis data {manifest.step}; di sini "
            f"{target.step}. Samakan dahulu versi Alur di kedua instalasi, lalu buat lagi arsip kota itu."
        )
    wanted = {table.name for table in city_tables()}
    if wanted != set(manifest.tables):
        raise ArchiveError(f"{archive.path} rusak: tabelnya tidak lengkap. Buat lagi arsip kota itu.")
    with target.database.reading() as read:
        take_time(read)
        _check_absent(read, manifest.city)
    archive.check()


def _check_absent(read: Connection, city: str) -> None:
    for table in city_tables():
        if read.execute(select(exists().where(belongs(table, city)))).scalar_one():
            raise ArchiveError(
                f"Kota {city!r} sudah ada di instalasi ini; tidak ada yang ditimpa. Masukkan ke instalasi lain."
            )


def _take_files(store: FileStore, archive: CityArchive) -> None:
    for name in archive.manifest.files:
        with archive.open(name) as source:
            # It is only read from; what it must be the hash of stands in its name as well.
            store.take(cast("BinaryIO", source), name.rpartition("/")[2])


def _take_rows(connection: Connection, target: Target, archive: CityArchive, say: Say) -> NewNumbers:
    take_time(connection)
    if connection.dialect.name == "sqlite":
        # A unit may stand before the one it belongs to.
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    _check_absent(connection, archive.manifest.city)
    numbers = find_numbers(archive, connection)
    arrival = Arrival(connection, archive, numbers)
    arrival.take_wordbooks()
    for table in city_tables():
        arrival.take(table)
        say(table.name, archive.manifest.tables[table.name])
    arrival.take_jobs(target.at)
    arrival.prove()
    return numbers
