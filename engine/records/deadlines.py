"""The statements by which deadlines are counted again."""

from typing import Any

from sqlalchemy import bindparam, select

from engine.records.case import RUNNING, case, case_state, open_task, timer
from engine.records.release import enactment, last_turns, release, start_event

_OF_CASE: Any = bindparam("of_case")
move_task = (
    open_task.update()
    .where(open_task.c.case_id == _OF_CASE, open_task.c.token == bindparam("of"))
    .values(due=bindparam("new_due"), follow_up=bindparam("new_follow_up"))
)
move_timer = (
    timer.update().where(timer.c.case_id == _OF_CASE, timer.c.token == bindparam("of")).values(due=bindparam("new_due"))
)
days_of_tasks = select(open_task.c.token, open_task.c.opened_at, open_task.c.due, open_task.c.follow_up).where(
    open_task.c.case_id == bindparam("case_id")
)
timers_of_case = select(timer.c.token, timer.c.set_at).where(timer.c.case_id == bindparam("case_id"))
start_of_case = select(case.c.started_at).where(case.c.id == bindparam("case_id"))
assignees_of_tasks = select(open_task.c.token, open_task.c.assignee).where(open_task.c.case_id == bindparam("case_id"))
# The digest alone says of which of the loaded releases a case is; most cities run a handful.
releases_in_use = select(release.c.id, release.c.digest, release.c.process).where(
    release.c.tenant == bindparam("tenant"),
    release.c.id.in_(select(case.c.release_id).where(case.c.tenant == bindparam("tenant"), case.c.status.in_(RUNNING))),
)
# What begins cases later, with the release by which that was counted, and since when that one is in force.
coming_starts = (
    select(
        start_event.c.process,
        start_event.c.element,
        start_event.c.due,
        start_event.c.release_id,
        start_event.c.since,
        release.c.digest,
        enactment.c.enacted_at,
    )
    .join_from(start_event, release)
    .join(last_turns, (last_turns.c.tenant == start_event.c.tenant) & (last_turns.c.process == start_event.c.process))
    .join(
        enactment,
        (enactment.c.tenant == last_turns.c.tenant)
        & (enactment.c.process == last_turns.c.process)
        & (enactment.c.turn == last_turns.c.turn),
    )
    .where(start_event.c.tenant == bindparam("tenant"), start_event.c.due > bindparam("now"))
    .order_by(start_event.c.process, start_event.c.element)
)
move_start = (
    start_event.update()
    .where(
        start_event.c.tenant == bindparam("of_tenant"),
        start_event.c.process == bindparam("of_process"),
        start_event.c.element == bindparam("of_element"),
        start_event.c.release_id == bindparam("of_release"),
        start_event.c.due == bindparam("old_due"),
    )
    .values(due=bindparam("new_due"))
)
running_cases = (
    select(case.c.id)
    .join(case_state, case_state.c.case_id == case.c.id)
    .where(
        case.c.tenant == bindparam("tenant"),
        case.c.release_id.in_(bindparam("releases", expanding=True)),
        case.c.id > bindparam("after"),
    )
    .order_by(case.c.id)
    .limit(bindparam("limit"))
)
