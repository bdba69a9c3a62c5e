// Makes the drawing board: bpmn.io's modeller with our vocabulary, menus, words and clipboard; or a viewer of the same.
import Modeler from "bpmn-js/lib/Modeler";
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import SearchModule from "bpmn-js/lib/features/search";
import minimapModule from "diagram-js-minimap";
import alur from "./alur.json";
import { chaptersModule } from "./chapters.js";
import { clipboardModule } from "./clipboard.js";
import { copiesModule } from "./copies.js";
import { idsModule } from "./ids.js";
import { wordsModule } from "./indonesian.js";
import { menusModule } from "./menus.js";
import { partsModule } from "./parts.js";
import { placingModule } from "./placing.js";
import { pressesModule } from "./presses.js";
import { say } from "./say.js";
import { searchingModule } from "./searching.js";
import { sightModule } from "./sight.js";

const TEXTS = { defaultStyle: { fontSize: 13 }, externalStyle: { fontSize: 12 } };

export function makeModeler(container, { isReadOnly, hasMinimap }) {
  const both = [wordsModule, copiesModule, sightModule, ...(hasMinimap ? [minimapModule] : [])];
  const options = { container, moddleExtensions: { alur }, textRenderer: TEXTS, minimap: { open: false } };
  const modeler = isReadOnly
    ? new NavigatedViewer({ ...options, additionalModules: [...both, SearchModule, searchingModule] })
    : new Modeler({ ...options, additionalModules: [...both, searchingModule, menusModule, placingModule, pressesModule, partsModule, idsModule, clipboardModule, chaptersModule] });
  modeler.get("moddle").properties.define = define;
  tellWhole(modeler);
  describeBoard(container);
  return modeler;
}

/** As moddle defines what is not written into a file, but without a getter for each, which is made for proxies and is slow. */
function define(target, name, options) {
  Object.defineProperty(target, name, options);
}

/**
 * How large the drawing is was measured while a part of it was missing, and the minimap copied what stood on the board then. It
 * copies everything anew when it is opened, if it hears of a change while it is closed.
 */
function tellWhole(modeler) {
  const [eventBus, minimap] = ["eventBus", "minimap"].map((name) => modeler.get(name, false));
  eventBus.on("sight.whole", () => {
    const isMapOpen = minimap?.isOpen();
    if (isMapOpen) minimap.close();
    eventBus.fire("elements.changed", { elements: [] });
    if (isMapOpen) minimap.open();
  });
}

/** To a screen reader the board is an application of its own, whose keys it leaves alone. */
function describeBoard(container) {
  const svg = container.querySelector(".djs-container > svg");
  svg.setAttribute("role", "application");
  svg.setAttribute("tabindex", "0");
  svg.setAttribute("aria-label", say("Diagram proses", "Diagram of the process"));
  svg.setAttribute("aria-describedby", "studio-board-help");
}
