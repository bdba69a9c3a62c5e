"""Named services: what the service tasks of diagrams call, registered by the processes that own them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from typing import Any, Protocol

from sqlalchemy import Connection

from engine.calendar import WorkCalendar
from engine.errors import EngineError
from engine.ids import IdSource
from engine.records.asking import Persons
from engine.records.changes import Write
from engine.records.packing import Wordbook


class ServiceFailed(EngineError):
    """A service could not do its work; the token waits at the service task with an incident."""

    code = "service_failed"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a person should know: shown in the application, never by mail with content.

    :param code: key of a text in the catalogues; `params` fill it.
    """

    person: int
    code: str
    params: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ServiceContext:
    """What a service may see while it runs; it reads, and returns what it wants written.

    :param read: a connection inside a read transaction.
    :param city: the city's rules, opaque to the engine (a `processes.people.city.City`).
    :param wordbook: to pack what the service keeps with the case, as small as the journal.
    :param actor: who did what led here; None where nobody did, such as behind a timer. Whoever only tries a failed step
        again is not meant.
    :param step: names of the services that ran before in this step: what they want written is not readable yet.
    """

    tenant: str
    case_id: int
    variables: Mapping[str, Any]
    inputs: Mapping[str, Any]
    read: Connection
    now: datetime
    zone: tzinfo
    new_id: IdSource
    city: Any
    actor: int | None
    step: frozenset[str] = frozenset()
    wordbook: Wordbook | None = None


@dataclass(frozen=True, slots=True)
class ServiceResult:
    """What a service gives back.

    :param value: goes into the variable that the service task names.
    """

    value: Any = None
    writes: tuple[Write, ...] = ()
    notices: tuple[Notice, ...] = ()


Service = Callable[[ServiceContext], ServiceResult]


class Directory(Protocol):
    """What the engine asks about the world outside the diagram; one object serves all cities."""

    @property
    def services(self) -> Mapping[str, Service]:
        """The services by name."""
        ...

    @property
    def persons(self) -> Persons | None:
        """Everybody who can be asked to do a task; None if anybody can."""
        ...

    def zone(self, tenant: str) -> tzinfo:
        """Return the time zone in which a city counts its days."""
        ...

    def calendar(self, read: Connection, tenant: str, variables: Mapping[str, Any]) -> WorkCalendar:
        """Return the working days that hold for a case."""
        ...

    def unit_calendars(self, read: Connection, tenant: str) -> Mapping[int, WorkCalendar]:
        """Return the working days of each unit that a case can name, in as many statements however many there are."""
        ...

    def counted_days(self, process: str, started_on: date, calendar: WorkCalendar) -> Mapping[str, date]:
        """Return the variables of a case that were counted in working days when it began, as they are counted now."""
        ...

    def city(self, tenant: str) -> Any:
        """Return the rules of a city for its services."""
        ...

    def samples(self, tenant: str) -> Sequence[object]:
        """Return values like those that forms and services of a city keep with its cases, of nobody in particular.

        What they have in common is stored once a release; none are needed.
        """
        ...

    def delegates(self, read: Connection, tenant: str, task: Any, now: datetime) -> frozenset[int]:
        """Return the persons who may take over a task from its assignee."""
        ...
