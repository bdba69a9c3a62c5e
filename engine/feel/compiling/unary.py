"""Rules for unary tests: the cells of decision tables, and what stands behind ``in``."""

from decimal import Decimal

from engine.feel import tree
from engine.feel.comparison import Truth, all_of, compare, equal_or_none, is_member, make_range
from engine.feel.compiling.core import Closure, Compiler, Rules, Test
from engine.feel.compiling.values import TESTED, range_between
from engine.feel.errors import NoValue
from engine.feel.run import Frame, Run
from engine.feel.values import Range, kind_of

_CONDITIONS = (tree.Comparison, tree.Between, tree.Logic, tree.In, tree.InstanceOf, tree.Quantified)
"""Expressions that are true or false by themselves, whatever value is tested."""


def compile_tests(node: tree.Tests, compiler: Compiler) -> Test:
    """Return the function that says whether a value passes."""
    alternatives = [_test(alternative, compiler, is_inside=node.is_inside) for alternative in node.alternatives]
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


def _test(node: tree.Node, compiler: Compiler, *, is_inside: bool) -> Test:
    compiler.size += 1
    if isinstance(node, tree.AnyValue):
        return lambda value, frame: True
    if isinstance(node, tree.OpenTest):
        return _open_test(node, compiler)
    if isinstance(node, tree.Literal):
        return _equal_to(node)
    constant = _constant_range(node)
    return _member(node, constant) if constant else _composed(node, compiler, is_inside=is_inside)


def _composed(node: tree.Node, compiler: Compiler, *, is_inside: bool) -> Test:
    outer, compiler.looks_at_tested = compiler.looks_at_tested, False
    # The ends of a range are compiled and evaluated once, or ranges within ranges would take twice as long each.
    ends = (compiler.compile(node.start), compiler.compile(node.end)) if isinstance(node, tree.RangeOf) else None
    closure = range_between(node, *ends) if ends and isinstance(node, tree.RangeOf) else compiler.compile(node)
    looks, compiler.looks_at_tested = compiler.looks_at_tested, outer
    if looks and is_inside and _is_tested_value(node):
        # In "a" in ?.tags, ? is what the test around looks at: no value is in itself.
        compiler.looks_at_tested = True
        return _member(node, closure)
    if looks:
        return _condition(node, closure)
    return _within(node, *ends) if ends and isinstance(node, tree.RangeOf) else _member(node, closure)


def _is_tested_value(node: tree.Node) -> bool:
    while isinstance(node, tree.Path | tree.Filter):
        node = node.base
    return isinstance(node, tree.TestedValue)


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
        return _is_member(value, candidate, frame, offset)

    return test


def _is_member(value: object, candidate: object, frame: Frame, offset: int) -> bool | None:
    try:
        return is_member(value, candidate, frame.run)
    except NoValue as reason:
        frame.run.note(reason, offset)
        return None


def _within(node: tree.RangeOf, start: Closure, end: Closure) -> Test:
    offset, starts, stops = node.offset, node.start_included, node.end_included
    above, below = ">=" if starts else ">", "<=" if stops else "<"

    def test(value: object, frame: Frame) -> bool | None:
        low, high = start(frame), end(frame)
        try:
            candidate = make_range(low, high, starts, stops)
        except NoValue as reason:
            frame.run.note(reason, offset)
            # Table 55: both ends are compared, so that a range without one of them holds false or null, never true.
            return all_of([_compared(above, value, low, frame.run), _compared(below, value, high, frame.run)])
        return _is_member(value, candidate, frame, offset)

    return test


def _compared(operator: str, value: object, end: object, run: Run) -> Truth:
    try:
        return compare(operator, value, end, run)
    except NoValue:
        return None


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
