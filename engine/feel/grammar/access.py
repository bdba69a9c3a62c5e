"""What stands behind an operand: path, filter, call, ``instance of``."""

from engine.feel import tree
from engine.feel.grammar.core import Parser
from engine.feel.tokens import KEYWORDS
from engine.feel.typenames import parse_type

_BEGINS = frozenset({"if", "for", "some", "every", "true", "false", "null", "function"})
_BEHIND_RANGE = {")", "]", "}", ",", ".", "..", "=", "!=", *(KEYWORDS - _BEGINS)}


def _path(parser: Parser, base: tree.Node) -> tree.Node:
    offset = parser.cursor.token.offset
    steps: list[tuple[str, int]] = []
    while parser.cursor.take("."):
        if parser.cursor.token.kind != "name":
            raise parser.cursor.unexpected("name")
        at = parser.cursor.token.offset
        steps.append((parser.cursor.member(), at))
    return tree.Path(offset, base, tuple(steps))


def _filter(parser: Parser, base: tree.Node) -> tree.Node | None:
    if parser.open_ranges and _closes_range(parser):
        return None
    token = parser.cursor.advance()
    with parser.cursor.scope():
        parser.cursor.declare_members()
        condition = parser.expression()
    parser.cursor.close(token, "]")
    return tree.Filter(token.offset, base, condition)


def _closes_range(parser: Parser) -> bool:
    # ]1..10[ ends with the sign that begins a filter; a filter is followed by an expression, a range's end is not.
    token = parser.cursor.after()
    return token.kind == "end" or token.text in _BEHIND_RANGE


def _call(parser: Parser, callee: tree.Node) -> tree.Node:
    token = parser.cursor.advance()
    arguments = parser.separated(token, ")", lambda: (_parameter(parser), parser.value()))
    offset = callee.offset if isinstance(callee, tree.Name) else token.offset
    return tree.Call(offset, callee, tuple(arguments))


def _parameter(parser: Parser) -> str | None:
    mark = parser.cursor.mark()
    if parser.cursor.token.kind == "name" and (name := parser.cursor.new_key()) and parser.cursor.take(":"):
        return name
    parser.cursor.reset(mark)
    return None


def _instance_of(parser: Parser, value: tree.Node) -> tree.Node:
    token = parser.cursor.advance()
    parser.cursor.expect("of")
    return tree.InstanceOf(token.offset, value, parse_type(parser.cursor))


POSTFIXES = {".": _path, "[": _filter, "(": _call, "instance": _instance_of}
