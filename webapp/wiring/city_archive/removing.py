"""Removes a city that works elsewhere now: compared with its archive first, then in turns, and a tombstone stays."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Connection, Table

from engine.records.database import Database
from engine.records.tenant import Standing, tenant
from webapp.wiring.backups import ArchiveError
from webapp.wiring.city_archive.chain import Trail
from webapp.wiring.city_archive.importing import Say, Target, require_hash
from webapp.wiring.city_archive.leaving import remove_rows
from webapp.wiring.city_archive.manifest import FILES, TABLES, TRAIL, WAITING, CityManifest
from webapp.wiring.city_archive.reading import CityArchive
from webapp.wiring.city_archive.released import release_files
from webapp.wiring.city_archive.rows import Hashed, rows_of, take_time
from webapp.wiring.city_archive.rules import city_tables
from webapp.wiring.city_archive.standing import CityStanding, one_at_a_time, require_known, stand


@dataclass(frozen=True, slots=True)
class Removed:
    """What was removed.

    :param manifest: of the archive it was compared with; None for a city that had not come in completely.
    :param files: how many files went; those that others name stayed.
    """

    manifest: CityManifest | None
    sha256: str | None
    files: int


def check_removable(target: Target, city: str, archive: Path | None) -> CityStanding:
    """Return how it stands with a city that could be removed; its rows are not compared yet.

    :raise ArchiveError: it is not here, open, or gone, or the archive is missing.
    """
    with target.database.reading() as read:
        found = require_known(read, city)
    if found.kind is None:
        raise ArchiveError(
            f"Kota {city!r} masih dibuka. Tutup dahulu (alur city close {city}), buat arsipnya, masukkan ke instalasi "
            "yang lain, lalu hapus di sini."
        )
    if found.kind is Standing.MOVED:
        raise ArchiveError(f"Kota {city!r} sudah pindah dan tidak ada lagi di sini.")
    if archive is None and found.kind is not Standing.ARRIVING:
        raise ArchiveError(
            f"Sebutkan arsip kota {city!r} yang dibuat dengan alur city export: tanpa arsip tidak ada yang dihapus."
        )
    return found


def remove_city(target: Target, city: str, archive: Path | None, say: Say = lambda _table, _rows: None) -> Removed:
    """Remove a closed city whose archive holds what is here now, and leave a tombstone that says so.

    Other cities are worked in meanwhile. What is killed in the middle is begun again with the same archive. A city that
    had not come in completely needs none, and leaves no tombstone.

    :raise ArchiveError: the city is open, or the archive is missing, damaged or does not hold the same.
    """
    with one_at_a_time(target.files):
        found = check_removable(target, city, archive)
        if archive is None:
            remove_rows(target.database, city, say)
            return _forget(target.database, city)
        digest = require_hash(archive, found.archive)
        with CityArchive(archive) as opened:
            if found.kind is Standing.CLOSED:
                _compare(target, city, opened)
                with target.database.writing() as connection:
                    stand(connection, city, Standing.LEAVING, target.at, digest)
            remove_rows(target.database, city, say)
            count = release_files(target.database, target.files, _names(opened.manifest))
            return _finish(target, found, opened.manifest, digest, count)


def _finish(target: Target, found: CityStanding, manifest: CityManifest, digest: str, files: int) -> Removed:
    if found.kind is Standing.ARRIVING:
        return _forget(target.database, manifest.city, files)
    with target.database.writing() as connection:
        stand(connection, manifest.city, Standing.MOVED, target.at, digest)
    return Removed(manifest, digest, files)


def _forget(database: Database, city: str, files: int = 0) -> Removed:
    with database.writing() as connection:
        connection.execute(tenant.delete().where(tenant.c.code == city))
    return Removed(None, None, files)


def _names(manifest: CityManifest) -> list[str]:
    return [name.rpartition("/")[2] for name in manifest.files if name.startswith((FILES, WAITING))]


def _compare(target: Target, city: str, archive: CityArchive) -> None:
    """Let pass an archive that is whole and holds what is here: every row, the audit trail, and every file.

    :raise ArchiveError: saying what differs.
    """
    manifest = archive.manifest
    if manifest.city != city:
        raise ArchiveError(f"{archive.path} arsip kota {manifest.city!r}, bukan {city!r}. Tidak ada yang dihapus.")
    archive.check()
    with target.database.reading() as read:
        take_time(read)
        different = [table.name for table in city_tables() if not _is_same(read, archive, table)]
        trail, digest = Trail(read, city), sha256()
        for line in trail.lines():
            digest.update(line)
    if digest.hexdigest() != manifest.members[TRAIL].sha256:
        different.append("audit")
    different += [f"berkas {name}" for name in manifest.missing if target.files.verify(name)]
    if different:
        raise ArchiveError(
            f"Kota {city!r} sudah berubah sejak {archive.path} dibuat ({', '.join(sorted(set(different)))}). Tidak ada "
            "yang dihapus; buat lagi arsipnya, masukkan lagi ke instalasi yang lain, lalu ulangi."
        )


def _is_same(read: Connection, archive: CityArchive, table: Table) -> bool:
    found = Hashed(rows_of(read, table, archive.manifest.city)).to_the_end()
    there = archive.manifest.members.get(TABLES + table.name)
    return there is not None and (found.rows, found.digest) == (archive.manifest.tables[table.name], there.sha256)
