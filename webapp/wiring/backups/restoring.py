"""Checks a backup, and makes an installation of it where there is none."""

import os
import shutil
import tempfile
from pathlib import Path

from engine.records.backup import Contents, DamagedCopy, examine, load_dump
from engine.records.database import Database
from webapp.wiring.alur import FILES_FOLDER
from webapp.wiring.backups.archive import check_members, read_manifest, unpack
from webapp.wiring.backups.manifest import ArchiveError, Manifest
from webapp.wiring.belonging import mark_restored
from webapp.wiring.settings import SECRETS_FILE, STAGING_FOLDER


def check_backup(archive: Path, *, scratch: Path | None = None) -> Manifest:
    """Read a whole backup and return what it holds; nothing is restored.

    A copy of SQLite is unpacked, opened, looked at page by page, and its rows are counted. A dump of PostgreSQL is
    known by its hash only: it is proved by restoring it.

    :param scratch: a folder with room for the database; without one, the system's own.
    :raise ArchiveError: it is damaged, or not ours.
    """
    manifest = read_manifest(archive)
    check_members(archive, manifest)
    if manifest.database == "sqlite":
        with tempfile.TemporaryDirectory(prefix=".alur-", dir=scratch) as folder:
            unpack(archive, manifest, Path(folder), lambda name: name == manifest.copy_name)
            _check_copy(archive, Path(folder) / manifest.copy_name, manifest)
    return manifest


def restore_backup(archive: Path, home: Path, database_url: str) -> Manifest:
    """Make an installation of a backup, where there is none, and return what it holds.

    Everything is read and compared before anything is written. An interruption leaves a folder that says so, and so
    does whatever fails once the database is in its place.

    :param database_url: where the database goes; of the kind that the backup was made of.
    :raise ArchiveError: the backup is damaged or of another kind of database, or something is there already.
    """
    manifest = read_manifest(archive)
    check_members(archive, manifest)
    _check_home(home)
    if not database_url.startswith(manifest.database):
        raise ArchiveError(
            f"Cadangan ini berasal dari {manifest.database}, sedangkan ALUR_DATABASE_URL menyebut basis data lain. "
            f"Pulihkan dahulu ke {manifest.database}."
        )
    staging = home / STAGING_FOLDER
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    staging.mkdir(mode=0o700)
    target = _target(database_url)
    try:
        unpack(archive, manifest, staging)
        _check_database(archive, manifest, staging / manifest.copy_name, target)
        if target is None:
            _load(archive, manifest, staging / manifest.copy_name, database_url)
    except BaseException:
        shutil.rmtree(staging, ignore_errors=True)  # nothing is in its place yet
        raise
    if target is not None:
        shutil.move(staging / manifest.copy_name, target)
    _place_files(manifest, staging, home)
    _mark_files(home, database_url)
    shutil.rmtree(staging)
    return manifest


def _check_home(home: Path) -> None:
    if (home / STAGING_FOLDER).exists():
        raise ArchiveError(f"Di {home} ada sisa pemulihan yang terhenti. Kosongkan folder itu, lalu ulangi.")
    if home.exists() and any(home.iterdir()):
        raise ArchiveError(
            f"{home} tidak kosong; pemulihan tidak menimpa apa pun. Pindahkan dahulu isinya, atau sebutkan folder "
            "kosong di ALUR_HOME."
        )


def _target(database_url: str) -> Path | None:
    """Return the file that the database becomes, None for one on a server."""
    return Path(database_url.partition(":///")[2]) if database_url.startswith("sqlite") else None


def _check_database(archive: Path, manifest: Manifest, copy: Path, target: Path | None) -> None:
    if target is None:
        return
    _check_copy(archive, copy, manifest)
    if os.path.lexists(target):
        raise ArchiveError(f"{target} sudah ada dan tidak ditimpa. Pindahkan dahulu berkas itu.")
    if not target.parent.is_dir():
        raise ArchiveError(f"Folder {target.parent} tidak ada. Buat dahulu folder itu.")


def _place_files(manifest: Manifest, staging: Path, home: Path) -> None:
    for name in (FILES_FOLDER, SECRETS_FILE):  # with the secrets it looks like an installation
        if (staging / name).exists():
            (staging / name).replace(home / name)
    for file in manifest.files:
        (home / file).chmod(0o400)  # as the file store keeps them
    handle = os.open(home, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _mark_files(home: Path, database_url: str) -> None:
    """Have the folder bear the mark that the restored database knows, as it did where the backup was made."""
    database = Database(database_url)
    try:
        mark_restored(database, home)
    finally:
        database.dispose()


def _load(archive: Path, manifest: Manifest, dump: Path, database_url: str) -> None:
    database = Database(database_url)
    try:
        _compare(archive, load_dump(database, dump), manifest)
    finally:
        database.dispose()


def _check_copy(archive: Path, copy: Path, manifest: Manifest) -> None:
    try:
        _compare(archive, examine(copy), manifest)
    except DamagedCopy as error:
        raise ArchiveError(f"Basis data di {archive} rusak: {error}. Pakailah cadangan lain.") from error


def _compare(archive: Path, found: Contents, manifest: Manifest) -> None:
    if (found.step, dict(found.tables)) != (manifest.step, dict(manifest.tables)):
        raise ArchiveError(f"Basis data di {archive} tidak berisi yang disebut daftarnya. Pakailah cadangan lain.")
