// What is copied in one process can be pasted into another: it lies in the browser until something else is copied.
const KEY = "alur.clipboard";
const FIRST = 2500;

function SharedClipboard(eventBus, moddle) {
  eventBus.on("copyPaste.elementsCopied", ({ tree, hints }) => {
    if (hints?.clip === false) return;
    try {
      localStorage.setItem(KEY, JSON.stringify(tree));
    } catch {
      // Full or forbidden: within this process it is copied all the same.
    }
  });
  eventBus.on("copyPaste.pasteElements", FIRST, (context) => {
    if (!context.tree) context.tree = readTree(moddle);
  });
}
SharedClipboard.$inject = ["eventBus", "moddle"];

/** Return what was copied; undefined if nothing was, and then bpmn.io's own clipboard is asked. */
function readTree(moddle) {
  try {
    const text = localStorage.getItem(KEY);
    return text ? JSON.parse(text, reviver(moddle)) : undefined;
  } catch {
    return undefined;
  }
}

/** Make elements of the plain values again; what is named twice is the same one. */
function reviver(moddle) {
  const known = new Map();
  return (_, value) => {
    if (typeof value !== "object" || value === null || typeof value.$type !== "string") return value;
    if (value.id && known.has(value.id)) return known.get(value.id);
    const { $type, ...attributes } = value;
    const made = moddle.create($type, attributes);
    for (const child of Object.values(attributes).flat()) if (child?.$type && !child.$parent) child.$parent = made;
    if (value.id) known.set(value.id, made);
    return made;
  };
}

export const clipboardModule = { __init__: ["sharedClipboard"], sharedClipboard: ["type", SharedClipboard] };
