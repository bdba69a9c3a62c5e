"""Functions that a DMN file defines: knowledge models, and functions in boxes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from engine.dmn.kinds import Kind
from engine.dmn.steps import Step
from engine.feel import Frame, Function, TypeName
from engine.feel.errors import NoValue
from engine.feel.run import Run
from engine.feel.values import kind_of

_CALL_STEPS = 4


@dataclass(frozen=True)
class Definition:
    """A function's definition: it becomes a function with the frame of names around it.

    :param shapes: the types of the parameters as FEEL knows them, :param result: that of what it gives.
    """

    name: str
    parameters: tuple[str, ...]
    kinds: tuple[Kind | None, ...]
    shapes: tuple[TypeName | None, ...]
    result: TypeName | None
    body: Step

    def function(self, frame: Callable[[], Frame]) -> Function:
        """Return the function; the frame is asked for when it is called."""
        return Function(self.name, self.parameters, self._caller(frame), self.shapes, self.result)

    def _caller(self, frame: Callable[[], Frame]) -> Callable[[Run, list[object]], object]:
        def call(run: Run, arguments: list[object]) -> object:
            run.charge(_CALL_STEPS)
            around = frame()
            names = dict(zip(self.parameters, _accepted(arguments, self.kinds, around), strict=True))
            return self.body(Frame(run, names, around))

        return call


def _accepted(arguments: Sequence[object], kinds: Sequence[Kind | None], frame: Frame) -> list[object]:
    pairs = zip(arguments, kinds, strict=True)
    return [value if kind is None else _argument(value, kind, frame) for value, kind in pairs]


def _argument(value: object, kind: Kind, frame: Frame) -> object:
    converted, is_right = kind.convert(value, frame)
    if not is_right:
        raise NoValue("parameter_type", kind=kind_of(value), expected_kind=kind.name)
    return converted
