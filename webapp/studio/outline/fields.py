"""The fields of one part of a diagram, made for what it is: a step, an event, a flow, a lane, the process."""

from collections.abc import Mapping
from typing import Any, Final

from engine.bpmn.model import Trigger
from engine.bpmn.texts import extension_of
from engine.bpmn.vocabulary import EXTENSIONS, GATEWAYS, MESSAGE_TASKS, WORDS
from engine.designs.editing.diagram import ACTIVITY_TASKS, Diagram, local, parent_of
from engine.designs.editing.noting import NOTED
from engine.designs.editing.saying import ABOUT
from engine.designs.trees import Node
from forms import (
    AlurForm,
    CheckboxField,
    ChoiceField,
    Option,
    RadioField,
    Required,
    TableField,
    Text,
    TextAreaField,
    TextField,
)
from forms.conditions import Condition
from webapp.studio.outline.choices import Choices, with_current
from webapp.studio.outline.feeling import LONGEST, IsFeel, feel, script, shown, words
from webapp.studio.outline.rows import kind_words
from webapp.texts import Language

Fields = dict[str, Any]
ACTIVITIES: Final = ACTIVITY_TASKS | {"callActivity", "subProcess", "transaction"}
_CONDITION_HINT = Text('Misalnya approval.decision = "approve".', 'Such as approval.decision = "approve".')
_RESULT = Text("Hasil disimpan di variabel", "Keep the result in the variable")
_RESULT_HINT = Text("Nama tanpa spasi, misalnya persetujuan.", "A name without blanks, such as approval.")
_TIME_KINDS = {
    "timeDuration": Text("Lamanya, misalnya P3D atau PT8H", "How long, such as P3D or PT8H"),
    "timeDate": Text("Sampai kapan, misalnya working days after(today(), 5)",
                     "Until when, such as working days after(today(), 5)"),
    "timeCycle": Text("Berulang, misalnya R3/P1D", "Again and again, such as R3/P1D"),
}  # fmt: skip
_TRIGGERS = {
    "": Text("tanpa pemicu", "nothing"),
    Trigger.MESSAGE: Text("pesan", "a message"),
    Trigger.TIMER: Text("waktu", "a time"),
    Trigger.SIGNAL: Text("sinyal", "a signal"),
    Trigger.CONDITION: Text("syarat", "a condition"),
    Trigger.ERROR: Text("galat", "an error"),
    Trigger.ESCALATION: Text("eskalasi", "an escalation"),
    Trigger.LINK: Text("tautan", "a link"),
    Trigger.COMPENSATION: Text("pembatalan langkah", "the undoing of steps"),
    Trigger.CANCEL: Text("batal", "a cancellation"),
    Trigger.TERMINATE: Text("hentikan semuanya", "the end of everything"),
}
STOPS_AROUND: Final = Text("Menghentikan yang sedang berjalan di sekitarnya", "Ends what is running around it")
ONCE: Final = "once"
_LOOPS = {
    ONCE: Text("Satu kali", "Once"),
    "standard": Text("Diulang selama syaratnya benar", "Again as long as a condition holds"),
    "sequential": Text(
        "Satu kali untuk tiap butir daftar, bergiliran", "Once for each item of a list, one after another"
    ),
    "parallel": Text("Satu kali untuk tiap butir daftar, sekaligus", "Once for each item of a list, all at once"),
}


class InputRow(AlurForm):
    """A value that is handed over by name."""

    name = words(Text("Nama", "Name"), most=100)
    value = feel(Text("Nilai (FEEL)", "Value (FEEL)"))


def form_of(diagram: Diagram, node: Node, choices: Choices, language: Language) -> type[AlurForm]:
    """Return the form of one part of a diagram."""
    tag = local(node)
    if tag in NOTED:
        return type("PartForm", (AlurForm,), _noted(tag))
    fields = {**_names(), **_documentation(node, tag)}
    if tag == "sequenceFlow":
        fields |= _flow(diagram, node, choices)
    elif tag == "process":
        fields |= _about()
    elif tag in WORDS and tag != "lane":
        fields |= {
            **_place(diagram, node, choices, language),
            **_work(node, tag, choices),
            **_event(node, tag, choices),
        }
        fields |= _loop() if tag in ACTIVITIES else {}
    return type("PartForm", (AlurForm,), fields)


