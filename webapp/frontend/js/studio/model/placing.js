// Where things stand in the window: menus inside it, and the whole drawing beside the palette.
import PopupMenu from "diagram-js/lib/features/popup-menu/PopupMenu";

const EDGE = 8;
const MARGIN = 20;
const BELOW = 90;

/** Menus are pinned to the window; bpmn.io keeps them inside the page, of which a part may be out of sight and out of reach. */
class MenuInside extends PopupMenu {
  static $inject = PopupMenu.$inject;

  _ensureVisible(menu, { x, y }) {
    const { width, height } = menu.getBoundingClientRect();
    const { clientWidth, clientHeight } = document.documentElement;
    return { x: inside(x, clientWidth - width), y: inside(y, clientHeight - height) };
  }
}

function inside(wanted, most) {
  return Math.max(EDGE, Math.min(wanted, most - EDGE));
}

/**
 * Return where something new goes at once, `{ parent, point }`: below a step, or in the middle of what is in sight. Hanging at a
 * mouse pointer it would be out of reach of a keyboard.
 */
export function placeFor(canvas, near) {
  const root = canvas.getRootElement();
  const pool = root.children.find((child) => child.businessObject.processRef);
  if (near?.businessObject.$instanceOf("bpmn:FlowNode")) {
    return { parent: near.parent, point: { x: near.x + near.width / 2, y: near.y + near.height + BELOW } };
  }
  const { x, y, width, height } = canvas.viewbox();
  return { parent: pool ?? root, point: { x: x + width / 2, y: y + height / 2 } };
}

/** Show the whole drawing, no larger than it is drawn. */
export function showAll(canvas) {
  const { inner, outer } = canvas.viewbox();
  const palette = canvas.getContainer().querySelector(".djs-palette");
  const left = palette ? palette.offsetLeft + palette.offsetWidth : 0;
  const room = { width: outer.width - left - 2 * MARGIN, height: outer.height - 2 * MARGIN };
  const scale = Math.min(room.width / inner.width, room.height / inner.height, 1);
  const x = inner.x - (left + MARGIN + (room.width - inner.width * scale) / 2) / scale;
  const y = inner.y - (MARGIN + (room.height - inner.height * scale) / 2) / scale;
  canvas.viewbox({ x, y, width: outer.width / scale, height: outer.height / scale });
}

/** On a small board show where the process begins, not the corner of the paper, unless all of it is in sight. */
export function showStart(modeler) {
  const canvas = modeler.get("canvas");
  const start = modeler.get("elementRegistry").find(({ type }) => type === "bpmn:StartEvent");
  const { inner, width, height } = canvas.viewbox();
  if (!start || (inner.width <= width && inner.height <= height)) return;
  canvas.viewbox({ x: start.x - 2 * MARGIN, y: start.y + (start.height - height) / 2, width, height });
}

export const placingModule = { popupMenu: ["type", MenuInside] };
