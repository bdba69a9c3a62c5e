// The list of what is wrong: a line for each problem, or one line for many of a kind, which opens to its places.
import { button, make } from "./fields.js";
import { kindOf } from "./kinds.js";
import { say } from "./say.js";

/** So many of a kind are read faster than opened. */
const FEW = 3;

/** Return what is said of problems above their list. */
export function summaryOf(problems) {
  const errors = problems.filter((found) => found.severity === "error").length;
  const others = problems.length - errors;
  if (!problems.length) return say("Tidak ada masalah: proses ini dapat dirilis.", "No problems: this process can be released.");
  const parts = [
    errors && say("%(errors)s yang harus diperbaiki", "%(errors)s to be mended", { errors }),
    others && say("%(others)s yang perlu diperhatikan", "%(others)s to look at", { others }),
  ];
  return `${parts.filter(Boolean).join(", ")}.`;
}

function severityWords(severity) {
  return severity === "error" ? say("Harus diperbaiki", "Must be mended") : say("Perhatikan", "Look at this");
}

/** Return the problems of each kind, in the order in which the first of each was found. */
function kindsOf(problems) {
  const kinds = new Map();
  for (const problem of problems) {
    const kind = `${problem.severity} ${problem.code}`;
    if (!kinds.has(kind)) kinds.set(kind, []);
    kinds.get(kind).push(problem);
  }
  return kinds;
}

/**
 * Return `draw(problems)`, which shows problems in `host`. What was open stays open, what had the focus keeps it.
 *
 * @param elementOf gives what is drawn of an id; `go(element)` shows it; `mend(problem, fix)` mends; fixes are not offered without it.
 */
export function startListing(host, { elementOf, go, mend }) {
  const open = new Set();

  function draw(problems) {
    const focused = host.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    const count = problems.length ? ` (${problems.length})` : "";
    const lines = [...kindsOf(problems)].flatMap(([kind, found]) => (found.length > FEW ? [together(kind, found)] : found.map((problem) => line(problem))));
    host.replaceChildren(
      make("h2", { textContent: say("Masalah", "Problems") + count }),
      make("p", { className: "small", textContent: summaryOf(problems) }),
      make("ul", { className: "studio-problems" }, lines),
    );
    if (focused) (host.querySelector(`[data-key="${CSS.escape(focused)}"]`) ?? host.querySelector("summary, button"))?.focus();
  }

  /** One line for many of a kind. Its places are made when they are asked for: there may be hundreds. */
  function together(kind, found) {
    const [{ severity, sentence }] = found;
    const isSame = found.every((problem) => problem.sentence === sentence);
    const head = make("strong", { textContent: say("%(severity)s: %(count)s tempat", "%(severity)s: %(count)s places", { severity: severityWords(severity), count: found.length }) });
    const example = isSame ? sentence : say("misalnya: %(sentence)s", "for example: %(sentence)s", { sentence });
    const places = make("ul", { className: "studio-problems studio-places", aria: { label: severityWords(severity) } });
    const group = make("details", { className: "studio-kind", open: open.has(kind) }, [
      make("summary", { dataset: { key: kind } }, [head, make("br"), example]),
      places,
    ]);
    const fill = () => places.childElementCount || places.append(...found.map((problem) => line(problem, isSame)));
    group.addEventListener("toggle", () => {
      if (group.open) fill();
      open[group.open ? "add" : "delete"](kind);
    });
    if (group.open) fill();
    return make("li", { dataset: { severity } }, [group]);
  }

  function line(problem, isSaid = false) {
    const { severity, sentence, text, code } = problem;
    const element = elementOf(problem.element);
    const name = element ? element.businessObject.name || kindOf(element) : problem.file || problem.element;
    const key = `${code} ${problem.element}`;
    const place = element ? button("", () => go(element), { className: "studio-problem", key }) : make("div", { className: "studio-problem" });
    if (isSaid) place.append(name);
    else place.append(make("strong", { textContent: `${severityWords(severity)}: ${name}` }), make("br"), element ? sentence : text);
    const fixes = mend ? (problem.fixes ?? []).map((fix) => button(fix.label, () => mend(problem, fix), { key: `${key} ${fix.name}` })) : [];
    return make("li", { dataset: { severity } }, [place, ...fixes]);
  }

  return draw;
}
