"""Keeps uploaded files outside the database, each under the sha256 of its content."""

import hashlib
import io
import os
import re
import tempfile
import unicodedata
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import BinaryIO, Final

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

    A file whose row was rolled back stays behind unused. The folder belongs into every backup.
    """

    def __init__(self, root: Path) -> None:
        """Use a folder, which is made if it does not exist."""
        self.root: Final = root
        self._incoming = root / "incoming"
        self._incoming.mkdir(parents=True, exist_ok=True)

    def put(self, content: bytes | BinaryIO, *, filename: str, limit: int) -> StoredFile:
        """Keep a file that is allowed and return what to remember of it; on return it is on the disk.

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

    def open(self, sha256: str) -> BinaryIO:
        """Open the content for reading.

        :raise NotFound: it is not kept here.
        """
        try:
            return self._path(sha256).open("rb")
        except FileNotFoundError as error:
            raise NotFound(f"No file {sha256} is kept.", sha256=sha256) from error

    def exists(self, sha256: str) -> bool:
        """Tell whether the content is kept, without reading it."""
        return self._path(sha256).is_file()

    def verify(self, sha256: str) -> bool:
        """Tell whether the content is kept and still has its hash."""
        try:
            with self._path(sha256).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == sha256
        except FileNotFoundError:
            return False

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
        """Move the file to its place in one step, so that a half-written one is never seen there."""
        path = self._path(sha256)
        if path.is_file() and path.stat().st_size == size:
            return
        _make_folder(path.parent)
        incoming.chmod(0o400)
        incoming.replace(path)
        _sync(path.parent)

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
