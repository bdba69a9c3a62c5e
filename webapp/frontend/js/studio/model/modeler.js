// Makes the drawing board: bpmn.io's modeller with our vocabulary, menus, words and clipboard; or a viewer of the same.
import Modeler from "bpmn-js/lib/Modeler";
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import SearchModule from "bpmn-js/lib/features/search";
import minimapModule from "diagram-js-minimap";
import alur from "./alur.json";
import { chaptersModule } from "./chapters.js";
import { clipboardModule } from "./clipboard.js";
import { idsModule } from "./ids.js";
import { wordsModule } from "./indonesian.js";
import { menusModule } from "./menus.js";
import { partsModule } from "./parts.js";
import { say } from "./say.js";
import { searchingModule } from "./searching.js";
import { sightModule } from "./sight.js";

const TEXTS = { defaultStyle: { fontSize: 13 }, externalStyle: { fontSize: 12 } };

export function makeModeler(container, { isReadOnly, hasMinimap }) {
  const both = [wordsModule, sightModule, ...(hasMinimap ? [minimapModule] : [])];
  const options = { container, moddleExtensions: { alur }, textRenderer: TEXTS, minimap: { open: false } };
  const modeler = isReadOnly
    ? new NavigatedViewer({ ...options, additionalModules: [...both, SearchModule, searchingModule] })
    : new Modeler({ ...options, additionalModules: [...both, searchingModule, menusModule, partsModule, idsModule, clipboardModule, chaptersModule] });
  modeler.get("moddle").properties.define = define;
  if (hasMinimap) completeMinimap(modeler);
  describeBoard(container);
  return modeler;
}

/** As moddle defines what is not written into a file, but without a getter for each, which is made for proxies and is slow. */
function define(target, name, options) {
  Object.defineProperty(target, name, options);
}

/** It copies what stands on the board when a drawing is replaced: what is out of sight has no picture yet, and comes without a word. */
function completeMinimap(modeler) {
  const minimap = modeler.get("minimap");
  modeler.get("eventBus").on("sight.whole", () => {
    if (!minimap.isOpen()) return;
    minimap._rebuild();
    minimap._update();
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
