"""Take the cases of a run back to the release from which they came."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, cast

from sqlalchemy import Connection, Row, and_, bindparam, select

from engine.bpmn.plan import Reason
from engine.command import Changes, Context
from engine.errors import EngineError
from engine.moving.rows import (
    DRAFT,
    TASK,
    RowChange,
    in_order,
    is_as_left,
    read_rows,
    refuse_on_their_way,
    restored_changes,
    row_writes,
    silenced,
)
from engine.moving.runs import TAKEN_BACK, MigrationRun, find_run
from engine.moving.unheard import last_sent, listens_again, on_their_way, why_unheard
from engine.records import case as cases
from engine.records.changes import Write, write
from engine.records.history import insert_journal, journal
from engine.records.migration import Fate, migrated_case, set_fate
from engine.records.packing import pack, unpack
from engine.records.proofs import prove_steps
from engine.steps import missed_messages

BATCH = 200
_moved = (
    select(
        migrated_case.c.case_id,
        migrated_case.c.fate,
        migrated_case.c.content,
        migrated_case.c.version,
        cases.case_state.c.version.label("version_now"),
        cases.case.c.release_id,
        journal.c.at.label("moved_at"),
    )
    .join_from(migrated_case, cases.case, cases.case.c.id == migrated_case.c.case_id)
    .outerjoin(
        journal,
        and_(journal.c.case_id == migrated_case.c.case_id, journal.c.version == migrated_case.c.version),
    )
    .outerjoin(cases.case_state, cases.case_state.c.case_id == migrated_case.c.case_id)
    .where(
        migrated_case.c.migration_id == bindparam("migration"),
        migrated_case.c.case_id > bindparam("after"),
        migrated_case.c.fate.in_((int(Fate.SAME), int(Fate.MAPPED))),
    )
    .order_by(migrated_case.c.case_id)
    .limit(bindparam("most"))
)
_set_release = (
    cases.case.update()
    .where(cases.case.c.id == bindparam("of_case"), cases.case.c.release_id == bindparam("old_release"))
    .values(release_id=bindparam("new_release"))
)


class UndoClosed(EngineError):
    """The time in which the run could be undone is over."""

    code = "migration.undo_closed"


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What became of one case: it was taken back, or there is a reason why not."""

    case_id: int
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class _Past:
    """What a case was before it was moved.

    :param state: None if the move did not change it.
    """

    row: Row[*tuple[Any, ...]]
    state: bytes | None
    changes: list[RowChange]

    @property
    def back(self) -> list[RowChange]:
        """The changes that make it that again."""
        return [change.undone for change in self.changes]


@dataclass(frozen=True, slots=True)
class UndoMigration:
    """Take up to `most` cases back, those behind `after`, all in one transaction.

    A case gets back its state and what waits in it bit for bit, if nobody moved it since and no message would be lost;
    else it stays where it is.
    The receipt's value says what became of each; it is empty when there are no more.
    """

    migration: int
    after: int = 0
    most: int = BATCH
    permission: ClassVar[str] = "migration:run"

    def subject(self, context: Context) -> MigrationRun:
        """Return the run."""
        return find_run(context.read, context.actor.tenant, self.migration)

    def execute(self, context: Context, subject: MigrationRun) -> Changes:
        """Look at the cases and return what changes.

        :raise UndoClosed: what they were before is no longer kept.
        """
        check_undo_window(context, subject)
        params = {"migration": subject.id, "after": self.after, "most": self.most}
        past = [_past_of(row) for row in context.read.execute(_moved, params)]
        waiting = read_rows(context.read, [item.row.case_id for item in past if item.changes])
        unheard = _unheard(context.read, subject, past)
        taken = [
            TakenBack(number, _why_not(item, subject, waiting.get(number, {})) or unheard.get(number))
            for item in past
            for number in (item.row.case_id,)
        ]
        back = [item for item, said in zip(past, taken, strict=True) if said.reason is None]
        steps = [_journal_row(context, one, subject) for one in back]
        return Changes(
            (
                *in_order(item for one in back for item in _case_writes(one, subject)),
                *in_order(item for one in back for item in refuse_on_their_way(one.row.case_id, one.back)),
                *in_order(item for one in back for item in _row_writes(one, subject)),
                Write(insert_journal, steps),
                prove_steps(steps, number=context.new_id(), tenant=subject.tenant, at=context.now),
            ),
            subject=subject.id,
            value=taken,
            finish=missed_messages(subject.tenant, [item for one in back for item in listens_again(one.back)]),
        )


