"""Shipped processes, and ways to break one: what a modeller forgets, misspells or brings along from other tools."""

from collections.abc import Callable, Mapping
from pathlib import Path

from lxml import etree

from engine.bpmn.check import Catalogue
from engine.bpmn.texts import extension_of
from engine.bpmn.vocabulary import ALUR
from engine.designs.editing.connecting import connect
from engine.designs.editing.diagram import A, B, Diagram, add_child, children, lane_members, open_diagram
from engine.designs.editing.drawing import drawing_of
from engine.designs.editing.saying import extension, set_extension

ROOT = Path(__file__).parents[4] / "processes"
Files = Mapping[str, bytes]
DIAGRAMS = {path.stem: path for path in sorted(ROOT.glob("*/*.bpmn"))}


def files_of(process: str) -> dict[str, bytes]:
    """Return a shipped process with its tables and forms."""
    path = DIAGRAMS[process]
    forms = {f"forms/{form.name}": form.read_bytes() for form in path.parent.glob("forms/*.json")}
    return {path.name: path.read_bytes(), **{dmn.name: dmn.read_bytes() for dmn in path.parent.glob("*.dmn")}, **forms}


def catalogue_of(files: Files) -> Catalogue:
    """Return a catalogue in which everything is installed that a process names."""
    diagram = open_diagram(next(content for name, content in files.items() if name.endswith(".bpmn")))
    said = {tag: list(diagram.root.iter(f"{A}{tag}")) for tag in ("service", "form", "assignment")}
    roles = {(node.get("candidate") or "").strip('"').partition(":")[0] for node in said["assignment"]}
    return Catalogue(
        frozenset(node.get("name", "") for node in said["service"]),
        frozenset(node.get("key", "") for node in said["form"]),
        frozenset({*roles, "hr_verifier", "hr_head"} - {""}),
    )


def broken(files: Files, change: Callable[[Diagram], None]) -> dict[str, bytes]:
    """Return files whose diagram is changed."""
    name = next(name for name in files if name.endswith(".bpmn"))
    diagram = open_diagram(files[name])
    change(diagram)
    return {**files, name: diagram.write()}


def _first(diagram: Diagram, tag: str, *, own: str = "") -> etree._Element:
    return next(node for node in diagram.root.iter(f"{B}{tag}") if not own or extension(node, own) is not None)


def _said(diagram: Diagram, tag: str, own: str, **values: str) -> None:
    set_extension(_first(diagram, tag, own=own), own, values)


def _gateway(diagram: Diagram) -> etree._Element:
    return next(node for node in diagram.root.iter(f"{B}exclusiveGateway") if node.get("default"))


def _conditional(diagram: Diagram) -> etree._Element:
    return next(node for node in diagram.root.iter(f"{B}conditionExpression")).getparent()  # type: ignore[return-value]


def _no_default(diagram: Diagram) -> None:
    gateway = _gateway(diagram)
    add_child(diagram.flow(str(gateway.attrib.pop("default"))), "conditionExpression", "1 = 2")


def _default_condition(diagram: Diagram) -> None:
    add_child(diagram.flow(_gateway(diagram).get("default", "")), "conditionExpression", "1 = 1")


def _no_condition(diagram: Diagram) -> None:
    del _gateway(diagram).attrib["default"]


def _ignored_condition(diagram: Diagram) -> None:
    flow = diagram.outgoing(_first(diagram, "startEvent").get("id", ""))[0]
    add_child(flow, "conditionExpression", "1 = 1")


def _dead_end(diagram: Diagram) -> None:
    step = add_child(_gateway(diagram).getparent(), "manualTask", None, id="stray", name="Sesat")  # type: ignore[arg-type]
    set_extension(step, "assignment", {"assignee": "1"})
    connect(diagram, _gateway(diagram).get("id", ""), "stray")
    add_child(diagram.outgoing(_gateway(diagram).get("id", ""))[-1], "conditionExpression", "1 = 2")


def _unreachable(diagram: Diagram) -> None:
    task = _first(diagram, "serviceTask", own="service")
    step = add_child(task.getparent(), "manualTask", None, id="stray", name="Sesat")  # type: ignore[arg-type]
    set_extension(step, "assignment", {"assignee": "1"})
    connect(diagram, "stray", task.get("id", ""))


def _dangling_flow(diagram: Diagram) -> None:
    process = diagram.process()
    source = _gateway(diagram).get("id", "")
    add_child(process, "sequenceFlow", None, id="stray", sourceRef=source, targetRef="nowhere")
    add_child(diagram.flow("stray"), "conditionExpression", "1 = 2")


def _end_goes_on(diagram: Diagram) -> None:
    end, gateway = _first(diagram, "endEvent"), _gateway(diagram)
    add_child(diagram.process(), "sequenceFlow", None, id="stray", sourceRef=end.get("id", ""),
              targetRef=gateway.get("id", ""))  # fmt: skip


