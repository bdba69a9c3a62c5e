"""A change to the records: what it is about, who may do it, and what it wants written."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar, Protocol

from sqlalchemy import Connection

from engine.ids import IdSource
from engine.policy.actor import Actor
from engine.policy.rules import Policy
from engine.records.asking import NobodyThere
from engine.records.changes import Write, WriteRefused
from engine.services import Directory
from engine.values import value


@dataclass(frozen=True, slots=True)
class Job:
    """Background work to be deferred with the change, by name; it carries ids only."""

    name: str
    arguments: Mapping[str, Any] = field(default_factory=dict)
    unique: str | None = None


Finish = Callable[[Connection], Iterable[Job]]


@value(frozen=True, slots=True)
class Changes:
    """What a command wants written, computed while holding no lock.

    :param subject: what the audit trail names, mostly the case.
    :param value: what the caller gets.
    :param finish: runs inside the transaction after the writes and may ask for more jobs.
    """

    writes: tuple[Write, ...] = ()
    jobs: tuple[Job, ...] = ()
    subject: int | None = None
    value: Any = None
    finish: Finish | None = None


@dataclass(slots=True)
class Refused:
    """What earlier attempts to write the same command have shown not to work: it fails now, beside all the rest.

    :param services: those whose writes the database refused, with the reason.
    :param persons: those whom a task was to ask, and who are not there.
    """

    services: dict[str, str] = field(default_factory=dict)
    persons: set[int] = field(default_factory=set)

    def learn(self, error: Exception) -> bool:
        """Take over what an attempt has shown; False if that was known."""
        if isinstance(error, NobodyThere):
            is_news = not error.persons <= self.persons
            self.persons |= error.persons
            return is_news
        if isinstance(error, WriteRefused) and error.service not in self.services:
            self.services[error.service] = str(error)
            return True
        return False


@value(frozen=True, slots=True)
class Context:
    """What a command may use while it computes.

    :param read: a connection inside one read transaction: a snapshot.
    :param policy: for asking about others than the actor, whose own right is checked around the command.
    """

    actor: Actor
    read: Connection
    now: datetime
    new_id: IdSource
    directory: Directory
    refused: Refused = field(default_factory=Refused)
    policy: Policy = field(default_factory=Policy)


class Command(Protocol):
    """One use case: a frozen dataclass in a file of its own under a `commands` folder.

    Its `repr` says which request it is: a second request with the same key and the same `repr` is the same one.
    Contents such as answers are fields with `repr=False`, which keeps them out of logs as well.

    One that takes a moment says `is_brief: ClassVar = True`: it is carried out together with others of that moment.
    """

    permission: ClassVar[str]

    def subject(self, context: Context) -> Any:
        """Return what the command is about, with its `tenant`.

        :raise NotFound: it does not exist.
        """
        ...

    def execute(self, context: Context, subject: Any) -> Changes:
        """Return the changes; write nothing."""
        ...


def is_brief(command: Command) -> bool:
    """Say whether a command takes a moment, so that others may wait for it."""
    return getattr(command, "is_brief", False)


@value(frozen=True, slots=True)
class Receipt:
    """What `Engine.run` gives back.

    :param repeated: the same request had been carried out before; nothing was done again, and `value` is None.
    """

    value: Any
    subject: int | None
    at: datetime
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class TenantSubject:
    """The city as a whole, for commands that are about nothing smaller."""

    tenant: str
