"""Reads the English catalogues: `webapp/texts/en.po`, and `en.po` of every part that has one."""

from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

WEBAPP = Path(__file__).parents[1]
#: Sentences by Indonesian msgid; of one with a count, singular and plural.
Sentences = dict[str, tuple[str, ...]]


@cache
def english() -> Sentences:
    """Return every English text; the files are read once in a process, nothing is compiled."""
    found: Sentences = {}
    for path in catalogue_files():
        with path.open("rb") as file:
            found |= _sentences(read_po(file, locale="en"))
    return found


def catalogue_files() -> list[Path]:
    """Return the catalogues: the shared one first, then those of the parts."""
    found = (*WEBAPP.glob("*/en.po"), *WEBAPP.glob("studio/*/en.po"))
    return sorted(found, key=lambda path: (path.parent.name != "texts", path))


def _sentences(catalogue: Catalog) -> Sentences:
    found: Sentences = {}
    for message in catalogue:
        if not message.id or not message.string:
            continue
        msgid = message.id if isinstance(message.id, str) else message.id[0]
        texts = (message.string,) if isinstance(message.string, str) else tuple(message.string)
        if all(texts):
            found[msgid] = texts
    return found
