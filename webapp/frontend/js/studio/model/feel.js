// Fields for FEEL: variables and functions are proposed while one types, and the server's own parser says what is wrong.
import { announce, csrfToken } from "../../page.js";
import { committing, field, make } from "./fields.js";
import { say } from "./say.js";

const PAUSE = 400;
const MOST = 8;
const WORD = /[\p{L}_][\p{L}\p{N}_.]*(?: [\p{L}_]+)*$/u;

/** A field for an expression. `catalogue()` gives variables and functions; `url` is where it is parsed. */
export function feelField({ value, commit, rows = 2, catalogue, url, ...about }) {
  const control = make("textarea", { className: "input studio-feel", value: value ?? "", rows, spellcheck: false, autocapitalize: "off" });
  const whole = field(committing(control, commit), about);
  const error = make("p", { className: "error small", id: `${control.id}-error`, hidden: true });
  const list = make("ul", { className: "studio-proposals", id: `${control.id}-list`, role: "listbox", hidden: true, aria: { label: say("Usulan", "Proposals") } });
  whole.append(error, list);
  if (url) {
    wireProposals(control, list, catalogue);
    wireErrors(control, error, url);
  }
  return whole;
}

function wireErrors(control, error, url) {
  let timer = 0;
  let asked = 0;
  const describe = (text) => {
    error.textContent = text;
    error.hidden = !text;
    control.setAttribute("aria-invalid", text ? "true" : "false");
    const ids = [control.getAttribute("aria-describedby"), error.id].join(" ").split(" ").filter((id) => id && id !== error.id);
    control.setAttribute("aria-describedby", [...ids, ...(text ? [error.id] : [])].join(" "));
  };
  const look = async () => {
    asked += 1;
    const turn = asked;
    const found = control.value.trim() ? await parse(url, control.value) : { ok: true };
    if (found && turn === asked) describe(found.ok ? "" : found.text);
  };
  control.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE);
  });
  if (control.value) look();
}

async function parse(url, expression) {
  try {
    const response = await fetch(url, {
      method: "POST",
      body: JSON.stringify({ expression }),
      headers: { "Content-Type": "application/json", "X-CSRFToken": csrfToken(), "X-Requested-With": "fetch", Accept: "application/json" },
      credentials: "same-origin",
    });
    return response.ok ? await response.json() : null;
  } catch {
    return null; // Without a connection nothing is said of the expression; the whole is checked again later.
  }
}

/** Return what fits behind the cursor: `{ begun, found }`, found being [{ name, insert, text }]. */
export function proposalsFor(text, catalogue) {
  const begun = WORD.exec(text)?.[0] ?? "";
  if (!begun) return { begun, found: [] };
  const start = begun.toLowerCase();
  const names = [
    ...catalogue.variables.map(({ name, text: about }) => ({ name, insert: name, text: about })),
    ...catalogue.functions.map(({ name, form, text: about }) => ({ name: form, insert: `${name}(`, text: about })),
  ];
  const found = names.filter(({ name }) => name.toLowerCase().startsWith(start) && name !== begun);
  return { begun, found: found.slice(0, MOST) };
}

function wireProposals(control, list, catalogue) {
  let current = -1;
  let shown = { begun: "", found: [] };
  control.setAttribute("aria-autocomplete", "list");
  control.setAttribute("aria-controls", list.id);

  const close = () => {
    list.hidden = true;
    current = -1;
    control.removeAttribute("aria-activedescendant");
  };
  const draw = () => {
    list.replaceChildren(...shown.found.map(({ name, text }, place) =>
      make("li", { id: `${list.id}-${place}`, role: "option", dataset: { place }, aria: { selected: String(place === current) } }, [
        make("code", { textContent: name }),
        text ? make("span", { className: "muted", textContent: ` ${text}` }) : null,
      ])));
    list.hidden = shown.found.length === 0;
    if (current >= 0) control.setAttribute("aria-activedescendant", `${list.id}-${current}`);
    else control.removeAttribute("aria-activedescendant");
  };
  const take = (place) => {
    const { insert } = shown.found[place];
    const at = control.selectionStart;
    control.setRangeText(insert, at - shown.begun.length, at, "end");
    close();
    control.dispatchEvent(new Event("input", { bubbles: true }));
    close();
  };

  control.addEventListener("input", () => {
    shown = proposalsFor(control.value.slice(0, control.selectionStart), catalogue());
    current = -1;
    draw();
    if (shown.found.length) announce(say("%(count)s usulan; panah bawah memilih.", "%(count)s proposals; arrow down chooses.", { count: shown.found.length }));
  });
  control.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const steps = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (steps) {
      current = (current + steps + shown.found.length) % shown.found.length;
      draw();
    } else if (event.key === "Enter" && current >= 0) take(current);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  control.addEventListener("blur", close);
  list.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    const item = event.target.closest("[data-place]");
    if (item) take(Number(item.dataset.place));
  });
}
