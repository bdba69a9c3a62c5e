// Small disclosures: "show more" of a long list, the menu that closes by itself, notices that can be closed,
// dialogs behind a button.
import { focusOn, text } from "./page.js";

function shorten(list) {
  const rest = [...list.children].slice(Number(list.dataset.more));
  if (rest.length < 2) return;
  rest.forEach((item) => (item.hidden = true));
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "btn", textContent: text("more", { count: rest.length }) });
  button.addEventListener("click", () => {
    rest.forEach((item) => (item.hidden = false));
    button.remove();
    focusOn(rest[0]);
  });
  list.after(button);
}

function closeMenus(event) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (event.type === "click" ? menu.contains(event.target) : event.key !== "Escape") continue;
    menu.open = false;
    if (event.type === "keydown") menu.querySelector("summary").focus();
  }
}

export function startMore(root = document) {
  root.querySelectorAll("[data-more]").forEach(shorten);
}

export function startClosing() {
  document.addEventListener("click", closeMenus);
  document.addEventListener("keydown", closeMenus);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-close], [data-open]");
    if (button?.dataset.close) button.closest(button.dataset.close).hidden = true;
    if (button?.dataset.open) document.querySelector(button.dataset.open).showModal();
  });
  document.addEventListener("htmx:after:settle", (event) => startMore(event.target));
}
