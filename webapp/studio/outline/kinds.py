"""What can be put into a process, in the words of the list: steps, ends, and what happens at them or beside them."""

from collections.abc import Mapping
from typing import Final

from engine.bpmn.model import Trigger
from forms import Text

STEP, BRANCH, EDGE, END, FLOW, LINKS = "step", "branch", "edge", "end", "flow", "links"
UNDOING, LISTENER, BEGINNING = "undoing", "listener", "beginning"
NOTE, DATA, GROUP = "note", "data", "group"
WAYS: Final[Mapping[str, Text]] = {
    STEP: Text("Langkah baru sesudahnya", "A new step after it"),
    BRANCH: Text(
        "Langkah tambahan, hanya bila syaratnya benar atau sekaligus", "A step beside, on a condition or at once"
    ),
    EDGE: Text("Peristiwa pada langkah ini, misalnya batas waktu", "An event at this step, such as a time limit"),
    UNDOING: Text("Langkah yang membatalkan hasilnya", "A step that undoes it"),
    END: Text("Cabang baru yang berakhir di sini", "A new branch that ends here"),
    FLOW: Text("Alur ke langkah yang sudah ada", "A flow to a step that exists"),
    LINKS: Text("Sepasang tautan yang memotong alur ini", "A pair of links that cuts this flow"),
    LISTENER: Text("Yang dikerjakan bila sesuatu terjadi (subproses peristiwa)",
                   "What is done when something happens (event sub-process)"),
    BEGINNING: Text("Awal, misalnya kasus yang dimulai oleh pesan atau waktu",
                    "A beginning, such as a case that is begun by a message or a time"),
    NOTE: Text("Catatan pada diagram", "A note on the diagram"),
    DATA: Text("Data yang dibaca atau diisi", "Data that are read or kept"),
    GROUP: Text("Bingkai di sekeliling beberapa langkah", "A frame around some steps"),
}  # fmt: skip
STEPS: Final[Mapping[str, Text]] = {
    "userTask": Text("Tugas dengan formulir (diisi orang)", "Task with a form (filled in by people)"),
    "manualTask": Text("Tugas tanpa formulir (dikerjakan orang)", "Task without a form (done by people)"),
    "serviceTask": Text("Layanan (dikerjakan sistem)", "Service (done by the system)"),
    "businessRuleTask": Text("Tabel keputusan", "Decision table"),
    "scriptTask": Text("Perhitungan", "Computation"),
    "sendTask": Text("Kirim pesan", "Send a message"),
    "receiveTask": Text("Tunggu pesan", "Wait for a message"),
    "callActivity": Text("Panggil proses lain", "Call another process"),
    "subProcess": Text("Subproses (beberapa langkah di dalamnya)", "Sub-process (several steps inside)"),
    "transaction": Text(
        "Transaksi (subproses yang dapat dibatalkan)", "Transaction (a sub-process that can be undone)"
    ),
    "intermediateCatchEvent:timer": Text("Tunggu waktu", "Wait for a time"),
    "intermediateCatchEvent:message": Text("Tunggu pesan (peristiwa)", "Wait for a message (event)"),
    "intermediateCatchEvent:signal": Text("Tunggu sinyal", "Wait for a signal"),
    "intermediateCatchEvent:conditional": Text("Tunggu syarat", "Wait for a condition"),
    "intermediateThrowEvent:message": Text("Kirim pesan (peristiwa)", "Send a message (event)"),
    "intermediateThrowEvent:signal": Text("Kirim sinyal", "Send a signal"),
    "intermediateThrowEvent:escalation": Text("Kirim eskalasi", "Send an escalation"),
    "intermediateThrowEvent:compensate": Text("Batalkan hasil langkah yang sudah selesai", "Undo steps that are done"),
    "exclusiveGateway": Text("Gerbang: pilih satu jalan", "Gateway: choose one way"),
    "parallelGateway": Text("Gerbang: semua jalan sekaligus", "Gateway: all ways at once"),
    "inclusiveGateway": Text("Gerbang: satu jalan atau lebih", "Gateway: one way or more"),
    "eventBasedGateway": Text("Gerbang: yang terjadi lebih dahulu", "Gateway: whatever happens first"),
}
#: The kinds of an end; the usual one has no trigger, but a form needs a word for it.
PLAIN: Final = "plain"
ENDS: Final[Mapping[str, Text]] = {
    PLAIN: Text("Selesai", "Done"),
    Trigger.MESSAGE: Text("Selesai dan kirim pesan", "Done, and send a message"),
    Trigger.SIGNAL: Text("Selesai dan kirim sinyal", "Done, and send a signal"),
    Trigger.ERROR: Text("Selesai dengan galat", "Done, with an error"),
    Trigger.ESCALATION: Text("Selesai dan kirim eskalasi", "Done, and send an escalation"),
    Trigger.COMPENSATION: Text("Selesai dan batalkan hasil langkah", "Done, and undo steps"),
    Trigger.CANCEL: Text("Batalkan transaksi di sekelilingnya", "Cancel the transaction around it"),
    Trigger.TERMINATE: Text("Hentikan semuanya", "End everything"),
}
BRANCHES: Final[Mapping[str, Text]] = {
    "exclusiveGateway": Text("hanya bila syaratnya benar", "only if the condition holds"),
    "parallelGateway": Text("sekaligus dengan yang lain", "at once with the rest"),
    "inclusiveGateway": Text("bila syaratnya benar, bersama yang lain", "if the condition holds, together with others"),
}
#: What undoes a step.
UNDOERS: Final = ("serviceTask", "userTask", "manualTask", "scriptTask", "sendTask", "businessRuleTask")
_HAPPENS: Final = (
    Trigger.TIMER,
    Trigger.MESSAGE,
    Trigger.SIGNAL,
    Trigger.CONDITION,
    Trigger.ERROR,
    Trigger.ESCALATION,
)
#: What can happen at the edge of a step, beside the flow of a process, and what can begin a case.
AT_EDGE: Final[Mapping[str, tuple[Trigger, ...]]] = {"": _HAPPENS, "transaction": (*_HAPPENS, Trigger.CANCEL)}
BESIDE: Final[Mapping[str, tuple[Trigger, ...]]] = {
    "process": _HAPPENS,
    "": (*_HAPPENS, Trigger.COMPENSATION),
}
BEGINS: Final = (Trigger.MESSAGE, Trigger.SIGNAL, Trigger.TIMER)
PLAIN_START: Final = Text("Awal biasa, tanpa pemicu", "A usual beginning, without a trigger")
