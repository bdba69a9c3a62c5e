"""The names of a DMN file that text alone would take apart: FEEL has to be told them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass

from engine.dmn import boxes
from engine.dmn.model import Definitions
from engine.dmn.types import names_of
from engine.feel.compiling import FUNCTION_NAMES

_WORD = re.compile(r"\w+")


def names_of_parts(definitions: Definitions) -> Iterator[str]:
    """Yield the names that may stand behind a dot: of components of types, entries of contexts, columns of tables."""
    for item in definitions.items:
        yield from names_of(item)
    for element in definitions.elements:
        yield from _inside(getattr(element, "logic", None))


def spelled(names: Iterable[str]) -> frozenset[str]:
    """Return those names that hold a space or a symbol, and that no built-in function has."""
    return frozenset(name for name in names if name and not _WORD.fullmatch(name)).difference(FUNCTION_NAMES)


def _inside(part: object) -> Iterator[str]:
    """Yield the names that boxes give, however deep."""
    if isinstance(part, boxes.ContextEntry | boxes.Output):
        yield part.name
    if isinstance(part, boxes.Relation):
        yield from (column.name for column in part.columns)
    if isinstance(part, tuple):
        for item in part:
            yield from _inside(item)
    elif is_dataclass(part):
        for field in fields(part):
            yield from _inside(getattr(part, field.name))
