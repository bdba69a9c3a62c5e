"""What the drawing can make, the list of steps can make: every element of the palette, its menus and the engine."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest
from werkzeug.datastructures import MultiDict

from engine.bpmn.model import LoopKind, Trigger
from engine.bpmn.vocabulary import FLOW_NODES, LOOPS
from engine.designs.editing.diagram import B, Diagram, children, local, open_diagram, parent_of
from engine.designs.editing.inserting import NewStep, insert_on
from engine.designs.editing.laning import add_lane
from engine.designs.tidying import tidy
from engine.designs.trees import Node
from forms import Option
from tests.unit.engine.designs.breaking import DIAGRAMS
from webapp.studio.outline.adding import add, ways_to_add
from webapp.studio.outline.adding_fields import adding_form
from webapp.studio.outline.applying import apply
from webapp.studio.outline.choices import Choices
from webapp.studio.outline.fields import form_of

JS: Final = Path(__file__).parents[3] / "webapp" / "frontend"
BPMN_JS: Final = JS / "node_modules" / "bpmn-js" / "lib" / "features"
FLOW: Final = "flow_find_authority__decide"
CALLED: Final = {"name": "Yang baru", "name_en": "Something new"}
#: How the list makes what a menu of the drawing makes: where, what is added, and what is filled in.
Recipe = tuple[str, str, Mapping[str, str]]


def step(kind: str) -> Recipe:
    return FLOW, "step", {**CALLED, "step": kind}


def end(kind: str, where: str = "is_granted") -> Recipe:
    return where, "end", {**CALLED, "trigger": kind}


def begin(kind: str) -> Recipe:
    return "unit_award", "beginning", {**CALLED, "trigger": kind, "target": "decide"}


MENUS: Final[Mapping[str, Recipe]] = {
    "user-task": step("userTask"), "manual-task": step("manualTask"), "service-task": step("serviceTask"),
    "rule-task": step("businessRuleTask"), "script-task": step("scriptTask"), "send-task": step("sendTask"),
    "receive-task": step("receiveTask"), "call-activity": step("callActivity"),
    "exclusive-gateway": step("exclusiveGateway"), "parallel-gateway": step("parallelGateway"),
    "inclusive-gateway": step("inclusiveGateway"), "event-based-gateway": step("eventBasedGateway"),
    "timer-intermediate-catch": step("intermediateCatchEvent:timer"),
    "message-intermediate-catch": step("intermediateCatchEvent:message"),
    "message-intermediate-throw": step("intermediateThrowEvent:message"),
    "signal-intermediate-catch": step("intermediateCatchEvent:signal"),
    "signal-intermediate-throw": step("intermediateThrowEvent:signal"),
    "conditional-intermediate-catch": step("intermediateCatchEvent:conditional"),
    "escalation-intermediate-throw": step("intermediateThrowEvent:escalation"),
    "link-intermediate-catch": (FLOW, "links", {"name": "Lanjutan"}),
    "link-intermediate-throw": (FLOW, "links", {"name": "Lanjutan"}),
    "compensation-intermediate-throw": step("intermediateThrowEvent:compensate"),
    "none-end-event": end("plain"), "message-end": end("message"), "signal-end": end("signal"),
    "error-end": end("error"), "escalation-end": end("escalation"), "compensation-end": end("compensate"),
    "cancel-end": end("cancel", "reserve_start"), "terminate-end": end("terminate"),
    "expanded-subprocess": step("subProcess"), "transaction": step("transaction"),
    "event-subprocess": ("unit_award", "listener", {**CALLED, "trigger": "message", "event_name": "kabar"}),
    "none-start-event": begin("plain"), "message-start": begin("message"),
    "timer-start": begin("timer"), "signal-start": begin("signal"),
}  # fmt: skip
PALETTE: Final[Mapping[str, Recipe]] = {
    "create.start-event": MENUS["none-start-event"],
    "create.end-event": MENUS["none-end-event"],
    "create.exclusive-gateway": MENUS["exclusive-gateway"],
    "create.subprocess-expanded": MENUS["expanded-subprocess"],
    "create.data-object": ("decide", "data", {"variable": "jawaban", "line": "reads"}),
    "create.group": ("unit_award", "group", {"name": "Keputusan", "members": "decide"}),
    "create.user-task": MENUS["user-task"],
    "create.service-task": MENUS["service-task"],
    "create.rule-task": MENUS["rule-task"],
    "create.timer": MENUS["timer-intermediate-catch"],
}
#: Made otherwise than by adding something to a step: the first lane comes with its pool, the menu opens the others.
OTHERWISE: Final = {"create.participant-expanded", "create.more"}


@cache
def _content() -> bytes:
    diagram = open_diagram(tidy(DIAGRAMS["unit_award"].read_bytes()))
    insert_on(diagram, diagram.flow(FLOW), NewStep("transaction", {"id": "Pesan tempat", "en": "reserve"}))
    (inner,) = children(diagram.node("reserve"), "sequenceFlow")
    diagram.node("reserve").remove(inner)
    return diagram.write()


def drawing() -> Diagram:
    """Return a shipped process into which a transaction was put, whose content can be cancelled."""
    return open_diagram(_content())


def choices(diagram: Diagram) -> Choices:
    """What can be chosen in a diagram of which nothing else is known."""
    steps = tuple(Option(str(node.get("id")), "x") for node in diagram.root.iter(*(f"{B}{tag}" for tag in FLOW_NODES)))
    spots = tuple(Option(f"flow:{flow.get('id')}", "x") for flow in diagram.root.iter(f"{B}sequenceFlow"))
    lanes = tuple(Option(str(lane.get("id")), "x") for lane in diagram.lanes())
    return Choices((), (), (), (), (), lanes, steps, spots, (), {})


def made(recipe: Recipe) -> list[Node]:
    """Fill a form of the list in as a recipe says, and return what is new in the diagram."""
    where, what, typed = recipe
    diagram = drawing()
    before, node = diagram.by_id().keys(), diagram.find(where)
    assert node is not None and what in dict(ways_to_add(diagram, node))
    form = adding_form(node, choices(diagram), what)(MultiDict(typed), language="id")
    assert form.validate(), form.errors
    add(diagram, node, what, form.typed_data())
    assert open_diagram(diagram.write()).write() == diagram.write()
    return [one for name, one in diagram.by_id().items() if name not in before]


@cache
def entries() -> dict[str, tuple[str, str, bool]]:
    """Return what each entry of bpmn.io's menus makes: the element, what happens there, and whether that begins it."""
    source = (BPMN_JS / "popup-menu" / "PopupEntries.js").read_text()
    found = re.findall(r"^  '([a-z-]+)': \{(.*?)^  \}", source, re.MULTILINE | re.DOTALL)
    return {name: (_said(text, "type"), _said(text, "eventDefinitionType"), "triggeredByEvent" in text)
            for name, text in found}  # fmt: skip


