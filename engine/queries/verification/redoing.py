"""Does a case again from its journal, step by step, calling nothing outside."""

from collections import deque
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Any, Final

from sqlalchemy import Connection

from engine.bpmn.asking import MOST_PRIORITY
from engine.bpmn.hearing import Earlier
from engine.bpmn.recounting import with_deadlines
from engine.bpmn.release import Release
from engine.bpmn.run import CaseRun
from engine.calendar import WorkCalendar
from engine.errors import Conflict, ElementFailed, EngineError, ErrorThrown, Invalid
from engine.moving.replaying import Moves
from engine.moving.runs import MOVES
from engine.queries.verification.decided import note_decided
from engine.queries.verification.dossier import Again, Call, Entry, Said
from engine.queries.verification.waits import note_waits
from engine.records.packing import Unreadable
from engine.surroundings import FAILED, THROWN

#: Steps that leave the state as it is.
WITHOUT_STATE: Final = frozenset({"delegate", "hand_over", "suspend", "resume"})

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


class NotRecorded(Exception):
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


#: What a step raises that cannot be done again as its entry tells it.
DIFFERS: Final = (Conflict, Invalid, Unreadable, EngineError, KeyError, ValueError, TypeError)


class Replay:
    """A case that is done again, step by step.

    :ivar state: behind the last step that was done; None before the first, and when the case has ended.
    """

    def __init__(
        self, release: Release, zone: tzinfo, days: WorkingDays, again: Again, moves: Moves | None = None
    ) -> None:
        """Begin in front of the first step.

        :param release: the one that the case is pinned to now.
        :param again: takes what comes out beside the state.
        :param moves: those of the case from release to release; None if there are none.
        """
        self.state: bytes | None = None
        self._release = moves.first if moves is not None else release
        self._zone, self._days, self._again, self._moves = zone, days, again, moves

    def do(self, entry: Entry) -> None:
        """Do the next step.

        :raise NotRecorded: its entry does not say enough.
        :raise Exception: one of `DIFFERS`: it cannot have been like that.
        """
        around = _Recorded(entry.at, self._zone, self._days.of_case, deque(entry.results), entry, self._again.calls)
        if self._moves is not None and entry.kind in MOVES:
            self.state, self._release = self._moves.again(entry.kind, entry.data, self.state, around)
            self._again.tasks.clear()  # whose rows go on is not in the journal
            self._again.waits.clear()
        else:
            self.state = _step(entry, self._release, around, self.state, self._again)
        self._again.asked |= around.asked_days and self._days.may_differ(entry.at)


def moves_in(journal: Sequence[Entry], tenant: str, read: Connection) -> Moves | None:
    """Return the moves of a case from release to release, as its journal has them; None if it has stayed on one.

    :raise MovedByOtherRules: they cannot be done again.
    """
    entries = [(entry.kind, entry.data) for entry in journal if entry.kind in MOVES]
    return Moves(read, tenant, entries) if entries else None


def _step(entry: Entry, release: Release, around: _Recorded, state: bytes | None, again: Again) -> bytes | None:
    """Return the state after one step, and note what else comes out."""
    data = entry.data
    if entry.kind == "start":
        begins = entry.content.get("element") if entry.content else None
        kept = entry.content.get("kept") if entry.content else None
        return _note(
            CaseRun(release, around, None, data.get("variables", {}), begins, told=kept), entry, release, again
        )
    if entry.opened and entry.kind == "delegate" and entry.renewed is None:
        raise NotRecorded(f"langkah / step {entry.version} ({entry.kind})")  # by a release that did not note variables
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
    return _note(run, entry, release, again)


def _note(run: CaseRun, entry: Entry, release: Release, again: Again) -> bytes | None:
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
    note_decided(outcome, entry, release, again)
    for sent in outcome.messages:
        again.said.append(Said(entry.at, sent.message, sent.key, sent.payload))
        if sent.key is not None:
            again.sent[sent.message, sent.key] = entry.at, sent.payload
    return outcome.state


def _do_again(run: CaseRun, entry: Entry, data: Mapping[str, Any]) -> None:
    """Do to a case what an entry says.

    :raise NotRecorded: it does not say enough.
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
        raise NotRecorded(f"langkah / step {entry.version} ({entry.kind})")
