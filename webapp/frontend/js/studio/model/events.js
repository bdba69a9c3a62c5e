// What an event waits for or tells: a message and the like, a time, a condition.
import { is, isAny } from "bpmn-js/lib/util/ModelUtil";
import { checkField, choiceField, group, numberField, textField } from "./fields.js";
import { partOf } from "./parts.js";
import { NAMED, named, refer } from "./roots.js";
import { say } from "./say.js";
import { readTimer, writeTimer } from "./timers.js";

const THROWS = ["bpmn:IntermediateThrowEvent", "bpmn:EndEvent", "bpmn:SendTask"];
const NEW = "\u0000new";

export function eventGroups(at) {
  const definition = at.object.eventDefinitions?.[0];
  if (!definition) return [];
  const about = NAMED[definition.$type];
  const groups = [];
  if (about) groups.push(whatIsSent(at, definition, about));
  if (definition.$type === "bpmn:TimerEventDefinition") groups.push(whenItIsDue(at, definition));
  if (definition.$type === "bpmn:ConditionalEventDefinition") {
    groups.push(group(say("Syarat", "Condition"), [at.expression(definition, "condition", { label: say("Terjadi bila", "Happens when") })]));
  }
  if (definition.$type === "bpmn:LinkEventDefinition") {
    const commit = (value) => at.tools.modeling.updateModdleProperties(at.element, definition, { name: value });
    groups.push(group(say("Sambungan", "Link"), [textField({ key: "link", label: say("Nama sambungan", "Name of the link"), hint: say("Pengirim dan penerimanya memakai nama yang sama.", "Both of its ends have the same name."), value: definition.name, commit })]));
  }
  if (definition.$type === "bpmn:CompensateEventDefinition" && isAny(at.object, THROWS)) groups.push(whatIsUndone(at, definition));
  if (is(at.object, "bpmn:BoundaryEvent") || isEventStart(at.object)) groups.push(whatFollows(at));
  return groups;
}

function whatFollows(at) {
  const name = is(at.object, "bpmn:BoundaryEvent") ? "cancelActivity" : "isInterrupting";
  return group(say("Akibatnya", "What follows"), [
    checkField({ key: "interrupts", label: say("Menghentikan langkah yang sedang berjalan", "Stops what is under way"), value: at.object.get(name), commit: (value) => at.tools.modeling.updateProperties(at.element, { [name]: value }) }),
  ]);
}

function whatIsUndone(at, definition) {
  const options = (at.object.$parent.flowElements ?? []).filter((found) => is(found, "bpmn:Activity")).map((found) => [found.id, found.name || found.id]);
  const find = (id) => at.object.$parent.flowElements.find((found) => found.id === id);
  const commit = (id) => at.tools.modeling.updateModdleProperties(at.element, definition, { activityRef: id ? find(id) : undefined });
  return group(say("Yang dibatalkan", "What is undone"), [choiceField({ key: "undone", label: say("Langkah", "Step"), value: definition.activityRef?.id, options, empty: say("semua yang sudah selesai", "everything that was done"), commit })]);
}

/** A message, signal, error or escalation: which one, and what it carries. */
export function whatIsSent(at, holder, about) {
  const [reference, type, attribute, list] = about;
  const word = { messages: ["Pesan", "Message"], signals: ["Sinyal", "Signal"], errors: ["Kode kesalahan", "Code of the error"], escalations: ["Kode eskalasi", "Code of the escalation"] }[list];
  const definitions = at.tools.definitions();
  const own = named(definitions, type, attribute).map((found) => found.get(attribute));
  const others = at.catalogue[list].filter(({ name }) => !own.includes(name));
  const value = holder.get(reference)?.get(attribute) ?? "";
  const isThrown = isAny(at.object, THROWS);
  const memory = `new ${at.object.id}`;
  const choose = (chosen) => {
    at.tools.remember(memory, chosen === NEW ? NEW : undefined);
    if (chosen !== NEW) refer(at.tools, at.element, holder, about, chosen, definitions);
    at.tools.redraw();
  };
  const options = [...own.map((name) => [name, name]), ...others.map(({ name, label }) => [name, label || name]), [NEW, say("yang baru …", "a new one …")]];
  const isNew = at.tools.remembered(memory) === NEW;
  const fields = [choiceField({ key: "reference", label: say(...word), value: isNew ? NEW : value, options, empty: isThrown || list === "messages" || list === "signals" ? say("Pilih", "Choose") : say("apa pun", "any"), commit: choose })];
  if (isNew) fields.push(textField({ key: "new name", label: say("Nama yang baru", "Name of the new one"), commit: (name) => name && choose(name) }));
  if (list === "messages") fields.push(at.feelPart("alur:Message", "key", { label: say("Kunci", "Key"), rows: 1, hint: say("Dengan kunci yang sama, pengirim menemukan kasus penerimanya.", "By the same key the sender finds the case that is meant.") }));
  const part = `alur:${type.replace("bpmn:", "")}`;
  const carries = list === "messages" || list === "signals";
  if (isThrown && carries) fields.push(at.feelPart(part, "payload", { label: say("Isi yang dikirim", "What is sent with it") }));
  if (!isThrown) fields.push(at.result(part));
  return group(say(...word), fields);
}

