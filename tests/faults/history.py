"""Proves from the tables alone that every case is whole: journal, audit trail, open tasks and states agree."""

from collections import Counter
from typing import Any

from sqlalchemy import Connection, select

from engine.bpmn.state import decode_state
from engine.records.case import case, case_state, open_task
from engine.records.history import audit, journal
from engine.records.wordbook import unpack_stored


def check_history(read: Connection) -> None:
    """Find nothing wrong.

    :raise AssertionError: naming the case at which the tables contradict each other.
    """
    states = select(case.c.id, case_state.c.version, case_state.c.content).outerjoin(case_state)
    rows = {row.id: row for row in read.execute(states)}
    versions: dict[int, list[int]] = {}
    done: Counter[tuple[int, int]] = Counter()
    for step in read.execute(select(journal).order_by(journal.c.case_id, journal.c.version)):
        versions.setdefault(step.case_id, []).append(step.version)
        entry: Any = unpack_stored(read, step.entry)
        if entry["kind"] == "complete":
            done[step.case_id, entry["token"]] += 1
    assert [key for key, count in done.items() if count > 1] == [], "a task was completed twice"
    for identifier, row in rows.items():
        steps = versions[identifier]
        assert steps == list(range(1, len(steps) + 1)), f"the journal of case {identifier} has gaps"
        assert row.version in (None, steps[-1]), f"journal and state of case {identifier} differ"
        waiting = set(read.execute(select(open_task.c.token).where(open_task.c.case_id == identifier)).scalars())
        tokens = decode_state(row.content).tokens if row.content is not None else ()
        assert waiting == {token.number for token in tokens}, f"tasks and state of case {identifier} differ"
    completions = read.execute(select(audit.c.id).where(audit.c.command == "CompleteTask")).all()
    assert len(completions) == sum(done.values()), "the audit trail and the journal differ"
    assert read.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    assert read.exec_driver_sql("PRAGMA foreign_key_check").all() == []
