"""Asks both sides, and finds of an expression that differs the innermost parts that do, with plain values inside.

A part is judged with literals of our values in place of its own parts: so what is left is what one operation makes of
values, and a listed difference can say exactly which operation and which values it is about.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice, product

from engine.feel import Environment
from tests.differential.feelin import Feelin
from tests.differential.tree import Node
from tests.differential.values import Tagged, as_literal, ours, same, theirs

_BATCH = 500
_MOST_ITEMS = 8


@dataclass(frozen=True, slots=True)
class Difference:
    """One operation that gives something else in feelin.

    :param within: the generated expression it was found in.
    :param node: the operation, its parts replaced by literals.
    :param arguments: our values of its closed parts.
    :param is_composed: whether ours is what the parts make, of each of which feelin says the same: then feelin, which
        makes something else of them, contradicts itself.
    """

    within: str
    node: Node
    arguments: tuple[object, ...]
    ours: object
    theirs: object
    is_composed: bool = False

    @property
    def rule(self) -> str:
        """The operator or function."""
        return self.node.rule


@dataclass(frozen=True, slots=True)
class Both:
    """Evaluates with Alur and with feelin in one scope."""

    feelin: Feelin
    scope: Mapping[str, object]
    their_scope: Mapping[str, object]
    environment: Environment

    def differing(self, nodes: Iterable[Node]) -> Iterator[Node]:
        """Yield the expressions that give different values."""
        rest = iter(nodes)
        while batch := list(islice(rest, _BATCH)):
            answers = self.feelin.answers([(node.text, self.their_scope) for node in batch])
            for node, answer in zip(batch, answers, strict=True):
                if not same(self._ours(node), theirs(answer)):
                    yield node

    def explain(self, node: Node) -> list[Difference]:
        """Return the operations because of which an expression differs, innermost first."""
        return list(self._causes(node, node.text))

    def _causes(self, node: Node, within: str) -> Iterator[Difference]:
        values = [self._ours(part) for part in node.closed]
        bodies = list(_instances(node, values))
        inner = [part for part in (*node.closed, *bodies) if self.differs(part)]
        for part in inner:
            yield from self._causes(part, within)
        flat = node.with_closed(as_literal(value) or part for value, part in zip(values, node.closed, strict=True))
        if self.differs(flat):
            # A loop whose rounds differ cannot be judged by what they make together.
            if not any(part in inner for part in bodies):
                rounds = [self._ours(body) for body in bodies]
                yield self._difference(within, flat, values, composed(node.rule, values, rounds))
        elif not inner and not self._is_inexact(node):
            yield self._difference(within, node, values, self._ours(flat))

    def differs(self, node: Node) -> bool:
        """Return whether an expression gives different values."""
        return not same(self._ours(node), self._theirs(node))

    def _is_inexact(self, node: Node) -> bool:
        """Return whether a part is the same to the tolerance only, as feelin computes in floats."""
        return any(not same(self._ours(part), self._theirs(part), 0) for part in node.closed)

    def _difference(self, within: str, node: Node, values: list[object], expected: object) -> Difference:
        value = self._ours(node)
        return Difference(within, node, tuple(values), value, self._theirs(node), is_composed=same(value, expected))

    def _ours(self, node: Node) -> object:
        return ours(node.text, self.scope, self.environment)

    def _theirs(self, node: Node) -> object:
        return theirs(self.feelin.answers([(node.text, self.their_scope)])[0])


def composed(rule: str, values: list[object], rounds: list[object]) -> object:
    """Return what the rounds of a loop make together (DMN 1.5, 10.3.2.15); a tag that nothing equals if unknown."""
    if rule == "filter" and isinstance(values[0], list) and len(rounds) == len(values[0]):
        return [item for item, truth in zip(values[0], rounds, strict=True) if truth is True]
    if rule in ("some", "every") and len(rounds) < _MOST_ITEMS:
        decisive = rule == "some"
        unknown = any(not isinstance(truth, bool) for truth in rounds)
        return decisive if decisive in rounds else None if unknown else not decisive
    return rounds if rule == "for" and len(rounds) < _MOST_ITEMS else Tagged("other", "unknown")


def _instances(node: Node, values: list[object]) -> Iterator[Node]:
    """Yield what stands inside a loop, filter or function as it is for each of the first items."""
    for slot in node.slots:
        if slot.binds:
            for bound in islice(_bindings(node.domain, slot.binds, values), _MOST_ITEMS):
                yield slot.node.bind(bound)


def _bindings(domain: str, names: tuple[str, ...], values: list[object]) -> Iterator[dict[str, Node]]:
    if domain == "value":
        yield _named(names, values)
    elif domain == "each":
        for items in product(*map(_items, values)):
            yield _named(names, items)
    elif domain == "range" and all(isinstance(value, Decimal) for value in values):
        first, last = (int(str(value)) for value in values)
        step = 1 if last >= first else -1
        for number in range(first, last + step, step):
            yield _named(names, [Decimal(number)])
    elif domain == "filter":
        for item in _items(values[0]):
            entries: dict[str, object] = item if isinstance(item, dict) else {}
            yield _named(names, [item if name == "item" else entries.get(name) for name in names])


def _items(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _named(names: Iterable[str], values: Iterable[object]) -> dict[str, Node]:
    nodes = ((name, as_literal(value)) for name, value in zip(names, values, strict=True))
    return {name: node for name, node in nodes if node is not None}
