// What a step works with: a form, a service, a decision table, an expression, another process.
import { button, choiceField, group, make, note, textField } from "./fields.js";
import { partOf } from "./parts.js";
import { say } from "./say.js";

export function formChoice(at) {
  const options = at.catalogue.forms.map(({ key, label }) => [key, label]);
  const key = at.said("alur:Form", "key");
  const fields = [
    choiceField({ key: "form", label: say("Formulir", "Form"), value: key, options, empty: say("Pilih formulir", "Choose a form"), commit: (value) => chooseForm(at, value) }),
    at.result("alur:Form", say("Isian formulir disimpan dengan nama ini.", "What is filled in is kept under this name.")),
  ];
  const known = at.catalogue.forms.find((form) => form.key === key);
  if (known?.url) fields.push(make("p", { className: "small" }, [make("a", { href: known.url, textContent: say("Ubah formulir ini", "Edit this form") })]));
  return group(say("Formulir", "Form"), fields);
}

function chooseForm(at, key) {
  const result = at.said("alur:Form", "result") || key.replace(/[^A-Za-z0-9_]/g, "_");
  if (key) at.tell("alur:Form", { key, result });
  else at.tools.parts.drop(at.element, at.object, partOf(at.object, "alur:Form"));
  at.tools.redraw();
}

export function serviceCall(at) {
  const name = at.said("alur:Service", "name");
  const options = at.catalogue.services.map((service) => [service.name, service.label]);
  const service = at.catalogue.services.find((found) => found.name === name);
  const choose = (value) => {
    if (value) at.tell("alur:Service", { name: value });
    else at.tools.parts.drop(at.element, at.object, partOf(at.object, "alur:Service"));
    at.tools.redraw();
  };
  const fields = [choiceField({ key: "service", label: say("Layanan", "Service"), value: name, options, empty: say("Pilih layanan", "Choose a service"), commit: choose })];
  if (service?.text) fields.push(make("p", { className: "small muted", lang: "en", textContent: service.text }));
  if (name) fields.push(namedValues(at, "alur:Service", "inputs", service?.parameters ?? []), at.result("alur:Service"));
  return group(say("Layanan sistem", "System service"), fields);
}

export function decisionAsked(at) {
  const ref = at.said("alur:Decision", "ref");
  const table = at.catalogue.decisions.find((found) => found.ref === ref);
  const choose = (value) => {
    const result = at.said("alur:Decision", "result") || value;
    if (value) at.tell("alur:Decision", { ref: value, result });
    else at.tools.parts.drop(at.element, at.object, partOf(at.object, "alur:Decision"));
    at.tools.redraw();
  };
  const options = at.catalogue.decisions.map((found) => [found.ref, found.label]);
  const fields = [choiceField({ key: "decision", label: say("Tabel", "Table"), value: ref, options, empty: say("Pilih tabel", "Choose a table"), commit: choose })];
  if (table?.inputs.length) fields.push(note(say("Tabel ini membaca: %(names)s.", "This table reads: %(names)s.", { names: table.inputs.join(", ") })));
  if (table?.url) fields.push(make("p", { className: "small" }, [make("a", { href: table.url, textContent: say("Ubah tabel ini", "Edit this table") })]));
  return group(say("Tabel keputusan", "Decision table"), [...fields, at.result("alur:Decision")]);
}

export function computation(at) {
  const commit = (value) => at.set({ script: value || undefined, scriptFormat: "feel" });
  return group(say("Hitungan", "Computation"), [
    at.feel({ key: "script", label: say("Ungkapan FEEL", "FEEL expression"), value: at.object.script, commit, rows: 6 }),
    at.result("alur:Script"),
  ]);
}

export function calledProcess(at) {
  const options = at.catalogue.processes.map(({ id, label }) => [id, label]);
  const type = "alur:Call";
  return group(say("Proses yang dipanggil", "Process that is called"), [
    choiceField({ key: "called", label: say("Proses di berkas ini", "Process in this file"), value: at.object.calledElement, options, empty: say("Pilih proses", "Choose a process"), commit: (value) => at.set({ calledElement: value || undefined }) }),
    namedValues(at, type, "inputs", []),
    namedValues(at, type, "outputs", []),
  ]);
}

/** Names with an expression each: what a service or a called process is given, or gives back. */
function namedValues(at, type, name, proposed) {
  const part = partOf(at.object, type);
  const rows = (part?.get(name) ?? []).map((item) => [item.name, item.value]);
  const missing = proposed.filter((parameter) => !rows.some(([key]) => key === parameter.name)).map((parameter) => [parameter.name, ""]);
  const all = [...rows, ...missing];
  const write = () => at.tools.parts.list(at.element, at.object, type, name, all.filter(([key, value]) => key && value));
  const list = all.map(([key], place) => {
    const known = proposed.find((parameter) => parameter.name === key);
    const isOwn = !known;
    return make("div", { className: "studio-row" }, [
      isOwn ? textField({ key: `${name} ${place} name`, label: say("Nama", "Name"), value: key, commit: (value) => { all[place][0] = value; write(); } }) : null,
      at.feel({ key: `${name} ${place} value`, label: isOwn ? say("Isi", "Value") : known.label ?? key, hint: known?.text, value: all[place][1], rows: 1, commit: (value) => { all[place][1] = value; write(); } }),
      isOwn ? button(say("Hapus", "Remove"), () => { all.splice(place, 1); write(); at.tools.redraw(); }) : null,
    ]);
  });
  const add = button(say("Tambah", "Add"), () => {
    all.push([freeName(all), "null"]);
    write();
    at.tools.redraw();
  }, { key: `${name} add` });
  const title = name === "inputs" ? say("Yang diberikan", "What it is given") : say("Yang diambil kembali", "What is taken back");
  return make("fieldset", { className: "studio-rows" }, [make("legend", { textContent: title }), ...list, add]);
}

function freeName(rows) {
  let number = rows.length + 1;
  while (rows.some(([key]) => key === `data_${number}`)) number += 1;
  return `data_${number}`;
}
