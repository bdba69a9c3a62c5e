"""One file that holds a whole installation; every member is known by its hash, so that damage is seen before use."""

import hashlib
import os
import zipfile
import zlib
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import IO, BinaryIO, Final

from webapp.wiring.backups.manifest import ArchiveError, Manifest, Member, parse_manifest
from webapp.wiring.reasons import reason_of

MANIFEST: Final = "manifest.json"
BLOCK: Final = 1 << 20  # bytes read at a time


class ArchiveWriter:
    """Writes an archive member by member, each with its hash; it appears under its name only when it is whole."""

    def __init__(self, target: Path, at: datetime) -> None:
        """Begin; nobody else may read what is written."""
        self.target: Final = target
        self.draft: Final = target.with_name(f".{target.name}.part")
        self.members: dict[str, Member] = {}
        self._date = at.timetuple()[:6]
        handle = os.open(self.draft, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        self._file: BinaryIO = os.fdopen(handle, "w+b")
        self._zip = zipfile.ZipFile(self._file, "w", allowZip64=True)

    def add(self, name: str, source: IO[bytes], *, compressed: bool = False) -> Member:
        """Add a file and return its size and hash."""
        with self.member(name, compressed=compressed) as write:
            while block := source.read(BLOCK):
                write(block)
        return self.members[name]

    @contextmanager
    def member(self, name: str, *, compressed: bool = False) -> Generator[Callable[[bytes], None]]:
        """Give what adds to a member piece by piece; at the end of the block its size and hash are noted."""
        digest, size = hashlib.sha256(), 0
        with self._zip.open(self._entry(name, compressed=compressed), "w", force_zip64=True) as target:

            def write(block: bytes) -> None:
                nonlocal size
                digest.update(block)
                target.write(block)
                size += len(block)

            yield write
        self.members[name] = Member(size, digest.hexdigest())

    def finish(self, manifest: str) -> None:
        """Write the manifest and have the disk keep it all; the archive is still under its draft's name."""
        self._zip.writestr(self._entry(MANIFEST, compressed=True), manifest)
        self._zip.close()
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()

    def publish(self) -> None:
        """Give the archive its name.

        :raise FileExistsError: somebody took it meanwhile.
        """
        # The name is taken first, so that nothing is ever replaced; a link would do, but not on every disk one carries.
        os.close(os.open(self.target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        self.draft.replace(self.target)

    def discard(self) -> None:
        """Take away whatever is not published."""
        with suppress(OSError, ValueError):
            self._zip.close()
        self._file.close()
        self.draft.unlink(missing_ok=True)

    def _entry(self, name: str, *, compressed: bool) -> zipfile.ZipInfo:
        entry = zipfile.ZipInfo(name, self._date)
        entry.external_attr = 0o600 << 16
        entry.compress_type = zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED
        return entry


def read_manifest(archive: Path) -> Manifest:
    """Return what an archive says of itself.

    :raise ArchiveError: it is no archive of ours, it is cut off, or a newer Alur wrote it.
    """
    with _opened(archive) as content:
        try:
            text = content.read(MANIFEST)
        except KeyError as error:
            raise ArchiveError(f"{archive} bukan cadangan Alur: daftar isinya tidak ada.") from error
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
            raise _damaged(archive, MANIFEST) from error
    return parse_manifest(text, archive)


def check_members(archive: Path, manifest: Manifest) -> None:
    """Read the whole archive and compare every member with the manifest; nothing is written anywhere.

    :raise ArchiveError: a member is damaged, missing or not in the manifest.
    """
    for _name, _block in _verified(archive, manifest):
        pass


def unpack(archive: Path, manifest: Manifest, folder: Path, wanted: Callable[[str], bool] = lambda _name: True) -> None:
    """Write the wanted members below a folder, readable by their owner only, and compare each on the way.

    :raise ArchiveError: a member is damaged, missing or not in the manifest.
    """
    target: BinaryIO | None = None
    current = ""
    try:
        for name, block in _verified(archive, manifest):
            if name != current:
                _close(target)
                target, current = _created(folder / name) if wanted(name) else None, name
            if target is not None:
                target.write(block)
    finally:
        _close(target)


def _verified(archive: Path, manifest: Manifest) -> Iterator[tuple[str, bytes]]:
    """Yield each member's name with its blocks, at least one, and compare its size and hash at its end."""
    with _opened(archive) as content:
        found = set(content.namelist()) - {MANIFEST}
        if found != set(manifest.members):
            raise ArchiveError(f"{archive} rusak: isinya tidak sesuai dengan daftarnya. Pakailah cadangan lain.")
        for name, member in manifest.members.items():
            digest, size = hashlib.sha256(), 0
            for block in _blocks(content, name, archive):
                digest.update(block)
                size += len(block)
                yield name, block
            if (size, digest.hexdigest()) != (member.size, member.sha256):
                raise _damaged(archive, name)


def _blocks(content: zipfile.ZipFile, name: str, archive: Path) -> Iterator[bytes]:
    try:
        with content.open(name) as source:
            yield source.read(BLOCK)
            while block := source.read(BLOCK):
                yield block
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise _damaged(archive, name) from error


def _damaged(archive: Path, name: str) -> ArchiveError:
    return ArchiveError(f"{archive} rusak pada {name}. Tidak ada yang dipulihkan; pakailah cadangan lain.")


def _opened(archive: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(archive)
    except FileNotFoundError as error:
        raise ArchiveError(f"{archive} tidak ada.") from error
    except (zipfile.BadZipFile, OSError) as error:
        raise ArchiveError(f"{archive} bukan cadangan Alur yang utuh: {reason_of(error)}.") from error


def _created(path: Path) -> BinaryIO:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _close(file: BinaryIO | None) -> None:
    if file is not None:
        file.flush()
        os.fsync(file.fileno())
        file.close()
