// The button that prints: hidden in the page, since without scripts only the browser's own menu can do it.

export function startPrint() {
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}
