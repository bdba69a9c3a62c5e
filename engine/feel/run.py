"""One evaluation under way: where its names come from, what it may still spend, why parts of it became null."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal, DecimalException
from enum import Enum
from types import NoneType

from engine.calendar import WorkCalendar
from engine.feel.errors import FeelBudgetExceeded, Note, NoValue
from engine.feel.tokens import line_and_column
from engine.feel.values import NUMBERS, ORDERED, Function, MonthDuration, Range
from engine.feel.wide import WideDate, WideDateTime, WideDuration, WideTime

MAX_NOTES = 50
_Marks = list[tuple[str, Mapping[str, str], int]]
_FAILURE_STEPS = 4

_PLAIN = frozenset(
    {
        *(str, bool, NoneType, date, time, datetime, timedelta, MonthDuration, Function),
        *(WideDate, WideTime, WideDateTime, WideDuration),
    }
)


@dataclass(frozen=True, slots=True)
class Budget:
    """What one evaluation may spend; the defaults end the worst expression in well under a second."""

    steps: int = 200_000
    """Work: operations inside loops, items looked at by built-ins and comparisons."""
    allocation: int = 2_000_000
    """List items, context entries and characters made, in all."""
    nesting: int = 60
    """Levels of lists and contexts inside each other."""
    result: int = 20_000
    """Items and entries of the result."""


@dataclass(frozen=True, slots=True)
class Environment:
    """What an expression may know besides its data.

    :param now: the present instant, aware, in the city's zone.
    :param calendar: the working days of the city or unit; without it, their built-ins give null.
    :raise ValueError: when ``now`` has no zone.
    """

    now: datetime
    calendar: WorkCalendar | None = None
    budget: Budget = Budget()

    def __post_init__(self) -> None:
        if self.now.tzinfo is None:
            raise ValueError("the present instant needs a zone: without it, today is undefined")


class Run:
    """The state of one evaluation."""

    __slots__ = ("_admitted", "_marks", "environment", "fuel", "memory", "scope")

    def __init__(self, scope: Mapping[str, object], environment: Environment) -> None:
        self.scope = scope
        self.environment = environment
        budget = environment.budget
        self.fuel = budget.steps
        self.memory = budget.allocation
        self._admitted: dict[str, object] = {}
        self._marks: _Marks | None = None

    def charge(self, steps: int) -> None:
        """Pay for work. :raise FeelBudgetExceeded: when nothing is left."""
        self.fuel -= steps
        if self.fuel < 0:
            raise FeelBudgetExceeded("steps", self.environment.budget.steps)

    def allocate(self, cells: int) -> None:
        """Pay for items or characters about to be made. :raise FeelBudgetExceeded: when nothing is left."""
        self.memory -= cells
        if self.memory < 0:
            raise FeelBudgetExceeded("allocation", self.environment.budget.allocation)

    def deeper(self, depth: int) -> int:
        """Return the next nesting level. :raise FeelBudgetExceeded: below the deepest allowed one."""
        if depth >= self.environment.budget.nesting:
            raise FeelBudgetExceeded("nesting", self.environment.budget.nesting)
        return depth + 1

    def note(self, reason: NoValue, offset: int) -> None:
        """Record why the operation at an offset has no value; in a loop, once. It costs, as failing takes long."""
        self.charge(_FAILURE_STEPS)
        self._mark(reason.code, reason.params, offset)

    def at(self, offset: int, compute: Callable[[], object]) -> object:
        """Return a value computed elsewhere, in another source; what was recorded there counts as recorded here."""
        marks = self._exchange(None)
        try:
            return compute()
        finally:
            for code, params, _ in self._exchange(marks) or ():
                self._mark(code, params, offset)

    def take_over(self, other: "Run") -> None:
        """Record what another evaluation recorded, and forget it there."""
        for code, params, offset in other._exchange(None) or ():
            self._mark(code, params, offset)

    def _exchange(self, marks: "_Marks | None") -> "_Marks | None":
        before, self._marks = self._marks, marks
        return before

    def _mark(self, code: str, params: Mapping[str, str], offset: int) -> None:
        marks = self._marks
        if marks is None:
            marks = self._marks = []
        if len(marks) < MAX_NOTES and not any(at == offset and known == code for known, _, at in marks):
            marks.append((code, params, offset))

    def quietly(self, compute: Callable[[], object]) -> object:
        """Return a value computed without recording why it, or a part of it, is null."""
        marks, self._marks = self._marks, None
        value = compute()
        self._marks = marks
        return value

    def take_notes(self, source: str, where: str = "") -> tuple[Note, ...]:
        """Return what was recorded since the last call, placed in the source it belongs to."""
        marks, self._marks = self._marks, None
        if not marks:
            return ()
        return tuple(Note(code, params, *line_and_column(source, at), where) for code, params, at in marks)

    def read(self, name: str, offset: int) -> object:
        """Return a variable's value, or null and a note."""
        if name in self._admitted:
            return self._admitted[name]
        if name not in self.scope:
            self.note(NoValue("unknown_name", name=name, known=", ".join(map(str, list(self.scope)[:40]))), offset)
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
        if type(value) is not list and type(value) is not dict:
            return _unsigned(value)
        return self._copy(value, [self.environment.budget.result], 0)

    def _copy(self, value: object, left: list[int], depth: int) -> object:
        left[0] -= 1
        if left[0] < 0:
            raise FeelBudgetExceeded("result", self.environment.budget.result)
        if type(value) is list:
            depth = self.deeper(depth)
            return [self._copy(item, left, depth) for item in value]
        if type(value) is dict:
            depth = self.deeper(depth)
            return {key: self._copy(item, left, depth) for key, item in value.items()}
        return _unsigned(value)

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
