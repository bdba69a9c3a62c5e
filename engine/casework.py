"""Finds cases, tasks and releases for commands and queries, as frozen values."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from threading import Lock
from typing import Any

from sqlalchemy import Connection

from engine.bpmn.asking import MOST_PRIORITY
from engine.bpmn.release import Release, load_release
from engine.bpmn.state import decode_state, load_state
from engine.bpmn.timers import taken_away_at
from engine.errors import AlreadyDone, CaseDamaged, NotFound, TooLate
from engine.policy.actor import Actor
from engine.records import case as cases
from engine.records.case import CaseStatus
from engine.records.history import journal_of_case
from engine.records.packing import Unreadable
from engine.records.release import content_of_release
from engine.records.wordbook import unpack_stored
from engine.values import value


@value(frozen=True, slots=True)
class CaseSubject:
    """A case as commands see it; `subject` is the employee or unit it is about.

    :param version: of the state; None with it when the case has ended.
    """

    id: int
    tenant: str
    process: str
    business_key: str
    release_id: int
    subject: int
    title: str
    status: CaseStatus
    version: int | None
    state: bytes | None
    digest: str
    wordbook_id: int


@value(frozen=True, slots=True)
class TaskSubject:
    """A waiting task and its case."""

    case: CaseSubject
    token: int
    element: str
    assignee: int | None
    candidate: str | None
    due: date | None
    opened_at: datetime
    priority: int
    follow_up: date | None

    @property
    def tenant(self) -> str:
        """The city of the case."""
        return self.case.tenant


def find_case(read: Connection, tenant: str, case_id: int) -> CaseSubject:
    """Return a case of a city.

    :raise NotFound: there is none with that id in that city.
    """
    row = cases.select_case.find(read, case_id=case_id)
    case = _case_of(row) if row is not None else None
    if case is None or case.tenant != tenant:
        raise NotFound()
    return case


def find_task(read: Connection, actor: Actor, case_id: int, token: int) -> TaskSubject:
    """Return a waiting task of the actor's city.

    :raise AlreadyDone: it was completed or taken away; `params` hold `person` and `at`. Only whoever took part in
        the case, or was asked to do that task, is told.
    :raise NotFound: there never was such a task in that city, or the actor has no part in it.
    """
    row = cases.select_task.find(read, case_id=case_id, token=token)
    if row is None:
        raise _why_gone(read, actor, case_id, token)
    case = _case_of(row[: len(cases.CASE_COLUMNS)])
    if case.tenant != actor.tenant:
        raise NotFound()
    number, element, assignee, candidate, due, opened_at, rank, follow_up = row[len(cases.CASE_COLUMNS) :]
    return TaskSubject(case, number, element, assignee, candidate, due, opened_at, MOST_PRIORITY - rank, follow_up)


def refuse_late(task: TaskSubject, taken_away: datetime | None, now: datetime) -> None:
    """Refuse what comes when a task's time is over: when the sweep gets to its timer must not decide what counts.

    :raise TooLate: the task is taken away by now, even if no job has done it yet.
    """
    if taken_away is not None and taken_away <= now:
        raise TooLate(case_id=task.case.id, token=task.token, person=None, at=taken_away)


def time_of(read: Connection, task: TaskSubject) -> datetime | None:
    """Return when a timer takes a task away; None if no timer does, or the case has ended.

    :raise CaseDamaged: the stored state cannot be read.
    """
    if task.case.state is None:
        return None
    try:
        return taken_away_at(release_of(read, task.case).outline, decode_state(task.case.state)).get(task.token)
    except (Unreadable, KeyError) as error:
        raise CaseDamaged(case_id=task.case.id) from error


def _case_of(row: Sequence[Any]) -> CaseSubject:
    """Return the case of a row of `cases.CASE_COLUMNS`, which stand in the order of its fields."""
    id_, tenant, process, key, release_id, subject, title, status, *of_state_and_release = row
    return CaseSubject(id_, tenant, process, key, release_id, subject, title, CaseStatus(status), *of_state_and_release)


def _why_gone(read: Connection, actor: Actor, case_id: int, token: int) -> NotFound | AlreadyDone:
    """Find in the journal who closed a token, and whether the actor may know."""
    row = cases.select_case.find(read, case_id=case_id)
    if row is None or _case_of(row).tenant != actor.tenant:
        return NotFound()
    steps = [(step, read_entry(read, step.entry)) for step in read.execute(journal_of_case, {"case_id": case_id})]
    may_know = actor.is_system or any(
        (actor.person is not None and step.actor == actor.person) or _was_asked(entry, actor, token)
        for step, entry in steps
    )
    # The last time: a task that was opened anew for somebody else keeps its token.
    for step, entry in reversed(steps):
        if may_know and (entry.get("token") == token or token in entry.get("closed", ())):
            return AlreadyDone(case_id=case_id, token=token, person=step.actor, at=step.at)
    return NotFound()


def _was_asked(entry: Mapping[str, Any], actor: Actor, token: int) -> bool:
    """Say whether a step opened that task for the actor, or handed it to him."""
    for opened, _, assignee, candidate in entry.get("opened", ()):
        if opened == token and (assignee == actor.person or candidate in actor.groups):
            return actor.person is not None
    handed = entry["data"] if entry.get("kind") == "delegate" else {}
    return handed.get("token") == token and actor.person is not None and handed.get("to") == actor.person


def read_entry(read: Connection, content: bytes) -> Mapping[str, Any]:
    """Return an entry of the journal; empty when the bytes are damaged, so that the rest of the history still shows."""
    try:
        entry = unpack_stored(read, content)
    except Unreadable:
        return {}
    return entry if isinstance(entry, dict) else {}


def variables_of(case: CaseSubject) -> Mapping[str, Any]:
    """Return the variables of a running case; of a finished one nothing is left.

    :raise CaseDamaged: the stored state cannot be read.
    """
    try:
        return load_state(case.state).variables if case.state is not None else {}
    except Unreadable as error:
        raise CaseDamaged(case_id=case.id) from error


def release_of(read: Connection, case: CaseSubject) -> Release:
    """Return the release a case is pinned to, from memory when it was used before."""
    return find_release(read, case.release_id, case.digest)


_loaded: OrderedDict[str, Release] = OrderedDict()
_loading = Lock()
_MAX_LOADED = 64


def find_release(read: Connection, release_id: int, digest: str) -> Release:
    """Return a deployed release; its content is read only the first time in a process."""
    found = _loaded.get(digest)
    if found is None:
        found = load_release(digest, read.execute(content_of_release, {"release_id": release_id}).scalar_one())
    with _loading:
        _loaded[digest] = found
        _loaded.move_to_end(digest)
        if len(_loaded) > _MAX_LOADED:
            _loaded.popitem(last=False)  # the one that nobody has used for longest
    return found
