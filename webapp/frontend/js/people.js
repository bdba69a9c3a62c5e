// Orang Saya by keyboard: up and down between people, left and right between the two ratings, 1 to 3 to rate, Enter to
// take the recommendation of this one person, N for the reason, ? for help. There is no key that rates several people.
import { announce, text } from "./page.js";

const table = document.querySelector("[data-people]");

const rows = () => [...table.querySelectorAll("[data-person]")];
const ratings = (row) => [...row.querySelectorAll("[data-rating]")];
const options = (rating) => [...rating.querySelectorAll("input[type=radio]")];
const chosen = (rating) => options(rating).find((option) => option.checked);
const recommended = (rating) => options(rating).find((option) => option.hasAttribute("data-recommended"));

function isOverridden(row) {
  return ratings(row).some((rating) => chosen(rating) && recommended(rating) && chosen(rating) !== recommended(rating));
}

/** Another rating than the recommended one needs its reason; without a recommendation any rating does. */
function needsReason(row) {
  return row.hasAttribute("data-needs-reason") || isOverridden(row);
}

function stateOf(row) {
  if (!ratings(row).every(chosen)) return "open";
  return needsReason(row) && !row.querySelector("[data-note]").value.trim() ? "note" : "done";
}

function showState(row) {
  const state = stateOf(row);
  row.dataset.state = state;
  const reason = row.querySelector("[data-reason]");
  if (reason) reason.hidden = !needsReason(row);
  for (const chip of row.querySelectorAll("[data-chip]")) chip.hidden = chip.dataset.chip !== state;
}

function showCount() {
  const done = rows().filter((row) => row.dataset.state === "done").length;
  for (const place of document.querySelectorAll("[data-people-done]")) {
    if (place instanceof HTMLProgressElement) place.value = done;
    else place.textContent = text("people.done", { done, all: rows().length });
  }
}

function focusRating(rating) {
  const option = chosen(rating) ?? options(rating)[0];
  option?.focus();
  rating.closest("[data-person]").scrollIntoView({ block: "nearest" });
}

function moveRow(row, step, place) {
  const next = rows()[rows().indexOf(row) + step];
  if (next) focusRating(ratings(next)[place] ?? ratings(next)[0]);
  else announce(text(step > 0 ? "people.last" : "people.first"));
}

function pick(option) {
  option.checked = true;
  option.focus();
  option.dispatchEvent(new Event("change", { bubbles: true }));
}

function sayRow(row, what) {
  const state = row.dataset.state;
  announce([row.dataset.person, what, text(`people.state.${state}`)].join(". "));
}

function rate(row, place, digit) {
  const option = options(ratings(row)[place])[digit - 1];
  if (!option) return;
  pick(option);
  sayRow(row, option.dataset.label);
  const open = ratings(row).find((rating) => !chosen(rating));
  if (open) focusRating(open);
}

function acceptRecommendation(row) {
  const offers = ratings(row).map(recommended);
  if (!offers.every(Boolean)) return announce(text("people.none"));
  offers.forEach(pick);
  sayRow(row, offers.map((option) => option.dataset.label).join(", "));
}

function writeNote(row) {
  const reason = row.querySelector("[data-reason]");
  if (reason) reason.hidden = false;
  row.querySelector("[data-note]")?.focus();
}

const keys = {
  ArrowDown: (row, place) => moveRow(row, 1, place),
  ArrowUp: (row, place) => moveRow(row, -1, place),
  ArrowRight: (row) => focusRating(ratings(row).at(-1)),
  ArrowLeft: (row) => focusRating(ratings(row)[0]),
  Enter: acceptRecommendation,
  n: writeNote,
  "?": () => document.getElementById("people-help")?.showModal?.(),
};

function onKey(event) {
  const row = event.target.closest("[data-person]");
  if (!row || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.target.matches("[data-note]")) {
    if (event.key === "Escape") focusRating(ratings(row)[0]);
    return;
  }
  // Keys act on the ratings only: a letter key must not surprise somebody on a link or a button.
  const rating = event.target.closest("[data-rating]");
  if (!rating) return;
  const place = ratings(row).indexOf(rating);
  const action = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (/^[1-9]$/.test(event.key)) rate(row, place, Number(event.key));
  else if (action) action(row, place);
  else return;
  event.preventDefault();
}

function onChange(event) {
  const row = event.target.closest?.("[data-person]");
  if (!row) return;
  showState(row);
  showCount();
}

function sayHelp(event) {
  if (!event.target.closest("[data-rating]")) return;
  announce(text("people.help"));
  table.removeEventListener("focusin", sayHelp);
}

if (table) {
  table.addEventListener("keydown", onKey);
  table.addEventListener("change", onChange);
  table.addEventListener("input", onChange);
  table.addEventListener("focusin", sayHelp);
  rows().forEach(showState);
  showCount();
  // Keys and drafts are the script's: without it nothing on the page speaks of them.
  for (const part of document.querySelectorAll("[data-scripted]")) part.hidden = false;
}
