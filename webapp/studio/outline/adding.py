"""Puts in what was filled in as a new step: on a flow, as a way beside, at the edge of a step, or at the end."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from engine.bpmn.model import Trigger
from engine.designs.editing.connecting import connect, set_condition
from engine.designs.editing.diagram import Diagram, local
from engine.designs.editing.happening import Happening
from engine.designs.editing.inserting import Fork, NewStep, append, attach_event, insert_after, insert_branch, insert_on
from engine.designs.editing.laning import add_lane
from engine.designs.trees import Node
from forms import AlurForm, CheckboxField, ChoiceField, Option, RadioField, Required, Text, TextField
from webapp.studio.outline.choices import Choices
from webapp.studio.outline.feeling import feel, shown, words
from webapp.studio.outline.fields import ACTIVITIES, time_options, trigger_options

STEP, BRANCH, EDGE, END, FLOW = "step", "branch", "edge", "end", "flow"
_STEPS: Mapping[str, Text] = {
    "userTask": Text("Tugas dengan formulir (diisi orang)", "Task with a form (filled in by people)"),
    "manualTask": Text("Tugas tanpa formulir (dikerjakan orang)", "Task without a form (done by people)"),
    "serviceTask": Text("Layanan (dikerjakan sistem)", "Service (done by the system)"),
    "businessRuleTask": Text("Tabel keputusan", "Decision table"),
    "scriptTask": Text("Perhitungan", "Computation"),
    "sendTask": Text("Kirim pesan", "Send a message"),
    "receiveTask": Text("Tunggu pesan", "Wait for a message"),
    "callActivity": Text("Panggil proses lain", "Call another process"),
    "subProcess": Text("Subproses (beberapa langkah di dalamnya)", "Sub-process (several steps inside)"),
    "intermediateCatchEvent:timer": Text("Tunggu waktu", "Wait for a time"),
    "intermediateCatchEvent:message": Text("Tunggu pesan (peristiwa)", "Wait for a message (event)"),
    "intermediateCatchEvent:signal": Text("Tunggu sinyal", "Wait for a signal"),
    "intermediateCatchEvent:conditional": Text("Tunggu syarat", "Wait for a condition"),
    "intermediateThrowEvent:message": Text("Kirim pesan (peristiwa)", "Send a message (event)"),
    "intermediateThrowEvent:signal": Text("Kirim sinyal", "Send a signal"),
    "exclusiveGateway": Text("Gerbang: pilih satu jalan", "Gateway: choose one way"),
    "parallelGateway": Text("Gerbang: semua jalan sekaligus", "Gateway: all ways at once"),
    "inclusiveGateway": Text("Gerbang: satu jalan atau lebih", "Gateway: one way or more"),
    "eventBasedGateway": Text("Gerbang: yang terjadi lebih dahulu", "Gateway: whatever happens first"),
}
_WHAT: Final = {
    STEP: Text("Langkah baru sesudahnya", "A new step after it"),
    BRANCH: Text(
        "Langkah tambahan, hanya bila syaratnya benar atau sekaligus", "A step beside, on a condition or at once"
    ),
    EDGE: Text("Peristiwa pada langkah ini, misalnya batas waktu", "An event at this step, such as a time limit"),
    END: Text("Cabang baru yang berakhir di sini", "A new branch that ends here"),
    FLOW: Text("Alur ke langkah yang sudah ada", "A flow to a step that exists"),
}
_BRANCHES = {
    "exclusiveGateway": Text("hanya bila syaratnya benar", "only if the condition holds"),
    "parallelGateway": Text("sekaligus dengan yang lain", "at once with the rest"),
    "inclusiveGateway": Text("bila syaratnya benar, bersama yang lain", "if the condition holds, together with others"),
}
_TIMED = (Trigger.TIMER, Trigger.MESSAGE, Trigger.SIGNAL, Trigger.CONDITION, Trigger.ERROR, Trigger.ESCALATION)


def ways_to_add(diagram: Diagram, node: Node) -> list[tuple[str, Text]]:
    """Return what can be added at a step or on a flow, each with its words."""
    return [(one, _WHAT[one]) for one in _possible(diagram, node)]


def adding_form(node: Node, choices: Choices, what: str) -> type[AlurForm]:
    """Return the form for something new behind a step or on a flow."""
    target = {"target": _target(node, choices, is_needed=what == FLOW)}
    condition = {"condition": feel(Text("Syarat (FEEL)", "Condition (FEEL)"))}
    fields: Mapping[str, Callable[[], dict[str, Any]]] = {
        STEP: lambda: {**_step(), **_called(), **_lane(choices)},
        BRANCH: lambda: {**_branch(), **condition, **_step(), **_called(), **_lane(choices)},
        EDGE: lambda: {**_edge(), **_called(), **target},
        END: lambda: {**_called(), **_lane(choices)},
        FLOW: lambda: {**target, **condition},
    }
    return type("AddingForm", (AlurForm,), fields[what]())


def _step() -> dict[str, Any]:
    steps = [Option(kind, text) for kind, text in _STEPS.items()]
    return {"step": ChoiceField(Text("Jenis langkah", "Kind of step"), [Required()], options=steps)}


def _called() -> dict[str, Any]:
    return {
        "name": words(Text("Nama", "Name in Indonesian")),
        "name_en": words(Text("Nama dalam bahasa Inggris", "Name in English")),
    }


def _lane(choices: Choices) -> dict[str, Any]:
    hint = Text("Kosong: di lajur langkah sebelumnya.", "Empty: in the lane of the step before.")
    return {"lane": ChoiceField(Text("Lajur", "Lane"), options=choices.lanes, hint=hint)} if choices.lanes else {}


def _branch() -> dict[str, Any]:
    options = [Option(kind, text) for kind, text in _BRANCHES.items()]
    hint = Text("Misalnya: Di atas 10 juta?", "For instance: Above 10 million?")
    return {
        "branch": RadioField(
            Text("Langkah tambahan dikerjakan", "The step beside is done"), [Required()], options=options
        ),
        "question": words(Text("Pertanyaan di gerbang", "Question at the gateway"), hint=hint),
    }


def _edge() -> dict[str, Any]:
    label = Text("Nama pesan atau sinyal, atau kode galat", "Name of the message or signal, or code")
    at_a_time = shown(("trigger", "timer"))
    return {
        "trigger": ChoiceField(
            Text("Yang terjadi", "What happens"), [Required()], options=trigger_options(list(_TIMED))
        ),
        "time_kind": RadioField(Text("Waktunya", "The time"), options=time_options(), show_when=at_a_time),
        "time": TextField(Text("Nilai waktu", "Value of the time"), max_length=500, show_when=at_a_time),
        "event_name": words(label, most=120),
        "key": feel(Text("Kunci pesan (FEEL)", "Key of the message (FEEL)"), when=("trigger", "message")),
        "condition": feel(Text("Syarat (FEEL)", "Condition (FEEL)"), when=("trigger", "conditional")),
        "stops": CheckboxField(Text("Menghentikan langkahnya", "Ends the step")),
    }


def _target(node: Node, choices: Choices, *, is_needed: bool) -> Any:
    others = tuple(one for one in choices.steps if one.value != node.get("id"))
    hint = Text("", "") if is_needed else Text("Kosong: berakhir di sini.", "Empty: it ends here.")
    checks = [Required()] if is_needed else []
    return ChoiceField(Text("Menuju langkah", "Leads to"), checks, options=others, hint=hint)


def add(diagram: Diagram, node: Node, what: str, answers: Mapping[str, Any]) -> Node:
    """Put something new into a diagram behind a step or on a flow, and return it.

    :raise DiagramRefused: it cannot be put there.
    """
    names = {"id": _text(answers, "name"), "en": _text(answers, "name_en")}
    target = _text(answers, "target")
    if what == EDGE:
        happening = _happening(answers, Trigger(_text(answers, "trigger") or "timer"))
        return attach_event(diagram, node, happening, names, target, is_interrupting=bool(answers.get("stops")))
    if what == FLOW:
        flow = connect(diagram, node.get("id", ""), target)
        set_condition(flow, _text(answers, "condition"))
        return flow
    if what == END:
        return append(diagram, node, NewStep("endEvent", names, _text(answers, "lane")))
    step = _new_step(answers, names)
    if what == BRANCH:
        flow = node if local(node) == "sequenceFlow" else _only_flow(diagram, node)
        gateway = _text(answers, "branch") or "exclusiveGateway"
        fork = Fork(gateway, {"id": _text(answers, "question")}, _text(answers, "condition"))
        return insert_branch(diagram, flow, fork, step)
    return insert_on(diagram, node, step) if local(node) == "sequenceFlow" else insert_after(diagram, node, step)


def add_named_lane(diagram: Diagram, names: Mapping[str, str]) -> Node:
    """Put a lane below the others."""
    return add_lane(diagram, dict(names))


def _possible(diagram: Diagram, node: Node) -> list[str]:
    """Return what can be added at a step or on a flow."""
    if local(node) == "sequenceFlow":
        return [STEP, BRANCH]
    if local(node) == "endEvent":
        return []
    flows = diagram.outgoing(node.get("id", ""))
    found = [STEP] if len(flows) < 2 or local(node).endswith("Gateway") else []
    found += [BRANCH] if len(flows) == 1 else []
    found += [EDGE] if local(node) in ACTIVITIES else []
    return [*found, END, FLOW] if local(node) != "startEvent" or not flows else found


def _new_step(answers: Mapping[str, Any], names: Mapping[str, str]) -> NewStep:
    tag, _colon, trigger = (_text(answers, "step") or "userTask").partition(":")
    happening = _happening(answers, Trigger(trigger)) if trigger else None
    if tag in ("sendTask", "receiveTask") and answers.get("event_name"):
        happening = _happening(answers, Trigger.MESSAGE)
    return NewStep(tag, names, _text(answers, "lane"), happening)


def _happening(answers: Mapping[str, Any], trigger: Trigger) -> Happening:
    time = (_text(answers, "time_kind") or "timeDuration", _text(answers, "time"))
    carries = {"key": _text(answers, "key")} if trigger is Trigger.MESSAGE else {}
    return Happening(trigger, _text(answers, "event_name"), carries, time, _text(answers, "condition"))


def _only_flow(diagram: Diagram, node: Node) -> Node:
    return diagram.outgoing(node.get("id", ""))[0]


def _text(answers: Mapping[str, Any], name: str) -> str:
    return str(answers.get(name) or "")
