"""Closes a city and opens it again, and notes that it comes or goes; one at a time in an installation."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from fcntl import LOCK_EX, LOCK_NB, flock
from typing import Any, Final

from sqlalchemy import Connection, select, text

from engine.records.database import Database
from engine.records.files import FileStore
from engine.records.schema import metadata
from engine.records.tenant import Standing, tenant
from webapp.wiring.backups import ArchiveError

_LOCK_FILE: Final = "moving.lock"  # in the folder of the files, which all hosts of an installation share


@dataclass(frozen=True, slots=True)
class CityStanding:
    """How it stands with a city that was set up.

    :param kind: None while it is open.
    :param since: when it came to be so.
    :param archive: the sha256 of the archive in which it comes, goes or went.
    """

    kind: Standing | None
    since: datetime | None
    archive: str | None


def standing_of(read: Connection, city: str) -> CityStanding | None:
    """Return how it stands with a city; None if nobody has set it up."""
    mine = select(tenant.c.standing, tenant.c.since, tenant.c.archive).where(tenant.c.code == city)
    row = read.execute(mine).one_or_none()
    return None if row is None else CityStanding(_kind(row.standing), row.since, row.archive)


def require_known(read: Connection, city: str) -> CityStanding:
    """Return how it stands with a city.

    :raise ArchiveError: it is not here; what there is, is named.
    """
    found = standing_of(read, city)
    if found is None:
        known = sorted(read.execute(select(tenant.c.code)).scalars())
        raise ArchiveError(
            f"Kota {city!r} tidak ada di instalasi ini. Yang ada: {', '.join(known) or 'belum satu pun'}."
        )
    return found


def close_city(database: Database, city: str, at: datetime) -> None:
    """Let nothing more be done for a city: no command is committed behind this, and everybody is signed out.

    :raise ArchiveError: it is not here, or on its way out or in.
    """
    with database.writing() as connection:
        _require_settled(connection, city)
        if connection.dialect.name == "postgresql":
            # Whoever has written into the trail commits first; whoever comes later finds the city closed.
            connection.execute(text("LOCK TABLE audit IN SHARE MODE"))
        stand(connection, city, Standing.CLOSED, at)
        end_sessions(connection, city)


def reopen_city(database: Database, city: str) -> None:
    """Let a city that was closed be worked in again.

    :raise ArchiveError: it is not here, or on its way out or in.
    """
    with database.writing() as connection:
        _require_settled(connection, city)
        stand(connection, city, None, None)


def stand(
    connection: Connection, city: str, kind: Standing | None, since: datetime | None, archive: str | None = None
) -> None:
    """Note how it stands with a city, inside a write transaction."""
    values: dict[str, Any] = {"standing": kind, "since": since, "archive": archive}
    connection.execute(tenant.update().where(tenant.c.code == city).values(values))


def end_sessions(connection: Connection, city: str) -> None:
    """End every session in a city, inside a write transaction."""
    session, account = metadata.tables["sign_in_session"], metadata.tables["account"]
    mine = select(account.c.id).where(account.c.tenant == city)
    connection.execute(session.delete().where(session.c.account_id.in_(mine)))
    session, account = metadata.tables["guest_session"], metadata.tables["guest_account"]
    mine = select(account.c.guest_id).where(account.c.tenant == city)
    connection.execute(session.delete().where(session.c.guest_id.in_(mine)))


@contextmanager
def one_at_a_time(files: FileStore) -> Generator[None]:
    """Keep others from moving a city while the block runs; it goes free when this process ends, in any way.

    :raise ArchiveError: somebody does so already.
    """
    with (files.root / _LOCK_FILE).open("a") as handle:
        try:
            flock(handle, LOCK_EX | LOCK_NB)
        except BlockingIOError as error:
            raise ArchiveError(
                "Di instalasi ini sedang ada kota yang dimasukkan atau dihapus. Tunggu sampai selesai, lalu ulangi."
            ) from error
        yield


def _require_settled(connection: Connection, city: str) -> None:
    kind = require_known(connection, city).kind
    said = {
        Standing.ARRIVING: f"sedang dimasukkan. Selesaikan dengan mengulangi alur city import, atau buang yang sudah "
        f"masuk: alur city remove {city}",
        Standing.LEAVING: f"sedang dihapus dari instalasi ini. Selesaikan: alur city remove {city} BERKAS",
        Standing.MOVED: "sudah pindah ke instalasi lain. Agar kembali ke sini, masukkan arsipnya: alur city import",
    }
    if kind is not None and kind in said:
        raise ArchiveError(f"Kota {city!r} {said[kind]}")


def _kind(name: str | None) -> Standing | None:
    return None if name is None else Standing(name)
