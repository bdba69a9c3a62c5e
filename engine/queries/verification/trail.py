"""Proves that the journal of a case has every step once, and that what people were told of is in it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from engine.moving.runs import MIGRATED, MOVES, TAKEN_BACK
from engine.queries.verification.dossier import Dossier, Entry
from engine.queries.verification.findings import Finding

#: Commands that name a case, by the kind of the step that each of them makes of it; processes add their own.
MADE_BY: Mapping[str, str] = {
    "StartCases": "start",
    "BeginCase": "start",
    "CompleteTask": "complete",
    "WakeEvent": "wake",
    "DeliverMessage": "wake",
    "DelegateTask": "delegate",
    "HandOverTask": "hand_over",
    "RetryIncident": "retry",
    "SkipElement": "skip",
    "MoveToken": "move",
    "ChangeVariables": "change",
    "RecountDeadlines": "recount",
    "SuspendCase": "suspend",
    "ResumeCase": "resume",
    "CancelCase": "cancel",
}
#: Of these a row may be without a step: a message that comes when nobody listens any more, a recount that moves
#: nothing, another try of a case that is damaged as a whole. Of what processes add, every one may.
MAY_DO_NOTHING = frozenset({"StartCases", "BeginCase", "DeliverMessage", "RetryIncident", "RecountDeadlines"})
#: Commands that move many cases to another release or back, by the kind of their steps; they name the run.
MOVED_BY: Mapping[str, str] = {"MigrateCases": MIGRATED, "UndoMigration": TAKEN_BACK}

Deed = tuple[str, datetime, int | None]


@dataclass(frozen=True, slots=True)
class Known:
    """What the audit trail says of cases without naming them, and which command makes which kind of step.

    :param starts: instants of the commands that started many cases at once.
    :param moves: kind, instant and run of those that moved many.
    """

    made_by: Mapping[str, str]
    starts: frozenset[datetime]
    moves: frozenset[tuple[str, datetime, int | None]]


def check_trail(case: Dossier, known: Known) -> Iterator[Finding]:
    """Yield what is wrong with the journal of a case and with what the audit trail says of it."""
    yield from _check_numbers(case)
    yield from _check_twice(case)
    yield from _check_audit(case, known)


def _check_numbers(case: Dossier) -> Iterator[Finding]:
    if not case.journal:
        yield Finding("journal_missing", case.id)
    expected = 1
    for entry in case.journal:
        if entry.version != expected:
            yield Finding("journal_gap", case.id, {"expected": expected, "found": entry.version})
        if entry.content is None:
            yield _unreadable(case, entry)
        expected = entry.version + 1
    for before, after in pairwise(case.journal):
        if after.at < before.at:
            yield Finding("clock_went_back", case.id, {"version": after.version})


def _unreadable(case: Dossier, entry: Entry) -> Finding:
    if entry.lacks is None:
        return Finding("journal_unreadable", case.id, {"version": entry.version})
    params = {"table": "journal", "row": f"{case.id}/{entry.version}", "wordbook": entry.lacks}
    return Finding("wordbook_missing", case.id, params)


def _check_twice(case: Dossier) -> Iterator[Finding]:
    done: set[int | None] = set()
    heard: set[tuple[int, int]] = set()
    for entry in case.journal:
        if entry.content is None:
            continue
        if entry.kind == "complete" and entry.token in done:
            params = {"token": entry.token, "element": entry.content.get("element"), "version": entry.version}
            yield Finding("completed_twice", case.id, params)
        if entry.kind == "complete":
            done.add(entry.token)
        if entry.heard in heard:
            yield Finding("heard_twice", case.id, {"version": entry.version})
        heard |= {entry.heard} if entry.heard else set()
    for row in case.rows.get("delivery", ()):
        if (row.outbox_id, row.listener) in heard:
            yield Finding("heard_again", case.id, {"outbox": row.outbox_id})


def _check_audit(case: Dossier, known: Known) -> Iterator[Finding]:
    made_by = known.made_by
    rows = [row for row in case.audit if row.command in made_by]
    told = Counter[Deed]((made_by[row.command], row.at, row.actor) for row in rows)
    acknowledged = frozenset(made_by.values())
    for entry in case.journal:
        if entry.kind in MOVES:
            is_told = (entry.kind, entry.at, entry.data.get("run")) in known.moves
        elif entry.kind == "start" and entry.at in known.starts:
            is_told = True
        else:
            told[_deed(entry)] -= 1
            is_told = told[_deed(entry)] >= 0 or entry.kind not in acknowledged
        if not is_told:
            yield Finding("step_without_audit", case.id, {"version": entry.version, "kind": entry.kind})
    steps = Counter(_deed(entry) for entry in case.journal)
    unread = {(entry.at, entry.actor) for entry in case.journal if entry.content is None}
    for row in rows:
        deed = (made_by[row.command], row.at, row.actor)
        steps[deed] -= row.command in MADE_BY and row.command not in MAY_DO_NOTHING
        if steps[deed] < 0 and (row.at, row.actor) not in unread:
            yield Finding("audit_without_step", case.id, {"audit": row.id, "command": row.command})
    for row in case.audit:
        if row.tenant != case.tenant:
            yield Finding("audit_tenant", case.id, {"audit": row.id})


def _deed(entry: Entry) -> Deed:
    return entry.kind, entry.at, entry.actor
