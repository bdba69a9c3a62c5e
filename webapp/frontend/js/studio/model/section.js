// One element in the panel: what its fields are made of.
import { is } from "bpmn-js/lib/util/ModelUtil";
import { choiceField, textField } from "./fields.js";
import { feelField } from "./feel.js";
import { saidIn } from "./parts.js";
import { say } from "./say.js";

/** Reads and changes one element; `tools` are the modeller's services and those of the panel. */
export class Section {
  constructor(element, tools) {
    this.element = element;
    this.tools = tools;
    this.object = processOf(element) ?? element.businessObject;
  }

  get catalogue() {
    return this.tools.catalogue();
  }

  set(values) {
    this.tools.modeling.updateModdleProperties(this.element, this.object, values);
  }

  said(type, name) {
    return saidIn(this.object, type, name);
  }

  tell(type, values, lang) {
    this.tools.parts.say(this.element, this.object, type, values, lang);
  }

  feel({ key, value, commit, ...about }) {
    return feelField({ key, value, commit, catalogue: this.tools.catalogue, url: this.tools.feelUrl, ...about });
  }

  /** A FEEL field for an attribute of a part. */
  feelPart(type, name, about) {
    return this.feel({ key: `${type} ${name}`, value: this.said(type, name), commit: (value) => this.tell(type, { [name]: value }), ...about });
  }

  /** The name of the variable that takes what the step gives. */
  result(type, hint) {
    return textField({
      key: `${type} result`,
      label: say("Simpan hasilnya sebagai", "Keep what it gives as"),
      hint: hint ?? say("Nama data, misalnya hasil_periksa. Langkah lain menyebutnya dengan nama ini.", "A name for the data, such as checked. Other steps name it so."),
      value: this.said(type, "result"),
      commit: (value) => this.tell(type, { result: value }),
    });
  }

  /** By which calendar working days are counted. */
  calendar() {
    return choiceField({
      key: "calendar",
      label: say("Kalender hari kerja", "Calendar of working days"),
      value: this.said("alur:Calendar", "name"),
      options: this.catalogue.calendars.map(({ name, label }) => [name, label]),
      empty: say("menurut unit kasus", "that of the case's unit"),
      commit: (name) => this.tell("alur:Calendar", { name }),
    });
  }

  /** A FEEL field for an expression that is a child of a BPMN element. */
  expression(holder, name, about) {
    const commit = (value) => this.tools.parts.express(this.element, holder, name, value);
    return this.feel({ key: name, value: holder?.get(name)?.body, commit, ...about });
  }
}

/** Return the process that an element stands for: the paper itself, or a pool. */
export function processOf(element) {
  const object = element.businessObject;
  if (is(object, "bpmn:Collaboration")) return object.participants?.map((found) => found.processRef).find(Boolean);
  if (is(object, "bpmn:Participant")) return object.processRef;
  return is(object, "bpmn:Process") ? object : undefined;
}
