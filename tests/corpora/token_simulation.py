"""Replays the traces of bpmn-js-token-simulation (MIT) on our own machine, to see that it executes BPMN as they say.

A trace lists `enter:ID:scope`, `exit:ID:scope`, `signal:ID:scope` and the making of scopes, of flows too. Compared is
what activities, events and gateways do, in order, process by process, without the names of scopes: those are the
simulator's own. It is the trace that says what happens from outside: which start, which event comes next, which flow a
gateway takes.

What the machine tells is read like this, because the two name some things differently:

* A start event, an event at an activity, an event sub-process and the end of a link happen; they are not entered.
* Events behind an event gateway stand there already; the simulator enters none of them, and never exits the gateway.
* An activity that an event at it ends has an exit; what goes down with it has none, nor has the event that threw, nor
  one that terminates.
* Of an event at an activity and the activity that it ends the simulator exits either first: we say the activity.

Models are changed only by what execution needs: see `adapt`.
"""

import json
from collections.abc import Collection, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from lxml import etree

from engine.bpmn.asking import OpenedTask
from engine.bpmn.model import Element, Kind, Outline, Trigger
from engine.bpmn.notes import INCIDENT, KEY
from engine.bpmn.outline import read_outline
from engine.bpmn.read import NAMES, read_xml
from engine.bpmn.state import Stand, Token, decode_state, encode_state, first_state
from engine.bpmn.timers import next_due
from engine.bpmn.vocabulary import BPMN
from engine.bpmn.workflow import CaseWorkflow, ProcessSpec

Step = tuple[str, str]

NOW = datetime(2026, 10, 5, tzinfo=UTC)
_TASKS = "task", "userTask", "manualTask", "serviceTask", "businessRuleTask"
_DECIDING = Kind.EXCLUSIVE_GATEWAY, Kind.INCLUSIVE_GATEWAY
_WAITING = Stand.ASKS, Stand.WAITS, Stand.LISTENS


def adapt(root: etree._Element, trace: list[Step]) -> None:
    """Add to a model what execution needs and the simulator does without.

    * A task that waits for nothing is an empty script, or a manual task where the trace lets it wait.
    * A task from which a message flow leads is a send task.
    * A start event to which a message flow leads is a message start.
    * An event at an activity that says nothing waits for a message.
    * Signal events without a reference share one signal. Messages need no reference: here they go along their flows.
    * A timer comes after a day; one that interrupts nothing every day, so that a trace can trigger it again.
    * The condition of an event is never true by itself.
    * A gateway decides as the trace does: each of its flows has its own id as condition (`_decided_by_trace`).
    """
    flows = list(root.iter(_tag("messageFlow")))
    sources, targets = ({flow.get(end) for flow in flows} for end in ("sourceRef", "targetRef"))
    for node in root.iter(*map(_tag, _TASKS)):
        name = node.get("id", "")
        node.tag = _tag("sendTask" if name in sources else "manualTask" if _waits_at(trace, name) else "scriptTask")
    for node in root.iter(_tag("startEvent"), _tag("boundaryEvent")):
        is_awaited = node.tag == _tag("boundaryEvent") or node.get("id") in targets
        if is_awaited and not any(str(child.tag).endswith("EventDefinition") for child in node):
            etree.SubElement(node, _tag("messageEventDefinition"))
    etree.SubElement(root, _tag("signal"), id="shared", name="shared")
    for node in root.iter(_tag("signalEventDefinition")):
        node.set("signalRef", node.get("signalRef", "shared"))
    for node in root.iter(_tag("timerEventDefinition")):
        is_repeated = bool(node.xpath("boolean(../@cancelActivity='false' or ../@isInterrupting='false')"))
        _replace_content(node, "timeCycle" if is_repeated else "timeDuration", "R/P1D" if is_repeated else "P1D")
    for node in root.iter(_tag("conditionalEventDefinition")):
        _replace_content(node, "condition", "never")


def _tag(name: str) -> str:
    return f"{{{BPMN}}}{name}"


def _replace_content(node: etree._Element, name: str, text: str) -> None:
    for child in list(node):
        node.remove(child)
    etree.SubElement(node, _tag(name)).text = text


def _waits_at(trace: list[Step], task: str) -> bool:
    """Say whether a task waits: its exit is triggered, or does not come as often as it is entered."""
    done = [action for action, name in trace if name == task]
    return "signal" in done or done.count("enter") > done.count("exit")


