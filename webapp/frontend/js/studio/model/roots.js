// Messages, signals, errors and escalations of a diagram: chosen by name, made when they are new.
import { freeId, slug } from "./ids.js";

/** What each kind of event names: [attribute of the definition, type, where its name stands, list of the catalogue]. */
export const NAMED = {
  "bpmn:MessageEventDefinition": ["messageRef", "bpmn:Message", "name", "messages"],
  "bpmn:SignalEventDefinition": ["signalRef", "bpmn:Signal", "name", "signals"],
  "bpmn:ErrorEventDefinition": ["errorRef", "bpmn:Error", "errorCode", "errors"],
  "bpmn:EscalationEventDefinition": ["escalationRef", "bpmn:Escalation", "escalationCode", "escalations"],
};

/** Return the messages (or signals …) that the diagram has, by name. */
export function named(definitions, type, attribute) {
  return (definitions.rootElements ?? []).filter((root) => root.$type === type && root.get(attribute));
}

/** Let a definition (or a send or receive task) name something; it is made if the diagram has none of that name. "" names nothing. */
export function refer({ parts, modeling, moddle, together }, element, holder, [reference, type, attribute], name, definitions) {
  together(() => {
    const root = name ? named(definitions, type, attribute).find((found) => found.get(attribute) === name) ?? begin() : undefined;
    modeling.updateModdleProperties(element, holder, { [reference]: root });
  });

  function begin() {
    const kind = type.replace("bpmn:", "").toLowerCase();
    const id = freeId(`${kind}_${slug(name) || "new"}`, (wanted) => Boolean(moddle.ids.assigned(wanted)));
    const made = parts.make(type, { id, name, ...(attribute === "name" ? {} : { [attribute]: name }) }, definitions);
    modeling.updateModdleProperties(element, definitions, { rootElements: [made, ...definitions.rootElements] });
    return made;
  }
}
