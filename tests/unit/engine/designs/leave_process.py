"""A small process with all that a design may hold: steps in lanes, a table, a form with sections, and a scenario."""

from collections.abc import Mapping
from typing import Final

from engine.designs.tidying import tidy_file

DIAGRAM: Final = "leave.bpmn"
TABLE: Final = "leave_days.dmn"
FORM: Final = "forms/leave_request.json"
SCENARIO: Final = "scenarios/granted.json"
STEPS: Final = ("ask", "count", "approve", "note", "tell")
LANES: Final = ("lane_employee", "lane_superior", "lane_system")
_LANE_OF: Final = {"ask": 0, "count": 2, "is_long": 2, "approve": 1, "note": 2, "tell": 2, "begin": 0, "done": 2}
_FLOWS: Final = (
    ("begin", "ask", ""),
    ("ask", "count", ""),
    ("count", "is_long", ""),
    ("is_long", "approve", "days &gt; 3"),
    ("is_long", "note", ""),
    ("approve", "note", ""),
    ("note", "tell", ""),
    ("tell", "done", ""),
)
_HEAD: Final = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:alur="urn:alur:bpmn:1" '
    'xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" '
    'xmlns:di="http://www.omg.org/spec/DD/20100524/DI" id="definitions_leave" targetNamespace="urn:test">'
)
_BODIES: Final = {
    "begin": ("startEvent", "Mulai", ""),
    "ask": ("userTask", "Ajukan cuti", '<alur:assignment assignee="employee" /><alur:form key="leave_request" />'),
    "count": ("businessRuleTask", "Hitung hari", '<alur:decision ref="leave_days" result="days" />'),
    "is_long": ("exclusiveGateway", "Lama?", ""),
    "approve": ("userTask", "Setujui", '<alur:assignment assignee="superior" due="today()" /><alur:form key="yes" />'),
    "note": ("serviceTask", "Catat", '<alur:service name="leave.note"><alur:input name="days" value="days" />'
             "</alur:service>"),
    "tell": ("scriptTask", "Beri tahu", '<alur:script result="told" />'),
    "done": ("endEvent", "Selesai", ""),
}  # fmt: skip


def flow_name(source: str, target: str) -> str:
    """Return the id of a flow."""
    return f"flow_{source}__{target}"


def _node(name: str) -> str:
    tag, label, extension = _BODIES[name]
    default = f' default="{flow_name("is_long", "note")}"' if name == "is_long" else ""
    ends = "".join(f"<bpmn:incoming>{flow_name(a, b)}</bpmn:incoming>" for a, b, _ in _FLOWS if b == name)
    ends += "".join(f"<bpmn:outgoing>{flow_name(a, b)}</bpmn:outgoing>" for a, b, _ in _FLOWS if a == name)
    script = "<bpmn:script>1 + 1</bpmn:script>" if tag == "scriptTask" else ""
    label_en = f'<alur:label lang="en">{name}</alur:label>'
    return (
        f'<bpmn:{tag} id="{name}" name="{label}"{default}><bpmn:documentation>Tentang {label}</bpmn:documentation>'
        f"<bpmn:extensionElements>{label_en}{extension}</bpmn:extensionElements>{ends}{script}</bpmn:{tag}>"
    )


def _flow(source: str, target: str, condition: str) -> str:
    inside = f"<bpmn:conditionExpression>{condition}</bpmn:conditionExpression>" if condition else ""
    name = flow_name(source, target)
    return f'<bpmn:sequenceFlow id="{name}" sourceRef="{source}" targetRef="{target}">{inside}</bpmn:sequenceFlow>'


def _lane(place: int, name: str) -> str:
    steps = "".join(f"<bpmn:flowNodeRef>{step}</bpmn:flowNodeRef>" for step, lane in _LANE_OF.items() if lane == place)
    return f'<bpmn:lane id="{name}" name="{name[5:].title()}">{steps}</bpmn:lane>'


