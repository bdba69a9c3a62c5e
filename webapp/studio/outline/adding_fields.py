"""The forms for something new in a process, by what is to be added."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from engine.bpmn.model import Trigger
from engine.designs.editing.diagram import local
from engine.designs.trees import Node
from forms import (
    AlurForm,
    CheckboxField,
    ChoiceField,
    MultiChoiceField,
    Option,
    RadioField,
    Required,
    Text,
    TextAreaField,
    TextField,
)
from webapp.studio.outline.choices import Choices
from webapp.studio.outline.feeling import feel, shown, words
from webapp.studio.outline.fields import STOPS_AROUND, time_options, trigger_options, undone_field
from webapp.studio.outline.kinds import (
    AT_EDGE,
    BEGINNING,
    BEGINS,
    BESIDE,
    BRANCH,
    BRANCHES,
    DATA,
    EDGE,
    END,
    ENDS,
    FLOW,
    GROUP,
    LINKS,
    LISTENER,
    NOTE,
    PLAIN,
    PLAIN_START,
    STEP,
    STEPS,
    UNDOERS,
    UNDOING,
)

READS, KEEPS, ALONE = "reads", "keeps", "alone"
_NAME_HINT: Final = Text("Misalnya: Di atas 10 juta?", "For instance: Above 10 million?")
Fields = dict[str, Any]


def adding_form(node: Node, choices: Choices, what: str) -> type[AlurForm]:
    """Return the form for something new behind a step, on a flow, or in a process or sub-process."""
    is_process = local(node) == "process"
    fields: Mapping[str, Callable[[], Fields]] = {
        STEP: lambda: {**_step(), **_called(), **_lane(choices)},
        BRANCH: lambda: {**_branch(), **_condition(), **_step(), **_called(), **_until(choices), **_lane(choices)},
        EDGE: lambda: {
            **_happening(AT_EDGE.get(local(node), AT_EDGE[""])),
            "stops": CheckboxField(Text("Menghentikan langkahnya", "Ends the step")),
            **_called(),
            "target": _target(node, choices),
        },
        UNDOING: lambda: {**_undoing(), **_called()},
        END: lambda: {**_end(choices), **_called(), **_lane(choices)},
        FLOW: lambda: {"target": _target(node, choices, is_needed=True), **_condition()},
        LINKS: lambda: {"name": words(Text("Nama tautan", "Name of the link"), checks=[Required()])},
        LISTENER: lambda: {
            **_happening(BESIDE.get(local(node), BESIDE[""])),
            "stops": CheckboxField(STOPS_AROUND),
            **_called(),
            **(_lane(choices) if is_process else {}),
        },
        BEGINNING: lambda: {
            **_beginning(node),
            **_called(),
            "target": _target(node, choices),
            **(_lane(choices) if is_process else {}),
        },
        NOTE: lambda: {"text": TextAreaField(Text("Isi catatan", "What the note says"), [Required()], rows=3,
                                             max_length=2000)},
        DATA: lambda: _data(node),
        GROUP: lambda: _group(choices),
    }  # fmt: skip
    return type("AddingForm", (AlurForm,), fields[what]())


def _condition() -> Fields:
    return {"condition": feel(Text("Syarat (FEEL)", "Condition (FEEL)"))}


def _step() -> Fields:
    return {"step": ChoiceField(Text("Jenis langkah", "Kind of step"), [Required()], options=_options(STEPS))}


def _called() -> Fields:
    return {
        "name": words(Text("Nama", "Name in Indonesian")),
        "name_en": words(Text("Nama dalam bahasa Inggris", "Name in English")),
    }


def _lane(choices: Choices) -> Fields:
    hint = Text("Kosong: di lajur tempat alurnya berada.", "Empty: in the lane in which the flow is.")
    return {"lane": ChoiceField(Text("Lajur", "Lane"), options=choices.lanes, hint=hint)} if choices.lanes else {}


def _branch() -> Fields:
    label = Text("Langkah tambahan dikerjakan", "The step beside is done")
    return {
        "branch": RadioField(label, [Required()], options=_options(BRANCHES)),
        "question": words(Text("Pertanyaan di gerbang", "Question at the gateway"), hint=_NAME_HINT),
    }


def _until(choices: Choices) -> Fields:
    flows = [one for one in choices.spots if one.value.startswith("flow:")]
    hint = Text("Kosong: langsung sesudah langkah tambahan ini.", "Empty: right behind the step beside.")
    label = Text("Bergabung lagi di alur", "Joins again on the flow")
    return {"until": ChoiceField(label, options=flows, hint=hint)}


def _happening(triggers: Sequence[Trigger]) -> Fields:
    """Return the fields for what happens."""
    label = Text("Nama pesan atau sinyal, atau kode galat", "Name of the message or signal, or code")
    at_a_time = shown(("trigger", "timer"))
    return {
        "trigger": ChoiceField(
            Text("Yang terjadi", "What happens"), [Required()], options=trigger_options(list(triggers))
        ),
        "time_kind": RadioField(Text("Waktunya", "The time"), options=time_options(), show_when=at_a_time),
        "time": TextField(Text("Nilai waktu", "Value of the time"), max_length=500, show_when=at_a_time),
        "event_name": words(label, most=120),
        "key": feel(Text("Kunci pesan (FEEL)", "Key of the message (FEEL)"), when=("trigger", "message")),
        "condition": feel(Text("Syarat (FEEL)", "Condition (FEEL)"), when=("trigger", "conditional")),
    }


def _beginning(node: Node) -> Fields:
    """Return the fields for what begins a process, a sub-process, or an event sub-process."""
    if node.get("triggeredByEvent") == "true":
        return _happening(BESIDE[""])
    fields = _happening(BEGINS)
    options = [Option(PLAIN, PLAIN_START)]
    if local(node) != "process":
        return {"trigger": RadioField(Text("Yang terjadi", "What happens"), [Required()], options=options)}
    options += trigger_options(list(BEGINS))
    return {**fields, "trigger": ChoiceField(Text("Yang terjadi", "What happens"), [Required()], options=options)}


def _undoing() -> Fields:
    options = [Option(kind, STEPS[kind]) for kind in UNDOERS]
    return {"step": ChoiceField(Text("Jenis langkah", "Kind of step"), [Required()], options=options)}


def _end(choices: Choices) -> Fields:
    label = Text("Nama pesan atau sinyal, atau kode galat", "Name of the message or signal, or code")
    return {
        "trigger": ChoiceField(Text("Jenis akhir", "Kind of end"), [Required()], options=_options(ENDS)),
        "event_name": words(label, most=120),
        "activity": undone_field(choices),
    }


def _target(node: Node, choices: Choices, *, is_needed: bool = False) -> Any:
    others = tuple(one for one in choices.steps if one.value != node.get("id"))
    hint = Text("", "") if is_needed else Text("Kosong: berakhir di sini.", "Empty: it ends here.")
    checks = [Required()] if is_needed else []
    return ChoiceField(Text("Menuju langkah", "Leads to"), checks, options=others, hint=hint)


def _data(node: Node) -> Fields:
    label = Text("Nama variabel", "Name of the variable")
    hint = Text("Huruf kecil tanpa spasi, misalnya persetujuan.", "Small letters without blanks, such as approval.")
    fields: Fields = {
        "variable": words(label, most=100, checks=[Required()], hint=hint),
        **_called(),
    }
    if local(node) not in ("process", "subProcess", "transaction"):
        options = [
            Option(READS, Text("Langkah ini membacanya", "This step reads it")),
            Option(KEEPS, Text("Langkah ini mengisinya", "This step keeps its result in it")),
        ]
        fields["line"] = RadioField(Text("Hubungannya", "How they belong together"), [Required()], options=options)
    return fields


def _group(choices: Choices) -> Fields:
    label = Text("Langkah di dalam bingkai", "Steps in the frame")
    return {
        "name": words(Text("Nama kelompok", "Name of the group"), checks=[Required()]),
        "members": MultiChoiceField(label, [Required()], options=choices.steps),
    }


def _options(kinds: Mapping[str, Text] | Iterable[tuple[str, Text]]) -> list[Option]:
    pairs = kinds.items() if isinstance(kinds, Mapping) else kinds
    return [Option(str(kind), text) for kind, text in pairs]
