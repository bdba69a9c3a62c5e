"""What a step keeps of the decisions that it has asked: which rules applied. All else comes out when they are asked
again, with what the journal says that the case held."""

from dataclasses import dataclass, field
from typing import Final

from engine.dmn import Outcome as Answer
from engine.moments import Layers

#: Of one decision. A table that is asked for each item of a long list would fill the journal; rules beyond these
#: come out when the decision is asked again, and are compared with nothing.
MOST_TABLES: Final = 100


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision that a step has asked, and that has given something.

    :param element: the business rule task that asked.
    :param decision: its id in the release.
    :param answer: what it gave, and why.
    :param seen: the variables that it could read then, scope by scope.
    """

    element: str
    decision: str
    answer: Answer
    seen: Layers = field(repr=False)

    @property
    def fired(self) -> list[list[int]]:
        """The places of the rules that applied, from 0, of each table in the order of their answers."""
        return [list(trace.applying) for trace in self.answer.tables[:MOST_TABLES]]
