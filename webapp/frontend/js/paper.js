// On paper a diagram is shown as a whole, as wide as the page; on the screen it was the part that can be read.
const AIR = 12;

function wholeDrawing(viewer) {
  const { x, y, inner, scale } = viewer.get("canvas").viewbox();
  const [left, top] = [(inner.x - x) * scale - AIR, (inner.y - y) * scale - AIR];
  return `${left} ${top} ${inner.width * scale + 2 * AIR} ${inner.height * scale + 2 * AIR}`;
}

/** While the page is printed, frame the whole drawing without touching the part the reader looks at. */
export function fitPaper(svg, viewer) {
  addEventListener("beforeprint", () => svg.setAttribute("viewBox", wholeDrawing(viewer)));
  addEventListener("afterprint", () => svg.removeAttribute("viewBox"));
}
