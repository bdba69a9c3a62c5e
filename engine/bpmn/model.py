"""What a diagram says about each element, as frozen values: the part of BPMN that SpiffWorkflow does not keep."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property


class Kind(StrEnum):
    """The BPMN flow nodes that Alur executes."""

    START = "startEvent"
    CATCH = "intermediateCatchEvent"
    THROW = "intermediateThrowEvent"
    BOUNDARY = "boundaryEvent"
    END = "endEvent"
    USER_TASK = "userTask"
    MANUAL_TASK = "manualTask"
    SERVICE_TASK = "serviceTask"
    SCRIPT_TASK = "scriptTask"
    BUSINESS_RULE_TASK = "businessRuleTask"
    SEND_TASK = "sendTask"
    RECEIVE_TASK = "receiveTask"
    EXCLUSIVE_GATEWAY = "exclusiveGateway"
    PARALLEL_GATEWAY = "parallelGateway"
    INCLUSIVE_GATEWAY = "inclusiveGateway"
    EVENT_GATEWAY = "eventBasedGateway"
    SUB_PROCESS = "subProcess"
    EVENT_SUB_PROCESS = "eventSubProcess"
    TRANSACTION = "transaction"
    CALL_ACTIVITY = "callActivity"


HUMAN_TASKS = frozenset({Kind.USER_TASK, Kind.MANUAL_TASK})
EVENTS = frozenset({Kind.START, Kind.CATCH, Kind.THROW, Kind.BOUNDARY, Kind.END})
GATEWAYS = frozenset({Kind.EXCLUSIVE_GATEWAY, Kind.PARALLEL_GATEWAY, Kind.INCLUSIVE_GATEWAY, Kind.EVENT_GATEWAY})
#: Activities with a diagram of their own inside.
COMPOUND = frozenset({Kind.SUB_PROCESS, Kind.EVENT_SUB_PROCESS, Kind.TRANSACTION, Kind.CALL_ACTIVITY})
ACTIVITIES = frozenset(Kind) - EVENTS - GATEWAYS


class Trigger(StrEnum):
    """What an event throws or waits for."""

    MESSAGE = "message"
    TIMER = "timer"
    SIGNAL = "signal"
    CONDITION = "conditional"
    ERROR = "error"
    ESCALATION = "escalation"
    LINK = "link"
    COMPENSATION = "compensate"
    CANCEL = "cancel"
    TERMINATE = "terminate"


#: Triggers for which a token stands and waits; the others find their catcher when they are thrown.
AWAITED = frozenset({Trigger.MESSAGE, Trigger.TIMER, Trigger.SIGNAL, Trigger.CONDITION})


@dataclass(frozen=True, slots=True)
class Timer:
    """When a timer event is due: a FEEL expression or an ISO 8601 literal.

    :param kind: `timeDate` (a date is due when that day is over), `timeDuration`, or `timeCycle`.
    """

    kind: str
    expression: str


@dataclass(frozen=True, slots=True)
class EventUse:
    """What an event throws or catches.

    :param name: of the message, signal or link; the code of an error or escalation, None to catch any.
    :param key: FEEL expression for the key by which a message finds its case.
    :param payload: FEEL expression for what a thrown event carries.
    :param result: variable that takes what a caught event carried.
    :param condition: FEEL expression of a conditional event.
    :param activity: what a compensation event compensates; None for everything in its scope.
    """

    name: str | None = None
    key: str | None = None
    payload: str | None = None
    result: str | None = None
    condition: str | None = None
    activity: str | None = None


#: Ends the name of the way from a throwing link to the one that catches it; no id in a diagram can hold its sign.
LINK = "#link"


class LoopKind(StrEnum):
    """How often an activity runs when it is reached once."""

    STANDARD = "standard"
    SEQUENTIAL = "sequential"
    PARALLEL = "parallel"


@dataclass(frozen=True, slots=True)
class Loop:
    """The marker of an activity that runs more than once.

    :param condition: FEEL; of a standard loop whether it goes round again, of the others whether enough have run.
    :param tests_before: a standard loop asks before its first round.
    :param cardinality: FEEL, how many instances; of a standard loop the most rounds.
    :param collection: FEEL, a list with one item for each instance.
    :param item: variable that holds the item inside an instance.
    :param output: variable of the case that takes the list of what the instances gave, in the order of the items.
    :param gives: FEEL, what an instance gives.
    """

    kind: LoopKind
    condition: str | None = None
    tests_before: bool = False
    cardinality: str | None = None
    collection: str | None = None
    item: str | None = None
    output: str | None = None
    gives: str | None = None


@dataclass(frozen=True, slots=True)
class Element:
    """One flow node of a diagram with what Alur needs to execute and to show it.

    :param names: the label by language, `id` and `en`.
    :param container: the process or sub-process in which it is drawn.
    :param documentation: what the step is for, by language; a language without words of its own has the Indonesian.
    :param assignee: FEEL expression for the person; None where `candidate` is used.
    :param candidate: FEEL expression for the group that may claim the task.
    :param due: FEEL expression for the due date.
    :param follow_up: FEEL expression for the day before which nobody needs to look at the task.
    :param calendar: the calendar by which its due dates and its timer count working days; None for that of the case.
    :param priority: FEEL expression for a whole number from 0 to 100; 50 if there is none.
    :param result: variable that takes what the element gives.
    :param inputs: FEEL expressions by parameter name of a service, or by variable of a called process.
    :param outputs: FEEL expressions over the variables of a called process by variable of the case.
    :param called: the process that a call activity runs.
    :param handler: of a boundary compensation event, the activity that undoes.
    :param is_handler: runs for compensation only.
    :param subject: of a start event, FEEL expression for whom or what the case that it begins is about.
    :param title: of a start event, FEEL expression for the title of the case that it begins.
    """

    id: str
    kind: Kind
    names: Mapping[str, str]
    container: str
    lane: str | None = None
    documentation: Mapping[str, str] = field(default_factory=dict)
    assignee: str | None = None
    candidate: str | None = None
    due: str | None = None
    follow_up: str | None = None
    calendar: str | None = None
    priority: str | None = None
    form: str | None = None
    service: str | None = None
    decision: str | None = None
    script: str | None = None
    result: str | None = None
    inputs: Mapping[str, str] = field(default_factory=dict)
    outputs: Mapping[str, str] = field(default_factory=dict)
    called: str | None = None
    trigger: Trigger | None = None
    timer: Timer | None = None
    event: EventUse | None = None
    loop: Loop | None = None
    attached_to: str | None = None
    handler: str | None = None
    is_interrupting: bool = True
    is_handler: bool = False
    subject: str | None = None
    title: str | None = None
    incoming: tuple[str, ...] = ()
    outgoing: tuple[str, ...] = ()

    @property
    def is_human(self) -> bool:
        """A person does it."""
        return self.kind in HUMAN_TASKS

    @property
    def waits(self) -> bool:
        """A token that reaches it waits for something that happens outside the case."""
        return self.kind in (Kind.CATCH, Kind.BOUNDARY, Kind.RECEIVE_TASK) and self.trigger in AWAITED


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


@dataclass(frozen=True)
class Outline:
    """A process, and those it calls, as plain values: the source of the linear text and of every check.

    :param process: the process that cases run; elements of called processes have these as their container.
    """

    process: str
    names: Mapping[str, str]
    elements: Mapping[str, Element]
    flows: Mapping[str, Flow]
    lanes: tuple[Lane, ...]

    @cached_property
    def has_undoing(self) -> bool:
        """Whether anything in it can be undone."""
        return any(element.trigger is Trigger.COMPENSATION for element in self.elements.values())

    @cached_property
    def inside(self) -> Mapping[str, tuple[Element, ...]]:
        """The elements by the process or sub-process in which they are drawn."""
        found: dict[str, list[Element]] = {}
        for element in self.elements.values():
            found.setdefault(element.container, []).append(element)
        return {name: tuple(elements) for name, elements in found.items()}

    @cached_property
    def boundaries(self) -> Mapping[str, tuple[Element, ...]]:
        """The boundary events by the activity to which they are attached."""
        found: dict[str, list[Element]] = {}
        for element in self.elements.values():
            if element.attached_to:
                found.setdefault(element.attached_to, []).append(element)
        return {name: tuple(elements) for name, elements in found.items()}

    def starts(self, container: str) -> Iterator[Element]:
        """Yield the start events of a process or sub-process."""
        return (element for element in self.inside.get(container, ()) if element.kind is Kind.START)

    def event_sub_processes(self, container: str) -> Iterator[tuple[Element, Element]]:
        """Yield the event sub-processes of a process or sub-process, each with its start event."""
        for element in self.inside.get(container, ()):
            if element.kind is Kind.EVENT_SUB_PROCESS:
                yield from ((element, start) for start in self.starts(element.id))

    def content(self, element: Element) -> str:
        """Return the container whose elements run inside a compound activity."""
        return element.called or element.id if element.kind is Kind.CALL_ACTIVITY else element.id

    def next_of(self, element: Element) -> Iterator[Element]:
        """Yield the elements to which the flows out of one lead."""
        return (self.elements[self.flows[flow].target] for flow in element.outgoing)

    def first_of(self, container: str, start: str | None = None) -> list[str]:
        """Return where a process or sub-process begins: its plain starts, and what no flow leads to.

        :param start: the one start event that has happened, instead of the plain ones.
        """
        return [element.id for element in self.inside.get(container, ()) if _is_first(element, start)]


def _is_first(element: Element, start: str | None) -> bool:
    if element.kind is Kind.START:
        return element.id == start if start else element.trigger is None
    is_apart = element.kind in (Kind.BOUNDARY, Kind.EVENT_SUB_PROCESS) or element.is_handler
    is_link_catch = element.kind is Kind.CATCH and element.trigger is Trigger.LINK
    return not (is_apart or is_link_catch or element.incoming)
