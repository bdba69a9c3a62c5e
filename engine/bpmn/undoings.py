"""What a case has done and may have to undo, under the names of another release.

As `engine.bpmn.compensation` keeps it: records [activity, what was done inside it, ...], or names of handlers.
"""

from typing import Any, Final

from engine.bpmn.counterparts import Counterparts
from engine.bpmn.model import Element, Outline, Trigger
from engine.bpmn.notes import DONE, PLAN, ROUNDS
from engine.bpmn.placed import Placed
from engine.bpmn.state import Scope, Token

_KEPT: Final = (PLAN, DONE)
_UNDO: Final = "undo"  # of the rounds that are over, among the notes of those that run


def check_undoings_of(case: Placed, token: Token) -> None:
    """Say what a token still has to undo, or would have to, and cannot in the new release."""
    for name in _KEPT:
        check_undoings(case, token.notes.get(name))
    check_undoings(case, token.notes.get(ROUNDS, {}).get(_UNDO))


def check_undoings(case: Placed, records: Any) -> None:
    """Say which of some records have no counterpart in the new release that is undone in the same way."""
    for record in records or ():
        name = _name_in(case.plan.pair, record)
        if name is None:  # records side by side, or variables
            check_undoings(case, record if isinstance(record, list) else ())
            continue
        old, new = case.old.elements[name], case.plan.pair.target(name)
        is_alike = new is not None and old.kind is new.kind and _undone(case.old, old) == _undone(case.new, new)
        if new is None or not is_alike:
            case.refuse("migration.undoing", name)
            continue
        if new.id != name:
            case.say("migration.moved", name, new.id)
        if isinstance(record, list):
            check_undoings(case, record[1])


def check_places(case: Placed, scope: Scope, container: str) -> None:
    """Say what was done in a scope and is drawn in another one by the new release: it could not be undone from here."""
    if scope.is_round or case.is_undone(scope):
        return
    for record in scope.done:
        new = case.plan.pair.target(record[0])
        if new is not None and new.container != container:
            case.refuse("migration.undoing", record[0])


def _undone(outline: Outline, element: Element) -> tuple[bool, bool]:
    """Return by what an activity can be undone: its handler, an event sub-process inside it."""
    events = outline.boundaries.get(element.id, ())
    starts = (start for _, start in outline.event_sub_processes(outline.content(element)))
    return (
        any(event.trigger is Trigger.COMPENSATION for event in events),
        any(start.trigger is Trigger.COMPENSATION for start in starts),
    )


def carry_undoings_of(pair: Counterparts, notes: dict[str, Any]) -> None:
    """Rename what a token still has to undo, or would have to."""
    for name in _KEPT:
        if name in notes:
            notes[name] = carry_undoings(pair, notes[name])
    if _UNDO in notes.get(ROUNDS, {}):
        notes[ROUNDS] = {**notes[ROUNDS], _UNDO: carry_undoings(pair, notes[ROUNDS][_UNDO])}


def carry_undoings(pair: Counterparts, records: list[Any]) -> list[Any]:
    """Return records under their new names; what is none, such as variables, as it is."""
    return [_carried(pair, record) for record in records]


def _carried(pair: Counterparts, record: Any) -> Any:
    name = _name_in(pair, record)
    if name is None:
        return carry_undoings(pair, record) if isinstance(record, list) else record
    found = pair.target(name)
    new = found.id if found is not None else name
    return new if isinstance(record, str) else [new, carry_undoings(pair, record[1]), *record[2:]]


def _name_in(pair: Counterparts, record: Any) -> str | None:
    """Return the activity that a record is about; None for what is no record."""
    name = record[0] if isinstance(record, list) and record else record
    return name if isinstance(name, str) and name in pair.old.outline.elements else None
