"""Reads a city's archive, and refuses one that is damaged anywhere."""

import hashlib
import zipfile
import zlib
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Final, Self

from engine.records.packing import Unreadable
from webapp.wiring.backups import ArchiveError
from webapp.wiring.backups.manifest import Member
from webapp.wiring.city_archive.manifest import MANIFEST, CityManifest, parse_manifest
from webapp.wiring.city_archive.rows import unframed
from webapp.wiring.reasons import reason_of

BLOCK: Final = 1 << 20  # bytes read at a time
#: What zipfile raises on a file that is broken, beside what it says of it.
DAMAGES: Final = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


class CityArchive:
    """An archive of one city, open for reading.

    :raise ArchiveError: it is none, or its list of contents cannot be read or names other members than there are.
    """

    manifest: Final[CityManifest]

    def __init__(self, path: Path) -> None:
        """Open it; the members are not looked at yet."""
        self.path: Final = path
        self._zip = _opened(path)
        try:
            self.manifest = parse_manifest(self._manifest(), path)
            names = self._zip.namelist()
            if sorted(names) != sorted([MANIFEST, *self.manifest.members]):
                raise ArchiveError(f"{path} rusak: isinya tidak sesuai dengan daftarnya. Buat lagi arsip kota itu.")
        except ArchiveError:
            self._zip.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def check(self) -> None:
        """Read every member and compare it with the manifest.

        :raise ArchiveError: naming the member.
        """
        for name in self.manifest.members:
            with self.open(name) as source:
                while source.read(BLOCK):
                    pass

    def rows(self, name: str) -> Iterator[list[Any]]:
        """Yield the rows of a member; the last comes only if the member is whole.

        :raise ArchiveError: it is damaged.
        """
        try:
            with self.open(name) as source:
                yield from unframed(source)
        except Unreadable as error:
            raise self.damaged(name) from error

    @contextmanager
    def open(self, name: str) -> Generator["Compared"]:
        """Give a member to read; whoever has read it to its end is told if it is not what the manifest says.

        :raise ArchiveError: it is damaged.
        """
        try:
            source = self._zip.open(name)
        except DAMAGES as error:
            raise self.damaged(name) from error
        with source:
            yield Compared(source, self.manifest.members[name], self.damaged(name))

    def _manifest(self) -> bytes:
        try:
            return self._zip.read(MANIFEST)
        except KeyError as error:
            raise ArchiveError(f"{self.path} bukan arsip kota: daftar isinya tidak ada.") from error
        except DAMAGES as error:
            raise self.damaged(MANIFEST) from error

    def damaged(self, name: str) -> ArchiveError:
        """Return the refusal of a member."""
        return ArchiveError(f"{self.path} rusak pada {name}. Tidak ada yang dimasukkan; buat lagi arsip kota itu.")


class Compared:
    """Reads a member, and compares size and hash at its end."""

    def __init__(self, source: IO[bytes], member: Member, damaged: ArchiveError) -> None:
        self._source = source
        self._member = member
        self._damaged = damaged
        self._size, self._digest = 0, hashlib.sha256()

    def read(self, size: int) -> bytes:
        """Return the next bytes, none at the end.

        :raise ArchiveError: it cannot be read, or is not what the manifest says.
        """
        try:
            block = self._source.read(size)
        except DAMAGES as error:
            raise self._damaged from error
        self._digest.update(block)
        self._size += len(block)
        if not block and size and (self._size, self._digest.hexdigest()) != (self._member.size, self._member.sha256):
            raise self._damaged
        return block


def read_manifest(path: Path) -> CityManifest:
    """Return what an archive says of itself; its members are not looked at.

    :raise ArchiveError: it is no archive of a city.
    """
    with CityArchive(path) as archive:
        return archive.manifest


def sha256_of(path: Path) -> str:
    """Return the hash of a whole archive, as two administrators read it to each other.

    :raise ArchiveError: it is not there or cannot be read.
    """
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ArchiveError(f"{path} tidak dapat dibaca: {reason_of(error)}.") from error


def check_archive(path: Path) -> CityManifest:
    """Read a whole archive and return what it holds; nothing is written anywhere.

    :raise ArchiveError: it is damaged, or no archive of a city.
    """
    with CityArchive(path) as archive:
        archive.check()
        return archive.manifest


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except FileNotFoundError as error:
        raise ArchiveError(f"{path} tidak ada.") from error
    except DAMAGES as error:
        raise ArchiveError(f"{path} bukan arsip kota yang utuh: {reason_of(error)}.") from error
