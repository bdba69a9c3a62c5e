"""Says what moving a token does to a case: what ends, what begins, what runs by itself, what waits afterwards."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engine.bpmn.outcome import Outcome
from engine.bpmn.run import CaseRun
from engine.bpmn.standing import StandingToken, WaitingJoin


@dataclass(frozen=True, slots=True)
class MovePlan:
    """What a move does, by the ids of elements.

    :param outcome: the same as it is written.
    :param tasks: that are closed; so with `timers`, `messages` (events that wait for one) and `incidents`.
    :param inside: activities in which something was going on that is broken off, with how often.
    :param joins: that wait for more tokens afterwards.
    :param stays: elements at which the case stands afterwards, beside those that begin now.
    :param elements: of the tokens that begin now, by number.
    """

    outcome: Outcome
    tasks: tuple[str, ...]
    timers: tuple[str, ...]
    messages: tuple[str, ...]
    incidents: tuple[str, ...]
    inside: Mapping[str, int]
    joins: tuple[WaitingJoin, ...]
    stays: tuple[str, ...]
    elements: Mapping[int, str]

    @property
    def is_finished(self) -> bool:
        """The case ends by it."""
        return self.outcome.state is None


def plan_of(run: CaseRun, before: Mapping[int, StandingToken], inside: Counter[str], outcome: Outcome) -> MovePlan:
    """Return the plan of a move that was made in memory.

    :param before: the tokens before it, by number; with `inside`, the scopes.
    """

    def elements(tokens: Iterable[int]) -> tuple[str, ...]:
        return tuple(before[token].element for token in tokens if token in before)

    closed, now = outcome.closed, run.standing()
    return MovePlan(
        outcome,
        elements(closed.tasks),
        elements(closed.timers),
        elements(closed.subscriptions),
        elements(closed.incidents),
        inside - run.running_inside(),
        run.waiting_joins(),
        tuple(item.element for item in now if item.token in before),
        {item.token: item.element for item in now if item.token not in before},
    )
