// What the engine says of the diagram while it is drawn: a list, marks on the elements, and ways to mend.
import { announce, csrfToken, notify } from "../../page.js";
import { button, make } from "./fields.js";
import { kindOf } from "./kinds.js";
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

function severityWords(severity) {
  return severity === "error" ? say("Harus diperbaiki", "Must be mended") : say("Perhatikan", "Look at this");
}

/** Show problems in `host`. `read()` gives the diagram, `mend(xml)` puts another in its place. */
export function startProblems(host, modeler, { file, checkUrl, mendUrl, read, mend, isReadOnly }) {
  const [registry, selection, canvas, overlays] = ["elementRegistry", "selection", "canvas", "overlays"].map((name) => modeler.get(name));
  let timer = 0;
  let turn = 0;
  let marked = [];
  let last = "";

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
    announce(summary(problems));
  }

  function summary(problems) {
    const errors = problems.filter((found) => found.severity === "error").length;
    if (!problems.length) return say("Tidak ada masalah: proses ini dapat dirilis.", "No problems: this process can be released.");
    return say("%(errors)s yang harus diperbaiki, %(others)s yang perlu diperhatikan.", "%(errors)s to be mended, %(others)s to look at.", { errors, others: problems.length - errors });
  }

  function draw(problems) {
    const focused = host.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    const items = problems.map((problem, place) => item(problem, place));
    host.replaceChildren(make("h2", { textContent: say("Masalah", "Problems") }), make("p", { className: "small", textContent: summary(problems) }), make("ul", { className: "studio-problems" }, items));
    if (focused) (host.querySelector(`[data-key="${focused}"]`) ?? host.querySelector("button"))?.focus();
  }

  function item(problem, place) {
    const element = registry.get(problem.element);
    const name = element ? element.businessObject.name || kindOf(element) : problem.file || problem.element;
    const label = make("strong", { textContent: `${severityWords(problem.severity)}: ${name}` });
    const text = make("span", { textContent: problem.text });
    const choose = element
      ? button("", () => go(element), { className: "studio-problem", key: `problem-${place}` })
      : make("div", { className: "studio-problem" });
    choose.append(label, make("br"), text);
    const fixes = isReadOnly ? [] : (problem.fixes ?? []).map((fix) => button(fix.label, () => fixIt(problem, fix), { key: `fix-${place}-${fix.name}` }));
    return make("li", { dataset: { severity: problem.severity } }, [choose, ...fixes]);
  }

  function go(element) {
    selection.select(element);
    canvas.scrollToElement(element, 80);
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
