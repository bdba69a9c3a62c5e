// Which way a case takes, and how often a step is done.
import { is, isAny } from "bpmn-js/lib/util/ModelUtil";
import { button, checkField, choiceField, group, numberField, textField } from "./fields.js";
import { saidIn } from "./parts.js";
import { say } from "./say.js";

export function flowCondition(at) {
  const source = at.object.sourceRef;
  if (!isAny(source, ["bpmn:ExclusiveGateway", "bpmn:InclusiveGateway", "bpmn:Activity"])) return null;
  const isDefault = source.default === at.object;
  const setDefault = (value) => {
    const from = at.element.source;
    at.tools.together(() => {
      if (value) at.tools.parts.express(at.element, at.object, "conditionExpression", "");
      at.tools.modeling.updateProperties(from, { default: value ? at.object : undefined });
    });
    at.tools.redraw();
  };
  const fields = [checkField({ key: "default", label: say("Jalan ini dipakai bila tidak ada syarat yang terpenuhi", "This way is taken if no condition holds"), value: isDefault, commit: setDefault })];
  if (!isDefault) fields.push(at.expression(at.object, "conditionExpression", { label: say("Dilalui bila", "Taken when"), hint: say("Misalnya hasil.disetujui = true", "Such as result.approved = true") }));
  return group(say("Syarat", "Condition"), fields);
}

export function waysOut(at) {
  const options = at.object.outgoing.map((flow) => [flow.id, flow.name || say("ke %(name)s", "to %(name)s", { name: flow.targetRef?.name || flow.targetRef?.id || "" })]);
  const commit = (id) => {
    const flow = at.object.outgoing.find((found) => found.id === id);
    at.tools.together(() => {
      if (flow?.conditionExpression) at.tools.parts.express(at.tools.elementOf(flow), flow, "conditionExpression", "");
      at.tools.modeling.updateProperties(at.element, { default: flow });
    });
  };
  return group(say("Jalan keluar", "Ways out"), [
    choiceField({ key: "default way", label: say("Jalan bila tidak ada syarat yang terpenuhi", "Way if no condition holds"), value: at.object.default?.id, options, empty: say("tidak ada", "none"), commit }),
    ...at.object.outgoing.map((flow) => button(say("Syarat ke %(name)s", "Condition to %(name)s", { name: flow.targetRef?.name || flow.targetRef?.id || "" }), () => at.tools.select(flow.id))),
  ]);
}

export function rounds(at) {
  const loop = at.object.loopCharacteristics;
  const mode = !loop ? "" : is(loop, "bpmn:StandardLoopCharacteristics") ? "standard" : loop.isSequential ? "sequential" : "parallel";
  const choose = (chosen) => {
    beginLoop(at, chosen, loop);
    at.tools.redraw();
  };
  const fields = [choiceField({
    key: "loop", label: say("Berapa kali", "How often"), value: mode, commit: choose,
    options: [
      ["", say("sekali", "once")],
      ["standard", say("diulang selama syarat terpenuhi", "again while a condition holds")],
      ["sequential", say("untuk tiap butir, satu per satu", "for each item, one by one")],
      ["parallel", say("untuk tiap butir, bersamaan", "for each item, side by side")],
    ],
  })];
  if (mode === "standard") fields.push(...standardRounds(at, loop));
  else if (mode) fields.push(...roundsForItems(at, loop));
  return group(say("Pengulangan", "Repeats"), fields, Boolean(loop));
}

function beginLoop(at, mode, loop) {
  const { parts } = at.tools;
  if (!mode) return at.tools.modeling.updateProperties(at.element, { loopCharacteristics: undefined });
  const isStandard = mode === "standard";
  if (loop && !isStandard && is(loop, "bpmn:MultiInstanceLoopCharacteristics")) {
    return at.tools.modeling.updateModdleProperties(at.element, loop, { isSequential: mode === "sequential" });
  }
  const type = isStandard ? "bpmn:StandardLoopCharacteristics" : "bpmn:MultiInstanceLoopCharacteristics";
  const made = parts.make(type, isStandard ? {} : { isSequential: mode === "sequential" }, at.object);
  return at.tools.modeling.updateProperties(at.element, { loopCharacteristics: made });
}

function standardRounds(at, loop) {
  const update = (values) => at.tools.modeling.updateModdleProperties(at.element, loop, values);
  return [
    at.expression(loop, "loopCondition", { label: say("Diulang selama", "Again while") }),
    numberField({ key: "loop most", label: say("Paling banyak berapa kali", "At most how often"), value: loop.loopMaximum, commit: (value) => update({ loopMaximum: value ? Number(value) : undefined }) }),
    checkField({ key: "loop before", label: say("Syarat diperiksa sebelum putaran pertama", "The condition is looked at before the first round"), value: loop.testBefore, commit: (value) => update({ testBefore: value }) }),
  ];
}

function roundsForItems(at, loop) {
  const type = "alur:Items";
  const tell = (values) => at.tools.parts.say(at.element, loop, type, values);
  const feel = (name, label, hint) => at.feel({ key: `items ${name}`, label, hint, rows: 1, value: saidIn(loop, type, name), commit: (value) => tell({ [name]: value }) });
  const text = (name, label, hint) => textField({ key: `items ${name}`, label, hint, value: saidIn(loop, type, name), commit: (value) => tell({ [name]: value }) });
  return [
    feel("collection", say("Daftar butirnya", "The list of items"), say("Misalnya penilai. Satu putaran untuk tiap butir.", "Such as evaluators. One round for each.")),
    text("item", say("Nama satu butir di dalam putaran", "Name of one item inside a round")),
    at.expression(loop, "loopCardinality", { label: say("Atau: berapa putaran", "Or: how many rounds"), rows: 1 }),
    feel("gives", say("Yang diberikan tiap putaran", "What each round gives")),
    text("output", say("Kumpulkan sebagai", "Collect as")),
    at.expression(loop, "completionCondition", { label: say("Cukup, bila", "Enough, when"), hint: say("Diperiksa setelah tiap putaran.", "Looked at after each round.") }),
  ];
}
