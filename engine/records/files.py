"""Keeps uploaded files outside the database, each under the sha256 of its content."""

import hashlib
import io
import os
import re
import sys
import tempfile
import unicodedata
from collections.abc import Collection, Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePath
from typing import BinaryIO, Final

from engine.clock import Clock, system_clock
from engine.errors import NotFound
from engine.records.contents import FileRefused, Refusal, recognise

__all__ = ["FileRefused", "FileStore", "Refusal", "StoredFile"]

BLOCK = 1 << 18  # bytes read at a time
LONGEST_NAME = 120  # characters
SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that is kept, for a row in the database.

    :param size: in bytes.
    :param filename: what the person called it, cleaned for display and download; never a path.
    """

    sha256: str
    size: int
    media_type: str
    filename: str


class FileStore:
    """A folder of files by content: the same content is kept once, and nothing is ever changed.

    What comes in waits aside, for its form may never be sent. Whoever writes down for good that a content belongs to
    something claims it first, in one step of the disk: from then on it stays. What waits too long is swept out, so that
    a claim either finds the file or says that it has to be chosen again; no row ever names a file that is gone. A file
    whose claim was followed by a row that was rolled back stays behind unused. The folder belongs into every backup.
    """

    def __init__(self, root: Path, clock: Clock = system_clock) -> None:
        """Use a folder, which is made if it does not exist."""
        self.root: Final = root
        self._clock = clock
        self._incoming = root / "incoming"
        self._waiting = root / "waiting"
        for folder in (self._incoming, self._waiting):
            folder.mkdir(parents=True, exist_ok=True)

    def put(self, content: bytes | BinaryIO, *, filename: str, limit: int) -> StoredFile:
        """Let a file that is allowed wait and return what to remember of it; on return it is on the disk.

        :param filename: as the person's computer called it; it must have the extension of the content.
        :param limit: most bytes taken.
        :raise FileRefused: with the reason as its code.
        """
        name = clean_name(filename)
        with self._receive() as (file, path):
            sha256, size = _copy(io.BytesIO(content) if isinstance(content, bytes) else content, file, limit)
            media_type = recognise(file, size, name)
            self._keep(path, sha256, size)
        return StoredFile(sha256=sha256, size=size, media_type=media_type, filename=name)

    def take(self, source: BinaryIO, sha256: str) -> None:
        """Let a content wait that was allowed elsewhere; it must have the hash that it was kept under there.

        :raise FileRefused: it has another one.
        """
        with self._receive() as (file, path):
            found, size = _copy(source, file, sys.maxsize)
            if found != sha256:
                raise FileRefused(Refusal.DAMAGED)
            self._keep(path, sha256, size)

    def hold(self, sha256: str) -> bool:
        """Tell whether the content is there; one that waits starts to wait anew."""
        if self._path(sha256).is_file():
            return True
        moment = self._clock().timestamp()
        try:
            os.utime(self._waiting / sha256, (moment, moment))
        except FileNotFoundError:
            return self._path(sha256).is_file()  # claimed at this very moment, or gone
        return True

    def claim(self, sha256: str) -> None:
        """Keep a content for good; to be done before the row that names it is committed.

        :raise NotFound: it is not there any more.
        """
        path = self._path(sha256)
        if path.is_file():
            return
        _make_folder(path.parent)
        try:
            (self._waiting / sha256).replace(path)
        except FileNotFoundError as error:
            if not path.is_file():  # somebody else claimed it at this very moment
                raise NotFound(f"No file {sha256} is kept.", sha256=sha256) from error
        _sync(path.parent)

    def claim_all(self, hashes: Iterable[str]) -> None:
        """Keep many contents for good, at once on the disk.

        :raise NotFound: one is not there any more.
        """
        for sha256 in hashes:
            path = self._path(sha256)
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                (self._waiting / sha256).replace(path)
            except FileNotFoundError as error:
                if not path.is_file():
                    raise NotFound(f"No file {sha256} is kept.", sha256=sha256) from error
        os.sync()

    def unclaim(self, sha256: str) -> bool:
        """Let a content that was kept for good wait as if it had come just now; False if it is not kept."""
        path, moment = self._path(sha256), self._clock().timestamp()
        try:
            os.utime(path, (moment, moment))
            path.replace(self._waiting / sha256)
        except FileNotFoundError:
            return False
        return True

    def discard(self, sha256: str) -> bool:
        """Remove a content that waits, unless somebody holds, claims or uploads it at this very moment."""
        path = self._waiting / sha256
        try:
            os.utime(path, (0, 0))
        except FileNotFoundError:
            return False
        return self._remove(path, limit=1.0)

    def sweep(self, before: datetime, drafted: Collection[str] = ()) -> int:
        """Remove what has waited since before an instant, with what broken uploads left, and return how many it was.

        :param drafted: contents that somebody may still hand in, however long they wait.
        """
        limit = before.timestamp()
        found = [path for folder in (self._waiting, self._incoming) for path in folder.iterdir()]
        return sum(self._remove(path, limit) for path in found if path.name not in drafted)

    def open(self, sha256: str) -> BinaryIO:
        """Open the content for reading.

        :raise NotFound: it is not kept here.
        """
        for path in self._places(sha256):
            with suppress(FileNotFoundError):
                return path.open("rb")
        raise NotFound(f"No file {sha256} is kept.", sha256=sha256)

    def exists(self, sha256: str) -> bool:
        """Tell whether the content is kept, without reading it."""
        return any(path.is_file() for path in self._places(sha256))

    def verify(self, sha256: str) -> bool:
        """Tell whether the content is kept and still has its hash."""
        for path in self._places(sha256):
            with suppress(FileNotFoundError), path.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == sha256
        return False

    def size(self, sha256: str) -> int | None:
        """Return how many bytes the content has on the disk, without reading it; None if it is not kept.

        :raise NotFound: that is no hash.
        """
        for path in self._places(sha256):
            with suppress(FileNotFoundError):
                return path.stat().st_size
        return None

    def names(self) -> Iterator[str]:
        """Yield the hash of every content that somebody has claimed, in no order."""
        for folder in self.root.glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]"):
            with os.scandir(folder) as entries:
                yield from (entry.name for entry in entries if SHA256.fullmatch(entry.name))

    @contextmanager
    def _receive(self) -> Generator[tuple[BinaryIO, Path]]:
        """Give a new file, which is gone at the end of the block unless it was moved away."""
        handle, name = tempfile.mkstemp(dir=self._incoming)
        path = Path(name)
        try:
            with os.fdopen(handle, "w+b") as file:
                yield file, path
        finally:
            path.unlink(missing_ok=True)

    def _keep(self, incoming: Path, sha256: str, size: int) -> None:
        """Move the file to its place in one step, so that a half-written one is never seen there.

        A claimed file that lost a part on the disk is mended by it; one that waits is replaced and waits anew.
        """
        path = self._path(sha256)
        if path.is_file():
            if path.stat().st_size == size:
                return
        else:
            path = self._waiting / sha256
        moment = self._clock().timestamp()
        os.utime(incoming, (moment, moment))
        incoming.chmod(0o400)
        incoming.replace(path)
        _sync(path.parent)

    def _remove(self, path: Path, limit: float) -> bool:
        """Remove a file if it is older than a moment, and say whether it was.

        It is moved aside first: from then on nobody can hold or claim it. If somebody did so since it was looked at, it
        goes back; if it was claimed or uploaded anew meanwhile, it is not this one that is there.
        """
        aside = self._incoming / f"{path.name}.old"
        try:
            if path.stat().st_mtime >= limit:
                return False
            path.replace(aside)
        except FileNotFoundError:
            return False
        if aside.stat().st_mtime >= limit:
            aside.replace(path)
            return False
        aside.unlink()
        return True

    def _places(self, sha256: str) -> tuple[Path, Path]:
        return self._path(sha256), self._waiting / sha256

    def _path(self, sha256: str) -> Path:
        if not SHA256.fullmatch(sha256):
            raise NotFound(f"{sha256!r} is not a sha256 in hexadecimal.", sha256=sha256)
        return self.root / sha256[:2] / sha256[2:4] / sha256


def clean_name(filename: str) -> str:
    """Return the last part of a file name without what misleads on a screen (control and direction characters)."""
    last = unicodedata.normalize("NFC", re.split(r"[/\\]", filename)[-1])
    shown = "".join(character for character in last if not unicodedata.category(character).startswith("C")).strip()
    extension = PurePath(shown).suffix[:10]
    stem = shown.removesuffix(extension)[: LONGEST_NAME - len(extension)].strip(" .")
    return (stem or "berkas") + extension


def _copy(source: BinaryIO, target: BinaryIO, limit: int) -> tuple[str, int]:
    """Copy to the disk itself; return hash and size."""
    digest, size = hashlib.sha256(), 0
    while block := source.read(BLOCK):
        size += len(block)
        if size > limit:
            raise FileRefused(Refusal.TOO_LARGE, limit=limit)
        digest.update(block)
        target.write(block)
    target.flush()
    os.fsync(target.fileno())
    return digest.hexdigest(), size


def _make_folder(folder: Path) -> None:
    """Make a folder and those above it, each of them safe from a power cut."""
    if not folder.is_dir():
        _make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        _sync(folder.parent)


def _sync(folder: Path) -> None:
    """Have the disk remember what was put into the folder."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
