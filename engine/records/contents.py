"""Tells what an uploaded file is by its content, and refuses what Alur does not keep.

Allowed are PDF, PNG, JPEG, DOCX and XLSX. A file must begin with the mark of its kind, be built like it, be nothing
else besides, and carry the kind's extension. Whoever serves it still sends it as an attachment that is not sniffed.
"""

import struct
import zipfile
import zlib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath
from typing import BinaryIO

import filetype

from engine.errors import EngineError

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

HEAD = 8192  # bytes that `filetype` looks at
MIB = 1 << 20
# What zipfile raises on archives that are broken: RuntimeError and OSError, too, beside its own.
DAMAGES = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, RuntimeError, ValueError, OSError, struct.error)
MOST_PARTS = 10_000
MOST_UNPACKED = 200 * MIB
HARMLESS_UNPACKED = 10 * MIB  # below, the ratio says nothing: a small sheet of equal rows packs very well
MOST_RATIO = 100
# What office programs write; zipfile knows more, and each brings errors of its own from a damaged part.
OFFICE_PACKING = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
END_OF_ARCHIVE = 22  # bytes of a ZIP's last record without a comment, which office programs do not write


class Refusal(StrEnum):
    """Why a file is refused; the value is the code of the error."""

    EMPTY = "file.empty"
    TOO_LARGE = "file.too_large"
    TYPE_NOT_ALLOWED = "file.type_not_allowed"
    EXTENSION_DIFFERS = "file.extension_differs"
    DAMAGED = "file.damaged"
    ENCRYPTED = "file.encrypted"
    MACROS = "file.macros"
    BOMB = "file.bomb"
    POLYGLOT = "file.polyglot"


class FileRefused(EngineError):
    """The file cannot be kept; `code` says why and `params` carry the numbers and names."""

    def __init__(self, reason: Refusal, **params: object) -> None:
        """Remember the reason."""
        super().__init__(f"The file is refused: {reason} {params}", **params)
        self.code = reason.value


def recognise(file: BinaryIO, size: int, filename: str) -> str:
    """Return the media type of an allowed file.

    :param file: seekable, at any position.
    :raise FileRefused: with the first reason found.
    """
    if size == 0:
        raise FileRefused(Refusal.EMPTY)
    head = _read_at(file, 0, HEAD)
    kind = next((kind for kind in KINDS if head.startswith(kind.mark)), None)
    if kind is None:
        raise FileRefused(Refusal.POLYGLOT if b"%PDF-" in head else Refusal.TYPE_NOT_ALLOWED, guess=_guess(head))
    media_type = kind.examine(file, size)
    if _guess(head) not in {media_type, "application/zip"}:
        raise FileRefused(Refusal.TYPE_NOT_ALLOWED, guess=_guess(head))
    _check_extension(media_type, filename)
    return media_type


def _check_extension(media_type: str, filename: str) -> None:
    extension, expected = PurePath(filename).suffix.lower(), EXTENSIONS[media_type]
    if extension not in expected:
        raise FileRefused(Refusal.EXTENSION_DIFFERS, extension=extension, expected=", ".join(expected))


def _examine_pdf(file: BinaryIO, size: int) -> str:
    if b"%%EOF" not in _read_at(file, max(0, size - 1024), 1024):
        raise FileRefused(Refusal.DAMAGED)
    _refuse_archive(file)
    return "application/pdf"


def _examine_png(file: BinaryIO, size: int) -> str:
    """Walk the chunks: IHDR comes first, and the file ends where IEND does."""
    position, kind = 8, b""
    while kind != b"IEND":
        header = _read_at(file, position, 8)
        if len(header) < 8 or (position == 8) != (header[4:] == b"IHDR"):
            raise FileRefused(Refusal.DAMAGED)
        kind = header[4:]
        position += 12 + int.from_bytes(header[:4], "big")
    if position != size:
        raise FileRefused(Refusal.POLYGLOT if position < size else Refusal.DAMAGED)
    return "image/png"


