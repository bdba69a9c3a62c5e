"""What both sides give, in one form: numbers, texts, truths, lists and contexts as they are, all else tagged.

A tagged value is ``Tagged("date", "2026-03-31")``; so are ``time``, ``moment``, ``months`` and ``seconds`` (how many),
``range``, ``error`` (why there is no value) and ``other`` (what no literal can write).
"""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from engine.feel import Environment, FeelError, MonthDuration, Range, compile_expression
from engine.feel.temporal import write
from tests.differential.tree import MINUS, Node, literal

TOLERANCE = 1e-9


class Tagged(NamedTuple):
    """A value that JSON lacks, or none."""

    kind: str
    value: object


def ours(source: str, scope: Mapping[str, object], environment: Environment) -> object:
    """Return what Alur gives for an expression."""
    try:
        return _plain(compile_expression(source, strict=False).evaluate(scope, environment).value)
    except FeelError as error:
        return Tagged("error", error.code)


def _plain(value: object) -> object:
    if value is None or isinstance(value, bool | str | Decimal):
        return value
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, Range):
        return Tagged("range", [_plain(value.start), _plain(value.end), value.start_included, value.end_included])
    return _moment(value)


def _moment(value: object) -> Tagged:
    if isinstance(value, MonthDuration):
        return Tagged("months", Decimal(value.months))
    if isinstance(value, timedelta):
        return Tagged("seconds", Decimal(value // timedelta(microseconds=1)) / 1_000_000)
    if isinstance(value, datetime):
        return Tagged("moment", write(value))
    if isinstance(value, time):
        return Tagged("time", write(value))
    return Tagged("date", write(value)) if isinstance(value, date) else Tagged("other", type(value).__name__)


def theirs(answer: Mapping[str, Any]) -> object:
    """Return what feelin answered."""
    return Tagged("error", answer["error"]) if "error" in answer else _read(answer["value"])


def _read(value: object) -> object:
    if isinstance(value, list):
        return [_read(item) for item in value]
    if not isinstance(value, dict):
        return value
    tags = [key for key in value if key.startswith("$")]
    if not tags:
        return {key: _read(item) for key, item in value.items()}
    inner = _read(value[tags[0]])
    return Tagged(tags[0][1:], _clock(inner) if isinstance(inner, str) else inner)


def _clock(text: str) -> str:
    shorter = re.sub(r"(\.\d*?)0+(?=\D|$)", r"\1", text) if "." in text else text
    return shorter.replace(".Z", "Z").removesuffix("+00:00") + ("Z" if text.endswith("+00:00") else "")


def same(one: object, other: object, tolerance: float = TOLERANCE) -> bool:
    """Return whether two values are the same, numbers to the tolerance."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, Decimal | float | int) and isinstance(other, Decimal | float | int):
        return one == other or abs(float(one) - float(other)) <= tolerance * max(1.0, abs(float(other)))
    if isinstance(one, Tagged) and isinstance(other, Tagged):
        is_nothing = {one.kind, other.kind} == {"months", "seconds"} and same(one.value, 0) and same(other.value, 0)
        return is_nothing or (one.kind == other.kind and same(one.value, other.value, tolerance))
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(same(a, b, tolerance) for a, b in zip(one, other, strict=True))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(value, other[key], tolerance) for key, value in one.items())
    return type(one) is type(other) and one == other


def as_literal(value: object) -> Node | None:
    """Return a value of ours as it is written in FEEL; None for what no literal can write."""
    if isinstance(value, Decimal):
        text = format(value, "f")
        return literal(text, MINUS) if text.startswith("-") else literal(text)
    written = _written(value)
    return None if written is None else literal(written)


def _written(value: object) -> str | None:
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, list):
        return _joined("[]", [_written(item) for item in value])
    if isinstance(value, dict):
        entries = [(key, _written(item)) for key, item in value.items()]
        return _joined("{}", [None if text is None else f"{_quoted(key)}: {text}" for key, text in entries])
    return _written_tag(value) if isinstance(value, Tagged) else None


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _joined(brackets: str, parts: list[str | None]) -> str | None:
    texts = [part for part in parts if part is not None]
    return brackets[0] + ", ".join(texts) + brackets[1] if len(texts) == len(parts) else None


def _written_tag(value: Tagged) -> str | None:
    if value.kind in ("date", "time", "moment"):
        return f'@"{value.value}"'
    if value.kind == "months":
        return f'@"{write(MonthDuration(int(str(value.value))))}"'
    if value.kind == "seconds":
        return f'@"{write(timedelta(microseconds=int(Decimal(str(value.value)) * 1_000_000)))}"'
    return _range(value.value) if value.kind == "range" else None


def _range(parts: object) -> str | None:
    assert isinstance(parts, list)
    start, end = _written(parts[0]), _written(parts[1])
    if "null" in (start, end) or start is None or end is None:
        return None
    return f"{'[' if parts[2] else '('}{start}..{end}{']' if parts[3] else ')'}"
