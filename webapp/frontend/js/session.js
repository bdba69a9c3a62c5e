// The session of a shared PC ends by itself; this warns in time, saves the drafts and offers to stay.
import { announce, notify, post, setting, text } from "./page.js";
import { saveAll } from "./draft.js";

const WARNING = 120_000;

let deadline = Infinity;
let warned = false;

function length() {
  return Number(setting("sessionSeconds")) * 1000;
}

function dialog() {
  return document.getElementById("session-dialog");
}

function extend() {
  deadline = Date.now() + length();
  warned = false;
  if (dialog()?.open) dialog().close();
}

function remainingText(milliseconds) {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  return `${Math.floor(seconds / 60)}.${String(seconds % 60).padStart(2, "0")}`;
}

/** Say what becomes of what was typed: only some forms are kept as drafts, and most pages have nothing to keep. */
function tellAboutForms() {
  const kept = document.querySelector("main form[data-draft-url]") !== null;
  const typed = !kept && document.querySelector("main form[method=post] :is(textarea, input:not([type=hidden]))") !== null;
  dialog().querySelector("[data-when=draft]").hidden = !kept;
  dialog().querySelector("[data-when=form]").hidden = !typed;
}

function warn(left) {
  if (!warned) {
    warned = true;
    saveAll();
    tellAboutForms();
    dialog().showModal();
    announce(text("session.warning", { time: remainingText(left) }));
  }
  dialog().querySelector("[data-remaining]").textContent = remainingText(left);
}

/** The form with something typed that the server gives back once the same person has signed in again. */
function typedForm() {
  const forms = [...document.querySelectorAll("main form[method=post]:not([data-draft-url])")];
  return forms.find((form) => form.elements.csrf_token?.value.includes("~") && [...form.elements].some(isTyped));
}

function isTyped({ type, value, defaultValue, checked, defaultChecked }) {
  if (type === "radio" || type === "checkbox") return checked !== defaultChecked;
  return (type === "text" || type === "textarea") && value !== defaultValue;
}

/** End the session; only when it is over is what was typed sent: nobody is signed in then, so that nothing is done. */
async function leave() {
  const door = new URL(setting("expiredUrl") || location.href, location.href);
  const form = typedForm();
  if (!form) return location.assign(door);
  const answer = await fetch(door).catch(() => null);
  if (answer?.ok && new URL(answer.url).pathname === door.pathname) return form.submit();
  location.assign(door);
}

function tick() {
  // By the wall clock, not by counting: a closed lid stops timers, not the session.
  const left = deadline - Date.now();
  if (left <= 0) return leave();
  // A short session is warned of at half its time.
  if (left <= Math.min(WARNING, length() / 2)) warn(left);
  setTimeout(tick, 1000);
}

async function stay() {
  await saveAll();
  try {
    const response = await post(setting("pingUrl"), "");
    if (!response.ok) location.assign(setting("expiredUrl") || location.href);
  } catch {
    notify(text("network.error"));
  }
}

export function startSession() {
  if (!(length() > 0) || !dialog()) return;
  // Work in another tab of the same browser keeps this one signed in, too.
  const tabs = new BroadcastChannel("alur-session");
  tabs.onmessage = extend;
  document.addEventListener("alur:reached", () => {
    extend();
    tabs.postMessage("reached");
  });
  dialog().addEventListener("cancel", (event) => event.preventDefault());
  dialog().querySelector("[data-stay]").addEventListener("click", stay);
  extend();
  tabs.postMessage("reached");
  tick();
}
