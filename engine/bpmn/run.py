"""Runs one step of a case: loads its state, lets a person or an event move it, and says what changed."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from engine.bpmn import repairs
from engine.bpmn.asking import OpenedTask, is_absent
from engine.bpmn.days import last_day_before
from engine.bpmn.hearing import keep_in_mind, numbers_heard, takes_earlier
from engine.bpmn.model import Trigger
from engine.bpmn.notes import DUE, HOST, INCIDENT, KEY, SINCE
from engine.bpmn.outcome import ClosedTokens, OpenedIncident, OpenedSubscription, OpenedTimer, Outcome
from engine.bpmn.performing import Performer, Surroundings, use_of
from engine.bpmn.release import Release
from engine.bpmn.standing import StandingToken, WaitingJoin, standing_tokens, waiting_joins
from engine.bpmn.state import ROOT, Stand, Token, encode_state, first_state, load_state
from engine.bpmn.timers import taken_away_at
from engine.bpmn.waiting import together, waiting_tokens
from engine.bpmn.workflow import CaseWorkflow
from engine.errors import Conflict, Invalid
from engine.records.packing import NotStorable, check_storable


class CaseRun:
    """One case in the course of one step."""

    workflow_type: type[CaseWorkflow] = CaseWorkflow

    def __init__(
        self,
        release: Release,
        surroundings: Surroundings,
        state: bytes | None,
        variables: Mapping[str, Any] = MappingProxyType({}),
        start: str | None = None,
        *,
        told: tuple[str, int] | None = None,
    ) -> None:
        """Load a case, or begin a new one with these variables when there is no state yet.

        :param start: the start event with which a new case begins; None for the plain one.
        :param told: key and number of the message that begins it, if the case is to keep it in mind.
        :raise Unreadable: the stored state is damaged.
        """
        self._performer = Performer(release, surroundings)
        self._outline = release.outline
        loaded = load_state(state) if state is not None else first_state(release.process, variables)
        self._before = waiting_tokens(loaded.tokens)
        self._reopened: set[int] = set()
        self._renewed: tuple[Any, ...] = ()
        if told is not None and start is not None:
            loaded.scopes[0].heard[start] = {told[0]: told[1]}
        self._workflow = self.workflow_type(release.spec, self._performer, loaded, start)
        self._zone = surroundings.zone
        if state is None:
            self._workflow.advance()

    @property
    def variables(self) -> Mapping[str, Any]:
        """The variables of the case as they are now."""
        return self._workflow.variables

    def taken_away_at(self, token: int) -> datetime | None:
        """Return when a timer takes a waiting task away, as the case is now; None if no timer does."""
        self._workflow.find(token)
        return taken_away_at(self._outline, self._workflow.state()).get(token)

    def complete(self, token: int, answers: Mapping[str, Any]) -> None:
        """Complete a person's task: its answers go into the variable that the task names.

        :raise Conflict: nobody waits at that token any more.
        :raise Invalid: an answer is of a type that cannot be kept with a case.
        """
        found = self._find(token, Stand.ASKS)
        element = self._outline.elements[found.element]
        try:
            check_storable(answers)
        except NotStorable as error:
            raise Invalid(f"The answers to '{element.id}' cannot be kept: {error}") from error
        if found.notes.pop(INCIDENT, None):
            self._reopened.add(token)  # whatever fails now is another incident
        if element.result:
            self._workflow.assign(found.scope, {element.result: dict(answers)})
        self._workflow.complete(found)

    def wake(self, token: int, payload: Mapping[str, Any] | None = None, number: int | None = None) -> int | None:
        """Let a timer fire (no payload) or a message arrive; return its number if the case keeps it in mind.

        :param number: of the message, in the outbox.
        :raise Conflict: the event no longer waits.
        """
        found = self._find(token, Stand.WAITS, Stand.LISTENS)
        is_kept = keep_in_mind(self._workflow, found, number)
        self._workflow.wake(found, payload or {})
        return number if is_kept else None

    def retry(self, token: int) -> None:
        """Try a failed element again.

        :raise Conflict: it no longer waits, or nothing failed there.
        """
        found = self._find(token, *Stand)
        if INCIDENT not in found.notes:
            raise Conflict()
        self._reopened.add(token)
        self._workflow.retry(found)

    def skip(self, token: int, result: Any) -> None:
        """Pass a failed automatic element over, with a result that somebody gives; the case goes on behind it.

        :raise Conflict: the token is gone.
        :raise OperationRefused: the element has not failed, or cannot be passed over.
        """
        found = self._find(token, *Stand)
        self._reopened.add(token)
        repairs.skip(self._workflow, found, result)

    def move(self, token: int, target: str) -> None:
        """Take a token off the element at which it waits and let it begin at another one.

        :raise Conflict: the token is gone.
        :raise OperationRefused: the diagram does not allow it.
        """
        self._workflow.rouse_all()
        repairs.move(self._workflow, self._find(token, *Stand), target)

    def change(self, token: int | None, values: Mapping[str, Any], *, goes_on: bool) -> Mapping[str, Any]:
        """Set variables as a token sees them and return the old values of those that there were.

        :param token: None for the variables of the case itself.
        :param goes_on: a condition that has become true lets its event happen.
        :raise Conflict: the token is gone.
        """
        self._workflow.rouse_all()
        scope = ROOT if token is None else self._find(token, *Stand).scope
        old = repairs.change(self._workflow, scope, values)
        if goes_on:
            self._workflow.advance()
        return old

    def renew(self, variables: Mapping[str, Any], tokens: Collection[int]) -> None:
        """Take over variables that changed outside the diagram, and open some waiting tasks anew by them.

        A task keeps its token; who is asked, until when, and when its timers fire is evaluated again.

        :raise Conflict: nobody waits at one of these tokens any more.
        """
        self._workflow.rouse_all()
        self._renewed = (dict(variables), list(tokens))  # it is done once in a step
        self._workflow.assign(ROOT, variables)
        for number in tokens:
            self._find(number, Stand.ASKS).notes.pop(INCIDENT, None)
        for token in list(self._workflow.tokens.values()):
            is_limit = DUE in token.notes and token.notes.get(HOST) in tokens
            if token.number in tokens or is_limit:
                self._reopened.add(token.number)
            if is_limit or token.number in tokens:
                self._workflow.wait_anew(token)
        self._workflow.advance()

    def settle(self, token: int) -> bool:
        """Let a task that failed wait for whoever has it by now, without asking anew; say whether it had failed.

        :raise Conflict: nobody waits at that token any more.
        """
        return self._find(token, Stand.ASKS).notes.pop(INCIDENT, None) is not None

    def standing(self) -> tuple[StandingToken, ...]:
        """Return the tokens of the case as it is now, each with what an operator may do to it."""
        self._workflow.rouse_all()
        return tuple(standing_tokens(self._workflow))

    def waiting_joins(self) -> tuple[WaitingJoin, ...]:
        """Return the joins that wait for more tokens, as the case is now."""
        self._workflow.rouse_all()
        return tuple(waiting_joins(self._workflow))

    def running_inside(self) -> Counter[str]:
        """Return how many scopes are open in which activity, as the case is now."""
        self._workflow.rouse_all()
        return Counter(scope.container for scope in self._workflow.scopes.values() if scope.number != ROOT)

    def _find(self, number: int, *stands: Stand) -> Token:
        token = self._workflow.find(number)
        if token is None or token.stand not in stands:
            raise Conflict()
        return token

    def outcome(self) -> Outcome:
        """Return what this step changed."""
        workflow, live = self._workflow, self._workflow.tokens
        absent = self._fail_for_absent()
        before = together((self._before, *workflow.roused)) if workflow.roused else self._before
        now, state = waiting_tokens(live.values()), workflow.state()
        opened = self._opened(now.tasks, before.tasks)
        limits = taken_away_at(self._outline, state) if opened else {}
        tasks = tuple(self._opened_task(live[number], limits.get(number)) for number in opened)
        return Outcome(
            None if workflow.is_finished else encode_state(state),
            state.variables,
            tuple(workflow.passed),
            ClosedTokens(
                self._closed(before.tasks, now.tasks),
                self._closed(before.timers, now.timers),
                self._closed(before.subscriptions, now.subscriptions),
                self._closed(before.incidents, now.incidents),
            ),
            tasks,
            tuple(_opened_timer(live[number]) for number in self._opened(now.timers, before.timers)),
            tuple(self._subscription(live[number]) for number in self._opened(now.subscriptions, before.subscriptions)),
            tuple(self._performer.sent),
            tuple(self._incident(live[number]) for number in self._opened(now.incidents, before.incidents)),
            self._renewed,
            absent,
            tuple(self._performer.decided),
        )

    def _fail_for_absent(self) -> tuple[int, ...]:
        """Mark the tasks that would ask somebody who is not there, and return whom; they still say who was meant."""
        known = self._performer.surroundings.absent
        if not known:
            return ()
        tasks = [task for task in self._workflow.asked.values() if task.assignee in known]
        found = [task for task in tasks if task.token in self._workflow.tokens]
        for task in found:
            error = is_absent(task, self._outline.elements[task.element])
            self._workflow.fail(self._workflow.tokens[task.token], error)
        return tuple(sorted({task.assignee for task in found if task.assignee is not None}))

    def _opened(self, now: tuple[int, ...], before: tuple[int, ...]) -> list[int]:
        if not now:
            return []
        known = set(before) - self._reopened
        return [number for number in now if number not in known]

    def _closed(self, before: tuple[int, ...], now: tuple[int, ...]) -> tuple[int, ...]:
        if not before:
            return ()
        left = set(now) - self._reopened
        return tuple(number for number in before if number not in left)

    def _subscription(self, token: Token) -> OpenedSubscription:
        element = self._outline.elements[token.element]
        is_signal = element.trigger is Trigger.SIGNAL
        heard = numbers_heard(self._workflow, token, token.notes[KEY])
        return OpenedSubscription(
            token.number,
            use_of(element).name or "",
            None if is_signal else token.notes[KEY],
            token.notes.get(SINCE, token.number),
            takes_earlier(element),
            max(heard or (), default=None),
        )

    def _incident(self, token: Token) -> OpenedIncident:
        error, seen = self._workflow.incidents[token.number], self._workflow.moments[token.number]
        return OpenedIncident(token.number, token.element, error.code, str(error), seen)

    def _opened_task(self, token: Token, taken_away: datetime | None) -> OpenedTask:
        """Return a task; without a due date of its own it is due when a timer takes it away."""
        task = self._workflow.asked.get(token.number) or OpenedTask(token.number, token.element)
        if task.due is not None or taken_away is None:
            return task
        return replace(task, due=last_day_before(taken_away, self._zone))


def _opened_timer(token: Token) -> OpenedTimer:
    due: datetime = token.notes[DUE]
    return OpenedTimer(token.number, due.astimezone(UTC))
