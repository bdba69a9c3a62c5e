"""Let somebody who was inaugurated hold the post in the records."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from sqlalchemy import Connection, Row, bindparam, or_, select

from engine.command import Changes, Context, TenantSubject
from engine.errors import NotFound
from engine.records.changes import Write, write
from processes.people.records import HeadKind, placement, post, reporting_line, unit_head
from processes.people.spans import ONE_DAY, Span, Timeline
from processes.promotion.appointing.records import post_decree
from processes.promotion.appointing.services import post_decree_name
from processes.promotion.posts.holding import unit_headed_from

_decree = (
    select(post_decree, post.c.unit_id)
    .join(post, post.c.id == post_decree.c.post_id)
    .where(post_decree.c.tenant == bindparam("tenant"), post_decree.c.case_id == bindparam("case_id"))
)
_held = (
    select(placement)
    .where(placement.c.tenant == bindparam("tenant"), placement.c.employee_id == bindparam("person"))
    .order_by(placement.c.valid_from)
)
_headships = select(unit_head).where(
    unit_head.c.tenant == bindparam("tenant"),
    or_(unit_head.c.employee_id == bindparam("person"), unit_head.c.unit_id == bindparam("unit")),
)
_lines = select(reporting_line).where(
    reporting_line.c.tenant == bindparam("tenant"), reporting_line.c.employee_id == bindparam("person")
)


def _ending(table: Any) -> Any:
    return table.update().where(table.c.id == bindparam("of_id")).values(valid_to=bindparam("new_valid_to"))


_end_headship, _end_line = _ending(unit_head), _ending(reporting_line)
_change_placement = (
    placement.update()
    .where(placement.c.id == bindparam("of_id"))
    .values(unit_id=bindparam("new_unit"), post_id=bindparam("new_post"), valid_to=bindparam("new_valid_to"))
)

AnyRow = Row[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class TakePost:
    """Let the person of a decree hold its post from the day on that the inauguration set.

    The former post ends the day before, and so does what came with it: heading its unit, and the reporting line, for
    the new superior is that of the new post. Who acted for the filled post acts no longer.
    """

    case_id: int
    permission: ClassVar[str] = "appointment:follow"

    def subject(self, context: Context) -> TenantSubject:
        """Return the city."""
        return TenantSubject(context.actor.tenant)

    def execute(self, context: Context, subject: TenantSubject) -> Changes:
        """Plan the rows.

        :raise NotFound: there is no such decree, or nobody was inaugurated by it.
        """
        params = {"tenant": subject.tenant, "case_id": self.case_id}
        decree = context.read.execute(_decree, params).one_or_none()
        if decree is None or decree.holds_from is None:
            raise NotFound()
        writes = (*_placed(context, decree), *_headed(context, decree), *_lines_ended(context.read, decree))
        return Changes(writes, subject=decree.employee_id)


def _placed(context: Context, decree: AnyRow) -> Iterable[Write]:
    rows = context.read.execute(_held, _of(decree)).all()
    line = Timeline([Span(row.id, row.valid_from, row.valid_to, (row.unit_id, row.post_id)) for row in rows])
    line.place(decree.holds_from, None, (decree.unit_id, decree.post_id))
    for span in line.spans:
        unit_id, post_id = span.value
        if span.is_changed and span.id is not None:
            changed: dict[str, Any] = {
                "of_id": span.id,
                "new_unit": unit_id,
                "new_post": post_id,
                "new_valid_to": span.last,
            }
            yield write(_change_placement, expect=1, **changed)
        elif span.is_changed:
            days: dict[str, Any] = {"valid_from": span.first, "valid_to": span.last}
            owner: dict[str, Any] = {"tenant": decree.tenant, "employee_id": decree.employee_id}
            yield write(placement.insert(), id=context.new_id(), **owner, unit_id=unit_id, post_id=post_id, **days)


def _headed(context: Context, decree: AnyRow) -> Iterable[Write]:
    rows = context.read.execute(_headships, {**_of(decree), "unit": decree.unit_id}).all()
    is_head_post = unit_headed_from(context.read, decree.tenant, decree.post_id, decree.holds_from) is not None
    for row in _until_then(rows, decree.holds_from):
        is_own = row.employee_id == decree.employee_id and row.kind == HeadKind.DEFINITIVE.value
        if is_own or (is_head_post and row.unit_id == decree.unit_id):
            yield write(_end_headship, expect=1, of_id=row.id, new_valid_to=decree.holds_from - ONE_DAY)
    if is_head_post:
        yield write(
            unit_head.insert(),
            id=context.new_id(),
            tenant=decree.tenant,
            unit_id=decree.unit_id,
            employee_id=decree.employee_id,
            kind=str(HeadKind.DEFINITIVE),
            decree=post_decree_name(decree.number, decree.year),
            valid_from=decree.holds_from,
            valid_to=None,
        )


def _lines_ended(read: Connection, decree: AnyRow) -> Iterable[Write]:
    for row in _until_then(read.execute(_lines, _of(decree)).all(), decree.holds_from):
        yield write(_end_line, expect=1, of_id=row.id, new_valid_to=decree.holds_from - ONE_DAY)


def _until_then(rows: Iterable[AnyRow], first: date) -> Iterable[AnyRow]:
    """Yield the rows that began before a day and still hold on it."""
    return (row for row in rows if row.valid_from < first and (row.valid_to is None or row.valid_to >= first))


def _of(decree: AnyRow) -> dict[str, Any]:
    return {"tenant": decree.tenant, "person": decree.employee_id}
