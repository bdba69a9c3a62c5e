"""Turns a BPMN tree into an `Outline`, collecting every problem on the way."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from engine.bpmn.model import Element, Flow, Kind, Lane, MessageUse, Outline, Timer
from engine.bpmn.read import ALUR, BPMN, NAMES, problem
from engine.errors import DiagramRefused, Problem

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
_NOT_FLOW_NODES = {
    "sequenceFlow",
    "laneSet",
    "extensionElements",
    "documentation",
    "textAnnotation",
    "association",
    "ioSpecification",
    "dataObject",
    "dataObjectReference",
    "group",
}
_UNUSED_MARKS = ("loopCharacteristics", "standardLoopCharacteristics", "multiInstanceLoopCharacteristics")


@dataclass
class _Reading:
    """What is found while walking one process."""

    process: etree._Element
    messages: Mapping[str, str]
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, element: str, code: str, id_text: str, en_text: str) -> None:
        self.problems.append(problem(element, code, id_text, en_text))


def read_outline(root: etree._Element, name: str) -> tuple[Outline, list[Problem]]:
    """Return the single executable process of a diagram and the problems of its elements.

    :raise DiagramRefused: there is not exactly one executable process.
    """
    processes = [node for node in root.findall("bpmn:process", NAMES) if node.get("isExecutable") == "true"]
    if len(processes) != 1:
        found = problem(
            name,
            "one_process",
            f"diagram harus memuat tepat satu proses yang dapat dijalankan (isExecutable), ditemukan {len(processes)}.",
            f"a diagram must hold exactly one executable process (isExecutable), found {len(processes)}.",
        )
        raise DiagramRefused((found,))
    messages = {node.get("id", ""): node.get("name", "") for node in root.findall("bpmn:message", NAMES)}
    reading = _Reading(processes[0], messages)
    flows = {flow.id: flow for flow in _read_flows(reading)}
    lane_of = _lanes_of_nodes(reading)
    elements = {element.id: element for element in _read_elements(reading, flows, lane_of)}
    lanes = tuple(Lane(node.get("id", ""), _names(node)) for node in processes[0].iterfind(".//bpmn:lane", NAMES))
    outline = Outline(processes[0].get("id", name), _names(processes[0]), elements, flows, lanes)
    return outline, reading.problems


def _names(node: etree._Element) -> dict[str, str]:
    indonesian = " ".join((node.get("name") or "").split())
    labels = node.findall("bpmn:extensionElements/alur:label", NAMES)
    english = next((label.text for label in labels if label.get("lang") == "en" and label.text), None)
    return {"id": indonesian, "en": english or indonesian}


def _read_flows(reading: _Reading) -> Iterator[Flow]:
    defaults = {node.get("default") for node in reading.process}
    for node in reading.process.findall("bpmn:sequenceFlow", NAMES):
        condition = node.findtext("bpmn:conditionExpression", namespaces=NAMES)
        identifier = node.get("id", "")
        yield Flow(
            identifier,
            node.get("sourceRef", ""),
            node.get("targetRef", ""),
            _names(node),
            condition.strip() if condition else None,
            identifier in defaults,
        )


def _lanes_of_nodes(reading: _Reading) -> dict[str, str]:
    found = {}
    for lane in reading.process.iterfind(".//bpmn:lane", NAMES):
        if lane.find("bpmn:childLaneSet", NAMES) is not None:
            reading.refuse(
                lane.get("id", "lane"),
                "nested_lane",
                "lajur di dalam lajur belum didukung; gunakan satu tingkat lajur.",
                "a lane inside a lane is not supported; use one level of lanes.",
            )
        for reference in lane.findall("bpmn:flowNodeRef", NAMES):
            found[(reference.text or "").strip()] = lane.get("id", "")
    return found


def _read_elements(reading: _Reading, flows: Mapping[str, Flow], lane_of: Mapping[str, str]) -> Iterator[Element]:
    for node in reading.process:
        tag = etree.QName(node).localname
        if tag in _NOT_FLOW_NODES or etree.QName(node).namespace != BPMN:
            continue
        kind = _kind(reading, node, tag)
        if kind is not None:
            yield _element(reading, node, kind, flows, lane_of)


def _kind(reading: _Reading, node: etree._Element, tag: str) -> Kind | None:
    identifier = node.get("id", tag)
    for mark in _UNUSED_MARKS:
        if node.find(f"bpmn:{mark}", NAMES) is not None:
            reading.refuse(
                identifier,
                "loop_marker",
                "penanda ulang atau multi-instance belum dijalankan mesin ini; modelkan dengan gerbang.",
                "loop and multi-instance markers are not executed yet; model them with gateways.",
            )
    if tag in _PLAIN_KINDS:
        return _PLAIN_KINDS[tag]
    definitions = [etree.QName(child).localname for child in node if child.tag.endswith("EventDefinition")]
    found = _EVENT_KINDS.get((tag, definitions[0] if definitions else None)) if len(definitions) < 2 else None
    if found is None:
        detail = f"{tag} ({', '.join(definitions)})" if definitions else tag
        reading.refuse(
            identifier,
            "not_executed",
            f"unsur '{detail}' belum dijalankan mesin ini; ganti dengan unsur yang didukung.",
            f"the element '{detail}' is not executed by this engine; use a supported element.",
        )
    return found


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
        documentation=(node.findtext("bpmn:documentation", namespaces=NAMES) or "").strip(),
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
        is_interrupting=node.get("cancelActivity", "true") == "true",
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
    for name in ("timeDate", "timeDuration"):
        text = node.findtext(f"bpmn:timerEventDefinition/bpmn:{name}", namespaces=NAMES)
        if text and text.strip():
            return Timer(name, text.strip())
    reading.refuse(
        node.get("id", ""),
        "timer_value",
        "penanda waktu memerlukan timeDate atau timeDuration (siklus belum didukung).",
        "a timer needs a timeDate or a timeDuration (cycles are not supported yet).",
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