def _shapes() -> str:
    shapes = "".join(
        f'<bpmndi:BPMNShape id="{name}_di" bpmnElement="{name}">'
        f'<dc:Bounds x="{100 + 150 * place}" y="{100 + 120 * _LANE_OF[name]}" width="110" height="76" />'
        "</bpmndi:BPMNShape>"
        for place, name in enumerate(_BODIES)
    )
    edges = "".join(
        f'<bpmndi:BPMNEdge id="{flow_name(a, b)}_di" bpmnElement="{flow_name(a, b)}">'
        '<di:waypoint x="100" y="100" /><di:waypoint x="200" y="200" /></bpmndi:BPMNEdge>'
        for a, b, _ in _FLOWS
    )
    plane = f'<bpmndi:BPMNPlane id="p" bpmnElement="leave">{shapes}{edges}</bpmndi:BPMNPlane>'
    return f'<bpmndi:BPMNDiagram id="d">{plane}</bpmndi:BPMNDiagram>'


_PROCESS: Final = (
    '<bpmn:process id="leave" name="Cuti" isExecutable="true"><bpmn:laneSet id="lanes">'
    + "".join(_lane(place, name) for place, name in enumerate(LANES))
    + "</bpmn:laneSet>"
    + "".join(map(_node, _BODIES))
    + '<bpmn:boundaryEvent id="late" name="Terlambat" attachedToRef="approve"><bpmn:timerEventDefinition>'
    "<bpmn:timeDuration>P5D</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>"
    + "".join(_flow(*flow) for flow in _FLOWS)
    + "</bpmn:process>"
)


def _rule(name: str, condition: str, unit: str, result: str) -> str:
    cells = "".join(
        f'<inputEntry id="{name}_{place}"><text>{text}</text></inputEntry>'
        for place, text in enumerate((condition, unit))
    )
    return f'<rule id="{name}">{cells}<outputEntry id="{name}_out"><text>{result}</text></outputEntry></rule>'


_RULES: Final = (("short", "&lt; 3", "-", "1"), ("middle", "[3..9]", '"BKPSDM"', "2"), ("long", "&gt; 9", "-", "3"))
_DMN: Final = (
    '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="leave_decisions" name="Cuti" '
    'namespace="urn:test"><decision id="leave_days" name="Hari cuti"><description>Berapa hari.</description>'
    '<decisionTable id="leave_table" hitPolicy="FIRST"><input id="in_days" label="Hari"><inputExpression '
    'id="in_days_e" typeRef="number"><text>asked</text></inputExpression></input><input id="in_unit" label="Unit">'
    '<inputExpression id="in_unit_e" typeRef="string"><text>unit</text></inputExpression></input>'
    '<output id="out_days" name="days" typeRef="number" />'
    + "".join(_rule(*rule) for rule in _RULES)
    + "</decisionTable></decision></definitions>"
)
_FORM: Final = """{"version": 1, "title": {"id": "Permohonan cuti", "en": "Leave request"},
 "sections": [{"title": {"id": "Kapan", "en": "When"}, "fields": ["first_day", "days"]},
              {"title": {"id": "Mengapa", "en": "Why"}, "fields": ["kind", "reason"]}],
 "fields": [{"name": "first_day", "type": "date", "label": {"id": "Hari pertama", "en": "First day"}},
            {"name": "days", "type": "integer", "label": {"id": "Hari", "en": "Days"}, "min": 1, "max": 12},
            {"name": "kind", "type": "radio", "label": {"id": "Jenis", "en": "Kind"}, "required": true,
             "choices": [{"value": "sick", "label": {"id": "Sakit", "en": "Sick"}},
                         {"value": "yearly", "label": {"id": "Tahunan", "en": "Yearly"}}]},
            {"name": "reason", "type": "textarea", "label": {"id": "Alasan", "en": "Reason"},
             "show_when": {"field": "kind", "equals": "sick"}}]}"""
_SCENARIO: Final = """{"process": "leave", "name": {"id": "Diberikan", "en": "Granted"},
 "at": "2026-01-05T08:00:00+07:00", "steps": [{"complete": "ask", "answers": {"days": 2}}],
 "expect": {"ended": true}}"""


def leave_files() -> Mapping[str, bytes]:
    """Return its files as a design keeps them."""
    diagram = f"{_HEAD}{_PROCESS}{_shapes()}</bpmn:definitions>"
    texts = {DIAGRAM: diagram, TABLE: _DMN, FORM: _FORM, SCENARIO: _SCENARIO}
    return {name: tidy_file(name, text.encode()) for name, text in texts.items()}
