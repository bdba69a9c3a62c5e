"""Says whether the folder of the files and the secrets on this host belong to the database it works on.

Several hosts share one database. One whose folder is another one would keep what people hand in where nobody else
finds it; one with other secrets signs out everybody whom another has signed in, and no password holds there. So the
folder bears the mark of its database, and the database the mark of the folder and a fingerprint of the secrets.

What has no mark yet gets one from whoever starts first. The mark is laid ready in the folder, then entered in the
database, where the first one holds, and only then made final: wherever that is cut off, the next start goes on. A
final mark of which the database knows nothing is therefore another database's.
"""

import hashlib
import os
import secrets
from contextlib import suppress
from enum import Enum
from pathlib import Path
from typing import Final, NamedTuple

from sqlalchemy import inspect

from engine.records.database import Database
from engine.records.installation import MARK_LENGTH, claim_row, installation, replace_row, select_row
from webapp.wiring.alur import FILES_FOLDER, Alur

MARK_FILE: Final = "INSTALASI.txt"
READY_FILE: Final = "INSTALASI.baru"
_SAID: Final = "Folder ini milik satu instalasi Alur dan basis datanya. Biarkan berkas ini di sini.\n"
_SALT: Final = b"alur.installation.secrets"
_COST: Final = {"n": 1 << 13, "r": 8, "p": 1}  # some milliseconds: a start is no sign-in


class Trouble(Enum):
    """What does not belong to the database of this host."""

    FOLDER_BARE = "folder_bare"
    """The database has a folder; this one bears no mark."""
    FOLDER_OF_OTHERS = "folder_of_others"
    """This folder bears the mark of another database."""
    FOLDER_SHUT = "folder_shut"
    """The folder cannot be read, or has no mark and takes none."""
    SECRETS_OF_OTHERS = "secrets_of_others"
    """The secrets are not those with which the database was begun."""


class _Row(NamedTuple):
    files: str | None
    secrets: str | None


def claim(alur: Alur) -> frozenset[Trouble]:
    """Mark what bears no mark yet, and return what does not belong together; nothing if this host may work."""
    folder, fingerprint = alur.settings.home / FILES_FOLDER, fingerprint_of(alur)
    try:
        if _read(folder / MARK_FILE) is None and (mark := _ready_mark(alur.database, folder)) is not None:
            with alur.database.writing() as connection:
                connection.execute(claim_row, {"files": mark, "secrets": fingerprint})
                row = connection.execute(select_row).one()
            _settle(folder, mark, is_ours=row.files == mark)
    except OSError:
        return frozenset({Trouble.FOLDER_SHUT})
    return look(alur)


def look(alur: Alur) -> frozenset[Trouble]:
    """Return what does not belong together; nothing is marked, and what nobody has marked yet is nobody's."""
    return frozenset(item for item in (_look_at_folder(alur), _look_at_secrets(alur)) if item is not None)


def is_marked(alur: Alur) -> bool:
    """Say whether the database knows its folder and its secrets."""
    return None not in _row(alur.database)


def adopt(alur: Alur) -> None:
    """Make the folder and the secrets of this host those of the database, whatever held before.

    :raise OSError: the folder takes no mark.
    """
    folder, row = alur.settings.home / FILES_FOLDER, _row(alur.database)
    mark = _read(folder / MARK_FILE) or row.files or _drawn()
    _write(folder / MARK_FILE, mark)
    with suppress(FileNotFoundError):
        (folder / READY_FILE).unlink()
    with alur.database.writing() as connection:
        connection.execute(claim_row, {"files": mark, "secrets": None})
        connection.execute(replace_row, {"new_files": mark, "new_secrets": fingerprint_of(alur)})


def mark_restored(database: Database, home: Path) -> None:
    """Give a folder of files that was just restored the mark of its database, which came with it.

    :raise OSError: the folder takes no mark.
    """
    with database.reading() as read:
        is_older = not inspect(read).has_table(installation.name)  # of before the tables knew it
    mark = None if is_older else _row(database).files
    if mark is not None:
        (home / FILES_FOLDER).mkdir(exist_ok=True)
        _write(home / FILES_FOLDER / MARK_FILE, mark)


def fingerprint_of(alur: Alur) -> str:
    """Return what tells the secrets from others and gives none of them away."""
    known = f"{alur.settings.secret_key}\0{alur.settings.pepper}".encode()
    return hashlib.scrypt(known, salt=_SALT, dklen=MARK_LENGTH // 2, **_COST).hex()


def _look_at_folder(alur: Alur) -> Trouble | None:
    folder = alur.settings.home / FILES_FOLDER
    try:
        found = _read(folder / MARK_FILE)  # first: a final mark was entered in its database before
    except OSError:
        return Trouble.FOLDER_SHUT
    known = _row(alur.database).files
    if found is None:
        return None if known is None else Trouble.FOLDER_BARE
    return None if found == known else Trouble.FOLDER_OF_OTHERS


def _look_at_secrets(alur: Alur) -> Trouble | None:
    known = _row(alur.database).secrets
    return None if known is None or known == fingerprint_of(alur) else Trouble.SECRETS_OF_OTHERS


def _row(database: Database) -> _Row:
    with database.reading() as read:
        found = read.execute(select_row).one_or_none()
    return _Row(None, None) if found is None else _Row(found.files, found.secrets)


def _ready_mark(database: Database, folder: Path) -> str | None:
    """Return the mark that lies ready in a folder without a final one; None if the database has another folder."""
    known, ready = _row(database).files, _read(folder / READY_FILE)
    if known is not None:
        return ready if ready == known else None
    if ready is None:
        _draw(folder)
        ready = _read(folder / READY_FILE)
    return ready


def _draw(folder: Path) -> None:
    """Lay a mark ready; of two who do so at once one comes first."""
    draft = folder / f"{READY_FILE}.{secrets.token_hex(4)}"
    _write(draft, _drawn())
    try:
        with suppress(FileExistsError):
            os.link(draft, folder / READY_FILE)
    finally:
        draft.unlink()


def _settle(folder: Path, mark: str, *, is_ours: bool) -> None:
    """Make a mark final, or take it away if the database belongs to another folder; another host may have done so."""
    ready = folder / READY_FILE
    if is_ours:
        _write(folder / MARK_FILE, mark)
    if _read(ready) == mark:
        with suppress(FileNotFoundError):
            ready.unlink()


def _drawn() -> str:
    return secrets.token_hex(MARK_LENGTH // 2)


def _read(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8").split()[-1]
    except FileNotFoundError:
        return None
    except (UnicodeDecodeError, IndexError):
        return ""  # no mark of anybody


def _write(path: Path, mark: str) -> None:
    """Write a mark in one step, so that nobody reads half of it."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    try:
        with draft.open("x", encoding="utf-8") as file:
            file.write(f"{_SAID}{mark}\n")
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
