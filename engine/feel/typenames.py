"""Types as they stand after ``instance of``: how they are written, and which values they hold."""

from collections.abc import Callable

from engine.feel.cursor import Cursor
from engine.feel.tree import TypeName
from engine.feel.values import KINDS, Range

BASIC = frozenset(KINDS.values()) - {"list", "context", "range", "null"}
WORDS = (
    "days and time duration",
    "years and months duration",
    "date and time",
)
"""Type names that hold a keyword; the other names are read word by word."""


def parse_type(cursor: Cursor) -> TypeName:
    """Return the type that begins at the cursor. :raise FeelSyntaxError: when there is none of that name."""
    token = cursor.token
    with cursor.deeper():
        name = _type_words(cursor)
        if name in BASIC or name in ("Any", "Null"):
            return TypeName(token.offset, name)
        if name in ("list", "range"):
            return TypeName(token.offset, name, _element(cursor))
        if name == "context":
            return TypeName(token.offset, name, fields=_fields(cursor))
        known = ", ".join(sorted(BASIC | {"list", "context", "range", "Any", "Null"}))
        raise cursor.fault(token, "unknown_type", found=name, known=known)


def holds(type_name: TypeName, value: object, charge: Callable[[int], None]) -> bool:
    """Return whether a value is of a type; null is only of type Null."""
    if value is None or type_name.name == "Null":
        return value is None and type_name.name == "Null"
    if type_name.name == "Any":
        return True
    if KINDS[type(value)] != type_name.name:
        return False
    parts = _parts_of(type_name, value)
    charge(1 + len(parts))
    return all(inner is not None and holds(inner, part, charge) for inner, part in parts)


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
    fields: list[tuple[str, TypeName]] = []
    if not cursor.take("<"):
        return ()
    while not cursor.at(">"):
        name = cursor.name()
        cursor.expect(":")
        fields.append((name, parse_type(cursor)))
        if not cursor.take(","):
            break
    cursor.expect(">")
    return tuple(fields)
