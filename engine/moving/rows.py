"""The rows in which cases wait, before and after a move, and the writes that make one of the other."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

from sqlalchemy import Connection, Table, and_, bindparam, select

from engine.bpmn.migrate import Moved
from engine.bpmn.outcome import Outcome
from engine.bpmn.waiting import Waiting
from engine.causes import cause_of
from engine.journal import Step
from engine.records import case as cases
from engine.records.changes import Write
from engine.records.migration import Fate, migrated_case
from engine.records.outbox import delivery
from engine.records.packing import Unreadable, unpack
from engine.steps import outcome_writes
from engine.surroundings import CaseSurroundings

#: In the order in which rows are added: a draft belongs to a task.
TABLES: Mapping[str, Table] = {
    table.name: table for table in (cases.open_task, cases.draft, cases.timer, cases.subscription, cases.incident)
}
TASK, DRAFT, TIMER, SUBSCRIPTION, INCIDENT = TABLES
_OPENING = {
    id(cases.insert_task): TASK,
    id(cases.insert_timer): TIMER,
    id(cases.insert_subscription): SUBSCRIPTION,
}
#: By these a person may change a row without moving the case.
_GUARDS = {TASK: "assignee", DRAFT: "saved_at"}
_KEYS = ("case_id", "token")
#: What is the same in all rows of a case.
_SHARED = ("case_id", "tenant")

Row = Mapping[str, Any]
Rows = Mapping[str, Mapping[int, Row]]

_of_cases = {
    name: select(table).where(table.c.case_id.in_(bindparam("cases", expanding=True))) for name, table in TABLES.items()
}


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row of a case before and after; None where there is none."""

    table: str
    token: int
    before: Row | None
    after: Row | None

    @property
    def undone(self) -> "RowChange":
        """The change back."""
        return replace(self, before=self.after, after=self.before)


def read_rows(read: Connection, case_ids: Iterable[int]) -> dict[int, dict[str, dict[int, Row]]]:
    """Return everything that waits in some cases, by case, table and token."""
    listed = list(case_ids)
    found: dict[int, dict[str, dict[int, Row]]] = {number: {name: {} for name in TABLES} for number in listed}
    for name, statement in _of_cases.items() if listed else ():
        for row in read.execute(statement, {"cases": listed}).mappings():
            found[row["case_id"]][name][row["token"]] = dict(row)
    return found


def rows_after(before: Rows, moved: Moved, outcome: Outcome, around: CaseSurroundings) -> dict[str, dict[int, Row]]:
    """Return what waits in a case after a move; drafts are still as they were.

    A task that goes on stays with whoever claimed it or got it from somebody, unless the diagram says anew who does it.

    :raise KeyError: something that goes on waits in no table.
    """
    opened = _opened_rows(outcome, around)
    elements, waiting = moved.elements or {}, waiting_of(moved)
    tasks = {
        token: _task_after(token, before[TASK].get(token), opened[TASK].get(token), moved) for token in waiting.tasks
    }
    timers = {token: opened[TIMER].get(token) or before[TIMER][token] for token in waiting.timers}
    heard = {token: opened[SUBSCRIPTION].get(token) or before[SUBSCRIPTION][token] for token in waiting.subscriptions}
    failed = {token: _incident_after(row, elements.get(token)) for token, row in before[INCIDENT].items()}
    kept = {cases.WHOLE_CASE, *waiting.incidents}
    return {
        TASK: tasks,
        DRAFT: {token: row for token, row in before[DRAFT].items() if token in tasks},
        TIMER: timers,
        SUBSCRIPTION: heard,
        INCIDENT: {token: row for token, row in failed.items() if token in kept},
    }


def waiting_of(moved: Moved) -> Waiting:
    """Return the tokens that wait after a move."""
    return moved.waiting or Waiting((), (), (), ())


def _opened_rows(outcome: Outcome, around: CaseSurroundings) -> dict[str, dict[int, Row]]:
    """Return the rows of what begins to wait, as every step of a case writes them."""
    found: dict[str, dict[int, Row]] = {name: {} for name in TABLES}
    for item in outcome_writes(0, outcome, around, Step("migrate")):
        name = _OPENING.get(id(item.statement)) or (TASK if _opens_tasks(item, around) else None)
        if name is not None:
            columns = TABLES[name].c.keys()
            found[name] |= {row["token"]: {key: row[key] for key in columns if key in row} for row in item.rows}
    return found


def _opens_tasks(item: Write, around: CaseSurroundings) -> bool:
    persons = around.context.directory.persons
    return persons is not None and item.statement is persons.open_task


def _task_after(token: int, before: Row | None, opened: Row | None, moved: Moved) -> Row:
    if before is None:
        if opened is None:
            raise KeyError(token)
        return opened
    element = (moved.elements or {})[token]
    if opened is None:
        return {**before, "element": element}
    row = {**before, **{name: value for name, value in opened.items() if name != "opened_at"}}
    is_queue = opened["candidate"] is not None and opened["candidate"] == before["candidate"]
    if token not in moved.reassigned or is_queue:
        row |= {name: before[name] for name in ("assignee", "candidate")}
    return row


def _incident_after(row: Row, element: str | None) -> Row:
    if element is None or element == row["element"]:
        return row
    return {**row, "element": element, "cause": cause_of(row["code"], element, row["text"])}


def compare_rows(before: Rows, after: Rows) -> tuple[RowChange, ...]:
    """Return what differs."""
    return tuple(
        RowChange(name, token, before[name].get(token), after[name].get(token))
        for name in TABLES
        for token in sorted(before[name].keys() | after[name].keys())
        if before[name].get(token) != after[name].get(token)
    )


