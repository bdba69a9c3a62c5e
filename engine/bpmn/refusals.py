"""Says what stands in a diagram and is not executed: which element, what, why, and what to do, in both languages."""

from collections.abc import Mapping

from lxml import etree

from engine.bpmn.read import problem
from engine.bpmn.vocabulary import ALUR, EXTENSIONS
from engine.errors import Problem

Texts = tuple[str, str]
_DATA_FLOW: Texts = (
    "aliran data tidak dijalankan; setiap langkah membaca variabel kasus, jadi hapus bagian ini",
    "data flow is not executed; every step reads the variables of the case, so delete it",
)
_RESOURCE: Texts = (
    "petugas hanya dibaca dari alur:assignment; pindahkan ke sana lalu hapus bagian ini",
    "people are read from alur:assignment only; name them there and delete this",
)
_ITEMS: Texts = (
    "butir multi-instance hanya dibaca dari alur:items; sebutkan di sana lalu hapus bagian ini",
    "the items of a multi-instance activity are read from alur:items only; name them there and delete this",
)
_BEHAVIOUR: Texts = (
    "peristiwa di tengah multi-instance tidak dikirim; pakai syarat selesai (completionCondition)",
    "no event is sent in the midst of a multi-instance activity; use a completionCondition",
)
REASONS: Mapping[str, Texts] = {
    "task": (
        "tidak jelas siapa atau apa yang menjalankan; pilih: pengguna, manual, layanan, skrip, aturan, kirim, terima",
        "it does not say who or what does it; choose a kind of task: user, manual, service, script, business rule, "
        "send or receive",
    ),
    **dict.fromkeys(("ioSpecification", "dataInputAssociation", "dataOutputAssociation", "property"), _DATA_FLOW),
    **dict.fromkeys(("dataInput", "dataOutput", "inputSet", "outputSet", "itemDefinition"), _DATA_FLOW),
    **dict.fromkeys(("dataStore", "dataStoreReference"), _DATA_FLOW),
    **dict.fromkeys(("potentialOwner", "humanPerformer", "performer", "resourceRole", "resource"), _RESOURCE),
    "loopCharacteristics": (
        "jenis perulangan tidak disebutkan; pilih perulangan biasa atau multi-instance",
        "it does not say which kind of loop; choose a standard loop or a multi-instance marker",
    ),
    "complexGateway": (
        "syaratnya bebas, jadi tak dapat diperiksa; pakai gerbang inklusif, atau multi-instance dengan syarat selesai",
        "its condition is free, so it cannot be checked; use an inclusive gateway, or a multi-instance activity with a "
        "completion condition",
    ),
    "adHocSubProcess": (
        "urutan bebas tidak dijalankan; pakai subproses biasa yang langkahnya berjalan bersamaan",
        "a free order is not executed; use a plain sub-process whose steps run side by side",
    ),
    **dict.fromkeys(("inputDataItem", "outputDataItem", "loopDataInputRef", "loopDataOutputRef"), _ITEMS),
    **dict.fromkeys(("complexBehaviorDefinition", "noneBehaviorEventRef", "oneBehaviorEventRef"), _BEHAVIOUR),
    "childLaneSet": (
        "lajur di dalam lajur belum didukung; gunakan satu tingkat lajur",
        "a lane inside a lane is not supported; use one level of lanes",
    ),
    "import": (
        "berkas lain tidak pernah diambil; masukkan isinya ke diagram ini lalu hapus impor",
        "no other file is ever fetched; put its content into this diagram and delete the import",
    ),
    "messageFlow": (
        "panah pesan tidak mengirim apa pun; pesan dikirim oleh peristiwa pesan, jadi hapus panah atau pakai asosiasi",
        "a message flow sends nothing; message events do, so delete the arrow or draw an association",
    ),
    "participantMultiplicity": (
        "banyaknya peserta tidak dijalankan; hapus penandanya",
        "the number of participants is not executed; delete the mark",
    ),
}
CODES: Mapping[str, str] = {"loopCharacteristics": "loop_marker", "childLaneSet": "nested_lane"}
ATTRIBUTE_REASONS: Mapping[str, Texts] = {
    "startQuantity": (
        "setiap cabang yang sampai menjalankan langkah satu kali; gabungkan cabang dengan gerbang paralel",
        "every branch that comes runs the step once; join branches with a parallel gateway",
    ),
    "completionQuantity": (
        "dari langkah ini hanya satu cabang berlanjut; pecah dengan gerbang paralel",
        "one branch goes on from a step; split with a parallel gateway",
    ),
    "implementation": (
        "teknologi layanan tidak dipilih di diagram; sebutkan layanan dengan alur:service",
        "the technology is not chosen in the diagram; name the service with alur:service",
    ),
    "language": (
        "ungkapan hanya dibaca sebagai FEEL; tulis dalam FEEL dan hapus bahasa lain",
        "expressions are read as FEEL only; write FEEL and delete the other language",
    ),
    "expressionLanguage": (
        "ungkapan hanya dibaca sebagai FEEL; tulis dalam FEEL dan hapus bahasa lain",
        "expressions are read as FEEL only; write FEEL and delete the other language",
    ),
    "parallelMultiple": (
        "satu peristiwa hanya menunggu satu pemicu; pakai gerbang peristiwa atau gerbang paralel",
        "an event waits for one trigger only; use an event gateway or a parallel gateway",
    ),
    "instantiate": (
        "kasus tidak dimulai oleh langkah ini; pakai awal tanpa pemicu",
        "a case is not started by this step; use a plain start event",
    ),
    "eventGatewayType": (
        "gerbang peristiwa menunggu yang pertama saja (Exclusive)",
        "an event gateway waits for the first event only (Exclusive)",
    ),
    "behavior": (
        "peristiwa di tengah multi-instance tidak dikirim; pakai syarat selesai (completionCondition)",
        "no event is sent in the midst of a multi-instance activity; use a completionCondition",
    ),
    "waitForCompletion": (
        "langkah berikut selalu menunggu kompensasi selesai",
        "the next step always waits for the compensation to end",
    ),
    "method": (
        "transaksi yang dibatalkan selalu dikompensasi (##Compensate)",
        "a cancelled transaction is always compensated (##Compensate)",
    ),
    "processType": (
        "hanya proses internal (Private) yang dijalankan",
        "only a private process is executed",
    ),
}
_SHOWN = 60  # characters of a value in a sentence


