// Drafts: a form with data-draft-url is sent there while it is filled in. On failure the copy stays in memory only (the
// computer may be shared, so nothing is written to it) and is sent again until it arrives.
import { announce, clockText, post, text } from "./page.js";

const PAUSE = 1200;
const RETRIES = [3000, 10000, 30000];

/** form -> what is known of its draft; unsaved while version > saved. */
const drafts = new Map();

function draftOf(form) {
  if (!drafts.has(form)) drafts.set(form, { timer: 0, failures: 0, version: 0, saved: 0, sending: null, state: "" });
  return drafts.get(form);
}

function show(form, state, message) {
  const status = form.querySelector("[data-draft-status]");
  if (!status) return;
  status.dataset.state = state;
  status.textContent = message;
}

/** Return the form's fields without files: those are sent when the form is. */
function fieldsOf(form) {
  const data = new FormData(form);
  for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
  return data;
}

function retryLater(form, draft) {
  const wait = RETRIES[Math.min(draft.failures, RETRIES.length - 1)];
  draft.failures += 1;
  clearTimeout(draft.timer);
  draft.timer = setTimeout(() => save(form), wait);
}

/** Show the state, and say it when it is news: a sentence every few seconds would drown the form. */
function tell(form, draft, state, message) {
  show(form, state, message);
  if (draft.state !== state) announce(message);
  draft.state = state;
}

function onAnswer(form, draft, version, response, answer) {
  if (response.ok) {
    Object.assign(draft, { saved: version, failures: 0 });
    tell(form, draft, "saved", text("draft.saved", { time: answer?.time ?? clockText() }));
  } else if (response.status === 409 || response.status === 422) {
    // Somebody else changed the task: sending it again would not help, the sentence of the server does.
    tell(form, draft, "failed", answer?.message ?? text("draft.conflict"));
  } else {
    tell(form, draft, "failed", text(response.status === 401 ? "session.over" : "draft.failed"));
    retryLater(form, draft);
  }
}

async function send(form, draft) {
  const version = draft.version;
  // Only a page that goes away needs keepalive: it limits what is sent to 64 KB.
  const keepalive = document.visibilityState === "hidden";
  try {
    const response = await post(form.dataset.draftUrl, fieldsOf(form), { keepalive });
    onAnswer(form, draft, version, response, await response.json().catch(() => null));
  } catch {
    tell(form, draft, "failed", text("draft.failed"));
    retryLater(form, draft);
  }
}

/** Save one form now; resolves when the answer is there. One request at a time, so that drafts arrive in order. */
export async function save(form) {
  const draft = draftOf(form);
  clearTimeout(draft.timer);
  if (draft.sending) await draft.sending;
  if (draft.version === draft.saved || !form.isConnected) return;
  draft.sending = send(form, draft);
  await draft.sending;
  draft.sending = null;
}

/** Save every form with unsaved changes. */
export function saveAll() {
  return Promise.all(unsaved().map(save));
}

function unsaved() {
  return [...drafts.keys()].filter((form) => form.isConnected && drafts.get(form).version > drafts.get(form).saved);
}

function onInput(event) {
  const form = event.target.form;
  if (!form?.dataset.draftUrl || event.target.type === "file") return;
  const draft = draftOf(form);
  draft.version += 1;
  clearTimeout(draft.timer);
  draft.timer = setTimeout(() => save(form), PAUSE);
}

/** A submitted form carries everything itself: its draft is neither sent nor warned about any more. */
function forget(form) {
  const draft = drafts.get(form);
  if (!draft) return;
  clearTimeout(draft.timer);
  draft.saved = draft.version;
}

export function startDrafts() {
  document.addEventListener("input", onInput);
  document.addEventListener("change", onInput);
  document.addEventListener("submit", (event) => !event.defaultPrevented && forget(event.target));
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && saveAll());
  addEventListener("online", saveAll);
  addEventListener("beforeunload", (event) => {
    if (unsaved().length) event.preventDefault();
  });
}
