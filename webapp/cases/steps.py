"""The diagram of a case as text: each step in the order of the flow, who does it, and where it stands in words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from engine.bpmn.model import GATEWAYS, HUMAN_TASKS, Element, Kind, Outline
from engine.queries.case import CaseIncident, HistoryStep, WaitingTask
from webapp.cases.reading import SeenCase
from webapp.cases.story import Show, name_of_element
from webapp.reasons import in_plain_words
from webapp.texts import gettext as _
from webapp.texts import language, show_day

#: Tones of a step that the reader must not have to unfold.
_NEWS: Final = frozenset({"info", "danger"})


@dataclass(frozen=True, slots=True)
class TextStep:
    """One step of the diagram as a sentence.

    :param state: where it stands, in words.
    :param tone: of the chip: "", info, success, danger.
    :param is_automatic: the system does it, between what people do.
    """

    name: str
    lane: str
    state: str
    tone: str
    is_automatic: bool


@dataclass(frozen=True, slots=True)
class StepGroup:
    """A step that people look for, and what the system does by itself after it."""

    step: TextStep
    after: tuple[TextStep, ...]


def grouped_steps(steps: Iterable[TextStep]) -> tuple[StepGroup, ...]:
    """Return the steps with the automatic ones below the step before them; one that waits or is stuck stands alone."""
    groups: list[tuple[TextStep, list[TextStep]]] = []
    for step in steps:
        if groups and step.is_automatic and step.tone not in _NEWS:
            groups[-1][1].append(step)
        else:
            groups.append((step, []))
    return tuple(StepGroup(step, tuple(after)) for step, after in groups)


def lane_of(element: Element, seen: SeenCase) -> str:
    """Return in the reader's language whose step an element is; empty where the diagram does not say it."""
    return next((lane.names for lane in seen.view.outline.lanes if lane.id == element.lane), {}).get(language(), "")


def whom_it_awaits(task: WaitingTask, seen: SeenCase) -> str:
    """Return who has to do a task: a person by name, a group by that word."""
    return seen.names.get(task.assignee, "–") if task.assignee is not None else _("siapa pun dari kelompoknya")


def text_steps(seen: SeenCase, show: Show) -> tuple[TextStep, ...]:
    """Return the steps of the diagram in the order of the flow; gates without a name and limits never reached not."""
    outline = seen.view.outline
    return tuple(_step(outline.elements[name], seen, show) for name in _in_flow_order(outline) if _is_told(name, seen))


def _is_told(name: str, seen: SeenCase) -> bool:
    element = seen.view.outline.elements[name]
    if element.kind is Kind.BOUNDARY:
        return name in seen.view.passed
    return bool(element.names["id"]) and element.kind not in GATEWAYS


def _in_flow_order(outline: Outline) -> Iterator[str]:
    """Yield every element once, each as soon as all that leads to it was named."""
    before = {name: set(_sources(outline, element)) for name, element in outline.elements.items()}
    left = list(outline.elements)
    named: set[str] = set()
    while left:
        # In a circle nothing is free: then what the flow has reached goes next, in the order of the diagram.
        reached = (name for name in left if before[name] & named)
        free = next((name for name in left if before[name] <= named), None) or next(reached, left[0])
        left.remove(free)
        named.add(free)
        yield free


def _sources(outline: Outline, element: Element) -> Iterator[str]:
    if element.attached_to:
        yield element.attached_to
    yield from (outline.flows[flow].source for flow in element.incoming)


def _step(element: Element, seen: SeenCase, show: Show) -> TextStep:
    state, tone = _state(element, seen, show)
    is_told = element.kind in HUMAN_TASKS or element.kind is Kind.END
    return TextStep(name_of_element(element.id, seen), lane_of(element, seen), state, tone, not is_told)


def _state(element: Element, seen: SeenCase, show: Show) -> tuple[str, str]:
    view = seen.view
    stuck = next((item for item in view.incidents if item.element == element.id), None)
    if stuck is not None:
        return _("tertahan sejak %(when)s", when=show(stuck.opened_at)), "danger"
    waiting = next((task for task in view.waiting if task.element == element.id), None)
    if waiting is not None:
        return _waits(waiting, seen), "info"
    done = _last_passing(element, view.history)
    if done is not None:
        return _done(element, done, seen, show), "success"
    if element.kind is Kind.CATCH and _is_reached(element, seen):
        return _("menunggu"), "info"
    return (_("belum"), "") if view.case.status.is_running else (_("tidak dilalui"), "")


def _waits(task: WaitingTask, seen: SeenCase) -> str:
    name = whom_it_awaits(task, seen)
    if task.due is None:
        return _("menunggu %(name)s", name=name)
    return _("menunggu %(name)s sampai %(day)s", name=name, day=show_day(task.due))


def _done(element: Element, step: HistoryStep, seen: SeenCase, show: Show) -> str:
    if element.kind is Kind.BOUNDARY:
        return _("lewat pada %(when)s", when=show(step.at))
    if step.element == element.id and step.actor is not None:
        name = seen.names.get(step.actor, "–")
        return _("selesai oleh %(name)s pada %(when)s", name=name, when=show(step.at))
    return _("selesai otomatis pada %(when)s", when=show(step.at))


def _last_passing(element: Element, history: tuple[HistoryStep, ...]) -> HistoryStep | None:
    return next((step for step in reversed(history) if element.id in step.passed), None)


def _is_reached(element: Element, seen: SeenCase) -> bool:
    sources = {seen.view.outline.flows[flow].source for flow in element.incoming}
    return seen.view.case.status.is_running and bool(sources & set(seen.view.passed))


@dataclass(frozen=True, slots=True)
class StuckStep:
    """A step that failed: its name, since when, and its token for another try.

    :param reason: what happened and what to do about it, in plain words.
    :param detail: why, in the system's words; empty for whoever may not read whom the case is about.
    """

    token: int
    name: str
    reason: str
    detail: str
    since: str


def stuck_steps(seen: SeenCase, show: Show) -> tuple[StuckStep, ...]:
    """Return the steps at which the case is stuck."""
    return tuple(_stuck(item, seen, show) for item in seen.view.incidents)


def _stuck(item: CaseIncident, seen: SeenCase, show: Show) -> StuckStep:
    return StuckStep(
        item.token,
        name_of_element(item.element, seen),
        in_plain_words(item.code, item.text),
        item.text if seen.sees_person else "",
        show(item.opened_at),
    )
