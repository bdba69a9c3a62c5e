"""Operators between operands, and minus before one."""

from engine.feel import tree
from engine.feel.grammar.core import AND, COMPARISON, COMPARISONS, MINUS, OR, POWER, PRODUCT, SUM, Parser
from engine.feel.grammar.literals import number_of
from engine.feel.tokens import Token


def _logic(binding: int, parser: Parser, left: tree.Node, token: Token) -> tree.Node:
    operands = [left]
    while parser.cursor.take(token.text):
        operands.append(parser.expression(binding))
    return tree.Logic(token.offset, token.text, tuple(operands))


def _or(parser: Parser, left: tree.Node, token: Token) -> tree.Node:
    return _logic(OR, parser, left, token)


def _and(parser: Parser, left: tree.Node, token: Token) -> tree.Node:
    return _logic(AND, parser, left, token)


def _arithmetic(binding: int, parser: Parser, left: tree.Node, token: Token) -> tree.Node:
    rest: list[tuple[str, int, tree.Node]] = []
    while parser.binds(parser.cursor.token, binding):
        sign = parser.cursor.advance()
        rest.append((sign.text, sign.offset, parser.expression(binding)))
    return tree.Arithmetic(token.offset, left, tuple(rest))


def _sum(parser: Parser, left: tree.Node, token: Token) -> tree.Node:
    return _arithmetic(SUM, parser, left, token)


def _product(parser: Parser, left: tree.Node, token: Token) -> tree.Node:
    return _arithmetic(PRODUCT, parser, left, token)


def _power(parser: Parser, left: tree.Node, token: Token) -> tree.Node:
    return _arithmetic(POWER, parser, left, token)


def _comparison(parser: Parser, left: tree.Node, token: Token) -> tree.Node:
    parser.cursor.advance()
    return tree.Comparison(token.offset, token.text, left, parser.expression(COMPARISON))


def _between(parser: Parser, left: tree.Node, token: Token) -> tree.Node:
    parser.cursor.advance()
    low = parser.expression(COMPARISON)
    parser.cursor.expect("and")
    return tree.Between(token.offset, left, low, parser.expression(COMPARISON))


def _minus(parser: Parser, token: Token) -> tree.Node:
    if parser.cursor.token.kind == "number":
        # The sign belongs to a numeric literal, so that -1 instance of number holds.
        number = number_of(parser, parser.cursor.advance())
        return parser.postfix(tree.Literal(token.offset, number.copy_negate()))
    return tree.Negation(token.offset, parser.expression(MINUS))


OPERATOR_PREFIXES = {"-": _minus}
OPERATOR_INFIXES = {
    "or": _or,
    "and": _and,
    "between": _between,
    **dict.fromkeys(COMPARISONS, _comparison),
    **dict.fromkeys("+-", _sum),
    **dict.fromkeys("*/", _product),
    "**": _power,
}
