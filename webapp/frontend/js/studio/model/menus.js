// Palette, pad and menus: they offer what the engine executes, and nothing else.
import RuleProvider from "diagram-js/lib/features/rules/RuleProvider";
import { is } from "bpmn-js/lib/util/ModelUtil";
import { isRefused, offered } from "./kinds.js";
import { placeFor } from "./placing.js";
import { makeRoom, onlyFlow } from "./room.js";
import { say } from "./say.js";

const LATE = 500;
const EARLY = 2000;
const GAP = 60;
const MENU = { width: 320, search: true };

/** Steps of the palette, by the names of bpmn.io's entries: [type, class, title, more]. */
const PALETTE = [
  ["create.user-task", "bpmn:UserTask", "bpmn-icon-user-task", ["Tambah tugas orang", "Add a person's task"]],
  ["create.service-task", "bpmn:ServiceTask", "bpmn-icon-service-task", ["Tambah layanan sistem", "Add a system service"]],
  ["create.rule-task", "bpmn:BusinessRuleTask", "bpmn-icon-business-rule-task", ["Tambah tabel keputusan", "Add a decision table"]],
  ["create.timer", "bpmn:IntermediateCatchEvent", "bpmn-icon-intermediate-event-catch-timer", ["Tambah waktu tunggu", "Add a wait for a time"], { eventDefinitionType: "bpmn:TimerEventDefinition" }],
];
const NOT_IN_PALETTE = ["create.task", "create.data-store", "create.intermediate-event"];
const NOT_IN_PAD = ["append.append-task", "append.intermediate-event", "append.compensation-activity"];

