// The diagram editor of the studio: drawing board, panel, problems, saving. The outline beside it is its equal.
import { insertPattern, patternTitles } from "./studio/model/patterns.js";
import { button, make } from "./studio/model/fields.js";
import { makeModeler } from "./studio/model/modeler.js";
import { say } from "./studio/model/say.js";
import { startKeeping } from "./studio/model/keeping.js";
import { startKeys } from "./studio/model/keys.js";
import { startPanel } from "./studio/model/panel.js";
import { showAll, showStart } from "./studio/model/placing.js";
import { startProblems } from "./studio/model/problems.js";
import { startSpeaking } from "./studio/model/speaking.js";
import { notify } from "./page.js";

const EMPTY = { roles: [], forms: [], services: [], decisions: [], messages: [], signals: [], errors: [], escalations: [], processes: [], calendars: [], variables: [], functions: [] };
const WIDE = matchMedia("(min-width: 60rem)");
const CATALOGUE_PAUSE = 2500;
const MINIMAP_PAUSE = 800;

function part(name) {
  return document.querySelector(`[data-studio="${name}"]`);
}

async function getText(url) {
  const response = await fetch(url, { credentials: "same-origin", headers: { "X-Requested-With": "fetch" } });
  if (!response.ok) throw new Error(`${response.status}`);
  return { text: await response.text(), mark: response.headers.get("X-Mark") ?? "" };
}

function wireTools(modeler, { showHelp }) {
  const [canvas, actions] = ["canvas", "editorActions"].map((name) => modeler.get(name, false));
  const zoom = (factor) => canvas.zoom(canvas.zoom() * factor, "auto");
  const does = {
    in: () => zoom(1.25),
    out: () => zoom(0.8),
    fit: () => showAll(canvas),
    add: () => modeler.get("studioMenus").create(),
    // After this click, which would close it again: it is one beside the search.
    find: () => setTimeout(() => modeler.get("searchPad").open()),
    undo: () => actions.trigger("undo"),
    redo: () => actions.trigger("redo"),
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

async function start() {
  performance.mark("studio-begun"); // the bench reads this and the other marks
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

  const eventBus = modeler.get("eventBus");
  const whole = new Promise((done) => eventBus.once("sight.whole", done));
  eventBus.once("sight.seen", () => performance.mark("studio-seen"));
  eventBus.once("sight.whole", () => performance.mark("studio-whole"));
  performance.mark("studio-ready");
  await modeler.importXML(text);
  // What is drawn once more in small waits until people have seen it at large.
  if (WIDE.matches) whole.then(() => setTimeout(() => modeler.get("minimap").open(), MINIMAP_PAUSE));
  else whole.then(() => showStart(modeler));

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
    wireTools(modeler, { showHelp });
    whole.then(() => (board.dataset.drawn = "yes"));
    return;
  }
  const read = async () => (await modeler.saveXML({ format: true })).xml;
  const load = (replacement) => modeler.get("chapters").replace(replacement);
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

  eventBus.on("commandStack.changed", ({ trigger }) => trigger !== "clear" && changed());
  eventBus.on("import.done", () => problems.redraw());
  startKeys(modeler, { panel, showHelp });
  wireTools(modeler, { showHelp });
  wirePatterns(modeler);
  offerKept(saving, text, mend);
  addEventListener("pagehide", () => panel.settle());
  problems.changed();
  whole.then(() => (board.dataset.drawn = "yes"));
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
