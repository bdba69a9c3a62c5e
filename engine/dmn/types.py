"""The types of a DMN file: FEEL's and its own item definitions, by the names that the file has for them.

DMN 1.5, 7.3.2 (item definitions).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from engine.dmn.kinds import ANY, BASIC, Kind, anything, basic, collection, function, limited, structure, written
from engine.dmn.model import Definitions, FunctionItem, ItemDefinition
from engine.feel import FeelSyntaxError, Frame, TypeName, UnaryTests, compile_unary_tests

_ALIASES = {
    "dateTime": "date and time",
    "dayTimeDuration": "days and time duration",
    "yearMonthDuration": "years and months duration",
    **dict.fromkeys(("integer", "int", "long", "decimal", "double", "float"), "number"),  # of XML Schema, in old files
}
_MOST_IMPORTED = 10_000
"""Names of types of other files that an expression may write."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a type: nobody defined it (``unknown_type``), or its limit cannot be read (``type_limit``).

    :param text: the limit as written, :param cause: what FEEL says about it.
    """

    code: str
    name: str
    text: str = ""
    cause: FeelSyntaxError | None = None


class Types:
    """The types that a file may name.

    :param imports: the types of the files that it imports, each with the name it gives the file.
    """

    def __init__(self, definitions: Definitions, imports: "Sequence[tuple[str, Types]]" = ()) -> None:
        self._items = {item.name: item for item in definitions.items}
        self._imports = imports
        self._kinds: dict[str, Kind | None] = {}
        self._shapes: Mapping[str, TypeName] | None = None
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
        seen: set[str] = set()
        while (item := self._items.get(ref)) is not None and ref not in seen:
            if item.allowed or item.constraint:
                return item.allowed or item.constraint
            seen.add(ref)
            ref = item.type_ref
        types, inner = self._where(ref)
        return types.allowed(inner) if types and item is None else ""

    def faults(self, ref: str) -> "Iterator[Fault]":
        """Yield what is wrong with a type, and with those that it is made of."""
        yield from self._faults(ref, set())

    def shapes(self) -> Mapping[str, TypeName]:
        """Return the file's own and imported types by the names under which an expression may write them."""
        if self._shapes is None:
            own = {name: kind.shape for name in self._items if (kind := self.kind(name))}
            # Files that import each other twice know the same types by twice as many names, level by level.
            others = (
                (f"{prefix}.{name}" if prefix else name, shape)
                for prefix, types in self._imports
                for name, shape in types.shapes().items()
            )
            self._shapes = {**dict(islice(others, _MOST_IMPORTED)), **own}
        return self._shapes

    def _resolve(self, ref: str) -> Kind | None:
        if ref in self._items:
            return self._own(self._items[ref])
        name = _ALIASES.get(ref, ref)
        if name in BASIC:
            return basic(ref, TypeName(0, name))
        return self._imported(ref) or written(ref)

    def _imported(self, ref: str) -> Kind | None:
        types, inner = self._where(ref)
        return types.kind(inner) if types else None

    def _where(self, ref: str) -> "tuple[Types | None, str]":
        """Return the imported file that defines a type, and the type's name there."""
        for prefix, types in self._imports:
            inner = ref.removeprefix(f"{prefix}.") if prefix else ref
            if (inner != ref or not prefix) and inner in types._items:
                return types, inner
        return None, ref

    def _faults(self, ref: str, seen: set[str]) -> "Iterator[Fault]":
        if ref in self._items:
            if ref not in seen:
                seen.add(ref)
                yield from self._faults_of(self._items[ref], seen)
            return
        types, inner = self._where(ref)
        if types:
            yield from types.faults(inner)
        elif not self.knows(ref):
            yield Fault("unknown_type", ref)

    def _faults_of(self, item: ItemDefinition, seen: set[str]) -> "Iterator[Fault]":
        for tests in filter(None, (item.allowed, item.constraint)):
            try:
                self._test(tests)
            except FeelSyntaxError as error:
                yield Fault("type_limit", item.name, tests[:80], error)
        function = item.function or FunctionItem((), "")
        for ref in (item.type_ref, function.output, *(parameter.type_ref for parameter in function.parameters)):
            yield from self._faults(ref, seen)
        for part in item.components:
            yield from self._faults_of(part, seen)

    def _test(self, tests: str) -> UnaryTests:
        return compile_unary_tests(tests, self.component_names, {})

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
        whole = collection(item.name, single) if item.is_collection else single
        return self._limited(whole, item.constraint)

    def _base(self, item: ItemDefinition) -> Kind:
        if item.components:
            return structure(item.name, {part.name: self._kind_of(part) for part in item.components})
        if item.function is not None:
            return self._function(item.name, item.function)
        base = self.kind(item.type_ref) if item.type_ref else None
        return replace(base, name=item.name) if base else anything(item.name)

    def _function(self, name: str, item: FunctionItem) -> Kind:
        takes = tuple(self._shape(parameter.type_ref) for parameter in item.parameters)
        return function(name, TypeName(0, "function", parameters=takes, result=self._shape(item.output)))

    def _shape(self, ref: str) -> TypeName:
        kind = self.kind(ref) if ref else None
        return kind.shape if kind else ANY

    def _limited(self, kind: Kind, tests: str) -> Kind:
        if not tests:
            return kind
        try:
            return limited(kind, self._test(tests), tests)
        except FeelSyntaxError:  # said as a problem of what uses it; a limit that nobody can read limits nothing
            return kind


def names_of(item: ItemDefinition) -> Iterator[str]:
    """Yield the names of a type's components, and of theirs."""
    for part in item.components:
        yield part.name
        yield from names_of(part)
