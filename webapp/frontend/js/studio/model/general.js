// What every element says of itself: names, what it is for, and of a process who answers for it.
import { is } from "bpmn-js/lib/util/ModelUtil";
import { group, textField } from "./fields.js";
import { englishOf } from "./ids.js";
import { partOf } from "./parts.js";
import { say } from "./say.js";

export function generalWords(at) {
  const { modeling } = at.tools;
  const isNote = is(at.object, "bpmn:TextAnnotation");
  const rename = (value) => {
    if (isNote || at.object === at.element.businessObject) modeling.updateLabel(at.element, value);
    else at.set({ name: value || undefined });
  };
  const fields = [
    textField({ key: "name", label: isNote ? say("Isi catatan", "Text of the note") : say("Nama", "Name"), lang: "id", value: isNote ? at.object.text : at.object.name, commit: rename, rows: isNote ? 3 : 0 }),
  ];
  if (!isNote) {
    fields.push(textField({ key: "name en", label: say("Nama dalam bahasa Inggris", "Name in English"), lang: "en", value: englishOf(at.object), commit: (text) => at.tell("alur:Label", { text }, "en") }));
  }
  if (is(at.object, "bpmn:DataObjectReference")) fields.push(variableName(at));
  return group(say("Umum", "General"), fields);
}

function variableName(at) {
  const data = at.object.dataObjectRef;
  return textField({
    key: "variable",
    label: say("Nama data", "Name of the data"),
    hint: say("Sama dengan nama hasil langkah yang mengisinya.", "The name under which a step keeps what it gives."),
    value: data?.id,
    commit: (id) => id && at.tools.modeling.updateModdleProperties(at.element, data, { id }),
  });
}

export function documentationWords(at) {
  const own = at.object.documentation?.[0];
  const write = (text) => {
    if (own && text) at.tools.modeling.updateModdleProperties(at.element, own, { text });
    else at.set({ documentation: text ? [at.tools.parts.make("bpmn:Documentation", { text }, at.object)] : [] });
    if (!own || !text) at.tools.redrawSoon();
  };
  const fields = [textField({ key: "doc", label: say("Untuk apa", "What it is for"), lang: "id", rows: 3, value: own?.text, commit: write })];
  if (is(at.object, "bpmn:FlowNode")) {
    const said = partOf(at.object, "alur:Documentation", "en")?.text;
    fields.push(textField({ key: "doc en", label: say("Untuk apa, dalam bahasa Inggris", "What it is for, in English"), lang: "en", rows: 3, value: said, commit: (text) => at.tell("alur:Documentation", { text }, "en") }));
  }
  return group(say("Keterangan", "What it is for"), fields, Boolean(own));
}

export function aboutProcess(at) {
  const about = (name, label, hint) => textField({
    key: `about ${name}`, label, hint, rows: name === "owner" ? 0 : 2,
    value: at.said("alur:About", name), commit: (value) => at.tell("alur:About", { [name]: value }),
  });
  return group(say("Tentang proses ini", "About this process"), [
    about("owner", say("Pemilik proses", "Owner of the process"), say("Jabatan atau unit yang bertanggung jawab.", "The post or unit that answers for it.")),
    about("legalBasis", say("Dasar hukum", "Legal basis")),
    about("purpose", say("Tujuan penggunaan data", "What the data are used for")),
    about("retention", say("Lama data disimpan", "How long the data are kept")),
  ]);
}

export function technicalName(at) {
  const isProcess = is(at.object, "bpmn:Process");
  const rename = (id) => {
    if (!/^[A-Za-z_][A-Za-z0-9_.-]*$/.test(id) || at.tools.moddle.ids.assigned(id)) return at.tools.refuse(say("Nama teknis hanya berisi huruf, angka, dan garis bawah, dan belum dipakai.", "A technical name holds letters, digits and underscores only, and is not taken yet."));
    return at.tools.modeling.updateProperties(at.element, { id });
  };
  const shown = textField({ key: "id", label: say("Nama teknis", "Technical name"), hint: isProcess ? say("Nama teknis proses tidak dapat diganti.", "The technical name of a process never changes.") : say("Kasus yang berjalan mengenal unsur ini dengan nama ini.", "Running cases know the element by it."), value: at.object.id, commit: rename });
  if (isProcess) shown.querySelector("input").readOnly = true;
  return group(say("Rincian teknis", "Technical details"), [shown], false);
}
