"""Types: how they are written, which values they hold, and when a value is converted to one (DMN 1.5, 10.3.2.9)."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from engine.feel.cursor import Cursor
from engine.feel.errors import NoValue
from engine.feel.temporal import at_midnight
from engine.feel.tree import TypeName
from engine.feel.values import KINDS, Function, Range, kind_of
from engine.feel.wide import WideDate

_Read = TypeVar("_Read")
_HOLDING = frozenset({"list", "context", "range", "function", "null"})
BASIC = frozenset(KINDS.values()) - _HOLDING
WORDS = (
    "days and time duration",
    "years and months duration",
    "date and time",
)
"""Type names that hold a keyword; the other names are read word by word."""
ANY = TypeName(0, "Any")
_KNOWN = ", ".join(sorted(BASIC | {"list", "context", "range", "function", "Any", "Null"}))


def parse_type(cursor: Cursor) -> TypeName:
    """Return the type that begins at the cursor. :raise FeelSyntaxError: when there is none of that name."""
    token = cursor.token
    with cursor.deeper():
        declared = cursor.type_name()
        if declared:
            return cursor.types[declared]
        name = _type_words(cursor)
        if name in BASIC or name in ("Any", "Null"):
            return TypeName(token.offset, name)
        if name in ("list", "range"):
            return TypeName(token.offset, name, _element(cursor))
        if name == "context":
            return TypeName(token.offset, name, fields=_fields(cursor))
        if name == "function":
            parameters, result = _function(cursor)
            return TypeName(token.offset, name, parameters=parameters, result=result)
        raise cursor.fault(token, "unknown_type", found=name, known=_KNOWN)


def holds(type_name: TypeName, value: object, charge: Callable[[int], None]) -> bool:
    """Return whether a value is of a type; null is only of type Null."""
    if value is None or type_name.name == "Null":
        return value is None and type_name.name == "Null"
    if type_name.name == "Any":
        return True
    if KINDS[type(value)] != type_name.name:
        return False
    if isinstance(value, Function):
        return _conforms(_type_of(value), type_name, charge)
    parts = _parts_of(type_name, value)
    charge(1 + len(parts))
    return all(inner is not None and _allows(inner, part, charge) for inner, part in parts)


def coerce(
    type_name: TypeName | None, value: object, charge: Callable[[int], None], code: str = "conversion"
) -> object:
    """Return a value as one of a type: itself, the one item of a list, a list of it, or a date's first instant.

    :raise NoValue: when it cannot become one.
    """
    if type_name is None or value is None or holds(type_name, value, charge):
        return value
    if isinstance(value, list) and len(value) == 1 and type_name.name != "list":
        return coerce(type_name, value[0], charge, code)
    if type_name.name == "list" and (type_name.element is None or holds(type_name.element, value, charge)):
        return [value]
    if type_name.name == "date and time" and type(value) in (date, WideDate):
        return at_midnight(value)  # type: ignore[arg-type]  # a date
    raise NoValue(code, kind=kind_of(value), expected_kind=type_name.name)


def _allows(type_name: TypeName, value: object, charge: Callable[[int], None]) -> bool:
    # What a list or context holds may be missing: null is in the domain of every type.
    return value is None or holds(type_name, value, charge)


def _type_of(function: Function) -> TypeName:
    declared = (*function.types, *[None] * (len(function.parameters) - len(function.types)))
    return TypeName(0, "function", parameters=tuple(one or ANY for one in declared), result=function.result)


def _conforms(given: TypeName, wanted: TypeName, charge: Callable[[int], None]) -> bool:
    """Return whether every value of one type is of another."""
    charge(1 + len(given.fields) + len(wanted.fields))
    if wanted.name == "Any" or given.name == "Null":
        return True
    if given.name != wanted.name:
        return False
    if given.name == "function":
        return _is_bare(wanted) or _conforming_functions(given, wanted, charge)
    if given.name == "context":
        fields = dict(given.fields)
        return all(name in fields and _conforms(fields[name], kind, charge) for name, kind in wanted.fields)
    return _conforms(given.element or ANY, wanted.element or ANY, charge)


def _is_bare(function: TypeName) -> bool:
    return not function.parameters and function.result is None


def _conforming_functions(given: TypeName, wanted: TypeName, charge: Callable[[int], None]) -> bool:
    if len(given.parameters) != len(wanted.parameters):
        return False
    pairs = zip(given.parameters, wanted.parameters, strict=True)
    takes = all(_conforms(theirs, ours, charge) for ours, theirs in pairs)
    return takes and _conforms(given.result or ANY, wanted.result or ANY, charge)


def _parts_of(type_name: TypeName, value: object) -> list[tuple[TypeName | None, object]]:
    if isinstance(value, list) and type_name.element:
        return [(type_name.element, item) for item in value]
    if isinstance(value, Range) and type_name.element:
        return [(type_name.element, end) for end in (value.start, value.end) if end is not None]
    if isinstance(value, dict):
        return [(kind if name in value else None, value.get(name)) for name, kind in type_name.fields]
    return []


def _type_words(cursor: Cursor) -> str:
    for name in WORDS:
        words = name.split()
        if all(cursor.after(index).text == word for index, word in enumerate(words)):
            for _ in words:
                cursor.advance()
            return name
    if cursor.token.kind != "name":
        raise cursor.unexpected("type")
    return "null" if cursor.token.text == "null" else cursor.advance().text


def _element(cursor: Cursor) -> TypeName | None:
    if not cursor.take("<"):
        return None
    element = parse_type(cursor)
    cursor.expect(">")
    return element


def _fields(cursor: Cursor) -> tuple[tuple[str, TypeName], ...]:
    return tuple(_separated(cursor, lambda: _field(cursor))) if cursor.take("<") else ()


def _field(cursor: Cursor) -> tuple[str, TypeName]:
    name = cursor.new_key()
    cursor.expect(":")
    return name, parse_type(cursor)


def _function(cursor: Cursor) -> tuple[tuple[TypeName, ...], TypeName | None]:
    if not cursor.take("<"):
        return (), None
    parameters = _separated(cursor, lambda: parse_type(cursor))
    cursor.expect("->")
    return tuple(parameters), parse_type(cursor)


def _separated(cursor: Cursor, read: Callable[[], _Read]) -> list[_Read]:
    found: list[_Read] = []
    if not cursor.at(">"):
        found.append(read())
        while cursor.take(","):
            found.append(read())
    cursor.expect(">")
    return found
