"""What people look for, kept with their session on the server under a mark: an address holds the mark, never a name.

A search is sent like a form and answered with an address, so that Back, Forward and Reload show the list again instead
of asking whether to send the form once more. The words end with the session: the browser's cookie never holds them.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, cast
from urllib.parse import parse_qs

from flask import g, request

from engine.records.packing import pack, unpack
from webapp.current import current_person, is_fragment

#: Name of the mark in an address; with `url_for` it is written out.
MARK = "dicari"
#: How many searches of a session can be returned to.
MOST_KEPT = 4
MARK_BYTES = 4


@dataclass(frozen=True, slots=True)
class Search:
    """Words that the session is to keep under a mark."""

    mark: str
    words: str

    def added_to(self, stored: bytes | None) -> bytes:
        """Return the searches of a session with this one as the last; the oldest are forgotten."""
        kept = _read(stored)
        kept.pop(self.mark, None)
        return pack([*kept.items(), (self.mark, self.words)][-MOST_KEPT:])


def keep_words(words: str) -> str | None:
    """Return the mark by which an address finds these words again; None for no words.

    While people type, htmx asks at every pause from a page that has its mark already: the mark stays, its words change.
    """
    if not words:
        return None
    person, carried = current_person(), _carried_mark()
    kept = _read(person.searches)
    same = next((mark for mark, said in kept.items() if said == words), None)
    mark = carried if carried in kept else same or secrets.token_hex(MARK_BYTES)
    if kept.get(mark) != words or (mark != carried and mark != next(reversed(kept))):
        g.new_search = Search(mark, words)
        g.signed_in = replace(person, searches=g.new_search.added_to(person.searches))
    return mark


def kept_words() -> str:
    """Return the words whose mark this address carries; empty where there is none or the session forgot them."""
    return _read(current_person().searches).get(request.args.get(MARK, ""), "")


def new_search() -> Search | None:
    """Return what this request looked for, which the session must keep."""
    search: Search | None = g.get("new_search")
    return search


def _carried_mark() -> str:
    """Return the mark of the address, or of the page that htmx asks from; empty where there is none."""
    if not is_fragment():
        return request.args.get(MARK, "")
    query = request.headers.get("HX-Current-URL", "").partition("?")[2].partition("#")[0]
    return parse_qs(query).get(MARK, [""])[0]


def _read(stored: bytes | None) -> dict[str, str]:
    """Return the words of each mark, the oldest first."""
    return dict(cast(Iterable[Any], unpack(stored))) if stored is not None else {}
