"""Steps: what computes the value of a part of a model from a frame of names."""

from collections.abc import Callable

from engine.dmn.conversion import converted
from engine.dmn.hearing import hearing_of
from engine.dmn.kinds import Kind
from engine.feel import FeelSyntaxError, Frame

Step = Callable[[Frame], object]


def nothing(code: str, element: str, **params: str) -> Step:
    """Return what gives null, and says why."""

    def give(frame: Frame) -> object:
        hearing_of(frame).say(code, element, **params)
        return None

    return give


def unreadable(error: FeelSyntaxError, element: str) -> Step:
    """Return what gives null because an expression cannot be read."""
    return nothing("syntax", element, id=error.message("id"), en=error.message("en"))


def converting(step: Step, kind: Kind | None, element: str) -> Step:
    """Return what computes a value as one of a type; one that cannot be is null, with a reason."""
    if kind is None:
        return step
    return lambda frame: converted(step(frame), kind, element, frame)


def apart(step: Step, element: str) -> Step:
    """Return a step whose notes belong to its own expressions, not to that which calls it."""
    return lambda frame: hearing_of(frame).within("", element, lambda: step(frame))
