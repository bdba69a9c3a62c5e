// The drawn editor of decision tables: dmn-js in the reader's language, saved as it is changed, checked by the server.
import Modeler from "dmn-js/lib/Modeler";
import { clockText } from "./page.js";
import { startSaving } from "./studio/saving.js";
import { askWhose } from "./studio/tables/conflict.js";
import { startFaults } from "./studio/tables/faults.js";
import { asDrawn, holdsAll, inMannerOf } from "./studio/tables/manner.js";
import { say, translation } from "./studio/tables/say.js";

const VIEWERS = ["drd", "decisionTable", "literalExpression", "boxedExpression"];
const root = document.getElementById("drawn-table");
const state = document.getElementById("save-state");

function tell(kind, details) {
  state.dataset.state = { saved: "saved", waiting: "", saving: "" }[kind] ?? "failed";
  const why = details.problems?.[0]?.text ?? details.message ?? "";
  state.textContent = say(kind, { time: details.at ? clockText(new Date(details.at)) : "", why });
}

function makeModeler() {
  const own = Object.fromEntries(VIEWERS.map((name) => [name, { additionalModules: [translation] }]));
  const options = { container: root.querySelector(".drawn-canvas"), height: "100%", width: "100%", ...own };
  return new Modeler(options);
}

function viewName(view) {
  return view.type === "drd" ? say("graph") : view.name || view.id;
}

/** Buttons for the parts of a file, if it has several. */
function listViews(modeler) {
  const bar = root.querySelector(".drawn-views");
  modeler.on("views.changed", ({ views, activeView }) => {
    bar.hidden = views.length < 2;
    bar.replaceChildren(
      ...views.map((view) => {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "btn";
        button.textContent = viewName(view);
        button.setAttribute("aria-pressed", String(view.id === activeView?.id));
        button.addEventListener("click", () => openDecision(modeler, view.id));
        return button;
      }),
    );
  });
}

/** Call a function after every change in any of the viewers, which are made when they are first opened. */
function onChange(modeler, changed) {
  modeler.on("viewer.created", ({ viewer }) => viewer.on("commandStack.changed", changed));
}

async function openDecision(modeler, id) {
  const views = modeler.getViews();
  const wanted = views.find((view) => view.id === id) ?? views.find((view) => view.type !== "drd") ?? views[0];
  if (wanted) await modeler.open(wanted);
  nameCorner();
}

async function showRule(modeler, { decision, element }) {
  if (modeler.getActiveView()?.id !== decision) await openDecision(modeler, decision);
  const cells = root.querySelectorAll(`[data-row-id="${CSS.escape(element)}"]`);
  cells[0]?.scrollIntoView({ block: "center" });
  (cells[0]?.querySelector("[contenteditable]") ?? cells[0])?.focus();
  root.querySelectorAll(".is-shown").forEach((cell) => cell.classList.remove("is-shown"));
  cells.forEach((cell) => cell.classList.add("is-shown"));
}

/** The corner above the numbers of the rules is no heading: an empty one would be read out as such. */
function nameCorner() {
  root.querySelectorAll("th.index-column:not([role])").forEach((corner) => corner.setAttribute("role", "cell"));
}

function bindUndo(modeler) {
  const stack = () => modeler.getActiveViewer()?.get("commandStack", false);
  root.querySelector("[data-undo]").addEventListener("click", () => stack()?.canUndo() && stack().undo());
  root.querySelector("[data-redo]").addEventListener("click", () => stack()?.canRedo() && stack().redo());
}

async function fetchFile() {
  const response = await fetch(root.dataset.fileUrl, { headers: { "X-Requested-With": "fetch" }, credentials: "same-origin" });
  if (!response.ok) throw new Error(String(response.status));
  return { xml: await response.text(), mark: response.headers.get("X-Mark") };
}

async function start() {
  const { xml, mark } = await fetchFile();
  const modeler = makeModeler();
  const written = async () => (await modeler.saveXML({ format: true })).xml;
  const read = async () => inMannerOf(xml, await written());
  const saving = startSaving({ url: root.dataset.fileUrl, mark, read, onState: tell, onConflict: (found) => choose(found) });
  const faults = startFaults({ root, url: root.dataset.checkUrl, read, show: (fault) => showRule(modeler, fault) });

  async function load(text) {
    await modeler.importXML(asDrawn(text), { open: false });
    if (!holdsAll(text, inMannerOf(text, await written()))) throw new Error("dmn-js would drop a part of this file");
    await openDecision(modeler, root.dataset.decision);
  }

  function choose(found) {
    askWhose(found, {
      takeTheirs: () => {
        saving.forget();
        saving.abandon();
        location.reload();
      },
      keepMine: async () => {
        if (found.isLeft) await load(found.text);
        await saving.overwrite(found.mark);
      },
    });
  }

  listViews(modeler);
  onChange(modeler, () => {
    saving.changed();
    faults.changed();
  });
  bindUndo(modeler);
  await load(xml);
  restore(saving, { xml, mark, load, choose });
  faults.ask();
  root.dataset.ready = "true";
}

/** Bring back what this tab could not save before it was loaded again. */
async function restore(saving, { xml, mark, load, choose }) {
  const text = saving.kept;
  if (text === null || text === xml) return saving.forget();
  if (saving.keptMark !== mark) return choose({ text, mark, isLeft: true });
  await load(text);
  saving.changed();
  tell("restored", {});
}

if (root) {
  start().catch(() => {
    tell("failed", {});
    root.querySelector(".drawn-canvas").hidden = true;
  });
}
