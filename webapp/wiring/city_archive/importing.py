"""Takes a city in from its archive, in turns; until it is complete and proved nobody can sign in, and nothing is done.

What was killed in the middle is cleared away when it is begun again, or by `remove_city`.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO, cast

from sqlalchemy import Connection, Select, String, Table, bindparam, exists, or_, select
from sqlalchemy.exc import DBAPIError

from engine.errors import EngineError
from engine.records.database import Database
from engine.records.files import FileStore
from engine.records.tenant import Standing, insert_tenant, tenant
from webapp.wiring.backups import ArchiveError
from webapp.wiring.city_archive.arrival import Arrival
from webapp.wiring.city_archive.leaving import remove_rows
from webapp.wiring.city_archive.manifest import FILES, TABLES, CityManifest
from webapp.wiring.city_archive.numbers import NewNumbers, find_numbers
from webapp.wiring.city_archive.reading import CityArchive, sha256_of
from webapp.wiring.city_archive.rows import take_time
from webapp.wiring.city_archive.rules import belongs, city_tables
from webapp.wiring.city_archive.standing import CityStanding, one_at_a_time, stand, standing_of

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
    :param sha256: of the archive.
    """

    manifest: CityManifest
    renumbered: int
    sha256: str


def look_at(target: Target, path: Path, sha256: str | None = None) -> CityManifest:
    """Return what an archive holds, if all of it is whole and could be taken in here; nothing is written.

    :param sha256: the hash it must have.
    :raise ArchiveError: as `import_city`.
    """
    require_hash(path, sha256)
    with CityArchive(path) as archive:
        _check(target, archive)
        return archive.manifest


def import_city(
    target: Target, path: Path, say: Say = lambda _table, _rows: None, sha256: str | None = None
) -> Imported:
    """Take a city in and return what came.

    Other cities are worked in meanwhile. Files come first and wait, as uploaded ones do. What is refused on the way is
    taken out again; what is killed is cleared away by the next one that begins.

    :param sha256: the hash that the archive must have.
    :raise ArchiveError: the archive is another one, damaged or of another step, the city is here already, or what was
        written is not what the archive says.
    :raise Unavailable: the database is in trouble.
    """
    found = require_hash(path, sha256)
    with CityArchive(path) as archive, one_at_a_time(target.files):
        _check(target, archive)
        _clear_away(target.database, archive.manifest.city)
        _take_files(target.files, archive)
        before = _begin(target, archive, found)
        try:
            numbers = _take_rows(target, archive, say)
        except Exception:
            # If the database is away this comes to nothing as well, and the next import does it.
            with suppress(DBAPIError, EngineError):
                _undo(target, archive.manifest.city, before)
            raise
        return Imported(archive.manifest, len(numbers.given), found)


def require_hash(path: Path, sha256: str | None) -> str:
    """Return the hash of an archive.

    :raise ArchiveError: it is not the one that is wanted.
    """
    found = sha256_of(path)
    if sha256 is not None and found != sha256.strip().lower():
        raise ArchiveError(
            f"{path} bukan arsip yang dimaksud: sidiknya {found}. Samakan dengan sidik yang dicetak alur city export; "
            "bila berbeda, minta kirim ulang arsip itu."
        )
    return found


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
    """Let pass a city that is not here, has moved away, or was on its way in when that was broken off."""
    found = standing_of(read, city)
    if found is not None and found.kind is Standing.ARRIVING:
        return
    _check_place(city, found)
    others = tuple(table for table in city_tables() if table is not tenant)
    if read.execute(_any_row(others), {"city": city}).scalar_one():
        raise _present(city)


@lru_cache(maxsize=1)
def _any_row(tables: tuple[Table, ...]) -> Select[bool]:
    """Return a statement that asks whether the tables hold anything of a city."""
    city: Any = bindparam("city", type_=String())
    return select(or_(*(exists().where(belongs(table, city)) for table in tables)))


def _check_place(city: str, found: CityStanding | None) -> None:
    if found is not None and found.kind not in (Standing.ARRIVING, Standing.MOVED):
        raise _present(city)


def _present(city: str) -> ArchiveError:
    return ArchiveError(
        f"Kota {city!r} sudah ada di instalasi ini; tidak ada yang ditimpa. Masukkan ke instalasi lain."
    )


def _clear_away(database: Database, city: str) -> None:
    """Take out what came in when the city was on its way before and that was broken off."""
    with database.reading() as read:
        found = standing_of(read, city)
    if found is not None and found.kind is Standing.ARRIVING:
        remove_rows(database, city)


def _take_files(store: FileStore, archive: CityArchive) -> None:
    for name in archive.manifest.files:
        with archive.open(name) as source:
            # It is only read from; what it must be the hash of stands in its name as well.
            store.take(cast("BinaryIO", source), name.rpartition("/")[2])


def _begin(target: Target, archive: CityArchive, sha256: str) -> CityStanding | None:
    """Write the city as one that is arriving, and return how it stood before."""
    city, member = archive.manifest.city, TABLES + tenant.name
    rows = list(archive.rows(member))
    width = len(tenant.columns)
    if len(rows) != 1 or len(rows[0]) != width or rows[0][0] != city or not isinstance(rows[0][1], datetime):
        raise archive.damaged(member)
    with target.database.writing() as connection:
        before = standing_of(connection, city)
        _check_place(city, before)  # it may have been set up meanwhile
        connection.execute(tenant.delete().where(tenant.c.code == city))
        connection.execute(insert_tenant, {"code": city, "created_at": rows[0][1]})
        stand(connection, city, Standing.ARRIVING, target.at, sha256)
    return before


def _take_rows(target: Target, archive: CityArchive, say: Say) -> NewNumbers:
    with target.database.reading() as read:
        take_time(read)
        numbers = find_numbers(archive, read)
    arrival = Arrival(target.database, archive, numbers)
    arrival.take_wordbooks()
    for table in city_tables():
        if table is not tenant:
            arrival.take(table)
        say(table.name, archive.manifest.tables[table.name])
    arrival.prove()
    target.files.claim_all(name.removeprefix(FILES) for name in archive.manifest.files if name.startswith(FILES))
    with target.database.writing() as connection:
        arrival.take_jobs(connection, target.at)
        stand(connection, archive.manifest.city, None, None)
    return numbers


def _undo(target: Target, city: str, before: CityStanding | None) -> None:
    """Take out what came in; a city that had moved away before has done so again."""
    remove_rows(target.database, city)
    with target.database.writing() as connection:
        if before is not None and before.kind is Standing.MOVED:
            stand(connection, city, before.kind, before.since, before.archive)
        else:
            connection.execute(tenant.delete().where(tenant.c.code == city))
