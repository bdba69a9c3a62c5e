"""Changes what an event throws or waits for, and what a diagram defines for it: messages, signals, errors."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from engine.bpmn.model import Trigger
from engine.bpmn.vocabulary import CARRIED, MESSAGE_TASKS, NOT_CARRIED, WORDS
from engine.designs.editing.diagram import B, Diagram, add_child, children, local, refusal, remove
from engine.designs.editing.saying import drop_extension, extension, set_attribute, set_extension
from engine.designs.editing.working import set_text
from engine.designs.trees import Node

#: By trigger the element that names what is sent or thrown, and the attribute by which it is known.
DEFINED: Mapping[Trigger, tuple[str, str]] = {
    Trigger.MESSAGE: ("message", "name"),
    Trigger.SIGNAL: ("signal", "name"),
    Trigger.ERROR: ("error", "errorCode"),
    Trigger.ESCALATION: ("escalation", "escalationCode"),
}
TIMES = ("timeDate", "timeDuration", "timeCycle")


@dataclass(frozen=True, slots=True)
class Happening:
    """What an event throws or waits for.

    :param name: of the message, signal or link, the code of the error or escalation; empty for any.
    :param carries: `key`, `payload` and `result` of a message; the others have one or two of them.
    :param time: the kind of a time, and what it says.
    """

    trigger: Trigger | None
    name: str = ""
    carries: Mapping[str, str] = field(default_factory=dict)
    time: tuple[str, str] = ("timeDuration", "")
    condition: str = ""
    activity: str = ""


def set_happening(diagram: Diagram, node: Node, happening: Happening) -> None:
    """Say what an event throws or waits for.

    :raise DiagramRefused: events of this kind cannot do that.
    """
    if local(node) in MESSAGE_TASKS:
        set_attribute(node, "messageRef", reference_of(diagram, Trigger.MESSAGE, happening.name))
    else:
        _define(diagram, node, happening)
    for tag in CARRIED:
        found = extension(node, tag)
        if found is not None and tag != happening.trigger:
            drop_extension(found)
    if happening.trigger is not None and happening.trigger.value in CARRIED:
        unheard = NOT_CARRIED[local(node)]
        said = {name: value for name, value in happening.carries.items() if name not in unheard}
        set_extension(node, happening.trigger.value, said)


def set_interrupting(node: Node, *, is_interrupting: bool) -> None:
    """Say whether an event ends what it is attached to, or what its event sub-process stands in."""
    attribute = "cancelActivity" if local(node) == "boundaryEvent" else "isInterrupting"
    set_attribute(node, attribute, "" if is_interrupting else "false")


def _define(diagram: Diagram, node: Node, happening: Happening) -> None:
    trigger = happening.trigger
    wanted = f"{trigger}EventDefinition" if trigger is not None else ""
    if wanted and wanted not in WORDS[local(node)].children:
        raise refusal(
            node.get("id", ""),
            "peristiwa jenis ini tidak dapat memakai pemicu itu; pilih pemicu lain.",
            "an event of this kind cannot have that trigger; choose another one.",
        )
    for found in [child for child in node if local(child).endswith("EventDefinition")]:
        if found.tag != f"{B}{wanted}":
            remove(found)
    if trigger is None:
        return
    definition = next(children(node, wanted), None)
    definition = add_child(node, wanted) if definition is None else definition
    if trigger in DEFINED:
        set_attribute(definition, f"{DEFINED[trigger][0]}Ref", reference_of(diagram, trigger, happening.name))
    elif trigger is Trigger.TIMER:
        for tag in TIMES:
            set_text(definition, tag, happening.time[1] if tag == happening.time[0] else "")
    elif trigger is Trigger.CONDITION:
        set_text(definition, "condition", happening.condition)
    elif trigger is Trigger.LINK:
        set_attribute(definition, "name", happening.name)
    elif trigger is Trigger.COMPENSATION:
        set_attribute(definition, "activityRef", happening.activity)


def reference_of(diagram: Diagram, trigger: Trigger, name: str) -> str:
    """Return the id of what a diagram defines under a name, defining it if nobody has."""
    tag, attribute = DEFINED[trigger]
    if not name:
        return ""
    for found in diagram.root.iter(f"{B}{tag}"):
        if (found.get(attribute) or found.get("name")) == name:
            return found.get("id", "")
    return define(diagram, trigger, name)


def define(diagram: Diagram, trigger: Trigger, name: str) -> str:
    """Define a message, signal, error or escalation, and return its id."""
    tag, attribute = DEFINED[trigger]
    identifier = diagram.new_id(f"{tag}_{name}")
    new = etree.Element(f"{B}{tag}", {"id": identifier, "name": name})
    new.set(attribute, name)
    firsts = [number for number, node in enumerate(diagram.root) if local(node) in ("collaboration", "process")]
    diagram.root.insert(min(firsts, default=len(diagram.root)), new)
    return identifier
