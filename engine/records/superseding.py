"""Marks the file of a database whose contents another one has taken over, so that nobody goes on in the old one."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from engine.errors import EngineError
from engine.records.database import Database

_SUFFIX: Final = ".disalin"
_SAID: Final = "Isi {name} disalin ke PostgreSQL pada {at}. Berkas itu hanya arsip; jangan dijalankan lagi.\n"


class Superseded(EngineError):
    """The file is an archive: its contents were copied to another database, where work goes on."""

    code = "database.superseded"


def mark_of(path: Path) -> Path:
    """Return the file that marks a database as an archive; without it, the database is used again."""
    return path.with_name(path.name + _SUFFIX)


def supersede(database: Database, at: datetime) -> None:
    """Mark a file, from now on; a database on a server has no mark."""
    if database.path is not None:
        said = _SAID.format(name=database.path.name, at=f"{at:%Y-%m-%d %H.%M} UTC")
        mark_of(database.path).write_text(said, encoding="utf-8")


def require_in_use(database: Database) -> None:
    """Do nothing if nobody has taken the contents over.

    :raise Superseded: somebody has, with the file that says so.
    """
    if database.path is None or not mark_of(database.path).exists():
        return
    mark = mark_of(database.path)
    at = datetime.fromtimestamp(mark.stat().st_mtime, UTC)
    raise Superseded(file=str(database.path), mark=str(mark), at=f"{at:%Y-%m-%d %H.%M} UTC")
