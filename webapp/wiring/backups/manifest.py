"""What an archive says of itself: what it holds, of which moment, and by which hashes it is known to be whole."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Any, Final

#: Of the layout of archives; a newer Alur may write another one.
FORMAT: Final = 1
#: By kind of database: the copy's name in the archive.
COPIES: Final = {"sqlite": "alur.db", "postgresql": "alur.dump"}


class ArchiveError(Exception):
    """An archive cannot be written or used; the message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file in an archive.

    :param size: in bytes.
    """

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an archive says of itself.

    :param alur: the version that wrote it.
    :param made_at: the moment the archive was begun; the database is as it was then.
    :param database: its kind, a key of `COPIES`.
    :param step: the newest step of its tables.
    :param tables: rows by table.
    :param settings: the environment variables of the installation, but for its folder and its database.
    :param members: by their names in the archive.
    :param damaged: files whose content has no longer the hash it is kept under; they are in the archive as they were.
    """

    alur: str
    made_at: datetime
    database: str
    step: str | None
    tables: Mapping[str, int]
    settings: Mapping[str, str]
    members: Mapping[str, Member]
    damaged: tuple[str, ...] = ()

    @property
    def copy_name(self) -> str:
        """The name of the database's copy in the archive."""
        return COPIES[self.database]

    @property
    def files(self) -> tuple[str, ...]:
        """The names of people's files in the archive."""
        return tuple(name for name in self.members if name.startswith("files/"))

    @property
    def rows(self) -> int:
        """How many rows the database holds in all."""
        return sum(self.tables.values())


def write_manifest(manifest: Manifest) -> str:
    """Return a manifest as the text that stands in its archive."""
    return json.dumps(_plain(manifest), ensure_ascii=False, indent=1)


def parse_manifest(content: bytes, archive: object) -> Manifest:
    """Return the manifest of a text.

    :param archive: what to call the archive in a refusal.
    :raise ArchiveError: it is damaged, or a newer Alur wrote it.
    """
    try:
        plain: Any = json.loads(content)
        if plain["format"] != FORMAT:
            raise ArchiveError(f"{archive} dibuat oleh Alur yang lebih baru. Pasang versi itu, lalu ulangi.")
        return _manifest(plain)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ArchiveError(f"{archive} rusak: daftar isinya tidak dapat dibaca. Pakailah cadangan lain.") from error


def _plain(manifest: Manifest) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "alur": manifest.alur,
        "made_at": manifest.made_at.astimezone(UTC).isoformat(),
        "database": manifest.database,
        "step": manifest.step,
        "tables": dict(manifest.tables),
        "settings": dict(manifest.settings),
        "damaged": list(manifest.damaged),
        "members": {name: {"size": member.size, "sha256": member.sha256} for name, member in manifest.members.items()},
    }


def _manifest(plain: Mapping[str, Any]) -> Manifest:
    members = {str(name): Member(int(of["size"]), str(of["sha256"])) for name, of in plain["members"].items()}
    if any(not _is_ours(name) for name in members) or COPIES[plain["database"]] not in members:
        raise ValueError("names outside the archive, or no database")
    return Manifest(
        alur=str(plain["alur"]),
        made_at=datetime.fromisoformat(plain["made_at"]),
        database=str(plain["database"]),
        step=None if plain["step"] is None else str(plain["step"]),
        tables={str(name): int(count) for name, count in plain["tables"].items()},
        settings={str(name): str(value) for name, value in plain["settings"].items()},
        members=members,
        damaged=tuple(map(str, plain["damaged"])),
    )


def _is_ours(name: str) -> bool:
    """Whether a name stays inside the folder it is unpacked to."""
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and path.as_posix() == name and "\\" not in name
