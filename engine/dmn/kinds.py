"""Types ready to be asked: which values they hold, and how a value becomes one of them (DMN 1.5, 10.3.2.9.4)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from engine.feel import FeelSyntaxError, Frame, Function, TypeName, UnaryTests
from engine.feel.cursor import Cursor
from engine.feel.typenames import coerce, holds, parse_type
from engine.feel.values import KINDS

ANY = TypeName(0, "Any")
BASIC = frozenset(
    {"number", "string", "boolean", "date", "time", "date and time", "days and time duration"}
    | {"years and months duration", "list", "context", "function"}
)
_SIMPLE = BASIC - {"list", "context", "function"}
Fits = Callable[[object, Frame], bool]


@dataclass(frozen=True, slots=True)
class Kind:
    """A type ready to be asked.

    :param name: as the file writes it, for messages.
    :param shape: the type as FEEL knows it, without what limits its values.
    :param fits: whether a value that is not null is of it.
    :param element: of a collection, the type of its items.
    :param wider: of a type that limits its values, the type without that limit.
    :param limit: the unary tests that limit its values, as written.
    """

    name: str
    shape: TypeName
    fits: Fits
    element: "Kind | None" = None
    wider: "Kind | None" = None
    limit: str = ""

    def holds(self, value: object, frame: Frame) -> bool:
        """Return whether a value is of the type; null is of every type."""
        return value is None or self.fits(value, frame)

    def convert(self, value: object, frame: Frame) -> tuple[object, bool]:
        """Return the value as one of the type, and whether it could become one; if not, it is null."""
        if self.holds(value, frame):
            return value, True
        if isinstance(value, list) and len(value) == 1 and self.element is None and self.holds(value[0], frame):
            return value[0], True
        if self.element is not None and not isinstance(value, list) and self.element.holds(value, frame):
            return [value], True
        if self.shape.name == "date and time" and type(value) is date:
            return coerce(self.shape, value, frame.run.charge), True
        return None, False

    def limit_on(self, value: object, frame: Frame) -> str:
        """Return the unary tests that alone keep a value from being of the type; empty when it is of another kind."""
        if self.wider is None:
            return ""
        return self.limit if self.wider.holds(value, frame) else self.wider.limit_on(value, frame)


def basic(name: str, shape: TypeName) -> Kind:
    """Return the type of a name that FEEL itself knows."""
    if shape.name in _SIMPLE:
        classes = frozenset(one for one, kind in KINDS.items() if kind == shape.name)
        return Kind(name, shape, lambda value, frame: type(value) in classes)
    element = basic("Any", shape.element or ANY) if shape.name == "list" else None
    return Kind(name, shape, lambda value, frame: holds(shape, value, frame.run.charge), element)


def anything(name: str) -> Kind:
    """Return the type of any value."""
    return Kind(name, ANY, lambda value, frame: True)


def written(ref: str) -> Kind | None:
    """Return a type that is written out (``list<number>``); None when it is none that FEEL knows."""
    try:
        cursor = Cursor(ref, ())
        shape = parse_type(cursor)
    except FeelSyntaxError:
        return None
    return basic(ref, shape) if cursor.token.kind == "end" and shape.name != "Any" else None


def collection(name: str, item: Kind) -> Kind:
    """Return the type of lists of a type."""

    def fits(value: object, frame: Frame) -> bool:
        if not isinstance(value, list):
            return False
        frame.run.charge(len(value))
        return all(item.holds(one, frame) for one in value)

    return Kind(name, TypeName(0, "list", element=item.shape), fits, element=item)


def structure(name: str, parts: Mapping[str, Kind]) -> Kind:
    """Return the type of contexts that have all of some entries."""
    shape = TypeName(0, "context", fields=tuple((part, kind.shape) for part, kind in parts.items()))

    def fits(value: object, frame: Frame) -> bool:
        frame.run.charge(1 + len(parts))
        return isinstance(value, dict) and all(
            part in value and kind.holds(value[part], frame) for part, kind in parts.items()
        )

    return Kind(name, shape, fits)


def function(name: str, shape: TypeName) -> Kind:
    """Return the type of functions."""
    return Kind(name, shape, lambda value, frame: isinstance(value, Function) and _can_stand_for(value, shape))


def limited(kind: Kind, test: UnaryTests, text: str) -> Kind:
    """Return a type that holds those values of another that pass a test, which sees nothing else."""

    def fits(value: object, frame: Frame) -> bool:
        alone = Frame(frame.run, {}, None)
        return kind.fits(value, frame) and frame.run.quietly(lambda: test.passes_in(alone, value)) is True

    return replace(kind, fits=fits, wider=kind, limit=text)


def _can_stand_for(function: Function, shape: TypeName) -> bool:
    """Return whether nothing that a function declares contradicts a function type.

    What it does not declare is not held against it: a lambda seldom says what it gives.
    """
    if function.takes_any_count:
        return True
    if len(function.parameters) != len(shape.parameters):
        return False
    pairs = (*zip(function.types, shape.parameters, strict=False), (function.result, shape.result))
    return all(_agree(declared, wanted) for declared, wanted in pairs)


def _agree(declared: TypeName | None, wanted: TypeName | None) -> bool:
    if declared is None or wanted is None or "Any" in (declared.name, wanted.name):
        return True
    return declared.name == wanted.name and _agree(declared.element, wanted.element)
