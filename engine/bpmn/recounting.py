"""Counts running deadlines again that are given in working days, after the list of holidays has changed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from engine.bpmn.days import as_day, last_day_before, local_day
from engine.bpmn.evaluating import Then, When, by_calendar_of, evaluate
from engine.bpmn.model import Element, Outline
from engine.bpmn.notes import DUE, HOST, INCIDENT, LAST, LEFT
from engine.bpmn.release import Release
from engine.bpmn.state import ROOT, Stand, Token, decode_state, encode_state
from engine.bpmn.timers import end_of_day, next_due, taken_away_at
from engine.bpmn.workflow import CaseWorkflow
from engine.errors import ElementFailed

#: Working days from the day of the recount that a deadline which comes earlier than before leaves at least.
NOTICE_DAYS = 1
_WORKING, _NOW = "working", ("today", "now")


@dataclass(frozen=True, slots=True)
class OpenTask:
    """What the table of open tasks says of one."""

    opened_at: datetime
    due: date | None
    follow_up: date | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """What the tables say of a case: its tasks by token, and since when its timers count."""

    tasks: Mapping[int, OpenTask]
    timers: Mapping[int, datetime | None]


@dataclass(frozen=True, slots=True)
class MovedTask:
    """A task whose days are others now."""

    token: int
    element: str
    before: OpenTask
    due: date | None
    follow_up: date | None


@dataclass(frozen=True, slots=True)
class MovedTimer:
    """A timer that fires at another instant now."""

    token: int
    element: str
    before: datetime
    due: datetime


@dataclass(frozen=True, slots=True)
class Recount:
    """What a changed list of holidays changes in one case.

    :param state: with the timers as they are now.
    :param calendar: the version of the list of holidays by which it was counted.
    :param variables: of the case, those that are other days now.
    """

    state: bytes
    calendar: str
    variables: Mapping[str, date]
    tasks: tuple[MovedTask, ...]
    timers: tuple[MovedTimer, ...]

    @property
    def is_empty(self) -> bool:
        """Nothing moves."""
        return not (self.variables or self.tasks or self.timers)


def says_working_days(expression: str) -> bool:
    """Say whether an expression asks for working days."""
    return _WORKING in expression


def earliest_day(when: When, variables: Mapping[str, Any]) -> date:
    """Return the last day that a deadline which comes earlier than before leaves at least.

    :raise ElementFailed: the working days are not known.
    """
    today = local_day(when.now, when.zone)
    return when.calendar(variables).add_working_days(today, NOTICE_DAYS)


def counts_working_days(outline: Outline, names: Iterable[str]) -> bool:
    """Say whether any deadline of a process is given in working days, or by one of some variables."""
    words = (_WORKING, *names)
    return any(word in text for element in outline.elements.values() for text in _deadlines(element) for word in words)


def _deadlines(element: Element) -> Iterator[str]:
    return (text for text in (element.due, element.follow_up, element.timer and element.timer.expression) if text)


def recount(release: Release, content: bytes, waiting: Waiting, counted: Mapping[str, date], when: When) -> Recount:
    """Return what moves in a case: each deadline is counted again from the instant at which it was set.

    A deadline that comes earlier than before leaves at least until the end of the next working day; one that is over
    already stays.

    :param counted: variables that were counted in working days when the case began, as they are counted now.
    :param when: now, with the list of holidays as it has become.
    :raise Unreadable: the state is damaged.
    :raise KeyError: it does not fit the release.
    """
    nobody: Any = None  # nothing runs, so nobody is asked for anything
    case = CaseWorkflow(release.spec, nobody, decode_state(content))
    variables = {name: day for name, day in counted.items() if case.variables.get(name, day) != day}
    case.assign(ROOT, variables)
    counting = _Recounting(release.outline, case, waiting, (_WORKING, *counted), when)
    timers = tuple(counting.moved_timers())
    version = when.calendar(case.variables).version
    state = with_deadlines(content, variables, {timer.token: timer.due for timer in timers})
    return Recount(state, version, variables, tuple(counting.moved_tasks()), timers)


def with_deadlines(content: bytes, variables: Mapping[str, date], timers: Mapping[int, datetime]) -> bytes:
    """Return a stored state with other variables of the case, and other instants of some timers by their token.

    :raise Unreadable: the state is damaged.
    """
    state = decode_state(content)
    own = state.scopes[ROOT].variables
    assert own is not None, "the case has variables of its own"
    own.update(variables)
    for token in state.tokens:
        if token.number in timers:
            token.notes[DUE] = timers[token.number]
    return encode_state(state)


@dataclass(frozen=True, slots=True)
class _Recounting:
    outline: Outline
    case: CaseWorkflow
    waiting: Waiting
    words: tuple[str, ...]
    when: When

    def moved_timers(self) -> Iterator[MovedTimer]:
        """Set the timers anew, and yield those that changed."""
        for token in self.case.tokens.values():
            before: datetime | None = token.notes.get(DUE)
            if before is None or before <= self.when.now:
                continue
            due = self._due(token, before)
            if due != before:
                token.notes[DUE] = due
                yield MovedTimer(token.number, token.element, before, due)

    def _since(self, token: Token, expression: str) -> datetime | None:
        """Return when a timer was set; where that was not kept, when the task at which it stands was opened."""
        host = self.waiting.tasks.get(token.notes.get(HOST, 0))
        since = self.waiting.timers.get(token.number) or (host.opened_at if host else None)
        asks_for_now = any(word in expression for word in _NOW)
        return since if asks_for_now else since or self.when.now

    def _due(self, token: Token, before: datetime) -> datetime:
        element = self.outline.elements[token.element]
        timer, when = element.timer, by_calendar_of(element, self.when)
        if timer is None or not self._is_counted(timer.expression):
            return before
        since = self._since(token, timer.expression)
        if since is None:
            return before
        variables = self.case.seen_from(token.scope)
        try:
            earlier = token.notes.get(LAST), token.notes.get(LEFT)
            due, _ = next_due(
                timer, lambda text, at: evaluate(text, variables, Then(when, at)), earlier, since, when.zone
            )
        except ElementFailed:
            return before  # it was set by other variables than those the case has now
        return due if due >= before else max(due, min(before, self._earliest(variables)))

    def _is_counted(self, expression: str) -> bool:
        return any(word in expression for word in self.words)

    def _earliest(self, variables: Mapping[str, Any]) -> datetime:
        return end_of_day(earliest_day(self.when, variables), self.when.zone)

    def moved_tasks(self) -> Iterator[MovedTask]:
        """Yield the tasks whose days changed, after the timers were set anew."""
        limits = taken_away_at(self.outline, self.case.state())
        for token in self.case.tokens.values():
            task = self.waiting.tasks.get(token.number)
            if task is None or token.stand is not Stand.ASKS or INCIDENT in token.notes:
                continue
            now = self._days(token, task, limits.get(token.number))
            if now != task:
                yield MovedTask(token.number, token.element, task, now.due, now.follow_up)

    def _days(self, token: Token, task: OpenTask, taken_away: datetime | None) -> OpenTask:
        element, variables = self.outline.elements[token.element], self.case.seen_from(token.scope)
        when = Then(by_calendar_of(element, self.when), task.opened_at)
        due = self._day(element.due, task.due, variables, when)
        if element.due is None and taken_away is not None:
            due = last_day_before(taken_away, self.when.zone)
        if due is not None and task.due is not None and due < task.due:
            due = max(due, min(task.due, earliest_day(self.when, variables)))
        follow_up = self._day(element.follow_up, task.follow_up, variables, when)
        return replace(task, due=due, follow_up=follow_up)

    def _day(
        self, expression: str | None, before: date | None, variables: Mapping[str, Any], then: Then
    ) -> date | None:
        if expression is None or not self._is_counted(expression):
            return before
        try:
            return as_day(evaluate(expression, variables, then), then.zone)
        except (ElementFailed, TypeError):
            return before
