"""Boxed invocations: they call a function, of the file or built in, with arguments by name."""

from collections.abc import Sequence
from decimal import DecimalException

from engine.dmn.hearing import hearing_of
from engine.dmn.steps import Step
from engine.feel import Frame, Function
from engine.feel.errors import NoValue
from engine.feel.invoking import invoke
from engine.feel.run import Run
from engine.feel.values import kind_of

Bindings = Sequence[tuple[str, Step]]
"""Arguments by the names of the parameters."""


def compile_call(callee: Step, bindings: Bindings, element: str) -> Step:
    """Return what calls the function that a step gives; null, with a reason, when it gives none."""
    names = [name for name, _ in bindings]

    def call(frame: Frame) -> object:
        hearing, function = hearing_of(frame), callee(frame)
        if not isinstance(function, Function):
            hearing.say("not_function", element, kind=kind_of(function))
            return None
        values = [step(frame) for _, step in bindings]
        return hearing.within("", element, lambda: invoked(function, values, names, hearing))

    return call


def invoked(function: Function, values: Sequence[object], names: Sequence[str], run: Run) -> object:
    """Return what a function gives for arguments by name; null, with the reason, when it gives nothing."""
    try:
        return invoke(function, values, run, names)
    except NoValue as reason:
        run.note(reason, 0)
    except DecimalException:
        run.note(NoValue("arithmetic", operator=function.name), 0)
    except (OverflowError, ValueError):
        run.note(NoValue("out_of_range", operator=function.name), 0)
    return None
