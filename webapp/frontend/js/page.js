// What the page tells the scripts: texts in the reader's language, settings of the server, one live region.

let texts = null;

/** Return the text of a key from <script id="texts">, with %(name)s replaced; the key itself if it is missing. */
export function text(key, values = {}) {
  texts ??= JSON.parse(document.getElementById("texts")?.textContent || "{}");
  return (texts[key] ?? key).replace(/%\((\w+)\)s/g, (_, name) => values[name] ?? "");
}

/** Say a sentence to screen readers through the only live region of the page. */
export function announce(message) {
  const live = document.getElementById("live");
  if (!live || !message) return;
  live.textContent = "";
  // Emptied first and filled a moment later, or the same sentence twice would be read once.
  setTimeout(() => (live.textContent = message), 50);
}

/** Show a sentence to everyone, at the foot of the window, until it is closed; and announce it. */
export function notify(message) {
  const notice = document.getElementById("notice");
  if (notice) {
    notice.querySelector("[data-message]").textContent = message;
    notice.hidden = false;
  }
  announce(message);
}

/** Move the focus to an element that does not take it by itself. */
export function focusOn(element) {
  if (!element) return;
  if (!element.matches("a[href],button,input,select,textarea,summary,[tabindex]")) element.tabIndex = -1;
  element.focus();
}

/** Return the value of a data attribute of <body>, e.g. setting("pingUrl"). */
export function setting(name) {
  return document.body.dataset[name];
}

export function csrfToken() {
  return document.querySelector('meta[name="csrf-token"]')?.content ?? "";
}

/** POST form data the way a form would, with the CSRF header. Rejects only if the network does. */
export async function post(url, data, options = {}) {
  const response = await fetch(url, {
    method: "POST",
    body: data instanceof FormData ? new URLSearchParams(data) : data,
    headers: { "X-CSRFToken": csrfToken(), "X-Requested-With": "fetch", Accept: "application/json" },
    credentials: "same-origin",
    ...options,
  });
  if (response.ok) document.dispatchEvent(new CustomEvent("alur:reached"));
  return response;
}

/** Return the time as Indonesians write it: 10.32. */
export function clockText(date = new Date()) {
  const two = (number) => String(number).padStart(2, "0");
  return `${two(date.getHours())}.${two(date.getMinutes())}`;
}
