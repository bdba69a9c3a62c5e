// What the panel shows of an element: everything that the engine executes of it, in plain words.
import { is, isAny } from "bpmn-js/lib/util/ModelUtil";
import { caseThatBegins, eventGroups, whatIsSent } from "./events.js";
import { aboutProcess, documentationWords, generalWords, technicalName } from "./general.js";
import { deadlines, whoDoesIt } from "./people.js";
import { NAMED } from "./roots.js";
import { Section } from "./section.js";
import { flowCondition, rounds, waysOut } from "./ways.js";
import { calledProcess, computation, decisionAsked, formChoice, serviceCall } from "./work.js";

/** Return the groups of fields of an element. `tools` has the modeller's services, `catalogue()`, `feelUrl`, `redraw()`. */
export function sectionsOf(element, tools) {
  const at = new Section(element, tools);
  const object = at.object;
  const groups = [generalWords(at)];
  if (is(object, "bpmn:Process")) groups.push(aboutProcess(at));
  if (isAny(object, ["bpmn:UserTask", "bpmn:ManualTask"])) groups.push(whoDoesIt(at));
  if (is(object, "bpmn:UserTask")) groups.push(formChoice(at));
  if (isAny(object, ["bpmn:UserTask", "bpmn:ManualTask"])) groups.push(deadlines(at));
  if (is(object, "bpmn:ServiceTask")) groups.push(serviceCall(at));
  if (is(object, "bpmn:BusinessRuleTask")) groups.push(decisionAsked(at));
  if (is(object, "bpmn:ScriptTask")) groups.push(computation(at));
  if (is(object, "bpmn:CallActivity")) groups.push(calledProcess(at));
  if (isAny(object, ["bpmn:SendTask", "bpmn:ReceiveTask"])) groups.push(whatIsSent(at, object, NAMED["bpmn:MessageEventDefinition"]));
  if (is(object, "bpmn:Event")) groups.push(...eventGroups(at));
  if (is(object, "bpmn:StartEvent") && !is(object.$parent, "bpmn:SubProcess")) groups.push(caseThatBegins(at));
  if (is(object, "bpmn:SequenceFlow")) groups.push(flowCondition(at));
  if (hasWays(object)) groups.push(waysOut(at));
  if (is(object, "bpmn:Activity")) groups.push(rounds(at));
  if (isAny(object, ["bpmn:FlowNode", "bpmn:Process"])) groups.push(documentationWords(at));
  groups.push(technicalName(at));
  return groups.filter(Boolean);
}

function hasWays(object) {
  const isChoice = isAny(object, ["bpmn:ExclusiveGateway", "bpmn:InclusiveGateway", "bpmn:Activity"]);
  return isChoice && (object.outgoing?.length ?? 0) > 1;
}
