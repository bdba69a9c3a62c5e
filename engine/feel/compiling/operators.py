"""Rules for operators: arithmetic, comparison, between, and, or."""

from collections.abc import Callable
from decimal import Decimal, DecimalException

from engine.feel import tree
from engine.feel.arithmetic import calculate, negate
from engine.feel.comparison import ORDER, all_of, compare, equal_or_none
from engine.feel.compiling.core import Closure, Compiler, Rules
from engine.feel.errors import NoValue
from engine.feel.run import Frame
from engine.feel.values import NUMBERS, kind_of

# Numbers are what conditions compare and add most; these shortcuts give what the general way gives.
_ON_NUMBERS: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": NUMBERS.add,
    "-": NUMBERS.subtract,
    "*": NUMBERS.multiply,
}


def _arithmetic(node: tree.Arithmetic, compiler: Compiler) -> Closure:
    first = compiler.compile(node.first)
    rest = [(sign, _ON_NUMBERS.get(sign), compiler.compile(operand), offset) for sign, offset, operand in node.rest]

    def chain(frame: Frame) -> object:
        value = first(frame)
        for operator, on_numbers, operand, offset in rest:
            right = operand(frame)
            try:
                if on_numbers and type(value) is Decimal and type(right) is Decimal:
                    value = on_numbers(value, right)
                else:
                    value = calculate(operator, value, right, frame.run)
            except NoValue as reason:
                frame.run.note(reason, offset)
                return None
            except DecimalException:
                frame.run.note(NoValue("arithmetic", operator=operator), offset)
                return None
        return value

    return chain


def _negation(node: tree.Negation, compiler: Compiler) -> Closure:
    operand, offset = compiler.compile(node.operand), node.offset

    def minus(frame: Frame) -> object:
        try:
            return negate(operand(frame))
        except NoValue as reason:
            frame.run.note(reason, offset)
            return None

    return minus


def _comparison(node: tree.Comparison, compiler: Compiler) -> Closure:
    left, right = compiler.compile(node.left), compiler.compile(node.right)
    if node.operator in ("=", "!="):
        return _equality(node, left, right)
    operator, offset, on_numbers = node.operator, node.offset, ORDER[node.operator]

    def order(frame: Frame) -> object:
        a, b = left(frame), right(frame)
        if type(a) is Decimal and type(b) is Decimal:
            return on_numbers(a, b)
        try:
            return compare(operator, a, b, frame.run)
        except NoValue as reason:
            frame.run.note(reason, offset)
            return None

    return order


def _equality(node: tree.Comparison, left: Closure, right: Closure) -> Closure:
    wanted, offset = node.operator == "=", node.offset

    def same(frame: Frame) -> object:
        try:
            truth = equal_or_none(left(frame), right(frame), frame.run)
        except NoValue as reason:
            frame.run.note(reason, offset)
            return None
        return None if truth is None else truth is wanted

    return same


def _between(node: tree.Between, compiler: Compiler) -> Closure:
    value, low, high = compiler.compile(node.value), compiler.compile(node.low), compiler.compile(node.high)
    offset = node.offset

    def between(frame: Frame) -> object:
        tested = value(frame)
        return all_of(
            [_ordered(tested, ">=", low(frame), frame, offset), _ordered(tested, "<=", high(frame), frame, offset)]
        )

    return between


def _ordered(left: object, operator: str, right: object, frame: Frame, offset: int) -> bool | None:
    try:
        return compare(operator, left, right, frame.run)
    except NoValue as reason:
        frame.run.note(reason, offset)
        return None


def _logic(node: tree.Logic, compiler: Compiler) -> Closure:
    operands = [compiler.compile(operand) for operand in node.operands]
    operator, offset, decisive = node.operator, node.offset, node.operator == "or"

    def logic(frame: Frame) -> object:
        unknown = False
        for operand in operands:
            truth = operand(frame)
            if truth is decisive:
                return decisive
            if truth is not True and truth is not False:
                unknown = True
                if truth is not None:
                    frame.run.note(NoValue("not_boolean", operator=operator, kind=kind_of(truth)), offset)
        return None if unknown else not decisive

    return logic


OPERATOR_RULES: Rules = {
    tree.Arithmetic: _arithmetic,
    tree.Negation: _negation,
    tree.Comparison: _comparison,
    tree.Between: _between,
    tree.Logic: _logic,
}
