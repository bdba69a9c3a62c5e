"""What a decision asks and gives, in words: a rating or predicate by its label, anything else as people write it."""

import re
from collections.abc import Mapping
from typing import Final

from processes.appraisal.rules.ratings import LABELS
from processes.people.city import Text
from webapp.texts import gettext as _
from webapp.texts import language, lazy
from webapp.values import in_words

_LABELS: Final[Mapping[str, Text]] = {member.value: text for member, text in LABELS.items()}
_QUOTED: Final = re.compile(r'"([^"]*)"')
_ONE_OF: Final = re.compile(r'"[^"\\]*"(?:\s*,\s*"[^"\\]*")*')
_BOUND: Final = re.compile(r"(>=|<=|<|>)\s*(-?[0-9]+(?:\.[0-9]+)?)")
_BOUNDS: Final[Mapping[str, str]] = {
    ">=": lazy("paling sedikit %(number)s"),
    "<=": lazy("paling banyak %(number)s"),
    ">": lazy("lebih dari %(number)s"),
    "<": lazy("kurang dari %(number)s"),
}
_WHOLE_CELLS: Final[Mapping[str, str]] = {
    "-": lazy("apa pun"),
    "true": lazy("ya"),
    "false": lazy("tidak"),
    "null": lazy("kosong"),
}


def spoken(value: object) -> str:
    """Return a value in words; parts of a group with their names, items of a list one after another."""
    if isinstance(value, Mapping) and value:
        return "; ".join(f"{name}: {spoken(item)}" for name, item in value.items())
    if isinstance(value, list) and value:
        return "; ".join(spoken(item) for item in value)
    words = _LABELS.get(value) if isinstance(value, str) else None
    if words is None:
        return in_words(value)
    return words.id if language() == "id" else words.en


def spoken_cell(cell: str) -> str:
    """Return a cell of a decision table in words where it is simple: one of some values, a bound, anything.

    Of a longer condition only the ratings and predicates in it are said by their labels.
    """
    cell = cell.strip()
    if cell in _WHOLE_CELLS:
        return _(_WHOLE_CELLS[cell])
    bound = _BOUND.fullmatch(cell)
    if bound is not None:
        return _(_BOUNDS[bound[1]], number=bound[2].replace(".", ",") if language() == "id" else bound[2])
    if _ONE_OF.fullmatch(cell):
        return _(" atau ").join(spoken(value) if value else _("teks kosong") for value in _QUOTED.findall(cell))
    return _QUOTED.sub(lambda found: spoken(found[1]) if found[1] in _LABELS else found[0], cell)
