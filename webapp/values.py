"""Values of a case as people read them: text, numbers, days, yes or no, and everything else in FEEL."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final

from engine.feel import MonthDuration, Range
from engine.feel.temporal import write
from webapp.texts import gettext as _
from webapp.texts import language as reader_language
from webapp.texts.speaking import Language

#: Stands for a value that is not there, which is something else than an empty one.
ABSENT: Final = object()


class ValueKind(StrEnum):
    """How a value is typed."""

    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    YES_NO = "yes_no"
    FEEL = "feel"
    NOTHING = "nothing"


def in_words(value: object) -> str:
    """Return a value as people write it: entries of a group with their names, items of a list one after another."""
    if value is ABSENT:
        return _("tidak ada")
    if value is None or value in ("", {}, [], ()):
        return _("kosong")
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {in_words(item)}" for name, item in value.items())
    if isinstance(value, list | tuple):
        return "; ".join(in_words(item) for item in value)
    return show_value(value) if kind_of(value) is ValueKind.FEEL else as_typed(value, reader_language())


def show_value(value: object) -> str:
    """Return a value as a FEEL literal, which `read_value` reads."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{show_value(str(name))}: {show_value(item)}" for name, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(show_value, value)) + "]"
    return _moment(value) or _range(value) or str(value)


def kind_of(value: object) -> ValueKind:
    """Return how a value would be typed."""
    if value is None:
        return ValueKind.NOTHING
    if isinstance(value, bool):
        return ValueKind.YES_NO
    if isinstance(value, Decimal | int):
        return ValueKind.NUMBER
    if isinstance(value, str):
        return ValueKind.TEXT
    return ValueKind.DAY if isinstance(value, date) and not isinstance(value, datetime) else ValueKind.FEEL


def as_typed(value: object, language: Language) -> str:
    """Return a value as somebody would have typed it, to be changed."""
    kind = kind_of(value)
    if kind is ValueKind.TEXT:
        return str(value)
    if kind is ValueKind.NOTHING:
        return ""
    if kind is ValueKind.YES_NO:
        return _("ya") if value else _("tidak")
    if kind is ValueKind.NUMBER:
        return str(value).replace(".", ",") if language == "id" else str(value)
    return f"{value:%d/%m/%Y}" if kind is ValueKind.DAY else show_value(value)


def _moment(value: object) -> str:
    """Return a day, time or span as a call of FEEL; empty for anything else."""
    if isinstance(value, datetime):
        return f'date and time("{write(value)}")'
    if isinstance(value, date):
        return f'date("{value.isoformat()}")'
    if isinstance(value, time):
        return f'time("{write(value)}")'
    return f'duration("{write(value)}")' if isinstance(value, timedelta | MonthDuration) else ""


def _range(value: object) -> str:
    if not isinstance(value, Range):
        return ""
    opening, closing = "[" if value.start_included else "(", "]" if value.end_included else ")"
    return f"{opening}{show_value(value.start)}..{show_value(value.end)}{closing}"