function whenItIsDue(at, definition) {
  const kind = ["timeDate", "timeDuration", "timeCycle"].find((name) => definition.get(name));
  const memory = `timer ${at.object.id}`;
  const found = readTimer(kind, definition.get(kind ?? "timeDate")?.body);
  const mode = at.tools.remembered(memory) ?? found.mode;
  const timer = mode === found.mode ? found : { mode, number: found.number ?? 1, unit: "days", times: "" };
  const write = (values) => {
    const written = writeTimer({ ...timer, ...values });
    const { parts, modeling } = at.tools;
    const said = written.text ? parts.make("bpmn:Expression", { body: written.text }, definition) : undefined;
    modeling.updateModdleProperties(at.element, definition, { timeDate: undefined, timeDuration: undefined, timeCycle: undefined, [written.kind]: said });
  };
  const choose = (chosen) => {
    at.tools.remember(memory, chosen);
    if (chosen !== "feel" && chosen !== "date") write({ mode: chosen });
    at.tools.redraw();
  };
  const fields = [choiceField({ key: "timer mode", label: say("Waktunya", "When"), value: mode, commit: choose, options: timerModes().filter(([name]) => isFitting(name, at.object)) })];
  if (mode === "working-days" || mode === "again-working-days") fields.push(numberField({ key: "timer days", label: say("Hari kerja", "Working days"), value: timer.number, commit: (number) => write({ number }) }));
  if (mode === "working-days" || mode === "again-working-days" || mode === "feel") fields.push(at.calendar());
  if (mode === "duration" || mode === "again") fields.push(...lengthFields(at, timer, write));
  if (mode.startsWith("again")) fields.push(numberField({ key: "timer times", label: say("Paling banyak berapa kali", "At most how often"), hint: say("Kosong berarti terus-menerus.", "Empty means for ever."), value: timer.times, commit: (times) => write({ times }) }));
  if (mode === "date") fields.push(dateField(at, timer, write));
  if (mode === "feel") fields.push(at.feel({ key: "timer feel", label: say("Tanggal atau lamanya", "The date or the length of time"), value: timer.text, commit: (text) => write({ text }) }));
  return group(say("Waktu", "Time"), fields);
}

function lengthFields(at, timer, write) {
  const units = [["days", say("hari kalender", "calendar days")], ["hours", say("jam", "hours")], ["minutes", say("menit", "minutes")]];
  return [
    numberField({ key: "timer number", label: say("Lamanya", "How long"), value: timer.number, commit: (number) => write({ number }) }),
    choiceField({ key: "timer unit", label: say("Satuan", "Unit"), value: timer.unit, options: units, commit: (unit) => write({ unit }) }),
  ];
}

function dateField(at, timer, write) {
  const whole = textField({ key: "timer date", label: say("Tanggal", "Date"), value: timer.date, commit: (date) => write({ date }) });
  whole.querySelector("input").type = "date";
  whole.querySelector("input").value = timer.date ?? "";
  return whole;
}

export function caseThatBegins(at) {
  return group(say("Kasus yang dimulai", "The case that begins"), [
    at.feelPart("alur:Case", "subject", { label: say("Tentang siapa atau apa", "About whom or what"), rows: 1 }),
    at.feelPart("alur:Case", "title", { label: say("Judul", "Title") }),
  ], Boolean(partOf(at.object, "alur:Case")));
}

function timerModes() {
  return [
    ["working-days", say("setelah sejumlah hari kerja", "after some working days")],
    ["duration", say("setelah sejumlah hari, jam, atau menit", "after some days, hours or minutes")],
    ["date", say("pada tanggal tertentu", "on a certain date")],
    ["again-working-days", say("berulang, tiap sejumlah hari kerja", "again and again, every few working days")],
    ["again", say("berulang, tiap sejumlah hari, jam, atau menit", "again and again, every few days, hours or minutes")],
    ["feel", say("dihitung dari data", "computed from the data")],
  ];
}

/** What comes again and again must not interrupt, and does not wait on the way. */
function isFitting(mode, object) {
  if (!mode.startsWith("again")) return true;
  return is(object, "bpmn:StartEvent") || (is(object, "bpmn:BoundaryEvent") && !object.cancelActivity);
}

function isEventStart(object) {
  return is(object, "bpmn:StartEvent") && Boolean(object.$parent?.triggeredByEvent);
}
