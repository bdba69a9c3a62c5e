// What is in sight is drawn at once, what lies beyond it behind the first picture: nobody waits for what nobody sees.
import GraphicsFactory from "diagram-js/lib/core/GraphicsFactory";
import { append, create, remove } from "tiny-svg";

const EARLY = 2000;
/** How many are drawn before the browser may do something else: few would make it lay out and paint all too often. */
const AT_ONCE = 480;
/** Room that the palette takes at the left of the board. */
const PALETTE = 120;
const MARGIN = 40;
/** Below this scale words cannot be read: better the start alone, at the scale below. */
const READABLE = 0.7;
const SCALE_OF_START = 0.8;

/** Puts off what lies beyond `sight`, while that is set. What waits is in the model, and in its place; only its picture is missing. */
class Graphics extends GraphicsFactory {
  static $inject = ["eventBus", "elementRegistry"];

  constructor(eventBus, elementRegistry) {
    super(eventBus, elementRegistry);
    Object.assign(this, { eventBus, waiting: new Map(), sight: null, empty: {} });
    eventBus.on("interactionEvents.createHit", EARLY, (event) => {
      if (this.waiting.has(event.element)) event.stopPropagation(); // to return anything would stop it for all
    });
  }

  update(type, element, gfx) {
    if (!this.sight || !element.parent || touches(element, this.sight)) {
      this.draw(type, element, gfx);
      return;
    }
    this.waiting.set(element, [type, gfx]);
    gfx.parentNode.setAttribute("display", "none");
  }

  draw(type, element, gfx) {
    const [typeOfParent, gfxOfParent] = this.waiting.get(element.parent) ?? [];
    if (gfxOfParent) this.draw(typeOfParent, element.parent, gfxOfParent);
    super.update(type, element, gfx);
    if (!this.waiting.delete(element)) return;
    gfx.parentNode.removeAttribute("display");
    this.eventBus.fire("interactionEvents.createHit", { element, gfx });
  }

  remove(element) {
    this.waiting.delete(element);
    super.remove(element);
  }

  /** As bpmn.io makes it, but copied from the first of its kind: a large diagram has a thousand. */
  _createContainer(type, childrenGfx, parentIndex, isFrame) {
    if (isFrame || parentIndex !== undefined) return super._createContainer(type, childrenGfx, parentIndex, isFrame);
    this.empty[type] ??= super._createContainer(type, create("g")).parentNode;
    const group = this.empty[type].cloneNode(true);
    append(childrenGfx, group);
    return group.firstChild;
  }

  drawWaiting(most) {
    let left = most;
    for (const [element, [type, gfx]] of this.waiting) {
      if (left <= 0) return;
      this.draw(type, element, gfx);
      left -= 1;
    }
  }
}

function touches({ x, y, width, height, waypoints }, sight) {
  if (waypoints) return reaches(around(waypoints), sight);
  return x <= sight.right && x + width >= sight.x && y <= sight.bottom && y + height >= sight.y;
}

function reaches(box, sight) {
  return box.x <= sight.right && box.right >= sight.x && box.y <= sight.bottom && box.bottom >= sight.y;
}

function around(points) {
  const box = { x: Infinity, y: Infinity, right: -Infinity, bottom: -Infinity };
  for (const { x, y } of points) {
    box.x = Math.min(box.x, x);
    box.y = Math.min(box.y, y);
    box.right = Math.max(box.right, x);
    box.bottom = Math.max(box.bottom, y);
  }
  return box;
}

/** Return the box around everything that a file draws. */
function extentOf(definitions) {
  const points = (definitions.diagrams?.[0]?.plane?.planeElement ?? []).flatMap(({ bounds, waypoint }) => {
    if (waypoint) return waypoint;
    return bounds ? [bounds, { x: bounds.x + bounds.width, y: bounds.y + bounds.height }] : [];
  });
  return points.length ? around(points) : { x: 0, y: 0, right: 0, bottom: 0 };
}

/** Return the view of everything if that is readable, else of the start. */
function openingView(extent, { width, height }) {
  const inner = { width: extent.right - extent.x, height: extent.bottom - extent.y };
  const fitting = Math.min(width / (inner.width + 2 * MARGIN), height / (inner.height + 2 * MARGIN), 1);
  const scale = fitting >= READABLE ? fitting : SCALE_OF_START;
  const view = { width: width / scale, height: height / scale };
  const middle = { x: extent.x + (inner.width - view.width) / 2, y: extent.y + (inner.height - view.height) / 2 };
  if (fitting >= READABLE) return { ...view, ...middle };
  return { ...view, x: extent.x - PALETTE / scale, y: inner.height > view.height ? extent.y - MARGIN : middle.y };
}

/**
 * Opens the first file at its start and leaves the view where it is with every later one. Fires "sight.seen" when what is in
 * sight has been painted, and "sight.whole" when everything has been drawn.
 */
class Sight {
  static $inject = ["eventBus", "canvas", "graphicsFactory"];

  constructor(eventBus, canvas, graphics) {
    Object.assign(this, { eventBus, canvas, graphics, hasOpened: false, extent: null, frame: null, next: new MessageChannel() });
    this.next.port1.onmessage = () => this.drawOn(AT_ONCE);
    eventBus.on("import.render.start", ({ definitions }) => this.begin(definitions));
    eventBus.on("import.render.complete", () => this.end());
    eventBus.on("canvas.viewbox.changing", () => this.frame && this.drawOn(Infinity));
  }

  begin(definitions) {
    this.extent = extentOf(definitions);
    this.removeFrame();
    if (!this.hasOpened) this.canvas.viewbox(openingView(this.extent, this.canvas.getSize()));
    this.hasOpened = true;
    const { x, y, width, height } = this.canvas.viewbox();
    this.graphics.sight = { x, y, right: x + width, bottom: y + height };
  }

  end() {
    this.graphics.sight = null;
    // Its size stands for what is not drawn yet: who wants to see all at once gets the right view.
    const { x, y, right, bottom } = this.extent;
    this.frame = create("rect", { x, y, width: right - x, height: bottom - y, fill: "none", "pointer-events": "none" });
    append(this.canvas.getActiveLayer(), this.frame);
    // Behind the next frame, when all that is seen has been painted.
    requestAnimationFrame(() => setTimeout(() => {
      this.eventBus.fire("sight.seen");
      this.drawOn(AT_ONCE);
    }));
  }

  drawOn(most) {
    if (!this.frame) return;
    this.graphics.drawWaiting(most);
    if (this.graphics.waiting.size) this.next.port2.postMessage(null);
    else {
      this.removeFrame();
      this.eventBus.fire("sight.whole");
    }
  }

  removeFrame() {
    if (this.frame) remove(this.frame);
    this.frame = null;
  }
}

export const sightModule = { __init__: ["sight"], graphicsFactory: ["type", Graphics], sight: ["type", Sight] };
