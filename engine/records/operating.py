"""Statements for what an operator does to a case as a whole: suspend it, let it go on, cancel it."""

from typing import Any, Final

from sqlalchemy import ColumnElement, Exists, Update, bindparam, exists, select

from engine.records.case import CaseStatus, case, incident, open_task, subscription, timer
from engine.records.outbox import delivery

#: Only from the status it was read with: somebody else may have been faster.
change_status: Final[Update] = (
    case.update()
    .where(case.c.id == bindparam("of_case"), case.c.status == bindparam("old_status"))
    .values(status=bindparam("new_status"))
)
#: Everything that waits in a case or for it; drafts go with their tasks.
delete_all: Final = tuple(
    table.delete().where(table.c.case_id == bindparam("of_case"))
    for table in (open_task, timer, subscription, incident, delivery)
)
waiting_tasks: Final = (
    select(open_task.c.token, open_task.c.assignee)
    .where(open_task.c.case_id == bindparam("case_id"))
    .order_by(open_task.c.token)
)


def is_suspended(case_id: ColumnElement[Any]) -> Exists:
    """Return the condition that a case is suspended, for queries that look for what has to be moved."""
    return exists().where(case.c.id == case_id, case.c.status == CaseStatus.SUSPENDED)
