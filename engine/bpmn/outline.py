"""Turns a BPMN tree into an `Outline`, collecting every problem on the way."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from engine.bpmn.model import Element, Flow, Kind, Lane, MessageUse, Outline, Timer
from engine.bpmn.read import NAMES, problem
from engine.bpmn.vocabulary import ALUR, BPMN
from engine.bpmn.wording import read_boolean
from engine.errors import Problem

_PLAIN_KINDS = {
    "userTask": Kind.USER_TASK,
    "manualTask": Kind.MANUAL_TASK,
    "serviceTask": Kind.SERVICE_TASK,
    "scriptTask": Kind.SCRIPT_TASK,
    "businessRuleTask": Kind.BUSINESS_RULE_TASK,
    "exclusiveGateway": Kind.EXCLUSIVE_GATEWAY,
    "parallelGateway": Kind.PARALLEL_GATEWAY,
}
_EVENT_KINDS: Mapping[tuple[str, str | None], Kind] = {
    ("startEvent", None): Kind.START,
    ("endEvent", None): Kind.END,
    ("endEvent", "terminateEventDefinition"): Kind.TERMINATE_END,
    ("endEvent", "messageEventDefinition"): Kind.MESSAGE_END,
    ("intermediateCatchEvent", "messageEventDefinition"): Kind.MESSAGE_CATCH,
    ("intermediateCatchEvent", "timerEventDefinition"): Kind.TIMER_CATCH,
    ("intermediateThrowEvent", "messageEventDefinition"): Kind.MESSAGE_THROW,
    ("boundaryEvent", "timerEventDefinition"): Kind.TIMER_BOUNDARY,
    ("boundaryEvent", "messageEventDefinition"): Kind.MESSAGE_BOUNDARY,
}


@dataclass
class _Reading:
    """What is found while walking one process."""

    process: etree._Element
    messages: Mapping[str, str]
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, element: str, code: str, id_text: str, en_text: str) -> None:
        self.problems.append(problem(element, code, id_text, en_text))


def read_outline(root: etree._Element, name: str) -> tuple[Outline | None, list[Problem]]:
    """Return the single process of a diagram and the problems of its elements; None without exactly one.

    Words that are not known at all are left out here; `wording` says them.
    """
    process, problems = _find_process(root, name)
    if process is None:
        return None, problems
    messages = {node.get("id", ""): node.get("name", "") for node in root.findall("bpmn:message", NAMES)}
    reading = _Reading(process, messages, problems)
    flows = {flow.id: flow for flow in _read_flows(reading)}
    lane_of = _lanes_of_nodes(reading)
    elements = {element.id: element for element in _read_elements(reading, flows, lane_of)}
    lanes = tuple(Lane(node.get("id", ""), _names(node)) for node in process.iterfind(".//bpmn:lane", NAMES))
    outline = Outline(process.get("id", name), _names(process), elements, flows, lanes)
    return outline, reading.problems


def _find_process(root: etree._Element, name: str) -> tuple[etree._Element | None, list[Problem]]:
    """Return the process to execute; a lone one is read even if it is not executable, to say all that is wrong."""
    processes = root.findall("bpmn:process", NAMES)
    executable = [node for node in processes if read_boolean(node.get("isExecutable"), default=False)]
    problems = []
    if len(executable) != 1:
        problems.append(
            problem(
                name,
                "one_process",
                "diagram harus memuat tepat satu proses yang dapat dijalankan (isExecutable=true), "
                f"ditemukan {len(executable)}.",
                f"a diagram must hold exactly one executable process (isExecutable=true), found {len(executable)}.",
            )
        )
    if len(processes) > 1:
        problems += [_other_process(node) for node in processes if node not in executable and _has_content(node)]
    chosen = executable if len(executable) == 1 else processes
    return chosen[0] if len(chosen) == 1 else None, problems


def _has_content(process: etree._Element) -> bool:
    return any(etree.QName(node).localname not in ("documentation", "extensionElements") for node in process)


def _other_process(node: etree._Element) -> Problem:
    return problem(
        node.get("id", "process"),
        "other_process",
        "proses ini tidak dijalankan; pasang sebagai diagram tersendiri, atau gambar sebagai kolam kosong.",
        "this process is not executed; deploy it as a diagram of its own, or draw it as an empty pool.",
    )


def _names(node: etree._Element) -> dict[str, str]:
    indonesian = " ".join((node.get("name") or "").split())
    return {"id": indonesian, "en": _in_english(node, "label") or indonesian}


def _documentation(node: etree._Element) -> dict[str, str]:
    indonesian = (node.findtext("bpmn:documentation", namespaces=NAMES) or "").strip()
    return {"id": indonesian, "en": _in_english(node, "documentation") or indonesian}


def _in_english(node: etree._Element, what: str) -> str:
    found = node.findall(f"bpmn:extensionElements/alur:{what}", NAMES)
    return next((entry.text.strip() for entry in found if entry.get("lang") == "en" and entry.text), "")


def _read_flows(reading: _Reading) -> Iterator[Flow]:
    defaults = {node.get("id", ""): node.get("default") for node in reading.process if node.get("default")}
    for node in reading.process.findall("bpmn:sequenceFlow", NAMES):
        condition = node.findtext("bpmn:conditionExpression", namespaces=NAMES)
        identifier, source = node.get("id", ""), node.get("sourceRef", "")
        is_default = defaults.get(source) == identifier
        if is_default:
            del defaults[source]
        yield Flow(
            identifier,
            source,
            node.get("targetRef", ""),
            _names(node),
            condition.strip() if condition else None,
            is_default,
        )
    for gateway, missing in defaults.items():
        reading.refuse(
            gateway,
            "default_flow",
            f"alur baku '{missing}' tidak keluar dari gerbang ini; pilih salah satu alur keluarnya.",
            f"the default flow '{missing}' does not leave this gateway; choose one of its outgoing flows.",
        )


def _lanes_of_nodes(reading: _Reading) -> dict[str, str]:
    found = {}
    for lane in reading.process.iterfind(".//bpmn:lane", NAMES):
        for reference in lane.findall("bpmn:flowNodeRef", NAMES):
            found[(reference.text or "").strip()] = lane.get("id", "")
    return found


def _read_elements(reading: _Reading, flows: Mapping[str, Flow], lane_of: Mapping[str, str]) -> Iterator[Element]:
    for node in reading.process:
        kind = _kind(node) if etree.QName(node).namespace == BPMN else None
        if kind is not None:
            yield _element(reading, node, kind, flows, lane_of)


def _kind(node: etree._Element) -> Kind | None:
    """Return what kind a flow node is; None for anything that is not executed."""
    tag = etree.QName(node).localname
    if tag in _PLAIN_KINDS:
        return _PLAIN_KINDS[tag]
    triggers = [etree.QName(child).localname for child in node if str(child.tag).endswith("EventDefinition")]
    return _EVENT_KINDS.get((tag, triggers[0] if triggers else None)) if len(triggers) < 2 else None


def _element(
    reading: _Reading, node: etree._Element, kind: Kind, flows: Mapping[str, Flow], lane_of: Mapping[str, str]
) -> Element:
    identifier = node.get("id", "")
    assignment = _extension(node, "assignment")
    form = _extension(node, "form")
    service = _extension(node, "service")
    decision = _extension(node, "decision")
    script = _extension(node, "script")
    return Element(
        identifier,
        kind,
        _names(node),
        lane=lane_of.get(identifier),
        documentation=_documentation(node),
        assignee=assignment.get("assignee"),
        candidate=assignment.get("candidate"),
        due=assignment.get("due"),
        form=form.get("key"),
        service=service.get("name"),
        decision=decision.get("ref"),
        script=_script_text(reading, node, kind),
        result=form.get("result") or service.get("result") or decision.get("result") or script.get("result"),
        inputs=_inputs(node),
        timer=_timer(reading, node, kind),
        message=_message(reading, node, kind),
        attached_to=node.get("attachedToRef"),
        is_interrupting=read_boolean(node.get("cancelActivity"), default=True),
        incoming=tuple(flow.id for flow in flows.values() if flow.target == identifier),
        outgoing=tuple(flow.id for flow in flows.values() if flow.source == identifier),
    )


def _extension(node: etree._Element, name: str) -> Mapping[str, str]:
    found = node.find(f"bpmn:extensionElements/alur:{name}", NAMES)
    return {} if found is None else {str(key): str(value) for key, value in found.attrib.items()}


def _inputs(node: etree._Element) -> dict[str, str]:
    found = node.findall(f"bpmn:extensionElements/{{{ALUR}}}service/{{{ALUR}}}input", NAMES)
    return {entry.get("name", ""): entry.get("value", "") for entry in found}


def _script_text(reading: _Reading, node: etree._Element, kind: Kind) -> str | None:
    if kind is not Kind.SCRIPT_TASK:
        return None
    if (node.get("scriptFormat") or "feel") != "feel":
        reading.refuse(
            node.get("id", ""),
            "script_format",
            "skrip harus berformat 'feel'; bahasa lain tidak dijalankan.",
            "a script must have the format 'feel'; no other language is executed.",
        )
    return (node.findtext("bpmn:script", namespaces=NAMES) or "").strip()


def _timer(reading: _Reading, node: etree._Element, kind: Kind) -> Timer | None:
    if kind not in (Kind.TIMER_CATCH, Kind.TIMER_BOUNDARY):
        return None
    found = [
        Timer(name, (value.text or "").strip())
        for name in ("timeDate", "timeDuration")
        for value in node.findall(f"bpmn:timerEventDefinition/bpmn:{name}", NAMES)
    ]
    if len(found) == 1 and found[0].expression:
        return found[0]
    reading.refuse(
        node.get("id", ""),
        "timer_value",
        "penanda waktu memerlukan tepat satu timeDate atau timeDuration (siklus belum didukung).",
        "a timer needs exactly one timeDate or timeDuration (cycles are not supported yet).",
    )
    return None


def _message(reading: _Reading, node: etree._Element, kind: Kind) -> MessageUse | None:
    if kind not in (Kind.MESSAGE_CATCH, Kind.MESSAGE_THROW, Kind.MESSAGE_END, Kind.MESSAGE_BOUNDARY):
        return None
    definition = node.find("bpmn:messageEventDefinition", NAMES)
    reference = definition.get("messageRef") if definition is not None else None
    name = reading.messages.get(reference or "")
    use = _extension(node, "message")
    if not name or not use.get("key"):
        reading.refuse(
            node.get("id", ""),
            "message_reference",
            "pesan memerlukan messageRef yang ada dan kunci korelasi (alur:message key).",
            "a message needs an existing messageRef and a correlation key (alur:message key).",
        )
        return None
    return MessageUse(name, use["key"], use.get("payload"), use.get("result"))
