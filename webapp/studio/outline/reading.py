"""Reads what a diagram says of one of its parts, by the names of the fields that ask for it."""

from collections.abc import Mapping
from typing import Any

from engine.bpmn.constants import value_of
from engine.bpmn.model import Trigger
from engine.bpmn.texts import extension_of, text_of
from engine.bpmn.vocabulary import EXTENSIONS, MESSAGE_TASKS
from engine.designs.editing.diagram import B, Diagram, local
from engine.designs.editing.happening import DEFINED, TIMES
from engine.designs.editing.noting import NOTED, text_of_noted
from engine.designs.editing.saying import ABOUT
from engine.designs.trees import Node
from webapp.studio.outline.fields import ONCE

_TIMES_OF_TASK = {"due": "due", "from": "followUp", "priority": "priority"}


def data_of(diagram: Diagram, node: Node) -> dict[str, Any]:
    """Return what the diagram says, by the names of the fields."""
    english = {one: _english(node, one) for one in ("label", "documentation")}
    said = {
        "name": text_of_noted(diagram, node) if local(node) in NOTED else node.get("name", ""),
        "name_en": english["label"],
        "why_en": english["documentation"],
    }
    lane = diagram.lane_of(node.get("id", ""))
    assignment = extension_of(node, "assignment")
    call = {part: _parameters(node, "call", part) for part in ("input", "output")}
    return {
        **said,
        "why": text_of(node, "documentation") or "",
        "kind": local(node),
        "lane": lane.get("id") if lane is not None else None,
        **_people(assignment),
        **{name: assignment.get(key, "") for name, key in _TIMES_OF_TASK.items()},
        "calendar": extension_of(node, "calendar").get("name", ""),
        "form": extension_of(node, "form").get("key"),
        "service": extension_of(node, "service").get("name"),
        "decision": extension_of(node, "decision").get("ref"),
        "called": node.get("calledElement"),
        "script": text_of(node, "script") or "",
        "result": next((value for tag in ("form", "service", "decision", "script")
                        if (value := extension_of(node, tag).get("result"))), ""),
        "inputs": _parameters(node, "service", "input") or call["input"],
        "outputs": call["output"],
        **_happening(diagram, node),
        **_loop_data(node),
        "condition": text_of(node, "conditionExpression") or "",
        "is_default": _is_default(diagram, node),
        "source": node.get("sourceRef"),
        "target": node.get("targetRef"),
        **{f"about_{name}": extension_of(node, ABOUT).get(name, "") for name in sorted(EXTENSIONS[ABOUT].attributes)},
        "subject": extension_of(node, "case").get("subject", ""),
        "title": extension_of(node, "case").get("title", ""),
    }  # fmt: skip


def trigger_of(node: Node) -> Trigger | None:
    """Return what an event throws or waits for."""
    if local(node) in MESSAGE_TASKS:
        return Trigger.MESSAGE
    found = next((local(child) for child in node if local(child).endswith("EventDefinition")), "")
    return Trigger(found.removesuffix("EventDefinition")) if found else None


def _people(assignment: Mapping[str, str]) -> dict[str, str | None]:
    candidate = assignment.get("candidate", "")
    role = value_of(candidate)[1] if candidate else None
    if isinstance(role, str) and ":" not in role:
        return {"who": "role", "role": role}
    kind = "candidate" if candidate else "assignee"
    return {"who": kind, "assignee": assignment.get("assignee", ""), "candidate": candidate}


def _happening(diagram: Diagram, node: Node) -> dict[str, Any]:
    trigger = trigger_of(node) if local(node).endswith("Event") or local(node) in MESSAGE_TASKS else None
    definition = node if local(node) in MESSAGE_TASKS else node.find(f"{B}{trigger}EventDefinition")
    if trigger is None or definition is None:
        return {"stops": True}
    said = extension_of(node, trigger.value)
    time = next(((kind, text) for kind in TIMES if (text := text_of(definition, kind))), ("timeDuration", ""))
    return {
        "trigger": trigger.value,
        "event_name": definition.get("name", "") if trigger not in DEFINED else _defined(diagram, definition, trigger),
        "key": said.get("key", ""),
        "payload": said.get("payload", ""),
        "event_result": said.get("result", ""),
        "time_kind": time[0],
        "time": time[1],
        "event_condition": text_of(definition, "condition") or "",
        "activity": definition.get("activityRef"),
        "stops": "false" not in (node.get("cancelActivity"), node.get("isInterrupting")),
    }


def _defined(diagram: Diagram, definition: Node, trigger: Trigger) -> str:
    tag, attribute = DEFINED[trigger]
    found = diagram.find(definition.get(f"{tag}Ref", ""))
    return (found.get(attribute) or found.get("name") or "") if found is not None else ""


def _loop_data(node: Node) -> dict[str, Any]:
    standard, many = node.find(f"{B}standardLoopCharacteristics"), node.find(f"{B}multiInstanceLoopCharacteristics")
    if standard is not None:
        return {"loop": "standard", "loop_condition": text_of(standard, "loopCondition") or "",
                "loop_before": standard.get("testBefore") in ("true", "1"),
                "loop_times": standard.get("loopMaximum", "")}  # fmt: skip
    if many is None:
        return {"loop": ONCE}
    items = extension_of(many, "items")
    return {
        "loop": "sequential" if many.get("isSequential") in ("true", "1") else "parallel",
        "loop_condition": text_of(many, "completionCondition") or "",
        "loop_times": text_of(many, "loopCardinality") or "",
        **{f"loop_{name}": items.get(name, "") for name in ("collection", "item", "output", "gives")},
    }


def _is_default(diagram: Diagram, node: Node) -> bool:
    source = diagram.find(node.get("sourceRef", ""))
    return source is not None and source.get("default") == node.get("id")


def _parameters(node: Node, tag: str, part: str) -> list[dict[str, str]]:
    found = node.findall(f"{B}extensionElements/{{*}}{tag}/{{*}}{part}")
    return [{"name": one.get("name", ""), "value": one.get("value", "")} for one in found]


def _english(node: Node, tag: str) -> str:
    found = node.findall(f"{B}extensionElements/{{*}}{tag}")
    return next((one.text or "" for one in found if one.get("lang") == "en"), "")
