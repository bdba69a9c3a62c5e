"""Large diagrams in Chromium: what looks alike is drawn once and then copied, and looks as if it had been drawn."""

from re import sub

from playwright.sync_api import expect

from engine.commands.begin_design import BeginDesign
from engine.policy.actor import system_actor
from tests.bench.studio import diagram
from tests.browser.conftest import Staff
from tests.browser.studio_model import CITY, open_drawing

NODES = 60
#: The parts of a picture, without the points of its lines and the names of their tips.
PARTS = """all => all.map(one => one.innerHTML.replaceAll(/ d="[^"]*"/g, '').replaceAll(/marker-\\w+/g, 'tip'))"""
CONDITION = "<bpmn:conditionExpression>answer = true</bpmn:conditionExpression>"


def test_copied_pictures_are_what_would_have_been_drawn(staff: Staff) -> None:
    same = sub(r"usulan \d+", "usulan", diagram(NODES))
    text = sub(r'(<bpmn:sequenceFlow id="flow_9"[^>]*) />', rf"\1>{CONDITION}</bpmn:sequenceFlow>", same)
    design = staff.office.alur.engine.run(BeginDesign({"alike.bpmn": text.encode()}), system_actor(CITY)).value
    assert isinstance(design, int)

    page = open_drawing(staff.page(CITY, "owner"), design).page

    board = page.locator(".djs-container > svg .viewport")
    steps = board.locator(".djs-shape[data-element-id^=step_]").evaluate_all(PARTS)
    flows = board.locator(".djs-connection").evaluate_all(PARTS)
    expect(board.locator(".djs-visual:empty")).to_have_count(0)
    assert (len(steps), len(set(steps))) == (NODES - 2, 1)
    assert (len(flows), len(set(flows))) == (NODES - 1, 2)  # one begins with a sign of its own
