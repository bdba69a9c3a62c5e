"""The grammar's core, a Pratt parser: reads an operand and then every operator that binds tighter than a power.

The rules around it are tables by the token they begin with, so that a new one is a row in one of these modules.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from engine.feel import tree
from engine.feel.cursor import Cursor
from engine.feel.reader import MAX_DEPTH
from engine.feel.tokens import Token

OR, AND, COMPARISON, SUM, PRODUCT, POWER, MINUS = range(1, 8)
ORDERS = ("<", "<=", ">", ">=")
COMPARISONS = ("=", "!=", *ORDERS)
_BINDING = {
    "or": OR,
    "and": AND,
    **dict.fromkeys((*COMPARISONS, "between", "in"), COMPARISON),
    **dict.fromkeys("+-", SUM),
    **dict.fromkeys("*/", PRODUCT),
    "**": POWER,
}
_Read = TypeVar("_Read")
_AnyNode = TypeVar("_AnyNode", bound=tree.Node)


@dataclass(frozen=True)
class Rules:
    """How what begins with a token is read.

    :param prefixes: operands, by their first token, which is read already; "" for a literal.
    :param infixes: operators, by their token, behind the operand before them.
    :param postfixes: what may stand behind an operand, by its first token; None when it does not stand behind this one.
    """

    prefixes: "Mapping[str, Callable[[Parser, Token], tree.Node]]"
    infixes: "Mapping[str, Callable[[Parser, tree.Node, Token], tree.Node]]"
    postfixes: "Mapping[str, Callable[[Parser, tree.Node], tree.Node | None]]"


class Parser:
    """Reads one source.

    :param strict: whether what can only be null is a mistake, :param tests: how many unary tests are around.
    """

    def __init__(self, cursor: Cursor, rules: Rules, *, strict: bool, tests: int = 0) -> None:
        self.cursor = cursor
        self.strict = strict
        self.tests = tests
        self.open_ranges = 0
        self._rules = rules

    def whole(self, node: _AnyNode) -> _AnyNode:
        """Return what was read, which must be all there is. :raise FeelSyntaxError: when more follows."""
        if self.cursor.token.kind != "end":
            raise self.cursor.left_over()
        return node

    def expression(self, power: int = 0) -> tree.Node:
        """Return the expression that begins here, up to the first operator that does not bind tighter."""
        with self.cursor.deeper():
            return self.operators(self._operand(), power)

    def value(self) -> tree.Node:
        """Return the expression that begins here, or the range of ``> 5``, where a value is to stand."""
        return self._open_test() if self.cursor.at(*ORDERS) else self.expression()

    def test(self, power: int = 0) -> tree.Node:
        """Return the unary test that begins here: ``> 5``, ``= 5``, or an expression."""
        return self._open_test() if self.cursor.at(*COMPARISONS) else self.expression(power)

    def operators(self, left: tree.Node, power: int) -> tree.Node:
        """Return an operand with the operators behind it that bind tighter."""
        for _ in range(MAX_DEPTH):
            token = self.cursor.token
            binding = _BINDING.get(token.text, 0) if token.kind in ("op", "name") else 0
            if binding <= power:
                return left
            left = self._rules.infixes[token.text](self, left, token)
        raise self.cursor.fault(self.cursor.token, "too_deep", limit=str(MAX_DEPTH))

    def postfix(self, node: tree.Node) -> tree.Node:
        """Return an operand with the paths, filters, calls and ``instance of`` behind it."""
        for _ in range(MAX_DEPTH):
            token = self.cursor.token
            rule = self._rules.postfixes.get(token.text) if token.kind in ("op", "name") else None
            longer = rule(self, node) if rule else None
            if longer is None:
                return node
            node = longer
        raise self.cursor.fault(self.cursor.token, "too_deep", limit=str(MAX_DEPTH))

    def separated(self, opening: Token, closing: str, read: Callable[[], _Read]) -> list[_Read]:
        """Return what stands, separated by commas, between an opening token, which is read, and the closing one."""
        found: list[_Read] = []
        if not self.cursor.at(closing):
            found.append(read())
            while self.cursor.take(","):
                found.append(read())
        self.cursor.close(opening, closing)
        return found

    def binds(self, token: Token, binding: int) -> bool:
        """Return whether a token is an operator that binds so tightly."""
        return token.kind in ("op", "name") and _BINDING.get(token.text) == binding

    def _operand(self) -> tree.Node:
        token = self.cursor.token
        if token.kind in ("number", "string", "at"):
            return self._rules.prefixes[""](self, self.cursor.advance())
        if self.cursor.at_name():
            return self.postfix(tree.Name(token.offset, self.cursor.name()))
        if token.text in self._rules.prefixes and token.kind != "end":
            return self._rules.prefixes[token.text](self, self.cursor.advance())
        raise self.cursor.unexpected("value")

    def _open_test(self) -> tree.Node:
        token = self.cursor.advance()
        return tree.OpenTest(token.offset, token.text, self.expression(COMPARISON))
