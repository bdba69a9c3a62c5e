"""People in their units on a day by name, to be looked through: the select that lists of people build upon."""

from sqlalchemy import or_, select

from processes.people.queries.on_day import TENANT, AnySelect, holds_on, is_active
from processes.people.records import employee, placement, post, unit

_last = employee.alias("last_shown")

#: Whoever is in service in a unit on `day`, with the unit and, mostly, a post; `employee` and `placement` are joined.
PLACED: AnySelect = (
    select(
        employee.c.id,
        employee.c.name,
        unit.c.id.label("unit_id"),
        unit.c.name.label("unit_name"),
        post.c.name.label("post_name"),
    )
    .select_from(placement)
    .join(employee, employee.c.id == placement.c.employee_id)
    .join(unit, unit.c.id == placement.c.unit_id)
    .outerjoin(post, post.c.id == placement.c.post_id)
    .where(placement.c.tenant == TENANT, holds_on(placement), is_active())
    .order_by(employee.c.name, employee.c.id)
)


def named(statement: AnySelect, text: str) -> AnySelect:
    """Return the statement for those whose name has a part; for all of them if it is empty."""
    return statement.where(employee.c.name.icontains(text, autoescape=True)) if text else statement


def behind(statement: AnySelect, after: int | None) -> AnySelect:
    """Return the statement for those who stand behind a person in the list, for an address must not hold a name."""
    if after is None:
        return statement
    name = select(_last.c.name).where(_last.c.tenant == TENANT, _last.c.id == after).scalar_subquery()
    return statement.where(or_(employee.c.name > name, (employee.c.name == name) & (employee.c.id > after)))
