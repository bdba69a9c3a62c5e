// The diagram editor of the studio: drawing board, panel, problems, saving. The outline beside it is its equal.
import { insertPattern, patternTitles } from "./studio/model/patterns.js";
import { button, make } from "./studio/model/fields.js";
import { makeModeler } from "./studio/model/modeler.js";
import { say } from "./studio/model/say.js";
import { startKeeping } from "./studio/model/keeping.js";
import { startKeys } from "./studio/model/keys.js";
import { startPanel } from "./studio/model/panel.js";
import { startProblems } from "./studio/model/problems.js";
import { startSpeaking } from "./studio/model/speaking.js";
import { notify } from "./page.js";

const EMPTY = { roles: [], forms: [], services: [], decisions: [], messages: [], signals: [], errors: [], escalations: [], processes: [], calendars: [], variables: [], functions: [] };
const WIDE = matchMedia("(min-width: 60rem)");
const CATALOGUE_PAUSE = 2500;
const MINIMAP_PAUSE = 800;
/** Room that the palette takes at the left of the board. */
const PALETTE = 120;

function part(name) {
  return document.querySelector(`[data-studio="${name}"]`);
}

async function getText(url) {
  const response = await fetch(url, { credentials: "same-origin", headers: { "X-Requested-With": "fetch" } });
  if (!response.ok) throw new Error(`${response.status}`);
  return { text: await response.text(), mark: response.headers.get("X-Mark") ?? "" };
}

/** Put another text on the board, and let selection, view and the way back stay. */
function makeLoader(modeler, earlier) {
  return async (text, keepEarlier = true) => {
    const [selection, registry, canvas] = ["selection", "elementRegistry", "canvas"].map((name) => modeler.get(name));
    const chosen = selection.get().map((element) => element.id);
    const box = canvas.viewbox();
    const before = (await modeler.saveXML({ format: true })).xml;
    await modeler.importXML(text);
    if (keepEarlier) earlier.push(before);
    canvas.viewbox({ x: box.x, y: box.y, width: box.width, height: box.height });
    selection.select(chosen.map((id) => registry.get(id)).filter(Boolean));
  };
}

/** What replaced the whole drawing is undone by the drawing before it, once nothing smaller is left to undo. */
function wireUndo(modeler, earlier, load, changed) {
  const [stack, keyboard] = [modeler.get("commandStack"), modeler.get("keyboard")];
  const undo = async () => {
    if (stack.canUndo()) stack.undo();
    else if (earlier.length) {
      await load(earlier.pop(), false);
      changed();
    }
  };
  keyboard.addListener(3000, ({ keyEvent: event }) => {
    const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "z";
    if (!isUndo || stack.canUndo() || !earlier.length) return undefined;
    undo();
    return true;
  });
  return undo;
}

function wireTools(modeler, { undo, showHelp }) {
  const canvas = modeler.get("canvas");
  const zoom = (factor) => canvas.zoom(canvas.zoom() * factor, "auto");
  const does = {
    in: () => zoom(1.25),
    out: () => zoom(0.8),
    fit: () => canvas.zoom("fit-viewport", "auto"),
    find: () => modeler.get("searchPad").toggle(),
    undo,
    redo: () => modeler.get("commandStack").redo(),
    help: showHelp,
  };
  part("tools").addEventListener("click", (event) => {
    const act = does[event.target.closest("[data-do]")?.dataset.do];
    act?.();
  });
}

function wirePatterns(modeler) {
  const menu = part("patterns");
  const items = patternTitles().map(([name, title]) => make("li", {}, [button(title, () => {
    menu.open = false;
    insertPattern(modeler, name);
  }, { className: "btn" })]));
  menu.querySelector("ul").replaceChildren(...items);
}

