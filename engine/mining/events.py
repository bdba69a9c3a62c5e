"""What happened to a case as other programs for process mining read it: activities with their transitions."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from engine.bpmn.model import GATEWAYS, Element, Outline
from engine.mining.moments import Moment


class Transition(StrEnum):
    """What happened to an activity, in the words of the life cycle of IEEE 1849."""

    SCHEDULE = "schedule"
    REASSIGN = "reassign"
    COMPLETE = "complete"
    WITHDRAW = "withdraw"
    SKIP = "manualskip"
    ABORT = "pi_abort"


@dataclass(frozen=True, slots=True)
class CaseEvent:
    """One event of a log.

    :param number: within the case, from 1.
    :param element: of the diagram.
    :param activity: its Indonesian name; its id if it has none.
    :param role: whom the diagram has do it: its lane, else the kind of element.
    :param token: of the task, which tells apart several at the same element; None for what no person does.
    :param person: who did it; None if nobody did.
    """

    number: int
    element: str
    activity: str
    kind: str
    transition: Transition
    at: datetime
    role: str
    token: int | None
    person: int | None


def events_of(moments: Iterable[Moment]) -> Iterator[CaseEvent]:
    """Yield the events of a case, in order: its tasks from when they are opened, and all else when it is passed.

    Gateways are not told: the order of the others tells which way was gone.

    :param moments: the steps of the case from its first.
    """
    telling = _Telling()
    for moment in moments:
        yield from telling.step(moment)


class _Telling:
    def __init__(self) -> None:
        self._open: dict[int, str] = {}
        self._number = 0

    def step(self, moment: Moment) -> Iterator[CaseEvent]:
        content = moment.content
        opened = {item[0]: item[1] for item in content.get("opened", ())}
        passed: Sequence[str] = content.get("passed", ())
        if moment.is_move:
            self._open.update({token: name for token, name in opened.items() if token in self._open})
        if content.get("kind") in ("delegate", "hand_over"):
            yield from self._event(moment, content["data"].get("token"), Transition.REASSIGN, moment.actor)
        if content.get("token") in self._open and content.get("element"):
            self._open[content["token"]] = content["element"]  # it may have been carried to another release
        yield from self._closed(moment, [token for token in content.get("closed", ()) if token not in opened], passed)
        yield from self._passed(moment, passed)
        for token, name in opened.items():
            is_new = self._open.get(token) != name
            self._open[token] = name
            yield from self._event(moment, token, Transition.SCHEDULE if is_new else Transition.REASSIGN, None)

    def _closed(self, moment: Moment, tokens: Sequence[int], passed: Sequence[str]) -> Iterator[CaseEvent]:
        kind = moment.content.get("kind")
        for token in tokens:
            how = Transition.ABORT if kind == "cancel" else Transition.WITHDRAW
            if self._open.get(token) in passed:
                how = Transition.SKIP if kind == "skip" else Transition.COMPLETE
            yield from self._event(moment, token, how, moment.actor if how is Transition.COMPLETE else None)
            self._open.pop(token, None)

    def _passed(self, moment: Moment, passed: Sequence[str]) -> Iterator[CaseEvent]:
        skipped = moment.content.get("element") if moment.content.get("kind") == "skip" else None
        for name in passed:
            element = moment.outline.elements.get(name)
            if element is None or element.is_human or element.kind in GATEWAYS:
                continue
            yield self._told(moment, element, Transition.SKIP if name == skipped else Transition.COMPLETE, None, None)

    def _event(
        self, moment: Moment, token: int | None, transition: Transition, person: int | None
    ) -> Iterator[CaseEvent]:
        element = moment.outline.elements.get(self._open.get(token or 0, ""))
        if element is not None:
            yield self._told(moment, element, transition, token, person)

    def _told(
        self, moment: Moment, element: Element, transition: Transition, token: int | None, person: int | None
    ) -> CaseEvent:
        self._number += 1
        return CaseEvent(
            self._number,
            element.id,
            element.names.get("id") or element.id,
            element.kind.value,
            transition,
            moment.at,
            _role_of(moment.outline, element),
            token,
            person,
        )


def _role_of(outline: Outline, element: Element) -> str:
    lane = next((lane.names.get("id") for lane in outline.lanes if lane.id == element.lane), None)
    return lane or ("petugas" if element.is_human else "sistem")
