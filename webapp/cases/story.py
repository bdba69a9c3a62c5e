"""The time line of a case in plain words: who did what when; what ran by itself is folded into the step before it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from engine.bpmn.model import GATEWAYS, HUMAN_TASKS, Kind
from engine.queries.case import HistoryStep
from webapp.cases.answers import describe_answers
from webapp.cases.reading import SeenCase
from webapp.texts import gettext as _
from webapp.texts import language

#: Says an instant as the city's clocks show it.
Show = Callable[[datetime], str]

_SILENT: Final = GATEWAYS | {Kind.START}
_MARKS: Final[Mapping[str, str]] = {"start": "flag", "complete": "done", "wake": "clock", "retry": "undo"}


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
        detail=_detail(step, seen),
        after=tuple(name for name in (_automatic_name(element, seen) for element in passed) if name),
        mark="warning" if step.incidents else _MARKS.get(step.kind, "edit"),
        tone="danger" if step.incidents else "success" if step.kind == "complete" else "",
    )


def _first_of(step: HistoryStep, seen: SeenCase) -> str | None:
    """Return the element that the step is about: the completed task, or the event that was woken."""
    if step.element is not None:
        return step.element
    return next((name for name in step.passed if seen.view.outline.elements[name].waits), None)


def _title(step: HistoryStep, element: str | None, seen: SeenCase) -> str:
    name = name_of_element(element, seen) if element else ""
    if step.kind == "start":
        return _("Kasus dibuka")
    if step.kind == "retry":
        return _("Langkah yang tertahan dicoba lagi")
    if step.kind == "reassign":
        return _("Pejabat penilai diganti")
    if step.kind == "delegate":
        return _("Tugas dialihkan: %(name)s", name=name)
    if step.kind == "wake" and element and seen.view.outline.elements[element].kind is Kind.BOUNDARY:
        return _("Batas waktu lewat: %(name)s", name=name)
    return name or _("Alur berlanjut")


def _who(step: HistoryStep, seen: SeenCase) -> str:
    if step.actor is None:
        return _("Sistem")
    return seen.names.get(step.actor, _("Pegawai"))


def _detail(step: HistoryStep, seen: SeenCase) -> str:
    if step.kind == "delegate":
        return _(
            "Dari %(before)s kepada %(after)s.",
            before=seen.names.get(step.data.get("from", 0), "–"),
            after=seen.names.get(step.data.get("to", 0), "–"),
        )
    if step.kind == "reassign":
        return _(
            "Dari %(before)s kepada %(after)s, sesuai garis penilaian yang diperbaiki.",
            before=seen.names.get(step.data.get("from", 0), "–"),
            after=seen.names.get(step.data.get("to", 0), "–"),
        )
    if step.kind != "complete" or step.element is None:
        return ""
    return describe_answers(seen.view.outline.elements[step.element].form, step.data, seen)


def _automatic_name(element: str, seen: SeenCase) -> str:
    kind = seen.view.outline.elements[element].kind
    return "" if kind in _SILENT or kind in HUMAN_TASKS else name_of_element(element, seen)


def name_of_element(element: str, seen: SeenCase) -> str:
    """Return an element's name in the reader's language."""
    names = seen.view.outline.elements[element].names
    return names[language()] or names["id"]
