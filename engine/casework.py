"""Between commands and the BPMN runner: loads cases and tasks, and turns the outcome of a step into writes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from typing import Any

from sqlalchemy import Connection, Row, select

from engine.bpmn.release import Release, load_release
from engine.bpmn.run import CaseRun, Outcome
from engine.calendar import WorkCalendar
from engine.command import Changes, Context, Job
from engine.errors import AlreadyDone, Conflict, ElementFailed, NotFound
from engine.records import case as cases
from engine.records.case import CaseStatus
from engine.records.changes import Write, write
from engine.records.history import insert_journal, journal
from engine.records.outbox import insert_notice, insert_outbox
from engine.records.packing import pack, unpack
from engine.records.release import content_of_release
from engine.services import Notice, ServiceContext, ServiceFailed, ServiceResult


@dataclass(frozen=True, slots=True)
class CaseSubject:
    """A case as commands see it; `subject` is the employee or unit it is about."""

    id: int
    tenant: str
    process: str
    business_key: str
    release_id: int
    subject: int
    title: str
    status: CaseStatus
    version: int
    state: bytes | None
    digest: str


@dataclass(frozen=True, slots=True)
class TaskSubject:
    """A waiting task and its case."""

    case: CaseSubject
    token: int
    element: str
    assignee: int | None
    candidate: str | None
    due: date | None
    opened_at: datetime

    @property
    def tenant(self) -> str:
        """The city of the case."""
        return self.case.tenant


def find_case(read: Connection, tenant: str, case_id: int) -> CaseSubject:
    """Return a case of a city.

    :raise NotFound: there is none with that id in that city.
    """
    row = read.execute(cases.select_case, {"case_id": case_id}).one_or_none()
    if row is None or row.tenant != tenant:
        raise NotFound()
    return _case_of(row)


def find_task(read: Connection, tenant: str, case_id: int, token: int) -> TaskSubject:
    """Return a waiting task.

    :raise AlreadyDone: somebody completed it; `params` hold `person` and `at`.
    :raise NotFound: there never was such a task in that city.
    """
    row = read.execute(cases.select_task, {"case_id": case_id, "token": token}).one_or_none()
    if row is None or row.tenant != tenant:
        raise _why_gone(read, tenant, case_id, token)
    return TaskSubject(_case_of(row), row.token, row.element, row.assignee, row.candidate, row.due, row.opened_at)


def _case_of(row: Row[Any]) -> CaseSubject:
    return CaseSubject(
        row.id,
        row.tenant,
        row.process,
        row.business_key,
        row.release_id,
        row.subject,
        row.title,
        CaseStatus(row.status),
        row.version,
        row.state,
        row.digest,
    )


def _why_gone(read: Connection, tenant: str, case_id: int, token: int) -> NotFound | AlreadyDone:
    """Find who completed a token; only a person who took part in the case gets to know more than "not found"."""
    row = read.execute(cases.select_case, {"case_id": case_id}).one_or_none()
    if row is None or row.tenant != tenant:
        return NotFound()
    steps = read.execute(select(journal.c.at, journal.c.actor, journal.c.entry).where(journal.c.case_id == case_id))
    for step in steps:
        entry = unpack(step.entry)
        if isinstance(entry, dict) and (entry.get("token") == token or token in entry.get("closed", ())):
            return AlreadyDone(case_id=case_id, token=token, person=step.actor, at=step.at)
    return NotFound()


def release_of(read: Connection, case: CaseSubject) -> Release:
    """Return the release a case is pinned to, from memory when it was used before."""
    return find_release(read, case.release_id, case.digest)


_loaded: dict[str, Release] = {}
_MAX_LOADED = 64


def find_release(read: Connection, release_id: int, digest: str) -> Release:
    """Return a deployed release; its content is read only the first time in a process."""
    found = _loaded.get(digest)
    if found is None:
        content = read.execute(content_of_release, {"release_id": release_id}).scalar_one()
        if len(_loaded) >= _MAX_LOADED:
            _loaded.pop(next(iter(_loaded)))
        found = _loaded[digest] = load_release(digest, content)
    return found


@dataclass
class CaseSurroundings:
    """What a step of one case needs from outside; keeps what its services want written."""

    context: Context
    tenant: str
    case_id: int
    writes: list[Write] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    results: dict[str, Any] = field(default_factory=dict)
    _calendar: WorkCalendar | None = None

    @property
    def now(self) -> datetime:
        """The instant of the command."""
        return self.context.now

    @property
    def zone(self) -> tzinfo:
        """The time zone of the city."""
        return self.context.directory.zone(self.tenant)

    def calendar(self, variables: Mapping[str, Any]) -> WorkCalendar:
        """Return the working days of the case, read once a step."""
        if self._calendar is None:
            self._calendar = self.context.directory.calendar(self.context.read, self.tenant, variables)
        return self._calendar

    def call(self, service: str, inputs: Mapping[str, Any], variables: Mapping[str, Any]) -> Any:
        """Call a service by name; any failure of it becomes `ElementFailed`."""
        directory = self.context.directory
        function = directory.services.get(service)
        if function is None:
            known = ", ".join(sorted(directory.services))
            raise ElementFailed(f"Service '{service}' is not provided by anything (known: {known}).", service=service)
        call = ServiceContext(
            self.tenant,
            self.case_id,
            dict(variables),
            inputs,
            self.context.read,
            self.now,
            self.zone,
            self.context.new_id,
            directory.city(self.tenant),
            self.context.actor.person,
        )
        try:
            result = function(call)
        except ServiceFailed as error:
            raise ElementFailed(f"Service '{service}': {error}", service=service, **error.params) from error
        except Exception as error:
            # A service is code of a process or of a city's plugin: whatever it raises must stop this element only.
            raise ElementFailed(f"Service '{service}' failed: {type(error).__name__}: {error}") from error
        return self._keep(service, result)

    def _keep(self, service: str, result: ServiceResult) -> Any:
        self.writes += result.writes
        self.notices += result.notices
        self.results[service] = result.value
        return result.value

    def published(self, message: str, key: str) -> Mapping[str, Any] | None:
        """Return the payload of a message that was sent before this case came to wait for it."""
        row = self.context.read.execute(
            cases.select_message, {"tenant": self.tenant, "message": message, "key": key}
        ).one_or_none()
        payload = unpack(row.payload) if row is not None else None
        return payload if isinstance(payload, dict) else None


@dataclass(frozen=True, slots=True)
class Step:
    """What a command did to a case, for the journal.

    :param kind: `start`, `complete`, `wake` or `retry`.
    """

    kind: str
    token: int | None = None
    element: str | None = None
    data: Mapping[str, Any] = field(default_factory=dict)


def load_run(context: Context, case: CaseSubject) -> tuple[CaseRun, CaseSurroundings]:
    """Return a case ready to be moved on, and its surroundings.

    :raise Conflict: the case has ended.
    """
    if case.state is None:
        raise Conflict()
    surroundings = CaseSurroundings(context, case.tenant, case.id)
    return CaseRun(release_of(context.read, case), surroundings, case.state), surroundings


def step_changes(case: CaseSubject, outcome: Outcome, around: CaseSurroundings, step: Step) -> Changes:
    """Return the writes of one step of an existing case: state by compare-and-swap, then all that hangs on it."""
    context = around.context
    update = write(
        cases.update_case,
        expect=1,
        case_id=case.id,
        old_version=case.version,
        new_version=case.version + 1,
        new_state=outcome.state,
        new_status=int(CaseStatus.OPEN if outcome.state else CaseStatus.FINISHED),
        new_ended_at=None if outcome.state else context.now,
    )
    return Changes(
        (update, *outcome_writes(case.tenant, case.id, case.version + 1, outcome, around, step)),
        outcome_jobs(outcome),
        subject=case.id,
        value=case.id,
        finish=_missed_messages(case.tenant, outcome),
    )


def outcome_writes(
    tenant: str, case_id: int, version: int, outcome: Outcome, around: CaseSurroundings, step: Step
) -> Iterable[Write]:
    """Yield everything but the case row itself."""
    for statement, tokens in (
        (cases.delete_tasks, outcome.closed.tasks),
        (cases.delete_timers, outcome.closed.timers),
        (cases.delete_subscriptions, outcome.closed.subscriptions),
        (cases.delete_incidents, outcome.closed.incidents),
    ):
        yield Write(statement, [{"of_case": case_id, "of": token} for token in tokens])
    ids = {"tenant": tenant, "case_id": case_id}
    yield Write(cases.insert_task, [_task_row(ids, task, around.now) for task in outcome.tasks])
    yield Write(cases.insert_timer, [{**ids, "token": timer.token, "due": timer.due} for timer in outcome.timers])
    yield Write(
        cases.insert_subscription,
        [{**ids, "token": item.token, "message": item.message, "key": item.key} for item in outcome.subscriptions],
    )
    yield Write(cases.insert_incident, [_incident_row(ids, item, around.now) for item in outcome.incidents])
    yield write(
        insert_journal,
        case_id=case_id,
        version=version,
        at=around.now,
        actor=around.context.actor.person,
        entry=pack(_journal_entry(step, outcome, around)),
    )
    yield from _message_writes(tenant, case_id, outcome, around)
    yield Write(insert_notice, [_notice_row(tenant, case_id, item, around) for item in around.notices])
    yield from around.writes


def _task_row(ids: Mapping[str, Any], task: Any, now: datetime) -> dict[str, Any]:
    return {
        **ids,
        "token": task.token,
        "element": task.element,
        "assignee": task.assignee,
        "candidate": task.candidate,
        "due": task.due,
        "opened_at": now,
    }


def _incident_row(ids: Mapping[str, Any], item: Any, now: datetime) -> dict[str, Any]:
    return {
        **ids,
        "token": item.token,
        "element": item.element,
        "code": item.code,
        "text": item.text[:2000],
        "opened_at": now,
    }


def _notice_row(tenant: str, case_id: int, item: Notice, around: CaseSurroundings) -> dict[str, Any]:
    return {
        "id": around.context.new_id(),
        "tenant": tenant,
        "person": item.person,
        "code": item.code,
        "params": pack(dict(item.params)),
        "case_id": case_id,
        "at": around.now,
        "read_at": None,
    }


def _journal_entry(step: Step, outcome: Outcome, around: CaseSurroundings) -> dict[str, Any]:
    entry = {
        "kind": step.kind,
        "token": step.token,
        "element": step.element,
        "data": dict(step.data),
        "passed": list(outcome.passed),
        "opened": [[task.token, task.element, task.assignee, task.candidate] for task in outcome.tasks],
        "closed": list(outcome.closed.tasks),
        "results": around.results,
        "incidents": [item.element for item in outcome.incidents],
    }
    return {name: value for name, value in entry.items() if value not in (None, [], {})}


def _message_writes(tenant: str, case_id: int, outcome: Outcome, around: CaseSurroundings) -> Iterable[Write]:
    for item in outcome.messages:
        yield write(cases.delete_message, of_tenant=tenant, of_message=item.message, of_key=item.key)
        yield write(
            cases.insert_message,
            tenant=tenant,
            message=item.message,
            key=item.key,
            payload=pack(dict(item.payload)),
            case_id=case_id,
            sent_at=around.now,
        )
        yield write(
            insert_outbox,
            id=around.context.new_id(),
            tenant=tenant,
            kind="message",
            payload=pack({"message": item.message, "key": item.key}),
            created_at=around.now,
        )


def outcome_jobs(outcome: Outcome) -> tuple[Job, ...]:
    """Return the wake-ups that a step asks for: messages wait in the outbox until they are delivered."""
    return (Job("empty_outbox", unique="empty_outbox"),) if outcome.messages else ()


def _missed_messages(tenant: str, outcome: Outcome) -> Any:
    """Look again, inside the transaction, for messages that were sent while the step was computed."""
    if not outcome.subscriptions:
        return None

    def finish(connection: Connection) -> Iterable[Job]:
        for item in outcome.subscriptions:
            params = {"tenant": tenant, "message": item.message, "key": item.key}
            if connection.execute(cases.select_message, params).one_or_none() is not None:
                yield Job("deliver_message", params)

    return finish