def not_executed(where: str, tag: str) -> Problem:
    """Say that an element of BPMN is not executed."""
    code = CODES.get(tag, "not_executed")
    reason = REASONS.get(tag)
    if reason is None:
        reason = (
            "belum dijalankan mesin ini; ganti dengan unsur yang didukung atau hapus",
            "is not executed by this engine; use a supported element or delete it",
        )
        return problem(where, code, f"unsur '{tag}' {reason[0]}.", f"the element '{tag}' {reason[1]}.")
    return problem(where, code, f"unsur '{tag}': {reason[0]}.", f"the element '{tag}': {reason[1]}.")


def missing(where: str, tag: str, attribute: str) -> Problem:
    """Say that an element lacks an attribute without which it says nothing."""
    return problem(
        where,
        "missing_attribute",
        f"'{tag}' memerlukan '{attribute}'; isi lebih dahulu.",
        f"'{tag}' needs '{attribute}'; fill it in.",
    )


def unknown_attribute(where: str, attribute: str, tag: str, known: frozenset[str] = frozenset()) -> Problem:
    """Say that an attribute would be ignored, a slip of the pen for instance."""
    names = ", ".join(sorted(known))
    reason: Texts = ATTRIBUTE_REASONS.get(attribute, ("mesin ini akan mengabaikannya", "this engine would ignore it"))
    return problem(
        where,
        "unknown_attribute",
        f"atribut '{attribute}' pada '{tag}' tidak dikenal: {reason[0]}. Hapus atau perbaiki ejaannya"
        + (f" (yang ada: {names})." if names else "."),
        f"the attribute '{attribute}' of '{tag}' is not known: {reason[1]}. Delete it or mend its spelling"
        + (f" (known: {names})." if names else "."),
    )


def foreign_attribute(where: str, name: etree.QName) -> Problem:
    """Say that an attribute was written for other software."""
    return problem(
        where,
        "foreign_attribute",
        f"atribut '{name.localname}' berasal dari perangkat lain ({name.namespace}) dan akan diabaikan; hapus, "
        "lalu nyatakan maksudnya dengan unsur alur bila perlu.",
        f"the attribute '{name.localname}' belongs to other software ({name.namespace}) and would be ignored; delete "
        "it, and say what it means with an alur element if needed.",
    )


def no_boolean(where: str, attribute: str, value: str) -> Problem:
    """Say that a value is neither true nor false."""
    return problem(
        where,
        "not_boolean",
        f"'{attribute}' berisi '{value[:_SHOWN]}'; tulislah true atau false.",
        f"'{attribute}' says '{value[:_SHOWN]}'; write true or false.",
    )