def triggers_of(tag: str) -> list[Trigger]:
    """Return what an event of a kind may throw or wait for."""
    return [trigger for trigger in Trigger if f"{trigger}EventDefinition" in WORDS[tag].children]


def trigger_options(triggers: list[Trigger], *, may_be_none: bool = False) -> list[Option]:
    """Return these triggers as options."""
    return [Option(trigger, _TRIGGERS[trigger]) for trigger in ([""] if may_be_none else []) + list(triggers)]


def time_options() -> list[Option]:
    """Return the ways in which a time is said."""
    return [Option(kind, text) for kind, text in _TIME_KINDS.items()]


def _noted(tag: str) -> Fields:
    if tag == "textAnnotation":
        return {"name": TextAreaField(Text("Isi catatan", "What the note says"), [Required()], rows=3, max_length=2000)}
    if tag == "group":
        return {"name": words(Text("Nama kelompok", "Name of the group"))}
    return _names()


def _names() -> Fields:
    return {
        "name": words(Text("Nama", "Name in Indonesian")),
        "name_en": words(Text("Nama dalam bahasa Inggris", "Name in English"),
                         hint=Text("Kosong bila sama.", "Empty if it is the same.")),
    }  # fmt: skip


def _documentation(node: Node, tag: str) -> Fields:
    if "documentation" not in WORDS.get(tag, WORDS["lane"]).children or tag in ("lane", "sequenceFlow", "process"):
        return {}
    return {
        "why": TextAreaField(
            Text("Penjelasan dan dasar hukum", "Explanation and legal basis"), rows=3, max_length=4000
        ),
        "why_en": TextAreaField(
            Text("Penjelasan dalam bahasa Inggris", "Explanation in English"), rows=3, max_length=4000
        ),
    }


def _place(diagram: Diagram, node: Node, choices: Choices, language: Language) -> Fields:
    fields: Fields = {}
    family = next((one for one in (ACTIVITY_TASKS, frozenset(GATEWAYS)) if local(node) in one), frozenset[str]())
    if family:
        options = [Option(tag, kind_words(tag, None, language)) for tag in sorted(family)]
        fields["kind"] = ChoiceField(Text("Jenis langkah", "Kind of step"), [Required()], options=options)
    if choices.lanes and local(parent_of(node)) == "process" and local(node) != "boundaryEvent":
        fields["lane"] = ChoiceField(Text("Lajur", "Lane"), [Required()], options=choices.lanes)
    return fields


def _work(node: Node, tag: str, choices: Choices) -> Fields:
    said = {one: extension_of(node, one) for one in ("form", "service", "decision")}
    work: Mapping[str, Fields] = {
        "userTask": {
            **_who(choices),
            "form": ChoiceField(Text("Formulir", "Form"),
                                options=with_current(choices.forms, said["form"].get("key", ""))),
            **_result(),
            **_when(node, choices),
        },
        "manualTask": {**_who(choices), **_when(node, choices)},
        "serviceTask": {
            "service": ChoiceField(Text("Layanan", "Service"),
                                   options=with_current(choices.services, said["service"].get("name", ""))),
            "inputs": TableField(Text("Yang diberikan kepada layanan", "What the service is given"), InputRow),
            **_result(),
        },
        "businessRuleTask": {
            "decision": ChoiceField(Text("Tabel keputusan", "Decision table"),
                                    options=with_current(choices.decisions, said["decision"].get("ref", ""))),
            **_result(),
        },
        "scriptTask": {"script": script(Text("Yang dihitung (FEEL)", "What is computed (FEEL)")), **_result()},
        "callActivity": {
            "called": ChoiceField(Text("Proses yang dipanggil", "Process that is called"),
                                  options=with_current(choices.processes, node.get("calledElement", ""))),
            "inputs": TableField(Text("Yang diberikan kepadanya", "What it is given"), InputRow),
            "outputs": TableField(Text("Yang diambil darinya", "What is taken over from it"), InputRow),
        },
    }  # fmt: skip
    return work.get(tag, {})


