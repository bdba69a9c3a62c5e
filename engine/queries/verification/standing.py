"""Proves that the tables of what waits show exactly where a case stands."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from engine.bpmn.hearing import takes_earlier
from engine.bpmn.model import Trigger
from engine.bpmn.notes import DUE, KEY, SINCE
from engine.bpmn.release import Release
from engine.bpmn.state import CaseState, Token, decode_state
from engine.bpmn.waiting import waiting_tokens
from engine.queries.verification.dossier import Dossier
from engine.queries.verification.findings import Finding
from engine.records.case import RUNNING, WHOLE_CASE, CaseStatus, state_digest
from engine.records.packing import Unreadable

#: Tables of what waits, by the field of `Waiting` that names the same tokens.
TABLES = {"open_task": "tasks", "timer": "timers", "subscription": "subscriptions", "incident": "incidents"}


def check_standing(case: Dossier, release: Release | None) -> Iterator[Finding]:
    """Yield what is wrong with the state of a case and with the rows of what waits in it.

    :param release: None if it cannot be loaded.
    """
    is_running = case.status in RUNNING
    if is_running and case.state is None:
        yield Finding("state_missing", case.id)
        return
    if not is_running and case.state is not None:
        yield Finding("state_left", case.id)
    if case.state is not None and case.journal and case.version != case.journal[-1].version:
        params = {"state": case.version, "journal": case.journal[-1].version}
        yield Finding("state_version", case.id, params)
    yield from _check_course(case)
    try:
        state = decode_state(case.state) if case.state is not None else None
    except Unreadable:
        yield Finding("state_unreadable", case.id)
        return
    if case.state is not None and case.state_digest not in (None, state_digest(case.id, case.state)):
        yield Finding("state_forged", case.id)
    yield from _check_rows(case, state)
    yield from _check_tenants(case)
    if state is not None and release is not None:
        yield from _check_elements(case, state, release)
        yield from _check_listeners(case, state, release)


def _check_course(case: Dossier) -> Iterator[Finding]:
    """Yield where the row of the case says otherwise than its journal where it stands, and since when."""
    if not case.is_whole or not case.journal:
        return
    last = case.journal[-1]
    held = next((entry.kind for entry in reversed(case.journal) if entry.kind in ("suspend", "resume")), "")
    is_suspended, is_cancelled = held == "suspend", last.kind == "cancel"
    if case.status in RUNNING:
        is_told = (case.status is CaseStatus.SUSPENDED) == is_suspended and not is_cancelled
    else:
        is_told = (case.status is CaseStatus.CANCELLED) == is_cancelled
    if not is_told:
        yield Finding("case_differs", case.id, {"column": "status"})
    if case.started_at != case.journal[0].at:
        yield Finding("case_differs", case.id, {"column": "started_at"})
    if case.ended_at != (None if case.status in RUNNING else last.at):
        yield Finding("case_differs", case.id, {"column": "ended_at"})


def _check_tenants(case: Dossier) -> Iterator[Finding]:
    for table in TABLES:
        for row in case.rows.get(table, ()):
            if row.tenant != case.tenant:
                yield Finding("row_differs", case.id, {"table": table, "column": "tenant", "token": row.token})


def _check_listeners(case: Dossier, state: CaseState, release: Release) -> Iterator[Finding]:
    tokens = {token.number: token for token in state.tokens}
    for row in case.rows.get("subscription", ()):
        token = tokens.get(row.token)
        element = release.outline.elements.get(token.element) if token is not None else None
        if token is None or element is None or element.event is None or KEY not in token.notes:
            continue  # said above
        expected = {
            "message": element.event.name or "",
            "key": None if element.trigger is Trigger.SIGNAL else token.notes[KEY],
            "listener": token.notes.get(SINCE, token.number),
            "takes_earlier": takes_earlier(element),
        }
        for column, value in expected.items():
            if getattr(row, column) != value:
                yield Finding("row_differs", case.id, {"table": "subscription", "column": column, "token": row.token})


def _check_elements(case: Dossier, state: CaseState, release: Release) -> Iterator[Finding]:
    known = release.outline.elements
    for name in sorted({token.element for token in state.tokens} - known.keys()):
        yield Finding("state_foreign", case.id, {"element": name})


def _check_rows(case: Dossier, state: CaseState | None) -> Iterator[Finding]:
    tokens = {token.number: token for token in state.tokens} if state is not None else {}
    waiting = waiting_tokens(tokens.values())
    for table, field in TABLES.items():
        yield from _compare(case, table, getattr(waiting, field), tokens)


def _compare(case: Dossier, table: str, expected: Collection[int], tokens: Mapping[int, Token]) -> Iterator[Finding]:
    rows = {row.token: row for row in case.rows.get(table, ())}
    for number in sorted(set(expected) - rows.keys()):
        yield Finding("row_missing", case.id, {"table": table, "token": number, "element": tokens[number].element})
    # What is wrong with a case as a whole stands at no token.
    for number in sorted(rows.keys() - set(expected) - {WHOLE_CASE}):
        yield Finding("row_extra", case.id, {"table": table, "token": number})
    for number in sorted(rows.keys() & set(expected)):
        yield from _compare_row(case, table, rows[number], tokens[number])


def _compare_row(case: Dossier, table: str, row: Any, token: Token) -> Iterator[Finding]:
    column, is_equal = "element", True
    if table == "timer":
        column, is_equal = "due", row.due == token.notes[DUE]
    elif table in ("open_task", "incident"):
        is_equal = row.element == token.element
    if not is_equal:
        yield Finding("row_differs", case.id, {"table": table, "column": column, "token": token.number})
