// The form builder with a script: it saves by itself, shows the preview anew, moves fields by keyboard (Alt and arrows)
// and by dragging. Every button does the same without it.
import { announce } from "./page.js";
import { startSaving } from "./studio/saving.js";

const form = document.getElementById("builder");
const preview = document.getElementById("preview");
const texts = JSON.parse(form.dataset.texts);
let isLeaving = false;

const rows = () => [...form.querySelectorAll("[data-item]")];

/** What the page would send, but for what belongs to the session. */
function typed() {
  const pairs = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== "csrf_token");
  return new URLSearchParams(pairs).toString();
}

async function showPreview() {
  try {
    const response = await fetch(form.dataset.previewUrl, { headers: { "X-Requested-With": "fetch" } });
    if (!response.ok) return;
    preview.innerHTML = await response.text();
    for (const field of preview.querySelectorAll('[data-live-shown="false"]')) field.hidden = true;
    document.dispatchEvent(new CustomEvent("alur:live"));
  } catch {
    // The old preview stays until the network is back.
  }
}

function onState(state) {
  const status = form.querySelector("[data-save-state]");
  const isBad = ["offline", "refused", "conflict", "closed"].includes(state);
  status.textContent = texts[state] ?? "";
  status.dataset.state = isBad ? "failed" : state;
  if (state !== "saved") return;
  form.elements.mark.value = saving.mark();
  showPreview();
}

const saving = startSaving({ url: form.dataset.saveUrl, mark: form.elements.mark.value, read: typed, onState });

/** Put back what could not be saved before the page was loaded again, if the same field is opened. */
function restore() {
  const kept = new URLSearchParams(saving.kept ?? "");
  const isHere = ["opened", "was"].every((name) => kept.get(name) === form.elements[name].value);
  saving.forget();
  if (!isHere || form.hasAttribute("data-typed")) return;
  for (const control of form.elements) {
    if (!control.name?.startsWith("b-")) continue;
    if (control.type === "checkbox") control.checked = kept.has(control.name);
    else if (kept.has(control.name)) control.value = kept.get(control.name);
  }
  // Over somebody else's change only the person himself saves.
  if (saving.keptMark === form.elements.mark.value) saving.changed();
  else onState("restored");
}

/** What is being saved is waited for: the page that is sent then names the content it was made from. */
async function onSubmit(event) {
  if (isLeaving || event.defaultPrevented) return;
  event.preventDefault();
  const { submitter } = event;
  await saving.saveNow();
  form.elements.mark.value = saving.mark();
  saving.abandon();
  isLeaving = true;
  // A form cannot be sent while it is still being asked whether it may be.
  setTimeout(() => form.requestSubmit(submitter));
}

function press(value) {
  const button = document.createElement("button");
  Object.assign(button, { type: "submit", name: "do", value, hidden: true });
  form.append(button);
  form.requestSubmit(button);
}

function onKey(event) {
  const row = event.target.closest("[data-item]");
  if (!row || !event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
  event.preventDefault();
  const button = row.querySelector(`[value^="${event.key === "ArrowUp" ? "up" : "down"}-"]`);
  if (!button) return;
  announce(texts.moved);
  button.click();
}

function startDragging() {
  let dragged = null;
  form.addEventListener("pointerdown", (event) => {
    for (const row of rows()) row.draggable = !event.target.closest(".form-card, .form-tools");
  });
  form.addEventListener("dragstart", (event) => {
    dragged = event.target.closest("[data-item]");
    dragged?.classList.add("is-dragged");
    event.dataTransfer.effectAllowed = "move";
  });
  form.addEventListener("dragover", (event) => {
    const row = event.target.closest("[data-item]");
    if (!dragged || !row) return;
    event.preventDefault();
    for (const one of rows()) one.classList.toggle("is-target", one === row && one !== dragged);
  });
  form.addEventListener("dragend", () => {
    for (const one of rows()) one.classList.remove("is-target", "is-dragged");
    dragged = null;
  });
  form.addEventListener("drop", (event) => {
    const row = event.target.closest("[data-item]");
    if (!dragged || !row || row === dragged) return;
    event.preventDefault();
    press(`place-${dragged.dataset.item}-${row.dataset.item}`);
  });
}

/** A condition offers the answers of the field it is about, and only what it needs. */
function showCondition(block) {
  const [field, comparison, value] = block.querySelectorAll(".field");
  const chosen = field.querySelector("select").selectedOptions[0];
  comparison.hidden = ["", "=always", "=feel"].includes(chosen.value);
  value.hidden = ["", "=always"].includes(chosen.value);
  const isOther = !comparison.hidden && comparison.querySelector("select").value === "differs_from";
  const options = [...field.querySelectorAll("option[data-words]")].filter((option) => option !== chosen);
  const words = isOther ? options.map((option) => option.dataset.label) : JSON.parse(chosen.dataset.words ?? "[]");
  value.querySelector("datalist").replaceChildren(...words.map((word) => new Option(word, word)));
}

function onChange(event) {
  saving.changed();
  const block = event.target.closest("[data-when-block]");
  if (block) showCondition(block);
}

form.addEventListener("input", onChange);
form.addEventListener("submit", onSubmit);
form.addEventListener("keydown", onKey);
form.querySelectorAll("[data-when-block]").forEach(showCondition);
startDragging();
restore();
// Not before the browser has gone to the card itself, which takes the focus away.
addEventListener("pageshow", () => location.hash === "#kartu" && form.querySelector("#kartu input")?.select());
