"""High leadership posts that can be announced: nobody holds them, and no selection for them is under way."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from engine.records.case import case as process_case
from processes.people.city import PositionLevel
from processes.people.queries.on_day import TENANT, AnySelect, holds_on, is_active
from processes.people.records import employee, placement, post, unit
from processes.promotion.selection.records import selection

_running = (
    select(selection.c.post_id)
    .join(process_case, process_case.c.id == selection.c.case_id)
    .where(selection.c.tenant == TENANT, process_case.c.ended_at.is_(None))
)
_held = (
    select(placement.c.post_id)
    .join(employee, employee.c.id == placement.c.employee_id)
    .where(placement.c.tenant == TENANT, placement.c.post_id.is_not(None), holds_on(placement), is_active())
)
_vacant: AnySelect = (
    select(post.c.id, post.c.name, unit.c.name.label("unit_name"))
    .join(unit, unit.c.id == post.c.unit_id)
    .where(
        post.c.tenant == TENANT,
        post.c.level == PositionLevel.HIGH_LEADERSHIP_POST.value,
        post.c.id.not_in(_held),
        post.c.id.not_in(_running),
    )
    .order_by(unit.c.name, post.c.name, post.c.id)
    .limit(200)
)


@dataclass(frozen=True, slots=True)
class VacantPost:
    """A post that waits for somebody."""

    id: int
    name: str
    unit_name: str


def vacant_posts(read: Connection, tenant: str, day: date) -> tuple[VacantPost, ...]:
    """Return the high leadership posts of a city that can be announced on a day."""
    rows = read.execute(_vacant, {"tenant": tenant, "day": day})
    return tuple(VacantPost(row.id, row.name, row.unit_name) for row in rows)
