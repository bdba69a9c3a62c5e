// The diagram of a case: drawn from its XML, with the way it took, where it waits and what failed. The same story
// stands beside it as text; whoever cannot see or load the diagram misses nothing.
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import { announce, text } from "./page.js";

// Below this scale labels cannot be read: the view then opens at the waiting step instead of the whole diagram.
const READABLE = 0.45;
const NEAR = 0.85;
const PAN = 60;
// Close up, the frame needs room for what leads to the step and away from it.
const CLOSE = "360px";
// From this width on a drawing too long to be read as a whole shows all its lanes, and of its length what fits.
const WIDE = 720;
const TALLEST = 620;
// The strip of the watermark below the drawing, and air on each side.
const STRIP = 54;
const AIR = 12;

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

function drawMarks(viewer, marks) {
  const busy = new Set([...(marks.active ?? []), ...(marks.incident ?? [])]);
  mark(viewer, marks.flows, "done");
  mark(viewer, (marks.done ?? []).filter((id) => !busy.has(id)), "done", "✓", "✓");
  mark(viewer, marks.active, "active", text("diagram.here"), "●");
  mark(viewer, marks.incident, "incident", text("diagram.incident"), "!");
}

/** Show the whole drawing with air around it. */
function fit(viewer) {
  const canvas = viewer.get("canvas");
  const { inner, outer } = canvas.viewbox();
  const scale = Math.min((outer.width - 32) / inner.width, (outer.height - 32) / inner.height, 1.2);
  const [width, height] = [outer.width / scale, outer.height / scale];
  canvas.viewbox({ x: inner.x - (width - inner.width) / 2, y: inner.y - (height - inner.height) / 2, width, height });
}

/** A wide, low drawing gets a low frame. */
function setHeight(host, viewer) {
  const { inner } = viewer.get("canvas").viewbox();
  const height = (host.clientWidth * inner.height) / inner.width + 90;
  host.style.height = `${Math.round(Math.min(Math.max(height, 240), 520))}px`;
  viewer.get("canvas").resized();
}

function centre(viewer, element) {
  const canvas = viewer.get("canvas");
  const { outer } = canvas.viewbox();
  const [width, height] = [outer.width / NEAR, outer.height / NEAR];
  const [x, y] = [element.x + element.width / 2 - width / 2, element.y + element.height / 2 - height / 2];
  canvas.viewbox({ x, y, width, height });
}

/** Show every lane from top to bottom, and of the way the part around an element: no band of the frame stays empty. */
function showLanes(host, viewer, element) {
  const canvas = viewer.get("canvas");
  const { inner } = canvas.viewbox();
  const scale = Math.min((TALLEST - STRIP - 2 * AIR) / inner.height, NEAR);
  host.style.height = `${Math.round(inner.height * scale) + STRIP + 2 * AIR}px`;
  canvas.resized();
  const { outer } = canvas.viewbox();
  const [width, air] = [outer.width / scale, AIR / scale];
  const last = inner.x + inner.width + air - width;
  const x = Math.max(Math.min(element.x + element.width / 2 - width / 2, last), inner.x - air);
  canvas.viewbox({ x, y: inner.y - air, width, height: outer.height / scale });
}

function show(host, viewer, marks) {
  setHeight(host, viewer);
  fit(viewer);
  // Of a case that has ended, the end: the whole way would be a thread on a phone.
  const current = viewer.get("elementRegistry").get(marks.active?.[0] ?? marks.incident?.[0] ?? marks.done?.at(-1));
  if (viewer.get("canvas").zoom() >= READABLE || !current) return;
  if (host.clientWidth >= WIDE) {
    showLanes(host, viewer, current);
    return;
  }
  host.style.height = CLOSE;
  viewer.get("canvas").resized();
  centre(viewer, current);
}

/** Fit anew when the frame gets another width: a turned phone, a resized window, a diagram that was not laid out yet. */
function keepFitting(host, viewer, marks) {
  let width = host.clientWidth;
  new ResizeObserver(() => {
    if (host.clientWidth === width) return;
    width = host.clientWidth;
    if (width > 0) show(host, viewer, marks);
  }).observe(host);
}

function zoomBy(viewer, factor) {
  const canvas = viewer.get("canvas");
  canvas.zoom(Math.min(3, Math.max(0.2, canvas.zoom() * factor)), "auto");
}

function actions(viewer) {
  const scroll = (dx, dy) => () => viewer.get("canvas").scroll({ dx, dy });
  return {
    in: () => zoomBy(viewer, 1.25),
    out: () => zoomBy(viewer, 0.8),
    fit: () => fit(viewer),
    ArrowLeft: scroll(PAN, 0),
    ArrowRight: scroll(-PAN, 0),
    ArrowUp: scroll(0, PAN),
    ArrowDown: scroll(0, -PAN),
  };
}

const KEYS = { "+": "in", "=": "in", "-": "out", 0: "fit" };

function wireKeys(svg, does) {
  svg.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const action = does[KEYS[event.key] ?? event.key];
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
  const viewer = new NavigatedViewer({ container: host, zoomScroll: { enabled: false } });
  const response = await fetch(host.dataset.diagramUrl, { credentials: "same-origin" });
  if (!response.ok) throw new Error(`${response.status}`);
  await viewer.importXML(await response.text());
  reveal(host);
  viewer.get("canvas").resized();
  show(host, viewer, marks);
  drawMarks(viewer, marks);
  keepFitting(host, viewer, marks);
  const does = actions(viewer);
  wireKeys(describe(host), does);
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
