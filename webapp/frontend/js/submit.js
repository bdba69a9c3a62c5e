// Sending forms: a question first where one is due, and never twice.
import { announce, text } from "./page.js";

function confirmDialog() {
  return document.getElementById("confirm-dialog");
}

/** Ask in the page's dialog; the answer says what it does. Resolves to true if the reader agrees. */
export function ask(question, { yes, detail = "", tone }) {
  const dialog = confirmDialog();
  if (!dialog?.showModal) return Promise.resolve(window.confirm([question, detail].join("\n").trim()));
  dialog.querySelector("[data-question]").textContent = question;
  const follows = dialog.querySelector("[data-detail]");
  follows.textContent = detail;
  follows.hidden = !detail;
  const button = dialog.querySelector('[value="yes"]');
  button.textContent = yes;
  button.classList.toggle("btn-danger", tone === "danger");
  button.classList.toggle("btn-primary", tone !== "danger");
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}

function askFirst(event) {
  const button = event.target.closest("[data-confirm]");
  if (!button || button.dataset.agreed) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  ask(button.dataset.confirm, answerOf(button)).then((agreed) => {
    if (!agreed) return;
    button.dataset.agreed = "1";
    button.click();
    delete button.dataset.agreed;
  });
}

function answerOf(button) {
  const { confirmYes, confirmDetail, confirmTone } = button.dataset;
  return { yes: confirmYes || button.textContent.trim(), detail: confirmDetail, tone: confirmTone };
}

function release(form) {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll("[data-held]")) {
    button.disabled = false;
    delete button.dataset.held;
  }
}

function hold(form) {
  for (const button of form.querySelectorAll("button:not([type=button])")) {
    if (button.disabled) continue;
    button.dataset.held = "1";
    button.disabled = true;
  }
}

/** A form sent by the browser. Forms sent by htmx arrive here already prevented and are held by onRequest. */
function onSubmit(event) {
  const form = event.target;
  if (form.method !== "post" || form.dataset.guard === "off") return;
  if (form.dataset.sent) return event.preventDefault();
  if (event.defaultPrevented) return;
  form.dataset.sent = "1";
  announce(text("sending"));
  // A moment later: a disabled button would not send its own name and value.
  setTimeout(() => hold(form));
}

function onRequest(event) {
  const { form, method } = event.detail.ctx.request;
  if (form && method !== "GET") hold(form);
}

function onAnswer(event) {
  const form = event.detail.ctx?.request?.form;
  if (form) release(form);
}

function onConfirm(event) {
  const { ctx, issueRequest, dropRequest } = event.detail;
  event.preventDefault();
  ask(ctx.confirm, answerOf(ctx.sourceElement)).then((agreed) => (agreed ? issueRequest() : dropRequest()));
}

export function startSubmits() {
  document.addEventListener("click", askFirst, true);
  document.addEventListener("submit", onSubmit);
  document.addEventListener("htmx:confirm", onConfirm);
  document.addEventListener("htmx:before:request", onRequest);
  document.addEventListener("htmx:finally:request", onAnswer);
  // Back from the next page, restored by the browser as it was left: with its buttons off.
  addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));
}
