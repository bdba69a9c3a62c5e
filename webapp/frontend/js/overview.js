// The whole way in small: what is done, where the case is, and which part of it the frame shows. Pressed or dragged, it
// moves the frame; on a touch screen nothing else could. The keyboard has the arrow keys, and readers have the text.
import { lookAt } from "./view.js";

const SVG = "http://www.w3.org/2000/svg";

function add(parent, name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  parent.append(element);
  return element;
}

function place(element, { x, y, width, height }) {
  for (const [key, value] of Object.entries({ x, y, width, height })) element.setAttribute(key, value);
}

function drawPart(svg, element, kind) {
  const attributes = kind ? { class: `is-${kind}` } : {};
  if (element.waypoints) {
    add(svg, "polyline", { ...attributes, points: element.waypoints.map(({ x, y }) => `${x},${y}`).join(" ") });
    return;
  }
  place(add(svg, "rect", { ...attributes, rx: element.width < 60 ? 18 : 10 }), element);
}

/** Lanes first, then ways, then steps: what lies above is drawn later. */
function layer(element) {
  if (element.waypoints) return 1;
  return element.children?.length || /Lane|Participant/.test(element.type) ? 0 : 2;
}

function wire(svg, viewer) {
  const move = (event) => {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    lookAt(viewer, point);
  };
  svg.addEventListener("pointerdown", (event) => {
    svg.setPointerCapture(event.pointerId);
    move(event);
  });
  svg.addEventListener("pointermove", (event) => {
    if (svg.hasPointerCapture(event.pointerId)) move(event);
  });
}

/** Draw the overview into its place; kindOf says of an id whether it is done, active or an incident. */
export function drawOverview(svg, viewer, kindOf) {
  const canvas = viewer.get("canvas");
  const { inner } = canvas.viewbox();
  svg.setAttribute("viewBox", `${inner.x - 8} ${inner.y - 8} ${inner.width + 16} ${inner.height + 16}`);
  const parts = viewer.get("elementRegistry").filter((one) => one.parent && !one.labelTarget);
  for (const part of parts.sort((one, other) => layer(one) - layer(other))) drawPart(svg, part, kindOf(part.id));
  const frame = add(svg, "rect", { class: "in-frame", rx: 16 });
  const follow = () => place(frame, canvas.viewbox());
  viewer.on("canvas.viewbox.changed", follow);
  follow();
  wire(svg, viewer);
}
