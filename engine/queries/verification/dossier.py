"""Everything the tables say about one case, brought together for the checks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from engine.bpmn.deciding import Decided
from engine.bpmn.outcome import OpenedIncident
from engine.bpmn.release import Release
from engine.queries.verification.streams import AnyRow
from engine.records.case import CaseStatus


@dataclass(frozen=True, slots=True)
class Entry:
    """One step in the journal.

    :param content: None if it cannot be read.
    :param lacks: the wordbook without which it cannot be read.
    """

    version: int
    at: datetime
    actor: int | None
    content: Mapping[str, Any] | None
    lacks: int | None = None

    @property
    def kind(self) -> str:
        """What was done; empty if that cannot be read."""
        return str(self.content.get("kind", "")) if self.content else ""

    @property
    def token(self) -> int | None:
        """At which token it was done."""
        return self.content.get("token") if self.content else None

    @property
    def renewed(self) -> tuple[Mapping[str, Any], Sequence[int]] | None:
        """The variables that were set from outside the diagram, and the tasks that were opened anew by them."""
        renewed = self.content.get("renewed") if self.content else None
        return (renewed[0], renewed[1]) if renewed else None

    @property
    def opened(self) -> Sequence[Sequence[Any]]:
        """The tasks that were opened."""
        return self.content.get("opened", ()) if self.content else ()

    @property
    def absent(self) -> Sequence[int]:
        """Those of whom it asked something, and who were not there."""
        return self.content.get("absent", ()) if self.content else ()

    @property
    def closed(self) -> Sequence[int]:
        """The tokens of the tasks that were closed."""
        return self.content.get("closed", ()) if self.content else ()

    @property
    def element(self) -> str:
        """At which element it was done; empty if it does not say."""
        return str(self.content.get("element", "")) if self.content else ""

    @property
    def data(self) -> Mapping[str, Any]:
        """What was given with it."""
        data: Mapping[str, Any] = self.content.get("data", {}) if self.content else {}
        return data

    @property
    def heard(self) -> tuple[int, int] | None:
        """Which message or signal was heard: its number in the outbox, and the listener."""
        heard = self.content.get("heard") if self.content else None
        return (heard[0], heard[1]) if heard else None

    @property
    def results(self) -> Sequence[Sequence[Any]]:
        """What services and sent messages gave, in order."""
        return self.content.get("results", ()) if self.content else ()

    @property
    def decided(self) -> Sequence[Any] | None:
        """The rules that applied: of each decision, of each of its tables; None if none are kept."""
        return self.content.get("decided") if self.content else None


@dataclass(frozen=True, slots=True)
class Call:
    """A service that has done its work, as the case does it again.

    :param variables: what the case held when it was called.
    """

    entry: Entry
    service: str
    variables: Mapping[str, Any]
    value: Any


@dataclass(frozen=True, slots=True)
class Said:
    """A message or signal that a step has sent.

    :param key: None for a signal.
    """

    at: datetime
    message: str
    key: str | None
    payload: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Deciding:
    """The decisions that one step has asked, as the case does it again.

    :param release: by which it was done.
    :param failed: those that gave nothing, and at which the case has stopped.
    """

    entry: Entry
    release: Release
    asked: tuple[Decided, ...]
    failed: tuple[OpenedIncident, ...] = ()


@dataclass(slots=True)
class Again:
    """What comes out of a case when it is done again, beside its state.

    :ivar is_same: the case has come out as it is stored.
    :ivar asked: a step has asked for working days that may have been others then: what comes out may differ.
    :ivar tasks: the columns of the open tasks that are known, by token.
    :ivar waits: columns of timers, subscriptions and incidents that are known, by table and token.
    :ivar sent: when a message was sent last under a name and key, and what it carried.
    :ivar said: everything that was sent, in order.
    :ivar deciding: the steps that have asked decisions, in order.
    """

    is_same: bool = False
    asked: bool = False
    tasks: dict[int, dict[str, Any]] = field(default_factory=dict)
    waits: dict[tuple[str, int], dict[str, Any]] = field(default_factory=dict)
    sent: dict[tuple[str, str], tuple[datetime, Mapping[str, Any]]] = field(default_factory=dict)
    said: list[Said] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    deciding: list[Deciding] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Dossier:
    """One case as all tables show it.

    :param subject: whom or what the case is about.
    :param started_at: as its row says, like `ended_at`.
    :param version: of the state; None with it if there is none.
    :param rows: of the tables of what waits, by the table's name.
    :param state_digest: None for a state that was written before digests were kept.
    :param audit: rows of the audit trail that name the case, oldest first.
    """

    id: int
    tenant: str
    process: str
    subject: int
    release_id: int
    digest: str
    status: CaseStatus
    started_at: datetime
    ended_at: datetime | None
    version: int | None
    state: bytes | None
    state_digest: bytes | None
    journal: Sequence[Entry]
    audit: Sequence[AnyRow]
    rows: Mapping[str, Sequence[AnyRow]] = field(default_factory=dict)
    again: Again = field(default_factory=Again)

    @property
    def is_whole(self) -> bool:
        """Every step of its journal is there and can be read."""
        return all(
            entry.content is not None and entry.version == number for number, entry in enumerate(self.journal, start=1)
        )

    def successes(self, service: str) -> int:
        """Return how often a service has run and done its work in this case."""
        return sum(len(result) == 2 and result[0] == service for entry in self.journal for result in entry.results)
