"""Built-ins on strings (DMN 1.5, 10.3.4.3). Lengths and positions count characters, not bytes."""

from decimal import Decimal

from engine.feel.functions.table import Builtin, argument_error
from engine.feel.run import Run
from engine.feel.values import counted


def _length(run: Run, text: str) -> Decimal:
    return Decimal(len(text))


def _upper(run: Run, text: str) -> str:
    run.allocate(len(text))
    return text.upper()


def _lower(run: Run, text: str) -> str:
    run.allocate(len(text))
    return text.lower()


def _contains(run: Run, text: str, match: str) -> bool:
    return match in text


def _starts_with(run: Run, text: str, match: str) -> bool:
    return text.startswith(match)


def _ends_with(run: Run, text: str, match: str) -> bool:
    return text.endswith(match)


def _substring(run: Run, text: str, position: Decimal, length: Decimal | None = None) -> str:
    start, count = counted(position), counted(length) if length is not None else len(text)
    if start is None or start == 0 or abs(start) > len(text):
        raise argument_error("substring", "start position", position, "whole")
    if count is None or count < 1:
        raise argument_error("substring", "length", length, "whole")
    first = start - 1 if start > 0 else len(text) + start
    run.allocate(min(count, len(text) - first))
    return text[first : first + count]


def _before(run: Run, text: str, match: str) -> str:
    run.allocate(len(text))
    before, found, _ = text.partition(match) if match else ("", "", "")
    return before if found else ""


def _after(run: Run, text: str, match: str) -> str:
    run.allocate(len(text))
    return text.partition(match)[2] if match else text


def _join(run: Run, parts: list[object], delimiter: str | None = None) -> str:
    texts: list[str] = []
    for part in parts:
        if part is not None and not isinstance(part, str):
            raise argument_error("string join", "list", part, "texts")
        if part is not None:
            texts.append(part)
    mark = delimiter or ""
    run.allocate(sum(map(len, texts)) + len(mark) * len(texts))
    return mark.join(texts)


STRING_FUNCTIONS = (
    Builtin("string length", "string: string", _length),
    Builtin("upper case", "string: string", _upper),
    Builtin("lower case", "string: string", _lower),
    Builtin("contains", "string: string, match: string", _contains),
    Builtin("starts with", "string: string, match: string", _starts_with),
    Builtin("ends with", "string: string, match: string", _ends_with),
    Builtin("substring", "string: string, start position: number, length: number?", _substring),
    Builtin("substring before", "string: string, match: string", _before),
    Builtin("substring after", "string: string, match: string", _after),
    Builtin("string join", "list: list, delimiter: string|null?", _join),
)
