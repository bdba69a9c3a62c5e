"""Registers what begins cases of a release: its start events that wait for a message, a signal or a time."""

from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import Row

from engine.bpmn.beginnings import beginnings_of, no_time
from engine.bpmn.differences import timing
from engine.bpmn.first_steps import first_time
from engine.bpmn.model import Element, Trigger
from engine.bpmn.release import Release
from engine.casework import find_release
from engine.errors import DiagramRefused, ElementFailed, Problem
from engine.records.changes import Write, write
from engine.records.release import delete_start_events, insert_start_event, select_start_events
from engine.surroundings import CaseSurroundings

NO_CASE: Final = 0
"""Stands for the case where none exists yet."""


def start_event_writes(
    release: Release, release_id: int, around: CaseSurroundings, latest: Row[*tuple[Any, ...]] | None
) -> Iterator[Write]:
    """Yield what puts the start events of a release in the place of those of the release before.

    An event that was there before keeps what it has begun: it goes on waiting since then, and a time cycle that is
    written as it was keeps its rhythm and its count. A date that has passed begins nothing.

    :param latest: the newest release so far, with its id and digest.
    :raise DiagramRefused: a timer gives no time.
    """
    params = {"tenant": around.tenant, "process": release.process}
    before = {row.element: row for row in around.context.read.execute(select_start_events, params)}
    old = find_release(around.context.read, latest.id, latest.digest) if latest is not None and before else None
    problems: list[Problem] = []
    rows = []
    for start in beginnings_of(release.outline):
        known = before.get(start.id)
        is_same = old is not None and known is not None and _is_same(old.element(start.id), start)
        try:
            rows.append(_row(start, release_id, around, params, known if is_same else None))
        except ElementFailed as error:
            problems.append(no_time(start, str(error)))
    if problems:
        raise DiagramRefused(tuple(problems))
    yield write(delete_start_events, of_tenant=around.tenant, of_process=release.process)
    yield Write(insert_start_event, rows)


def _is_same(old: Element, start: Element) -> bool:
    """Say whether an event waits for what it has waited for before."""
    return (old.trigger, timing(old), _name(old)) == (start.trigger, timing(start), _name(start))


def _name(start: Element) -> str | None:
    return start.event.name if start.event else None


def _row(
    start: Element,
    release_id: int,
    around: CaseSurroundings,
    of: dict[str, Any],
    known: Row[*tuple[Any, ...]] | None,
) -> dict[str, Any]:
    row = {
        **of,
        "element": start.id,
        "release_id": release_id,
        "message": _name(start),
        "is_signal": start.trigger is Trigger.SIGNAL,
        "since": known.since if known is not None else around.now,
        "due": None,
        "rounds": None,
    }
    if start.timer is None:
        return row
    if known is not None and start.timer.kind == "timeCycle":
        return {**row, "due": known.due, "rounds": known.rounds}
    due, rounds = first_time(start, around) or (None, None)
    return {**row, "due": due, "rounds": rounds}
