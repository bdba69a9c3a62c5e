"""Does a case again from its journal, calling nothing outside, and compares what comes out with what is stored."""

from collections import deque
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Any

from sqlalchemy import Connection

from engine.bpmn.asking import MOST_PRIORITY
from engine.bpmn.hearing import Earlier
from engine.bpmn.notes import SINCE, TOLD
from engine.bpmn.recounting import with_deadlines
from engine.bpmn.release import Release
from engine.bpmn.run import CaseRun
from engine.bpmn.state import Token, decode_state
from engine.calendar import WorkCalendar
from engine.errors import Conflict, ElementFailed, EngineError, ErrorThrown, Invalid
from engine.moving.replaying import Moves
from engine.moving.runs import MOVES
from engine.queries.verification.dossier import Again, Call, Dossier, Entry, Said
from engine.queries.verification.findings import Finding
from engine.queries.verification.waits import check_waits, note_waits
from engine.records.packing import Unreadable
from engine.surroundings import FAILED, THROWN

#: Steps that leave the state as it is.
WITHOUT_STATE = frozenset({"delegate", "suspend", "resume"})

#: Notes that tokens have since a later release; what an earlier one stored does without.
LATER_NOTES = frozenset({SINCE, TOLD})

Days = Callable[[Mapping[str, Any]], WorkCalendar]


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """The working days of a city as they are now.

    :param of_case: those that hold for a case with these variables.
    :param changed_at: when the lists were changed last; None if they never were.
    :param is_known: somebody can say when that was.
    """

    of_case: Days
    changed_at: datetime | None = None
    is_known: bool = False

    def may_differ(self, at: datetime) -> bool:
        """Say whether other days may have held at an instant."""
        return not self.is_known or (self.changed_at is not None and self.changed_at >= at)


class _NotRecorded(Exception):
    """The journal does not say what would be needed to do a step again."""


@dataclass
class _Recorded:
    """What a step needed from outside, as its entry in the journal says."""

    now: datetime
    zone: tzinfo
    days: Days
    results: deque[Any]
    entry: Entry
    calls: list[Call]
    asked_days: bool = field(default=False)

    @property
    def absent(self) -> Collection[int]:
        return self.entry.absent

    def calendar(self, variables: Mapping[str, Any]) -> WorkCalendar:
        self.asked_days = True
        return self.days(variables)

    def call(self, service: str, inputs: Mapping[str, Any], variables: Mapping[str, Any]) -> Any:
        if not self.results or self.results[0][0] != service:
            raise ElementFailed(f"Service '{service}' failed then.")
        _, value, *how = self.results.popleft()
        if how == [THROWN]:
            raise ErrorThrown(value[0], **value[1])
        if how == [FAILED]:
            raise ElementFailed(f"Service '{service}' failed then.")
        self.calls.append(Call(self.entry, service, dict(variables), value))
        return value

    def published(self, message: str, key: str, heard: Collection[int] | None) -> Earlier | None:
        if not self.results or self.results[0][0] != f"message:{message}":
            return None
        _, payload, *told = self.results[0]
        number, of_key = told or (None, key)
        is_other = bool(told) and ((number is None) != (heard is None) or number in (heard or ()))
        if of_key != key or is_other:  # it was for somebody else
            return None
        self.results.popleft()
        return Earlier(payload, number)


def check_replay(
    case: Dossier, release: Release, zone: tzinfo, days: WorkingDays, moves: Moves | None = None
) -> Iterator[Finding]:
    """Yield how the case differs when it is done again; nothing if it comes out the same, byte for byte.

    :param days: the working days that hold now. The journal does not keep those that held then: where they may have
        changed since, a case that asks for them may differ, which is said and is no error.
    :param moves: those of the case from release to release; None if there are none.
    """
    release = moves.first if moves is not None else release
    again = case.again
    asked = False
    state: bytes | None = None
    for entry in case.journal:
        around = _Recorded(entry.at, zone, days.of_case, deque(entry.results), entry, again.calls)
        try:
            if moves is not None and entry.kind in MOVES:
                state, release = moves.again(entry.kind, entry.data, state, around)
                again.tasks.clear()  # whose rows go on is not in the journal
                again.waits.clear()
            else:
                state = _step(entry, release, around, state, again)
        except _NotRecorded as error:
            yield Finding("not_replayed", case.id, {"why": str(error)})
            return
        except (Conflict, Invalid, Unreadable, EngineError, KeyError, ValueError, TypeError) as error:
            params = {"what": f"{entry.version}: {type(error).__name__}"}
            yield Finding("not_replayed" if asked else "replay_differs", case.id, _why(params, asked=asked))
            return
        asked |= around.asked_days and days.may_differ(entry.at)
    what = _what_differs(state, case.state) if state != case.state else ""
    if what:
        yield _difference(case, what, asked=asked)
        return
    again.is_same = True
    yield from check_waits(case, again)
    if not asked:
        yield from _check_tasks(case, again)


