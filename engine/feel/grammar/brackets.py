"""What brackets hold: lists, ranges, contexts, and an expression in parentheses."""

from engine.feel import tree
from engine.feel.grammar.core import Parser
from engine.feel.tokens import KEYWORDS, Token, unescape


def range_end(parser: Parser, token: Token, start: tree.Node, *, start_included: bool) -> tree.Node:
    """Return the range whose opening bracket and start are read, and whose end stands here."""
    parser.open_ranges += 1
    end = parser.expression()
    parser.open_ranges -= 1
    if parser.cursor.token.kind == "end":
        raise parser.cursor.unclosed(token, "]" if start_included else ")")
    if not parser.cursor.at(")", "]", "["):
        raise parser.cursor.unexpected("range_end")
    included = parser.cursor.advance().text == "]"
    return parser.postfix(tree.RangeOf(token.offset, start, end, start_included, included))


def _parenthesis(parser: Parser, token: Token) -> tree.Node:
    inner = parser.test()
    if parser.cursor.take(".."):
        return range_end(parser, token, inner, start_included=False)
    parser.cursor.close(token, ")")
    return parser.postfix(inner)


def _bracket(parser: Parser, token: Token) -> tree.Node:
    if parser.cursor.at("]") and not _begins_range(parser):
        parser.cursor.advance()
        return parser.postfix(tree.ListOf(token.offset, ()))
    first = parser.test()
    if parser.cursor.take(".."):
        return range_end(parser, token, first, start_included=True)
    items = [first]
    while parser.cursor.take(","):
        items.append(parser.test())
    parser.cursor.close(token, "]")
    return parser.postfix(tree.ListOf(token.offset, tuple(items)))


def _begins_range(parser: Parser) -> bool:
    # []1..5[] is a list of a range without its ends: behind the end of a list, no value can stand.
    token = parser.cursor.after()
    return token.kind in ("number", "string", "at") or (token.kind == "name" and token.text not in KEYWORDS)


def _open_range(parser: Parser, token: Token) -> tree.Node:
    if parser.cursor.token.kind == "end" or parser.cursor.at(")", "]", "}", ","):
        raise parser.cursor.fault(token, "unexpected", found=token.text, expected="value")
    start = parser.expression()
    parser.cursor.expect("..")
    return range_end(parser, token, start, start_included=False)


def _context(parser: Parser, token: Token) -> tree.Node:
    entries: dict[str, tree.Node] = {}
    twice: list[tree.Node] = []

    def read() -> None:
        at = parser.cursor.token
        key, value = _entry(parser)
        if key in entries:
            twice.append(_twice(parser, at, key))
        entries[key] = value

    with parser.cursor.scope():
        parser.separated(token, "}", read)
    return parser.postfix(twice[0] if twice else tree.ContextOf(token.offset, tuple(entries.items())))


def _entry(parser: Parser) -> tuple[str, tree.Node]:
    key = _key(parser)
    parser.cursor.expect(":")
    value = parser.value()
    parser.cursor.declare(key)
    return key, value


def _key(parser: Parser) -> str:
    if parser.cursor.token.kind == "string":
        return unescape(parser.cursor.source, parser.cursor.advance())
    return parser.cursor.new_key("key")


def _twice(parser: Parser, at: Token, key: str) -> tree.Node:
    # A context whose keys are not distinct is null, says the standard.
    if parser.strict:
        raise parser.cursor.fault(at, "duplicate_key", found=key)
    return tree.Invalid(at.offset, "duplicate_key", (("found", key),))


BRACKET_PREFIXES = {"(": _parenthesis, "[": _bracket, "]": _open_range, "{": _context}
