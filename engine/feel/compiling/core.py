"""The compiler's core: turns a tree into nested Python closures, one rule a kind of node.

A closure gets the Frame of names around it and returns a value. Straight code costs no budget: its work is bounded by
the length of the source. What repeats (loops, built-ins, comparisons of lists) pays, a loop by the size of its body.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from engine.feel.errors import FeelSyntaxError
from engine.feel.run import Frame
from engine.feel.tokens import fault
from engine.feel.tree import Node, TestedValue

Closure = Callable[[Frame], object]
Test = Callable[[object, Frame], bool | None]
Rules = Mapping[type[Node], Callable[[Any, "Compiler"], Closure]]


class Compiler:
    """Compiles the nodes of one source.

    :param rules: how each kind of node is compiled.
    """

    def __init__(self, source: str, rules: Rules) -> None:
        self.source = source
        self.size = 0
        self.free: set[str] = set()
        self.used: set[str] = set()
        self.looks_at_tested = False
        self._rules = rules
        self._scopes: list[set[str] | None] = []

    def compile(self, node: Node) -> Closure:
        """Return the closure of a node. :raise FeelSyntaxError: when it cannot mean anything."""
        self.size += 1
        if isinstance(node, TestedValue):
            self.looks_at_tested = True
        return self._rules[type(node)](node, self)

    def sized(self, node: Node) -> tuple[Closure, int]:
        """Return the closure of a loop's body and what one round of it costs."""
        before = self.size
        closure = self.compile(node)
        return closure, self.size - before

    @contextmanager
    def scope(self, names: set[str] | None) -> Iterator[None]:
        """Compile inside a scope that makes these names; None for a filter, where any name may be the item's."""
        self._scopes.append(names)
        yield
        self._scopes.pop()

    def is_free(self, name: str) -> bool:
        """Return whether a name can only be a variable from outside, and note that it is needed."""
        for names in reversed(self._scopes):
            if names is None or name in names:
                self.used.add(name)
                return False
        self.free.add(name)
        return True

    def fault(self, offset: int, code: str, **params: str) -> FeelSyntaxError:
        """Return the error for a mistake at an offset."""
        return fault(self.source, offset, code, **params)
