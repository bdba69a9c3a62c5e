"""Writes values the way FEEL does, for people who read why a decision was made."""

from datetime import UTC, datetime

from engine.feel import Environment, compile_expression

LONGEST = 200
"""Characters of a shown value."""
_SHOWN = compile_expression('if value instance of string then "\\"" + value + "\\"" else string(value)')
_NOW = Environment(datetime(2000, 1, 1, tzinfo=UTC))


def shown(value: object) -> str:
    """Return a value as FEEL writes it, cut when it is long."""
    text = _SHOWN.evaluate({"value": value}, _NOW).value
    return str("null" if text is None else text)[:LONGEST]
