"""Where the tokens of a simulated case are: visits of elements, inside the scopes in which they are drawn."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.bpmn.model import Element
    from engine.foresight.desks import Task


class Case:
    """A case that is simulated.

    :ivar number: its place among the arrivals.
    :ivar drawn: how often a number was drawn for each element and purpose.
    """

    __slots__ = ("begun", "drawn", "number", "visits")

    def __init__(self, number: int, begun: float) -> None:
        """Begin a case."""
        self.number, self.begun, self.visits = number, begun, 0
        self.drawn: defaultdict[tuple[int, int], int] = defaultdict(int)


class Scope:
    """A run through a process or sub-process.

    :ivar live: what tokens are at, or on the way to.
    :ivar waiting: the flows over which tokens have reached each gateway that waits for others.
    """

    __slots__ = ("case", "container", "is_over", "live", "parent", "waiting")

    def __init__(self, case: Case, container: str, parent: Visit | None) -> None:
        """Begin a run.

        :param parent: the activity inside which it is; None for the process.
        """
        self.case, self.container, self.parent = case, container, parent
        self.live: dict[int, Visit] = {}
        self.waiting: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
        self.is_over = False


class Visit:
    """A token at an element.

    :ivar left: how many rounds of an activity are still to end.
    """

    __slots__ = ("element", "is_open", "left", "number", "scope", "scopes", "tasks")

    def __init__(self, scope: Scope, element: Element) -> None:
        """Put a token on its way to an element."""
        self.scope, self.element, self.is_open, self.left = scope, element, True, 0
        self.tasks, self.scopes = list["Task"](), list[Scope]()
        scope.case.visits += 1
        self.number = scope.case.visits
        scope.live[self.number] = self
