// What stands in the extensionElements of an element, read and changed; every change can be undone.
import CommandInterceptor from "diagram-js/lib/command/CommandInterceptor";
import { getBusinessObject, is, isAny } from "bpmn-js/lib/util/ModelUtil";

/** On which elements a part may stand, by its name: the vocabulary of the engine (engine/bpmn/vocabulary.py). */
const STANDS_ON = {
  "alur:Assignment": ["bpmn:UserTask", "bpmn:ManualTask"],
  "alur:Form": ["bpmn:UserTask"],
  "alur:Service": ["bpmn:ServiceTask"],
  "alur:Decision": ["bpmn:BusinessRuleTask"],
  "alur:Script": ["bpmn:ScriptTask"],
  "alur:Message": ["bpmn:Event", "bpmn:SendTask", "bpmn:ReceiveTask"],
  "alur:Signal": ["bpmn:Event"],
  "alur:Error": ["bpmn:CatchEvent"],
  "alur:Escalation": ["bpmn:CatchEvent"],
  "alur:Call": ["bpmn:CallActivity"],
  "alur:Case": ["bpmn:StartEvent"],
  "alur:Documentation": ["bpmn:FlowNode"],
};

/** Return the part of a type, or undefined. */
export function partOf(object, type, lang) {
  return object?.extensionElements?.values?.find((part) => part.$type === type && (!lang || part.lang === lang));
}

/** Return an attribute of a part; "" where nothing is said. */
export function saidIn(object, type, name) {
  return partOf(object, type)?.get(name) ?? "";
}

/** Changes an element's business object and what hangs on it. */
export class Parts {
  static $inject = ["modeling", "bpmnFactory", "moddle", "commandStack"];

  constructor(modeling, bpmnFactory) {
    this.modeling = modeling;
    this.factory = bpmnFactory;
  }

  /** Say something in a part, e.g. `say(task, object, "alur:Assignment", { due: "today()" })`; what is left empty is not said. */
  say(element, object, type, values, lang) {
    const said = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value || undefined]));
    const part = partOf(object, type, lang);
    if (!part) return this.#add(element, object, type, lang ? { lang, ...said } : said);
    const left = { ...plain(part), ...said };
    if (!Object.entries(left).some(([name, value]) => name !== "lang" && value !== undefined && !isEmptyList(value))) {
      return this.drop(element, object, part);
    }
    return this.modeling.updateModdleProperties(element, part, said);
  }

  /** Take a part away, and the extensionElements with the last one. */
  drop(element, object, part) {
    const values = object.extensionElements.values.filter((other) => other !== part);
    if (values.length) return this.modeling.updateModdleProperties(element, object.extensionElements, { values });
    return this.modeling.updateModdleProperties(element, object, { extensionElements: undefined });
  }

  #add(element, object, type, said) {
    if (!Object.entries(said).some(([name, value]) => name !== "lang" && value !== undefined)) return;
    const holder = object.extensionElements;
    if (!holder) {
      const made = this.make("bpmn:ExtensionElements", { values: [] }, object);
      made.values.push(this.make(type, said, made));
      this.modeling.updateModdleProperties(element, object, { extensionElements: made });
      return;
    }
    const values = [...holder.values, this.make(type, said, holder)];
    this.modeling.updateModdleProperties(element, holder, { values });
  }

  /** Set or take away a typed child such as a condition: an expression with a text. */
  express(element, object, name, text) {
    const made = text.trim() ? this.make("bpmn:Expression", { body: text }, object) : undefined;
    this.modeling.updateModdleProperties(element, object, { [name]: made });
  }

  /** Rewrite the inputs or outputs of a part: `rows` are [name, value]; incomplete ones stay out. */
  list(element, object, type, name, rows) {
    const itemType = name === "inputs" ? "alur:Input" : "alur:Output";
    const part = partOf(object, type) ?? this.#begin(element, object, type);
    const items = rows.map(([key, value]) => this.make(itemType, { name: key, value }, part));
    this.modeling.updateModdleProperties(element, part, { [name]: items });
    if (!Object.values(plain(part)).some((value) => value && !isEmptyList(value))) this.drop(element, object, part);
  }

  #begin(element, object, type) {
    const holder = object.extensionElements ?? this.make("bpmn:ExtensionElements", { values: [] }, object);
    const part = this.make(type, {}, holder);
    if (object.extensionElements) {
      this.modeling.updateModdleProperties(element, holder, { values: [...holder.values, part] });
    } else {
      holder.values = [part];
      this.modeling.updateModdleProperties(element, object, { extensionElements: holder });
    }
    return part;
  }

  make(type, values, parent) {
    const made = this.factory.create(type, values);
    made.$parent = parent;
    return made;
  }
}

function isEmptyList(value) {
  return Array.isArray(value) && value.length === 0;
}

function plain(part) {
  return Object.fromEntries(part.$descriptor.properties.map(({ ns }) => [ns.localName, part.get(ns.localName)]));
}

/** Whatever is copied or replaced keeps only the parts that its new kind may carry. */
function KeepFitting(eventBus) {
  eventBus.on("moddleCopy.canCopyProperty", 2000, ({ parent, property }) => {
    const kinds = STANDS_ON[property?.$type];
    if (!kinds || !parent || parent.$type !== "bpmn:ExtensionElements") return undefined;
    const holder = getBusinessObject(parent.$parent);
    return !holder || kinds.some((kind) => is(holder, kind)) ? undefined : false;
  });
}
KeepFitting.$inject = ["eventBus"];

const CARRIED = ["Message", "Signal", "Error", "Escalation"];

/** An event that is replaced says nothing any more of a message that it no longer has. */
class DropUncarried extends CommandInterceptor {
  static $inject = ["eventBus", "parts"];

  constructor(eventBus, parts) {
    super(eventBus);
    this.postExecuted("shape.replace", ({ context }) => {
      const object = context.newShape.businessObject;
      if (isAny(object, ["bpmn:SendTask", "bpmn:ReceiveTask"])) return;
      for (const name of CARRIED) {
        const part = partOf(object, `alur:${name}`);
        const isThere = object.eventDefinitions?.some((found) => found.$type === `bpmn:${name}EventDefinition`);
        if (part && !isThere) parts.drop(context.newShape, object, part);
      }
    });
  }
}

/** Several changes as one step of undoing: `together(() => { … })`. */
function Together(commandStack) {
  commandStack.register("studio.together", { preExecute: ({ change }) => change(), execute: () => [], revert: () => [] });
  return (change) => commandStack.execute("studio.together", { change });
}
Together.$inject = ["commandStack"];

export const partsModule = {
  __init__: ["keepFitting", "dropUncarried"],
  keepFitting: ["type", KeepFitting],
  dropUncarried: ["type", DropUncarried],
  together: ["factory", Together],
  parts: ["type", Parts],
};
