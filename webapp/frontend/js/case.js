// The diagram of a case: drawn from its XML, with the way it took, where it waits and what failed. The same story
// stands beside it as text; whoever cannot see or load the diagram misses nothing.
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import { nameLanes } from "./lanes.js";
import { drawOverview } from "./overview.js";
import "./moments.js";
import { fitPaper } from "./paper.js";
import { announce, text } from "./page.js";
import { begin, fit, goTo, pan, zoomBy } from "./view.js";

// A little larger than bpmn.io's own 12 and 11: the longest names of our steps still fit into their places.
const STEPS = { fontSize: 13 };
const EVENTS = { fontSize: 12 };

function badge(kind, label) {
  const element = document.createElement("div");
  element.className = `mark mark-${kind}`;
  element.setAttribute("aria-hidden", "true");
  element.textContent = label;
  return element;
}

/** Small shapes (events, gateways) have their name around them: a sign fits, words would cover it. */
function wordsOrSign(element, words, sign) {
  return element.width < 60 ? sign : words;
}

function mark(viewer, ids, kind, words, sign) {
  const registry = viewer.get("elementRegistry");
  for (const id of ids ?? []) {
    const element = registry.get(id);
    if (!element) continue;
    viewer.get("canvas").addMarker(id, `is-${kind}`);
    if (!words || element.waypoints) continue;
    const label = wordsOrSign(element, words, sign);
    viewer.get("overlays").add(id, { position: { top: -14, left: element.width - 12 - 8 * label.length }, html: badge(kind, label) });
  }
}

function isBusy(marks, id) {
  return [...(marks.active ?? []), ...(marks.incident ?? [])].includes(id);
}

function drawMarks(viewer, marks) {
  mark(viewer, marks.flows, "done");
  mark(viewer, (marks.done ?? []).filter((id) => !isBusy(marks, id)), "done", "✓", "✓");
  mark(viewer, marks.active, "active", text("diagram.here"), "●");
  mark(viewer, marks.incident, "incident", text("diagram.incident"), "!");
}

function kindOf(marks, id) {
  if (marks.incident?.includes(id)) return "incident";
  if (marks.active?.includes(id)) return "active";
  return marks.done?.includes(id) || marks.flows?.includes(id) ? "done" : "";
}

/** Return the step where the case is; of one that has ended there is none, and its whole way is of interest. */
function current(viewer, marks) {
  return viewer.get("elementRegistry").get(marks.active?.[0] ?? marks.incident?.[0]);
}

/** Begin anew when the frame gets another width: a turned phone, a resized window, a diagram not laid out before. */
function keepBeginning(host, viewer, element) {
  let width = host.clientWidth;
  new ResizeObserver(() => {
    if (host.clientWidth === width) return;
    width = host.clientWidth;
    if (width > 0) begin(host, viewer, element);
  }).observe(host);
}

function actions(viewer, element) {
  return {
    here: () => element && goTo(viewer, element),
    in: () => zoomBy(viewer, 1.25),
    out: () => zoomBy(viewer, 0.8),
    fit: () => fit(viewer),
    left: () => pan(viewer, -1, 0),
    right: () => pan(viewer, 1, 0),
    up: () => pan(viewer, 0, -1),
    down: () => pan(viewer, 0, 1),
  };
}

const KEYS = {
  "+": "in",
  "=": "in",
  "-": "out",
  0: "fit",
  Home: "here",
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
};

function wireKeys(svg, does) {
  svg.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const action = does[KEYS[event.key]];
    if (!action) return;
    event.preventDefault();
    action();
  });
}

function wireTools(host, does) {
  const tools = document.querySelector(`[data-diagram-tools="${host.id}"]`);
  if (!tools) return;
  tools.hidden = false;
  tools.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (button) does[button.dataset.do]?.();
  });
}

/** The drawing is one picture to a screen reader; the watermark's link stays outside of it and reachable. */
function describe(host) {
  const svg = host.querySelector(".djs-container svg");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", host.dataset.label);
  if (host.dataset.describedby) svg.setAttribute("aria-describedby", host.dataset.describedby);
  return svg;
}

/** Until here a line led to the text instead; a frame without a drawing would be an empty box. */
function reveal(host) {
  host.hidden = false;
  for (const part of document.querySelectorAll(`[data-diagram-drawn="${host.id}"]`)) part.hidden = false;
  for (const part of document.querySelectorAll(`[data-diagram-instead="${host.id}"]`)) part.hidden = true;
}

async function draw(host) {
  const marks = JSON.parse(host.dataset.marks || "{}");
  // The wheel scrolls the page: a diagram that swallows it traps the reader half way down.
  const viewer = new NavigatedViewer({
    container: host,
    zoomScroll: { enabled: false },
    textRenderer: { defaultStyle: STEPS, externalStyle: EVENTS },
  });
  const response = await fetch(host.dataset.diagramUrl, { credentials: "same-origin" });
  if (!response.ok) throw new Error(`${response.status}`);
  await viewer.importXML(await response.text());
  reveal(host);
  viewer.get("canvas").resized();
  const element = current(viewer, marks);
  begin(host, viewer, element);
  drawMarks(viewer, marks);
  nameLanes(host, viewer);
  drawOverview(document.getElementById(`${host.id}-overview`), viewer, (id) => kindOf(marks, id));
  keepBeginning(host, viewer, element);
  const does = actions(viewer, element);
  const svg = describe(host);
  wireKeys(svg, does);
  fitPaper(svg, viewer);
  wireTools(host, does);
  host.dataset.drawn = "yes";
}

function giveUp(host) {
  host.classList.remove("diagram");
  host.hidden = false;
  host.textContent = text("diagram.failed");
  announce(text("diagram.failed"));
}

for (const host of document.querySelectorAll("[data-diagram-url]")) {
  draw(host).catch((error) => {
    console.error(error);
    giveUp(host);
  });
}
