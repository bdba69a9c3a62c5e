"""Compares what comes out of a case that is done again from its journal with what is stored."""

from collections.abc import Collection, Iterator, Mapping
from datetime import tzinfo
from typing import Any

from engine.bpmn.notes import SINCE, TOLD
from engine.bpmn.release import Release
from engine.bpmn.state import Token, decode_state
from engine.moving.replaying import Moves
from engine.queries.verification.decided import check_decided
from engine.queries.verification.dossier import Again, Dossier
from engine.queries.verification.findings import Finding
from engine.queries.verification.redoing import DIFFERS, NotRecorded, Replay, WorkingDays
from engine.queries.verification.waits import check_waits

#: Notes that tokens have since a later release; what an earlier one stored does without.
LATER_NOTES = frozenset({SINCE, TOLD})


def check_replay(
    case: Dossier, release: Release, zone: tzinfo, days: WorkingDays, moves: Moves | None = None
) -> Iterator[Finding]:
    """Yield how the case differs when it is done again; nothing if it comes out the same, byte for byte.

    :param days: the working days that hold now. The journal does not keep those that held then: where they may have
        changed since, a case that asks for them may differ, which is said and is no error.
    :param moves: those of the case from release to release; None if there are none.
    """
    again = case.again
    replay = Replay(release, zone, days, again, moves)
    for entry in case.journal:
        try:
            replay.do(entry)
        except NotRecorded as error:
            yield Finding("not_replayed", case.id, {"why": str(error)})
            return
        except DIFFERS as error:
            params = {"what": f"{entry.version}: {type(error).__name__}"}
            code = "not_replayed" if again.asked else "replay_differs"
            yield Finding(code, case.id, _why(params, asked=again.asked))
            return
    what = _what_differs(replay.state, case.state) if replay.state != case.state else ""
    if what:
        yield _difference(case, what, asked=again.asked)
        return
    again.is_same = True
    yield from check_waits(case, again)
    for finding in check_decided(case, again):
        yield _difference(case, "decisions", asked=True) if again.asked else finding
    if not again.asked:
        yield from _check_tasks(case, again)


def _check_tasks(case: Dossier, again: Again) -> Iterator[Finding]:
    """Yield the days and ranks of open tasks that are not what the diagram asks for."""
    for row in case.rows.get("open_task", ()):
        for column, value in again.tasks.get(row.token, {}).items():
            if getattr(row, column) != value:
                yield Finding("row_differs", case.id, {"table": "open_task", "column": column, "token": row.token})


def _why(params: dict[str, Any], *, asked: bool) -> dict[str, Any]:
    return {"why": f"kalender kerja / working days ({params['what']})"} if asked else params


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
