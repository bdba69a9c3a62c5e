"""Say who looks at a signal, and what came of it."""

from dataclasses import dataclass, field
from typing import ClassVar

from engine.command import Changes, Context
from engine.errors import AlreadyDone, Invalid
from processes.incentive.signals.kept import KeptSignal, assigned, closed, find_signal
from processes.people.days import local_day
from processes.people.queries import holders_on
from processes.people.records import Role

SHORTEST_NOTE = 10


class NotOfAgency(Invalid):
    """Whoever is to look at a signal works for the personnel agency, and it is not about him."""

    code = "incentive.signal_person"


class NoteMissing(Invalid):
    """A signal is closed with what was found."""

    code = "incentive.signal_note"


@dataclass(frozen=True, slots=True)
class SignalSubject:
    """A signal with those whom it is about."""

    tenant: str
    signal: KeptSignal
    people: frozenset[int]


def signal_subject(context: Context, signal_id: int) -> SignalSubject:
    """Return a signal of the actor's city as the subject of a command.

    :raise NotFound: there is no such signal in that city.
    """
    return subject_of(find_signal(context.read, context.actor.tenant, signal_id))


def subject_of(found: KeptSignal) -> SignalSubject:
    """Return a signal as the rules see it."""
    return SignalSubject(found.tenant, found, frozenset(found.signal.employees))


@dataclass(frozen=True, slots=True)
class AssignSignal:
    """Let somebody of the personnel agency look at a signal."""

    signal_id: int
    person: int
    permission: ClassVar[str] = "signal:handle"

    def subject(self, context: Context) -> SignalSubject:
        """Return the signal."""
        return signal_subject(context, self.signal_id)

    def execute(self, context: Context, subject: SignalSubject) -> Changes:
        """Write who looks at it.

        :raise AlreadyDone: it is closed.
        :raise NotOfAgency: that person is not of the agency, or concerned.
        """
        found = _still_open(subject)
        if self.person not in agency_people(context) - subject.people:
            raise NotOfAgency("They do not work for the agency, or are concerned.")
        return Changes((assigned(found, self.person),), subject=found.unit_id)


@dataclass(frozen=True, slots=True)
class CloseSignal:
    """Close a signal with what was found. No slip changes by it: what is wrong is corrected as such."""

    signal_id: int
    note: str = field(repr=False)
    permission: ClassVar[str] = "signal:handle"

    def subject(self, context: Context) -> SignalSubject:
        """Return the signal."""
        return signal_subject(context, self.signal_id)

    def execute(self, context: Context, subject: SignalSubject) -> Changes:
        """Write the note.

        :raise AlreadyDone: it was closed before.
        :raise NoteMissing: nothing is said.
        """
        found, note = _still_open(subject), self.note.strip()
        if len(note) < SHORTEST_NOTE:
            raise NoteMissing("A signal is closed with a note.")
        row = closed(found, note=note, by=context.actor.person, now=context.now)
        return Changes((row,), subject=found.unit_id)


def agency_people(context: Context) -> frozenset[int]:
    """Return who works on signals on the actor's day."""
    tenant = context.actor.tenant
    day = local_day(context, tenant)
    roles = (Role.HR_VERIFIER, Role.HR_HEAD)
    return frozenset(person for role in roles for person in holders_on(context.read, tenant, role, day))


def _still_open(subject: SignalSubject) -> KeptSignal:
    if not subject.signal.is_open:
        raise AlreadyDone("The signal is closed.")
    return subject.signal
