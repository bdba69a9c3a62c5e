"""Which inaugurated people do not hold their posts in the records yet."""

from datetime import date

from sqlalchemy import Connection, bindparam, exists, select

from processes.people.records import placement
from processes.promotion.appointing.records import post_decree

# What was entered for a later day by another way goes before: a decree is followed once.
_has_followed = exists().where(
    placement.c.tenant == post_decree.c.tenant,
    placement.c.employee_id == post_decree.c.employee_id,
    placement.c.valid_from >= post_decree.c.holds_from,
)
_behind = (
    select(post_decree.c.case_id)
    .where(post_decree.c.tenant == bindparam("tenant"), post_decree.c.holds_from <= bindparam("day"), ~_has_followed)
    .order_by(post_decree.c.holds_from, post_decree.c.case_id)
)
_appointing = (
    select(post_decree.c.tenant).where(post_decree.c.holds_from.is_not(None)).distinct().order_by(post_decree.c.tenant)
)


def appointments_behind(read: Connection, tenant: str, day: date) -> tuple[int, ...]:
    """Return the cases of decrees that count by a day and whose posts the records do not show yet."""
    return tuple(read.execute(_behind, {"tenant": tenant, "day": day}).scalars())


def appointing_cities(read: Connection) -> tuple[str, ...]:
    """Return the cities in which somebody was inaugurated."""
    return tuple(read.execute(_appointing).scalars())
