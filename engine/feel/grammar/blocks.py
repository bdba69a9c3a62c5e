"""What begins with a keyword: if, for, some, every, function."""

from engine.feel import tree
from engine.feel.grammar.core import Parser
from engine.feel.tokens import Token
from engine.feel.tree import TypeName
from engine.feel.typenames import parse_type


def _if(parser: Parser, token: Token) -> tree.Node:
    condition = parser.expression()
    parser.cursor.expect("then")
    consequence = parser.value()
    parser.cursor.expect("else")
    return tree.If(token.offset, condition, consequence, parser.value())


def _for(parser: Parser, token: Token) -> tree.Node:
    with parser.cursor.scope():
        iterators = _iterators(parser)
        parser.cursor.expect("return")
        return tree.For(token.offset, iterators, parser.value())


def _quantified(parser: Parser, token: Token) -> tree.Node:
    with parser.cursor.scope():
        iterators = _iterators(parser)
        parser.cursor.expect("satisfies")
        return tree.Quantified(token.offset, token.text, iterators, parser.expression())


def _iterators(parser: Parser) -> tuple[tuple[str, tree.Node], ...]:
    iterators: list[tuple[str, tree.Node]] = []
    while True:
        name = parser.cursor.new_name()
        parser.cursor.expect("in")
        iterators.append((name, _domain(parser)))
        parser.cursor.declare(name)
        if not parser.cursor.take(","):
            return tuple(iterators)


def _domain(parser: Parser) -> tree.Node:
    start = parser.expression()
    token = parser.cursor.token
    if parser.cursor.take(".."):
        return tree.Iteration(token.offset, start, parser.expression())
    return start


def _function(parser: Parser, token: Token) -> tree.Node:
    opening = parser.cursor.expect("(")
    with parser.cursor.scope():
        parameters = _formal_parameters(parser, opening)
        if parser.cursor.token.text == "external":
            parser.cursor.advance()
            parser.expression()
            return tree.FunctionOf(token.offset, parameters, None)
        return tree.FunctionOf(token.offset, parameters, parser.value())


def _formal_parameters(parser: Parser, opening: Token) -> tuple[tuple[str, TypeName | None], ...]:
    parameters: dict[str, TypeName | None] = {}

    def read() -> None:
        at = parser.cursor.token
        name = parser.cursor.new_key()
        if name in parameters:
            raise parser.cursor.fault(at, "duplicate_parameter", found=name)
        parameters[name] = parse_type(parser.cursor) if parser.cursor.take(":") else None
        parser.cursor.declare(name)

    parser.separated(opening, ")", read)
    return tuple(parameters.items())


BLOCK_PREFIXES = {"if": _if, "for": _for, "some": _quantified, "every": _quantified, "function": _function}
