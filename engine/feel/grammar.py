"""The grammar of FEEL (DMN 1.5, 10.3.1.2) as a Pratt parser: from source to tree.

``expression(power)`` reads an operand and then every operator that binds tighter than ``power``.
"""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, DecimalException
from typing import TypeVar

from engine.feel import tree
from engine.feel.cursor import MAX_DEPTH, NAME_SYMBOLS, Cursor
from engine.feel.temporal import read_temporal
from engine.feel.tokens import KEYWORDS, Token, unescape
from engine.feel.tree import TypeName
from engine.feel.typenames import parse_type
from engine.feel.values import NUMBERS

_OR, _AND, _COMPARISON, _SUM, _PRODUCT, _POWER, _MINUS = range(1, 8)
_COMPARISONS = ("=", "!=", "<", "<=", ">", ">=")
_BINDING = {
    "or": _OR,
    "and": _AND,
    **dict.fromkeys((*_COMPARISONS, "between", "in"), _COMPARISON),
    **dict.fromkeys("+-", _SUM),
    **dict.fromkeys("*/", _PRODUCT),
    "**": _POWER,
}
_AFTER_RANGE = (*(KEYWORDS - {"if", "for", "some", "every", "true", "false", "null", "function"}), "=", "!=")
_AnyNode = TypeVar("_AnyNode", bound=tree.Node)
_CONSTANTS = {"true": True, "false": False, "null": None}


def parse_expression(
    source: str,
    names: Iterable[str],
    functions: Iterable[str],
    types: Mapping[str, TypeName],
    *,
    strict: bool = True,
) -> tree.Node:
    """Return the tree of an expression. :raise FeelSyntaxError: when it is none."""
    parser = _Parser(Cursor(source, names, functions, types), strict=strict)
    return parser.whole(parser.expression())


def parse_unary_tests(
    source: str,
    names: Iterable[str],
    functions: Iterable[str],
    types: Mapping[str, TypeName],
    *,
    strict: bool = True,
) -> tree.Tests:
    """Return the tree of a decision table's cell. :raise FeelSyntaxError: when it is none."""
    parser = _Parser(Cursor(source, names, functions, types), tests=1, strict=strict)
    return parser.whole(parser.cell())


