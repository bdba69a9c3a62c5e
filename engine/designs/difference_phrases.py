"""What the parts of diagrams, tables and forms are called when a difference is told. Only data."""

from collections.abc import Mapping

_Words = tuple[str, str]

KINDS: Mapping[str, _Words] = {
    "userTask": ("tugas orang", "user task"),
    "manualTask": ("tugas di luar sistem", "manual task"),
    "serviceTask": ("tugas layanan", "service task"),
    "scriptTask": ("tugas hitung", "script task"),
    "businessRuleTask": ("tugas keputusan", "decision task"),
    "sendTask": ("tugas kirim", "send task"),
    "receiveTask": ("tugas terima", "receive task"),
    "callActivity": ("panggilan proses lain", "call activity"),
    "exclusiveGateway": ("gerbang pilihan", "exclusive gateway"),
    "parallelGateway": ("gerbang bersamaan", "parallel gateway"),
    "inclusiveGateway": ("gerbang beberapa pilihan", "inclusive gateway"),
    "eventBasedGateway": ("gerbang peristiwa", "event gateway"),
    "startEvent": ("awal", "start"),
    "endEvent": ("akhir", "end"),
    "intermediateCatchEvent": ("peristiwa yang ditunggu", "awaited event"),
    "intermediateThrowEvent": ("peristiwa yang dikirim", "sent event"),
    "boundaryEvent": ("peristiwa di tepi langkah", "event at a step"),
    "subProcess": ("subproses", "sub-process"),
    "transaction": ("transaksi", "transaction"),
}
_STEP = ("langkah", "step")
_GATEWAY = ("gerbang", "gateway")
_EVENT = ("peristiwa", "event")

NOUNS: Mapping[str, _Words] = {
    **{kind: _STEP for kind in KINDS if kind.endswith(("Task", "Activity"))},
    **{kind: _GATEWAY for kind in KINDS if kind.endswith("Gateway")},
    **{kind: _EVENT for kind in KINDS if kind.endswith("Event")},
    "task": _STEP,
    "complexGateway": _GATEWAY,
    "startEvent": ("awal", "start"),
    "endEvent": ("akhir", "end"),
    "subProcess": ("subproses", "sub-process"),
    "transaction": ("transaksi", "transaction"),
    "adHocSubProcess": ("subproses", "sub-process"),
    "sequenceFlow": ("panah", "flow"),
    "lane": ("jalur", "lane"),
    "process": ("proses", "process"),
    "participant": ("kotak proses", "pool"),
    "message": ("pesan", "message"),
    "signal": ("sinyal", "signal"),
    "error": ("kesalahan", "error"),
    "escalation": ("eskalasi", "escalation"),
    "dataObject": ("data", "data object"),
    "dataObjectReference": ("gambar data", "data symbol"),
    "textAnnotation": ("keterangan gambar", "annotation"),
    "association": ("garis keterangan", "association"),
    "group": ("bingkai", "group"),
    "category": ("kategori", "category"),
}
"""The elements of a diagram of which differences are told."""

