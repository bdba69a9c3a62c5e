// Presses: each does what it says, also the first one after something was dragged.
const BEHIND_THE_TRAP = 4999;

/**
 * Behind a drag bpmn.io swallows the next press for a while, because some browsers make up one where the mouse is let go.
 * Whoever presses the mouse anew means it: a press that nobody else hears takes the trap away before.
 */
function Presses(eventBus) {
  eventBus.on("element.click", BEHIND_THE_TRAP, (event) => {
    if (event.isProbe) event.stopPropagation();
  });
  // Earlier than the listeners of a drag, which may set its trap at this very press.
  window.addEventListener("mousedown", () => eventBus.fire("element.click", { isProbe: true }), true);
}
Presses.$inject = ["eventBus"];

export const pressesModule = { __init__: ["presses"], presses: ["type", Presses] };
