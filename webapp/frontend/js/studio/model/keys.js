// Keys of the drawing beside those of bpmn.io: A goes on, N adds, F searches, Alt and an arrow move, ? explains.
import { announce } from "../../page.js";
import { placeFor, showAll } from "./placing.js";
import { describe } from "./speaking.js";
import { say } from "./say.js";

const FIRST = 3000;
const STEP = 10;
const MOVES = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };

/** Wire the keys. `panel.focus()` goes to the panel, `showHelp()` to the list of keys. */
export function startKeys(modeler, { panel, showHelp }) {
  const [keyboard, selection, menus, actions, canvas] = ["keyboard", "selection", "studioMenus", "editorActions", "canvas"].map((name) => modeler.get(name));
  const chosen = () => selection.get()[0]?.labelTarget ?? selection.get()[0];

  const does = {
    a: () => (chosen()?.businessObject?.$instanceOf("bpmn:FlowNode") ? menus.append(chosen()) : announce(say("Pilih langkah dahulu.", "Select a step first."))),
    n: () => menus.create(),
    f: () => actions.trigger("find"),
    i: () => chosen() && announce(describe(chosen())),
    "?": showHelp,
    Enter: () => panel.focus(),
    0: () => showAll(canvas),
    "+": () => actions.trigger("stepZoom", { value: 1 }),
    "-": () => actions.trigger("stepZoom", { value: -1 }),
    Escape: () => selection.select(null),
  };

  keyboard.addListener(FIRST, ({ keyEvent: event }) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "v") return paste();
    if (event.altKey && MOVES[event.key]) return move(MOVES[event.key]);
    if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
    const act = does[event.key] ?? does[event.key.toLowerCase()];
    if (!act || isBusy(modeler)) return undefined;
    act();
    return true;
  });

  function paste() {
    const { parent, point } = placeFor(canvas, chosen());
    const made = modeler.get("copyPaste").paste({ element: parent, point });
    if (made) announce(say("Sudah ditempel.", "Pasted."));
    return true;
  }

  function move([x, y]) {
    const elements = selection.get();
    if (elements.length && !elements.some((element) => element.waypoints)) {
      modeler.get("modeling").moveElements(elements, { x, y }, undefined);
    }
    return true;
  }
}

/** While somebody drags, types a name or looks through a menu, keys mean something else. */
function isBusy(modeler) {
  return Boolean(modeler.get("dragging").context()) || modeler.get("directEditing").isActive() || modeler.get("popupMenu").isOpen();
}
