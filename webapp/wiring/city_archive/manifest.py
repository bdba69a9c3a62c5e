"""What a city's archive says of itself: what it holds, of which moment, and by which hashes it is known to be whole."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from webapp.wiring.backups import ArchiveError
from webapp.wiring.backups.manifest import Member

#: Of the layout of archives; a newer Alur may write another one.
FORMAT: Final = 1
KIND: Final = "alur-city"

MANIFEST: Final = "manifest.json"
TABLES: Final = "tables/"
WORDBOOKS: Final = "wordbooks"
JOBS: Final = "jobs"
TRAIL: Final = "audit.jsonl"
FILES: Final = "files/"
WAITING: Final = "waiting/"
_NAME = re.compile(r"tables/[a-z_]+|wordbooks|jobs|audit\.jsonl|(files|waiting)/[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Chain:
    """What proves an audit trail: how many rows, and a hash over them in which each hangs on all before it."""

    rows: int
    digest: str


@dataclass(frozen=True, slots=True)
class CityManifest:
    """What an archive says of itself.

    :param alur: the version that wrote it.
    :param made_at: the moment the archive was begun; the city is as it was then.
    :param step: the newest step of the tables.
    :param tables: rows by table.
    :param members: by their names in the archive; the hash of a table is the hash of its rows, in their order.
    :param missing: hashes of files that rows name, but that were not kept or damaged.
    """

    alur: str
    made_at: datetime
    step: str
    city: str
    tables: Mapping[str, int]
    audit: Chain
    members: Mapping[str, Member]
    missing: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        """How many rows there are in all."""
        return sum(self.tables.values())

    @property
    def files(self) -> tuple[str, ...]:
        """The names of people's files in the archive."""
        return tuple(name for name in self.members if name.startswith((FILES, WAITING)))


def write_manifest(manifest: CityManifest) -> str:
    """Return a manifest as the text that stands in its archive."""
    return json.dumps(_plain(manifest), ensure_ascii=False, indent=1)


def parse_manifest(content: bytes, archive: object) -> CityManifest:
    """Return the manifest of a text.

    :param archive: what to call the archive in a refusal.
    :raise ArchiveError: it is damaged, or a newer Alur wrote it.
    """
    try:
        plain: Any = json.loads(content)
        if plain.get("kind") != KIND:
            raise ArchiveError(f"{archive} bukan arsip kota. Arsip kota dibuat dengan: alur city export KOTA BERKAS")
        if plain["format"] != FORMAT:
            raise ArchiveError(f"{archive} dibuat oleh Alur yang lebih baru. Pasang versi itu di sini, lalu ulangi.")
        return _manifest(plain)
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise ArchiveError(f"{archive} rusak: daftar isinya tidak dapat dibaca. Buat lagi arsip kota itu.") from error


def _plain(manifest: CityManifest) -> dict[str, Any]:
    return {
        "kind": KIND,
        "format": FORMAT,
        "alur": manifest.alur,
        "made_at": manifest.made_at.astimezone(UTC).isoformat(),
        "step": manifest.step,
        "city": manifest.city,
        "tables": dict(manifest.tables),
        "audit": {"rows": manifest.audit.rows, "chain": manifest.audit.digest},
        "missing": list(manifest.missing),
        "members": {name: {"size": member.size, "sha256": member.sha256} for name, member in manifest.members.items()},
    }


def _manifest(plain: Mapping[str, Any]) -> CityManifest:
    members = {str(name): Member(int(of["size"]), str(of["sha256"])) for name, of in plain["members"].items()}
    tables = {str(name): int(count) for name, count in plain["tables"].items()}
    needed = {WORDBOOKS, JOBS, TRAIL, *(TABLES + name for name in tables)}
    found = {name for name in members if not name.startswith((FILES, WAITING))}
    if found != needed or not all(_NAME.fullmatch(name) for name in members):
        raise ValueError("members without a table, or a table without its member")
    if any(name.rpartition("/")[2] != of.sha256 for name, of in members.items() if name.startswith((FILES, WAITING))):
        raise ValueError("a file under another hash than its own")
    return CityManifest(
        alur=str(plain["alur"]),
        made_at=datetime.fromisoformat(plain["made_at"]),
        step=str(plain["step"]),
        city=str(plain["city"]),
        tables=tables,
        audit=Chain(int(plain["audit"]["rows"]), str(plain["audit"]["chain"])),
        members=members,
        missing=tuple(map(str, plain["missing"])),
    )
