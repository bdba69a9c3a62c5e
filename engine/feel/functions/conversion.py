"""Built-ins that make one type of value from another (DMN 1.5, 10.3.4.1), and not()."""

import re
from datetime import date, time, timedelta
from decimal import Decimal, DecimalException

from engine.feel.errors import NoValue
from engine.feel.functions.table import Builtin, argument_error
from engine.feel.run import Run
from engine.feel.temporal import write
from engine.feel.values import NUMBERS, Function, MonthDuration, Range, kind_of
from engine.feel.wide import WideDate, WideDateTime, WideDuration, WideTime

_TEMPORAL = (date, time, timedelta, MonthDuration, WideDate, WideTime, WideDateTime, WideDuration)
_NUMBER = re.compile(r"-?([0-9]+(\.[0-9]+)?|\.[0-9]+)([eE][+-]?[0-9]{1,5})?")
"""A numeric literal (DMN 1.5, grammar rule 37): no plus before it, and digits behind its point."""
_NAME = re.compile(r"[^\W\d]\w*( \w+)*")


def write_number(number: Decimal) -> str:
    """Return a number in plain digits, without a trailing decimal point."""
    return format(number or number.copy_abs(), "f")


def _string(run: Run, value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return _written(value, run, 0)


def _written(value: object, run: Run, depth: int) -> str:
    text = _write_one(value, run, depth)
    run.allocate(len(text))
    return text


def _write_one(value: object, run: Run, depth: int) -> str:
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, Decimal):
        return write_number(value)
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, _TEMPORAL):
        return write(value)
    return _write_many(value, run, run.deeper(depth))


def _write_many(value: object, run: Run, depth: int) -> str:
    if isinstance(value, list):
        run.charge(1 + len(value))
        return f"[{', '.join(_written(item, run, depth) for item in value)}]"
    if isinstance(value, Range):
        ends = [_written(end, run, depth) if end is not None else "" for end in (value.start, value.end)]
        return f"{'[' if value.start_included else '('}{'..'.join(ends)}{']' if value.end_included else ')'}"
    if isinstance(value, Function):
        return f"function({', '.join(value.parameters)})"
    assert isinstance(value, dict)
    run.charge(1 + len(value))
    entries = [f"{_write_key(key)}: {_written(item, run, depth)}" for key, item in value.items()]
    return f"{{{', '.join(entries)}}}"


def _write_key(key: str) -> str:
    return key if _NAME.fullmatch(key) else _quoted(key)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _number(run: Run, text: str | Decimal) -> Decimal:
    return text if isinstance(text, Decimal) else _read_number(text, text)


def _grouped_number(run: Run, text: str, grouping: str | None, decimal: str | None) -> Decimal:
    if grouping not in (None, " ", ",", "."):
        raise argument_error("number", "grouping separator", grouping, "separator")
    if decimal not in (None, ",", ".") or (decimal is not None and decimal == grouping):
        raise argument_error("number", "decimal separator", decimal, "separator")
    plain = text.replace(grouping, "") if grouping else text
    if decimal == "," and "." in plain:
        raise argument_error("number", "from", text, "number")
    return _read_number(plain.replace(decimal, ".") if decimal else plain, text)


def _read_number(plain: str, text: str) -> Decimal:
    if not _NUMBER.fullmatch(plain):
        raise argument_error("number", "from", text, "number")
    try:
        return NUMBERS.create_decimal(plain)
    except DecimalException:
        raise argument_error("number", "from", text, "number") from None


def _not(run: Run, negand: object) -> bool | None:
    truth = negand[0] if isinstance(negand, list) and len(negand) == 1 else negand
    if truth is not None and not isinstance(truth, bool):
        raise NoValue("not_boolean", operator="not", kind=kind_of(truth))
    return None if truth is None else not truth


CONVERSION_FUNCTIONS = (
    Builtin("number", "from: string|number", _number),
    Builtin("number", "from: string, grouping separator: string|null, decimal separator: string|null", _grouped_number),
    Builtin("string", "from: any", _string, cost=3),
    Builtin("not", "negand: any", _not),
)