class _Parser:
    def __init__(self, cursor: Cursor, tests: int = 0, *, strict: bool) -> None:
        self.cursor = cursor
        self._strict = strict
        self._tests = tests
        self._prefixes: dict[str, Callable[[Token], tree.Node]] = {
            "(": self._parenthesis,
            "[": self._bracket,
            "]": self._open_range,
            "{": self._context,
            "-": self._minus,
            "?": self._tested_value,
            "if": self._if,
            "for": self._for,
            "some": self._quantified,
            "every": self._quantified,
            "function": self._function,
            "true": self._constant,
            "false": self._constant,
            "null": self._constant,
        }

    def whole(self, node: _AnyNode) -> _AnyNode:
        token = self.cursor.token
        if token.text == "'":
            raise self.cursor.unexpected("value")
        if token.kind != "end":
            raise self.cursor.fault(token, "left_over", found=token.text[:40])
        return node

    def cell(self) -> tree.Tests:
        start = self.cursor.token
        if self.cursor.at("-") and self.cursor.after().kind == "end":
            self.cursor.advance()
            return tree.Tests(start.offset, (tree.AnyValue(start.offset),))
        if self.cursor.at("not") and self.cursor.after().text == "(":
            alternatives = self._negated()
            if alternatives:
                return tree.Tests(start.offset, alternatives, negated=True)
        return tree.Tests(start.offset, self._test_list())

    def expression(self, power: int = 0) -> tree.Node:
        with self.cursor.deeper():
            return self._operators(self._prefix(), power)

    # Operators between and behind operands

    def _operators(self, left: tree.Node, power: int) -> tree.Node:
        for _ in range(MAX_DEPTH):
            binding = _BINDING.get(self.cursor.token.text, 0) if self.cursor.token.kind in ("op", "name") else 0
            if binding <= power:
                return left
            left = self._infix(left, binding)
        raise self.cursor.fault(self.cursor.token, "too_deep", limit=str(MAX_DEPTH))

    def _infix(self, left: tree.Node, binding: int) -> tree.Node:
        if binding in (_OR, _AND):
            return self._logic(left, binding)
        if binding == _COMPARISON:
            return self._comparison(left)
        return self._arithmetic(left, binding)

    def _logic(self, left: tree.Node, binding: int) -> tree.Node:
        token = self.cursor.token
        operands = [left]
        while self.cursor.take(token.text):
            operands.append(self.expression(binding))
        return tree.Logic(token.offset, token.text, tuple(operands))

    def _arithmetic(self, left: tree.Node, binding: int) -> tree.Node:
        offset = self.cursor.token.offset
        rest: list[tuple[str, int, tree.Node]] = []
        while self.cursor.token.kind == "op" and _BINDING.get(self.cursor.token.text) == binding:
            token = self.cursor.advance()
            rest.append((token.text, token.offset, self.expression(binding)))
        return tree.Arithmetic(offset, left, tuple(rest))

    def _comparison(self, left: tree.Node) -> tree.Node:
        token = self.cursor.advance()
        if token.text == "between":
            low = self.expression(_COMPARISON)
            self.cursor.expect("and")
            return tree.Between(token.offset, left, low, self.expression(_COMPARISON))
        if token.text == "in":
            return tree.In(token.offset, left, self._in_tests())
        return tree.Comparison(token.offset, token.text, left, self.expression(_COMPARISON))

    def _postfix(self, node: tree.Node) -> tree.Node:
        for _ in range(MAX_DEPTH):
            if self.cursor.at("."):
                node = self._path(node)
            elif self.cursor.at("[") and not self._closes_range():
                node = self._filter(node)
            elif self.cursor.at("("):
                node = self._call(node)
            elif self.cursor.at("instance"):
                node = self._instance_of(node)
            else:
                return node
        raise self.cursor.fault(self.cursor.token, "too_deep", limit=str(MAX_DEPTH))

    def _path(self, base: tree.Node) -> tree.Node:
        offset = self.cursor.token.offset
        steps: list[tuple[str, int]] = []
        while self.cursor.take("."):
            if self.cursor.token.kind != "name":
                raise self.cursor.unexpected("name")
            at = self.cursor.token.offset
            steps.append((self.cursor.member(), at))
        return tree.Path(offset, base, tuple(steps))

    def _filter(self, base: tree.Node) -> tree.Node:
        token = self.cursor.advance()
        with self.cursor.scope():
            self.cursor.declare_members()
            condition = self.expression()
        self.cursor.expect("]")
        return tree.Filter(token.offset, base, condition)

    def _call(self, callee: tree.Node) -> tree.Node:
        token = self.cursor.advance()
        arguments: list[tuple[str | None, tree.Node]] = []
        while not self.cursor.at(")"):
            arguments.append((self._parameter(), self.expression()))
            if not self.cursor.take(","):
                break
        self.cursor.expect(")")
        offset = callee.offset if isinstance(callee, tree.Name) else token.offset
        return tree.Call(offset, callee, tuple(arguments))

    def _parameter(self) -> str | None:
        mark = self.cursor.mark()
        if self.cursor.token.kind == "name" and (name := self.cursor.new_name()) and self.cursor.take(":"):
            return name
        self.cursor.reset(mark)
        return None

    def _instance_of(self, value: tree.Node) -> tree.Node:
        token = self.cursor.advance()
        self.cursor.expect("of")
        return tree.InstanceOf(token.offset, value, parse_type(self.cursor))

    # Operands

    def _prefix(self) -> tree.Node:
        token = self.cursor.token
        if token.kind in ("number", "string", "at"):
            return self._postfix(self._literal(self.cursor.advance()))
        if self.cursor.at_name():
            return self._postfix(tree.Name(token.offset, self.cursor.name()))
        if token.text in self._prefixes:
            return self._prefixes[self.cursor.advance().text](token)
        raise self.cursor.unexpected("value")

    def _literal(self, token: Token) -> tree.Literal | tree.Invalid:
        if token.kind == "string":
            return tree.Literal(token.offset, unescape(self.cursor.source, token))
        if token.kind == "at":
            text = unescape(self.cursor.source, token)
            value = read_temporal(text)
            if value is None and self._strict:
                raise self.cursor.fault(token, "bad_at_literal", found=text[:40])
            if value is None:
                return tree.Invalid(token.offset, "bad_at_literal", (("found", text[:40]),))
            return tree.Literal(token.offset, value)
        return tree.Literal(token.offset, self._number(token))

    def _number(self, token: Token) -> Decimal:
        try:
            return NUMBERS.create_decimal(token.text)
        except DecimalException:
            raise self.cursor.fault(token, "bad_number", found=token.text[:40]) from None

    def _constant(self, token: Token) -> tree.Node:
        return self._postfix(tree.Literal(token.offset, _CONSTANTS[token.text]))

    def _minus(self, token: Token) -> tree.Node:
        if self.cursor.token.kind == "number":
            # The sign belongs to a numeric literal, so that -1 instance of number holds.
            number = self._number(self.cursor.advance())
            return self._postfix(tree.Literal(token.offset, number.copy_negate()))
        return tree.Negation(token.offset, self.expression(_MINUS))

    def _tested_value(self, token: Token) -> tree.Node:
        if not self._tests:
            raise self.cursor.fault(token, "question_mark")
        return self._postfix(tree.TestedValue(token.offset))

    def _function(self, token: Token) -> tree.Node:
        self.cursor.expect("(")
        with self.cursor.scope():
            parameters = self._formal_parameters()
            if self.cursor.token.text == "external":
                self.cursor.advance()
                self.expression()
                return tree.FunctionOf(token.offset, parameters, None)
            return tree.FunctionOf(token.offset, parameters, self.expression())

    def _formal_parameters(self) -> tuple[tuple[str, TypeName | None], ...]:
        parameters: dict[str, TypeName | None] = {}
        while not self.cursor.at(")"):
            at = self.cursor.token
            name = self.cursor.new_name()
            if name in parameters:
                raise self.cursor.fault(at, "duplicate_parameter", found=name)
            parameters[name] = parse_type(self.cursor) if self.cursor.take(":") else None
            self.cursor.declare(name)
            if not self.cursor.take(","):
                break
        self.cursor.expect(")")
        return tuple(parameters.items())

    def _parenthesis(self, token: Token) -> tree.Node:
        inner = self._test()
        if self.cursor.take(".."):
            return self._range_end(token, inner, start_included=False)
        self.cursor.expect(")")
        return self._postfix(inner)

    def _bracket(self, token: Token) -> tree.Node:
        items: list[tree.Node] = []
        while not self.cursor.at("]"):
            items.append(self._test())
            if len(items) == 1 and self.cursor.take(".."):
                return self._range_end(token, items[0], start_included=True)
            if not self.cursor.take(","):
                break
        self.cursor.expect("]")
        return self._postfix(tree.ListOf(token.offset, tuple(items)))

    def _open_range(self, token: Token) -> tree.Node:
        start = self.expression()
        self.cursor.expect("..")
        return self._range_end(token, start, start_included=False)

    def _range_end(self, token: Token, start: tree.Node, *, start_included: bool) -> tree.Node:
        end = self.expression()
        if not self.cursor.at(")", "]", "["):
            raise self.cursor.unexpected("range_end")
        included = self.cursor.advance().text == "]"
        return self._postfix(tree.RangeOf(token.offset, start, end, start_included, included))

    def _closes_range(self) -> bool:
        # ]1..10[ ends with the sign that begins a filter; a filter is followed by an expression, a range's end is not.
        token = self.cursor.after()
        return token.kind == "end" or token.text in (")", "]", "}", ",", ".", "..", *_AFTER_RANGE)

    def _context(self, token: Token) -> tree.Node:
        entries: dict[str, tree.Node] = {}
        with self.cursor.scope():
            while not self.cursor.at("}"):
                at = self.cursor.token
                key = self._key()
                if key in entries:
                    raise self.cursor.fault(at, "duplicate_key", found=key)
                self.cursor.expect(":")
                entries[key] = self.expression()
                self.cursor.declare(key)
                if not self.cursor.take(","):
                    break
        self.cursor.expect("}")
        return self._postfix(tree.ContextOf(token.offset, tuple(entries.items())))

    def _key(self) -> str:
        if self.cursor.token.kind == "string":
            return unescape(self.cursor.source, self.cursor.advance())
        start = self.cursor.token
        if start.kind != "name":
            raise self.cursor.unexpected("key")
        end = self.cursor.advance()
        while self.cursor.token.kind in ("name", "number") or self.cursor.at(*NAME_SYMBOLS):
            end = self.cursor.advance()
        return " ".join(self.cursor.source[start.offset : end.end].split())

    def _if(self, token: Token) -> tree.Node:
        condition = self.expression()
        self.cursor.expect("then")
        consequence = self.expression()
        self.cursor.expect("else")
        return tree.If(token.offset, condition, consequence, self.expression())

    def _for(self, token: Token) -> tree.Node:
        with self.cursor.scope():
            iterators = self._iterators()
            self.cursor.expect("return")
            return tree.For(token.offset, iterators, self.expression())

    def _quantified(self, token: Token) -> tree.Node:
        with self.cursor.scope():
            iterators = self._iterators()
            self.cursor.expect("satisfies")
            return tree.Quantified(token.offset, token.text, iterators, self.expression())

    def _iterators(self) -> tuple[tuple[str, tree.Node], ...]:
        iterators: list[tuple[str, tree.Node]] = []
        while True:
            name = self.cursor.new_name()
            self.cursor.expect("in")
            iterators.append((name, self._domain()))
            self.cursor.declare(name)
            if not self.cursor.take(","):
                return tuple(iterators)

    def _domain(self) -> tree.Node:
        start = self.expression()
        token = self.cursor.token
        if self.cursor.take(".."):
            return tree.Iteration(token.offset, start, self.expression())
        return start

    # Tests: cells of decision tables, and what stands behind "in"

    def _in_tests(self) -> tree.Tests:
        start = self.cursor.token
        self._tests += 1
        alternatives = self._in_parenthesis(start) if self.cursor.take("(") else (self._test(_COMPARISON),)
        self._tests -= 1
        return tree.Tests(start.offset, alternatives)

    def _in_parenthesis(self, token: Token) -> tuple[tree.Node, ...]:
        # (1, 2) lists tests, (1..2) is one range, (a + b) * 2 one value.
        first = self._test()
        if self.cursor.take(","):
            alternatives = (first, *self._test_list())
            self.cursor.expect(")")
            return alternatives
        if self.cursor.take(".."):
            return (self._range_end(token, first, start_included=False),)
        self.cursor.expect(")")
        return (self._operators(self._postfix(first), _COMPARISON),)

    def _test_list(self) -> tuple[tree.Node, ...]:
        alternatives = [self._test()]
        while self.cursor.take(","):
            alternatives.append(self._test())
        return tuple(alternatives)

    def _test(self, power: int = 0) -> tree.Node:
        if self.cursor.at(*_COMPARISONS):
            token = self.cursor.advance()
            return tree.OpenTest(token.offset, token.text, self.expression(_COMPARISON))
        return self.expression(power)

    def _negated(self) -> tuple[tree.Node, ...]:
        # not(…) negates the whole cell; where more follows, it is the function not().
        mark = self.cursor.mark()
        self.cursor.advance()
        self.cursor.advance()
        alternatives = self._test_list()
        if self.cursor.take(")") and self.cursor.token.kind == "end":
            return alternatives
        self.cursor.reset(mark)
        return ()
