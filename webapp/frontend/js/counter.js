// How many characters are left in a text, below its field: data-count="2000", data-count-left="… %(count)s …",
// data-count-over. Never cuts: a pasted text stays whole, and the server says the same.
import { announce } from "./page.js";

/** Characters as the server counts them: code points, line ends as one, nothing for the spaces around. */
function lengthOf(field) {
  return [...field.value.replace(/\r\n?/g, "\n").trim()].length;
}

function sentence(field) {
  const left = Number(field.dataset.count) - lengthOf(field);
  const words = left < 0 ? field.dataset.countOver : field.dataset.countLeft;
  return words.replace("%(count)s", String(Math.abs(left)));
}

/** Say it when the limit is passed, in either direction; every key would be too much. */
function show(field) {
  const line = field.nextElementSibling;
  const isOver = lengthOf(field) > Number(field.dataset.count);
  line.textContent = sentence(field);
  if (isOver !== (line.dataset.state === "failed")) announce(line.textContent);
  line.dataset.state = isOver ? "failed" : "";
}

function watch(field) {
  const line = document.createElement("p");
  line.className = "counter";
  field.after(line);
  line.textContent = sentence(field);
  field.addEventListener("input", () => show(field));
}

export function startCounters() {
  document.querySelectorAll("textarea[data-count]").forEach(watch);
}
