"""Does a case again from its journal, calling nothing outside, and compares what comes out with what is stored."""

from collections import deque
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Any

from engine.bpmn.notes import SINCE, TOLD
from engine.bpmn.recounting import with_deadlines
from engine.bpmn.release import Release
from engine.bpmn.run import CaseRun
from engine.bpmn.state import Token, decode_state
from engine.calendar import WorkCalendar
from engine.errors import Conflict, ElementFailed, EngineError, ErrorThrown, Invalid
from engine.moving.runs import MOVES
from engine.queries.verification.dossier import Dossier, Entry
from engine.queries.verification.findings import Finding
from engine.records.packing import Unreadable
from engine.surroundings import FAILED, THROWN

#: Steps that leave the state as it is.
WITHOUT_STATE = frozenset({"delegate", "suspend", "resume"})

#: Notes that tokens have since a later release; what an earlier one stored does without.
LATER_NOTES = frozenset({SINCE, TOLD})

Days = Callable[[Mapping[str, Any]], WorkCalendar]


class _NotRecorded(Exception):
    """The journal does not say what would be needed to do a step again."""


@dataclass
class _Recorded:
    """What a step needed from outside, as its entry in the journal says."""

    now: datetime
    zone: tzinfo
    days: Days
    results: deque[Any]
    asked_days: bool = field(default=False)

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
        return value

    def published(self, message: str, key: str) -> Mapping[str, Any] | None:
        if not self.results or self.results[0][0] != f"message:{message}":
            return None
        payload: Mapping[str, Any] = self.results.popleft()[1]
        return payload


def check_replay(case: Dossier, release: Release, zone: tzinfo, days: Days) -> Iterator[Finding]:
    """Yield how the case differs when it is done again; nothing if it comes out the same, byte for byte.

    :param days: the working days that hold for a case with these variables. The journal does not keep them: with a
        changed list of holidays a case that asks for them may differ, which is said and is no error.
    """
    if any(entry.kind in MOVES for entry in case.journal):
        yield Finding("not_replayed", case.id, {"why": "kasus pindah rilis / the case was moved to another release"})
        return
    asked = False
    state: bytes | None = None
    for entry in case.journal:
        around = _Recorded(entry.at, zone, days, deque(entry.results))
        try:
            state = _step(entry, release, around, state)
        except _NotRecorded as error:
            yield Finding("not_replayed", case.id, {"why": str(error)})
            return
        except (Conflict, Invalid, Unreadable, EngineError, KeyError, ValueError, TypeError) as error:
            params = {"what": f"{entry.version}: {type(error).__name__}"}
            yield Finding("not_replayed" if asked else "replay_differs", case.id, _why(params, asked=asked))
            return
        asked |= around.asked_days
    if state != case.state and (what := _what_differs(state, case.state)):
        yield _difference(case, what, asked=asked)


def _why(params: dict[str, Any], *, asked: bool) -> dict[str, Any]:
    return {"why": f"kalender kerja / working days ({params['what']})"} if asked else params


def _step(entry: Entry, release: Release, around: _Recorded, state: bytes | None) -> bytes | None:
    """Return the state after one step."""
    data = entry.content.get("data", {}) if entry.content else {}
    if entry.kind == "start":
        begins = entry.content.get("element") if entry.content else None
        return CaseRun(release, around, None, data.get("variables", {}), begins).outcome().state
    if entry.opened and entry.kind == "delegate" and entry.renewed is None:
        raise _NotRecorded(f"langkah / step {entry.version} ({entry.kind})")  # by a release that did not note variables
    if entry.kind in WITHOUT_STATE and entry.renewed is None:
        return state
    if entry.kind == "cancel":
        return None
    if entry.kind == "recount" and state is not None:
        return with_deadlines(state, data["variables"], {timer[0]: timer[3] for timer in data["timers"]})
    run = CaseRun(release, around, state)
    _do_again(run, entry, data)
    return run.outcome().state


def _do_again(run: CaseRun, entry: Entry, data: Mapping[str, Any]) -> None:
    """Do to a case what an entry says.

    :raise _NotRecorded: it does not say enough.
    """
    token = entry.token or 0
    if entry.renewed is not None:
        run.renew(*entry.renewed)
    elif entry.kind == "complete":
        run.complete(token, data)
    elif entry.kind == "wake":
        run.wake(token, data or None)
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
