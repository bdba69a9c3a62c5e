// The sentences of the table editor in the reader's language, and the words of dmn-js in Indonesian.
import words from "./indonesian.json";

let texts = null;

/** Return a sentence of the page by its key, with %(name)s replaced. */
export function say(key, values = {}) {
  texts ??= JSON.parse(document.getElementById("table-texts").textContent);
  return String(texts[key] ?? key).replace(/%\((\w+)\)s/g, (_, name) => values[name] ?? "");
}

function translate(template, values = {}) {
  const text = say("translate") === "true" ? (words[template] ?? template) : template;
  return text.replace(/{([^}]+)}/g, (whole, name) => values[name] ?? values[name.trim()] ?? whole);
}

/** A module that each viewer of dmn-js takes. */
export const translation = { translate: ["value", translate] };