def _start_incoming(diagram: Diagram) -> None:
    start, gateway = _first(diagram, "startEvent"), _gateway(diagram)
    attributes = {"id": "stray", "sourceRef": gateway.get("id", ""), "targetRef": start.get("id", "")}
    add_child(diagram.process(), "sequenceFlow", None, **attributes)
    add_child(diagram.flow("stray"), "conditionExpression", "1 = 2")


def _boundary_incoming(diagram: Diagram) -> None:
    edge, gateway = _first(diagram, "boundaryEvent"), _gateway(diagram)
    attributes = {"id": "stray", "sourceRef": gateway.get("id", ""), "targetRef": edge.get("id", "")}
    add_child(diagram.process(), "sequenceFlow", None, **attributes)
    add_child(diagram.flow("stray"), "conditionExpression", "1 = 2")


def _wrong_role(diagram: Diagram) -> None:
    for task in diagram.root.iter(f"{B}userTask"):
        if '"' in extension_of(task, "assignment").get("candidate", ""):
            set_extension(task, "assignment", {"candidate": '"hr_verfier"'})
            return
    _said(diagram, "userTask", "assignment", assignee="", candidate='"hr_verfier"')


def _two_lanes(diagram: Diagram) -> None:
    one, two = diagram.lanes()[:2]
    add_child(two if lane_members(one) else one, "flowNodeRef", (lane_members(one) or lane_members(two))[0])


def _not_drawn(diagram: Diagram) -> None:
    drawing_of(diagram).erase(_first(diagram, "userTask").get("id", ""))


def _flow_not_drawn(diagram: Diagram) -> None:
    drawing_of(diagram).erase(_first(diagram, "sequenceFlow").get("id", ""))


def _timer(text: str) -> Callable[[Diagram], None]:
    def change(diagram: Diagram) -> None:
        next(diagram.root.iter(f"{B}timeDate")).text = text

    return change


def _condition(text: str) -> Callable[[Diagram], None]:
    def change(diagram: Diagram) -> None:
        next(children(_conditional(diagram), "conditionExpression")).text = text

    return change


def _vendor(diagram: Diagram) -> None:
    holder = next(children(_first(diagram, "userTask"), "extensionElements"))
    etree.SubElement(holder, "{http://camunda.org/schema/1.0/bpmn}taskListener", {"event": "create"})


def _note(diagram: Diagram) -> None:
    holder = next(children(_first(diagram, "userTask"), "extensionElements"))
    etree.SubElement(holder, "{http://example.org/tool}hint", {"colour": "red"})


def _misplaced(diagram: Diagram) -> None:
    holder = next(children(_first(diagram, "userTask"), "extensionElements"))
    etree.SubElement(holder, f"{A}decision", {"ref": "x", "result": "y"})


def _twice(diagram: Diagram) -> None:
    holder = next(children(_first(diagram, "userTask"), "extensionElements"))
    etree.SubElement(holder, f"{A}label", {"lang": "en"}).text = "Again"


def _misspelt(diagram: Diagram) -> None:
    holder = next(children(_first(diagram, "userTask"), "extensionElements"))
    etree.SubElement(holder, "{urn:alur:bpmn:2}form", {"key": "x"})


def _enclosed(diagram: Diagram) -> None:
    holder = next(children(_first(diagram, "userTask"), "extensionElements"))
    note = etree.SubElement(holder, "{http://example.org/tool}hint")
    etree.SubElement(note, f"{{{ALUR}}}form", {"key": "x"})


def _data_line(diagram: Diagram) -> None:
    line = add_child(_first(diagram, "serviceTask"), "dataOutputAssociation", None, id="line")
    add_child(diagram.process(), "dataObject", None, id="nobody_sets_this")
    add_child(line, "targetRef", "nobody_sets_this")


def _data_nowhere(diagram: Diagram) -> None:
    line = add_child(_first(diagram, "serviceTask"), "dataOutputAssociation", None, id="line")
    add_child(line, "targetRef", "gone")


def _association(diagram: Diagram) -> None:
    add_child(diagram.process(), "association", None, id="line", sourceRef="gone", targetRef="gone_too")


def _bad_id(diagram: Diagram) -> None:
    node = _first(diagram, "serviceTask")
    before, now = node.get("id", ""), "nama langkah!"
    for part in diagram.root.iter():
        for key, value in part.attrib.items():
            if value == before:
                part.set(key, now)
        if (part.text or "").strip() == before:
            part.text = now


def _loop(diagram: Diagram) -> None:
    add_child(_first(diagram, "userTask"), "standardLoopCharacteristics")


