// The heat map of a process: its diagram with a colour and a number on each step, and how often each way was gone. The
// same numbers stand below as a table; whoever cannot see or load the diagram misses nothing.
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import { nameLanes } from "./lanes.js";
import { drawOverview } from "./overview.js";
import { announce, text } from "./page.js";
import { begin, fit, pan, zoomBy } from "./view.js";

const ACTIONS = {
  in: (viewer) => zoomBy(viewer, 1.25),
  out: (viewer) => zoomBy(viewer, 0.8),
  fit,
  left: (viewer) => pan(viewer, -1, 0),
  right: (viewer) => pan(viewer, 1, 0),
  up: (viewer) => pan(viewer, 0, -1),
  down: (viewer) => pan(viewer, 0, 1),
};
const KEYS = {
  "+": "in",
  "=": "in",
  "-": "out",
  0: "fit",
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
};
// In the small drawing only these stand out.
const HOT = 3;

function note(className, words) {
  const element = document.createElement("div");
  element.className = className;
  element.setAttribute("aria-hidden", "true");
  element.textContent = words;
  return element;
}

function colour(viewer, id, level, words) {
  const element = viewer.get("elementRegistry").get(id);
  if (!element) return;
  if (level) viewer.get("canvas").addMarker(id, `heat-${level}`);
  if (words) viewer.get("overlays").add(id, { position: { top: -14, right: 16 }, html: note(`heat heat-note heat-${level || 1}`, words) });
}

/** The number stands in the middle of the way, where no other one ends. */
function count(viewer, id, words) {
  const way = viewer.get("elementRegistry").get(id)?.waypoints;
  if (!way) return;
  const [from, to] = [way[Math.floor((way.length - 1) / 2)], way[Math.ceil(way.length / 2)]];
  const box = viewer.get("elementRegistry").get(id);
  const [x, y] = [Math.min(...way.map((point) => point.x)), Math.min(...way.map((point) => point.y))];
  const position = { left: (from.x + to.x) / 2 - x - 8, top: (from.y + to.y) / 2 - y - 10 };
  viewer.get("overlays").add(box, { position, html: note("heat-way", words) });
}

function describe(host, viewer) {
  const svg = host.querySelector(".djs-container svg");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", host.dataset.label);
  svg.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || !KEYS[event.key]) return;
    event.preventDefault();
    ACTIONS[KEYS[event.key]](viewer);
  });
}

function wireTools(host, viewer) {
  const tools = document.querySelector(`[data-diagram-tools="${host.id}"]`);
  tools.hidden = false;
  tools.addEventListener("click", (event) => ACTIONS[event.target.closest("[data-do]")?.dataset.do]?.(viewer));
}

function hottest(viewer, elements) {
  const [id] = Object.entries(elements).reduce((most, one) => (one[1][0] > most[1][0] ? one : most), ["", [0]]);
  return viewer.get("elementRegistry").get(id);
}

async function draw(host) {
  const heat = JSON.parse(host.dataset.heat);
  const viewer = new NavigatedViewer({ container: host, zoomScroll: { enabled: false } });
  const response = await fetch(host.dataset.heatUrl, { credentials: "same-origin" });
  if (!response.ok) throw new Error(`${response.status}`);
  await viewer.importXML(await response.text());
  host.hidden = false;
  viewer.get("canvas").resized();
  begin(host, viewer, hottest(viewer, heat.elements));
  for (const [id, [level, words]] of Object.entries(heat.elements)) colour(viewer, id, level, words);
  for (const [id, words] of Object.entries(heat.flows)) count(viewer, id, words);
  nameLanes(host, viewer);
  drawOverview(document.getElementById(`${host.id}-overview`), viewer, (id) => (heat.elements[id]?.[0] >= HOT ? "hot" : ""));
  wireTools(host, viewer);
  document.querySelector(`[data-diagram-instead="${host.id}"]`).hidden = true;
  describe(host, viewer);
  host.dataset.drawn = "yes";
}

for (const host of document.querySelectorAll("[data-heat-url]")) {
  draw(host).catch((error) => {
    console.error(error);
    host.classList.remove("diagram");
    host.hidden = false;
    host.textContent = text("diagram.failed");
    announce(text("diagram.failed"));
  });
}
