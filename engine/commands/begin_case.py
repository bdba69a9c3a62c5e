"""Start a case because something has happened: a message or a signal was sent, or the time has come."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Row

from engine.begun import key_of
from engine.bpmn.first_steps import next_time, subject_of, title_of, variables_of
from engine.bpmn.release import Release
from engine.casework import find_release
from engine.command import Changes, Context, TenantSubject
from engine.contained import storable_text
from engine.records.changes import Write, write
from engine.records.release import select_start_event, turn_start_timer
from engine.records.wordbook import find_wordbook
from engine.starting import NewCase, existing_keys, start_one
from engine.steps import missed_messages, outcome_jobs
from engine.surroundings import CaseSurroundings


@dataclass(frozen=True, slots=True)
class BeginCase:
    """Start one case of the newest release of a process at a start event that has happened.

    The business key says what has happened, so that it begins one case: the key of the message, the number of the
    signal, or the instant of the timer. What a message or signal carries becomes the variables. The receipt's value is
    the id of the case, None if nothing was started: it had been before, or the process waits for this no more.

    :param happened: the row of the outbox for a message or signal, the instant at which a timer was due.
    :param key: of the message.
    """

    process: str
    element: str
    happened: int | datetime
    key: str | None = None
    payload: Mapping[str, Any] = field(default_factory=dict, repr=False)
    permission: ClassVar[str] = "case:start"

    def subject(self, context: Context) -> TenantSubject:
        """Return the city."""
        return TenantSubject(context.actor.tenant)

    def execute(self, context: Context, subject: TenantSubject) -> Changes:
        """Run the case up to its first waits, and set the timer to the next time."""
        params = {"tenant": subject.tenant, "process": self.process, "element": self.element}
        row = context.read.execute(select_start_event, params).one_or_none()
        if row is None or (isinstance(self.happened, datetime) and row.due != self.happened):
            return Changes()
        release = find_release(context.read, row.release_id, row.digest)
        book = find_wordbook(context.read, row.wordbook_id)
        around = CaseSurroundings(context, subject.tenant, context.new_id(), book)
        turned = self._turned(release, row, around)
        key = self._business_key()
        if existing_keys(context.read, subject.tenant, self.process, (key,)):
            return Changes(turned)
        new = self._new_case(release, around, key)
        started = start_one(release, row.release_id, around, new, self.element, told=self._told())
        return Changes(
            (*turned, *started.writes),
            outcome_jobs(started.outcome),
            subject=started.case_id,
            value=started.case_id,
            finish=missed_messages(subject.tenant, started.outcome.subscriptions),
        )

    def _new_case(self, release: Release, around: CaseSurroundings, key: str) -> NewCase:
        start = release.element(self.element)
        variables = variables_of(start, self.payload)
        usual = f"{release.outline.names['id'] or self.process} {self._said(around)}"
        title = storable_text(title_of(start, variables, around, usual))
        return NewCase(key, subject_of(start, variables, around), title, variables)

    def _told(self) -> tuple[str, int] | None:
        """Return key and number of the message that has happened."""
        if self.key is None or isinstance(self.happened, datetime):
            return None
        return self.key, self.happened

    def _business_key(self) -> str:
        return self.key if self.key is not None else key_of(self.element, self.happened)

    def _said(self, around: CaseSurroundings) -> str:
        """Return what tells a case without a title of its own from the others: the key, or the city's day."""
        if self.key is not None:
            return self.key
        at = self.happened if isinstance(self.happened, datetime) else around.now
        return f"{at.astimezone(around.zone):%d-%m-%Y}"

    def _turned(self, release: Release, row: Row[*tuple[Any, ...]], around: CaseSurroundings) -> tuple[Write, ...]:
        """Return what sets a timer to its next time; two jobs of one instant cannot both do that."""
        if not isinstance(self.happened, datetime):
            return ()
        due, rounds = next_time(release.element(self.element), around, (self.happened, row.rounds))
        of = {"of_tenant": around.tenant, "of_process": self.process, "of_element": self.element}
        times = {"old_due": self.happened, "new_due": due, "new_rounds": rounds}
        return (write(turn_start_timer, expect=1, **of, **times),)
