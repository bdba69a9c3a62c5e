// The fields of the properties panel: a label, a hint, a control, and what is wrong with it.
import { say } from "./say.js";

const PAUSE = 500;
let count = 0;

/** Return an element with properties and children; `dataset` and `aria` are objects. */
export function make(tag, { dataset, aria, ...properties } = {}, children = []) {
  const element = Object.assign(document.createElement(tag), properties);
  Object.assign(element.dataset, dataset);
  for (const [name, value] of Object.entries(aria ?? {})) element.setAttribute(`aria-${name}`, value);
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

/** Return a labelled field around a control. `key` finds it again when the panel is drawn anew. */
export function field(control, { key, label, hint, lang }) {
  count += 1;
  control.id = `studio-field-${count}`;
  control.dataset.key = key;
  const parts = [make("label", { htmlFor: control.id, textContent: label })];
  if (lang) control.lang = lang;
  if (hint) {
    const id = `${control.id}-hint`;
    parts.push(make("p", { id, className: "hint small", textContent: hint }));
    control.setAttribute("aria-describedby", id);
  }
  return make("div", { className: "field" }, [...parts, control]);
}

/** Call `commit` with the value when typing pauses or the field is left, if it has changed. */
export function committing(control, commit) {
  let last = control.value;
  let timer = 0;
  const settle = () => {
    clearTimeout(timer);
    if (control.value === last) return;
    last = control.value;
    commit(control.value.trim());
  };
  control.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(settle, PAUSE);
  });
  control.addEventListener("change", settle);
  control.settle = settle;
  return control;
}

/** A line of text, or several. */
export function textField({ value, commit, rows, choices, ...about }) {
  const control = make(rows ? "textarea" : "input", { className: "input", value: value ?? "", spellcheck: Boolean(rows) });
  if (rows) control.rows = rows;
  else control.autocomplete = "off";
  const whole = field(committing(control, commit), about);
  if (choices?.length) whole.append(proposals(control, choices));
  return whole;
}

function proposals(control, choices) {
  const list = make("datalist", { id: `${control.id}-list` }, choices.map((value) => make("option", { value })));
  control.setAttribute("list", list.id);
  return list;
}

/** A choice among options, each [value, label]; what is said already stays choosable even if nothing provides it. */
export function choiceField({ value, options, commit, empty, ...about }) {
  const known = options.some(([option]) => option === (value ?? ""));
  const all = [...(empty === undefined ? [] : [["", empty]]), ...options];
  if (value && !known) all.push([value, say("%(name)s (tidak terpasang)", "%(name)s (not installed)", { name: value })]);
  const control = make("select", { className: "input" }, all.map(([option, text]) => make("option", { value: option, textContent: text })));
  control.value = value ?? "";
  control.addEventListener("change", () => commit(control.value));
  return field(control, about);
}

/** A box to tick. */
export function checkField({ key, label, value, commit }) {
  const control = make("input", { type: "checkbox", checked: Boolean(value), dataset: { key } });
  control.addEventListener("change", () => commit(control.checked));
  return make("div", { className: "field" }, [make("label", { className: "choice" }, [control, make("span", { textContent: label })])]);
}

/** A whole number. */
export function numberField({ value, commit, least = 1, most = 9999, ...about }) {
  const control = make("input", { className: "input w-number", type: "number", min: least, max: most, step: 1, value: value ?? "" });
  return field(committing(control, commit), about);
}

/** A group of fields under a title; `isOpen` false begins folded. */
export function group(title, fields, isOpen = true) {
  const summary = make("summary", { textContent: title });
  return make("details", { className: "studio-group", open: isOpen, dataset: { group: title } }, [summary, ...fields]);
}

export function button(label, press, { className = "btn", key } = {}) {
  const made = make("button", { type: "button", className, textContent: label });
  if (key) made.dataset.key = key;
  made.addEventListener("click", press);
  return made;
}

export function note(text) {
  return make("p", { className: "small muted", textContent: text });
}