def check_undo_window(context: Context, run: MigrationRun) -> None:
    """Do nothing while what the cases of a run were before is kept.

    :raise UndoClosed: it no longer is.
    """
    if context.now > run.kept_until:
        raise UndoClosed(until=run.kept_until.date().isoformat())


def _past_of(row: Row[*tuple[Any, ...]]) -> _Past:
    if row.content is None:
        return _Past(row, None, [])
    state, changes = cast("tuple[bytes, list[list[Any]]]", unpack(row.content))
    return _Past(row, state, restored_changes(changes))


def _unheard(read: Connection, run: MigrationRun, past: Sequence[_Past]) -> dict[int, Reason]:
    """Return which cases would lose a message, and which; nothing is asked where all listen as they did."""
    coming = on_their_way(read, [item.row.case_id for item in past if silenced(item.back)])
    sent = last_sent(read, run.tenant, (found for item in past for found in listens_again(item.back)))
    found: dict[int, Reason] = {}
    for item in past if coming or sent else ():
        number = item.row.case_id
        reason = why_unheard(item.back, item.row.moved_at or run.started_at, coming.get(number, frozenset()), sent)
        found |= {number: reason} if reason is not None else {}
    return found


def _why_not(past: _Past, run: MigrationRun, now: Mapping[str, Mapping[int, Any]]) -> Reason | None:
    """Say why a case cannot be taken back: it moved, or a person did something to what would be taken away."""
    row = past.row
    if row.version_now is None:
        return Reason("migration.ended", "")
    if row.fate == Fate.MAPPED and past.state is None:  # the clock was ahead once, and the night cleared it away
        return Reason("migration.forgotten", "")
    if row.version_now != row.version or row.release_id != run.new.id:
        return Reason("migration.moved_on", "")
    for change in past.changes:
        if change.table in (TASK, DRAFT) and not is_as_left(change, now):
            code = "migration.draft_since" if change.table == DRAFT else "migration.task_since"
            return Reason(code, str((change.after or change.before or {}).get("element", "")))
        if change.table == TASK and change.before is None and change.token in now[DRAFT]:
            return Reason("migration.draft_since", str((change.after or {}).get("element", "")))
    return None


def _case_writes(past: _Past, run: MigrationRun) -> Iterator[Write]:
    row = past.row
    read = {"of_case": row.case_id, "old_version": row.version, "new_version": row.version + 1}
    if past.state is not None:
        yield write(cases.update_state, expect=1, **read, **cases.new_state(row.case_id, past.state))
    else:
        yield write(cases.touch_state, expect=1, **read)
    yield write(_set_release, expect=1, of_case=row.case_id, old_release=run.new.id, new_release=run.old.id)
    yield write(
        set_fate,
        expect=1,
        of_migration=run.id,
        of_case=row.case_id,
        old_fate=row.fate,
        new_fate=int(Fate.UNDONE),
    )


def _row_writes(past: _Past, run: MigrationRun) -> Iterator[Write]:
    yield from row_writes(past.row.case_id, run.tenant, past.back)


def _journal_row(context: Context, past: _Past, run: MigrationRun) -> dict[str, Any]:
    back = [change for change in past.back if change.table == TASK]
    fresh = [change.after for change in back if change.before is None and change.after is not None]
    entry = {
        "kind": TAKEN_BACK,
        "data": {"run": run.id, "from": run.new.number, "to": run.old.number, "release": run.new.id},
        "opened": [[row["token"], row["element"], row["assignee"], row["candidate"]] for row in fresh],
        "closed": [change.token for change in back if change.after is None],
    }
    return {
        "case_id": past.row.case_id,
        "version": past.row.version + 1,
        "at": context.now,
        "actor": context.actor.person,
        "entry": pack({name: value for name, value in entry.items() if value}),
    }
