"""Makes a backup while people work: the database first, then the files, so that no row in it misses its file."""

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import Final

from engine.records.backup import Contents, copy_database
from engine.records.database import Database
from webapp.wiring.alur import FILES_FOLDER
from webapp.wiring.backups.archive import ArchiveWriter, read_manifest
from webapp.wiring.backups.manifest import COPIES, ArchiveError, Manifest, write_manifest
from webapp.wiring.backups.restoring import check_backup
from webapp.wiring.settings import SECRETS_FILE, Settings

#: Not written down: they say where this installation lies, and addresses may hold a password.
OF_THE_PLACE: Final = frozenset({"ALUR_HOME", "ALUR_DATABASE_URL", "ALUR_DATABASE_DIRECT_URL", "ALUR_COPY_TO"})
#: Room that the disk must keep beyond the archive, in bytes.
SPARE: Final = 64 << 20


@dataclass(frozen=True, slots=True)
class Source:
    """What is backed up, as it is at a moment.

    :param environment: from which the settings of the installation are written down.
    """

    settings: Settings
    database: Database
    at: datetime
    environment: Mapping[str, str]


def make_backup(source: Source, target: Path) -> Manifest:
    """Write a verified backup under a name that is still free, and return what it holds.

    It holds the secrets as well, so only its owner may read it. It was read back from the disk before it got its name:
    every hash compared, the database opened, its pages looked at, its rows counted.

    :raise ArchiveError: the name is taken, there is no such folder or too little room, or what was written is damaged.
    :raise DamagedCopy: the database itself is damaged.
    """
    _check_place(target, source)
    writer = ArchiveWriter(target, source.at)
    try:
        with tempfile.TemporaryDirectory(prefix=".alur-", dir=target.parent) as scratch:
            manifest = _write(writer, source, Path(scratch))
            if read_manifest(writer.draft) != manifest:
                raise ArchiveError(f"{target} tidak terbaca kembali seperti yang ditulis. Periksa disknya.")
            check_backup(writer.draft, scratch=Path(scratch))
        writer.publish()
    except FileExistsError as error:
        raise _taken(target) from error
    finally:
        writer.discard()
    return manifest


def _write(writer: ArchiveWriter, source: Source, scratch: Path) -> Manifest:
    kind = "sqlite" if source.database.is_sqlite else "postgresql"
    contents = _add_database(writer, source.database, scratch / "copy", COPIES[kind])
    damaged = tuple(_add_files(writer, source.settings.home / FILES_FOLDER))
    with (source.settings.home / SECRETS_FILE).open("rb") as secrets:
        writer.add(SECRETS_FILE, secrets)
    manifest = Manifest(
        alur=version("alur"),
        made_at=source.at,
        database=kind,
        step=contents.step,
        tables=contents.tables,
        settings=_settings(source.environment),
        members=dict(writer.members),
        damaged=damaged,
    )
    writer.finish(write_manifest(manifest))
    return manifest


def _add_database(writer: ArchiveWriter, database: Database, copy: Path, name: str) -> Contents:
    contents = copy_database(database, copy)
    with copy.open("rb") as content:
        writer.add(name, content, compressed=database.is_sqlite)  # a dump is compressed already
    copy.unlink()  # room for the copy that is taken out of the archive again
    return contents


def _add_files(writer: ArchiveWriter, folder: Path) -> Iterator[str]:
    """Add people's files and yield the names of those that are damaged.

    Those that wait come first: one that is claimed meanwhile is met again among the kept ones; one that is swept out
    meanwhile is named by nothing.
    """
    for path in chain((folder / "waiting").glob("*"), folder.glob("??/??/*")):
        try:
            content = path.open("rb")
        except FileNotFoundError:
            continue
        name = f"{FILES_FOLDER}/{path.relative_to(folder).as_posix()}"
        with content:
            if writer.add(name, content).sha256 != path.name:
                yield name


def _settings(environment: Mapping[str, str]) -> dict[str, str]:
    return {
        name: value
        for name, value in sorted(environment.items())
        if name.startswith("ALUR_") and name not in OF_THE_PLACE
    }


def _check_place(target: Path, source: Source) -> None:
    if os.path.lexists(target):
        raise _taken(target)
    if not target.parent.is_dir():
        raise ArchiveError(f"Folder {target.parent} tidak ada. Buat dahulu folder itu.")
    needed = 2 * _size(source.database) + _sizes(source.settings.home / FILES_FOLDER) + SPARE
    free = shutil.disk_usage(target.parent).free
    if free < needed:
        raise ArchiveError(
            f"Ruang di {target.parent} kurang: perlu sampai {needed >> 20} MiB, tersedia {free >> 20} MiB. "
            "Kosongkan disk atau pilih folder lain."
        )


def _taken(target: Path) -> ArchiveError:
    return ArchiveError(f"{target} sudah ada dan tidak ditimpa. Pilih nama lain.")


def _size(database: Database) -> int:
    """Return the size of the database file, as far as it can be seen from here."""
    return database.path.stat().st_size if database.path else 0


def _sizes(folder: Path) -> int:
    return sum(path.stat().st_size for path in chain((folder / "waiting").glob("*"), folder.glob("??/??/*")))
