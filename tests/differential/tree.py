"""Generated expressions as trees: what can be taken apart, and a part replaced by a value."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

OR, AND, COMPARISON, SUM, PRODUCT, POWER, MINUS = range(1, 8)
ATOM = 9
"""How tightly parts bind; what binds less than its place asks for gets parentheses, and an atom never needs them."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A part inside an expression.

    :param power: how tightly the part must bind to stand without parentheses.
    :param binds: the names that it sees beside those around it, such as the variable of a loop.
    """

    node: "Node"
    power: int = 0
    binds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Node:
    """An expression.

    :param rule: the rule of `grammar.py` it was made by; ``name`` and ``literal`` are made by none.
    :param texts: what stands before, between and behind the slots.
    :param power: how tightly it binds.
    :param domain: what the names of its slots are: ``each`` item of its closed slots, a ``filter``'s item, the numbers
        of a ``range``, or the ``value`` of a closed slot.
    """

    rule: str
    texts: tuple[str, ...]
    slots: tuple[Slot, ...] = ()
    power: int = ATOM
    domain: str = ""

    @property
    def text(self) -> str:
        """The expression as it is written."""
        inner = [f"({slot.node.text})" if slot.node.power < slot.power else slot.node.text for slot in self.slots]
        return "".join(part for pair in zip(self.texts, [*inner, ""], strict=True) for part in pair)

    @property
    def closed(self) -> tuple["Node", ...]:
        """The parts that have a value by themselves."""
        return tuple(slot.node for slot in self.slots if not slot.binds)

    @property
    def size(self) -> int:
        """How many expressions it consists of."""
        return 1 + sum(slot.node.size for slot in self.slots)

    def bind(self, values: Mapping[str, "Node"]) -> "Node":
        """Return the expression with names replaced, but not where an inner part makes the same names."""
        if self.rule == "name":
            return values.get(self.texts[0], self)
        slots = []
        for slot in self.slots:
            seen = {name: node for name, node in values.items() if name not in slot.binds}
            slots.append(replace(slot, node=slot.node.bind(seen)) if seen else slot)
        return replace(self, slots=tuple(slots))

    def with_closed(self, nodes: "Iterator[Node]") -> "Node":
        """Return the expression with other closed parts."""
        slots = [slot if slot.binds else replace(slot, node=next(nodes)) for slot in self.slots]
        return replace(self, slots=tuple(slots))


def name(text: str) -> Node:
    """Return a name."""
    return Node("name", (text,))


def literal(text: str, power: int = ATOM) -> Node:
    """Return a literal."""
    return Node("literal", (text,), power=power)
