"""Move the next running cases of a run to its new release."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlalchemy import bindparam

from engine.bpmn.migrate import Verdict
from engine.bpmn.outcome import OpenedSubscription
from engine.command import Changes, Context
from engine.moving.judging import Judged, judge_cases
from engine.moving.rows import in_order, plain_changes, refuse_on_their_way, row_writes
from engine.moving.runs import MIGRATED, RULES, MigrationRun, find_route, find_run
from engine.records import case as cases
from engine.records.changes import Write, write
from engine.records.history import insert_journal
from engine.records.migration import Fate, insert_migrated_case, set_reached
from engine.records.outbox import insert_notice
from engine.records.packing import pack
from engine.records.proofs import prove_steps
from engine.steps import missed_messages

BATCH = 200
_FATES = {Verdict.SAME: Fate.SAME, Verdict.MAPPED: Fate.MAPPED, Verdict.STUCK: Fate.STUCK}
_set_release = (
    cases.case.update()
    .where(cases.case.c.id == bindparam("of_case"), cases.case.c.release_id == bindparam("old_release"))
    .values(release_id=bindparam("new_release"))
)


@dataclass(frozen=True, slots=True)
class MigrateCases:
    """Move up to `most` cases behind the last one that was looked at, all in one transaction.

    Whatever somebody does to one of them meanwhile counts: then all are looked at again. Nothing of a case is run by
    it. The receipt's value says what became of each; it is empty when there are no more, and then the run has ended.

    :param after: where the run is, as its caller knows it; each batch happens once.
    """

    migration: int
    after: int
    most: int = BATCH
    permission: ClassVar[str] = "migration:run"

    def subject(self, context: Context) -> MigrationRun:
        """Return the run."""
        return find_run(context.read, context.actor.tenant, self.migration)

    def execute(self, context: Context, subject: MigrationRun) -> Changes:
        """Look at the cases and return what changes."""
        route = find_route(context.read, subject.old, subject.new, subject.pairs, subject.values)
        judged = judge_cases(context, route, self.after, self.most)
        moved = [item for item in judged if item.moved.verdict is not Verdict.STUCK]
        reached = judged[-1].case_id if judged else self.after
        progress = write(
            set_reached,
            expect=1,
            of_migration=subject.id,
            old_reached=self.after,
            new_reached=reached,
            new_ended_at=None if judged else context.now,
        )
        steps = [_journal_row(context, one, subject) for one in moved]
        return Changes(
            (
                progress,
                *in_order(item for one in moved for item in _state_writes(one, subject)),
                *in_order(item for one in moved for item in refuse_on_their_way(one.case_id, one.changes)),
                *in_order(item for one in moved for item in row_writes(one.case_id, subject.tenant, one.changes)),
                Write(insert_journal, steps),
                prove_steps(steps, number=context.new_id(), tenant=subject.tenant, at=context.now),
                Write(insert_migrated_case, [_kept_row(one, subject) for one in judged]),
                Write(insert_notice, [row for one in moved for row in _notice_rows(context, one)]),
            ),
            subject=subject.id,
            value=judged,
            finish=missed_messages(subject.tenant, list(_heard(moved))),
        )


def _state_writes(one: Judged, run: MigrationRun) -> Iterator[Write]:
    read = {"of_case": one.case_id, "old_version": one.version, "new_version": one.version + 1}
    state = one.moved.outcome.state if one.moved.outcome is not None else None
    if state is not None:
        yield write(cases.update_state, expect=1, **read, **cases.new_state(one.case_id, state))
    else:
        yield write(cases.touch_state, expect=1, **read)
    yield write(_set_release, expect=1, of_case=one.case_id, old_release=run.old.id, new_release=run.new.id)


def _journal_row(context: Context, one: Judged, run: MigrationRun) -> dict[str, Any]:
    data = {"run": run.id, "from": run.old.number, "to": run.new.number, "release": run.old.id, "rules": RULES}
    entry = {"kind": MIGRATED, "data": data, "opened": one.opened, "closed": one.closed}
    return {
        "case_id": one.case_id,
        "version": one.version + 1,
        "at": context.now,
        "actor": context.actor.person,
        "entry": pack({name: value for name, value in entry.items() if value}),
    }


def _kept_row(one: Judged, run: MigrationRun) -> dict[str, Any]:
    """Return what is kept of a case: of a mapped one what it was before, of a stuck one why."""
    moved, content = one.moved, None
    if moved.verdict is Verdict.STUCK:
        content = pack([[item.code, item.element, item.target] for item in moved.reasons])
    elif moved.outcome is not None:
        content = pack([one.state, plain_changes(one.changes)])
    version = one.version if moved.verdict is Verdict.STUCK else one.version + 1
    fate = int(_FATES[moved.verdict])
    return {"migration_id": run.id, "case_id": one.case_id, "fate": fate, "version": version, "content": content}


def _notice_rows(context: Context, one: Judged) -> Iterator[dict[str, Any]]:
    for item in one.notices:
        yield {
            "id": context.new_id(),
            "person": item.person,
            "code": item.code,
            "params": pack(dict(item.params)),
            "case_id": one.case_id,
            "at": context.now,
            "read_at": None,
        }


def _heard(moved: Iterable[Judged]) -> Iterator[OpenedSubscription]:
    for one in moved:
        if one.moved.outcome is not None:
            yield from one.moved.outcome.subscriptions
