"""Reads the events of a diagram: what they throw or wait for."""

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from engine.bpmn.model import EventUse, Timer, Trigger
from engine.bpmn.read import NAMES, problem
from engine.bpmn.texts import extension_of, text_of
from engine.bpmn.vocabulary import BPMN
from engine.errors import Problem

_TIMES = ("timeDate", "timeDuration", "timeCycle")
_REFERS = {
    Trigger.MESSAGE: ("message", "name"),
    Trigger.SIGNAL: ("signal", "name"),
    Trigger.ERROR: ("error", "errorCode"),
    Trigger.ESCALATION: ("escalation", "escalationCode"),
}


@dataclass(frozen=True, slots=True)
class Definitions:
    """Messages, signals, errors and escalations that a file defines: by kind and id, the name or code."""

    names: Mapping[tuple[str, str], str]


def read_definitions(root: etree._Element) -> Definitions:
    """Return what events of a file may refer to."""
    return Definitions(
        {
            (kind, node.get("id", "")): node.get(attribute) or node.get("name") or ""
            for kind, attribute in _REFERS.values()
            for node in root.iter(f"{{{BPMN}}}{kind}")
        }
    )


def read_timer(node: etree._Element, trigger: Trigger | None, problems: list[Problem]) -> Timer | None:
    """Return when a timer event is due."""
    if trigger is not Trigger.TIMER:
        return None
    texts = {name: node.findtext(f"bpmn:timerEventDefinition/bpmn:{name}", namespaces=NAMES) for name in _TIMES}
    found = [Timer(name, text.strip()) for name, text in texts.items() if text and text.strip()]
    if len(found) == 1:
        return found[0]
    problems.append(
        problem(
            node.get("id", ""),
            "timer_value",
            "penanda waktu harus menyebut tepat satu waktu; isi tanggal (timeDate), lamanya (timeDuration), atau "
            "siklus (timeCycle).",
            "a timer must say exactly one time; fill in a date (timeDate), a duration (timeDuration) or a cycle "
            "(timeCycle).",
        )
    )
    return None


def read_event(
    node: etree._Element, trigger: Trigger | None, definitions: Definitions, problems: list[Problem]
) -> EventUse | None:
    """Return what an event throws or catches."""
    if trigger is None or trigger in (Trigger.TIMER, Trigger.TERMINATE, Trigger.CANCEL):
        return None
    definition = node.find(f"bpmn:{trigger}EventDefinition", NAMES)
    definition = node if definition is None else definition
    use = extension_of(node, trigger.value)
    name = _name(definition, trigger, definitions)
    has_no_key = trigger is Trigger.MESSAGE and not use.get("key") and not _is_start_of_process(node)
    if trigger in (Trigger.MESSAGE, Trigger.SIGNAL) and (not name or has_no_key):
        problems.append(_no_reference(node, trigger))
        return None
    if name is None and trigger in (Trigger.ERROR, Trigger.ESCALATION) and definition.get(f"{trigger}Ref"):
        problems.append(_no_code(node, trigger))
    return EventUse(
        name,
        use.get("key"),
        use.get("payload"),
        use.get("result"),
        text_of(definition, "condition"),
        definition.get("activityRef"),
    )


def _is_start_of_process(node: etree._Element) -> bool:
    """Say whether a case does not exist yet when the event happens, and so has no key."""
    around = node.getparent()
    return node.tag == f"{{{BPMN}}}startEvent" and around is not None and around.tag == f"{{{BPMN}}}process"


def _name(definition: etree._Element, trigger: Trigger, definitions: Definitions) -> str | None:
    if trigger is Trigger.LINK:
        return definition.get("name")
    if trigger not in _REFERS:
        return None
    kind = _REFERS[trigger][0]
    return definitions.names.get((kind, definition.get(f"{kind}Ref") or ""))


def _no_code(node: etree._Element, trigger: Trigger) -> Problem:
    return problem(
        node.get("id", ""),
        f"{trigger}_reference",
        f"{trigger}Ref menunjuk ke yang tidak ada; pilih salah satu yang didefinisikan, atau hapus untuk semuanya.",
        f"the {trigger}Ref leads nowhere; choose one that is defined, or delete it to mean any.",
    )


def _no_reference(node: etree._Element, trigger: Trigger) -> Problem:
    if trigger is Trigger.SIGNAL:
        return problem(
            node.get("id", ""),
            "signal_reference",
            "belum jelas sinyal mana yang dimaksud; pilih sinyal yang ada (signalRef).",
            "it does not say which signal is meant; choose one that exists (signalRef).",
        )
    return problem(
        node.get("id", ""),
        "message_reference",
        "belum jelas pesan mana dan untuk kasus mana; pilih pesan yang ada (messageRef) dan isi kuncinya "
        "(alur:message key).",
        "it does not say which message, and for which case; choose one that exists (messageRef) and fill in its key "
        "(alur:message key).",
    )