def _said(text: str, name: str) -> str:
    match = re.search(rf"\b{name}: 'bpmn:(\w+)'", text)
    return match[1][0].lower() + match[1][1:] if match else ""


def offered() -> list[str]:
    """Return the entries of the drawing's menus."""
    listed = re.search(r"const GROUPS = \{(.*?)\n\};", (JS / "js" / "studio" / "model" / "kinds.js").read_text(), re.S)
    assert listed is not None
    known = entries()
    return [name for name in re.findall(r'"([a-z-]+)"', listed[1]) if name in known]


def is_made(node: Node, wanted: tuple[str, str, bool]) -> bool:
    tag, happening, is_beside = wanted
    definitions = [local(child) for child in node if local(child).endswith("EventDefinition")]
    return local(node) == tag and definitions == ([happening] if happening else []) and (
        node.get("triggeredByEvent") == "true") == is_beside  # fmt: skip


def test_every_entry_of_the_menus_is_known_here() -> None:
    assert MENUS.keys() == set(offered())


@pytest.mark.parametrize("entry", sorted(MENUS))
def test_what_a_menu_of_the_drawing_makes_the_list_makes(entry: str) -> None:
    assert any(is_made(node, entries()[entry]) for node in made(MENUS[entry]))


def test_every_entry_of_the_palette_is_known_here() -> None:
    menus = (JS / "js" / "studio" / "model" / "menus.js").read_text()
    left_out = set(re.findall(r'"(create\.[a-z-]+)"', next(re.finditer(r"NOT_IN_PALETTE = \[(.*?)\]", menus))[1]))
    theirs = set(re.findall(r"'(create\.[a-z-]+)'", (BPMN_JS / "palette" / "PaletteProvider.js").read_text()))
    ours = set(re.findall(r'"(create\.[a-z-]+)"', menus)) - left_out

    assert PALETTE.keys() | OTHERWISE == (theirs - left_out) | ours


