// Who does a step, and until when.
import { choiceField, group, make, numberField } from "./fields.js";
import { say } from "./say.js";
import { readTimer, writeTimer } from "./timers.js";

export function whoDoesIt(at) {
  const assignee = at.said("alur:Assignment", "assignee");
  const candidate = at.said("alur:Assignment", "candidate");
  const mode = at.tools.remembered(`who ${at.object.id}`) ?? whoMode(assignee, candidate);
  const choose = (chosen) => {
    at.tools.remember(`who ${at.object.id}`, chosen);
    at.tools.together(() => at.tell("alur:Assignment", chosen === "person" ? { candidate: "" } : { assignee: "" }));
    at.tools.redraw();
  };
  const fields = [choiceField({
    key: "who", label: say("Dikerjakan oleh", "Done by"), value: mode, commit: choose,
    options: [
      ["person", say("satu orang yang sudah diketahui", "one person who is known")],
      ["role", say("siapa pun yang memegang peran", "whoever holds a role")],
      ["group", say("kelompok yang dihitung dari data", "a group computed from the data")],
    ],
  })];
  if (mode === "person") fields.push(at.feelPart("alur:Assignment", "assignee", { label: say("Orangnya (dari data)", "The person (from the data)"), hint: say("Misalnya superior. Isinya nomor pegawai.", "Such as superior. Its value is the number of an employee.") }));
  else if (mode === "role") fields.push(roleChoice(at, candidate));
  else fields.push(at.feelPart("alur:Assignment", "candidate", { label: say("Kelompoknya (dari data)", "The group (from the data)") }));
  return group(say("Siapa", "Who"), fields);
}

function roleChoice(at, candidate) {
  const options = at.catalogue.roles.map(({ name, label }) => [name, label]);
  const [name] = roleIn(candidate) ?? [""];
  const commit = (value) => at.tell("alur:Assignment", { candidate: value && asCandidate(value, at.catalogue), assignee: "" });
  return choiceField({ key: "role", label: say("Peran", "Role"), value: name, options, empty: say("Pilih peran", "Choose a role"), commit });
}

export function deadlines(at) {
  return group(say("Tenggat dan urutan", "Deadline and order"), [
    dueIn(at, "due", say("Tenggat", "Due")),
    at.calendar(),
    at.feelPart("alur:Assignment", "followUp", { label: say("Baru perlu dilihat mulai", "Need not be looked at before") }),
    at.feelPart("alur:Assignment", "priority", { label: say("Prioritas, 0 sampai 100", "Priority, 0 to 100"), hint: say("Kosong berarti 50.", "Empty means 50."), rows: 1 }),
  ], Boolean(at.said("alur:Assignment", "due")));
}

/** A deadline: so many working days, or an expression. */
function dueIn(at, name, label) {
  const said = at.said("alur:Assignment", name);
  const found = readTimer("timeDate", said);
  const memory = `${name} ${at.object.id}`;
  const mode = at.tools.remembered(memory) ?? (found.mode === "working-days" ? "days" : said ? "feel" : "");
  const write = (value) => at.tell("alur:Assignment", { [name]: value });
  const choose = (chosen) => {
    at.tools.remember(memory, chosen);
    if (chosen === "days") write(writeTimer({ mode: "working-days", number: 5 }).text);
    if (!chosen) write("");
    at.tools.redraw();
  };
  const whole = make("div", {}, [choiceField({
    key: `${name} mode`, label, value: mode, commit: choose,
    options: [["", say("tanpa tenggat", "none")], ["days", say("setelah sejumlah hari kerja", "after some working days")], ["feel", say("dihitung dari data", "computed from the data")]],
  })]);
  if (mode === "days") whole.append(numberField({ key: `${name} days`, label: say("Hari kerja", "Working days"), value: found.number, commit: (value) => write(writeTimer({ mode: "working-days", number: value }).text) }));
  if (mode === "feel") whole.append(at.feelPart("alur:Assignment", name, { label: say("Tanggalnya", "The date") }));
  return whole;
}

function whoMode(assignee, candidate) {
  if (assignee || !candidate) return assignee ? "person" : "role";
  return roleIn(candidate) ? "role" : "group";
}

/** Return [role] of a candidate that names one: `"hr_verifier"`, or `"unit_hr_officer:" + string(unit)`. */
function roleIn(candidate) {
  const found = /^"([a-z_]+):?"( \+ string\(\w+\))?$/.exec(candidate);
  return candidate ? found && [found[1]] : null;
}

function asCandidate(role, catalogue) {
  const isOfUnit = catalogue.roles.find((found) => found.name === role)?.ofUnit;
  return isOfUnit ? `"${role}:" + string(unit)` : `"${role}"`;
}