def read_trace(path: Path) -> list[Step]:
    """Return action and element of each line; the drawing of a collapsed sub-process is the sub-process."""
    rows = (row.split(":") for row in json.loads(path.read_text(encoding="utf-8")))
    return [(action, name.removesuffix("_plane")) for action, name, _ in rows]


class World:
    """All that a model needs around it: its processes, its cases, and the messages and signals between them."""

    def __init__(self, model: Path, trace: list[Step]) -> None:
        """Read the model for one trace."""
        root = read_xml(model.read_bytes(), model.name)
        adapt(root, trace)
        self.trace = trace
        self.processes = {node.get("id", ""): _alone(root, node) for node in root.findall("bpmn:process", NAMES)}
        pools = root.iter(_tag("participant"))
        self.pools = {pool.get("id", ""): pool.get("processRef", "") for pool in pools}
        flows = root.iter(_tag("messageFlow"))
        self.message_flows = [(flow.get("sourceRef", ""), flow.get("targetRef", "")) for flow in flows]
        self.cases: list[Case] = []
        self.steps: list[Step] = []
        self.sent: list[tuple[Case, Element]] = []
        self.begun: dict[str, int] = dict.fromkeys(self.processes, 0)

    def replay(self) -> None:
        """Do from outside what the trace says, and let the cases do the rest."""
        if self.trace[0][0] != "createScope":  # it goes on where another one has ended
            self.begin(next(iter(self.processes)), None)
            self.steps.clear()
        begun = dict.fromkeys(self.processes, 0)
        for place, (action, name) in enumerate(self.trace):
            process = self.pools.get(name, name)
            if action == "signal" and process in self.processes:
                begun[process] += 1
                if begun[process] > self.begun[process]:
                    self.begin(process, self._start_in(process, place))
            elif action == "signal":
                self.trigger(name)

    def _start_in(self, process: str, place: int) -> str | None:
        """Return the start event that the trace names next."""
        starts = {start.id for start in self.processes[process].starts(process)}
        return next((name for action, name in self.trace[place:] if action == "signal" and name in starts), None)

    def begin(self, process: str, start: str | None) -> None:
        """Begin a case."""
        self.begun[process] += 1
        self.cases.append(Case(self, self.processes[process], start))
        self.deliver()

    def trigger(self, name: str) -> None:
        """Let the first case go on that waits at an element; nothing if none does, for it has gone on by itself."""
        if any(case.trigger(name) for case in self.cases):
            self.deliver()

    def deliver(self) -> None:
        """Bring what was sent to whoever waits for it."""
        while self.sent:
            sender, element = self.sent.pop(0)
            if element.trigger is Trigger.SIGNAL and element.event:
                self._deliver_signal(sender, element.event.name or "")
            for source, target in self.message_flows:
                if source == element.id:
                    self._deliver_to(target)

    def _deliver_to(self, target: str) -> None:
        for name, outline in self.processes.items():
            if target in {start.id for start in outline.starts(name)}:
                self.begin(name, target)
        self.trigger(target)

    def _deliver_signal(self, sender: "Case", signal: str) -> None:
        for case in [case for case in self.cases if case is not sender]:
            case.hear(signal)
        for name, outline in self.processes.items():
            for start in outline.starts(name):
                if start.trigger is Trigger.SIGNAL and start.event and start.event.name == signal:
                    self.begin(name, start.id)

    def expected(self, process: str) -> list[Step]:
        """Return what the trace says of a process, with the activity that an event ends before the event."""
        outline = self.processes[process]
        steps = [step for step in self.trace if step[0] in ("enter", "exit") and step[1] in outline.elements]
        for place in range(1, len(steps)):
            event = outline.elements[steps[place - 1][1]]
            if (steps[place - 1][0], steps[place]) == ("exit", ("exit", event.attached_to)):
                steps[place - 1 : place + 1] = steps[place], steps[place - 1]
        return steps

    def seen(self, process: str) -> list[Step]:
        """Return what the machine has told of a process."""
        return [step for step in self.steps if step[1] in self.processes[process].elements]

    @property
    def incidents(self) -> list[str]:
        """What has failed in the cases."""
        return [str(error) for case in self.cases for error in case.workflow.incidents.values()]


def _alone(root: etree._Element, process: etree._Element) -> Outline:
    """Return a process as if it were the only one of its model."""
    copy = deepcopy(root)
    for node in copy.findall("bpmn:process", NAMES):
        if node.get("id") != process.get("id"):
            copy.remove(node)
    outline, _ = read_outline(copy, process.get("id", ""))
    assert outline is not None
    return _decided_by_trace(outline)


