// Which part of a diagram the frame shows. The view never leaves the drawing, however it is moved.

// Labels of 13 units are still read at this scale; smaller, the view opens at the step where the case is.
const READABLE = 0.75;
const NEAR = 0.9;
const [FAREST, NEAREST] = [0.15, 2.5];
// The strip of the watermark below the drawing (css/case.css), and air on each side.
const STRIP = 52;
const AIR = 12;
const LOWEST = 360;

function hold(value, least, most) {
  return most < least ? (least + most) / 2 : Math.min(Math.max(value, least), most);
}

export function middle({ x, y, width, height }) {
  return { x: x + width / 2, y: y + height / 2 };
}

/** Show what surrounds a point, at a scale. */
export function lookAt(viewer, point, scale = viewer.get("canvas").zoom()) {
  const canvas = viewer.get("canvas");
  const { inner, outer } = canvas.viewbox();
  const air = AIR / scale;
  const [width, height] = [outer.width / scale, outer.height / scale];
  const x = hold(point.x - width / 2, inner.x - air, inner.x + inner.width + air - width);
  const y = hold(point.y - height / 2, inner.y - air, inner.y + inner.height + air - height);
  canvas.viewbox({ x, y, width, height });
}

/** Show the whole drawing with air around it. */
export function fit(viewer) {
  const { inner, outer } = viewer.get("canvas").viewbox();
  const scale = Math.min((outer.width - 2 * AIR) / inner.width, (outer.height - 2 * AIR) / inner.height, 1.2);
  lookAt(viewer, middle(inner), scale);
}

/** Show an element so that its words can be read. */
export function goTo(viewer, element) {
  lookAt(viewer, middle(element), NEAR);
}

export function zoomBy(viewer, factor) {
  const canvas = viewer.get("canvas");
  lookAt(viewer, middle(canvas.viewbox()), hold(canvas.zoom() * factor, FAREST, NEAREST));
}

/** Move the view by steps of a third of what it shows. */
export function pan(viewer, right, down) {
  const box = viewer.get("canvas").viewbox();
  const { x, y } = middle(box);
  lookAt(viewer, { x: x + (right * box.width) / 3, y: y + (down * box.height) / 3 });
}

/** Give the frame the height that the drawing needs, and never more than leaves room for the page around it. */
function setHeight(host, viewer, scale) {
  const { inner } = viewer.get("canvas").viewbox();
  const most = Math.max(LOWEST, Math.min(0.8 * innerHeight, 0.75 * host.clientWidth));
  host.style.height = `${Math.round(Math.min(inner.height * scale + STRIP + 2 * AIR, most))}px`;
  viewer.get("canvas").resized();
}

/** Show the whole drawing if its words can be read then, or else an element of it. */
export function begin(host, viewer, element) {
  const { inner } = viewer.get("canvas").viewbox();
  const scale = Math.min((host.clientWidth - 2 * AIR) / inner.width, 1.2);
  const isReadable = scale >= READABLE || !element;
  setHeight(host, viewer, isReadable ? scale : NEAR);
  if (isReadable) fit(viewer);
  else goTo(viewer, element);
}
