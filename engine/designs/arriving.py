"""Files that somebody brings: loose ones or an archive, unpacked with care, each put where a release has it."""

import json
import stat
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from pathlib import PurePosixPath
from typing import Final

from engine.bpmn.formfiles import FORM_FOLDER
from engine.bpmn.read import MAX_BYTES, problem
from engine.designs.storable import MAX_FILES, MAX_TOTAL, SCENARIO_FOLDER
from engine.errors import DiagramRefused, Problem

ENDINGS: Final = (".bpmn", ".dmn", ".json")
_SHOWN: Final = 100  # characters of a name in a sentence
_OF_SCENARIOS: Final = frozenset({"steps", "expect"})
_PACKED: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

Brought = tuple[str, bytes]


def unpack_brought(brought: Iterable[Brought]) -> dict[str, bytes]:
    """Return files as a design holds them: archives unpacked, what belongs to no process left out.

    Whether they may be kept is another question, which `check_storable` answers.

    :param brought: names, perhaps with folders, and contents.
    :raise DiagramRefused: an archive is hostile or unreadable, all of it is too much, or two files have one name.
    """
    room = _Room()
    loose = [found for name, content in brought for found in _unpacked(name, content, room)]
    wanted = [(name, content) for name, content in loose if _is_wanted(name)]
    root = _root_of(name for name, _content in wanted)
    files: dict[str, bytes] = {}
    for name, content in wanted:
        place = _place(name, content, root)
        if place in files:
            raise _refused(
                place,
                "file_twice",
                "ada dua berkas dengan nama ini; sertakan satu saja.",
                "two files have this name; include just one.",
            )
        files[place] = content
    return files


class _Room:
    """How much may still be brought, in all archives and loose files together."""

    def __init__(self) -> None:
        """Begin with all that a design may hold."""
        self._files, self._bytes = MAX_FILES, MAX_TOTAL

    def take_files(self, name: str, count: int) -> None:
        """Take the places of files.

        :raise DiagramRefused: so many are not left.
        """
        self._files -= count
        if self._files < 0:
            raise _too_much(name)

    def take_bytes(self, name: str, count: int) -> None:
        """Take the bytes of a file.

        :raise DiagramRefused: so many are not left.
        """
        self._bytes -= count
        if self._bytes < 0:
            raise _too_much(name)


def _unpacked(name: str, content: bytes, room: _Room) -> Iterator[Brought]:
    if not name.lower().endswith(".zip"):
        room.take_files(name, 1)
        room.take_bytes(name, len(content))
        yield _plain_name(name), content
        return
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            yield from _entries(name, archive, room)
    except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, OSError, ValueError) as error:
        raise _unreadable(name) from error


def _entries(name: str, archive: zipfile.ZipFile, room: _Room) -> Iterator[Brought]:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    room.take_files(name, len(entries))
    for entry in entries:
        place = _plain_name(entry.filename)
        is_link = stat.S_ISLNK(entry.external_attr >> 16)
        if is_link or entry.flag_bits & 1 or entry.compress_type not in _PACKED:
            raise _unreadable(entry.filename)
        with archive.open(entry) as packed:
            # What an archive says of the size of its files need not be true.
            content = packed.read(MAX_BYTES + 1)
        if len(content) > MAX_BYTES:
            raise _too_much(entry.filename)
        room.take_bytes(entry.filename, len(content))
        yield place, content


def _plain_name(name: str) -> str:
    """Return a name that leads nowhere else.

    :raise DiagramRefused: it does, or holds signs that are not seen.
    """
    path = PurePosixPath(name)
    if not name.isprintable() or "\\" in name or ":" in name or path.is_absolute() or ".." in path.parts:
        raise _refused(
            name,
            "bad_path",
            "nama berkas ini tidak diterima; pakai nama biasa tanpa tanda tersembunyi.",
            "this file name cannot be taken; use a plain one without hidden signs.",
        )
    return str(path)


def _is_wanted(name: str) -> bool:
    parts = PurePosixPath(name).parts
    is_hidden = any(part.startswith((".", "__")) for part in parts)
    return name.endswith(ENDINGS) and not is_hidden


def _root_of(names: Iterable[str]) -> PurePosixPath:
    """Return the folder of the diagram that is nearest to the top."""
    diagrams = [PurePosixPath(name) for name in names if name.endswith(".bpmn")]
    return min(diagrams, key=lambda path: len(path.parts)).parent if diagrams else PurePosixPath(".")


def _place(name: str, content: bytes, root: PurePosixPath) -> str:
    path = PurePosixPath(name)
    inside = path.relative_to(root) if path.is_relative_to(root) else path
    if inside.suffix != ".json" or len(inside.parts) > 1:
        return str(inside)
    return f"{SCENARIO_FOLDER if _is_scenario(content) else FORM_FOLDER}{inside}"


def _is_scenario(content: bytes) -> bool:
    """Say whether a loose file is a scenario; else it is taken for a form."""
    try:
        said = json.loads(content) if len(content) <= MAX_BYTES else None
    except (ValueError, RecursionError):
        return False
    return isinstance(said, Mapping) and "process" in said and not _OF_SCENARIOS.isdisjoint(said)


def _unreadable(name: str) -> DiagramRefused:
    return _refused(
        name,
        "archive_unreadable",
        "arsip tidak dapat dibuka; buat lagi sebagai ZIP biasa tanpa sandi.",
        "this archive cannot be opened; make it again as a plain ZIP without a password.",
    )


def _too_much(name: str) -> DiagramRefused:
    return _refused(
        name,
        "too_much",
        f"isinya terlalu banyak (paling banyak {MAX_FILES} berkas, tiap berkas 2 MB, semua {MAX_TOTAL >> 20} MB).",
        f"it holds too much (at most {MAX_FILES} files of 2 MB each, {MAX_TOTAL >> 20} MB together).",
    )


def _refused(name: str, code: str, id_text: str, en_text: str) -> DiagramRefused:
    shown = "".join(sign if sign.isprintable() else "?" for sign in name)[:_SHOWN]
    found: Problem = problem(shown, code, id_text, en_text)
    return DiagramRefused((found,))