def _set(tag: str, name: str, value: str) -> Callable[[Diagram], None]:
    def change(diagram: Diagram) -> None:
        _first(diagram, tag).set(name, value)

    return change


def _unset(tag: str, name: str) -> Callable[[Diagram], None]:
    def change(diagram: Diagram) -> None:
        del _first(diagram, tag).attrib[name]

    return change


def _add(tag: str, child: str, text: str) -> Callable[[Diagram], None]:
    def change(diagram: Diagram) -> None:
        add_child(_first(diagram, tag), child, text)

    return change


def _say(tag: str, own: str, **values: str) -> Callable[[Diagram], None]:
    return lambda diagram: _said(diagram, tag, own, **values)


def _parallel_join(diagram: Diagram) -> None:
    """Join two branches of which only one comes."""
    for node in diagram.root.iter(f"{B}exclusiveGateway"):
        if len(diagram.incoming(node.get("id", ""))) > 1 and len(diagram.outgoing(node.get("id", ""))) == 1:
            node.tag = f"{B}parallelGateway"
            node.attrib.pop("default", "")
            return
    raise StopIteration


def _error_nowhere(diagram: Diagram) -> None:
    event = _first(diagram, "boundaryEvent")
    for child in [one for one in event if str(one.tag).endswith("EventDefinition")]:
        event.remove(child)
    event.set("attachedToRef", _first(diagram, "serviceTask", own="service").get("id", ""))
    event.attrib.pop("cancelActivity", "")
    add_child(event, "errorEventDefinition", None, errorRef="gone")


#: By the code of the problem that is made: how.
WAYS: Mapping[str, tuple[Callable[[Diagram], None], ...]] = {
    "no_default": (_no_default,),
    "default_condition": (_default_condition,),
    "no_condition": (_no_condition,),
    "ignored_condition": (_ignored_condition,),
    "default_flow": (lambda diagram: _gateway(diagram).set("default", "gone"),),
    "dead_end": (_dead_end,),
    "unreachable": (_unreachable,),
    "dangling_flow": (_dangling_flow,),
    "end_goes_on": (_end_goes_on,),
    "start_incoming": (_start_incoming,),
    "boundary_incoming": (_boundary_incoming,),
    "flow_reference": (_add("userTask", "incoming", "gone"),),
    "unknown_service": (_say("serviceTask", "service", name="training.gather_fact"),),
    "unknown_form": (
        _say("userTask", "form", key="training_approvl"),
        _say("userTask", "form", key="sama_sekali_baru"),
    ),
    "unknown_role": (_wrong_role,),
    "unknown_decision": (_say("businessRuleTask", "decision", ref="training_eligibilty"),),
    "assignment": (
        _say("userTask", "assignment", assignee="1", candidate='"hr_head"'),
        _say("userTask", "assignment", assignee="", candidate=""),
    ),
    "no_result": (_say("userTask", "form", result=""), _say("businessRuleTask", "decision", result="")),
    "variable_name": (_say("userTask", "form", result="hasil akhir!"),),
    "unknown_attribute": (_say("userTask", "assignment", asignee="x"), _set("userTask", "colour", "red")),
    "foreign_attribute": (_set("userTask", "{http://camunda.org/schema/1.0/bpmn}assignee", "x"),),
    "attribute_value": (_set("userTask", "startQuantity", "2"),),
    "not_boolean": (_set("userTask", "isForCompensation", "perhaps"),),
    "empty_attribute": (_say("userTask", "assignment", due=" "),),
    "vendor_extension": (_vendor,),
    "unread_extension": (_note,),
    "alur_element": (_misplaced,),
    "alur_namespace": (_misspelt,),
    "enclosed": (_enclosed,),
    "said_twice": (_twice,),
    "empty_expression": (_condition(""), _condition(" ")),
    "data_output": (_data_line,),
    "data_reference": (_data_nowhere,),
    "line_reference": (_association,),
    "script_format": (_set("scriptTask", "scriptFormat", "javascript"),),
    "one_process": (_unset("process", "isExecutable"),),
    "start_interrupts_nothing": (_set("startEvent", "isInterrupting", "false"),),
    "loop": (_loop,),
    "timer_value": (_timer("P2W"), _timer("P1M")),
    "expression": (_timer("14 hari"), _condition("1 == 1"), _condition("a && b"), _condition("x = 'ya'")),
    "hidden_character": (_set("userTask", "name", "Setuju\u200b"),),
    "bad_id": (_bad_id,),
    "not_drawn": (_not_drawn, _flow_not_drawn),
    "lane_reference": (_add("lane", "flowNodeRef", "gone"),),
    "two_lanes": (_two_lanes,),
    "pool_reference": (_set("participant", "processRef", "gone"),),
    "join_never_completes": (_parallel_join,),
    "error_reference": (_error_nowhere,),
}
