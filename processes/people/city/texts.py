"""Texts in both languages, and messages: a code, its parameters and what a person reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal

from processes.people.city.plain import Plain

#: Wide enough that no number read by `from_plain` is too long to be shown.
WIDE = Context(prec=300)


@dataclass(frozen=True, slots=True)
class Text(Plain):
    """One text in Indonesian and English."""

    id: str
    en: str


@dataclass(frozen=True, slots=True)
class Message(Plain):
    """Something to tell a person: a stable code, exact parameters, and the sentence in both languages."""

    code: str
    params: Mapping[str, str]
    text_id: str
    text_en: str


def message(code: str, text_id: str, text_en: str, /, **params: Decimal | int | str | Text) -> Message:
    """Return a message whose texts have `{name}` filled in; Decimals show two places and stay exact in params."""
    return Message(
        code,
        {name: value.id if isinstance(value, Text) else str(value) for name, value in params.items()},
        text_id.format_map({name: _show(value, "id") for name, value in params.items()}),
        text_en.format_map({name: _show(value, "en") for name, value in params.items()}),
    )


def show_number(value: Decimal, language: str = "id", places: int = 2) -> str:
    """Return the number rounded half up for display: `107,67` in Indonesian, `107.67` in English."""
    rounded = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP, context=WIDE)
    text = f"{rounded:,f}"
    return text if language == "en" else text.translate(str.maketrans(",.", ".,"))


def _show(value: Decimal | int | str | Text, language: str) -> str:
    if isinstance(value, Text):
        return value.id if language == "id" else value.en
    return show_number(value, language) if isinstance(value, Decimal) else str(value)
