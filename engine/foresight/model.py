"""A process as it is simulated: its diagram, and how long, how often and by whom each thing is done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from engine.bpmn.model import Outline
from engine.foresight.chance import Durations, Fixed

#: Gives the minute at which something comes that is waited for from a minute on, by a number between 0 and 1.
Delay = Callable[[float, float], float]
#: The priority of a task that says none.
PLAIN = 50
_MOST_AWAY = 0.95


@dataclass(frozen=True, slots=True)
class Pool:
    """The people who do the steps of one role.

    :param people: how many; None if there are always enough.
    :param share: of their working time that there is for this process.
    :param is_shared: anybody takes the next task; otherwise each task waits for one of them.
    :param away: the share of working time in which they are on leave or otherwise not there.
    """

    people: int | None = None
    share: float = 1.0
    is_shared: bool = True
    away: float = 0.0

    @property
    def pace(self) -> float:
        """How much of a minute of working time one of them has for this process."""
        return self.share * (1 - min(self.away, _MOST_AWAY))


@dataclass(frozen=True, slots=True)
class Step:
    """How a person does a task.

    :param rests: how long it lies before anybody turns to it, were nobody busy with another task of this process.
    :param effort: how long somebody works on it.
    :param due: until when it should be done.
    """

    rests: Durations
    effort: Durations = field(default_factory=lambda: Fixed(0))
    pool: str = ""
    priority: int = PLAIN
    due: Delay | None = None


@dataclass(frozen=True, slots=True)
class Model:
    """What is simulated.

    :param steps: how people do the human tasks; all of them are here.
    :param delays: when what is waited for comes; it never comes of what is not here.
    :param shares: how often a flow is taken when its source is left, and a boundary event happens at its activity.
    :param instances: how often an activity with a marker runs when it is reached, on average.
    :param starts: how often a case begins with each start event; empty for the plain ones.
    :param same: what elements are called in another design that shall meet the same chances there.
    """

    outline: Outline
    steps: Mapping[str, Step]
    delays: Mapping[str, Delay] = field(default_factory=dict)
    shares: Mapping[str, float] = field(default_factory=dict)
    instances: Mapping[str, float] = field(default_factory=dict)
    starts: Mapping[str, float] = field(default_factory=dict)
    pools: Mapping[str, Pool] = field(default_factory=dict)
    same: Mapping[str, str] = field(default_factory=dict)
