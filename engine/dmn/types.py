"""The types of a DMN file: FEEL's and its own item definitions, which values they hold, and how a value becomes one.

DMN 1.5, 7.3.2 (item definitions) and 10.3.2.9.4 (conversions).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from engine.dmn.model import Definitions, FunctionItem, ItemDefinition
from engine.feel import FeelSyntaxError, Frame, Function, TypeName, compile_unary_tests
from engine.feel.cursor import Cursor
from engine.feel.typenames import coerce, holds, parse_type
from engine.feel.values import KINDS

ANY = TypeName(0, "Any")
_ALIASES = {
    "dateTime": "date and time",
    "dayTimeDuration": "days and time duration",
    "yearMonthDuration": "years and months duration",
    **dict.fromkeys(("integer", "int", "long", "decimal", "double", "float"), "number"),  # of XML Schema, in old files
}
_BASIC = frozenset(
    {"number", "string", "boolean", "date", "time", "date and time", "days and time duration"}
    | {"years and months duration", "list", "context", "function"}
)
_SIMPLE = _BASIC - {"list", "context", "function"}
_Fits = Callable[[object, Frame], bool]


@dataclass(frozen=True, slots=True)
class Kind:
    """A type ready to be asked.

    :param name: as the file writes it, for messages.
    :param shape: the type as FEEL knows it, without what limits its values.
    :param fits: whether a value that is not null is of it.
    :param element: of a collection, the type of its items.
    """

    name: str
    shape: TypeName
    fits: _Fits
    element: "Kind | None" = None

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


class Types:
    """The types that a file may name.

    :param imports: the types of the files that it imports, each with the name it gives the file.
    """

    def __init__(self, definitions: Definitions, imports: "Sequence[tuple[str, Types]]" = ()) -> None:
        self._items = {item.name: item for item in definitions.items}
        self._imports = imports
        self._kinds: dict[str, Kind | None] = {}
        self.component_names = frozenset(name for item in definitions.items for name in names_of(item))

    def kind(self, ref: str) -> Kind | None:
        """Return the type of a name; None for any value."""
        if ref not in self._kinds:
            self._kinds[ref] = self._resolve(ref)
        return self._kinds[ref]

    def result(self, ref: str) -> Kind | None:
        """Return the type of what something gives: of a function type, its result's; None for any."""
        item = self._items.get(ref)
        if item is not None and item.function is not None:
            return self.kind(item.function.output) if item.function.output else None
        return self.kind(ref) if ref else None

    def knows(self, ref: str) -> bool:
        """Return whether a name is a type's."""
        return ref.lower() in ("", "any") or self.kind(ref) is not None

    def allowed(self, ref: str) -> str:
        """Return what an item definition allows, as unary tests; empty for anything."""
        item = self._items.get(ref)
        return "" if item is None else item.allowed or item.constraint or self.allowed(item.type_ref)

    def shapes(self) -> Mapping[str, TypeName]:
        """Return the file's own and imported types by the names under which an expression may write them."""
        own = {name: kind.shape for name in self._items if (kind := self.kind(name))}
        others = {
            f"{prefix}.{name}" if prefix else name: shape
            for prefix, types in self._imports
            for name, shape in types.shapes().items()
        }
        return {**others, **own}

    def _resolve(self, ref: str) -> Kind | None:
        if ref in self._items:
            return self._own(self._items[ref])
        name = _ALIASES.get(ref, ref)
        if name in _BASIC:
            return _basic(ref, TypeName(0, name))
        return self._imported(ref) or _written(ref)

    def _imported(self, ref: str) -> Kind | None:
        for prefix, types in self._imports:
            inner = ref.removeprefix(f"{prefix}.") if prefix else ref
            if (inner != ref or not prefix) and inner in types._items:
                return types.kind(inner)
        return None

    def _own(self, item: ItemDefinition) -> Kind:
        # A type may hold itself (a person's children are persons): inside, it is asked for when a value is there.
        def fits(value: object, frame: Frame) -> bool:
            kind = self._kinds[item.name]
            frame.run.charge(1)
            return kind is None or kind.fits(value, frame)

        self._kinds[item.name] = Kind(item.name, ANY, fits)
        return self._kind_of(item)

    def _kind_of(self, item: ItemDefinition) -> Kind:
        single = self._limited(self._base(item), item.allowed)
        if item.is_collection:
            shape = TypeName(0, "list", element=single.shape)
            single = Kind(item.name, shape, _all_items(single), element=single)
        return self._limited(single, item.constraint)

    def _base(self, item: ItemDefinition) -> Kind:
        if item.components:
            return self._context(item)
        if item.function is not None:
            return self._function(item.name, item.function)
        base = self.kind(item.type_ref) if item.type_ref else None
        return Kind(item.name, base.shape, base.fits, base.element) if base else _any(item.name)

    def _context(self, item: ItemDefinition) -> Kind:
        parts = tuple((part.name, self._kind_of(part)) for part in item.components)
        shape = TypeName(0, "context", fields=tuple((name, kind.shape) for name, kind in parts))

        def fits(value: object, frame: Frame) -> bool:
            frame.run.charge(1 + len(parts))
            return isinstance(value, dict) and all(
                name in value and kind.holds(value[name], frame) for name, kind in parts
            )

        return Kind(item.name, shape, fits)

    def _function(self, name: str, function: FunctionItem) -> Kind:
        takes = tuple(self._shape(parameter.type_ref) for parameter in function.parameters)
        shape = TypeName(0, "function", parameters=takes, result=self._shape(function.output))
        return Kind(name, shape, lambda value, frame: isinstance(value, Function) and _can_stand_for(value, shape))

    def _shape(self, ref: str) -> TypeName:
        kind = self.kind(ref) if ref else None
        return kind.shape if kind else ANY

    def _limited(self, kind: Kind, tests: str) -> Kind:
        if not tests:
            return kind
        try:
            test = compile_unary_tests(tests, self.component_names, {})
        except FeelSyntaxError:  # said as a problem of the file; a limit that nobody can read limits nothing
            return kind

        def fits(value: object, frame: Frame) -> bool:
            alone = Frame(frame.run, {}, None)
            return kind.fits(value, frame) and frame.run.quietly(lambda: test.passes_in(alone, value)) is True

        return Kind(kind.name, kind.shape, fits, kind.element)


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


def _any(name: str) -> Kind:
    return Kind(name, ANY, lambda value, frame: True)


def _basic(name: str, shape: TypeName) -> Kind:
    if shape.name in _SIMPLE:
        classes = frozenset(one for one, kind in KINDS.items() if kind == shape.name)
        return Kind(name, shape, lambda value, frame: type(value) in classes)
    element = _basic("Any", shape.element or ANY) if shape.name == "list" else None
    return Kind(name, shape, lambda value, frame: holds(shape, value, frame.run.charge), element)


def _written(ref: str) -> Kind | None:
    """Return a type that is written out (``list<number>``); None when it is none that FEEL knows."""
    try:
        cursor = Cursor(ref, ())
        shape = parse_type(cursor)
    except FeelSyntaxError:
        return None
    return _basic(ref, shape) if cursor.token.kind == "end" and shape.name != "Any" else None


def _all_items(kind: Kind) -> _Fits:
    def fits(value: object, frame: Frame) -> bool:
        if not isinstance(value, list):
            return False
        frame.run.charge(len(value))
        return all(kind.holds(item, frame) for item in value)

    return fits


def names_of(item: ItemDefinition) -> Iterator[str]:
    """Yield the names of a type's components, and of theirs."""
    for part in item.components:
        yield part.name
        yield from names_of(part)
