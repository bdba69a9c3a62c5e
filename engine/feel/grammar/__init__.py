"""The grammar of FEEL (DMN 1.5, 10.3.1.2): from source to tree; a new construct is a rule in one of these modules."""

from collections.abc import Iterable, Mapping

from engine.feel import tree
from engine.feel.cursor import Cursor
from engine.feel.grammar.access import POSTFIXES
from engine.feel.grammar.blocks import BLOCK_PREFIXES
from engine.feel.grammar.brackets import BRACKET_PREFIXES
from engine.feel.grammar.cells import CELL_INFIXES, parse_cell
from engine.feel.grammar.core import Parser, Rules
from engine.feel.grammar.literals import LITERAL_PREFIXES
from engine.feel.grammar.operators import OPERATOR_INFIXES, OPERATOR_PREFIXES
from engine.feel.tree import TypeName

_RULES = Rules(
    prefixes={**LITERAL_PREFIXES, **BRACKET_PREFIXES, **BLOCK_PREFIXES, **OPERATOR_PREFIXES},
    infixes={**OPERATOR_INFIXES, **CELL_INFIXES},
    postfixes=POSTFIXES,
)


def parse_expression(
    source: str,
    names: Iterable[str],
    functions: Iterable[str],
    types: Mapping[str, TypeName],
    *,
    members: Iterable[str] = (),
    strict: bool = True,
) -> tree.Node:
    """Return the tree of an expression. :raise FeelSyntaxError: when it is none."""
    parser = _parser(Cursor(source, names, functions, types, members), strict=strict)
    return parser.whole(parser.expression() if strict else parser.value())


def parse_unary_tests(
    source: str,
    names: Iterable[str],
    functions: Iterable[str],
    types: Mapping[str, TypeName],
    *,
    members: Iterable[str] = (),
    strict: bool = True,
) -> tree.Tests:
    """Return the tree of a decision table's cell. :raise FeelSyntaxError: when it is none."""
    parser = _parser(Cursor(source, names, functions, types, members), strict=strict, tests=1)
    return parser.whole(parse_cell(parser))


def _parser(cursor: Cursor, *, strict: bool, tests: int = 0) -> Parser:
    if strict:
        cursor.refuse_dates()
    return Parser(cursor, _RULES, strict=strict, tests=tests)
