"""Reads the stored explanation of a score back."""

from typing import Any, cast

from sqlalchemy import Connection

from engine.records.wordbook import unpack_stored
from processes.people.city import ScoreResult, from_plain


def read_score(read: Connection, content: bytes | None) -> ScoreResult | None:
    """Return a score as the city's rule gave it, with the tree of how each digit came about; None if none is kept."""
    if not content:
        return None
    return from_plain(ScoreResult, cast("dict[str, Any]", unpack_stored(read, content)))
