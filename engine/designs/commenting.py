"""Keeps the comments in the files of a process, which drawing tools leave out of what they write."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from lxml import etree

MOST_COMMENTS: Final = 2_000  # of a file; the comments are no elements, which are counted elsewhere
_SIGN = b"<!--"
_ID = re.compile(r' id="([^"]+)"')
_OPENS = re.compile(r"\s*<[^/!?]")


@dataclass(frozen=True, slots=True)
class _Comments:
    """The comments of a file.

    :param ids: of its elements, in their order.
    :param texts: each with how many of these stand before it; -1 above the whole.
    """

    ids: tuple[str, ...]
    texts: tuple[tuple[int, str], ...]


def keep_comments(written: bytes, sent: bytes, like: bytes | None = None) -> bytes:
    """Return a tidied file with the comments that it was sent with, or those of the file it replaces if it has none.

    Each stands above the element above which it stood, or above the next that is still there; so none is lost that says
    something.

    :param sent: what was tidied; it could be read.
    """
    read = (_without_empty(_read(content)) for content in (sent, like or b"") if _SIGN in content)
    comments = next((found for found in read if found.texts), None)
    if comments is None:
        return written
    lines = written.decode().split("\n")
    above: dict[int, list[str]] = {}
    for line, text in _placed(comments, lines):
        margin = lines[line][: len(lines[line]) - len(lines[line].lstrip())]
        above.setdefault(line, []).append(f"{margin}<!--{text}-->")
    return "\n".join(said for line, own in enumerate(lines) for said in (*above.get(line, ()), own)).encode()


def comments_of(content: bytes) -> tuple[str, ...]:
    """Return what the comments of a file say, also those that say nothing.

    :param content: of a diagram or of tables; it could be read.
    """
    return tuple(text for _before, text in _read(content).texts) if _SIGN in content else ()


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
