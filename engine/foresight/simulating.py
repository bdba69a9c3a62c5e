"""Sends the cases of a year through a process, minute by minute of working time, and notes what happens.

What is not simulated: data, compensation, and messages, signals and conditions that reach a whole sub-process.
"""

from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from heapq import heappop, heappush
from itertools import count
from typing import Final

from engine.bpmn.model import ACTIVITIES, COMPOUND, Element, Kind, LoopKind, Trigger
from engine.foresight.chance import key_of, uniform
from engine.foresight.desks import Desks, Task
from engine.foresight.model import Model, Step
from engine.foresight.places import Case, Scope, Visit
from engine.foresight.recording import Record
from engine.foresight.ways import Ways

#: A case that visits more elements than this goes round and round without end.
MOST_VISITS: Final = 1_000
#: Of an activity with a marker.
MOST_ROUNDS: Final = 200
#: So many things happen between two looks at whether to give up.
GLANCE: Final = 64
_THROWN: Final = frozenset({Trigger.ERROR, Trigger.ESCALATION, Trigger.CANCEL})
_REST, _EFFORT, _NOT_DONE, _WHEN, _ROUNDS, _WAY = range(6)


class TookTooLong(Exception):  # said as it is caught
    """Nobody waits any longer: there are very many cases, or they go round in circles."""


def simulate(
    model: Model, arrivals: Sequence[float], until: float, seed: int, is_hopeless: Callable[[], bool] = lambda: False
) -> Record:
    """Return what happens to cases that begin at these minutes.

    :param until: the minute at which it is stopped, whatever is still open.
    :param seed: the same one gives the same again, and to each case of another design the same chances.
    :param is_hopeless: is asked whether to give up, each time that `GLANCE` things have happened.
    :raise TookTooLong: it said so.
    """
    return _Simulation(model, seed, is_hopeless).run(arrivals, until)


