"""Says of running cases what becomes of them in a move, without writing anything."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, select

from engine.bpmn.days import local_day
from engine.bpmn.drafts import keep_draft, leave_draft
from engine.bpmn.migrate import Moved, Verdict, move_case
from engine.bpmn.plan import Plan, Reason
from engine.command import Context
from engine.moving.rows import DRAFT, TASK, RowChange, compare_rows, read_rows, rows_after, silenced
from engine.moving.runs import Route
from engine.moving.unheard import on_their_way
from engine.records.case import case, case_state
from engine.records.packing import Unreadable, pack, unpack
from engine.records.wordbook import find_wordbook
from engine.services import Notice
from engine.surroundings import CaseSurroundings

# By the release alone, which is of one city: with the city as well SQLite would look at all its cases for every batch.
running = (
    select(case_state.c.case_id, case_state.c.version, case_state.c.content, case.c.title, case.c.business_key)
    .join_from(case_state, case)
    .where(case_state.c.case_id > bindparam("after"), case.c.release_id == bindparam("release_id"))
    .order_by(case_state.c.case_id)
    .limit(bindparam("most"))
)
_count = select(func.count()).select_from(case_state).join(case).where(case.c.release_id == bindparam("release_id"))


@dataclass(frozen=True, slots=True)
class Judged:
    """What becomes of one case.

    :param version: of its state as it was read.
    :param state: as it was read.
    :param changes: the rows in which it waits that become others.
    :param notices: what people are told.
    """

    case_id: int
    business_key: str
    version: int
    state: bytes = field(repr=False)
    moved: Moved
    changes: tuple[RowChange, ...] = ()
    notices: tuple[Notice, ...] = ()

    @property
    def opened(self) -> list[list[Any]]:
        """The tasks that it opens, as the journal keeps them."""
        fresh = (item.after for item in self.changes if item.table == TASK and item.before is None)
        return [[row["token"], row["element"], row["assignee"], row["candidate"]] for row in fresh if row is not None]

    @property
    def closed(self) -> list[int]:
        """The tasks that it closes."""
        return [item.token for item in self.changes if item.table == TASK and item.after is None]


def judge_cases(context: Context, route: Route, after: int, most: int) -> list[Judged]:
    """Return what becomes of the next running cases on the old release, by case number.

    :param after: the case behind which it goes on.
    """
    params = {"release_id": route.old.id, "after": after, "most": most}
    rows = context.read.execute(running, params).all()
    verdicts = {row.case_id: _moved(context, route, row) for row in rows}
    mapped = [number for number, (moved, _) in verdicts.items() if moved.verdict is Verdict.MAPPED]
    waiting, coming = read_rows(context.read, mapped), on_their_way(context.read, mapped)
    found = [_judged(route.plan, row, *verdicts[row.case_id], waiting.get(row.case_id)) for row in rows]
    absent = _absent(context, found)
    there = [_keep_for_absent(judged, absent) for judged in found]
    return [_keep_for_message(judged, coming.get(judged.case_id, frozenset())) for judged in there]


def _moved(context: Context, route: Route, row: Row[*tuple[Any, ...]]) -> tuple[Moved, CaseSurroundings]:
    book = find_wordbook(context.read, route.new.wordbook_id)
    around = CaseSurroundings(context, context.actor.tenant, row.case_id, book)
    return move_case(route.plan, row.content, around), around


def _judged(
    plan: Plan,
    row: Row[*tuple[Any, ...]],
    moved: Moved,
    around: CaseSurroundings,
    before: Mapping[str, Mapping[int, Mapping[str, Any]]] | None,
) -> Judged:
    plain = Judged(row.case_id, row.business_key, row.version, row.content, moved)
    if before is None or moved.outcome is None:
        return plain
    try:
        after = rows_after(before, moved, moved.outcome, around)
        notices = list(_keep_drafts(plan, row, before, after))
    except (KeyError, Unreadable):
        # The tables do not say what the state says: first it must be found out why.
        return replace(plain, moved=Moved(Verdict.STUCK, (Reason("migration.damaged", ""),)))
    changes = compare_rows(before, after)
    notices += [Notice(task["assignee"], "task.delegated", {"title": row.title}) for task in _handed_over(changes)]
    said = dict.fromkeys((*moved.remarks, *_about_drafts(notices)))
    return replace(plain, moved=replace(moved, remarks=tuple(said)), changes=changes, notices=tuple(notices))


def _absent(context: Context, judged: Iterable[Judged]) -> frozenset[int]:
    """Return who would get a task and is not there; nothing is asked where nobody gets one."""
    persons, zone = context.directory.persons, context.directory.zone(context.actor.tenant)
    asked = {row["assignee"] for one in judged for row in _handed_over(one.changes)}
    if persons is None or not asked:
        return frozenset()
    return persons.absent(context.read, context.actor.tenant, asked, local_day(context.now, zone))


def _keep_for_absent(judged: Judged, absent: frozenset[int]) -> Judged:
    """Leave a case where it is that would ask somebody who is not there: nobody would ever see its task."""
    tasks = [row for row in _handed_over(judged.changes) if row["assignee"] in absent]
    if not tasks:
        return judged
    reasons = tuple(Reason("migration.nobody_there", row["element"], str(row["assignee"])) for row in tasks)
    return replace(judged, moved=Moved(Verdict.STUCK, reasons), changes=(), notices=())


def _keep_for_message(judged: Judged, coming: frozenset[int]) -> Judged:
    """Leave a case where it is as long as something is on its way to an event that would listen no more as it did."""
    for change in silenced(judged.changes):
        if change["listener"] in coming:
            waits = Moved(Verdict.STUCK, (Reason("migration.message_waits", "", str(change["message"])),))
            return replace(judged, moved=waits, changes=(), notices=())
    return judged


def _keep_drafts(plan: Plan, row: Any, before: Any, after: dict[str, dict[int, Any]]) -> Iterable[Notice]:
    """Leave in each draft what the new form asks for; yield to its writer whatever else he had typed."""
    old, new = plan.pair.old, plan.pair.new
    for token, draft in before[DRAFT].items():
        element, task = old.element(before[TASK][token]["element"]), after[TASK].get(token)
        content: Any = unpack(draft["content"])
        if task is None:
            found = leave_draft(old, element, content)
        else:
            found = keep_draft((old, element), (new, new.element(task["element"])), content)
        if found.left:
            after[DRAFT].pop(token, None)
            if found.content:
                after[DRAFT][token] = {**draft, "content": pack(dict(found.content))}
            params = {"title": row.title, "step": element.names["id"], "text": found.left, "element": element.id}
            yield Notice(draft["person"], "task.draft_returned", params)


def _handed_over(changes: Iterable[RowChange]) -> Iterable[Mapping[str, Any]]:
    """Yield the tasks that somebody has now which were somebody else's, or nobody's."""
    for change in changes:
        if change.table != TASK or change.after is None or change.after["assignee"] is None:
            continue
        if change.before is None or change.before["assignee"] != change.after["assignee"]:
            yield change.after


def _about_drafts(notices: Iterable[Notice]) -> Iterable[Reason]:
    returned = (item for item in notices if item.code == "task.draft_returned")
    return (Reason("migration.draft_returned", str(item.params["element"])) for item in returned)


def running_cases(read: Connection, release_id: int) -> int:
    """Return how many running cases are on a release."""
    return int(read.execute(_count, {"release_id": release_id}).scalar_one())
