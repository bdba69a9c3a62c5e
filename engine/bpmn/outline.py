"""Turns a BPMN tree into an `Outline`, collecting every problem on the way."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from engine.bpmn.happenings import Definitions, read_definitions, read_event, read_timer
from engine.bpmn.model import EVENTS, LINK, Element, Flow, Kind, Lane, Loop, LoopKind, Outline, Trigger
from engine.bpmn.read import NAMES, problem
from engine.bpmn.texts import documentation_of, extension_of, names_of, text_of
from engine.bpmn.vocabulary import ALUR, BPMN
from engine.bpmn.wording import read_boolean
from engine.errors import Problem

_CONTAINERS = frozenset({"subProcess", "transaction"})
_KINDS = {kind.value: kind for kind in Kind if kind is not Kind.EVENT_SUB_PROCESS}
_TRIGGERS = {trigger.value: trigger for trigger in Trigger}
_LOOPS = f"{{{BPMN}}}standardLoopCharacteristics", f"{{{BPMN}}}multiInstanceLoopCharacteristics"


@dataclass
class _Reading:
    """What is found while walking the processes of a file."""

    definitions: Definitions
    handlers: Mapping[str, str]
    lane_of: Mapping[str, str]
    problems: list[Problem]
    flows: dict[str, Flow] = field(default_factory=dict)
    elements: dict[str, Element] = field(default_factory=dict)

    def refuse(self, element: str, code: str, id_text: str, en_text: str) -> None:
        self.problems.append(problem(element, code, id_text, en_text))


def read_outline(root: etree._Element, name: str) -> tuple[Outline | None, list[Problem]]:
    """Return the process of a diagram with those it calls, and the problems of their elements; None without one.

    Words that are not known at all are left out here; `wording` says them.
    """
    process, called, problems = _find_processes(root, name)
    if process is None:
        return None, problems
    reading = _Reading(read_definitions(root), _handlers(root), _lanes_of_nodes(root), problems)
    for one in (process, *called):
        _read_container(reading, one)
    drawn = (node for one in (process, *called) for node in one.iterfind(".//bpmn:lane", NAMES))
    lanes = tuple(Lane(node.get("id", ""), names_of(node)) for node in drawn)
    outline = Outline(process.get("id", name), names_of(process), reading.elements, reading.flows, lanes)
    return outline, reading.problems


def _find_processes(
    root: etree._Element, name: str
) -> tuple[etree._Element | None, list[etree._Element], list[Problem]]:
    """Return the process to execute and those it calls; a lone one is read even if it is not executable."""
    processes = root.findall("bpmn:process", NAMES)
    executable = [node for node in processes if read_boolean(node.get("isExecutable"), default=False)]
    problems = []
    if len(executable) != 1:
        problems.append(
            problem(
                name,
                "one_process",
                "diagram harus memuat tepat satu proses yang dapat dijalankan (isExecutable=true), "
                f"ditemukan {len(executable)}; tandai satu proses saja.",
                f"a diagram must hold exactly one executable process (isExecutable=true), found {len(executable)}; "
                "mark just one.",
            )
        )
    chosen = executable if len(executable) == 1 else processes
    process = chosen[0] if len(chosen) == 1 else None
    names = {node.get("calledElement") for node in root.iter(f"{{{BPMN}}}callActivity")}
    called = [node for node in processes if node is not process and node.get("id") in names]
    if len(processes) > 1:
        others = (node for node in processes if node not in executable and node not in called)
        problems += [_other_process(node) for node in others if _has_content(node)]
    return process, called, problems


def _has_content(process: etree._Element) -> bool:
    return any(etree.QName(node).localname not in ("documentation", "extensionElements") for node in process)


def _other_process(node: etree._Element) -> Problem:
    return problem(
        node.get("id", "process"),
        "other_process",
        "proses ini tidak dijalankan dan tidak dipanggil; hapus, atau gambar sebagai kolam kosong.",
        "this process is neither executed nor called; delete it, or draw it as an empty pool.",
    )


def _handlers(root: etree._Element) -> dict[str, str]:
    """Return what each association leads to; from a compensation event it is the activity that undoes.

    A note drawn at an element hangs on an association as well; it is no handler.
    """
    notes = {node.get("id") for node in root.iter(f"{{{BPMN}}}textAnnotation")}
    found = (node for node in root.iter(f"{{{BPMN}}}association") if node.get("targetRef") not in notes)
    return {node.get("sourceRef", ""): node.get("targetRef", "") for node in found}


def _lanes_of_nodes(root: etree._Element) -> dict[str, str]:
    return {
        (reference.text or "").strip(): lane.get("id", "")
        for lane in root.iter(f"{{{BPMN}}}lane")
        for reference in lane.findall("bpmn:flowNodeRef", NAMES)
    }


def _read_container(reading: _Reading, container: etree._Element) -> None:
    """Read what is drawn inside a process or sub-process, and then what is drawn inside that."""
    flows = {flow.id: flow for flow in (*_read_flows(reading, container), *_read_links(container))}
    reading.flows.update(flows)
    for node in container:
        kind = _kind(node)
        if kind is None:
            continue
        element = _element(reading, node, kind, container.get("id", ""), flows)
        reading.elements[element.id] = element
        if etree.QName(node).localname in _CONTAINERS:
            _read_container(reading, node)


def _read_flows(reading: _Reading, container: etree._Element) -> Iterator[Flow]:
    defaults = {node.get("id", ""): node.get("default") for node in container if node.get("default")}
    for node in container.findall("bpmn:sequenceFlow", NAMES):
        condition = text_of(node, "conditionExpression")
        identifier, source = node.get("id", ""), node.get("sourceRef", "")
        is_default = defaults.get(source) == identifier
        if is_default:
            del defaults[source]
        yield Flow(identifier, source, node.get("targetRef", ""), names_of(node), condition, is_default)
    for gateway, missing in defaults.items():
        reading.refuse(
            gateway,
            "default_flow",
            f"alur baku '{missing}' tidak keluar dari unsur ini; pilih salah satu alur keluarnya.",
            f"the default flow '{missing}' does not leave this element; choose one of its outgoing flows.",
        )


def _read_links(container: etree._Element) -> Iterator[Flow]:
    """Yield the way from each throwing link event to that which catches its name."""
    ends: dict[str, dict[str, str]] = {"intermediateThrowEvent": {}, "intermediateCatchEvent": {}}
    for node in container:
        link = node.find("bpmn:linkEventDefinition", NAMES)
        if link is not None and etree.QName(node).localname in ends:
            ends[etree.QName(node).localname][node.get("id", "")] = link.get("name", "")
    catches = {name: identifier for identifier, name in ends["intermediateCatchEvent"].items()}
    for identifier, name in ends["intermediateThrowEvent"].items():
        if name in catches:
            yield Flow(f"{identifier}{LINK}", identifier, catches[name], {"id": name, "en": name})


def _kind(node: etree._Element) -> Kind | None:
    """Return what kind a flow node is; None for anything that is not executed."""
    tag = etree.QName(node)
    kind = _KINDS.get(tag.localname) if tag.namespace == BPMN else None
    is_triggered = read_boolean(node.get("triggeredByEvent"), default=False)
    return Kind.EVENT_SUB_PROCESS if kind is Kind.SUB_PROCESS and is_triggered else kind


def _element(reading: _Reading, node: etree._Element, kind: Kind, container: str, flows: Mapping[str, Flow]) -> Element:
    identifier = node.get("id", "")
    assignment, form = extension_of(node, "assignment"), extension_of(node, "form")
    service, decision = extension_of(node, "service"), extension_of(node, "decision")
    script, begins = extension_of(node, "script"), extension_of(node, "case")
    trigger = _trigger(node, kind)
    return Element(
        identifier,
        kind,
        names_of(node),
        container,
        lane=reading.lane_of.get(identifier),
        documentation=documentation_of(node),
        assignee=assignment.get("assignee"),
        candidate=assignment.get("candidate"),
        due=assignment.get("due"),
        follow_up=assignment.get("followUp"),
        calendar=extension_of(node, "calendar").get("name"),
        priority=assignment.get("priority"),
        form=form.get("key"),
        service=service.get("name"),
        decision=decision.get("ref"),
        script=_script_text(reading, node, kind),
        result=form.get("result") or service.get("result") or decision.get("result") or script.get("result"),
        inputs=_named(node, "input"),
        outputs=_named(node, "output"),
        called=node.get("calledElement"),
        trigger=trigger,
        timer=read_timer(node, trigger, reading.problems),
        event=read_event(node, trigger, reading.definitions, reading.problems),
        loop=_loop(node),
        attached_to=node.get("attachedToRef") if kind is Kind.BOUNDARY else None,
        handler=reading.handlers.get(identifier) if trigger is Trigger.COMPENSATION else None,
        is_interrupting=_is_interrupting(node, kind),
        is_handler=read_boolean(node.get("isForCompensation"), default=False),
        subject=begins.get("subject"),
        title=begins.get("title"),
        incoming=tuple(flow.id for flow in flows.values() if flow.target == identifier),
        outgoing=tuple(flow.id for flow in flows.values() if flow.source == identifier),
    )


def _trigger(node: etree._Element, kind: Kind) -> Trigger | None:
    if kind in (Kind.SEND_TASK, Kind.RECEIVE_TASK):
        return Trigger.MESSAGE
    found = [etree.QName(child).localname for child in node if str(child.tag).endswith("EventDefinition")]
    name = found[0].removesuffix("EventDefinition") if kind in EVENTS and len(found) == 1 else None
    return _TRIGGERS.get(name or "")


def _is_interrupting(node: etree._Element, kind: Kind) -> bool:
    return read_boolean(node.get("isInterrupting" if kind is Kind.START else "cancelActivity"), default=True)


def _named(node: etree._Element, what: str) -> dict[str, str]:
    found = node.findall(f"bpmn:extensionElements/*/{{{ALUR}}}{what}", NAMES)
    return {entry.get("name", ""): entry.get("value", "") for entry in found}


def _script_text(reading: _Reading, node: etree._Element, kind: Kind) -> str | None:
    if kind is not Kind.SCRIPT_TASK:
        return None
    if (node.get("scriptFormat") or "feel") != "feel":
        reading.refuse(
            node.get("id", ""),
            "script_format",
            "hanya skrip berbahasa FEEL yang dijalankan; tulis ulang dalam FEEL dengan scriptFormat 'feel'.",
            "only scripts in FEEL are executed; write it in FEEL, with the scriptFormat 'feel'.",
        )
    return text_of(node, "script") or ""


def _loop(node: etree._Element) -> Loop | None:
    found = next(node.iterchildren(*_LOOPS), None)
    if found is None:
        return None
    if found.tag == _LOOPS[0]:
        tests_before = read_boolean(found.get("testBefore"), default=False)
        return Loop(LoopKind.STANDARD, text_of(found, "loopCondition"), tests_before, found.get("loopMaximum"))
    items = extension_of(found, "items")
    is_sequential = read_boolean(found.get("isSequential"), default=False)
    return Loop(
        LoopKind.SEQUENTIAL if is_sequential else LoopKind.PARALLEL,
        text_of(found, "completionCondition"),
        cardinality=text_of(found, "loopCardinality"),
        collection=items.get("collection"),
        item=items.get("item"),
        output=items.get("output"),
        gives=items.get("gives"),
    )
