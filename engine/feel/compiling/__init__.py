"""Turns the syntax tree into Python closures; a new kind of node is a rule in one of these modules."""

from engine.feel.compiling.calls import CALL_RULES, FUNCTION_NAMES
from engine.feel.compiling.core import Closure, Compiler, Rules, Test
from engine.feel.compiling.definitions import DEFINITION_RULES
from engine.feel.compiling.loops import LOOP_RULES
from engine.feel.compiling.operators import OPERATOR_RULES
from engine.feel.compiling.unary import TEST_RULES, compile_tests
from engine.feel.compiling.values import VALUE_RULES

_RULES: Rules = {**VALUE_RULES, **OPERATOR_RULES, **LOOP_RULES, **CALL_RULES, **DEFINITION_RULES, **TEST_RULES}


def new_compiler(source: str, names: frozenset[str], *, strict: bool = True) -> Compiler:
    """Return a compiler of one source, in a scope with these names, that knows every kind of node."""
    return Compiler(source, _RULES, names, strict=strict)


__all__ = ["FUNCTION_NAMES", "Closure", "Test", "compile_tests", "new_compiler"]