@pytest.mark.parametrize(("entry", "tag"), [("create.data-object", "dataObjectReference"), ("create.group", "group")])
def test_what_only_the_palette_makes_the_list_makes(entry: str, tag: str) -> None:
    assert tag in {local(node) for node in made(PALETTE[entry])}


def test_the_first_lane_comes_with_its_pool() -> None:
    diagram = drawing()
    for node in [*diagram.root.iter(f"{B}collaboration"), *diagram.root.iter(f"{B}laneSet")]:
        parent_of(node).remove(node)

    lane = add_lane(diagram, {"id": "Bersama"})

    (pool,) = diagram.root.iter(f"{B}participant")
    assert pool.get("processRef") == "unit_award"
    assert len(list(children(lane, "flowNodeRef"))) == len(
        [one for one in diagram.process() if local(one) in FLOW_NODES]
    )


def test_notes_hang_on_steps_and_on_the_process() -> None:
    for where in ("decide", "unit_award", "is_granted", "awarded"):
        assert "textAnnotation" in {local(node) for node in made((where, "note", {"text": "Menurut peraturan."}))}


AT_EDGE: Final = {f"{trigger}EventDefinition": trigger for trigger in Trigger
                  if f"{trigger}EventDefinition" in FLOW_NODES["boundaryEvent"].children}  # fmt: skip


@pytest.mark.parametrize("stops", [True, False])
@pytest.mark.parametrize("definition", sorted(AT_EDGE))
def test_every_event_at_an_edge_is_made(definition: str, stops: bool) -> None:
    trigger = AT_EDGE[definition]
    if trigger is Trigger.COMPENSATION:
        found = made(("decide", "undoing", {**CALLED, "step": "userTask"}))
        assert any(node.get("isForCompensation") == "true" for node in found)
    else:
        typed = {**CALLED, "trigger": trigger.value, **({"stops": "1"} if stops else {})}
        found = made(("reserve", "edge", typed))
    (event,) = [node for node in found if local(node) == "boundaryEvent"]
    assert [local(child) for child in event if local(child).endswith("Definition")] == [definition]
    assert trigger is Trigger.COMPENSATION or event.get("cancelActivity", "true") == str(stops).lower()


BESIDE: Final = {trigger for trigger in Trigger if f"{trigger}EventDefinition" in FLOW_NODES["startEvent"].children}


@pytest.mark.parametrize("stops", [True, False])
@pytest.mark.parametrize("trigger", sorted(BESIDE))
def test_every_event_sub_process_is_made(trigger: Trigger, stops: bool) -> None:
    where = "reserve" if trigger is Trigger.COMPENSATION else "unit_award"
    typed = {**CALLED, "trigger": trigger.value, **({"stops": "1"} if stops else {})}

    (start,) = [node for node in made((where, "listener", typed)) if local(node) == "startEvent"]

    assert any(local(child) == f"{trigger}EventDefinition" for child in start)
    assert start.get("isInterrupting", "true") == str(stops).lower()


@pytest.mark.parametrize("kind", LoopKind)
def test_every_marker_of_repetition_is_made(kind: LoopKind) -> None:
    diagram = drawing()
    for tag in ("decide", "reserve"):
        node = diagram.node(tag)
        form: Any = form_of(diagram, node, choices(diagram), "id")
        typed = {"name": "Ulang", "kind": "userTask", "lane": "lane_authority", "loop": kind.value,
                 "loop_before": "1"}  # fmt: skip
        filled = form(MultiDict(typed), language="id")
        assert filled.validate(), filled.errors
        apply(diagram, node, filled.typed_data())
        assert sum(local(child) in LOOPS for child in node) == 1


def test_the_menus_hold_everything_that_the_engine_executes() -> None:
    assert {entries()[entry][0] for entry in MENUS} == FLOW_NODES.keys() - {"boundaryEvent"}
