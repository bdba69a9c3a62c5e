// Room: around what is shown, and for something new behind a step, where what is right of it moves on and the pool grows.
import { is } from "bpmn-js/lib/util/ModelUtil";

/** What is selected is seen beside the palette, and with its pad. */
export const ROOM = { top: 60, right: 130, bottom: 80, left: 130 };

/** Below this scale nobody can tell one step from another. */
const SMALL = 0.4;
const SCALE_OF_ONE = 0.8;

/** Bring an element into sight, and so near that it can be read. */
export function showElement(canvas, element) {
  if (canvas.zoom() < SMALL) canvas.zoom(SCALE_OF_ONE);
  canvas.scrollToElement(element, ROOM);
}

/** Return the only sequence flow out of an element; undefined if there is none, or several. */
export function onlyFlow(element) {
  const flows = element.outgoing.filter((flow) => is(flow, "bpmn:SequenceFlow"));
  return flows.length === 1 ? flows[0] : undefined;
}

export function makeRoom(spaceTool, element, width) {
  const start = element.x + element.width + 1;
  const all = roomOf(element).children.flatMap((child) => [child, ...(child.children ?? [])]);
  const { movingShapes, resizingShapes } = spaceTool.calculateAdjustments(all, "x", width, start);
  spaceTool.makeSpace(movingShapes, resizingShapes, { x: width, y: 0 }, "e", start);
}

/** The whole drawing: inside a pool the others grow with it. */
function roomOf(element) {
  return element.parent.parent ? roomOf(element.parent) : element.parent;
}
