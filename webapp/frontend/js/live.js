// What follows from the answers by expressions (fields shown, values computed) is asked of the server while people type:
// a form with data-live-url, fields with data-live, values in <output data-live-value>.
import { post } from "./page.js";

const PAUSE = 500;

/** form -> { timer, turn }: only the answer to the newest question counts. */
const asked = new Map();

function fieldsOf(form) {
  const data = new FormData(form);
  for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
  return data;
}

function show(form, { shown, values }) {
  for (const field of form.querySelectorAll("[data-live]")) {
    if (field.dataset.live in shown) field.hidden = !shown[field.dataset.live];
  }
  for (const output of form.querySelectorAll("[data-live-value]")) {
    if (output.id in values) output.textContent = values[output.id] || "–";
  }
  document.dispatchEvent(new CustomEvent("alur:live"));
}

async function ask(form) {
  const state = asked.get(form);
  const turn = (state.turn += 1);
  try {
    const response = await post(form.dataset.liveUrl, fieldsOf(form));
    if (response.ok && turn === state.turn) show(form, await response.json());
  } catch {
    // Without the network the fields stay as they are; the server decides when the form is sent.
  }
}

function onInput(event) {
  const form = event.target.form;
  if (!form?.dataset.liveUrl) return;
  if (!asked.has(form)) asked.set(form, { timer: 0, turn: 0 });
  const state = asked.get(form);
  clearTimeout(state.timer);
  state.timer = setTimeout(() => ask(form), PAUSE);
}

export function startLive() {
  document.addEventListener("input", onInput);
  document.addEventListener("change", onInput);
  for (const field of document.querySelectorAll('[data-live-shown="false"]')) field.hidden = true;
}
