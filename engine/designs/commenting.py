"""Keeps the comments in the files of a process, which drawing tools leave out of what they write."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from lxml import etree

from engine.bpmn.read import HIDDEN

MOST_COMMENTS: Final = 2_000  # of a file; the comments are no elements, which are counted elsewhere
_SIGN = b"<!--"
_ID = re.compile(r' id="([^"]+)"')
_OPENS = re.compile(r"\s*<[^/!?]")


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment in a file.

    :param above: the id of the element above which it stands, or in whose text; empty behind the last.
    """

    text: str
    above: str

    @property
    def is_hiding(self) -> bool:
        """It holds characters that nobody sees."""
        return HIDDEN.search(self.text) is not None


@dataclass(frozen=True, slots=True)
class _Comments:
    """The comments of a file.

    :param ids: of its elements, in their order.
    :param texts: each with how many of these stand before it; -1 above the whole.
    """

    ids: tuple[str, ...]
    texts: tuple[tuple[int, str], ...]


_NONE: Final = _Comments((), ())


def keep_comments(written: bytes, sent: bytes, like: bytes | None = None) -> bytes:
    """Return a tidied file with the comments that it was sent with, or those of the file it replaces if it has none.

    Each stands above the element above which it stood, or above the next that is still there; so none is lost that says
    something. Of those of the file that it replaces, characters that nobody sees are left out.

    :param sent: what was tidied; it could be read.
    """
    own = _without_empty(_read(sent)) if _SIGN in sent else _NONE
    if own.texts or like is None or _SIGN not in like:
        return _with(written, own)
    return _with(written, _without_empty(_without_hidden(_read(like))))


def mend_comments(written: bytes, content: bytes, *, is_surplus_cut: bool = False) -> bytes:
    """Return a tidied file with the comments that another holds, without the characters in them that nobody sees.

    :param is_surplus_cut: of too many that say something only as many as may be kept, the first ones.
    """
    found = _without_empty(_without_hidden(_read(content)))
    return _with(written, replace(found, texts=found.texts[:MOST_COMMENTS]) if is_surplus_cut else found)


def comments_of(content: bytes) -> tuple[Comment, ...]:
    """Return the comments of a file, also those that say nothing.

    :param content: of a diagram or of tables; it could be read.
    """
    if _SIGN not in content:
        return ()
    found = _read(content)
    return tuple(Comment(text, next(iter(found.ids[max(before, 0) :]), "")) for before, text in found.texts)


def _read(content: bytes) -> _Comments:
    parser = etree.XMLParser(encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, remove_pis=True)
    root = etree.fromstring(content.decode("utf-8-sig").encode(), parser)
    head = [(-1, node.text or "") for node in reversed(list(root.itersiblings(preceding=True)))]
    ids: list[str] = []
    texts: list[tuple[int, str]] = []
    for node in (*root.iter(), *root.itersiblings()):
        if isinstance(node, etree._Comment):
            texts.append((len(ids), node.text or ""))
        elif node.get("id"):
            ids.append(str(node.get("id")))
    return _Comments(tuple(ids), (*head, *texts))


def _without_empty(comments: _Comments) -> _Comments:
    return replace(comments, texts=tuple(one for one in comments.texts if one[1].strip()))


def _without_hidden(comments: _Comments) -> _Comments:
    return replace(comments, texts=tuple((before, HIDDEN.sub("", text)) for before, text in comments.texts))


def _with(written: bytes, comments: _Comments) -> bytes:
    if not comments.texts:
        return written
    lines = written.decode().split("\n")
    above: dict[int, list[str]] = {}
    for line, text in _placed(comments, lines):
        margin = lines[line][: len(lines[line]) - len(lines[line].lstrip())]
        above.setdefault(line, []).append(f"{margin}<!--{text}-->")
    return "\n".join(said for line, own in enumerate(lines) for said in (*above.get(line, ()), own)).encode()


def _placed(comments: _Comments, lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield above which line each comment goes: at the end, above that which closes the whole."""
    places, last = _lines_of(lines), max(number for number, line in enumerate(lines) if line.strip())
    following = [last]
    for key in reversed(comments.ids):
        following.append(places.get(key, following[-1]))
    for before, text in comments.texts:
        yield 1 if before < 0 else following[len(comments.ids) - before], text


def _lines_of(lines: Sequence[str]) -> Mapping[str, int]:
    """Return the line on which each element begins, or that in which it is written; none that goes on with a text."""
    found: dict[str, int] = {}
    for number, line in enumerate(lines):
        if _OPENS.match(line) and lines[number - 1].endswith(">"):
            for key in _ID.findall(line):
                found.setdefault(key, number)
    return found
