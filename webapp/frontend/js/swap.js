// After htmx changed the page: the focus goes to what changed and one sentence says so. Errors keep what was typed.
import { announce, csrfToken, focusOn, notify, text } from "./page.js";

const POLL = "Alur-Poll";

/** Return the element that stands where the answer went; an outer swap has put a new one there. */
function shownTarget({ target, sourceElement }) {
  const element = typeof target === "string" ? document.querySelector(target) : target;
  if (element?.isConnected) return element;
  return (element?.id && document.getElementById(element.id)) || sourceElement;
}

function changedRegion(target) {
  if (!target?.isConnected) return null;
  const summary = target.querySelector("[data-error-summary]");
  return summary ?? (target.matches("[data-focus]") ? target : target.querySelector("[data-focus]"));
}

function sentenceFor(region, target) {
  if (region?.matches("[data-error-summary]")) return "";
  return region?.dataset.announce || target.dataset?.announce || text("changed");
}

function afterSwap(event) {
  const { ctx } = event.detail;
  if (ctx.swap === "none") return;
  // A page that asks again by itself ([data-poll]) says nothing of anybody sitting before it: the session runs out.
  if (!(POLL in ctx.request.headers)) document.dispatchEvent(new CustomEvent("alur:reached"));
  const shown = shownTarget(ctx);
  const region = changedRegion(shown);
  // While somebody types in a search box, the box keeps the focus; the sentence is enough.
  const typing = ctx.sourceElement?.matches?.("input, select, [data-keep-focus]");
  if (!typing || region?.matches("[data-error-summary]")) focusOn(region);
  announce(sentenceFor(region, shown));
}

function onErrorResponse(event) {
  const { ctx } = event.detail;
  const { status } = ctx.response;
  // 4xx answers are pages meant for the reader (a form with its errors); a 5xx page would wipe out his work.
  if (status < 500 && status !== 401) return;
  ctx.swap = "none";
  notify(text(status === 401 ? "session.over" : "server.error"));
}

export function startSwaps() {
  document.addEventListener("htmx:config:request", (event) => {
    const { ctx } = event.detail;
    ctx.request.headers["X-CSRFToken"] = csrfToken();
    if (ctx.sourceElement.matches("[data-poll]")) ctx.request.headers[POLL] = "1";
  });
  document.addEventListener("htmx:after:swap", afterSwap);
  document.addEventListener("htmx:response:error", onErrorResponse);
  document.addEventListener("htmx:error", (event) => {
    if (event.detail.ctx) notify(text("network.error"));
  });
  focusOn(document.querySelector("[data-error-summary]"));
}
