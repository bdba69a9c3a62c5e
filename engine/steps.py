"""Moves a case on by one step and turns the outcome into writes."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from engine.asking import task_writes
from engine.bpmn.asking import MOST_PRIORITY, OpenedTask
from engine.bpmn.outcome import OpenedIncident, OpenedSubscription, OpenedTimer, Outcome, SentMessage
from engine.bpmn.run import CaseRun
from engine.casework import CaseSubject, TaskSubject, release_of
from engine.causes import cause_of
from engine.command import Changes, Context, Finish, Job
from engine.contained import storable_text
from engine.errors import CaseDamaged, CaseSuspended, Conflict
from engine.journal import Step, journal_entry
from engine.moments import pack_moments
from engine.records import case as cases
from engine.records.case import CaseStatus
from engine.records.changes import Write, write
from engine.records.history import insert_journal
from engine.records.outbox import (
    MESSAGE,
    SIGNAL,
    insert_message_deliveries,
    insert_notice,
    insert_outbox,
    insert_signal_deliveries,
)
from engine.records.packing import Unreadable, pack
from engine.records.wordbook import find_wordbook
from engine.surroundings import CaseSurroundings, notice_row


def load_run(
    context: Context, case: CaseSubject, *, may_be_suspended: bool = False
) -> tuple[CaseRun, CaseSurroundings]:
    """Return a case ready to be moved on, and its surroundings; whoever moves a case comes by here.

    :param may_be_suspended: for what changes a case without moving it: its variables, or who is asked.
    :raise Conflict: the case has ended.
    :raise CaseSuspended: somebody has suspended it.
    :raise CaseDamaged: the stored state cannot be read, or does not fit its release.
    """
    if case.state is None:
        raise Conflict()
    if case.status is CaseStatus.SUSPENDED and not may_be_suspended:
        raise CaseSuspended(case_id=case.id)
    release = release_of(context.read, case)
    try:
        surroundings = CaseSurroundings(context, case.tenant, case.id, find_wordbook(context.read, case.wordbook_id))
        return CaseRun(release, surroundings, case.state), surroundings
    except (Unreadable, KeyError) as error:
        raise CaseDamaged(case_id=case.id) from error


def step_changes(
    case: CaseSubject, outcome: Outcome, around: CaseSurroundings, step: Step, done: TaskSubject | None = None
) -> Changes:
    """Return the writes of one step of an existing case: state by compare-and-swap, then all that hangs on it.

    :param done: the task that a person completed; it must still be that person's when the step is written.
    """
    version = next_version(case)
    # A claim or hand-over does not change the version of the case, so the row itself says whose the task is by now.
    own = (
        [write(cases.delete_own_task, expect=1, of_case=case.id, of=done.token, of_assignee=done.assignee)]
        if done
        else []
    )
    return Changes(
        (*_state_writes(case, outcome, around.now), *own, *outcome_writes(version, outcome, around, step, done)),
        outcome_jobs(outcome),
        subject=case.id,
        value=case.id,
        finish=missed_messages(case.tenant, outcome.subscriptions),
    )


def next_version(case: CaseSubject) -> int:
    """Return the number of the step that is being made.

    :raise Conflict: the case has ended.
    """
    if case.version is None:
        raise Conflict()
    return case.version + 1


def _state_writes(case: CaseSubject, outcome: Outcome, now: datetime) -> Iterable[Write]:
    read = {"of_case": case.id, "old_version": case.version}
    if outcome.state is not None:
        row = {**read, "new_version": next_version(case), **cases.new_state(case.id, outcome.state)}
        yield Write(cases.update_state, (row,), expect=1)
        return
    yield Write(cases.delete_state, (read,), expect=1)
    yield write(cases.end_case, of_case=case.id, new_status=int(CaseStatus.FINISHED), new_ended_at=now)


def outcome_writes(
    version: int, outcome: Outcome, around: CaseSurroundings, step: Step, done: TaskSubject | None = None
) -> Iterable[Write]:
    """Yield everything but the case row itself and the task that was done."""
    for statement, tokens in (
        (cases.delete_tasks, [token for token in outcome.closed.tasks if done is None or token != done.token]),
        (cases.delete_timers, outcome.closed.timers),
        (cases.delete_subscriptions, outcome.closed.subscriptions),
        (cases.delete_incidents, outcome.closed.incidents),
    ):
        if tokens:
            yield Write(statement, [{"of_case": around.case_id, "of": token} for token in tokens])
    ids = {"tenant": around.tenant, "case_id": around.case_id}
    if outcome.tasks:
        rows = [_task_row(ids, item, around.now) for item in outcome.tasks]
        yield from task_writes(rows, [item.token for item in outcome.incidents], around)
    if outcome.timers:
        yield Write(cases.insert_timer, [_timer_row(ids, item, around.now) for item in outcome.timers])
    if outcome.subscriptions:
        yield Write(cases.insert_subscription, [_subscription_row(ids, item) for item in outcome.subscriptions])
    if outcome.incidents:
        failed = [_incident_row(ids, item, around.now, version) for item in outcome.incidents]
        yield Write(cases.insert_incident, failed)
    yield from _moment_writes(version, outcome, around)
    yield write(
        insert_journal,
        case_id=around.case_id,
        version=version,
        at=around.now,
        actor=around.context.actor.person,
        entry=pack(journal_entry(step, outcome, around), around.wordbook),
    )
    yield from _message_writes(outcome, around)
    yield Write(insert_notice, [notice_row(item, around) for item in around.notices])
    yield from around.writes


def _task_row(ids: Mapping[str, Any], item: OpenedTask, now: datetime) -> dict[str, Any]:
    return {
        **ids,
        "token": item.token,
        "element": item.element,
        "assignee": item.assignee,
        "candidate": item.candidate,
        "due": item.due,
        "opened_at": now,
        "rank": MOST_PRIORITY - item.priority,
        "follow_up": item.follow_up,
    }


def _timer_row(ids: Mapping[str, Any], item: OpenedTimer, now: datetime) -> dict[str, Any]:
    return {**ids, "token": item.token, "due": item.due, "set_at": now}


def _subscription_row(ids: Mapping[str, Any], item: OpenedSubscription) -> dict[str, Any]:
    return {
        **ids,
        "token": item.token,
        "message": item.message,
        "key": item.key,
        "listener": item.listener,
        "takes_earlier": item.takes_earlier,
        "heard": item.heard,
    }


def _incident_row(ids: Mapping[str, Any], item: OpenedIncident, now: datetime, version: int) -> dict[str, Any]:
    text = storable_text(item.text)[:2000]
    return {
        **ids,
        "token": item.token,
        "element": item.element,
        "code": item.code,
        "text": text,
        "opened_at": now,
        "cause": cause_of(item.code, item.element, text),
        "version": version,
    }


def _moment_writes(version: int, outcome: Outcome, around: CaseSurroundings) -> Iterable[Write]:
    """Yield what keeps the data that failed elements saw, and what forgets those that nothing refers to any more."""
    if outcome.incidents:
        content = pack_moments({item.token: item.seen for item in outcome.incidents}, around.wordbook)
        if content is not None:
            yield write(cases.insert_incident_data, case_id=around.case_id, version=version, content=content)
    if outcome.closed.incidents:
        yield write(cases.delete_incident_data, of_case=around.case_id)


def _message_writes(outcome: Outcome, around: CaseSurroundings) -> Iterable[Write]:
    for item in outcome.messages:
        identifier = around.context.new_id()
        if item.key is not None:
            yield _kept_message(item, item.key, identifier, around)
        yield write(
            insert_outbox,
            id=identifier,
            tenant=around.tenant,
            kind=SIGNAL if item.is_signal else MESSAGE,
            payload=pack({"message": item.message, "key": item.key, "payload": dict(item.payload)}),
            created_at=around.now,
        )
        to: dict[str, Any] = {"of_outbox": identifier, "of_tenant": around.tenant, "of_message": item.message}
        if item.key is None:
            yield write(insert_signal_deliveries, **to, of_sender=around.case_id)
        else:
            yield write(insert_message_deliveries, **to, of_key=item.key)


def _kept_message(item: SentMessage, key: str, number: int, around: CaseSurroundings) -> Write:
    """Return what makes a message the latest under its key, which whoever comes to wait for it later finds."""
    return write(
        cases.keep_message,
        tenant=around.tenant,
        message=item.message,
        key=key,
        payload=pack(dict(item.payload)),
        case_id=around.case_id,
        sent_at=around.now,
        number=number,
    )


def outcome_jobs(outcome: Outcome) -> tuple[Job, ...]:
    """Return the wake-ups that a step asks for: messages wait in the outbox until they are delivered."""
    return (Job("empty_outbox", unique="empty_outbox"),) if outcome.messages else ()


def missed_messages(tenant: str, opened: Sequence[OpenedSubscription]) -> Finish | None:
    """Look again, inside the transaction, for messages that were sent while the step was computed.

    Events at an edge are left out: what was sent before they came is none of their business.
    """
    awaited: dict[tuple[str, str], set[int | None]] = {}
    for item in opened:
        if item.takes_earlier:
            awaited.setdefault((item.message, item.key or ""), set()).add(item.heard)
    if not awaited:
        return None

    def finish(connection: Connection) -> Iterable[Job]:
        for (message, key), heard in sorted(awaited.items()):
            params = {"tenant": tenant, "message": message, "key": key}
            row = connection.execute(cases.select_message, params).one_or_none()
            if row is not None and heard != {row.number}:
                yield Job("deliver_message", params)

    return finish
