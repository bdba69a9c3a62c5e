"""Proves that every file that somebody handed in is kept as it was, and names what nobody refers to.

What the rows and the folder name is noted beside the database, in a file of SQLite's own that goes with the run, so
that memory does not grow with the number of files. Each content is read once.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, Final

from sqlalchemy import Connection, Select, select

from engine.errors import NotFound
from engine.moving.rows import drafts_of_before
from engine.queries.verification.findings import Finding, Tally
from engine.queries.verification.streams import stream
from engine.records.case import draft
from engine.records.files import FileStore
from engine.records.packing import Unreadable, unpack

#: Written down together with a file by whoever handed it in.
_SAYS: Final = frozenset({"sha256", "filename", "media_type", "size"})
_CACHE: Final = "PRAGMA cache_size = -4000"  # KiB
_TABLES: Final = """
CREATE TABLE kept (sha256 TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE named (
    sha256 TEXT, size INTEGER, case_id INTEGER, is_draft INTEGER, PRIMARY KEY (sha256, size)
) WITHOUT ROWID;
"""
_NAME: Final = """
INSERT INTO named VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET
    is_draft = min(is_draft, excluded.is_draft), case_id = coalesce(case_id, excluded.case_id)
"""


class Evidence:
    """Files as rows name them and as the folder holds them."""

    def __init__(
        self, files: FileStore, tables: Sequence[Select[*tuple[Any, ...]]] = (), case_id: int | None = None
    ) -> None:
        """Begin without any.

        :param tables: statements that give `sha256` and `size` of files.
        :param case_id: only what this case names is looked at, and nothing that nobody refers to.
        """
        self._files = files
        self._tables = tables
        self._case_id = case_id
        self._noted = sqlite3.connect("", isolation_level=None)  # a file without a name
        self._noted.execute(_CACHE)
        self._noted.executescript(_TABLES)
        self._noted.execute("BEGIN")

    def list_kept(self) -> None:
        """Note what the folder holds: before the rows are read, so that a file of a later one is none of them."""
        if self._case_id is None:
            names = ((name,) for name in self._files.names())
            self._noted.executemany("INSERT OR IGNORE INTO kept VALUES (?)", names)

    def note(self, value: object, case_id: int | None, *, of_draft: bool = False) -> None:
        """Note the files that a stored value names, wherever they stand in it."""
        if isinstance(value, Mapping):
            if value.keys() >= _SAYS:
                self._noted.execute(_NAME, (str(value["sha256"]), _number(value["size"]), case_id, of_draft))
            value = list(value.values())
        if isinstance(value, list | tuple):
            for item in value:
                self.note(item, case_id, of_draft=of_draft)

    def note_rows(self, read: Connection) -> None:
        """Note the files that columns and drafts name; the answers of steps are noted as they are read."""
        drafts = select(draft.c.content)
        if self._case_id is None:
            for statement in self._tables:
                named = ((row.sha256, row.size, None, False) for row in stream(read, statement))
                self._noted.executemany(_NAME, named)
            self._note_drafts(drafts_of_before(read), None)
        else:
            drafts = drafts.where(draft.c.case_id == self._case_id)
        self._note_drafts((row.content for row in stream(read, drafts)), self._case_id)

    def _note_drafts(self, contents: Iterable[bytes], case_id: int | None) -> None:
        for content in contents:
            with suppress(Unreadable):  # said with the other contents
                self.note(unpack(content), case_id, of_draft=True)

    def check(self, tally: Tally) -> Iterator[Finding]:
        """Yield the files that are gone, cut, changed or unreadable; then those that nobody refers to."""
        last = ""
        for sha256, size, case_id, is_draft in self._noted.execute("SELECT * FROM named ORDER BY sha256, size"):
            tally.files += sha256 != last
            code, last = self._problem(sha256, size), sha256
            if code == "file_missing" and is_draft:
                code = "file_of_draft_missing"
            if code:
                yield Finding(code, case_id, {"file": sha256})
        for (sha256,) in self._noted.execute("SELECT sha256 FROM kept EXCEPT SELECT sha256 FROM named ORDER BY 1"):
            yield Finding("file_unused", params={"file": sha256})
        self._noted.close()

    def _problem(self, sha256: str, size: int) -> str:
        try:
            found = self._files.size(sha256)
            if found is None:
                return "file_missing"
            if found != size:
                return "file_size"
            return "" if self._files.verify(sha256) else "file_changed"
        except NotFound:  # what is named is no hash
            return "file_missing"
        except OSError:
            return "file_unreadable"


def _number(value: object) -> int:
    return value if isinstance(value, int) else -1
