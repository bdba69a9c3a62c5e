"""One evaluation under way: where its names come from, and how values come in and go out."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal, DecimalException
from enum import Enum
from types import NoneType

from engine.feel.account import Account
from engine.feel.environment import Environment
from engine.feel.errors import FeelBudgetExceeded, NoValue, first_names
from engine.feel.values import NUMBERS, ORDERED, Function, MonthDuration, Range
from engine.feel.wide import WideDate, WideDateTime, WideDuration, WideTime

_COPIED_A_STEP = 4
"""Items of a result that are copied for the price of one step."""

_PLAIN = frozenset(
    {
        *(str, bool, NoneType, date, time, datetime, timedelta, MonthDuration, Function),
        *(WideDate, WideTime, WideDateTime, WideDuration),
    }
)


class Run(Account):
    """The state of one evaluation."""

    __slots__ = ("_admitted", "scope")

    def __init__(self, scope: Mapping[str, object], environment: Environment) -> None:
        super().__init__(environment)
        self.scope = scope
        self._admitted: dict[str, object] = {}

    def read(self, name: str, offset: int) -> object:
        """Return a variable's value, or null and a note."""
        if name in self._admitted:
            return self._admitted[name]
        if name not in self.scope:
            self.note(NoValue("unknown_name", name=name, known=first_names(self.scope)), offset)
            return None
        value = self.admit(self.scope[name], name, offset)
        self._admitted[name] = value
        return value

    def read_leaf(self, path: tuple[str, ...], offset: int) -> object:
        """Return a plain value deep inside a variable without copying what lies around it.

        :raise LookupError: when the way does not lead through contexts to a plain value.
        """
        value: object = self.scope
        for name in path:
            if not isinstance(value, dict | Mapping):
                raise LookupError
            value = value[name]
        if isinstance(value, dict | list | tuple | Mapping):
            raise LookupError
        return self.admit(value, path[-1], offset)

    def admit(self, value: object, name: str, offset: int, depth: int = 0) -> object:
        """Return an outside value as a FEEL value: plain, its own copy, exact; null and a note for what is none."""
        kind = type(value)
        if kind in _PLAIN:
            return value
        try:
            return self._convert(value, name, offset, depth)
        except NoValue as reason:
            self.note(reason, offset)
        except DecimalException:
            self.note(NoValue("number_too_large", name=name), offset)
        return None

    def release(self, value: object) -> object:
        """Return a result as the caller's own: lists and contexts are copied, and their size is limited."""
        budget = self.environment.budget
        if type(value) is not list and type(value) is not dict:
            return self._leaf(value, [0, budget.text])
        left = [budget.result, budget.text]
        copied = self._copy(value, left, 0)
        # A model may ask the same expression again and again, and keep each copy.
        self.charge((budget.result - left[0]) // _COPIED_A_STEP)
        self.allocate(budget.result - left[0])
        return copied

    def _copy(self, value: object, left: list[int], depth: int) -> object:
        left[0] -= 1
        if left[0] < 0:
            raise FeelBudgetExceeded("result", self.environment.budget.result)
        if type(value) is list:
            depth = self.deeper(depth)
            return [self._copy(item, left, depth) for item in value]
        if type(value) is dict:
            depth = self.deeper(depth)
            return {self._key(key, left): self._copy(item, left, depth) for key, item in value.items()}
        return self._leaf(value, left)

    def _key(self, key: str, left: list[int]) -> str:
        self._leaf(key, left)
        return key

    def _leaf(self, value: object, left: list[int]) -> object:
        if type(value) is not str:
            return _unsigned(value)
        left[1] -= len(value)
        if left[1] < 0:
            raise FeelBudgetExceeded("text", self.environment.budget.text)
        return value

    def _convert(self, value: object, name: str, offset: int, depth: int) -> object:
        if isinstance(value, Decimal) and value.is_finite():
            return NUMBERS.plus(value)
        if isinstance(value, str):
            return str.__str__(value.value if isinstance(value, Enum) else value)
        if isinstance(value, int):
            return _whole(value, name)
        if isinstance(value, list | tuple):
            depth = self._enter(len(value), depth)
            return [self.admit(item, name, offset, depth) for item in value]
        if isinstance(value, Mapping):
            depth = self._enter(len(value), depth)
            return {_key(key, name): self.admit(item, f"{name}.{key}", offset, depth) for key, item in value.items()}
        if isinstance(value, Range) and _is_end(value.start) and _is_end(value.end):
            return value
        if isinstance(value, float | Decimal):
            raise NoValue("float" if isinstance(value, float) else "number_too_large", name=name)
        raise NoValue("unsupported", name=name, python=type(value).__name__)

    def _enter(self, size: int, depth: int) -> int:
        self.charge(1 + size)
        self.allocate(size)
        return self.deeper(depth)


class Frame:
    """Names made inside the expression: loop variables, context entries, the item of a filter, ``?``."""

    __slots__ = ("names", "parent", "run")

    def __init__(self, run: Run, names: dict[str, object], parent: "Frame | None") -> None:
        self.run = run
        self.names = names
        self.parent = parent

    @classmethod
    def open(cls, scope: Mapping[str, object], environment: Environment) -> "Frame":
        """Return the outermost frame of a new evaluation."""
        return cls(Run(scope, environment), {}, None)

    def look_up(self, name: str, offset: int) -> object:
        """Return the innermost value of a name, else the variable of that name."""
        frame: Frame | None = self
        while frame is not None:
            if name in frame.names:
                return frame.names[name]
            frame = frame.parent
        return self.run.read(name, offset)

    def has(self, name: str) -> bool:
        """Return whether a name has a value, null included."""
        frame: Frame | None = self
        while frame is not None:
            if name in frame.names:
                return True
            frame = frame.parent
        return name in self.run.scope


def _unsigned(value: object) -> object:
    # Decimal knows a negative zero, FEEL does not.
    return value.copy_abs() if not value and isinstance(value, Decimal) else value


def _is_end(end: object) -> bool:
    return end is None or (type(end) in ORDERED and not (isinstance(end, Decimal) and not end.is_finite()))


def _whole(value: int, name: str) -> Decimal:
    if value.bit_length() > 20_000:
        raise NoValue("number_too_large", name=name)
    return NUMBERS.create_decimal(int(value))


def _key(key: object, name: str) -> str:
    if not isinstance(key, str):
        raise NoValue("unsupported", name=name, python=f"{type(key).__name__} key")
    return str(key)
