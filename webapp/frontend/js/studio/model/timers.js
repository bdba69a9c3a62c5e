// When a timer is due, in plain words and as the engine reads it: FEEL or ISO 8601.

const WORKING_DAYS = /^working days after\(today\(\), (\d{1,4})\)$/;
const DURATION = /^P(?:(\d{1,4})D|T(\d{1,4})H|T(\d{1,4})M)$/;
const DATE = /^\d{4}-\d\d-\d\d$/;
const CYCLE_DAYS = /^R(\d{0,4})\/working days after\(today\(\), (\d{1,4})\)$/;
const CYCLE_STEP = /^R(\d{0,4})\/(P(?:\d{1,4}D|T\d{1,4}H|T\d{1,4}M))$/;

/**
 * Return what a timer says in words that a form can show:
 * `{ mode: "working-days" | "duration" | "date" | "again-working-days" | "again" | "feel", … }`.
 */
export function readTimer(kind, text) {
  const said = (text ?? "").trim();
  const days = kind === "timeDate" && WORKING_DAYS.exec(said);
  if (days) return { mode: "working-days", number: Number(days[1]) };
  if (kind === "timeDate" && DATE.test(said)) return { mode: "date", date: said };
  const length = kind === "timeDuration" && readLength(said);
  if (length) return { mode: "duration", ...length };
  const again = kind === "timeCycle" && CYCLE_DAYS.exec(said);
  if (again) return { mode: "again-working-days", times: again[1], number: Number(again[2]) };
  const step = kind === "timeCycle" && CYCLE_STEP.exec(said);
  if (step) return { mode: "again", times: step[1], ...readLength(step[2]) };
  return { mode: "feel", kind: kind ?? "timeDate", text: said };
}

function readLength(text) {
  const found = DURATION.exec(text);
  if (!found) return null;
  const place = found.slice(1).findIndex(Boolean);
  return { number: Number(found[place + 1]), unit: ["days", "hours", "minutes"][place] };
}

function length({ number, unit }) {
  return { days: `P${number}D`, hours: `PT${number}H`, minutes: `PT${number}M` }[unit ?? "days"];
}

/** Return how the engine reads it: `{ kind, text }`. */
export function writeTimer(timer) {
  const number = Math.max(1, Number(timer.number) || 1);
  const whole = { ...timer, number };
  const times = timer.times ? String(Math.max(1, Number(timer.times) || 1)) : "";
  switch (timer.mode) {
    case "working-days": return { kind: "timeDate", text: `working days after(today(), ${number})` };
    case "duration": return { kind: "timeDuration", text: length(whole) };
    case "date": return { kind: "timeDate", text: timer.date ?? "" };
    case "again-working-days": return { kind: "timeCycle", text: `R${times}/working days after(today(), ${number})` };
    case "again": return { kind: "timeCycle", text: `R${times}/${length(whole)}` };
    default: return { kind: timer.kind ?? "timeDate", text: timer.text ?? "" };
  }
}
