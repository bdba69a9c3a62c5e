// What the engine executes, as menus offer it: the entries of bpmn.io that are left, in groups.
import { PopupEntries } from "bpmn-js/lib/features/popup-menu/PopupEntries";
import { say } from "./say.js";

const GROUPS = {
  step: [() => say("Langkah", "Steps"), ["user-task", "manual-task", "service-task", "rule-task", "script-task", "send-task", "receive-task", "call-activity"]],
  way: [() => say("Percabangan", "Ways"), ["exclusive-gateway", "parallel-gateway", "inclusive-gateway", "event-based-gateway"]],
  wait: [
    () => say("Kejadian di jalan", "Events on the way"),
    [
      "timer-intermediate-catch", "message-intermediate-catch", "message-intermediate-throw", "signal-intermediate-catch",
      "signal-intermediate-throw", "conditional-intermediate-catch", "escalation-intermediate-throw",
      "link-intermediate-catch", "link-intermediate-throw", "compensation-intermediate-throw",
    ],
  ],
  end: [
    () => say("Akhir", "Ends"),
    ["none-end-event", "message-end", "signal-end", "error-end", "escalation-end", "compensation-end", "cancel-end", "terminate-end"],
  ],
  inside: [() => say("Kumpulan langkah", "Groups of steps"), ["expanded-subprocess", "event-subprocess", "transaction"]],
  start: [() => say("Awal", "Starts"), ["none-start-event", "message-start", "timer-start", "signal-start"]],
};

/** Menus of bpmn.io offer these, the engine refuses them. */
const REFUSED = new Set([
  "replace-with-task", "replace-with-complex-gateway", "replace-with-ad-hoc-subprocess",
  "replace-with-collapsed-ad-hoc-subprocess", "replace-with-expanded-ad-hoc-subprocess",
  "replace-with-data-store-reference", "replace-with-none-intermediate-throw", "replace-with-none-intermediate-throwing",
  "replace-with-conditional-flow", "replace-with-collapsed-subprocess",
]);

/** Return the groups of what can be made, each as [id, title, entries]. */
export function offered(names = Object.keys(GROUPS)) {
  return names.map((name) => [name, GROUPS[name][0](), GROUPS[name][1].map((id) => ({ id, ...PopupEntries[id] }))]);
}

export function isRefused(action) {
  return REFUSED.has(action);
}

const ANY_KIND = {
  "bpmn:UserTask": ["Tugas orang", "Person's task"],
  "bpmn:ManualTask": ["Tugas manual", "Manual task"],
  "bpmn:ServiceTask": ["Layanan sistem", "System service"],
  "bpmn:BusinessRuleTask": ["Tabel keputusan", "Decision table"],
  "bpmn:ScriptTask": ["Hitungan", "Computation"],
  "bpmn:SendTask": ["Kirim pesan", "Send a message"],
  "bpmn:ReceiveTask": ["Tunggu pesan", "Wait for a message"],
  "bpmn:CallActivity": ["Panggil proses", "Call a process"],
  "bpmn:ExclusiveGateway": ["Pilih satu jalan", "Choose one way"],
  "bpmn:ParallelGateway": ["Semua jalan bersamaan", "All ways at once"],
  "bpmn:InclusiveGateway": ["Beberapa jalan", "Some ways"],
  "bpmn:EventBasedGateway": ["Tunggu yang pertama", "Wait for the first"],
  "bpmn:StartEvent": ["Awal", "Start"],
  "bpmn:EndEvent": ["Akhir", "End"],
  "bpmn:IntermediateCatchEvent": ["Menunggu", "Waits"],
  "bpmn:IntermediateThrowEvent": ["Mengirim", "Sends"],
  "bpmn:BoundaryEvent": ["Kejadian di tepi langkah", "Event at the edge of a step"],
  "bpmn:SubProcess": ["Kumpulan langkah", "Group of steps"],
  "bpmn:Transaction": ["Transaksi", "Transaction"],
  "bpmn:SequenceFlow": ["Alur", "Flow"],
  "bpmn:Lane": ["Lajur", "Lane"],
  "bpmn:Participant": ["Kolam proses", "Pool of the process"],
  "bpmn:Process": ["Proses", "Process"],
  "bpmn:Collaboration": ["Proses", "Process"],
  "bpmn:TextAnnotation": ["Catatan", "Note"],
  "bpmn:Group": ["Kelompok", "Group"],
  "bpmn:DataObjectReference": ["Data", "Data"],
  "bpmn:Association": ["Garis", "Line"],
};
const TRIGGERS = {
  "bpmn:MessageEventDefinition": ["pesan", "message"],
  "bpmn:TimerEventDefinition": ["waktu", "timer"],
  "bpmn:SignalEventDefinition": ["sinyal", "signal"],
  "bpmn:ConditionalEventDefinition": ["syarat", "condition"],
  "bpmn:ErrorEventDefinition": ["kesalahan", "error"],
  "bpmn:EscalationEventDefinition": ["eskalasi", "escalation"],
  "bpmn:LinkEventDefinition": ["sambungan", "link"],
  "bpmn:CompensateEventDefinition": ["pembatalan hasil", "compensation"],
  "bpmn:CancelEventDefinition": ["batal", "cancel"],
  "bpmn:TerminateEventDefinition": ["hentikan semua", "terminate"],
};

/** Return what an element is, in plain words: "Menunggu (waktu)". */
export function kindOf(element) {
  const object = element.businessObject ?? element;
  const kind = say(...(ANY_KIND[object.$type] ?? [object.$type.replace("bpmn:", ""), object.$type.replace("bpmn:", "")]));
  const trigger = TRIGGERS[object.eventDefinitions?.[0]?.$type];
  return trigger ? `${kind} (${say(...trigger)})` : kind;
}