_LOOP = "multiInstanceLoopCharacteristics"
_EXTENSIONS: Mapping[str, _Words] = {
    "alur:label:text": ("nama dalam bahasa Inggris", "the English name"),
    "alur:documentation:text": ("penjelasan dalam bahasa Inggris", "the English explanation"),
    "alur:assignment:@assignee": ("dikerjakan oleh", "done by"),
    "alur:assignment:@candidate": ("dikerjakan oleh kelompok", "done by the group"),
    "alur:assignment:@due": ("batas waktu", "the due date"),
    "alur:assignment:@followUp": ("tanggal tindak lanjut", "the follow-up date"),
    "alur:assignment:@priority": ("prioritas", "the priority"),
    "alur:calendar:@name": ("kalender hari kerja", "the calendar of working days"),
    "alur:form:@key": ("formulir", "the form"),
    "alur:form:@result": ("nama hasil formulir", "the name of the form's result"),
    "alur:service:@name": ("layanan", "the service"),
    "alur:service:@result": ("nama hasil layanan", "the name of the service's result"),
    "alur:service/alur:input:@value": ("masukan {name} untuk layanan", "the service's input {name}"),
    "alur:service/alur:input:@name": ("nama masukan layanan", "the name of the service's input"),
    "alur:decision:@ref": ("tabel keputusan", "the decision"),
    "alur:decision:@result": ("nama hasil keputusan", "the name of the decision's result"),
    "alur:script:@result": ("nama hasil hitungan", "the name of the script's result"),
    "alur:call/alur:input:@value": ("masukan {name} untuk proses yang dipanggil", "the input {name} of the call"),
    "alur:call/alur:output:@value": ("hasil {name} dari proses yang dipanggil", "the output {name} of the call"),
    "alur:case:@subject": ("pegawai yang dibahas kasus", "the person whom the case is about"),
    "alur:case:@title": ("judul kasus", "the title of the case"),
    "alur:about:@owner": ("pemilik proses", "the owner of the process"),
    "alur:about:@legalBasis": ("dasar hukum", "the legal basis"),
    "alur:about:@purpose": ("tujuan", "the purpose"),
    "alur:about:@retention": ("masa simpan data", "how long data is kept"),
    **{
        f"alur:{event}:@{attribute}": (f"{words[0]} {noun[0]}", f"{words[1]} of the {noun[1]}")
        for event, noun in {name: NOUNS[name] for name in ("message", "signal", "error", "escalation")}.items()
        for attribute, words in {
            "key": ("kunci", "the key"),
            "payload": ("isi", "the content"),
            "result": ("nama hasil", "the name of the result"),
        }.items()
    },
}
_EVENTS: Mapping[str, _Words] = {
    f"{name}EventDefinition:exists": (words[0], words[1])
    for name, words in {
        "message": ("menunggu atau mengirim pesan", "the message"),
        "signal": ("menunggu atau mengirim sinyal", "the signal"),
        "timer": ("waktu tunggu", "the timer"),
        "error": ("kesalahan", "the error"),
        "escalation": ("eskalasi", "the escalation"),
        "compensate": ("pembatalan langkah", "the compensation"),
        "conditional": ("syarat", "the condition"),
        "link": ("sambungan", "the link"),
        "terminate": ("akhir seluruh kasus", "the end of the whole case"),
        "cancel": ("pembatalan transaksi", "the cancelling"),
    }.items()
}
PHRASES: Mapping[str, _Words] = {
    **_EXTENSIONS,
    **_EVENTS,
    ":@name": ("nama", "the name"),
    ":tag": ("jenis", "the kind"),
    ":parent": ("tempatnya di dalam", "the place inside"),
    ":@default": ("jalan bila tidak ada syarat yang cocok", "the way if no condition holds"),
    ":@attachedToRef": ("langkah tempatnya menempel", "the step at which it stands"),
    ":@cancelActivity": ("menghentikan langkahnya", "whether it stops the step"),
    ":@isInterrupting": ("menghentikan yang berjalan", "whether it stops what runs"),
    ":@triggeredByEvent": ("dimulai oleh peristiwa", "whether an event begins it"),
    ":@isForCompensation": ("langkah pembatalan", "whether it undoes another step"),
    ":@calledElement": ("proses yang dipanggil", "the called process"),
    ":@messageRef": ("pesan", "the message"),
    ":@isExecutable": ("dapat dijalankan", "whether it can run"),
    ":@id": ("id", "the id"),
    ":@errorCode": ("kode kesalahan", "the error code"),
    ":@escalationCode": ("kode eskalasi", "the escalation code"),
    ":@sourceRef": ("asal", "where it comes from"),
    ":@targetRef": ("tujuan", "where it leads"),
    ":@processRef": ("proses di dalamnya", "the process in it"),
    ":@dataObjectRef": ("datanya", "the data"),
    ":@isCollection": ("berupa daftar", "whether it is a list"),
    "dataInputAssociation:exists": ("data yang dibaca", "the data it reads"),
    "dataOutputAssociation:exists": ("data yang ditulis", "the data it writes"),
    "documentation:text": ("penjelasan", "the explanation"),
    "text:text": ("teks", "the text"),
    "conditionExpression:text": ("syarat", "the condition"),
    "script:text": ("hitungan", "the calculation"),
    "timerEventDefinition/timeDate:text": ("waktu tunggu sampai", "the date of the timer"),
    "timerEventDefinition/timeDuration:text": ("lama menunggu", "the time to wait"),
    "timerEventDefinition/timeCycle:text": ("pengulangan waktu", "the cycle of the timer"),
    "conditionalEventDefinition/condition:text": ("syarat yang ditunggu", "the awaited condition"),
    "messageEventDefinition:@messageRef": ("pesan", "the message"),
    "signalEventDefinition:@signalRef": ("sinyal", "the signal"),
    "errorEventDefinition:@errorRef": ("kesalahan", "the error"),
    "escalationEventDefinition:@escalationRef": ("eskalasi", "the escalation"),
    "compensateEventDefinition:@activityRef": ("langkah yang dibatalkan", "the step that is undone"),
    "linkEventDefinition:@name": ("nama sambungan", "the name of the link"),
    f"{_LOOP}:exists": ("pengulangan untuk tiap butir", "the repetition for each item"),
    f"{_LOOP}:@isSequential": ("satu per satu", "whether one after the other"),
    f"{_LOOP}/loopCardinality:text": ("banyaknya pengulangan", "the number of repetitions"),
    f"{_LOOP}/completionCondition:text": ("syarat berhenti mengulang", "the condition that ends the repetition"),
    f"{_LOOP}/alur:items:@collection": ("daftar yang diulang", "the list that is repeated for"),
    f"{_LOOP}/alur:items:@item": ("nama tiap butir", "the name of each item"),
    f"{_LOOP}/alur:items:@output": ("nama daftar hasil", "the name of the list of results"),
    f"{_LOOP}/alur:items:@gives": ("hasil tiap butir", "the result of each item"),
    "standardLoopCharacteristics:exists": ("pengulangan", "the loop"),
    "standardLoopCharacteristics:@testBefore": ("syarat diperiksa dahulu", "whether the condition is tested first"),
    "standardLoopCharacteristics:@loopMaximum": ("pengulangan terbanyak", "the most repetitions"),
    "standardLoopCharacteristics/loopCondition:text": ("syarat mengulang", "the condition of the loop"),
}
"""What a fact of an element is called, by the way to it; `{name}` is the name of the part."""
