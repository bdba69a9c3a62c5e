"""Rules for unary tests: the cells of decision tables, and what stands behind ``in``."""

from decimal import Decimal

from engine.feel import tree
from engine.feel.comparison import compare, equal_or_none, is_member, make_range
from engine.feel.compiling.core import Closure, Compiler, Rules, Test
from engine.feel.compiling.values import TESTED
from engine.feel.errors import NoValue
from engine.feel.run import Frame
from engine.feel.values import Range, kind_of

_CONDITIONS = (tree.Comparison, tree.Between, tree.Logic, tree.In, tree.InstanceOf, tree.Quantified)
"""Expressions that are true or false by themselves, whatever value is tested."""


def compile_tests(node: tree.Tests, compiler: Compiler) -> Test:
    """Return the function that says whether a value passes."""
    alternatives = [_test(alternative, compiler) for alternative in node.alternatives]
    if len(alternatives) == 1 and not node.negated:
        return alternatives[0]
    found = not node.negated

    def passes(value: object, frame: Frame) -> bool | None:
        unknown = False
        for alternative in alternatives:
            truth = alternative(value, frame)
            if truth:
                return found
            unknown = unknown or truth is None
        return None if unknown else not found

    return passes


def _test(node: tree.Node, compiler: Compiler) -> Test:
    if isinstance(node, tree.AnyValue):
        return lambda value, frame: True
    if isinstance(node, tree.OpenTest):
        return _open_test(node, compiler)
    if isinstance(node, tree.Literal):
        return _equal_to(node)
    outer, compiler.looks_at_tested = compiler.looks_at_tested, False
    closure = _constant_range(node) or compiler.compile(node)
    looks, compiler.looks_at_tested = compiler.looks_at_tested, outer
    return _condition(node, closure) if looks else _member(node, closure)


def _open_test(node: tree.OpenTest, compiler: Compiler) -> Test:
    operand, operator, offset = compiler.compile(node.operand), node.operator, node.offset

    def test(value: object, frame: Frame) -> bool | None:
        try:
            if operator not in ("=", "!="):
                return compare(operator, value, operand(frame), frame.run)
            truth = equal_or_none(value, operand(frame), frame.run)
            return None if truth is None else truth is (operator == "=")
        except NoValue as reason:
            frame.run.note(reason, offset)
            return None

    return test


def _equal_to(node: tree.Literal) -> Test:
    constant, offset = node.value, node.offset
    is_plain = isinstance(constant, Decimal | str | bool)

    def test(value: object, frame: Frame) -> bool | None:
        if is_plain and type(value) is type(constant):
            return value == constant
        try:
            return (
                is_member(value, constant, frame.run)
                if isinstance(value, list)
                else equal_or_none(value, constant, frame.run)
            )
        except NoValue as reason:
            frame.run.note(reason, offset)
            return None

    return test


def _condition(node: tree.Node, closure: Closure) -> Test:
    offset = node.offset

    def test(value: object, frame: Frame) -> bool | None:
        truth = closure(Frame(frame.run, {TESTED: value}, frame))
        if truth is None or isinstance(truth, bool):
            return truth
        frame.run.note(NoValue("not_boolean", operator="?", kind=kind_of(truth)), offset)
        return None

    return test


def _member(node: tree.Node, closure: Closure) -> Test:
    offset, is_condition = node.offset, isinstance(node, _CONDITIONS)

    def test(value: object, frame: Frame) -> bool | None:
        candidate = closure(frame)
        if is_condition and not isinstance(value, bool):
            return candidate if isinstance(candidate, bool) else None
        if candidate is None and not isinstance(node, tree.Name | tree.Path):
            return None
        try:
            return is_member(value, candidate, frame.run)
        except NoValue as reason:
            frame.run.note(reason, offset)
            return None

    return test


def _constant_range(node: tree.Node) -> Closure | None:
    if (
        not isinstance(node, tree.RangeOf)
        or not isinstance(node.start, tree.Literal)
        or not isinstance(node.end, tree.Literal)
    ):
        return None
    try:
        constant = make_range(node.start.value, node.end.value, node.start_included, node.end_included)
    except NoValue:
        return None
    return lambda frame: constant


def _in(node: tree.In, compiler: Compiler) -> Closure:
    value, tests = compiler.compile(node.value), compile_tests(node.tests, compiler)
    return lambda frame: tests(value(frame), frame)


def _open_range(node: tree.OpenTest, compiler: Compiler) -> Closure:
    operand, operator, offset = compiler.compile(node.operand), node.operator, node.offset

    def new_range(frame: Frame) -> object:
        end = operand(frame)
        try:
            make_range(end, end, True, True)
        except NoValue as reason:
            frame.run.note(reason, offset)
            return None
        return _OPEN_RANGES[operator](end) if operator in _OPEN_RANGES else None

    return new_range


_OPEN_RANGES = {
    "<": lambda end: Range(None, end, False, False),
    "<=": lambda end: Range(None, end, False, True),
    ">": lambda end: Range(end, None, False, False),
    ">=": lambda end: Range(end, None, True, False),
    "=": lambda end: Range(end, end, True, True),
}
TEST_RULES: Rules = {tree.In: _in, tree.OpenTest: _open_range}
