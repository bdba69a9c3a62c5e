"""A log of many cases, as the writers of files take it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from engine.mining.events import CaseEvent


@dataclass(frozen=True, slots=True)
class LoggedCase:
    """A case with all that happened in it.

    :param release: the number of the release by which it runs now.
    """

    id: int
    subject: int
    release: int
    started_at: datetime
    ended_at: datetime | None
    status: str
    events: tuple[CaseEvent, ...]


#: Yields the cases; asked again it begins anew.
Cases = Callable[[], Iterable[LoggedCase]]


@dataclass(frozen=True, slots=True)
class Counted:
    """How much was written."""

    cases: int
    events: int


class Counting:
    """Counts cases and events as they are written."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._cases = self._events = 0

    def over(self, cases: Iterable[LoggedCase]) -> Iterator[LoggedCase]:
        """Yield the cases, counted."""
        for case in cases:
            self._cases += 1
            self._events += len(case.events)
            yield case

    @property
    def counted(self) -> Counted:
        """What has passed so far."""
        return Counted(self._cases, self._events)


def instant_text(instant: datetime) -> str:
    """Return an instant as both formats write it: ISO 8601 with milliseconds, in UTC."""
    return instant.isoformat(timespec="milliseconds").replace("+00:00", "Z")
