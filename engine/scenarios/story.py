"""What happened to the case of a scenario, one happening after another, and what came of each."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from engine.bpmn.deciding import Decided
from engine.bpmn.outcome import OpenedIncident, SentMessage
from engine.scenarios.world import ServiceCall


class Happening(StrEnum):
    """What moved the case."""

    BEGINS = "begins"
    COMPLETE = "complete"
    TIMER = "timer"
    MESSAGE = "message"
    RETRY = "retry"


@dataclass(frozen=True, slots=True)
class Move:
    """One happening and what came of it.

    :param step: the place of the step in the scenario; None of the beginning.
    :param name: of the element, or of the message.
    :param passed: the elements that were left, in order.
    """

    happening: Happening
    step: int | None
    name: str
    at: datetime
    passed: tuple[str, ...]
    decided: tuple[Decided, ...]
    calls: tuple[ServiceCall, ...]
    sent: tuple[SentMessage, ...]
    failed: tuple[OpenedIncident, ...]