def _examine_jpeg(file: BinaryIO, size: int) -> str:
    """Walk the segments up to the picture itself; what telephones append behind it is left alone."""
    position, marker = 2, b""
    while marker != b"\xff\xda":
        header = _read_at(file, position, 4)
        marker, length = header[:2], int.from_bytes(header[2:], "big")
        if len(header) < 4 or marker[0] != 0xFF or length < 2 or position + length > size:
            raise FileRefused(Refusal.DAMAGED)
        position += 2 + length
    _refuse_archive(file)
    return "image/jpeg"


def _refuse_archive(file: BinaryIO) -> None:
    """Refuse a file whose end is a ZIP: picture to one program, archive or applet to another."""
    file.seek(0)
    if zipfile.is_zipfile(file):
        raise FileRefused(Refusal.POLYGLOT)


def _examine_office(file: BinaryIO, size: int) -> str:
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            return _examine_parts(archive, file, size)
    except DAMAGES as error:
        raise FileRefused(Refusal.DAMAGED) from error


def _examine_parts(archive: zipfile.ZipFile, file: BinaryIO, size: int) -> str:
    parts = archive.infolist()
    names = [part.filename.lower() for part in parts]
    _check_size(parts, size)
    if min((part.header_offset for part in parts), default=0) or not _ends_as_archive(file, size):
        raise FileRefused(Refusal.POLYGLOT)
    if any(part.flag_bits & 1 for part in parts):
        raise FileRefused(Refusal.ENCRYPTED)
    if any(part.compress_type not in OFFICE_PACKING for part in parts):
        raise FileRefused(Refusal.DAMAGED)
    if len(set(names)) != len(names) or any(_leads_out(name) for name in names):
        raise FileRefused(Refusal.DAMAGED)
    media_type = _main_part(names)
    if any(_is_active(name) for name in names) or b"macroenabled" in archive.read("[Content_Types].xml").lower():
        raise FileRefused(Refusal.MACROS)
    return media_type


def _check_size(parts: Collection[zipfile.ZipInfo], size: int) -> None:
    """Refuse what unpacks to far more than it is; zipfile never unpacks a part beyond the size it declares."""
    unpacked = sum(part.file_size for part in parts)
    swells = unpacked > HARMLESS_UNPACKED and unpacked > MOST_RATIO * size
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED or swells:
        raise FileRefused(Refusal.BOMB, parts=len(parts), unpacked=unpacked)


def _main_part(names: Collection[str]) -> str:
    found = [media_type for part, media_type in MAIN_PARTS.items() if part in names]
    if len(found) != 1:
        raise FileRefused(Refusal.POLYGLOT if found else Refusal.TYPE_NOT_ALLOWED, guess="application/zip")
    return found[0]


def _is_active(name: str) -> bool:
    return name.endswith("vbaproject.bin") or "/activex/" in name or "/macrosheets/" in name


def _leads_out(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ".." in name.split("/")


def _ends_as_archive(file: BinaryIO, size: int) -> bool:
    return _read_at(file, size - END_OF_ARCHIVE, 4) == b"PK\x05\x06"


def _guess(head: bytes) -> str | None:
    guess = filetype.guess_mime(head)
    return guess if isinstance(guess, str) else None


def _read_at(file: BinaryIO, position: int, length: int) -> bytes:
    file.seek(position)
    return file.read(length)


@dataclass(frozen=True, slots=True)
class _Kind:
    """How files of a kind begin, and what looks at the rest and returns the media type."""

    mark: bytes
    examine: Callable[[BinaryIO, int], str]


KINDS = (
    _Kind(b"%PDF-", _examine_pdf),
    _Kind(b"\x89PNG\r\n\x1a\n", _examine_png),
    _Kind(b"\xff\xd8\xff", _examine_jpeg),
    _Kind(b"PK\x03\x04", _examine_office),
)
MAIN_PARTS = {"word/document.xml": WORD, "xl/workbook.xml": SHEET}
EXTENSIONS = {
    "application/pdf": (".pdf",),
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg"),
    WORD: (".docx",),
    SHEET: (".xlsx",),
}
