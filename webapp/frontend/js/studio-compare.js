// Two diagrams beside each other that move together, with what is new, gone or changed marked by colour and sign. The
// same differences stand on the page as a list; whoever cannot see or load the diagrams misses nothing.
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import { nameLanes } from "./lanes.js";
import { announce, focusOn, text } from "./page.js";
import { fitPaper } from "./paper.js";
import { fit, goTo, zoomBy } from "./view.js";

const SIGNS = { added: "+", removed: "−", changed: "~" };
const HEIGHT = 460;
const LOW = 300;
const WIDE = 2.5; // times as wide as high: one below the other, or nothing in it could be read

function badge(kind) {
  const element = document.createElement("div");
  element.className = `sign sign-${kind}`;
  element.setAttribute("aria-hidden", "true");
  element.textContent = SIGNS[kind];
  return element;
}

function mark(viewer, id, kind) {
  const element = viewer.get("elementRegistry").get(id);
  if (!element) return;
  viewer.get("canvas").addMarker(id, `is-${kind}`);
  const middle = element.waypoints?.[Math.floor(element.waypoints.length / 2)];
  const position = middle ? { left: middle.x - element.x, top: middle.y - element.y } : { top: -14, left: element.width - 20 };
  if (element !== viewer.get("canvas").getRootElement()) viewer.get("overlays").add(id, { position, html: badge(kind) });
}

function describe(host) {
  const svg = host.querySelector(".djs-container svg");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", host.dataset.label);
  return svg;
}

async function draw(host) {
  const viewer = new NavigatedViewer({ container: host, zoomScroll: { enabled: false } });
  const response = await fetch(host.dataset.compareUrl, { credentials: "same-origin" });
  if (!response.ok) throw new Error(`${response.status}`);
  await viewer.importXML(await response.text());
  host.hidden = false;
  for (const [kind, ids] of Object.entries(JSON.parse(host.dataset.marks))) for (const id of ids) mark(viewer, id, kind);
  nameLanes(host, viewer);
  fitPaper(describe(host), viewer);
  host.dataset.drawn = "yes";
  return viewer;
}

/** Lay wide diagrams below each other, others side by side, and show each as a whole. */
function arrange(section, viewers) {
  const isWide = viewers.some((viewer) => {
    viewer.get("canvas").resized(); // while it was hidden, nothing in it had a size
    const { inner } = viewer.get("canvas").viewbox();
    return inner.width > WIDE * inner.height;
  });
  section.querySelector(".compare-boards").classList.toggle("is-wide", isWide);
  for (const viewer of viewers) {
    viewer.get("canvas").getContainer().closest(".diagram").style.height = `${isWide ? LOW : HEIGHT}px`;
    viewer.get("canvas").resized();
    fit(viewer);
  }
}

/** Let each diagram show the same part as the one that is moved. */
function link(viewers) {
  let isFollowing = false;
  for (const viewer of viewers) {
    viewer.on("canvas.viewbox.changed", () => {
      if (isFollowing) return;
      isFollowing = true;
      const { x, y, width, height } = viewer.get("canvas").viewbox();
      for (const other of viewers) if (other !== viewer) other.get("canvas").viewbox({ x, y, width, height });
      isFollowing = false;
    });
  }
}

/** Move to an element in the diagram that has it, the newer one first; the keyboard follows. */
function show(viewers, id) {
  const viewer = [...viewers].reverse().find((one) => one.get("elementRegistry").get(id));
  if (!viewer) return announce(text("diagram.failed"));
  goTo(viewer, viewer.get("elementRegistry").get(id));
  const host = viewer.get("canvas").getContainer().closest(".diagram");
  host.scrollIntoView({ block: "center" });
  focusOn(host);
}

function wire(viewers) {
  const [first] = viewers;
  const does = { in: () => zoomBy(first, 1.25), out: () => zoomBy(first, 0.8), fit: () => fit(first) };
  document.querySelector("[data-compare-tools]").addEventListener("click", (event) => {
    does[event.target.closest("[data-do]")?.dataset.do]?.();
  });
  for (const button of document.querySelectorAll("[data-show]")) {
    button.hidden = !viewers.some((viewer) => viewer.get("elementRegistry").get(button.dataset.show));
    button.addEventListener("click", () => show(viewers, button.dataset.show));
  }
}

async function start() {
  const section = document.querySelector("[data-compare]");
  if (!section) return;
  section.hidden = false;
  try {
    const viewers = await Promise.all([...section.querySelectorAll("[data-compare-url]")].map(draw));
    arrange(section, viewers);
    link(viewers);
    wire(viewers);
  } catch (error) {
    console.error(error);
    section.hidden = true;
    announce(text("diagram.failed"));
  }
}

start();
