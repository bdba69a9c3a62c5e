"""What is noted while a year of cases is simulated."""

from collections import defaultdict
from dataclasses import dataclass, field


@dataclass(slots=True)
class StepRecord:
    """What happened at one human task.

    :param stays: from when each task was opened until it was done, in minutes of working time.
    :param queued: how long each lay ready while everybody who could do it was busy.
    """

    stays: list[float] = field(default_factory=list[float])
    queued: list[float] = field(default_factory=list[float])
    on_time: int = 0
    late: int = 0


@dataclass(slots=True)
class Record:
    """One simulated year.

    :param lasted: of each case that ended, by its place among the arrivals.
    :param unfinished: how many cases had not ended when the time was over.
    :param busy: how long the people of each pool worked, in minutes of the time that there was for it.
    :param happened: how often a boundary event happened.
    """

    lasted: dict[int, float] = field(default_factory=dict[int, float])
    unfinished: int = 0
    steps: defaultdict[str, StepRecord] = field(default_factory=lambda: defaultdict(StepRecord))
    busy: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    happened: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
