"""Moves a case on by one step and turns the outcome into writes."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from engine.bpmn.run import CaseRun, OpenedIncident, OpenedSubscription, OpenedTask, Outcome
from engine.casework import CaseSubject, TaskSubject, release_of
from engine.command import Changes, Context, Finish, Job
from engine.errors import CaseDamaged, Conflict
from engine.journal import Step, journal_entry
from engine.records import case as cases
from engine.records.case import CaseStatus
from engine.records.changes import Write, write
from engine.records.history import insert_journal
from engine.records.outbox import insert_notice, insert_outbox
from engine.records.packing import Unreadable, pack
from engine.records.wordbook import find_wordbook
from engine.services import Notice
from engine.surroundings import CaseSurroundings


def load_run(context: Context, case: CaseSubject) -> tuple[CaseRun, CaseSurroundings]:
    """Return a case ready to be moved on, and its surroundings.

    :raise Conflict: the case has ended.
    :raise CaseDamaged: the stored state cannot be read, or does not fit its release.
    """
    if case.state is None:
        raise Conflict()
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
        row = {**read, "new_version": next_version(case), "new_content": outcome.state}
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
        yield Write(statement, [{"of_case": around.case_id, "of": token} for token in tokens])
    ids = {"tenant": around.tenant, "case_id": around.case_id}
    yield Write(cases.insert_task, [_task_row(ids, item, around.now) for item in outcome.tasks])
    yield Write(cases.insert_timer, [{**ids, "token": timer.token, "due": timer.due} for timer in outcome.timers])
    yield Write(
        cases.insert_subscription,
        [{**ids, "token": item.token, "message": item.message, "key": item.key} for item in outcome.subscriptions],
    )
    yield Write(cases.insert_incident, [_incident_row(ids, item, around.now) for item in outcome.incidents])
    yield write(
        insert_journal,
        case_id=around.case_id,
        version=version,
        at=around.now,
        actor=around.context.actor.person,
        entry=pack(journal_entry(step, outcome, around), around.wordbook),
    )
    yield from _message_writes(outcome, around)
    yield Write(insert_notice, [_notice_row(item, around) for item in around.notices])
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
    }


def _incident_row(ids: Mapping[str, Any], item: OpenedIncident, now: datetime) -> dict[str, Any]:
    return {
        **ids,
        "token": item.token,
        "element": item.element,
        "code": item.code,
        "text": item.text[:2000],
        "opened_at": now,
    }


def _notice_row(item: Notice, around: CaseSurroundings) -> dict[str, Any]:
    return {
        "id": around.context.new_id(),
        "person": item.person,
        "code": item.code,
        "params": pack(dict(item.params)),
        "case_id": around.case_id,
        "at": around.now,
        "read_at": None,
    }


def _message_writes(outcome: Outcome, around: CaseSurroundings) -> Iterable[Write]:
    for item in outcome.messages:
        yield write(cases.delete_message, of_tenant=around.tenant, of_message=item.message, of_key=item.key)
        yield write(
            cases.insert_message,
            tenant=around.tenant,
            message=item.message,
            key=item.key,
            payload=pack(dict(item.payload)),
            case_id=around.case_id,
            sent_at=around.now,
        )
        yield write(
            insert_outbox,
            id=around.context.new_id(),
            tenant=around.tenant,
            kind="message",
            payload=pack({"message": item.message, "key": item.key}),
            created_at=around.now,
        )


def outcome_jobs(outcome: Outcome) -> tuple[Job, ...]:
    """Return the wake-ups that a step asks for: messages wait in the outbox until they are delivered."""
    return (Job("empty_outbox", unique="empty_outbox"),) if outcome.messages else ()


def missed_messages(tenant: str, opened: Sequence[OpenedSubscription]) -> Finish | None:
    """Look again, inside the transaction, for messages that were sent while the step was computed.

    A boundary event is woken here for a message that is older than its task, too: the latest message under a key
    stays, and whoever comes to wait for it finds it.
    """
    if not opened:
        return None
    awaited = sorted({(item.message, item.key) for item in opened})

    def finish(connection: Connection) -> Iterable[Job]:
        for message, key in awaited:
            params = {"tenant": tenant, "message": message, "key": key}
            if connection.execute(cases.select_message, params).one_or_none() is not None:
                yield Job("deliver_message", params)

    return finish
