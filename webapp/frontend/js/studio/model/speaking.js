// Every selection is said: what it is, its name, who does it, what comes next. And the keys that walk along the flows.
import { getBusinessObject, is } from "bpmn-js/lib/util/ModelUtil";
import { announce } from "../../page.js";
import { kindOf } from "./kinds.js";
import { ROOM } from "./room.js";
import { say } from "./say.js";

const FIRST = 3000;

function nameOf(object) {
  return object.name || object.text || say("tanpa nama", "without a name");
}

function laneOf(element) {
  const object = getBusinessObject(element);
  return object.lanes?.[0]?.name;
}

/** Return what is said of an element: "Tugas orang, Setujui usulan, lajur Atasan. Lanjut ke: Putuskan." */
export function describe(element) {
  const object = getBusinessObject(element);
  const lane = laneOf(element);
  const head = [kindOf(element), nameOf(object), lane && say("lajur %(name)s", "lane %(name)s", { name: lane })].filter(Boolean).join(", ");
  if (is(object, "bpmn:SequenceFlow")) return `${head}. ${flowWords(object)}`;
  return `${head}. ${nextWords(object)}`.trim();
}

function flowWords(flow) {
  const ends = say("Dari %(from)s ke %(to)s.", "From %(from)s to %(to)s.", { from: nameOf(flow.sourceRef), to: nameOf(flow.targetRef) });
  const isDefault = flow.sourceRef?.default === flow;
  if (isDefault) return `${ends} ${say("Dipakai bila tidak ada syarat yang terpenuhi.", "Taken if no condition holds.")}`;
  const condition = flow.conditionExpression?.body;
  return condition ? `${ends} ${say("Bila %(condition)s.", "If %(condition)s.", { condition })}` : ends;
}

function nextWords(object) {
  const flows = object.outgoing ?? [];
  if (!is(object, "bpmn:FlowNode")) return "";
  if (!flows.length) return is(object, "bpmn:EndEvent") ? "" : say("Tidak ada langkah berikutnya.", "Nothing comes next.");
  const ways = flows.map((flow) => [flow.name, nameOf(flow.targetRef)].filter(Boolean).join(": "));
  const problem = flows.length > 1 ? say("%(count)s jalan: ", "%(count)s ways: ", { count: flows.length }) : "";
  return say("Lanjut ke %(ways)s.", "Goes on to %(ways)s.", { ways: problem + ways.join("; ") });
}

/** Return the element that a key leads to from another; undefined if there is none. */
export function neighbour(element, key, all, cameBy) {
  if (!element || !(is(element, "bpmn:FlowNode") || is(element, "bpmn:SequenceFlow"))) {
    return ["ArrowRight", "ArrowDown", "Home"].includes(key) ? firstOf(all) : undefined;
  }
  if (element.waypoints) return { ArrowRight: element.target, ArrowLeft: element.source }[key];
  if (key === "ArrowRight") return element.outgoing.find(isFlow)?.target;
  if (key === "ArrowLeft") return (cameBy?.target === element ? cameBy : element.incoming.find(isFlow))?.source ?? element.host;
  return beside(element, key === "ArrowDown" ? 1 : -1, cameBy);
}

function isFlow(connection) {
  return is(connection, "bpmn:SequenceFlow");
}

function firstOf(all) {
  return all.find((element) => is(element, "bpmn:StartEvent")) ?? all.find((element) => is(element, "bpmn:FlowNode"));
}

/** Down and up: the other ways out of where one came from, and the events at the edge of a step. */
function beside(element, step, cameBy) {
  const edges = element.attachers?.filter((event) => is(event, "bpmn:BoundaryEvent")) ?? [];
  if (step > 0 && edges.length) return edges[0];
  if (element.host) {
    const siblings = [element.host, ...element.host.attachers.filter((event) => is(event, "bpmn:BoundaryEvent"))];
    return siblings[(siblings.indexOf(element) + step + siblings.length) % siblings.length];
  }
  const way = cameBy?.target === element ? cameBy : element.incoming.find(isFlow);
  const ways = way ? way.source.outgoing.filter(isFlow).map((flow) => flow.target) : [];
  return ways.length > 1 ? ways[(ways.indexOf(element) + step + ways.length) % ways.length] : undefined;
}

/** Say selections, and let the arrows walk. */
export function startSpeaking(modeler) {
  const [selection, canvas, registry, eventBus] = ["selection", "canvas", "elementRegistry", "eventBus"].map((name) => modeler.get(name));
  let cameBy = null;

  eventBus.on("selection.changed", ({ newSelection }) => {
    if (newSelection.length === 1) announce(describe(newSelection[0].labelTarget ?? newSelection[0]));
    else if (newSelection.length) announce(say("%(count)s unsur dipilih", "%(count)s elements are selected", { count: newSelection.length }));
  });

  function walk(event) {
    const from = selection.get()[0]?.labelTarget ?? selection.get()[0];
    const to = event.shiftKey ? flowOf(from, event.key) : neighbour(from, event.key, registry.getAll(), cameBy);
    if (!to) {
      announce(say("Tidak ada lagi ke arah itu.", "Nothing more that way."));
      return;
    }
    const source = event.key === "ArrowRight" ? from : cameBy?.source;
    cameBy = to.incoming?.find((flow) => flow.source === source) ?? null;
    selection.select(to);
    canvas.scrollToElement(to, ROOM);
  }

  modeler.get("keyboard", false)?.addListener(FIRST, ({ keyEvent }) => {
    const isArrow = keyEvent.key.startsWith("Arrow") || keyEvent.key === "Home";
    if (!isArrow || keyEvent.altKey || keyEvent.ctrlKey || keyEvent.metaKey) return undefined;
    walk(keyEvent);
    return true;
  });
}

/** With Shift: the flow itself, which has a condition of its own. */
function flowOf(element, key) {
  const flows = { ArrowRight: element?.outgoing, ArrowLeft: element?.incoming }[key];
  return flows?.find(isFlow);
}