function Menus(injector, palette, contextPad, popupMenu, elementFactory, create, autoPlace, canvas) {
  const make = (target) => elementFactory.createShape({ ...target });
  const makeOpen = (target) => (target.isExpanded ? withStart(target) : make(target));

  function withStart(target) {
    const shape = elementFactory.createShape({ ...target, x: 0, y: 0 });
    const start = elementFactory.createShape({ type: "bpmn:StartEvent", x: 40, y: 82, parent: shape });
    return [shape, start];
  }

  function starter(target) {
    return (event) => create.start(event, makeOpen(target));
  }

  palette.registerProvider(LATE, {
    getPaletteEntries: () => (entries) => {
      const own = Object.fromEntries(
        PALETTE.map(([id, type, className, title, more]) => {
          const begin = starter({ type, ...more });
          return [id, { group: "activity", className, title: say(...title), action: { dragstart: begin, click: begin } }];
        }),
      );
      const rest = Object.entries(entries).filter(([id]) => !NOT_IN_PALETTE.includes(id));
      const more = {
        group: "activity",
        className: "studio-icon-more",
        html: '<div class="entry studio-more" draggable="false">…</div>',
        title: say("Semua unsur lain (N)", "All other elements (N)"),
        action: { click: (event) => openCreate(event) },
      };
      return { ...Object.fromEntries(rest), ...own, "create.more": more };
    },
  });

  contextPad.registerProvider(LATE, {
    getContextPadEntries: (element) => (entries) => {
      const kept = Object.entries(entries).filter(([id]) => !NOT_IN_PAD.includes(id) && !dividesLane(id, element));
      const pad = Object.fromEntries(kept);
      if (entries["append.append-task"]) Object.assign(pad, appends(element));
      if (entries["append.compensation-activity"]) Object.assign(pad, undoing());
      return pad;
    },
  });

  // The pictures of these entries carry style attributes, which our pages refuse: words take their place.
  contextPad.registerProvider(LATE, {
    getMultiElementContextPadEntries: () => (entries) =>
      Object.fromEntries(Object.entries(entries).map(([id, { html, ...entry }]) => [id, html ? { ...entry, className: "studio-align" } : entry])),
  });
  popupMenu.registerProvider("align-elements", LATE, {
    getPopupMenuEntries: () => (entries) =>
      Object.fromEntries(Object.entries(entries).map(([id, { imageHtml: _, ...entry }]) => [id, { ...entry, label: entry.title }])),
  });

  function appends(element) {
    return {
      "append.user-task": append("bpmn:UserTask", "bpmn-icon-user-task", say("Lanjut ke tugas orang", "Go on to a person's task")),
      "append.gateway": append("bpmn:ExclusiveGateway", "bpmn-icon-gateway-none", say("Lanjut ke percabangan", "Go on to a gateway")),
      "append.more": {
        group: "model",
        className: "studio-icon-more",
        html: '<div class="entry studio-more" draggable="false">…</div>',
        title: say("Lanjut ke unsur lain (A)", "Go on to another element (A)"),
        action: { click: () => openAppend(element) },
      },
    };
  }

  function undoing() {
    const title = say("Langkah yang membatalkan hasilnya", "The step that undoes it");
    return { "append.undoing": append("bpmn:ServiceTask", "bpmn-icon-service-task", title, { isForCompensation: true }) };
  }

  function append(type, className, title, more = {}) {
    const begin = (event, element) => create.start(event, make({ type, ...more }), { source: element });
    const click = (_, element) => appendAny(element, { type, ...more });
    return { group: "model", className, title, action: { dragstart: begin, click } };
  }

  // A lane inside a lane is refused by the engine.
  const dividesLane = (id, element) => id.startsWith("lane-divide") && is(element, "bpmn:Lane");

  const entriesOf = (groups, act) =>
    Object.fromEntries(
      offered(groups).flatMap(([group, title, entries]) =>
        entries.map(({ id, label, className, target }) => [
          id,
          { label: injector.get("translate")(label), className, group: { id: group, name: title }, action: act(target) },
        ]),
      ),
    );

  popupMenu.registerProvider("studio-append", {
    getPopupMenuEntries: (element) =>
      entriesOf(["step", "way", "wait", "end", "inside"], (target) => ({
        click: () => appendAny(element, target),
        dragstart: (event) => create.start(event, makeOpen(target), { source: element }),
      })),
  });

  function appendAny(element, target) {
    injector.get("together")(() => {
      const shape = goesBetween(element, target) ? between(element, target) : autoPlace.append(element, make(target));
      if (target.isExpanded) insideStart(shape);
      injector.get("selection").select(shape);
    });
  }

  // Behind a step that goes on to another one, what is new stands between the two: a second way out would be a split.
  function goesBetween(element, target) {
    return !is(element, "bpmn:Gateway") && !is(element, "bpmn:BoundaryEvent") && target.type !== "bpmn:EndEvent" && onlyFlow(element);
  }

  function between(element, target) {
    const modeling = injector.get("modeling");
    const flow = onlyFlow(element);
    const made = make(target);
    makeRoom(injector.get("spaceTool"), element, made.width + GAP);
    const middle = { x: element.x + element.width + GAP + made.width / 2, y: element.y + element.height / 2 };
    const shape = modeling.createShape(made, middle, element.parent);
    modeling.reconnectStart(flow, shape, { x: shape.x + shape.width, y: middle.y });
    modeling.connect(element, shape);
    modeling.layoutConnection(flow);
    setTimeout(() => injector.get("directEditing").activate(shape));
    return shape;
  }

  function insideStart(shape) {
    if (!shape.parent) return;
    const modeling = injector.get("modeling");
    modeling.createShape({ type: "bpmn:StartEvent" }, { x: shape.x + 58, y: shape.y + shape.height / 2 }, shape);
  }

  popupMenu.registerProvider("studio-create", {
    getPopupMenuEntries: () =>
      entriesOf(undefined, (target) => {
        const begin = (event) => (event?.clientX === undefined ? putDown(target) : create.start(event, makeOpen(target)));
        return { click: begin, dragstart: begin };
      }),
  });

  /** Without a mouse there is nothing to hang it on. */
  function putDown(target) {
    const selection = injector.get("selection");
    const [near] = selection.get();
    const { parent, point } = placeFor(canvas, near?.labelTarget ?? near);
    injector.get("together")(() => {
      const shape = injector.get("modeling").createShape(make(target), point, parent);
      if (target.isExpanded) insideStart(shape);
      selection.select(shape);
      setTimeout(() => injector.get("directEditing").activate(shape));
    });
  }

  popupMenu.registerProvider("bpmn-replace", LATE, {
    getPopupMenuEntries: (element) => (entries) =>
      Object.fromEntries(Object.entries(entries).filter(([id]) => !isRefused(id) && !isStrayCondition(id, element))),
    getPopupMenuHeaderEntries: () => (entries) => {
      const { "toggle-participant-multiplicity": _, ...kept } = entries;
      return kept;
    },
  });

  // A condition, an error and the like begin an event sub-process, never a case.
  function isStrayCondition(id, element) {
    return id === "replace-with-conditional-start" && !element.businessObject.$parent?.triggeredByEvent;
  }

  function openAppend(element) {
    const { x, y, width } = canvas.getAbsoluteBBox(element);
    const board = canvas.getContainer().getBoundingClientRect();
    popupMenu.open(element, "studio-append", { x: board.left + x + width + 8, y: board.top + y }, { ...MENU, title: say("Lanjut ke", "Go on to") });
  }

  function openCreate(event) {
    const position = event?.clientX === undefined ? middleOf(canvas) : { x: event.clientX, y: event.clientY };
    popupMenu.open(canvas.getRootElement(), "studio-create", position, { ...MENU, title: say("Tambah unsur", "Add an element") });
  }

  this.append = openAppend;
  this.create = openCreate;
}

function middleOf(canvas) {
  const box = canvas.getContainer().getBoundingClientRect();
  return { x: box.left + box.width / 3, y: box.top + 80 };
}

Menus.$inject = ["injector", "palette", "contextPad", "popupMenu", "elementFactory", "create", "autoPlace", "canvas"];

/** Arrows between pools send nothing: message events do. So none can be drawn. */
class NoMessageFlows extends RuleProvider {
  static $inject = ["eventBus", "bpmnRules"];

  constructor(eventBus, bpmnRules) {
    super(eventBus);
    this.bpmnRules = bpmnRules;
    for (const name of ["connection.create", "connection.reconnect"]) {
      this.addRule(name, EARLY, ({ source, target }) => this.refuse(source, target));
    }
  }

  init() {}

  refuse(source, target) {
    if (!source || !target) return undefined;
    const found = this.bpmnRules.canConnect(source, target);
    return found?.type === "bpmn:MessageFlow" ? false : undefined;
  }
}

export const menusModule = {
  __init__: ["studioMenus", "noMessageFlows"],
  studioMenus: ["type", Menus],
  noMessageFlows: ["type", NoMessageFlows],
};
