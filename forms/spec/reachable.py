"""Finds conditions that can never hold, whatever is answered."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import product
from math import prod
from typing import Any, Final

from forms.conditions import Condition, FeelCondition, When, as_text
from forms.feel import Feel, mentioned
from forms.spec.model import FieldSpec

#: Combinations of answers that an expression is tried out with.
MOST_TRIED: Final = 500

_BOUNDED: Final = ("integer", "decimal", "money", "date")

Fields = Mapping[str, FieldSpec]


def never_shown(field: FieldSpec, fields: Sequence[FieldSpec], feel: Feel | None = None) -> bool:
    """Return whether a field is surely hidden for ever; False when that cannot be told."""
    return _is_hopeless(_needed(field, _by_name(fields)), _by_name(fields), feel)


def never_required(field: FieldSpec, fields: Sequence[FieldSpec], feel: Feel | None = None) -> bool:
    """Return whether the condition under which a field is required surely never holds while the field is shown."""
    known = _by_name(fields)
    if isinstance(field.required, bool):
        return False
    needed = [*_needed(field, known), *_with_reasons(field.required, known, frozenset())]
    return _is_hopeless(needed, known, feel)


def _by_name(fields: Sequence[FieldSpec]) -> Fields:
    return {field.name: field for field in fields}


def _needed(field: FieldSpec, known: Fields) -> list[When]:
    """Return all conditions that hold when the field is shown: its own, and those of the fields they compare."""
    return [] if field.show_when is None else list(_with_reasons(field.show_when, known, frozenset()))


def _with_reasons(condition: When, known: Fields, seen: frozenset[str]) -> Iterator[When]:
    yield condition
    # What an expression mentions may be hidden, and is null then.
    if isinstance(condition, FeelCondition) or condition.field in seen:
        return
    compared = known[condition.field]
    if compared.show_when is not None:
        yield from _with_reasons(compared.show_when, known, seen | {condition.field})


def _is_hopeless(conditions: Sequence[When], known: Fields, feel: Feel | None) -> bool:
    comparisons = [one for one in conditions if isinstance(one, Condition)]
    expressions = [one for one in conditions if isinstance(one, FeelCondition)]
    if any(not _is_answer(one.equals, known[one.field]) for one in comparisons if one.equals is not None):
        return True
    if any(_exclude(one, other) for one in comparisons for other in comparisons):
        return True
    return feel is not None and any(_is_never_true(one.feel, known, feel) for one in expressions)


def _is_answer(value: Any, field: FieldSpec) -> bool:
    """Return whether the field can be answered so, by its bounds."""
    if field.type in ("text", "textarea"):
        return field.max_length is None or len(str(value)) <= field.max_length
    if field.type not in _BOUNDED:
        return True
    given: Any = date.fromisoformat(value) if field.type == "date" else Decimal(value)
    highest = None if isinstance(field.max, str) else field.max
    return (field.min is None or given >= field.min) and (highest is None or given <= highest)


def _exclude(one: Condition, other: Condition) -> bool:
    if one.field != other.field or one.equals is None:
        return False
    wanted = as_text(one.equals)
    differs = other.equals is not None and as_text(other.equals) != wanted
    return differs or (other.not_equals is not None and as_text(other.not_equals) == wanted)


def _is_never_true(source: str, known: Fields, feel: Feel) -> bool:
    """Try an expression out with every answer to what it mentions, if those are options and boxes only."""
    names = sorted(mentioned(source, known))
    answers = [_answers(known[name]) for name in names]
    if prod(len(possible) for possible in answers) > MOST_TRIED or not all(answers):
        return False
    day = date(2026, 1, 1)
    tried = (dict(zip(names, combination, strict=True)) for combination in product(*answers))
    # A day matters to an expression that asks for it: nothing can be told about all days.
    return "(" not in source and not any(feel.value(source, answer, day) is True for answer in tried)


def _answers(field: FieldSpec) -> list[object]:
    """Return every answer there is to a field, nothing among them; an empty list if they cannot be counted."""
    if field.type in ("choice", "radio"):
        return [None, *(choice.value for choice in field.choices)]
    return [None, False, True] if field.type == "checkbox" else []
