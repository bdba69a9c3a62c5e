// Ids that people need not see: made from the name, in small letters, so that what is stored stays readable.
import CommandInterceptor from "diagram-js/lib/command/CommandInterceptor";
import { is } from "bpmn-js/lib/util/ModelUtil";

const AUTOMATIC = /^[A-Z][A-Za-z]+_[0-9a-z]{7}$/;
const LONGEST = 40;
const NAMED = ["element.updateLabel", "element.updateProperties", "element.updateModdleProperties"];

/** Return a name as an id: "Setujui usulan!" gives "setujui_usulan"; "" if nothing is left of it. */
export function slug(name) {
  const plain = name.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const words = plain.replace(/[^a-z0-9]+/g, "_").replace(/^_+|_+$/g, "").slice(0, LONGEST).replace(/_+$/, "");
  return /^[0-9]/.test(words) ? `step_${words}` : words;
}

export function isAutomatic(id) {
  return AUTOMATIC.test(id);
}

/** Return an id that is not taken: with a number behind it, if it must be. */
export function freeId(wanted, isTaken) {
  if (!isTaken(wanted)) return wanted;
  let number = 2;
  while (isTaken(`${wanted}_${number}`)) number += 1;
  return `${wanted}_${number}`;
}

export function englishOf(object) {
  return object.extensionElements?.values?.find((part) => part.$type === "alur:Label" && part.lang === "en")?.text ?? "";
}

/** Gives an element its id when it gets its first name, and flows theirs by what they join. All of it is undone with the name. */
class Ids extends CommandInterceptor {
  static $inject = ["eventBus", "modeling", "moddle"];

  constructor(eventBus, modeling, moddle) {
    super(eventBus);
    const isTaken = (id) => Boolean(moddle.ids.assigned(id));
    const made = new WeakSet();

    this.postExecuted(NAMED, ({ context }) => {
      const element = context.element?.labelTarget ?? context.element;
      const object = element?.businessObject;
      if (!object?.id || !isNameable(element)) return;
      const wanted = slug(englishOf(object) || object.name || "");
      if (!wanted || wanted === object.id || !(isAutomatic(object.id) || made.has(object))) return;
      if (object.id.replace(/_\d+$/, "") === wanted) return;
      const old = object.id;
      made.add(object);
      modeling.updateProperties(element, { id: freeId(wanted, isTaken) });
      for (const flow of [...(element.incoming ?? []), ...(element.outgoing ?? [])]) nameFlow(flow, old);
    });

    this.postExecuted(["connection.create", "connection.reconnect"], ({ context }) => nameFlow(context.connection));

    function nameFlow(flow, old) {
      if (!is(flow, "bpmn:SequenceFlow") || !flow.source || !flow.target) return;
      const { id } = flow.businessObject;
      const isOurs = old && (id.startsWith(`flow_${old}__`) || id.endsWith(`__${old}`)) && made.has(flow.businessObject);
      const wanted = `flow_${flow.source.id}__${flow.target.id}`;
      if (!(isAutomatic(id) || isOurs) || id === wanted) return;
      made.add(flow.businessObject);
      modeling.updateProperties(flow, { id: freeId(wanted, isTaken) });
    }
  }
}

/** The id of a data object is the name of a variable, that of the process is its own for ever. */
function isNameable(element) {
  const object = element.businessObject;
  return (is(object, "bpmn:FlowNode") || is(object, "bpmn:Lane")) && !element.labelTarget;
}

export const idsModule = { __init__: ["studioIds"], studioIds: ["type", Ids] };
