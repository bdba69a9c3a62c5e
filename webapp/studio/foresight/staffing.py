"""How many people do the steps of each role, and how much they are away, as far as the city's records tell."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final

from engine.bpmn.model import Element, Outline
from engine.calendar import WorkCalendar
from engine.foresight.past import History
from engine.mining.figures import MOST_PEOPLE
from engine.queries.foresight import ASKED_CASES
from processes.incentive.queries.absences import share_not_attended
from processes.people.queries.absences import share_on_leave
from processes.people.queries.roles import holders_on
from processes.people.records import Role

#: Of everybody in the city attendance is looked at for so long: there are very many days of very many people.
_LOOK_BACK: Final = timedelta(days=31)


class CountedBy(StrEnum):
    """What tells how many people there are."""

    GRANTED = "granted"
    """They hold the role that is asked."""
    DONE = "done"
    """They did the steps in the last cases."""
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Staff:
    """The people of a role.

    :param people: how many; None if nothing tells.
    :param away: the share of their working time in which they were not there. Of few people, that of the whole city:
        it would be one person's.
    """

    people: int | None
    counted_by: CountedBy
    away: float


def human_tasks_by_lane(*outlines: Outline | None) -> dict[str, list[Element]]:
    """Return the human tasks of some diagrams by lane; those in none under an empty name."""
    found: dict[str, list[Element]] = {}
    for outline in outlines:
        for element in outline.elements.values() if outline is not None else ():
            if element.is_human:
                found.setdefault(element.lane or "", []).append(element)
    return found


@dataclass(frozen=True, slots=True)
class Register:
    """Where people are looked up.

    :param span: the first and the last day of the months looked at.
    """

    read: Any
    tenant: str
    calendar: WorkCalendar
    span: tuple[date, date]

    def staff(self, lanes: Mapping[str, Sequence[Element]], history: History) -> dict[str, Staff]:
        """Return the people of each role by lane."""
        in_city = self._away(None)
        return {lane: self._staff(steps, history, in_city) for lane, steps in lanes.items()}

    def _staff(self, steps: Sequence[Element], history: History, in_city: float) -> Staff:
        granted = self._holders(steps)
        people = granted or _doers(steps, history)
        counted_by = CountedBy.GRANTED if granted else CountedBy.DONE if people else CountedBy.NOTHING
        away = self._away(people) if len(people) >= MOST_PEOPLE else in_city
        return Staff(len(people) or None, counted_by, away)

    def _holders(self, steps: Sequence[Element]) -> frozenset[int]:
        asked = {(step.candidate or "").strip().strip('"') for step in steps}
        roles = [role for role in Role if str(role) in asked]
        return frozenset(one for role in roles for one in holders_on(self.read, self.tenant, role, self.span[1]))

    def _away(self, people: Collection[int] | None) -> float:
        first, last = self.span
        span = (first if people is not None else max(first, last - _LOOK_BACK), last)
        attended = share_not_attended(self.read, self.tenant, people, span)
        if attended is not None:
            return attended
        return share_on_leave(self.read, self.tenant, people, self.calendar, self.span)


def _doers(steps: Sequence[Element], history: History) -> frozenset[int]:
    """Return who did some steps; nobody where one is asked by name and the cases looked at are not all there are."""
    if len(history.begun) > ASKED_CASES and not any(step.candidate for step in steps):
        return frozenset()
    return frozenset(person for step in steps for person in history.doers.get(step.id, ()))
