"""What all operations on a case by hand have in common: a reason, and an entry in the journal that names it."""

from collections.abc import Mapping
from typing import Any, Final

from engine.casework import CaseSubject
from engine.command import Context
from engine.errors import OperationRefused
from engine.records.case import touch_state
from engine.records.changes import Write, write
from engine.records.history import insert_journal
from engine.records.packing import pack
from engine.steps import next_version

#: Kinds of journal entries that somebody leaves who mends a case; he has not worked on it, and learns no more by it.
OPERATIONS: Final = frozenset({"retry", "skip", "change", "suspend", "resume", "cancel", "move", "hand_over"})
LONGEST_REASON: Final = 1000  # characters


def given_reason(text: str) -> str:
    """Return the reason of an operation without the room around it.

    :raise OperationRefused: there is none, or it is longer than `LONGEST_REASON`.
    """
    reason = text.strip()
    if not reason:
        raise OperationRefused("no_reason")
    if len(reason) > LONGEST_REASON:
        raise OperationRefused("long_reason", longest=LONGEST_REASON)
    return reason


def touched(case: CaseSubject) -> Write:
    """Return the write by which a step that was computed meanwhile is computed again.

    :raise Conflict: the case has ended.
    """
    version = next_version(case)
    return write(touch_state, expect=1, of_case=case.id, old_version=version - 1, new_version=version)


def noted(context: Context, case: CaseSubject, kind: str, data: Mapping[str, Any], **more: Any) -> Write:
    """Return the entry of an operation that moves nothing.

    :param more: further parts of the entry, such as `closed` with the tokens of the tasks that are gone.
    :raise Conflict: the case has ended.
    """
    entry = {"kind": kind, "data": dict(data), **{name: value for name, value in more.items() if value}}
    return write(
        insert_journal,
        case_id=case.id,
        version=next_version(case),
        at=context.now,
        actor=context.actor.person,
        entry=pack(entry),
    )
