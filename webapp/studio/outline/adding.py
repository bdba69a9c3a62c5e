"""Puts in what was filled in as something new: on a flow, at a step, at its edge, or beside the flow."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from engine.bpmn.model import Trigger
from engine.designs.editing.beside import add_beginning, add_listener, attach_undoing
from engine.designs.editing.connecting import connect, set_condition
from engine.designs.editing.diagram import CONTAINERS, Diagram, children, local, parent_of
from engine.designs.editing.happening import Happening
from engine.designs.editing.inserting import (
    Fork,
    NewStep,
    append,
    attach_event,
    insert_after,
    insert_detour,
    insert_links,
    insert_on,
)
from engine.designs.editing.laning import add_lane
from engine.designs.editing.noting import add_data, add_group, add_note, link_data
from engine.designs.trees import Node
from forms import Text
from webapp.studio.outline.adding_fields import READS
from webapp.studio.outline.fields import ACTIVITIES
from webapp.studio.outline.kinds import (
    BEGINNING,
    BRANCH,
    DATA,
    EDGE,
    END,
    FLOW,
    GROUP,
    LINKS,
    LISTENER,
    NOTE,
    PLAIN,
    STEP,
    UNDOING,
    WAYS,
)

Answers = Mapping[str, Any]


def ways_to_add(diagram: Diagram, node: Node) -> list[tuple[str, Text]]:
    """Return what can be added at a step, on a flow, or in a process or sub-process, each with its words."""
    return [(one, WAYS[one]) for one in _possible(diagram, node)]


def add(diagram: Diagram, node: Node, what: str, answers: Answers) -> Node:
    """Put something new into a diagram and return it.

    :raise DiagramRefused: it cannot be put there.
    """
    return _ADDERS[what](diagram, node, answers)


def add_named_lane(diagram: Diagram, names: Mapping[str, str]) -> Node:
    """Put a lane below the others."""
    return add_lane(diagram, dict(names))


def _possible(diagram: Diagram, node: Node) -> list[str]:
    tag = local(node)
    if tag == "process":
        return [BEGINNING, LISTENER, NOTE, DATA, GROUP]
    if tag == "sequenceFlow":
        return [STEP, BRANCH, LINKS]
    inside = [LISTENER, DATA, GROUP] if tag in CONTAINERS else [DATA] if tag in ACTIVITIES else []
    if tag in CONTAINERS and next(children(node, "startEvent"), None) is None:
        inside = [BEGINNING, *inside]
    if tag == "endEvent" or node.get("isForCompensation") == "true" or node.get("triggeredByEvent") == "true":
        return [NOTE, *inside]
    return [*_in_flow(diagram, node), NOTE, *inside]


def _in_flow(diagram: Diagram, node: Node) -> list[str]:
    """Return what can be added behind a step or at its edge."""
    flows = diagram.outgoing(node.get("id", ""))
    if _leads_nowhere(node):
        return []
    found = [STEP] if len(flows) < 2 or local(node).endswith("Gateway") else []
    found += [BRANCH] if len(flows) == 1 else []
    found += [EDGE, UNDOING] if local(node) in ACTIVITIES else []
    return [*found, END, FLOW] if local(node) != "startEvent" or not flows else found


def _leads_nowhere(node: Node) -> bool:
    """Say whether the way jumps from an event to its link, or to the step that undoes."""
    definitions = {"intermediateThrowEvent": "linkEventDefinition", "boundaryEvent": "compensateEventDefinition"}
    return any(True for _one in children(node, definitions.get(local(node), "none")))


def _add_step(diagram: Diagram, node: Node, answers: Answers) -> Node:
    step = _new_step(answers)
    return insert_on(diagram, node, step) if local(node) == "sequenceFlow" else insert_after(diagram, node, step)


def _add_branch(diagram: Diagram, node: Node, answers: Answers) -> Node:
    flow = node if local(node) == "sequenceFlow" else diagram.outgoing(node.get("id", ""))[0]
    until = _text(answers, "until").removeprefix("flow:")
    gateway = _text(answers, "branch") or "exclusiveGateway"
    fork = Fork(gateway, {"id": _text(answers, "question")}, _text(answers, "condition"))
    return insert_detour(diagram, flow, diagram.flow(until) if until else flow, fork, _new_step(answers))


def _add_event(diagram: Diagram, node: Node, answers: Answers) -> Node:
    names, target = _names(answers), _text(answers, "target")
    return attach_event(diagram, node, _happening(answers), names, target, is_interrupting=bool(answers.get("stops")))


def _add_end(diagram: Diagram, node: Node, answers: Answers) -> Node:
    kind = _text(answers, "trigger").removeprefix(PLAIN)
    happening = _happening(answers) if kind else None
    return append(diagram, node, NewStep("endEvent", _names(answers), _text(answers, "lane"), happening))


def _add_flow(diagram: Diagram, node: Node, answers: Answers) -> Node:
    flow = connect(diagram, node.get("id", ""), _text(answers, "target"))
    set_condition(flow, _text(answers, "condition"))
    return flow


def _add_listener(diagram: Diagram, node: Node, answers: Answers) -> Node:
    lane, stops = _text(answers, "lane"), bool(answers.get("stops"))
    return add_listener(diagram, node, _happening(answers), _names(answers), lane, is_interrupting=stops)


def _add_beginning(diagram: Diagram, node: Node, answers: Answers) -> Node:
    lane, target = _text(answers, "lane"), _text(answers, "target")
    happening = Happening(None) if answers.get("trigger") == PLAIN else _happening(answers)
    return add_beginning(diagram, node, happening, _names(answers), lane=lane, target=target)


def _add_data(diagram: Diagram, node: Node, answers: Answers) -> Node:
    """Put a sign for data in, or take the one that is there, and connect the step with it."""
    is_inside = local(node) in CONTAINERS
    container, variable = node if is_inside else parent_of(node), _text(answers, "variable")
    known = next((one for one in children(container, "dataObjectReference") if one.get("dataObjectRef") == variable),
                 None)  # fmt: skip
    sign = known if known is not None else add_data(diagram, container, variable, _names(answers))
    if not is_inside:
        link_data(diagram, node, sign, reads=answers.get("line") == READS)
    return sign


_ADDERS: Final[Mapping[str, Callable[[Diagram, Node, Answers], Node]]] = {
    STEP: _add_step,
    BRANCH: _add_branch,
    EDGE: _add_event,
    END: _add_end,
    FLOW: _add_flow,
    LINKS: lambda diagram, node, answers: insert_links(diagram, node, _text(answers, "name")),
    UNDOING: lambda diagram, node, answers: attach_undoing(diagram, node, _names(answers), _text(answers, "step")),
    LISTENER: _add_listener,
    BEGINNING: _add_beginning,
    NOTE: lambda diagram, node, answers: add_note(diagram, node, _text(answers, "text")),
    DATA: _add_data,
    GROUP: lambda diagram, node, answers: add_group(diagram, node, _names(answers), answers.get("members") or ()),
}


def _new_step(answers: Answers) -> NewStep:
    tag, _colon, trigger = (_text(answers, "step") or "userTask").partition(":")
    happening = Happening(Trigger(trigger)) if trigger else None
    return NewStep(tag, _names(answers), _text(answers, "lane"), happening)


def _happening(answers: Answers) -> Happening:
    trigger = Trigger(_text(answers, "trigger") or "timer")
    time = (_text(answers, "time_kind") or "timeDuration", _text(answers, "time"))
    carries = {"key": _text(answers, "key")} if trigger is Trigger.MESSAGE else {}
    activity = _text(answers, "activity")
    return Happening(trigger, _text(answers, "event_name"), carries, time, _text(answers, "condition"), activity)


def _names(answers: Answers) -> dict[str, str]:
    return {"id": _text(answers, "name"), "en": _text(answers, "name_en")}


def _text(answers: Answers, name: str) -> str:
    return str(answers.get(name) or "")
