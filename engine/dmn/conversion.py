"""Gives values the type that the model declares for them, or null with the reason."""

from engine.dmn.hearing import hearing_of
from engine.dmn.kinds import Kind
from engine.dmn.showing import shown
from engine.feel import Frame
from engine.feel.values import kind_of


def converted(value: object, kind: Kind | None, where: str, frame: Frame) -> object:
    """Return a value as one of a type; null, with the reason, when it cannot become one.

    :param kind: None for any value.
    :param where: what the value belongs to, for the reason.
    """
    if kind is None:
        return value
    fitting, is_right = kind.convert(value, frame)
    if not is_right:
        _refuse(value, kind, where, frame)
    return fitting


def _refuse(value: object, kind: Kind, where: str, frame: Frame) -> None:
    hearing, limit = hearing_of(frame), kind.limit_on(value, frame)
    if limit:
        hearing.say("not_in_type", where, value=shown(value)[:80], type=kind.name, allowed=limit[:80])
    else:
        hearing.say("wrong_type", where, kind=kind_of(value), type=kind.name)