def _decided_by_trace(outline: Outline) -> Outline:
    splits = (element for element in outline.elements.values() if len(element.outgoing) > 1)
    deciding = {element.id for element in splits if element.kind in _DECIDING}
    flows = {
        name: replace(flow, condition=name, is_default=False) if flow.source in deciding else flow
        for name, flow in outline.flows.items()
    }
    return replace(outline, flows=flows)


@dataclass
class _Performer:
    """Decides as the trace does."""

    case: "Case"
    choices: dict[str, Iterator[set[str]]] = field(default_factory=dict)
    chosen: dict[str, set[str]] = field(default_factory=dict)

    def ask(self, token: int, element: Element, variables: Mapping[str, Any]) -> OpenedTask:
        return OpenedTask(token, element.id)

    def perform(self, element: Element, variables: Mapping[str, Any]) -> Mapping[str, Any]:
        return {}

    def send(self, element: Element, variables: Mapping[str, Any]) -> Mapping[str, Any]:
        self.case.world.sent.append((self.case, element))
        return {}

    def wait(self, element: Element, variables: Mapping[str, Any], before: Mapping[str, Any]) -> Mapping[str, Any]:
        if element.timer is None:
            return {KEY: element.id}
        due, left = next_due(element.timer, lambda text, _: text, (before.get("due"), before.get("left")), NOW, UTC)
        return {"due": due} if left is None else {"due": due, "left": left}

    def earlier(self, element: Element, key: str, heard: Collection[int] | None) -> None:
        return None

    def evaluate(self, expression: str, variables: Mapping[str, Any]) -> Any:
        outline = self.case.outline
        if expression not in outline.flows:
            return False
        gateway = outline.elements[outline.flows[expression].source]
        if expression == gateway.outgoing[0]:  # it is asked first: the gateway decides anew
            choices = self.choices.setdefault(gateway.id, _choices(self.case.world.trace, gateway))
            self.chosen[gateway.id] = next(choices, set())
        return expression in self.chosen[gateway.id]


def _choices(trace: list[Step], gateway: Element) -> Iterator[set[str]]:
    """Yield the flows that are taken, each time a gateway is left."""
    for place, step in enumerate(trace):
        if step == ("exit", gateway.id):
            made = trace[place + 1 : place + 1 + len(gateway.outgoing)]
            yield {name for action, name in made if action == "createScope"} & set(gateway.outgoing)


class _Followed(CaseWorkflow):
    """A case that tells the world what it does."""

    performer: _Performer

    def entered(self, name: str) -> None:
        element = self.outline.elements[name]
        if (element.kind, element.trigger) != (Kind.CATCH, Trigger.LINK):
            self.performer.case.world.steps.append(("enter", name))

    def left(self, name: str) -> None:
        super().left(name)
        element = self.outline.elements[name]
        if element.kind is not Kind.EVENT_GATEWAY and element.trigger is not Trigger.TERMINATE:
            self.performer.case.world.steps.append(("exit", name))

    def undone(self, name: str) -> None:
        self.performer.case.world.steps.append(("exit", name))

    def broken_off(self, name: str) -> None:
        self.performer.case.world.steps.append(("exit", name))


class Case:
    """A case of one process; it is stored and loaded before each event from outside."""

    def __init__(self, world: World, outline: Outline, start: str | None) -> None:
        """Begin the case."""
        self.world, self.outline, self.spec = world, outline, ProcessSpec(outline)
        self.performer = _Performer(self)
        self.workflow = _Followed(self.spec, self.performer, first_state(outline.process, {}), start)
        self.workflow.advance()

    def trigger(self, name: str) -> bool:
        """Let go on what waits at an element; say whether anything did."""
        token = next((token for token in self._waiting() if token.element == name), None)
        if token is not None:
            self._wake(token)
        return token is not None

    def hear(self, signal: str) -> None:
        """Wake what waits for a signal from another case."""
        for token in self._waiting():
            element = self.outline.elements[token.element]
            if element.trigger is Trigger.SIGNAL and element.event and element.event.name == signal:
                self._wake(token)

    def _waiting(self) -> list[Token]:
        tokens = self.workflow.tokens.values()
        return [token for token in tokens if token.stand in _WAITING and INCIDENT not in token.notes]

    def _wake(self, token: Token) -> None:
        incidents = self.workflow.incidents
        self.workflow = _Followed(self.spec, self.performer, decode_state(encode_state(self.workflow.state())))
        self.workflow.incidents.update(incidents)
        found = self.workflow.tokens.get(token.number)
        if found is not None and found.stand is Stand.ASKS:
            self.workflow.complete(found)
        elif found is not None:
            self.workflow.wake(found, {})