def other_value(where: str, attribute: str, value: str) -> Problem:
    """Say that a value asks for what is not executed."""
    reason: Texts = ATTRIBUTE_REASONS.get(
        attribute, ("mesin ini tidak menjalankannya seperti tertulis", "this engine does not execute what it says")
    )
    return problem(
        where,
        "attribute_value",
        f"'{attribute}' berisi '{value[:_SHOWN]}': {reason[0]}. Hapus atau ubah nilainya.",
        f"'{attribute}' says '{value[:_SHOWN]}': {reason[1]}. Delete it or change its value.",
    )


def misplaced(where: str, tag: str) -> Problem:
    """Say that an element of ours is unknown, or stands where nobody reads it."""
    known = EXTENSIONS.get(tag)
    places = ", ".join(sorted(known.on)) if known is not None and known.on else "-"
    return problem(
        where,
        "alur_element",
        f"unsur alur '{tag}' tidak dikenal di sini dan akan diabaikan (tempatnya: {places}); perbaiki atau hapus.",
        f"the alur element '{tag}' is not known here and would be ignored (its place: {places}); mend or delete it.",
    )


def twice(where: str, what: str) -> Problem:
    """Say that one of two would be ignored."""
    return problem(
        where,
        "said_twice",
        f"'{what}' ada lebih dari satu, padahal hanya satu yang dibaca; sisakan satu.",
        f"'{what}' stands here more than once, but only one is read; keep one.",
    )


def stray_text(where: str, tag: str, text: str) -> Problem:
    """Say that a text stands where nobody reads it."""
    return problem(
        where,
        "stray_text",
        f"teks '{text[:_SHOWN]}' di dalam '{tag}' tidak dibaca; hapus atau pindahkan ke tempatnya.",
        f"the text '{text[:_SHOWN]}' inside '{tag}' is not read; delete it or move it to its place.",
    )


def vendor(where: str, tag: str, namespace: str) -> Problem:
    """Say that an extension instructs another engine."""
    return problem(
        where,
        "vendor_extension",
        f"'{tag}' adalah perintah untuk mesin lain ({namespace}) dan tidak dijalankan; hapus, "
        "lalu nyatakan maksudnya dengan unsur alur.",
        f"'{tag}' is an instruction to another engine ({namespace}) and is not executed; delete it and say what it "
        "means with an alur element.",
    )


def unread(where: str, tag: str, namespace: str) -> Problem:
    """Say that another tool's note is not read; it may be no more than where something is drawn."""
    return problem(
        where,
        "unread_extension",
        f"'{tag}' berasal dari perangkat lain ({namespace or '-'}) dan tidak dibaca; bila maksudnya mengatur jalannya "
        "proses, nyatakan dengan unsur alur.",
        f"'{tag}' belongs to other software ({namespace or '-'}) and is not read; if it is meant to steer the process, "
        "say so with an alur element.",
        "warning",
    )


def misspelt(where: str, tag: str, namespace: str) -> Problem:
    """Say that something that looks like ours is not in our namespace."""
    return problem(
        where,
        "alur_namespace",
        f"'{tag}' ditulis dalam ruang nama '{namespace}', padahal unsur alur dibaca dari '{ALUR}' saja; perbaiki.",
        f"'{tag}' is in the namespace '{namespace}', but alur elements are read from '{ALUR}' only; mend it.",
    )


def enclosed(where: str, tag: str, outer: str) -> Problem:
    """Say that a part of the diagram hides inside another tool's extension."""
    return problem(
        where,
        "enclosed",
        f"'{tag}' berada di dalam '{outer}' milik perangkat lain, tempat ia tidak dijalankan; keluarkan atau hapus.",
        f"'{tag}' stands inside '{outer}' of other software, where it is not executed; take it out or delete it.",
    )


def empty(where: str, tag: str) -> Problem:
    """Say that nothing is written where something must be."""
    return problem(
        where,
        "empty_expression",
        f"'{tag}' masih kosong, jadi tidak berarti apa-apa; isi dengan ungkapan FEEL atau hapus.",
        f"'{tag}' is empty and so means nothing; write a FEEL expression or delete it.",
    )


def empty_attribute(where: str, attribute: str, tag: str) -> Problem:
    """Say that an attribute of ours is there and says nothing."""
    return problem(
        where,
        "empty_attribute",
        f"'{attribute}' pada '{tag}' masih kosong, jadi tidak berarti apa-apa; isi atau hapus.",
        f"'{attribute}' of '{tag}' is empty and so means nothing; fill it in or delete it.",
    )
