// The properties panel beside the drawing: what is selected, or the process if nothing is.
import { announce } from "../../page.js";
import { button, make } from "./fields.js";
import { kindOf } from "./kinds.js";
import { say } from "./say.js";
import { processOf } from "./section.js";
import { sectionsOf } from "./sections.js";

/** Show the panel in `host`; it follows the selection. Returns `{ focus(), redraw(), settle() }`. */
export function startPanel(host, modeler, { catalogue, feelUrl, isReadOnly }) {
  const selection = modeler.get("selection");
  const registry = modeler.get("elementRegistry");
  const canvas = modeler.get("canvas");
  const eventBus = modeler.get("eventBus");
  const memory = new Map();
  const folded = new Map();
  let shown = null;
  let isOwn = false;

  const services = isReadOnly ? {} : Object.fromEntries(["modeling", "parts", "moddle", "together"].map((name) => [name, modeler.get(name)]));
  const tools = {
    ...services,
    catalogue,
    feelUrl,
    redraw,
    redrawSoon: () => setTimeout(redraw),
    definitions: () => modeler.getDefinitions(),
    elementOf: (object) => registry.get(object.id),
    select: (id) => registry.get(id) && selection.select(registry.get(id)),
    remember: (key, value) => (value === undefined ? memory.delete(key) : memory.set(key, value)),
    remembered: (key) => memory.get(key),
    refuse: (text) => announce(text),
  };

  function current() {
    const chosen = selection.get();
    const one = chosen.length === 1 ? chosen[0] : null;
    return one?.labelTarget ?? one ?? (chosen.length ? null : canvas.getRootElement());
  }

  function redraw() {
    const element = current();
    const focus = keepFocus(host);
    if (element !== shown) memory.clear();
    shown = element;
    host.replaceChildren(...(element ? drawn(element) : [make("p", { textContent: say("Beberapa unsur dipilih.", "Several elements are selected.") })]));
    focus();
  }

  function drawn(element) {
    const sections = sectionsOf(element, tools);
    for (const section of sections) remembersFold(section);
    const name = titleOf(element);
    const heading = make("h2", { className: "studio-panel-head" }, [make("span", { className: "muted small", textContent: kindOf(element) }), make("br"), name]);
    const whole = make("fieldset", { disabled: isReadOnly }, sections);
    const actions = isReadOnly || !element.parent ? [] : [button(say("Hapus unsur ini", "Remove this element"), () => tools.modeling.removeElements([element]), { className: "btn btn-danger", key: "remove" })];
    return [heading, whole, ...actions];
  }

  function remembersFold(section) {
    const key = section.dataset?.group;
    if (!key) return;
    if (folded.has(key)) section.open = !folded.get(key);
    section.addEventListener("toggle", () => folded.set(key, !section.open));
  }

  // What is typed into a field needs no new panel, which would take the field away under the hands.
  host.addEventListener("input", () => (isOwn = true));
  host.addEventListener("focusin", () => (isOwn = true));
  host.addEventListener("focusout", () => (isOwn = false));

  eventBus.on("selection.changed", () => {
    settle(host);
    redraw();
  });
  eventBus.on(["commandStack.changed", "import.done"], () => {
    if (!isOwn || !registry.get(shown?.id)) redraw();
    else rename(host, shown);
  });
  redraw();

  return {
    redraw,
    settle: () => settle(host),
    focus: () => (host.querySelector("[data-key]") ?? host.querySelector("summary"))?.focus(),
  };
}

/** Commit what is typed and not taken over yet. */
function settle(host) {
  for (const control of host.querySelectorAll("input, textarea")) control.settle?.();
}

function rename(host, element) {
  const heading = host.querySelector(".studio-panel-head");
  if (heading) heading.lastChild.textContent = titleOf(element);
}

function titleOf(element) {
  const object = processOf(element) ?? element.businessObject;
  return object.name || object.text || say("tanpa nama", "without a name");
}

/** Return what gives the focus back to the same field after the panel was drawn anew. */
function keepFocus(host) {
  const { activeElement } = document;
  const key = host.contains(activeElement) ? activeElement.dataset.key : null;
  if (!key) return () => {};
  const { selectionStart, selectionEnd } = activeElement;
  return () => {
    const again = host.querySelector(`[data-key="${CSS.escape(key)}"]`);
    again?.focus();
    if (again && typeof selectionStart === "number" && again.setSelectionRange) again.setSelectionRange(selectionStart, selectionEnd);
  };
}