/** Show the start so that its words can be read, or everything if that is readable. */
function openView(modeler) {
  const canvas = modeler.get("canvas");
  const { inner, outer } = canvas.viewbox();
  const scale = Math.min(outer.width / (inner.width + 80), outer.height / (inner.height + 80), 1);
  if (scale >= 0.7) {
    canvas.zoom("fit-viewport", "auto");
    return;
  }
  const width = outer.width / 0.8;
  const height = outer.height / 0.8;
  const y = inner.height > height ? inner.y - 20 : inner.y + inner.height / 2 - height / 2;
  canvas.viewbox({ x: inner.x - PALETTE / 0.8, y, width, height });
}

async function start() {
  const config = JSON.parse(document.getElementById("studio-config").textContent);
  const isReadOnly = config.isReadOnly;
  const board = part("board");
  const help = part("help");
  const showHelp = () => help.showModal();
  const { text, mark } = await getText(config.fileUrl);
  // What is not shown has no size, and nothing could be placed on it.
  part("loading").hidden = true;
  part("editor").hidden = false;
  const modeler = makeModeler(board, { isReadOnly, hasMinimap: WIDE.matches });
  let catalogue = EMPTY;

  performance.mark("studio-ready");
  await modeler.importXML(text);
  openView(modeler);
  // Behind the next frame, when all of it has been painted; the bench reads it.
  requestAnimationFrame(() => setTimeout(() => performance.measure("studio-drawn", "studio-ready")));
  // What is drawn once more in small waits until people have seen it at large.
  if (WIDE.matches) setTimeout(() => modeler.get("minimap").open(), MINIMAP_PAUSE);

  const panel = startPanel(part("panel"), modeler, { catalogue: () => catalogue, feelUrl: isReadOnly ? null : config.feelUrl, isReadOnly });
  startSpeaking(modeler);
  for (const close of document.querySelectorAll("[data-close-dialog]")) close.addEventListener("click", () => close.closest("dialog").close());

  const refreshCatalogue = async () => {
    const found = await getText(config.catalogueUrl).catch(() => null);
    if (found) catalogue = JSON.parse(found.text);
  };
  await refreshCatalogue();
  panel.redraw();

  if (isReadOnly) {
    wireTools(modeler, { undo() {}, showHelp });
    board.dataset.drawn = "yes";
    return;
  }
  const read = async () => (await modeler.saveXML({ format: true })).xml;
  const earlier = [];
  const load = makeLoader(modeler, earlier);
  const saving = startKeeping({ config, mark, base: { saved: text }, status: part("status"), dialog: part("conflict"), read, load });
  const mend = async (mended) => {
    await load(mended);
    changed();
  };
  const problems = startProblems(part("problems"), modeler, { file: config.file, checkUrl: config.checkUrl, mendUrl: config.mendUrl, read, mend, isReadOnly });
  let catalogueTimer = 0;

  function changed() {
    saving.changed();
    problems.changed();
    clearTimeout(catalogueTimer);
    catalogueTimer = setTimeout(refreshCatalogue, CATALOGUE_PAUSE);
  }

  const undo = wireUndo(modeler, earlier, load, changed);
  modeler.get("eventBus").on("commandStack.changed", ({ trigger }) => trigger !== "clear" && changed());
  modeler.get("eventBus").on("import.done", () => problems.redraw());
  startKeys(modeler, { panel, showHelp });
  wireTools(modeler, { undo, showHelp });
  wirePatterns(modeler);
  offerKept(saving, text, mend);
  addEventListener("pagehide", () => panel.settle());
  problems.changed();
  board.dataset.drawn = "yes";
}

/** What this tab could not save before it was loaded again. */
function offerKept(saving, text, mend) {
  const { kept } = saving;
  if (!kept || kept === text) return saving.forget();
  const box = part("kept");
  box.hidden = false;
  box.querySelector("[data-restore]").addEventListener("click", async () => {
    box.hidden = true;
    saving.beginFromKept();
    await mend(kept);
  });
  box.querySelector("[data-drop]").addEventListener("click", () => {
    box.hidden = true;
    saving.forget();
  });
}

start().catch((error) => {
  console.error(error);
  notify(say("Diagram tidak dapat ditampilkan. Pakai tab Langkah: semua dapat diubah di sana.", "The diagram cannot be shown. Use the tab Steps: everything can be changed there."));
});
