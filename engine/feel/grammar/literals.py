"""Literals: numbers, strings, ``@"…"``, true, false, null, and ``?``, the value a unary test looks at."""

from decimal import Decimal, DecimalException

from engine.feel import tree
from engine.feel.grammar.core import Parser
from engine.feel.temporal import read_temporal
from engine.feel.tokens import Token, unescape
from engine.feel.values import NUMBERS


def number_of(parser: Parser, token: Token) -> Decimal:
    """Return the value of a number's token. :raise FeelSyntaxError: when it is beyond all numbers."""
    try:
        return NUMBERS.create_decimal(token.text)
    except DecimalException:
        raise parser.cursor.fault(token, "bad_number", found=token.text[:40]) from None


def _literal(parser: Parser, token: Token) -> tree.Node:
    if token.kind == "at":
        return parser.postfix(_moment(parser, token))
    is_text = token.kind == "string"
    value = unescape(parser.cursor.source, token) if is_text else number_of(parser, token)
    return parser.postfix(tree.Literal(token.offset, value))


def _moment(parser: Parser, token: Token) -> tree.Node:
    text = unescape(parser.cursor.source, token)
    value = read_temporal(text)
    if value is not None:
        return tree.Literal(token.offset, value)
    if parser.strict:
        raise parser.cursor.fault(token, "bad_at_literal", found=text[:40])
    return tree.Invalid(token.offset, "bad_at_literal", (("found", text[:40]),))


def _constant(parser: Parser, token: Token) -> tree.Node:
    return parser.postfix(tree.Literal(token.offset, _CONSTANTS[token.text]))


def _tested_value(parser: Parser, token: Token) -> tree.Node:
    if not parser.tests:
        raise parser.cursor.fault(token, "question_mark")
    return parser.postfix(tree.TestedValue(token.offset))


_CONSTANTS = {"true": True, "false": False, "null": None}
LITERAL_PREFIXES = {"": _literal, "?": _tested_value, **dict.fromkeys(_CONSTANTS, _constant)}
