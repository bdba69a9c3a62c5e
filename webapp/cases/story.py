"""The time line of a case in plain words: who did what when; what ran by itself is folded into the step before it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from textwrap import shorten
from typing import Final

from engine.bpmn.model import GATEWAYS, HUMAN_TASKS, Element, Kind, Trigger
from engine.queries.case import HistoryStep
from webapp.cases.answers import describe_answers
from webapp.cases.reading import SeenCase
from webapp.texts import gettext as _
from webapp.texts import language, lazy
from webapp.values import ABSENT, in_words

#: Says an instant as the city's clocks show it.
Show = Callable[[datetime], str]

#: Characters of a value; the page for operators shows all of it.
LONGEST_VALUE: Final = 120
_SILENT: Final = GATEWAYS | {Kind.START}
_MARKS: Final[Mapping[str, str]] = {
    "start": "flag",
    "complete": "done",
    "wake": "clock",
    "retry": "undo",
    "skip": "right",
    "move": "right",
    "suspend": "clock",
    "resume": "right",
    "cancel": "error",
    "recount": "clock",
}


#: What somebody did who mends cases.
_OPERATED: Final[Mapping[str, str]] = {
    "retry": lazy("Langkah yang tertahan dicoba lagi"),
    "skip": lazy("Langkah dilewati: %(name)s"),
    "change": lazy("Data kasus diubah"),
    "move": lazy("Kasus dipindahkan dari %(name)s"),
    "hand_over": lazy("Tugas dialihkan: %(name)s"),
    "suspend": lazy("Kasus ditangguhkan"),
    "resume": lazy("Kasus dilanjutkan"),
    "cancel": lazy("Kasus dibatalkan"),
    "migrate": lazy("Kasus dipindahkan ke versi %(number)s"),
    "undo_migration": lazy("Kasus dikembalikan ke versi %(number)s"),
}
_TITLES: Final[Mapping[str, str]] = {
    "start": lazy("Kasus dibuka"),
    "reassign": lazy("Pejabat penilai diganti"),
    "recount": lazy("Tenggat dihitung ulang menurut daftar hari libur yang baru"),
    "delegate": lazy("Tugas dialihkan: %(name)s"),
    **_OPERATED,
}


@dataclass(frozen=True, slots=True)
class Event:
    """One step of the time line, ready for the page.

    :param after: names of the steps that the system did by itself right after it.
    """

    when: str
    title: str
    who: str
    detail: str
    after: tuple[str, ...]
    mark: str
    tone: str


def tell_story(seen: SeenCase, show: Show) -> tuple[Event, ...]:
    """Return what happened in a case, oldest first.

    :param show: an instant in words, in the city's zone.
    """
    return tuple(_event(step, seen, show) for step in seen.view.history)


def _event(step: HistoryStep, seen: SeenCase, show: Show) -> Event:
    passed = list(step.passed)
    first = _first_of(step, seen)
    if first in passed:
        passed.remove(first)
    return Event(
        when=show(step.at),
        title=_title(step, first, seen),
        who=_who(step, seen),
        detail=" ".join(filter(None, (_detail(step, seen), _failure(step, seen)))),
        after=tuple(name for name in (_automatic_name(element, seen) for element in passed) if name),
        mark="warning" if step.incidents else _MARKS.get(step.kind, "edit"),
        tone="danger" if step.incidents else "success" if step.kind == "complete" else "",
    )


def _first_of(step: HistoryStep, seen: SeenCase) -> str | None:
    """Return the element that the step is about: the completed task, or the event that was woken."""
    if step.element is not None:
        return step.element
    return next((name for name in step.passed if seen.view.element(name).waits), None)


def _title(step: HistoryStep, element: str | None, seen: SeenCase) -> str:
    name = name_of_element(element, seen) if element else ""
    if step.kind in _TITLES:
        return _(_TITLES[step.kind], name=name, number=step.data.get("to", ""))
    if step.kind == "wake" and element and _is_deadline(seen.view.element(element)):
        return _("Batas waktu lewat: %(name)s", name=name)
    return name or _("Alur berlanjut")


def _is_deadline(element: Element) -> bool:
    return element.kind is Kind.BOUNDARY and element.trigger is Trigger.TIMER


def _who(step: HistoryStep, seen: SeenCase) -> str:
    if step.actor is None:
        ordered = seen.names.get(step.data.get("by") or 0) if step.kind == "retry" else None
        return _("Sistem, atas permintaan %(name)s", name=ordered) if ordered else _("Sistem")
    return seen.names.get(step.actor, _("Pegawai"))


def _detail(step: HistoryStep, seen: SeenCase) -> str:
    if step.kind in ("migrate", "undo_migration"):
        return _("Sebelumnya versi %(number)s. Tugas yang menunggu dibawa serta.", number=step.data["from"])
    if step.kind == "delegate":
        return _handed(step, seen)
    if step.kind == "reassign":
        return _(
            "Dari %(before)s kepada %(after)s, sesuai garis penilaian yang diperbaiki.",
            before=seen.names.get(step.data.get("from", 0), "–"),
            after=seen.names.get(step.data.get("to", 0), "–"),
        )
    if step.kind in _OPERATED:
        return _operation(step, seen)
    if step.kind != "complete" or step.element is None:
        return ""
    return describe_answers(seen.view.element(step.element).form, step.data, seen)


def _handed(step: HistoryStep, seen: SeenCase) -> str:
    before, after = (seen.names.get(step.data.get(name, 0), "–") for name in ("from", "to"))
    return _("Dari %(before)s kepada %(after)s.", before=before, after=after)


def _failure(step: HistoryStep, seen: SeenCase) -> str:
    """Say in words what the mark of the step shows: an automatic step after it failed."""
    names = [
        f"“{name_of_element(name, seen) or name}”" for name in step.incidents if name in seen.view.outline.elements
    ]
    return _("Sesudah itu tertahan: %(names)s.", names=", ".join(names)) if names else ""


def _operation(step: HistoryStep, seen: SeenCase) -> str:
    """Say why somebody mended the case, and what he changed; values only to whoever may know them."""
    said = []
    if step.kind == "hand_over":
        said.append(_handed(step, seen))
    if step.kind == "move":
        target = step.data.get("to", "")
        said.append(
            _("Ke “%(name)s”.", name=name_of_element(target, seen)) if target in seen.view.outline.elements else ""
        )
    if step.kind == "change":
        said.append(_changed(step, seen))
    reason = step.data.get("reason")
    said.append(_("Alasan: %(reason)s", reason=reason) if reason else "")
    return " ".join(filter(None, said))


def _changed(step: HistoryStep, seen: SeenCase) -> str:
    old, new = step.data.get("old", {}), step.data.get("new", {})
    if not seen.sees_values:
        return _("Variabel: %(names)s.", names=", ".join(new))
    return " ".join(
        _(
            "%(name)s: dari %(before)s menjadi %(after)s.",
            name=name,
            before=_short(old.get(name, ABSENT)),
            after=_short(value),
        )
        for name, value in new.items()
    )


def _short(value: object) -> str:
    """Return a value in words, as long as a line of the story may be."""
    return shorten(in_words(value), LONGEST_VALUE, placeholder=" …")


def _automatic_name(element: str, seen: SeenCase) -> str:
    kind = seen.view.element(element).kind
    return "" if kind in _SILENT or kind in HUMAN_TASKS else name_of_element(element, seen)


def name_of_element(element: str, seen: SeenCase) -> str:
    """Return an element's name in the reader's language."""
    names = seen.view.element(element).names
    return names[language()] or names["id"]
