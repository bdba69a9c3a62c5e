"""Compiles FEEL once, keeps what was compiled, and evaluates it within a budget."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TypeVar

from engine.feel.compiling import FUNCTION_NAMES, Closure, Test, compile_tests, new_compiler
from engine.feel.environment import Environment
from engine.feel.errors import FeelBudgetExceeded, Note
from engine.feel.grammar import parse_expression, parse_unary_tests
from engine.feel.reader import MAX_DEPTH
from engine.feel.run import Frame
from engine.feel.tokens import fault
from engine.feel.tree import TypeName
from engine.values import value

_Compiled = TypeVar("_Compiled")
_Types = frozenset[tuple[str, TypeName]]
_SHORT = 400
"""Characters of a source of which many are kept. Compiled, one takes about 350 bytes a character."""
_FEW = 200
"""Names of a source of which many are kept, as each keeps all its names."""
_SIZE_A_STEP = 8
"""Operations of a source for the price of one step: it costs little, but a decision may ask it again and again."""
_NO_NAMES: frozenset[str] = frozenset()
_NO_TYPES: Mapping[str, TypeName] = {}
_NO_TYPE: _Types = frozenset()


@value(frozen=True, slots=True)
class Evaluation:
    """What an expression gives: its value, and why parts of it became null on the way."""

    value: object | None  # "object" alone would let pyright believe that it is never None
    notes: tuple[Note, ...] = ()


class Expression:
    """A compiled expression; safe to share between threads.

    ``names`` are the variables it needs: the first part of each path that does not come from the expression itself.
    Names inside a filter are not among them, because they may be the item's.
    """

    __slots__ = ("_closure", "_cost", "names", "source")

    def __init__(self, source: str, closure: Closure, names: frozenset[str], size: int) -> None:
        self.source, self.names = source, names
        self._closure, self._cost = closure, 1 + size // _SIZE_A_STEP

    def evaluate(self, scope: Mapping[str, object], environment: Environment) -> Evaluation:
        """Return the value for some variables.

        :raise FeelBudgetExceeded: when it takes more than the environment's budget.
        """
        frame = Frame.open(scope, environment)
        return Evaluation(guarded(frame, self.value_in), frame.run.take_notes(self.source))

    def value_in(self, frame: Frame) -> object:
        """Return the value within a frame that several expressions share, all inside one ``guarded``.

        The frame's run keeps the notes.
        """
        frame.run.charge(self._cost)
        return frame.run.release(self._closure(frame))


class UnaryTests:
    """A compiled cell of a decision table: tests of a value, one of which must pass."""

    __slots__ = ("_cost", "_test", "names", "source")

    def __init__(self, source: str, test: Test, names: frozenset[str], size: int) -> None:
        self.source, self.names = source, names
        self._test, self._cost = test, size // _SIZE_A_STEP

    def evaluate(self, value: object, scope: Mapping[str, object], environment: Environment) -> Evaluation:
        """Return whether a value passes: true, false or null.

        :raise FeelBudgetExceeded: when it takes more than the environment's budget.
        """
        frame = Frame.open(scope, environment)
        truth = guarded(frame, lambda inside: self.passes_in(inside, inside.run.admit(value, "?", 0)))
        return Evaluation(truth, frame.run.take_notes(self.source))

    def passes_in(self, frame: Frame, value: object) -> bool | None:
        """Return whether a FEEL value passes within a frame that several tests share, all inside one ``guarded``.

        The frame's run keeps the notes.
        """
        if self._cost:
            frame.run.charge(self._cost)
        return self._test(value, frame)


def compile_expression(
    source: str,
    names: frozenset[str] = _NO_NAMES,
    types: Mapping[str, TypeName] = _NO_TYPES,
    *,
    strict: bool = True,
    members: frozenset[str] = _NO_NAMES,
) -> Expression:
    """Return the compiled expression; the same one for the same source.

    :param names: names in scope that have keywords or symbols in them (``pre-test``), which text alone would take
        apart; of a function, every name, as only those that are known can be called.
    :param types: types that may be named beside those of FEEL.
    :param strict: whether it is refused that something well formed can only be null: a call of a function that does not
        exist, or with arguments it does not take, and ``@"…"`` that is no moment. Whoever writes a diagram is told so;
        the standard has null for it, and so has an evaluation that is not strict, with the same words as its reason.
    :param members: such names of what contexts hold (`special_names` finds them); they count behind a dot and in a
        filter.
    :raise FeelSyntaxError: when the source is no expression, or is too long or too deep.
    """
    compiled = _short_expression if _is_short(source, names) else _long_expression
    return compiled(source, names, _frozen(types), strict, members)


def compile_unary_tests(
    source: str,
    names: frozenset[str] = _NO_NAMES,
    types: Mapping[str, TypeName] = _NO_TYPES,
    *,
    strict: bool = True,
    members: frozenset[str] = _NO_NAMES,
) -> UnaryTests:
    """Return the compiled tests of a decision table's cell; the same ones for the same source.

    :param names: as for ``compile_expression``, and so are ``types``, ``strict`` and ``members``.
    :raise FeelSyntaxError: when the source is no list of unary tests, or is too long or too deep.
    """
    compiled = _short_tests if _is_short(source, names) else _long_tests
    return compiled(source, names, _frozen(types), strict, members)


def _is_short(source: str, names: frozenset[str]) -> bool:
    return len(source) <= _SHORT and len(names) <= _FEW


def _frozen(types: Mapping[str, TypeName]) -> _Types:
    return frozenset(types.items()) if types else _NO_TYPE


def _expression(source: str, names: frozenset[str], types: _Types, strict: bool, members: frozenset[str]) -> Expression:
    def build() -> Expression:
        compiler = new_compiler(source, names, strict=strict)
        node = parse_expression(source, names, FUNCTION_NAMES, dict(types), members=members, strict=strict)
        closure = compiler.compile(node)
        return Expression(source, closure, frozenset(compiler.free), compiler.size)

    return _within_depth(source, build)


def _unary_tests(
    source: str, names: frozenset[str], types: _Types, strict: bool, members: frozenset[str]
) -> UnaryTests:
    def build() -> UnaryTests:
        compiler = new_compiler(source, names, strict=strict)
        tests = parse_unary_tests(source, names, FUNCTION_NAMES, dict(types), members=members, strict=strict)
        test = compile_tests(tests, compiler)
        return UnaryTests(source, test, frozenset(compiler.free), compiler.size)

    return _within_depth(source, build)


_short_expression, _long_expression = lru_cache(2048)(_expression), lru_cache(32)(_expression)
_short_tests, _long_tests = lru_cache(4096)(_unary_tests), lru_cache(32)(_unary_tests)


def guarded(frame: Frame, compute: Callable[[Frame], _Compiled]) -> _Compiled:
    """Return what a computation gives; a stack that runs out counts as a budget that does."""
    try:
        return compute(frame)
    except RecursionError:
        raise FeelBudgetExceeded("nesting", frame.run.environment.budget.nesting) from None


def _within_depth(source: str, build: Callable[[], _Compiled]) -> _Compiled:
    # Depth is limited while parsing; a caller that is itself deep in the stack may still run out of it.
    try:
        return build()
    except RecursionError:
        raise fault(source, 0, "too_deep", limit=str(MAX_DEPTH)) from None
