"""`python -m tests.bench.studio`: how long Chromium takes to draw diagrams in the studio, as JSON.

As the page itself notes it: `opened_ms` counts from when the scripts have run until all that the window shows has been
painted, the fetching of the file and the making of the board included, and `finished_ms` until what lies beyond the
window has been drawn as well. `seen_ms` and `whole_ms` are the same from when file and board are there. Those in
`_cpu_ms` are what the page's own thread has worked of that time, whatever else the machine has to do. Small and large
diagrams take turns.
"""

import json
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any, Final

from playwright.sync_api import Browser, sync_playwright

from engine.commands.begin_design import BeginDesign
from engine.policy.actor import system_actor
from tests.browser.conftest import CHROMIUM, DESKTOP, FLAGS, NOWHERE
from tests.browser.installation import Office, make_template, open_office
from webapp.auth.cookie import NAME

SIZES: Final = (20, 500)
ROUNDS: Final = 7
#: From which mark of the page to which.
PARTS: Final = {
    "opened": ("begun", "seen"),
    "finished": ("begun", "whole"),
    "seen": ("ready", "seen"),
    "whole": ("ready", "whole"),
}
MEASURES: Final = tuple(f"{part}{kind}_ms" for part in PARTS for kind in ("", "_cpu"))
#: What Chromium notes of the marks that a page sets.
MARKS: Final = "blink.user_timing"
CITY: Final = "serang"
PATIENCE_MS: Final = 60_000
#: Asked seldom, and about nothing that grows with the drawing: a search among its elements would be measured as well.
IS_WHOLE: Final = "() => performance.getEntriesByName('studio-whole').length > 0"
PAUSE_MS: Final = 50
#: Steps of a row of the drawing; nobody draws five hundred in one line.
ROW: Final = 25
STEP_X, STEP_Y = 160, 140
HEAD: Final = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" '
    'xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:alur="urn:alur:bpmn:1" id="definitions" '
    'targetNamespace="urn:alur:process">'
)


def main() -> None:
    """Draw small and large diagrams, and print how long it took."""
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder, "cities")
        template.mkdir()
        make_template(template)
        with open_office(Path(folder), template) as office:
            json.dump(measure(office), sys.stdout, indent=2)
    sys.stdout.write("\n")


def measure(office: Office) -> dict[str, Any]:
    """Return the median milliseconds by number of nodes, and how many times longer the large one takes."""
    designs = {size: begin(office, size) for size in SIZES}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, NOWHERE])
        rounds = [{size: draw(browser, office, design) for size, design in designs.items()} for _ in range(ROUNDS)]
        browser.close()
    drawn = {size: [one[size] for one in rounds] for size in SIZES}
    return {name: _compared({size: [one[name] for one in times] for size, times in drawn.items()}) for name in MEASURES}


def _compared(times: Mapping[int, Sequence[float]]) -> dict[str, Any]:
    small, large = SIZES
    middle = {size: median(times[size]) for size in SIZES}
    shown = {str(size): round(time, 1) for size, time in middle.items()}
    return {**shown, "least": round(min(times[large]), 1), "times_longer": round(middle[large] / middle[small], 1)}


def begin(office: Office, size: int) -> int:
    """Begin a design with a diagram of so many nodes, and return its id."""
    files = {f"bench_{size}.bpmn": diagram(size).encode()}
    number = office.alur.engine.run(BeginDesign(files), system_actor(CITY)).value
    assert isinstance(number, int)
    return number


def draw(browser: Browser, office: Office, design: int) -> dict[str, float]:
    """Return the milliseconds that the page of a design takes to draw it, in a browser that has nothing kept."""
    context = browser.new_context(base_url=office.address, viewport=DESKTOP)
    token = office.session_of(CITY, "owner")
    context.add_cookies([{"name": NAME, "value": token, "domain": "127.0.0.1", "path": f"/{CITY}"}])
    page = context.new_page()
    browser.start_tracing(page=page, categories=[MARKS])
    page.goto(f"/{CITY}/studio/rancangan/{design}")
    page.wait_for_function(IS_WHOLE, polling=PAUSE_MS, timeout=PATIENCE_MS)
    marks = {one["name"]: one for one in json.loads(browser.stop_tracing())["traceEvents"] if one["cat"] == MARKS}
    context.close()
    return {
        f"{part}{kind}_ms": (marks[f"studio-{last}"][clock] - marks[f"studio-{first}"][clock]) / 1000
        for part, (first, last) in PARTS.items()
        for kind, clock in (("", "ts"), ("_cpu", "tts"))
    }


def diagram(size: int) -> str:
    """Return a diagram of so many nodes in a row that turns: a start, people's tasks and an end."""
    names = ["begin", *(f"step_{number}" for number in range(size - 2)), "done"]
    nodes = [_node(name, place, size) for place, name in enumerate(names)]
    flows = [
        f'<bpmn:sequenceFlow id="flow_{place}" sourceRef="{names[place]}" targetRef="{names[place + 1]}" />'
        for place in range(size - 1)
    ]
    shapes = [_shape(name, place, size) for place, name in enumerate(names)]
    edges = [_edge(place) for place in range(size - 1)]
    return (
        f'{HEAD}<bpmn:process id="bench_{size}" name="Ukuran {size}" isExecutable="true">{"".join((*nodes, *flows))}'
        f'</bpmn:process><bpmndi:BPMNDiagram id="drawing"><bpmndi:BPMNPlane id="plane" bpmnElement="bench_{size}">'
        f"{''.join((*shapes, *edges))}</bpmndi:BPMNPlane></bpmndi:BPMNDiagram></bpmn:definitions>"
    )


def _node(name: str, place: int, size: int) -> str:
    if place in (0, size - 1):
        return f'<bpmn:{"startEvent" if place == 0 else "endEvent"} id="{name}" name="Ujung" />'
    said = '<alur:assignment candidate="&quot;hr_verifier&quot;" /><alur:form key="any" result="answer" />'
    return (
        f'<bpmn:userTask id="{name}" name="Periksa berkas usulan {place}"><bpmn:extensionElements>{said}'
        "</bpmn:extensionElements></bpmn:userTask>"
    )


def _middle(place: int) -> tuple[int, int]:
    row, column = divmod(place, ROW)
    return 100 + STEP_X * (column if row % 2 == 0 else ROW - 1 - column), 100 + STEP_Y * row


def _shape(name: str, place: int, size: int) -> str:
    width, height = (36, 36) if place in (0, size - 1) else (100, 80)
    x, y = _middle(place)
    bounds = f'<dc:Bounds x="{x - width // 2}" y="{y - height // 2}" width="{width}" height="{height}" />'
    return f'<bpmndi:BPMNShape id="shape_{name}" bpmnElement="{name}">{bounds}</bpmndi:BPMNShape>'


def _edge(place: int) -> str:
    points = "".join(f'<di:waypoint x="{x}" y="{y}" />' for x, y in (_middle(place), _middle(place + 1)))
    return f'<bpmndi:BPMNEdge id="edge_{place}" bpmnElement="flow_{place}">{points}</bpmndi:BPMNEdge>'


if __name__ == "__main__":
    main()
