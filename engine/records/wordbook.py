"""What the stored entries of a release have in common, kept once: each entry then holds only what is its own."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from threading import Lock

from sqlalchemy import Column, Connection, LargeBinary, Table, bindparam, select

from engine.records.packing import ID_BYTES, Unreadable, Wordbook, pack, pack_body, unpack
from engine.records.schema import RowId, metadata

# Never changed and never deleted: entries of many years cannot be read without it.
wordbook = Table(
    "wordbook",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=False),
    Column("words", LargeBinary, nullable=False),
)

MOST_WORDS = 1 << 15  # zlib looks back no further

insert_wordbook = wordbook.insert()
select_wordbook = select(wordbook.c.words).where(wordbook.c.id == bindparam("id"))


def make_wordbook(samples: Iterable[object]) -> Wordbook:
    """Return the wordbook of values that are like those to be stored; the last are the most alike.

    Samples must hold no personal data: a wordbook outlives the cases it serves.
    """
    words = b"".join(dict.fromkeys(pack_body(sample) for sample in samples))[-MOST_WORDS:]
    return Wordbook(int.from_bytes(blake2b(words, digest_size=ID_BYTES).digest()), words)


def is_stored(read: Connection, book: Wordbook) -> bool:
    """Say whether a wordbook is in the database."""
    return read.execute(select_wordbook, {"id": book.id}).one_or_none() is not None


def wordbook_row(book: Wordbook) -> dict[str, object]:
    """Return the row of `insert_wordbook`."""
    return {"id": book.id, "words": pack(book.words)}


@dataclass(frozen=True, slots=True)
class _Known:
    """Wordbooks read before in this process; their ids are made of their content, so they hold for every database."""

    books: dict[int, Wordbook]
    lock: Lock


_known = _Known({}, Lock())


def find_wordbook(read: Connection, identifier: int) -> Wordbook:
    """Return a stored wordbook.

    :raise Unreadable: it is not there, or damaged.
    """
    found = _known.books.get(identifier)
    if found is None:
        content = read.execute(select_wordbook, {"id": identifier}).scalar_one_or_none()
        words = unpack(content) if content is not None else None
        if not isinstance(words, bytes):
            raise Unreadable("the wordbook of stored bytes is missing")
        found = Wordbook(identifier, words)
        with _known.lock:
            _known.books[identifier] = found
    return found


def unpack_stored(read: Connection, content: bytes) -> object:
    """Return a value that was packed with or without a wordbook.

    :raise Unreadable: the bytes are damaged, or their wordbook is.
    """
    return unpack(content, partial(find_wordbook, read))