def _check_tasks(case: Dossier, again: Again) -> Iterator[Finding]:
    """Yield the days and ranks of open tasks that are not what the diagram asks for."""
    for row in case.rows.get("open_task", ()):
        for column, value in again.tasks.get(row.token, {}).items():
            if getattr(row, column) != value:
                yield Finding("row_differs", case.id, {"table": "open_task", "column": column, "token": row.token})


def _why(params: dict[str, Any], *, asked: bool) -> dict[str, Any]:
    return {"why": f"kalender kerja / working days ({params['what']})"} if asked else params


def moves_of(case: Dossier, read: Connection) -> Moves | None:
    """Return the moves of a case from release to release; None if it has stayed on one.

    :raise MovedByOtherRules: they cannot be done again.
    """
    entries = [(entry.kind, entry.data) for entry in case.journal if entry.kind in MOVES]
    return Moves(read, case.tenant, entries) if entries else None


def _step(entry: Entry, release: Release, around: _Recorded, state: bytes | None, again: Again) -> bytes | None:
    """Return the state after one step, and note what else comes out."""
    data = entry.data
    if entry.kind == "start":
        begins = entry.content.get("element") if entry.content else None
        kept = entry.content.get("kept") if entry.content else None
        return _note(CaseRun(release, around, None, data.get("variables", {}), begins, told=kept), entry, again)
    if entry.opened and entry.kind == "delegate" and entry.renewed is None:
        raise _NotRecorded(f"langkah / step {entry.version} ({entry.kind})")  # by a release that did not note variables
    if entry.kind in WITHOUT_STATE and entry.renewed is None and not data.get("settled"):
        return state
    if entry.kind == "cancel":
        return None
    if entry.kind == "recount" and state is not None:
        for token, _element, _before, due in data["tasks"]:
            if token in again.tasks:
                again.tasks[token] = {"due": due, "rank": again.tasks[token]["rank"]}
        return with_deadlines(state, data["variables"], {timer[0]: timer[3] for timer in data["timers"]})
    run = CaseRun(release, around, state)
    _do_again(run, entry, data)
    return _note(run, entry, again)


def _note(run: CaseRun, entry: Entry, again: Again) -> bytes | None:
    outcome = run.outcome()
    for token in outcome.closed.tasks:
        again.tasks.pop(token, None)
    for task in outcome.tasks:
        again.tasks[task.token] = {
            "due": task.due,
            "follow_up": task.follow_up,
            "rank": MOST_PRIORITY - task.priority,
            "opened_at": entry.at,
        }
    note_waits(outcome, entry, again)
    for sent in outcome.messages:
        again.said.append(Said(entry.at, sent.message, sent.key, sent.payload))
        if sent.key is not None:
            again.sent[sent.message, sent.key] = entry.at, sent.payload
    return outcome.state


def _do_again(run: CaseRun, entry: Entry, data: Mapping[str, Any]) -> None:
    """Do to a case what an entry says.

    :raise _NotRecorded: it does not say enough.
    """
    token = entry.token or 0
    if entry.renewed is not None:
        run.renew(*entry.renewed)
    elif entry.kind == "complete":
        run.complete(token, data)
    elif data.get("settled"):
        run.settle(data["token"])
    elif entry.kind == "wake":
        run.wake(token, data or None, entry.content.get("kept") if entry.content else None)
    elif entry.kind == "retry":
        run.retry(token)
    elif entry.kind == "skip":
        run.skip(token, data.get("result"))
    elif entry.kind == "move":
        run.move(token, data["to"])
    elif entry.kind == "change":
        run.change(entry.token, data["new"], goes_on=not data.get("held"))
    else:
        raise _NotRecorded(f"langkah / step {entry.version} ({entry.kind})")


def _difference(case: Dossier, what: str, *, asked: bool) -> Finding:
    if asked:
        return Finding("not_replayed", case.id, {"why": f"kalender kerja / working days ({what})"})
    return Finding("replay_differs", case.id, {"what": what})


def _what_differs(again: bytes | None, stored: bytes | None) -> str:
    """Return in a word where two states part, without any value of either; nothing if only their codecs do."""
    if again is None or stored is None:
        return "end"
    one, other = decode_state(again), decode_state(stored)
    _forget_later_notes(one.tokens, {token.number: token for token in other.tokens})
    if one.tokens != other.tokens:
        return "tokens"
    return "variables" if one != other else ""


def _forget_later_notes(tokens: Collection[Token], stored: Mapping[int, Token]) -> None:
    """Take from tokens the notes that the release which stored them did not make yet."""
    for token in tokens:
        kept = stored[token.number].notes if token.number in stored else {}
        for name in LATER_NOTES - kept.keys():
            token.notes.pop(name, None)
