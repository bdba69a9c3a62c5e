"""Unary tests: the cells of decision tables, and what stands behind ``in``."""

from engine.feel import tree
from engine.feel.grammar.brackets import range_end
from engine.feel.grammar.core import COMPARISON, Parser
from engine.feel.tokens import Token


def parse_cell(parser: Parser) -> tree.Tests:
    """Return the tests of a whole cell: ``-``, ``not(…)``, or a list of tests."""
    start = parser.cursor.token
    if parser.cursor.at("-") and parser.cursor.after().kind == "end":
        parser.cursor.advance()
        return tree.Tests(start.offset, (tree.AnyValue(start.offset),))
    if parser.cursor.at("not") and parser.cursor.after().text == "(":
        alternatives = _negated(parser)
        if alternatives:
            return tree.Tests(start.offset, alternatives, negated=True)
    return tree.Tests(start.offset, _test_list(parser))


def _negated(parser: Parser) -> tuple[tree.Node, ...]:
    # not(…) negates the whole cell; where more follows, it is the function not().
    mark = parser.cursor.mark()
    parser.cursor.advance()
    parser.cursor.advance()
    alternatives = _test_list(parser)
    if parser.cursor.take(")") and parser.cursor.token.kind == "end":
        return alternatives
    parser.cursor.reset(mark)
    return ()


def _test_list(parser: Parser) -> tuple[tree.Node, ...]:
    alternatives = [parser.test()]
    while parser.cursor.take(","):
        alternatives.append(parser.test())
    return tuple(alternatives)


def _in(parser: Parser, left: tree.Node, token: Token) -> tree.Node:
    parser.cursor.advance()
    start = parser.cursor.token
    is_inside = parser.tests > 0
    parser.tests += 1
    alternatives = _in_parenthesis(parser, start) if parser.cursor.take("(") else (parser.test(COMPARISON),)
    parser.tests -= 1
    return tree.In(token.offset, left, tree.Tests(start.offset, alternatives, is_inside=is_inside))


def _in_parenthesis(parser: Parser, token: Token) -> tuple[tree.Node, ...]:
    # (1, 2) lists tests, (1..2) is one range, (a + b) * 2 one value.
    first = parser.test()
    if parser.cursor.take(","):
        alternatives = (first, *_test_list(parser))
        parser.cursor.close(token, ")")
        return alternatives
    if parser.cursor.take(".."):
        return (range_end(parser, token, first, start_included=False),)
    parser.cursor.close(token, ")")
    return (parser.operators(parser.postfix(first), COMPARISON),)


CELL_INFIXES = {"in": _in}