def silenced(changes: Iterable[RowChange]) -> list[Row]:
    """Return the subscriptions that end, or go on as other listeners: what is on its way to them reaches nobody."""
    heard = [change for change in changes if change.table == SUBSCRIPTION]
    listeners = {change.after["listener"] for change in heard if change.after is not None}
    return [change.before for change in heard if change.before and change.before["listener"] not in listeners]


def refuse_on_their_way(case_id: int, changes: Iterable[RowChange]) -> Iterator[Write]:
    """Yield the writes that find a conflict if something was sent meanwhile to a listener that ends."""
    for row in silenced(changes):
        yield Write(_any_coming, ({"of_case": case_id, "of": row["listener"]},), expect=0)


def row_writes(case_id: int, tenant: str, changes: Iterable[RowChange]) -> Iterator[Write]:
    """Yield the writes of some changes of one case.

    Each expects the row as it was read: a person may have claimed a task, or saved a draft, since then.
    """
    for change in changes:
        if change.after is None:
            yield _delete(case_id, change)
            if change.table == TASK:
                yield Write(_any_draft, ({"of_case": case_id, "of": change.token},), expect=0)
        elif change.before is None:
            shared = {"case_id": case_id, "tenant": tenant}
            known = {key: value for key, value in shared.items() if key in TABLES[change.table].c}
            yield Write(_inserts[change.table], ({**change.after, **known},))
        else:
            yield _update(case_id, change)


def in_order(writes: Iterable[Write]) -> list[Write]:
    """Join the writes of many cases: what goes first, then what changes, then what comes; one execution of each."""
    joined: dict[int, Write] = {}
    for item in writes:
        found = joined.get(id(item.statement))
        if found is None:
            joined[id(item.statement)] = item
            continue
        expect = None if item.expect is None or found.expect is None else found.expect + item.expect
        joined[id(item.statement)] = replace(found, rows=(*found.rows, *item.rows), expect=expect)
    known = {id(statement): place for place, statement in enumerate(_ORDER)}
    return sorted(joined.values(), key=lambda item: known.get(id(item.statement), -1))


def _delete(case_id: int, change: RowChange) -> Write:
    row = {"of_case": case_id, "of": change.token}
    guard = _GUARDS.get(change.table)
    if guard is not None:
        row["old_guard"] = (change.before or {})[guard]
    return Write(_deletes[change.table], (row,), expect=1)


def _update(case_id: int, change: RowChange) -> Write:
    after = {**(change.before or {}), **(change.after or {})}
    row = {f"new_{name}": after[name] for name in _changing(change.table)}
    guard = _GUARDS.get(change.table)
    if guard is not None:
        row["old_guard"] = (change.before or {})[guard]
    return Write(_updates[change.table], ({**row, "of_case": case_id, "of": change.token},), expect=1)


def _changing(name: str) -> list[str]:
    return [column.name for column in TABLES[name].c if column.name not in (*_KEYS, "tenant")]


def _the_row(name: str) -> Any:
    table = TABLES[name]
    guard = _GUARDS.get(name)
    same = [table.c[guard].is_not_distinct_from(bindparam("old_guard", type_=table.c[guard].type))] if guard else []
    return and_(table.c.case_id == bindparam("of_case"), table.c.token == bindparam("of"), *same)


_inserts = {name: table.insert() for name, table in TABLES.items()}
_deletes = {name: table.delete().where(_the_row(name)) for name, table in TABLES.items()}
_updates = {
    name: table.update()
    .where(_the_row(name))
    .values({column: bindparam(f"new_{column}") for column in _changing(name)})
    for name, table in TABLES.items()
}


# A task that goes takes its draft with it: one that somebody began meanwhile must not be lost.
_any_draft = cases.draft.delete().where(
    cases.draft.c.case_id == bindparam("of_case"), cases.draft.c.token == bindparam("of")
)
_any_coming = delivery.delete().where(
    delivery.c.case_id == bindparam("of_case"), delivery.c.listener == bindparam("of")
)
_ORDER = (
    _deletes[DRAFT],
    _any_draft,
    *(_deletes[name] for name in TABLES if name != DRAFT),
    *_updates.values(),
    *_inserts.values(),
)


def plain_changes(changes: Iterable[RowChange]) -> list[list[Any]]:
    """Return changes as plain data, to be kept until they are undone."""
    return [[change.table, change.token, _plain(change.before), _plain(change.after)] for change in changes]


def _plain(row: Row | None) -> dict[str, Any] | None:
    return None if row is None else {name: value for name, value in row.items() if name not in _SHARED}


def restored_changes(plain: Iterable[list[Any]]) -> list[RowChange]:
    """Return changes that were kept as plain data."""
    return [RowChange(name, token, _whole(name, before), _whole(name, after)) for name, token, before, after in plain]


def _whole(name: str, row: Row | None) -> Row | None:
    """Return a kept row with what its table has got since then."""
    return None if row is None else {**dict.fromkeys(_changing(name)), **row}


def drafts_of_before(read: Connection) -> Iterator[bytes]:
    """Yield the drafts that an undo would bring back: their files must still be there."""
    for content in read.execute(_kept).scalars():
        try:
            _, changes = cast("tuple[bytes, list[list[Any]]]", unpack(content))
        except Unreadable:
            continue  # nothing can be brought back from it
        drafts = (change for change in restored_changes(changes) if change.table == DRAFT)
        yield from (change.before["content"] for change in drafts if change.before is not None)


_kept = select(migrated_case.c.content).where(
    migrated_case.c.fate == int(Fate.MAPPED), migrated_case.c.content.is_not(None)
)


def is_as_left(change: RowChange, now: Rows) -> bool:
    """Say whether a row still is as a move left it."""
    row = now[change.table].get(change.token)
    return _plain(row) == _plain(change.after)