class _Simulation:
    def __init__(self, model: Model, seed: int, is_hopeless: Callable[[], bool]) -> None:
        self._model, self._outline, self._seed, self._is_hopeless = model, model.outline, seed, is_hopeless
        self._record, self._now, self._order, self._done = Record(), 0.0, count(), count(1)
        self._agenda: list[tuple[float, int, Callable[[], None]]] = []
        self._moves: deque[tuple[Visit, str]] = deque()
        self._ways = Ways(model.outline, model.shares)
        self._desks = Desks(dict(model.pools), self._record, self._later, seed)
        self._keys = {name: key_of(model.same.get(name, name)) for name in model.outline.elements}

    def run(self, arrivals: Sequence[float], until: float) -> Record:
        for number, minute in enumerate(arrivals):
            self._later(minute, partial(self._begin_case, number))
        while self._agenda and self._agenda[0][0] <= until:
            self._now, _, action = heappop(self._agenda)
            action()
            self._count()
            while self._moves:
                self._arrive(*self._moves.popleft())
                self._count()
        self._record.unfinished = len(arrivals) - len(self._record.lasted)
        return self._record

    def _count(self) -> None:
        if next(self._done) % GLANCE == 0 and self._is_hopeless():
            raise TookTooLong

    def _later(self, minute: float, action: Callable[[], None]) -> None:
        heappush(self._agenda, (minute, next(self._order), action))

    def _draw(self, case: Case, element: str, purpose: int) -> float:
        """Return a number that only the case, the element, the purpose and how often it was asked for decide."""
        key = self._keys[element]
        turn = case.drawn[key, purpose]
        case.drawn[key, purpose] = turn + 1
        return uniform(self._seed, case.number, key, turn, purpose)

    # Cases and scopes

    def _begin_case(self, number: int) -> None:
        case = Case(number, self._now)
        start = self._start_of(case)
        self._begin_scope(case, self._outline.process, None, start)

    def _start_of(self, case: Case) -> str | None:
        starts = sorted(self._model.starts)
        rest = uniform(self._seed, case.number, _WAY) * sum(self._model.starts.values())
        for start in starts:
            rest -= self._model.starts[start]
            if rest < 0:
                return start
        return None

    def _begin_scope(self, case: Case, container: str, parent: Visit | None, start: str | None = None) -> None:
        scope = Scope(case, container, parent)
        if parent is not None:
            parent.scopes.append(scope)
        for name in self._outline.first_of(container, start):
            self._send(scope, name)
        for element, event in self._outline.event_sub_processes(container):
            delay = self._model.delays.get(event.id)
            if event.trigger is Trigger.TIMER and delay is not None:
                when = delay(self._now, self._draw(case, event.id, _WHEN))
                self._later(when, partial(self._interrupt, scope, element, event))
        self._settle(scope)

    def _interrupt(self, scope: Scope, element: Element, event: Element) -> None:
        if scope.is_over:
            return
        if event.is_interrupting:
            self._clear(scope)
        self._begin_scope(scope.case, element.id, Visit(scope, element), event.id)

    def _settle(self, scope: Scope) -> None:
        """Let gateways go on for which nothing more can come, and end the scope if nothing is left in it."""
        if scope.is_over:
            return
        for name, flows in list(scope.waiting.items()):
            element = self._outline.elements[name]
            is_inclusive = element.kind is Kind.INCLUSIVE_GATEWAY
            if is_inclusive and flows and not self._can_come(scope, name):
                flows.clear()
                self._leave(Visit(scope, element))
                return
        if not scope.live:
            self._end_scope(scope)

    def _can_come(self, scope: Scope, gateway: str) -> bool:
        others = (visit.element.id for visit in scope.live.values())
        return any(name == gateway or self._ways.leads_to(name, gateway) for name in others)

    def _end_scope(self, scope: Scope) -> None:
        scope.is_over = True
        if scope.parent is None:
            self._record.lasted[scope.case.number] = self._now - scope.case.begun
        elif scope.parent.is_open:
            self._round_done(scope.parent)

    def _clear(self, scope: Scope) -> None:
        for visit in list(scope.live.values()):
            self._close(visit)
        scope.waiting.clear()

    def _close(self, visit: Visit) -> None:
        """Take a token away, and all that is inside its activity."""
        visit.is_open = False
        visit.scope.live.pop(visit.number, None)
        for task in visit.tasks:
            self._desks.withdraw(task, self._now)
        for scope in visit.scopes:
            scope.is_over = True
            self._clear(scope)

    # Tokens

    def _send(self, scope: Scope, name: str, flow: str = "") -> None:
        visit = Visit(scope, self._outline.elements[name])
        if scope.case.visits <= MOST_VISITS:  # else it stays where it is, and the case never ends
            self._moves.append((visit, flow))

    def _leave(self, visit: Visit) -> None:
        element = visit.element
        draws = [self._draw(visit.scope.case, element.id, _WAY) for _ in element.outgoing[1:]]
        draws += draws[:1] and [self._draw(visit.scope.case, element.id, _WAY)]
        self._follow(visit, self._ways.out_of(element, draws))

    def _follow(self, visit: Visit, flows: Sequence[str]) -> None:
        for flow in flows:
            self._send(visit.scope, self._outline.flows[flow].target, flow)
        visit.is_open = False
        visit.scope.live.pop(visit.number, None)
        self._settle(visit.scope)

    def _arrive(self, visit: Visit, flow: str) -> None:
        element = visit.element
        if not visit.is_open:
            return
        if element.kind in (Kind.PARALLEL_GATEWAY, Kind.INCLUSIVE_GATEWAY) and len(element.incoming) > 1:
            self._join(visit, flow)
        elif element.kind is Kind.EVENT_GATEWAY:
            self._race(visit)
        elif element.kind is Kind.CATCH and element.trigger is not Trigger.LINK:
            self._await(visit)
        elif element.kind in ACTIVITIES:
            self._begin_activity(visit)
        elif element.kind in (Kind.THROW, Kind.END):
            self._throw(visit)
        else:
            self._leave(visit)

    def _join(self, visit: Visit, flow: str) -> None:
        flows, element = visit.scope.waiting[visit.element.id], visit.element
        flows[flow] += 1
        if element.kind is Kind.PARALLEL_GATEWAY and all(flows[name] for name in element.incoming):
            for name in element.incoming:
                flows[name] -= 1
            self._leave(visit)
            return
        visit.is_open = False
        visit.scope.live.pop(visit.number, None)
        self._settle(visit.scope)

    def _await(self, visit: Visit) -> None:
        delay = self._model.delays.get(visit.element.id)
        if delay is not None:
            when = delay(self._now, self._draw(visit.scope.case, visit.element.id, _WHEN))
            self._later(when, lambda: self._round_done(visit) if visit.is_open else None)

    def _race(self, visit: Visit) -> None:
        """Take the way of the event that happens first, or as often as was measured."""
        times = {flow: self._when(visit, self._outline.flows[flow].target) for flow in visit.element.outgoing}
        known = {flow: when for flow, when in times.items() if when is not None}
        if any(flow in self._model.shares for flow in known):
            draw = self._draw(visit.scope.case, visit.element.id, _WAY)
            first = self._ways.one_of(list(known), draw)
            timers = [when for flow, when in known.items() if self._target(flow).trigger is Trigger.TIMER]
            when = min([known[first], *timers]) if self._target(first).trigger is not Trigger.TIMER else known[first]
        elif known:
            when, first = min((when, flow) for flow, when in known.items())
        else:
            return
        self._later(when, lambda: self._follow(visit, self._target(first).outgoing) if visit.is_open else None)

    def _target(self, flow: str) -> Element:
        return self._outline.elements[self._outline.flows[flow].target]

    def _when(self, visit: Visit, name: str) -> float | None:
        delay = self._model.delays.get(name)
        return None if delay is None else delay(self._now, self._draw(visit.scope.case, name, _WHEN))

    def _throw(self, visit: Visit) -> None:
        trigger = visit.element.trigger
        if trigger is Trigger.TERMINATE:
            self._clear(visit.scope)
            self._settle(visit.scope)
        elif trigger not in _THROWN or not self._caught(visit):
            self._leave(visit)

    def _caught(self, visit: Visit) -> bool:
        """Say whether what is thrown took the token away; whoever catches it goes on."""
        scope: Scope | None = visit.scope
        while scope is not None:
            for element, event in self._outline.event_sub_processes(scope.container):
                if _catches(event, visit.element):
                    self._interrupt(scope, element, event)
                    return not visit.is_open
            parent = scope.parent
            for boundary in self._outline.boundaries.get(parent.element.id, ()) if parent is not None else ():
                if _catches(boundary, visit.element) and parent is not None:
                    self._happen(boundary, parent)
                    return not visit.is_open
            scope = parent.scope if parent is not None else None
        return False

    # Activities

    def _begin_activity(self, visit: Visit) -> None:
        loop, element = visit.element.loop, visit.element
        visit.left = self._rounds_of(visit) if loop is not None else 1
        lacks = self._watch_edge(visit)
        if not visit.is_open:
            return
        if not visit.left:
            self._leave(visit)
            return
        is_together = loop is not None and loop.kind is LoopKind.PARALLEL
        for _ in range(visit.left if is_together else 1):
            if visit.scope.case.visits > MOST_VISITS:  # as in `_send`
                return
            if visit.is_open:
                self._begin_round(visit, is_done=not lacks or element.kind in COMPOUND)

    def _rounds_of(self, visit: Visit) -> int:
        mean = self._model.instances.get(visit.element.id, 1.0)
        return min(int(mean + self._draw(visit.scope.case, visit.element.id, _ROUNDS)), MOST_ROUNDS)

    def _watch_edge(self, visit: Visit) -> bool:
        """Wait for the events at the edge of an activity; say whether one of them shall come because nobody does it."""
        lacks = False
        for boundary in self._outline.boundaries.get(visit.element.id, ()):
            share = self._model.shares.get(boundary.id)
            is_struck = share is not None and self._draw(visit.scope.case, boundary.id, _NOT_DONE) < share
            when = self._when(visit, boundary.id)
            if when is not None and (boundary.trigger is Trigger.TIMER or is_struck):
                self._later(when, partial(self._happen, boundary, visit))
                lacks = lacks or (is_struck and boundary.is_interrupting)
            elif is_struck and visit.element.kind not in COMPOUND and not visit.element.is_human:
                self._happen(boundary, visit)
        return lacks

    def _happen(self, boundary: Element, visit: Visit) -> None:
        if not visit.is_open:
            return
        self._record.happened[boundary.id] += 1
        token = Visit(visit.scope, boundary)
        if boundary.is_interrupting:
            self._close(visit)
        self._leave(token)

    def _begin_round(self, visit: Visit, *, is_done: bool) -> None:
        self._count()
        element = visit.element
        if element.is_human:
            if is_done:
                self._open_task(visit, self._model.steps[element.id])
        elif element.kind is Kind.RECEIVE_TASK:
            self._await(visit)
        elif element.kind in COMPOUND:
            self._begin_scope(visit.scope.case, self._outline.content(element), visit)
        else:
            self._round_done(visit)

    def _open_task(self, visit: Visit, step: Step) -> None:
        case, name, opened = visit.scope.case, visit.element.id, self._now
        ready = opened + step.rests.at(self._draw(case, name, _REST))
        effort = step.effort.at(self._draw(case, name, _EFFORT)) / self._pace_of(step)
        task = Task(step, name, (opened, ready, effort), case.number, lambda: self._finish_task(visit, task))
        visit.tasks.append(task)
        self._later(ready, lambda: self._desks.ask(task, ready))

    def _pace_of(self, step: Step) -> float:
        pool = self._model.pools.get(step.pool)
        return pool.pace if pool is not None else 1.0

    def _finish_task(self, visit: Visit, task: Task) -> None:
        record = self._record.steps[task.element]
        record.stays.append(self._now - task.opened)
        if task.step.due is not None:
            is_late = self._now > task.step.due(task.opened, 0.0)
            record.late += is_late
            record.on_time += not is_late
        self._round_done(visit)

    def _round_done(self, visit: Visit) -> None:
        visit.left -= 1
        loop = visit.element.loop
        if visit.left <= 0:
            self._leave(visit)
        elif loop is not None and loop.kind is not LoopKind.PARALLEL:
            self._begin_round(visit, is_done=True)


def _catches(event: Element, thrown: Element) -> bool:
    if event.trigger is not thrown.trigger:
        return False
    wanted = event.event.name if event.event is not None else None
    return wanted is None or (thrown.event is not None and thrown.event.name == wanted)
