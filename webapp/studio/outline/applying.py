"""Writes what was filled in about one part of a diagram into the diagram."""

from collections.abc import Mapping
from typing import Any, Final

from engine.bpmn.model import LoopKind, Trigger
from engine.bpmn.vocabulary import EXTENSIONS, WORDS
from engine.designs.editing.connecting import reattach, redirect, set_condition, set_default
from engine.designs.editing.diagram import Diagram, local
from engine.designs.editing.happening import Happening, set_happening, set_interrupting
from engine.designs.editing.laning import move_to_lane
from engine.designs.editing.noting import NOTED, say_noted
from engine.designs.editing.retyping import retype
from engine.designs.editing.saying import ABOUT, describe, document, rename
from engine.designs.editing.working import (
    assign,
    set_calendar,
    set_call,
    set_case_words,
    set_decision,
    set_form,
    set_loop,
    set_script,
    set_service,
)
from engine.designs.trees import Node
from webapp.studio.outline.fields import ONCE

Answers = Mapping[str, Any]


def apply(diagram: Diagram, node: Node, answers: Answers) -> None:
    """Change one part of a diagram as its form says; what the form did not ask stays.

    :raise DiagramRefused: it cannot be changed so.
    """
    names = {"id": _text(answers, "name"), "en": _text(answers, "name_en")}
    if local(node) in NOTED:
        say_noted(diagram, node, names)
        return
    rename(node, names)
    if "why" in answers:
        document(node, {"id": _text(answers, "why"), "en": _text(answers, "why_en")})
    if local(node) == "process":
        describe(node, {name: _text(answers, f"about_{name}") for name in EXTENSIONS[ABOUT].attributes})
    elif local(node) == "sequenceFlow":
        _apply_flow(diagram, node, answers)
    elif local(node) != "lane":
        _apply_step(diagram, node, answers)


def happening_of(answers: Answers, trigger: Trigger | None) -> Happening:
    """Return what an event throws or waits for, as it was filled in."""
    carries = {"key": "key", "payload": "payload", "result": "event_result"}
    return Happening(
        trigger,
        _text(answers, "event_name"),
        {name: _text(answers, field) for name, field in carries.items()} if trigger in _CARRY else {},
        (_text(answers, "time_kind") or "timeDuration", _text(answers, "time")),
        _text(answers, "event_condition"),
        _text(answers, "activity"),
    )


_CARRY = {Trigger.MESSAGE, Trigger.SIGNAL, Trigger.ERROR, Trigger.ESCALATION}
_HEARD = {
    Trigger.SIGNAL: ("payload", "result"),
    Trigger.ERROR: ("result",),
    Trigger.ESCALATION: ("result",),
}


def _apply_step(diagram: Diagram, node: Node, answers: Answers) -> None:
    _apply_work(node, answers)
    if "event_name" in answers:
        _apply_event(diagram, node, answers)
    if "loop" in answers:
        kind = _text(answers, "loop").replace(ONCE, "")
        values = {
            name: _text(answers, f"loop_{name}")
            for name in ("condition", "times", "collection", "item", "output", "gives")
        }
        before = "true" if answers.get("loop_before") else ""
        set_loop(node, LoopKind(kind) if kind else None, {**values, "most": values["times"], "before": before})
    if answers.get("kind") not in (None, local(node)):
        retype(diagram, node, str(answers["kind"]))
    if answers.get("lane"):
        move_to_lane(diagram, node, str(answers["lane"]))


#: Steps whose result must be kept, and the field that says that there is one.
_KEEPS_RESULT: Final = {"userTask": "form", "businessRuleTask": "decision", "scriptTask": "script"}


def _apply_work(node: Node, answers: Answers) -> None:
    tag, result = local(node), _text(answers, "result")
    if "due" in answers:
        assign(node, _people(answers))
    if "calendar" in answers:
        counts = answers.get("trigger") in (None, Trigger.TIMER)
        set_calendar(node, _text(answers, "calendar") if counts else "")
    if tag in _KEEPS_RESULT and not result and _text(answers, _KEEPS_RESULT[tag]):
        result = node.get("id", "")  # what is entered or decided would be kept nowhere
    if tag == "userTask":
        set_form(node, _text(answers, "form"), result)
    elif tag == "serviceTask":
        set_service(node, _text(answers, "service"), result, _rows(answers, "inputs"))
    elif tag == "businessRuleTask":
        set_decision(node, _text(answers, "decision"), result)
    elif tag == "scriptTask":
        set_script(node, _text(answers, "script"), result)
    elif tag == "callActivity":
        set_call(node, _text(answers, "called"), _rows(answers, "inputs"), _rows(answers, "outputs"))
    elif tag == "startEvent" and "subject" in answers:
        set_case_words(node, _text(answers, "subject"), _text(answers, "title"))


def _apply_event(diagram: Diagram, node: Node, answers: Answers) -> None:
    trigger = Trigger(_text(answers, "trigger")) if answers.get("trigger") else None
    is_task = "trigger" not in answers
    happening = happening_of(answers, Trigger.MESSAGE if is_task else trigger)
    heard = _HEARD.get(trigger) if trigger is not None else None
    if heard is not None:
        said = {name: text for name, text in happening.carries.items() if name in heard}
        happening = Happening(trigger, happening.name, said)
    set_happening(diagram, node, happening)
    if "stops" in answers:
        set_interrupting(node, is_interrupting=bool(answers["stops"]))


def _apply_flow(diagram: Diagram, flow: Node, answers: Answers) -> None:
    source, target = _text(answers, "source"), _text(answers, "target")
    if source and source != flow.get("sourceRef"):
        reattach(diagram, flow, source)
    if target and target != flow.get("targetRef"):
        redirect(diagram, flow, target)
    set_condition(flow, _text(answers, "condition"))
    start, name = diagram.node(flow.get("sourceRef", "")), flow.get("id", "")
    may_choose = "default" in WORDS[local(start)].attributes
    if answers.get("is_default") and may_choose:
        set_default(diagram, start, name)
    elif "is_default" in answers and start.get("default") == name:
        set_default(diagram, start, "")


def _people(answers: Answers) -> dict[str, str]:
    who, role = _text(answers, "who"), _text(answers, "role")
    candidate = f'"{role}"' if who == "role" and role else _text(answers, "candidate") if who == "candidate" else ""
    return {
        "assignee": _text(answers, "assignee") if who == "assignee" else "",
        "candidate": candidate,
        "due": _text(answers, "due"),
        "followUp": _text(answers, "from"),
        "priority": _text(answers, "priority"),
    }


def _rows(answers: Answers, name: str) -> dict[str, str]:
    return {_text(row, "name"): _text(row, "value") for row in answers.get(name) or ()}


def _text(answers: Answers, name: str) -> str:
    return str(answers.get(name) or "")
