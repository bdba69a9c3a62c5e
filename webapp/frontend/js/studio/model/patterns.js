// Prepared pieces of a process, put in behind the selected step as one step of undoing.
import { is } from "bpmn-js/lib/util/ModelUtil";
import { announce, notify } from "../../page.js";
import { makeRoom, onlyFlow } from "./room.js";
import { say } from "./say.js";

const TIMER = { eventDefinitionType: "bpmn:TimerEventDefinition" };
const ROW = 120;

/** name -> [title, node: { x (columns), y (rows), type, name, en, … }, flow: [from, to, name, en, condition | true for default]] */
const PATTERNS = {
  "second-approver": {
    title: ["Penyetuju kedua di atas jumlah tertentu", "A second approver above an amount"],
    nodes: {
      is_large: { x: 0, y: 0, type: "bpmn:ExclusiveGateway", name: "Di atas batas?", en: "Above the limit?" },
      approve_again: { x: 1, y: 1, type: "bpmn:UserTask", name: "Setujui jumlah besar", en: "Approve a large amount" },
      approved: { x: 2, y: 0, type: "bpmn:ExclusiveGateway" },
    },
    flows: [
      ["is_large", "approve_again", "Ya", "Yes", "amount > 10000000"],
      ["is_large", "approved", "Tidak", "No", true],
      ["approve_again", "approved"],
    ],
    first: "is_large",
    last: "approved",
  },
  "parallel-opinions": {
    title: ["Dua pendapat bersamaan", "Two opinions at the same time"],
    nodes: {
      ask: { x: 0, y: 0, type: "bpmn:ParallelGateway" },
      first: { x: 1, y: 0, type: "bpmn:UserTask", name: "Beri pendapat pertama", en: "Give the first opinion" },
      second: { x: 1, y: 1, type: "bpmn:UserTask", name: "Beri pendapat kedua", en: "Give the second opinion" },
      both: { x: 2, y: 0, type: "bpmn:ParallelGateway" },
    },
    flows: [["ask", "first"], ["ask", "second"], ["first", "both"], ["second", "both"]],
    first: "ask",
    last: "both",
  },
  reminder: {
    title: ["Pengingat setelah beberapa hari kerja", "A reminder after some working days"],
    at: "bpmn:Activity",
    nodes: {
      late: { type: "bpmn:BoundaryEvent", ...TIMER, name: "3 hari kerja", en: "3 working days", timer: "working days after(today(), 3)" },
      remind: { x: 0.4, y: 1, type: "bpmn:ServiceTask", name: "Kirim pengingat", en: "Send a reminder" },
      reminded: { x: 1.3, y: 1, type: "bpmn:EndEvent", name: "Sudah diingatkan", en: "Reminded" },
    },
    flows: [["late", "remind"], ["remind", "reminded"]],
  },
};
const COLUMN = 150;

/** Return the patterns as [name, title]. */
export function patternTitles() {
  return Object.entries(PATTERNS).map(([name, { title }]) => [name, say(...title)]);
}

/** Put a pattern in behind the selected element; returns whether it could be. */
export function insertPattern(modeler, name) {
  const pattern = PATTERNS[name];
  const selected = modeler.get("selection").get()[0];
  if (!selected || selected.waypoints || !is(selected, pattern.at ?? "bpmn:FlowNode") || is(selected, "bpmn:EndEvent")) {
    notify(say("Pilih dahulu langkah yang akan diikuti pola ini.", "First select the step behind which the pattern goes."));
    return false;
  }
  const builder = new Builder(modeler, selected);
  modeler.get("together")(() => builder.build(pattern));
  modeler.get("selection").select(Object.values(builder.made));
  announce(say("Pola disisipkan: %(title)s", "Put in: %(title)s", { title: say(...pattern.title) }));
  return true;
}

class Builder {
  constructor(modeler, selected) {
    for (const name of ["modeling", "elementFactory", "parts", "spaceTool"]) this[name] = modeler.get(name);
    this.selected = selected;
    this.made = {};
  }

  build({ nodes, flows, first, last }) {
    const out = onlyFlow(this.selected);
    if (first && out) makeRoom(this.spaceTool, this.selected, COLUMN * 3);
    for (const [key, node] of Object.entries(nodes)) this.made[key] = this.node(node);
    if (last && out) this.modeling.reconnectStart(out, this.made[last], { x: this.made[last].x, y: this.middle() });
    if (first) this.modeling.connect(this.selected, this.made[first]);
    for (const flow of flows) this.flow(flow);
    if (out) this.modeling.layoutConnection(out);
  }

  middle() {
    return this.selected.y + this.selected.height / 2;
  }

  node({ x, y, type, name, en, timer, eventDefinitionType }) {
    const shape = this.elementFactory.createShape({ type, eventDefinitionType });
    const made = type === "bpmn:BoundaryEvent" ? this.attach(shape) : this.place(shape, x, y);
    if (name) this.modeling.updateLabel(made, name);
    if (en) this.parts.say(made, made.businessObject, "alur:Label", { text: en }, "en");
    if (timer) this.parts.express(made, made.businessObject.eventDefinitions[0], "timeDate", timer);
    return made;
  }

  place(shape, x, y) {
    const left = this.selected.x + this.selected.width + 60 + x * COLUMN;
    return this.modeling.createShape(shape, { x: left + 40, y: this.middle() + y * ROW }, this.selected.parent);
  }

  attach(shape) {
    const at = { x: this.selected.x + this.selected.width - 25, y: this.selected.y + this.selected.height };
    const made = this.modeling.createShape(shape, at, this.selected, { attach: true });
    this.modeling.updateProperties(made, { cancelActivity: false });
    return made;
  }

  flow([from, to, name, en, condition]) {
    const flow = this.modeling.connect(this.made[from], this.made[to]);
    if (name) this.modeling.updateLabel(flow, name);
    if (en) this.parts.say(flow, flow.businessObject, "alur:Label", { text: en }, "en");
    if (condition === true) this.modeling.updateProperties(this.made[from], { default: flow.businessObject });
    else if (condition) this.parts.express(flow, flow.businessObject, "conditionExpression", condition);
  }
}
