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
from engine.feel.tree import Invalid, Node, TestedValue

Closure = Callable[[Frame], object]
Test = Callable[[object, Frame], bool | None]
Rules = Mapping[type[Node], Callable[[Any, "Compiler"], Closure]]


class Compiler:
    """Compiles the nodes of one source.

    :param rules: how each kind of node is compiled.
    :param names: the names known to be in scope; one of them hides the built-in function of its name.
    :param strict: whether what can only be null, such as a call of a function that does not exist, is a mistake.
    """

    def __init__(self, source: str, rules: Rules, names: frozenset[str], *, strict: bool = True) -> None:
        self.source = source
        self.strict = strict
        self._names = names
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

    def hides(self, name: str) -> bool:
        """Return whether a name is surely in scope."""
        return name in self._names or any(name in names for names in self._scopes if names is not None)

    def may_hold(self, name: str) -> bool:
        """Return whether a name may be in scope: surely, or as a part of a filter's item."""
        return None in self._scopes or self.hides(name)

    def invalid(self, offset: int, code: str, **params: str) -> Closure:
        """Return the closure of what has no value, which is null. :raise FeelSyntaxError: when that is a mistake."""
        if self.strict:
            raise self.fault(offset, code, **params)
        return self.compile(Invalid(offset, code, tuple(params.items())))

    def fault(self, offset: int, code: str, **params: str) -> FeelSyntaxError:
        """Return the error for a mistake at an offset."""
        return fault(self.source, offset, code, **params)
