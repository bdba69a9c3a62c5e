// The theme switch works at once; the server remembers the choice in a cookie, as it does without JavaScript.
import { post } from "./page.js";

function choose(event) {
  const button = event.submitter;
  if (button?.name !== "theme") return;
  event.preventDefault();
  document.documentElement.dataset.theme = button.value;
  for (const other of event.target.querySelectorAll('[name="theme"]')) {
    other.setAttribute("aria-pressed", String(other === button));
  }
  const data = new FormData(event.target);
  data.set("theme", button.value);
  post(event.target.action, data).catch(() => {});
}

export function startTheme() {
  // In the capture phase, before the guard against double submits sees a form that is not sent at all.
  document.addEventListener("submit", choose, true);
}
