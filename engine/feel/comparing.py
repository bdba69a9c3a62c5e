"""What expressions compare variables with: the paths that they read, and the values between which they tell apart."""

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import Final

from engine.feel import tree
from engine.feel.compiling import FUNCTION_NAMES
from engine.feel.errors import FeelSyntaxError
from engine.feel.grammar import parse_expression, parse_unary_tests

#: The path of a variable, or of a part of one: `a.b` is `("a", "b")`.
Place = tuple[str, ...]
_ORDERING: Final = frozenset({"<", "<=", ">", ">="})
_EITHER: Final = (True, False)


def compared_in(source: str) -> Iterator[tuple[Place, object]]:
    """Yield each path of an expression with the values that it is compared with, or may be on either side of."""
    node = _parsed(source)
    if node is None:
        return
    if (place := _place(node)) is not None and len(place) > 1:
        yield from ((place, value) for value in _EITHER)
    for part in _parts(node):
        yield from _in_part(part)


def related_in(source: str) -> Iterator[tuple[Place, Place]]:
    """Yield the pairs of paths that an expression compares with each other."""
    for node in _parts(_parsed(source)):
        if isinstance(node, tree.Comparison):
            left, right = _place(node.left), _place(node.right)
            if left is not None and right is not None:
                yield left, right


def places_in(source: str | None) -> list[Place]:
    """Return the paths of the variables that an expression reads; the longest of each."""
    found = [place for node in _parts(_parsed(source or "null")) if (place := _place(node)) is not None]
    return [place for place in found if not any(other != place and other[: len(place)] == place for other in found)]


def place_of(source: str) -> Place | None:
    """Return the path that an expression is; None if it is anything else."""
    node = _parsed(source)
    return _place(node) if node is not None else None


def passing(cell: str) -> list[object]:
    """Return values that pass a cell of a table, as far as it names some."""
    try:
        tests = parse_unary_tests(cell, (), FUNCTION_NAMES, {})
    except FeelSyntaxError:
        return []
    return [] if tests.negated else [value for test in tests.alternatives for value in _example(test)]


def near(value: object) -> Iterable[object]:
    """Return a value and those on either side of it: other numbers, the other truth, or nothing at all."""
    return _near_by("<", value)


def _parsed(source: str) -> tree.Node | None:
    try:
        return parse_expression(source, (), FUNCTION_NAMES, {})
    except FeelSyntaxError:
        return None


def _place(node: tree.Node) -> Place | None:
    """Return the path of a variable or of a part of one; None for anything else."""
    if isinstance(node, tree.Name):
        return (node.name,)
    if isinstance(node, tree.Path):
        base = _place(node.base)
        return None if base is None else (*base, *(name for name, _offset in node.steps))
    return None


def _parts(node: object) -> Iterator[tree.Node]:
    """Yield every node of a tree; none of what is no tree."""
    if isinstance(node, tree.Node):
        yield node
    if isinstance(node, tuple):
        for item in node:
            yield from _parts(item)
    elif isinstance(node, tree.Node) and is_dataclass(node):
        for one in fields(node):
            yield from _parts(getattr(node, one.name))


def _in_part(node: tree.Node) -> Iterator[tuple[Place, object]]:
    match node:
        case tree.Comparison(operator=operator, left=left, right=right):
            yield from _compared(operator, left, right)
            yield from _compared(operator, right, left)
        case tree.Logic(operands=operands):
            yield from _either(operands)
        case tree.If(condition=condition):
            yield from _either((condition,))
        case tree.In(value=value, tests=tests) if (place := _place(value)) is not None:
            yield from ((place, one.value) for one in _parts(tests) if isinstance(one, tree.Literal))
        case tree.Call(callee=tree.Name(), arguments=arguments):
            yield from _in_call([argument for _name, argument in arguments])
        case _:
            return


def _compared(operator: str, left: tree.Node, right: tree.Node) -> Iterator[tuple[Place, object]]:
    if (place := _place(left)) is not None and isinstance(right, tree.Literal):
        yield from ((place, value) for value in _near_by(operator, right.value))
    if isinstance(left, tree.Call) and isinstance(right, tree.Literal) and len(left.arguments) == 1:
        counted = _place(left.arguments[0][1])
        if counted is not None and isinstance(right.value, Decimal):
            yield counted, []


def _near_by(operator: str, value: object) -> Iterable[object]:
    if isinstance(value, Decimal) and operator in _ORDERING:
        return value, value - 1, value + 1
    if isinstance(value, bool):
        return value, not value
    return (None, Decimal(1)) if value is None else (value, None)


def _either(operands: Iterable[tree.Node]) -> Iterator[tuple[Place, object]]:
    places = (_place(operand) for operand in operands)
    yield from ((place, value) for place in places if place is not None for value in _EITHER)


def _in_call(arguments: list[tree.Node]) -> Iterator[tuple[Place, object]]:
    """Yield what a call such as `not(a.b)` or `list contains(["x", "y"], a.b)` says of a path."""
    places = [place for argument in arguments if (place := _place(argument)) is not None]
    listed = [item for argument in arguments if isinstance(argument, tree.ListOf) for item in argument.items]
    literals: list[object] = [item.value for item in listed if isinstance(item, tree.Literal)]
    if len(arguments) == 1 and not literals:
        literals = list(_EITHER)
    yield from ((place, value) for place in places for value in literals if len(place) > 1 or len(arguments) > 1)


def _example(test: tree.Node) -> Iterator[object]:
    match test:
        case tree.Literal(value=value):
            yield value
        case tree.OpenTest(operator=operator, operand=tree.Literal(value=value)) if isinstance(value, Decimal):
            yield value + {"<": -1, ">": 1}.get(operator, 0)
        case tree.RangeOf(start=tree.Literal(value=start), end=tree.Literal(value=end), start_included=included):
            if isinstance(start, Decimal) and isinstance(end, Decimal):
                yield start if included else (start + end) / 2
        case tree.Comparison(right=tree.Literal(value=value)):
            yield value
        case _:
            return
