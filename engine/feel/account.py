"""What an evaluation has spent, and why parts of it became null."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from engine.feel.environment import Environment
from engine.feel.errors import FeelBudgetExceeded, Note, NoValue
from engine.feel.tokens import line_and_column

MAX_NOTES = 50
MAX_SORTS = 6
MAX_NOTED = 1_000
"""Characters of a fact in a note: a name or a text of the data may be as long as it likes."""
_Marks = list[tuple[str, Mapping[str, str], int]]
_FAILURE_STEPS = 4


class Account:
    """What is left of an evaluation's budget, and what was recorded on the way."""

    __slots__ = ("_marks", "_sorts", "environment", "fuel", "memory")

    def __init__(self, environment: Environment) -> None:
        self.environment = environment
        self.fuel = environment.budget.steps
        self.memory = environment.budget.allocation
        self._marks: _Marks | None = None
        self._sorts = 0

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

    @contextmanager
    def sorting(self) -> Iterator[None]:
        """Sort by a function of the expression, which may sort itself.

        Each level takes some of the machine's own stack: without a limit, that of a thread would overflow before
        Python's does, and the whole process with it.

        :raise FeelBudgetExceeded: in more than a few sorts within each other.
        """
        self._sorts += 1
        if self._sorts > MAX_SORTS:
            raise FeelBudgetExceeded("nesting", MAX_SORTS)
        try:
            yield
        finally:
            self._sorts -= 1

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

    def take_over(self, other: "Account") -> None:
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
            marks.append((code, {name: text[:MAX_NOTED] for name, text in params.items()}, offset))

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
