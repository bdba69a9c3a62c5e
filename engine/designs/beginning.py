"""The files with which a new process begins: nearly nothing, or those of another one under a name of its own."""

import json
import re
from collections.abc import Collection, Mapping
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from engine.bpmn.read import NAMES, read_xml
from engine.designs.storable import SCENARIO_FOLDER
from engine.designs.tidying import tidy, write_diagram

LONGEST_ID: Final = 60
_NO_SIGN = re.compile(r"[^a-z0-9]+")
_SHAPES: Final = (("begin", 160, 102, 36, 36), ("first_step", 250, 80, 120, 80), ("done", 430, 102, 36, 36))
_EDGES: Final = (("to_first_step", 196, 250), ("to_done", 370, 430))
_MIDDLE: Final = 120
_NAMESPACES: Final = (
    'xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" '
    'xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:alur="urn:alur:bpmn:1"'
)


def process_id(name: str, taken: Collection[str]) -> str:
    """Return an id for a process of that name which none of the others has."""
    slug = _NO_SIGN.sub("_", name.lower()).strip("_")[:LONGEST_ID].strip("_")
    wanted = slug if slug[:1].isalpha() else f"proses_{slug}".strip("_")
    names = (wanted, *(f"{wanted}_{number}" for number in range(2, len(taken) + 3)))
    return next(found for found in names if found not in taken)


def empty_process(process: str, name: str, english: str = "") -> dict[str, bytes]:
    """Return the files of a process of one step that nobody has been given yet."""
    label = _label(english)
    nodes = (
        f'<bpmn:startEvent id="begin" name="Mulai">{_label("Begin")}<bpmn:outgoing>to_first_step</bpmn:outgoing>'
        f'</bpmn:startEvent><bpmn:userTask id="first_step" name="Langkah pertama">{_label("First step")}'
        "<bpmn:incoming>to_first_step</bpmn:incoming><bpmn:outgoing>to_done</bpmn:outgoing></bpmn:userTask>"
        f'<bpmn:endEvent id="done" name="Selesai">{_label("Done")}<bpmn:incoming>to_done</bpmn:incoming>'
        '</bpmn:endEvent><bpmn:sequenceFlow id="to_first_step" sourceRef="begin" targetRef="first_step" />'
        '<bpmn:sequenceFlow id="to_done" sourceRef="first_step" targetRef="done" />'
    )
    text = (
        f'<bpmn:definitions {_NAMESPACES} id="definitions_{process}" targetNamespace="urn:alur:process">'
        f'<bpmn:process id="{process}" name={quoteattr(name)} isExecutable="true">{label}{nodes}</bpmn:process>'
        f'<bpmndi:BPMNDiagram id="diagram_{process}"><bpmndi:BPMNPlane id="plane_{process}" bpmnElement="{process}">'
        f"{_drawing()}</bpmndi:BPMNPlane></bpmndi:BPMNDiagram></bpmn:definitions>"
    )
    return {f"{process}.bpmn": tidy(text.encode())}


def copy_process(files: Mapping[str, bytes], process: str, name: str, english: str = "") -> dict[str, bytes]:
    """Return the files of a process as those of another one.

    :param files: with a diagram that can be read.
    :param process: the id of the copy.
    """
    diagram = next(file for file in files if file.endswith(".bpmn"))
    kept = {file: content for file, content in files.items() if file != diagram}
    scenarios = {file: _scenario_of(content, process) for file, content in kept.items() if _is_scenario(file)}
    return {f"{process}.bpmn": _renamed(files[diagram], process, name, english), **kept, **scenarios}


def _label(english: str) -> str:
    if not english:
        return ""
    label = f'<alur:label lang="en">{escape(english)}</alur:label>'
    return f"<bpmn:extensionElements>{label}</bpmn:extensionElements>"


def _drawing() -> str:
    shapes = (
        f'<bpmndi:BPMNShape id="shape_{element}" bpmnElement="{element}">'
        f'<dc:Bounds x="{x}" y="{y}" width="{width}" height="{height}" /></bpmndi:BPMNShape>'
        for element, x, y, width, height in _SHAPES
    )
    edges = (
        f'<bpmndi:BPMNEdge id="edge_{flow}" bpmnElement="{flow}"><di:waypoint x="{start}" y="{_MIDDLE}" />'
        f'<di:waypoint x="{end}" y="{_MIDDLE}" /></bpmndi:BPMNEdge>'
        for flow, start, end in _EDGES
    )
    return "".join((*shapes, *edges))


def _renamed(diagram: bytes, process: str, name: str, english: str) -> bytes:
    root = read_xml(diagram, "diagram.bpmn")
    element = root.find("bpmn:process", NAMES)
    if element is None:
        return diagram
    old = element.get("id")
    for node in root.iter("*"):
        for attribute, value in node.attrib.items():
            if value == old and attribute in ("id", "bpmnElement", "processRef"):
                node.set(attribute, process)
        if node.tag in (element.tag, f"{{{NAMES['bpmn']}}}participant"):
            _call(node, name, english)
    return write_diagram(root)


def _call(node: etree._Element, name: str, english: str) -> None:
    """Give a process its name in both languages; without an English one it has the Indonesian."""
    node.set("name", name)
    for label in node.findall("bpmn:extensionElements/alur:label", NAMES):
        label.text = english or name


def _is_scenario(file: str) -> bool:
    return file.startswith(SCENARIO_FOLDER)


def _scenario_of(content: bytes, process: str) -> bytes:
    """Return a scenario of the copy; one that cannot be read stays as it is."""
    try:
        said = json.loads(content)
    except ValueError:
        return content
    if not isinstance(said, dict):
        return content
    return f"{json.dumps({**said, 'process': process}, ensure_ascii=False, indent=2)}\n".encode()