def _result() -> Fields:
    return {"result": words(_RESULT, most=100, hint=_RESULT_HINT)}


def _who(choices: Choices) -> Fields:
    kinds = [
        Option("assignee", Text("Satu orang, dari data kasus", "One person, from the data of the case")),
        Option("role", Text("Siapa pun yang memegang peran", "Anybody who holds a role")),
        Option("candidate", Text("Kelompok, dari data kasus", "A group, from the data of the case")),
    ]
    return {
        "who": RadioField(Text("Dikerjakan oleh", "Done by"), options=kinds),
        "assignee": feel(Text("Orangnya (FEEL)", "The person (FEEL)"), when=("who", "assignee"),
                         hint=Text("Misalnya superior.", "Such as superior.")),
        "role": ChoiceField(Text("Peran", "Role"), options=choices.roles, show_when=shown(("who", "role"))),
        "candidate": feel(Text("Kelompoknya (FEEL)", "The group (FEEL)"), when=("who", "candidate")),
    }  # fmt: skip


def _calendar(node: Node, choices: Choices, when: Any = None) -> Any:
    """Return the field that asks by which calendar working days are counted."""
    options = with_current(choices.calendars, extension_of(node, "calendar").get("name", ""))
    hint = Text("Kosong: menurut unit kasus.", "Empty: that of the case's unit.")
    return ChoiceField(
        Text("Kalender hari kerja", "Calendar of working days"), options=options, hint=hint, show_when=when
    )


def _when(node: Node, choices: Choices) -> Fields:
    return {
        "due": feel(Text("Paling lambat (FEEL)", "Due (FEEL)"),
                    hint=Text("Misalnya working days after(today(), 5).", "Such as working days after(today(), 5).")),
        "calendar": _calendar(node, choices),
        "from": feel(Text("Baru perlu dilihat mulai (FEEL)", "Not before (FEEL)")),
        "priority": feel(Text("Prioritas 0 sampai 100 (FEEL)", "Priority from 0 to 100 (FEEL)")),
    }  # fmt: skip


def _event(node: Node, tag: str, choices: Choices) -> Fields:
    if tag in MESSAGE_TASKS:
        return _said_by_event(choices, has_choice=False)
    if not tag.endswith("Event"):
        return {}
    options = trigger_options(triggers_of(tag), may_be_none=tag in ("startEvent", "endEvent"))
    fields: Fields = {
        "trigger": ChoiceField(Text("Pemicu", "What happens"), options=[one for one in options if one.value]),
        **_said_by_event(choices, has_choice=True),
        "time_kind": RadioField(
            Text("Waktunya", "The time"), options=time_options(), show_when=shown(("trigger", "timer"))
        ),
        "time": TextField(
            Text("Nilai waktu", "Value of the time"), max_length=500, show_when=shown(("trigger", "timer"))
        ),
        "event_condition": feel(Text("Syarat (FEEL)", "Condition (FEEL)"), when=("trigger", "conditional")),
    }
    if tag not in ("intermediateThrowEvent", "endEvent"):
        fields["calendar"] = _calendar(node, choices, shown(("trigger", "timer")))
    if tag in ("intermediateThrowEvent", "endEvent"):
        fields["activity"] = undone_field(choices)
    if tag == "boundaryEvent":
        fields["stops"] = CheckboxField(Text("Menghentikan langkahnya", "Ends the step"))
    if tag == "startEvent" and parent_of(node).get("triggeredByEvent") == "true":
        fields["stops"] = CheckboxField(STOPS_AROUND)
    if tag == "startEvent" and local(parent_of(node)) == "process":
        fields["subject"] = feel(Text("Pokok kasus (FEEL)", "Subject of the case (FEEL)"))
        fields["title"] = feel(Text("Judul kasus (FEEL)", "Title of the case (FEEL)"))
    return fields


def undone_field(choices: Choices) -> Any:
    """Return the field that asks which step is undone."""
    hint = Text("Kosong: semua yang sudah selesai di sekitarnya.", "Empty: all around it that is done.")
    return ChoiceField(Text("Langkah yang dibatalkan hasilnya", "Step that is undone"), options=choices.steps,
                       hint=hint, show_when=shown(("trigger", "compensate")))  # fmt: skip


