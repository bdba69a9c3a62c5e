// Room for something new behind a step: what is right of it moves on, and the pool grows.
import { is } from "bpmn-js/lib/util/ModelUtil";

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
