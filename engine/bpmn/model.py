"""What a diagram says about each element, as frozen values: the part of BPMN that SpiffWorkflow does not keep."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """The BPMN element kinds that Alur executes."""

    START = "startEvent"
    END = "endEvent"
    TERMINATE_END = "terminateEndEvent"
    MESSAGE_END = "messageEndEvent"
    USER_TASK = "userTask"
    MANUAL_TASK = "manualTask"
    SERVICE_TASK = "serviceTask"
    SCRIPT_TASK = "scriptTask"
    BUSINESS_RULE_TASK = "businessRuleTask"
    EXCLUSIVE_GATEWAY = "exclusiveGateway"
    PARALLEL_GATEWAY = "parallelGateway"
    MESSAGE_CATCH = "messageIntermediateCatchEvent"
    MESSAGE_THROW = "messageIntermediateThrowEvent"
    TIMER_CATCH = "timerIntermediateCatchEvent"
    TIMER_BOUNDARY = "timerBoundaryEvent"
    MESSAGE_BOUNDARY = "messageBoundaryEvent"


HUMAN_TASKS = frozenset({Kind.USER_TASK, Kind.MANUAL_TASK})
BOUNDARY_EVENTS = frozenset({Kind.TIMER_BOUNDARY, Kind.MESSAGE_BOUNDARY})
CATCHING = frozenset({Kind.MESSAGE_CATCH, Kind.TIMER_CATCH}) | BOUNDARY_EVENTS


@dataclass(frozen=True, slots=True)
class Timer:
    """When a timer event is due: a FEEL expression or an ISO 8601 literal.

    :param kind: `timeDate` (a date is due when that day is over) or `timeDuration`.
    """

    kind: str
    expression: str


@dataclass(frozen=True, slots=True)
class MessageUse:
    """How an event throws or catches a message; `key` and `payload` are FEEL expressions."""

    name: str
    key: str
    payload: str | None = None
    result: str | None = None


@dataclass(frozen=True, slots=True)
class Element:
    """One flow node of a diagram with what Alur needs to execute and to show it.

    :param names: the label by language, `id` and `en`.
    :param documentation: what the step is for, by language; a language without words of its own has the Indonesian.
    :param assignee: FEEL expression for the person; None where `candidate` is used.
    :param candidate: FEEL expression for the group that may claim the task.
    :param due: FEEL expression for the due date.
    :param result: variable that takes what the element gives.
    :param inputs: FEEL expressions by parameter name of a service.
    """

    id: str
    kind: Kind
    names: Mapping[str, str]
    lane: str | None = None
    documentation: Mapping[str, str] = field(default_factory=dict)
    assignee: str | None = None
    candidate: str | None = None
    due: str | None = None
    form: str | None = None
    service: str | None = None
    decision: str | None = None
    script: str | None = None
    result: str | None = None
    inputs: Mapping[str, str] = field(default_factory=dict)
    timer: Timer | None = None
    message: MessageUse | None = None
    attached_to: str | None = None
    is_interrupting: bool = True
    incoming: tuple[str, ...] = ()
    outgoing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Flow:
    """A sequence flow; `condition` is FEEL."""

    id: str
    source: str
    target: str
    names: Mapping[str, str]
    condition: str | None = None
    is_default: bool = False


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane: who does the steps inside it."""

    id: str
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Outline:
    """A process as plain values: the source of the linear text beside the diagram and of every check."""

    process: str
    names: Mapping[str, str]
    elements: Mapping[str, Element]
    flows: Mapping[str, Flow]
    lanes: tuple[Lane, ...]
