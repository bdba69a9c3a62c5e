"""What one step of a case changed, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from engine.bpmn.asking import OpenedTask
from engine.bpmn.deciding import Decided
from engine.moments import Layers
from engine.values import value


@dataclass(frozen=True, slots=True)
class OpenedTimer:
    """A timer that now waits."""

    token: int
    due: datetime


@dataclass(frozen=True, slots=True)
class OpenedSubscription:
    """An event that now waits for a message or signal.

    :param key: None for a signal.
    :param listener: the first token of an event that listens again and again; its own number otherwise.
    :param takes_earlier: it also takes the latest message that was sent before it came.
    :param heard: but not the one of this number, which was heard on the way to it.
    """

    token: int
    message: str
    key: str | None
    listener: int
    takes_earlier: bool
    heard: int | None = None


@dataclass(frozen=True, slots=True)
class SentMessage:
    """A message for other cases, which stays for those that come to wait for it later; or a signal, which does not.

    :param key: None for a signal.
    """

    message: str
    key: str | None
    payload: Mapping[str, Any]

    @property
    def is_signal(self) -> bool:
        """It goes to everybody, and only at that moment."""
        return self.key is None


@dataclass(frozen=True, slots=True)
class OpenedIncident:
    """An element that could not be executed.

    :param seen: the variables that it saw then, scope by scope.
    """

    token: int
    element: str
    code: str
    text: str
    seen: Layers = field(default=(), repr=False)


@value(frozen=True, slots=True)
class ClosedTokens:
    """Tokens that no longer wait, by the table in which they stood."""

    tasks: tuple[int, ...] = ()
    timers: tuple[int, ...] = ()
    subscriptions: tuple[int, ...] = ()
    incidents: tuple[int, ...] = ()


@value(frozen=True, slots=True)
class Outcome:
    """What one step changed.

    :param state: the new state, None when the case has finished.
    :param renewed: the variables that changed outside the diagram, and the tasks that were opened anew by them.
    :param absent: whom it would have asked, had they been there.
    :param decided: the decisions that gave something, in the order in which they were asked.
    """

    state: bytes | None
    variables: Mapping[str, Any]
    passed: tuple[str, ...]
    closed: ClosedTokens
    tasks: tuple[OpenedTask, ...] = ()
    timers: tuple[OpenedTimer, ...] = ()
    subscriptions: tuple[OpenedSubscription, ...] = ()
    messages: tuple[SentMessage, ...] = ()
    incidents: tuple[OpenedIncident, ...] = ()
    renewed: tuple[Any, ...] = ()
    absent: tuple[int, ...] = ()
    decided: tuple[Decided, ...] = ()
