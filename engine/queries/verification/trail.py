"""Proves that the journal of a case has every step once, and that what people were told of is in it."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise

from engine.queries.verification.dossier import Dossier, Entry
from engine.queries.verification.findings import Finding

#: Commands that name a case, by the kind of the step that each of them makes of it.
MADE_BY = {
    "StartCases": "start",
    "BeginCase": "start",
    "CompleteTask": "complete",
    "WakeEvent": "wake",
    "DeliverMessage": "wake",
    "DelegateTask": "delegate",
}
#: Of these every row of the audit trail has its step; a message may also come when nobody listens any more.
ALWAYS = frozenset({"CompleteTask", "WakeEvent", "DelegateTask"})
#: Steps that no other command makes, so that each of them has its row in the audit trail.
ACKNOWLEDGED = frozenset({"complete", "wake", "start"})

Deed = tuple[str, datetime, int | None]


def check_trail(case: Dossier, bulk_starts: frozenset[datetime]) -> Iterator[Finding]:
    """Yield what is wrong with the journal of a case and with what the audit trail says of it.

    :param bulk_starts: instants of the commands that started many cases at once, which name none of them.
    """
    yield from _check_numbers(case)
    yield from _check_twice(case)
    yield from _check_audit(case, bulk_starts)


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


def _check_audit(case: Dossier, bulk_starts: frozenset[datetime]) -> Iterator[Finding]:
    told = Counter[Deed]((MADE_BY[row.command], row.at, row.actor) for row in case.audit)
    for entry in case.journal:
        if entry.kind in ACKNOWLEDGED and not (entry.kind == "start" and entry.at in bulk_starts):
            told[_deed(entry)] -= 1
            if told[_deed(entry)] < 0:
                yield Finding("step_without_audit", case.id, {"version": entry.version, "kind": entry.kind})
    steps = Counter(_deed(entry) for entry in case.journal)
    unread = {(entry.at, entry.actor) for entry in case.journal if entry.content is None}
    for row in case.audit:
        deed = (MADE_BY[row.command], row.at, row.actor)
        steps[deed] -= row.command in ALWAYS
        if steps[deed] < 0 and (row.at, row.actor) not in unread:
            yield Finding("audit_without_step", case.id, {"audit": row.id, "command": row.command})


def _deed(entry: Entry) -> Deed:
    return entry.kind, entry.at, entry.actor