def _said_by_event(choices: Choices, *, has_choice: bool) -> Fields:
    known = sorted({name for names in choices.events.values() for name in names})
    hint = Text(f"Yang sudah ada: {', '.join(known) or '-'}.", f"There are: {', '.join(known) or '-'}.")
    name = Text("Nama pesan, sinyal, atau tautan; kode galat atau eskalasi",
                "Name of the message, signal or link; code of the error or escalation")  # fmt: skip
    return {
        "event_name": words(name if has_choice else Text("Nama pesan", "Name of the message"), most=120, hint=hint),
        "key": feel(Text("Kunci untuk menemukan kasus (FEEL)", "Key by which the case is found (FEEL)")),
        "payload": feel(Text("Isi yang dikirim (FEEL)", "What is sent along (FEEL)")),
        "event_result": words(Text("Isi yang diterima disimpan di", "Keep what is received in"), most=100),
    }


def _loop() -> Fields:
    options = [Option(key, text) for key, text in _LOOPS.items()]
    several = Condition("loop", not_equals=ONCE)
    return {
        "loop": ChoiceField(Text("Berapa kali", "How often"), [Required()], options=options),
        "loop_collection": _in_loop(Text("Daftarnya (FEEL)", "The list (FEEL)")),
        "loop_item": TextField(Text("Nama tiap butir", "Name of each item"), max_length=100, show_when=several),
        "loop_times": _in_loop(Text("Atau jumlahnya (FEEL)", "Or the number (FEEL)")),
        "loop_before": CheckboxField(
            Text("Syarat diperiksa sebelum yang pertama", "Ask before the first round"),
            show_when=shown(("loop", "standard")),
        ),
        "loop_condition": _in_loop(
            Text("Syarat mengulang, atau syarat cukup (FEEL)", "Condition to go on, or to be enough (FEEL)")
        ),
        "loop_output": TextField(
            Text("Daftar hasil disimpan di", "Keep the list of results in"), max_length=100, show_when=several
        ),
        "loop_gives": _in_loop(Text("Hasil tiap giliran (FEEL)", "What each round gives (FEEL)")),
    }


def _in_loop(label: Text) -> Any:
    return TextField(label, [IsFeel()], max_length=LONGEST, show_when=Condition("loop", not_equals=ONCE))


def _flow(diagram: Diagram, node: Node, choices: Choices) -> Fields:
    source = node.get("sourceRef", "")
    around = parent_of(node)
    beside = {one.get("id") for one in around if local(one) not in ("startEvent", "boundaryEvent")} - {source}
    leaving = {one.get("id") for one in around if local(one) != "endEvent"} - {node.get("targetRef")}
    fields: Fields = {
        "source": ChoiceField(Text("Dari langkah", "Leads from"), [Required()],
                              options=[one for one in choices.steps if one.value in leaving]),
        "target": ChoiceField(Text("Menuju langkah", "Leads to"), [Required()],
                              options=[one for one in choices.steps if one.value in beside]),
        "condition": feel(Text("Diambil bila (FEEL)", "Taken if (FEEL)"),
                          hint=_CONDITION_HINT),
    }  # fmt: skip
    found = diagram.find(source)
    if found is not None and "default" in WORDS.get(local(found), WORDS["lane"]).attributes:
        fields["is_default"] = CheckboxField(Text("Alur baku: diambil bila tidak ada syarat yang benar",
                                                  "Default: taken when no condition holds"))  # fmt: skip
    return fields


def _about() -> Fields:
    labels = {
        "owner": Text("Penanggung jawab proses", "Owner of the process"),
        "legalBasis": Text("Dasar hukum", "Legal basis"),
        "purpose": Text("Untuk apa datanya", "What the data are for"),
        "retention": Text("Berapa lama datanya disimpan", "How long the data are kept"),
    }
    return {
        f"about_{name}": TextAreaField(labels.get(name, Text(name, name)), rows=2, max_length=2000)
        for name in sorted(EXTENSIONS[ABOUT].attributes, key=list(labels).index)
    }
