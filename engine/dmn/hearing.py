"""One question to a decision model under way: what it has spent, which reasons it noted, which tables it asked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from engine.dmn.boxes import DecisionTable
from engine.dmn.errors import DecisionConflict
from engine.dmn.notes import DecisionNote
from engine.feel import Environment, Frame, Note
from engine.feel.run import Run

MOST_NOTES = 200
"""Reasons that are kept of one question: a table of ten thousand rules may fail in each."""
Marks = list[tuple[str, Mapping[str, str], int]] | None
"""What an expression has recorded and not yet placed."""


@dataclass(frozen=True, slots=True)
class TableTrace:
    """What a decision table did.

    :param element: the decision or function whose table it is.
    :param values: what the input expressions gave, in the order of the columns.
    :param asked: how many rules were looked at: none when an input is not allowed, those up to the first of FIRST.
    :param applying: the rules that applied, by their place.
    :param misses: of rules whose cells were tested, the column that did not pass.
    :param masks: of columns that have an index, the rules that their value passes, as bits; None if it does not say.
    """

    element: str
    table: DecisionTable
    values: tuple[object, ...]
    asked: int
    applying: tuple[int, ...]
    misses: Mapping[int, int] = field(default_factory=dict[int, int], hash=False)
    masks: tuple[tuple[int, int | None], ...] = ()

    @property
    def inputs(self) -> Mapping[str, object]:
        """What the input expressions gave, by their text."""
        return {column.expression: value for column, value in zip(self.table.inputs, self.values, strict=True)}

    @property
    def fired(self) -> tuple[str, ...]:
        """The rules that applied, in the order of the table."""
        return tuple([self.table.rules[place].id for place in self.applying])

    def missed(self, rule: int) -> int | None:
        """Return the first column that is known to have kept a rule from applying."""
        columns = [column for column, mask in self.masks if mask is not None and not mask >> rule & 1]
        return min([*columns, *([self.misses[rule]] if rule in self.misses else [])], default=None)


class Hearing(Run):
    """The run that all expressions of one question share.

    :param is_strict: whether rules of a UNIQUE table that contradict stop the question, rather than give null.
    """

    __slots__ = ("is_strict", "notes", "traces")

    def __init__(self, scope: Mapping[str, object], environment: Environment, *, is_strict: bool = False) -> None:
        super().__init__(scope, environment)
        self.notes: list[Note] = []
        self.traces: list[TableTrace] = []
        self.is_strict = is_strict

    def within(self, source: str, where: str, compute: Callable[[], object]) -> object:
        """Return what an expression gives, its notes placed in its own source; those of a caller stay with it."""
        outer = self.set_aside()
        try:
            return compute()
        finally:
            self.place(source, where, outer)

    def set_aside(self) -> Marks:
        """Return what a caller has recorded, and begin anew; ``place`` gives it back."""
        outer, self._marks = self._marks, None
        return outer

    def place(self, source: str, where: str, outer: Marks) -> None:
        """Keep what was recorded since ``set_aside`` as notes on a source."""
        if self._marks is not None:
            self.notes += self.take_notes(source, where)
        self._marks = outer

    def take_notes(self, source: str, where: str = "") -> tuple[Note, ...]:
        """Return what was recorded since the last call; nothing once there are many reasons."""
        if len(self.notes) < MOST_NOTES:
            return super().take_notes(source, where)
        self._marks = None
        return ()

    def say(self, code: str, where: str, **params: str) -> None:
        """Note why a part of the model has no value."""
        self.charge(1)
        if len(self.notes) < MOST_NOTES:
            self.notes.append(DecisionNote(code, params, 1, 1, where))

    def conflict(self, trace: TableTrace) -> None:
        """Note that several rules of a UNIQUE table apply. :raise DecisionConflict: in a strict hearing."""
        if self.is_strict:
            raise DecisionConflict(trace.element, trace.fired, trace.inputs)
        self.say("conflict", trace.element, rules=", ".join(trace.fired))


def hearing_of(frame: Frame) -> Hearing:
    """Return the hearing that a frame belongs to."""
    assert isinstance(frame.run, Hearing)
    return frame.run
