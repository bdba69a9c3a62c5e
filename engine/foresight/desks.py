"""The desks at which tasks are done one at a time, and the heaps on them."""

from collections.abc import Callable
from heapq import heappop, heappush
from itertools import count
from typing import Final

from engine.foresight.chance import key_of, uniform
from engine.foresight.model import Pool, Step
from engine.foresight.recording import Record

#: Does something at a minute.
Later = Callable[[float, Callable[[], None]], None]
_PERSON: Final = key_of("person")


class Task:
    """A task of one case.

    :ivar opened: since when it waits; `ready` since when somebody would do it.
    """

    __slots__ = ("done", "effort", "element", "is_over", "is_worked_on", "opened", "person", "ready", "step")

    def __init__(
        self, step: Step, element: str, times: tuple[float, float, float], person: int, done: Callable[[], None]
    ) -> None:
        """Open a task.

        :param times: since when it waits, since when somebody would do it, and how long that takes.
        :param person: what its case calls the one who is asked.
        :param done: is called when it is done.
        """
        self.step, self.element, self.person, self.done = step, element, person, done
        self.opened, self.ready, self.effort = times
        self.is_over = self.is_worked_on = False


class _Desk:
    __slots__ = ("heap", "idle")

    def __init__(self, idle: int) -> None:
        self.idle, self.heap = idle, list[tuple[int, float, int, Task]]()


class Desks:
    """Everybody's desks. Whoever becomes free takes the most urgent task, of equals the one ready longest."""

    def __init__(self, pools: dict[str, Pool], record: Record, later: Later, seed: int) -> None:
        """Set the desks up, with nothing on them."""
        self._pools, self._record, self._later, self._seed = pools, record, later, seed
        self._desks: dict[tuple[str, int], _Desk] = {}
        self._order = count()

    def ask(self, task: Task, now: float) -> None:
        """Have a task done by whoever is free first; one that was withdrawn before it was ready is not."""
        if task.is_over:
            return
        desk = self._desk_of(task)
        if desk is None or desk.idle:
            self._begin(task, desk, now)
        else:
            heappush(desk.heap, (-task.step.priority, task.ready, next(self._order), task))

    def withdraw(self, task: Task, now: float) -> None:
        """Take a task away; whoever was working on it is free."""
        if task.is_over:
            return
        task.is_over = True
        if task.is_worked_on:
            self._record.busy[task.step.pool] -= max(task.ready + task.effort - now, 0.0)
            self._free(self._desk_of(task), now)

    def _desk_of(self, task: Task) -> _Desk | None:
        pool = self._pools.get(task.step.pool)
        if pool is None or pool.people is None:
            return None
        place = 0
        if not pool.is_shared:
            place = int(uniform(self._seed, _PERSON, key_of(task.step.pool), task.person) * pool.people)
        key = task.step.pool, place
        if key not in self._desks:
            self._desks[key] = _Desk(pool.people if pool.is_shared else 1)
        return self._desks[key]

    def _begin(self, task: Task, desk: _Desk | None, now: float) -> None:
        if desk is not None:
            desk.idle -= 1
        task.is_worked_on = True
        self._record.steps[task.element].queued.append(now - task.ready)
        task.ready = now
        self._record.busy[task.step.pool] += task.effort
        self._later(now + task.effort, lambda: self._end(task, desk, now + task.effort))

    def _end(self, task: Task, desk: _Desk | None, now: float) -> None:
        if task.is_over:
            return
        task.is_over = True
        self._free(desk, now)
        task.done()

    def _free(self, desk: _Desk | None, now: float) -> None:
        if desk is None:
            return
        desk.idle += 1
        while desk.heap and desk.idle:
            task = heappop(desk.heap)[-1]
            if not task.is_over:
                self._begin(task, desk, now)
