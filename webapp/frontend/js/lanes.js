// Names of the lanes that stay in the frame: whoever looks at the middle of a long diagram still reads who does what.
const HEIGHT = 30;

function nameTag(host, lane) {
  const tag = document.createElement("span");
  tag.className = "lane-name";
  tag.textContent = lane.businessObject.name;
  host.append(tag);
  return tag;
}

function put(tag, lane, view) {
  const top = Math.max((lane.y - view.y) * view.scale, 0);
  const bottom = Math.min((lane.y + lane.height - view.y) * view.scale, view.outer.height);
  // At the start of the lane its own name is there.
  tag.hidden = lane.x >= view.x || bottom - top < HEIGHT;
  tag.style.top = `${Math.round(top)}px`;
}

/** Keep the names of the lanes in sight, whichever part of the drawing is shown. */
export function nameLanes(host, viewer) {
  const list = document.createElement("div");
  list.setAttribute("aria-hidden", "true");
  // Below the marks of the steps: where both meet, the mark is what matters.
  host.querySelector(".djs-overlay-container").before(list);
  const lanes = viewer.get("elementRegistry").filter((one) => one.type === "bpmn:Lane");
  const tags = lanes.map((lane) => [nameTag(list, lane), lane]);
  const follow = () => {
    const view = viewer.get("canvas").viewbox();
    for (const [tag, lane] of tags) put(tag, lane, view);
  };
  viewer.on("canvas.viewbox.changed", follow);
  follow();
}
