// What the server finds in the table as it stands in the editor: asked a moment after each change, listed with a button
// that leads to the rule.
import { announce, csrfToken } from "../../page.js";
import { say } from "./say.js";

const PAUSE = 700;
const TONES = { error: "danger", warning: "warning", info: "info" };

/** Start to look for mistakes. `read` gives the text, `show(fault)` leads to the place. Returns what to call on changes. */
export function startFaults({ root, url, read, show }) {
  const list = root.querySelector("[data-faults]");
  let timer = 0;
  let asked = 0;

  async function ask() {
    const mine = (asked += 1);
    const found = await fetchFaults(url, await read());
    // Of two answers that overtake each other the later question counts.
    if (found && mine === asked) fill(list, found, show);
  }

  return {
    ask,
    changed() {
      clearTimeout(timer);
      timer = setTimeout(ask, PAUSE);
    },
  };
}

async function fetchFaults(url, text) {
  try {
    const headers = { "Content-Type": "application/json", "X-CSRFToken": csrfToken(), "X-Requested-With": "fetch" };
    const response = await fetch(url, { method: "POST", body: JSON.stringify({ text }), headers });
    return response.ok ? (await response.json()).problems : null;
  } catch {
    return null;
  }
}

function fill(list, faults, show) {
  const before = list.childElementCount;
  list.replaceChildren(...faults.map((fault) => item(fault, show)));
  document.getElementById("no-faults").hidden = faults.length > 0;
  if (before !== faults.length) announce(faults.length ? `${say(faults[0].severity)}: ${faults[0].text}` : document.getElementById("no-faults").textContent);
}

function item(fault, show) {
  const line = document.createElement("li");
  line.dataset.severity = fault.severity;
  const chip = document.createElement("span");
  chip.className = `chip tone-${TONES[fault.severity]}`;
  chip.textContent = say(fault.severity);
  const words = document.createElement("span");
  const place = document.createElement("strong");
  place.textContent = placeOf(fault);
  words.append(fault.owner ? `${fault.owner} – ` : "", place, fault.text);
  line.append(chip, words);
  if (fault.rule) line.append(showButton(fault, show));
  return line;
}

/** Warnings name their rules themselves. */
function placeOf({ rule, column, severity }) {
  if (severity !== "error") return "";
  const parts = [rule ? say("rule", { number: rule }) : "", column ? say("column", { name: column }) : ""].filter(Boolean);
  return parts.length ? `${parts.join(", ")}: ` : "";
}

function showButton(fault, show) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn";
  button.textContent = say("show");
  const about = document.createElement("span");
  about.className = "hide";
  about.textContent = ` ${say("rule", { number: fault.rule })}`;
  button.append(about);
  button.addEventListener("click", () => show(fault));
  return button;
}
