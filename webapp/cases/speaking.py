"""What a decision gave, in the reader's words: a rating or predicate by its label, anything else as people write it."""

from collections.abc import Mapping
from typing import Final

from processes.appraisal.rules.ratings import LABELS
from processes.people.city import Text
from webapp.texts import language
from webapp.values import in_words

_LABELS: Final[Mapping[str, Text]] = {member.value: text for member, text in LABELS.items()}


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
