"""Writes one city into an archive while people work: everything from one snapshot, then the files that it names."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table

from engine.jobs.moving import open_jobs
from engine.records.database import Database
from engine.records.files import FileStore
from engine.records.tenant import Standing
from engine.records.wordbook import find_wordbook
from webapp.wiring.backups import ArchiveError
from webapp.wiring.backups.archive import ArchiveWriter
from webapp.wiring.city_archive.chain import Trail
from webapp.wiring.city_archive.manifest import (
    FILES,
    JOBS,
    TABLES,
    TRAIL,
    WAITING,
    WORDBOOKS,
    CityManifest,
    write_manifest,
)
from webapp.wiring.city_archive.reading import check_archive
from webapp.wiring.city_archive.rows import framed, rows_of, take_time
from webapp.wiring.city_archive.rules import OF_DRAFTS, city_tables, file_places
from webapp.wiring.city_archive.standing import require_known
from webapp.wiring.city_archive.stored import named_files, wordbook_of


@dataclass(frozen=True, slots=True)
class Source:
    """What a city is taken out of, as it is at a moment.

    :param step: the newest step of the tables.
    """

    database: Database
    files: FileStore
    at: datetime
    step: str


def export_city(source: Source, city: str, target: Path) -> CityManifest:
    """Write a verified archive of a city under a name that is still free, and return what it holds.

    Only its owner may read it. It was read back from the disk before it got its name.

    :raise ArchiveError: the city is not here, the name is taken, there is no such folder, or it cannot be read back.
    """
    _check_place(target)
    writer = ArchiveWriter(target, source.at)
    try:
        manifest = _write(writer, source, city)
        if check_archive(writer.draft) != manifest:
            raise ArchiveError(f"{target} tidak terbaca kembali seperti yang ditulis. Periksa disknya.")
        writer.publish()
    except FileExistsError as error:
        raise _taken(target) from error
    finally:
        writer.discard()
    return manifest


def _write(writer: ArchiveWriter, source: Source, city: str) -> CityManifest:
    with source.database.reading() as read:
        take_time(read)
        _check_settled(read, city)
        tables = _Tables(writer, read, city)
        counts = {table.name: tables.add(table) for table in city_tables()}
        tables.add_wordbooks()
        _add_jobs(writer, read, city)
        trail = Trail(read, city)
        with writer.member(TRAIL, compressed=True) as write:
            for line in trail.lines():
                write(line)
    missing = tuple(_add_files(writer, source.files, tables.lasting, tables.drafted))
    manifest = CityManifest(
        alur=version("alur"),
        made_at=source.at,
        step=source.step,
        city=city,
        tables=counts,
        audit=trail.chain,
        members=dict(writer.members),
        missing=missing,
    )
    writer.finish(write_manifest(manifest))
    return manifest


class _Tables:
    """Adds tables to an archive, and notes which wordbooks and files their rows refer to."""

    def __init__(self, writer: ArchiveWriter, read: Connection, city: str) -> None:
        self.lasting: set[str] = set()
        self.drafted: set[str] = set()
        self._writer = writer
        self._read = read
        self._city = city
        self._books: set[int] = set()

    def add(self, table: Table) -> int:
        """Add the rows of a table and return how many they are."""
        count = 0
        stored, file = file_places(table)
        book = _book_places(table)
        files = self.drafted if table.name in OF_DRAFTS else self.lasting
        with self._writer.member(TABLES + table.name, compressed=True) as write:
            for row in rows_of(self._read, table, self._city):
                write(framed(row))
                count += 1
                files.update(row[place] for place in file)
                self._books.update(row[place] for place in book)
                for place in stored:
                    self._note(row[place], files)
        return count

    def add_wordbooks(self) -> None:
        """Add what the stored bytes have in common, as words: how they are packed is nobody's business."""
        with self._writer.member(WORDBOOKS, compressed=True) as write:
            for identifier in sorted(self._books):
                write(framed([identifier, find_wordbook(self._read, identifier).words]))

    def _note(self, content: bytes | None, files: set[str]) -> None:
        if content is None:
            return
        book = wordbook_of(content)
        if book is not None:
            self._books.add(book)
        files.update(named_files(content, partial(find_wordbook, self._read)))


def _book_places(table: Table) -> list[int]:
    """Return where in a row of a table the number of a wordbook stands."""
    return [
        place
        for place, column in enumerate(table.columns)
        if any(key.column.table.name == "wordbook" for key in column.foreign_keys)
    ]


def _add_jobs(writer: ArchiveWriter, read: Connection, city: str) -> None:
    with writer.member(JOBS, compressed=True) as write:
        for job in open_jobs(read):
            if job["args"].get("tenant") == city:
                write(framed(_pairs(job)))


def _pairs(job: dict[str, Any]) -> list[list[Any]]:
    return [[name, value] for name, value in sorted(job.items())]


def _add_files(writer: ArchiveWriter, store: FileStore, lasting: set[str], drafted: set[str]) -> Iterator[str]:
    """Add the files that rows name, and yield those that are gone or damaged; of drafts nobody misses them."""
    for name in sorted(lasting | drafted):
        if store.verify(name):
            with store.open(name) as content:
                writer.add((FILES if name in lasting else WAITING) + name, content)
        elif name in lasting:
            yield name


def _check_settled(read: Connection, city: str) -> None:
    if require_known(read, city).kind not in (None, Standing.CLOSED):
        raise ArchiveError(
            f"Kota {city!r} tidak lengkap di instalasi ini: sedang masuk atau keluar, atau sudah pindah."
        )


def _check_place(target: Path) -> None:
    if os.path.lexists(target):
        raise _taken(target)
    if not target.parent.is_dir():
        raise ArchiveError(f"Folder {target.parent} tidak ada. Buat dahulu folder itu.")


def _taken(target: Path) -> ArchiveError:
    return ArchiveError(f"{target} sudah ada dan tidak ditimpa. Pilih nama lain.")
