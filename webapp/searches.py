"""What people look for, kept in the browser's session under a mark: an address holds the mark, never a name.

A search is sent like a form and answered with an address, so that Back, Forward and Reload show the list again instead
of asking whether to send the form once more.
"""

import secrets

from flask import request, session

#: Name of the mark in an address; with `url_for` it is written out.
MARK = "dicari"
#: How many searches of a browser can be returned to; the cookie that holds them stays small.
MOST_KEPT = 4
MARK_BYTES = 4
_KEPT = "searches"


def keep_words(words: str) -> str | None:
    """Return the mark by which an address finds these words again; None for no words."""
    if not words:
        return None
    kept: list[list[str]] = session.get(_KEPT, [])
    mark = next((mark for mark, said in kept if said == words), secrets.token_hex(MARK_BYTES))
    session[_KEPT] = [*([old, said] for old, said in kept if old != mark), [mark, words]][-MOST_KEPT:]
    return mark


def kept_words() -> str:
    """Return the words whose mark this address carries; empty where there is none or the browser forgot them."""
    kept: list[list[str]] = session.get(_KEPT, [])
    return next((said for mark, said in kept if mark == request.args.get(MARK)), "")
