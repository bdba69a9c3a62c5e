// What the engine says of the diagram while it is drawn: a list, marks on the elements, and ways to mend.
import { announce, csrfToken, notify } from "../../page.js";
import { make } from "./fields.js";
import { startListing, summaryOf } from "./listing.js";
import { showElement } from "./room.js";
import { say } from "./say.js";

const PAUSE = 900;

/** POST JSON; null if nothing came back. */
export async function ask(url, body) {
  try {
    const response = await fetch(url, {
      method: "POST",
      body: JSON.stringify(body),
      headers: { "Content-Type": "application/json", "X-CSRFToken": csrfToken(), "X-Requested-With": "fetch", Accept: "application/json" },
      credentials: "same-origin",
    });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}

/** Show problems in `host`. `read()` gives the diagram, `mend(xml)` puts another in its place. */
export function startProblems(host, modeler, { file, checkUrl, mendUrl, read, mend, isReadOnly }) {
  const [registry, selection, canvas, overlays] = ["elementRegistry", "selection", "canvas", "overlays"].map((name) => modeler.get(name));
  let timer = 0;
  let turn = 0;
  let marked = [];
  let last = "";
  const draw = startListing(host, { elementOf: (id) => registry.get(id), go, mend: isReadOnly ? null : fixIt });

  async function check() {
    turn += 1;
    const mine = turn;
    const answer = await ask(checkUrl, { files: { [file]: await read() } });
    if (answer && mine === turn) show(answer.problems);
  }

  function show(problems) {
    const said = JSON.stringify(problems);
    if (said === last) return;
    last = said;
    mark(problems);
    draw(problems);
    announce(summaryOf(problems));
  }

  function go(element) {
    selection.select(element);
    showElement(canvas, element);
    canvas.getContainer().scrollIntoView({ block: "nearest" });
  }

  async function fixIt(problem, fix) {
    const answer = await ask(mendUrl, { files: { [file]: await read() }, problem, fix: fix.name });
    if (!answer) {
      notify(say("Masalah ini tidak dapat diperbaiki begitu saja. Perbaiki di panel.", "This cannot be mended so. Mend it in the panel."));
      return;
    }
    const text = answer.files[file];
    if (text) await mend(text);
    announce(say("Sudah diperbaiki: %(label)s", "Mended: %(label)s", { label: fix.label }));
    changed(0);
  }

  function mark(problems) {
    for (const { id, name } of marked) if (registry.get(id)) canvas.removeMarker(id, name);
    overlays.remove({ type: "problem" });
    marked = [];
    for (const { element: id, severity, text } of problems) {
      const element = registry.get(id);
      if (!element || marked.some((done) => done.id === id)) continue;
      const name = severity === "error" ? "has-error" : "has-warning";
      canvas.addMarker(id, name);
      marked.push({ id, name });
      if (element.waypoints) continue;
      const badge = make("div", { className: `studio-mark studio-mark-${severity}`, textContent: severity === "error" ? "!" : "?", title: text, aria: { hidden: "true" } });
      overlays.add(id, "problem", { position: { top: -12, right: 12 }, html: badge });
    }
  }

  function changed(pause = PAUSE) {
    clearTimeout(timer);
    timer = setTimeout(check, pause);
  }

  return { changed, show, redraw: () => (last = "") };
}
