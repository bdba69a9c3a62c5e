"""Who can be asked to do a task."""

from typing import Final

from sqlalchemy import or_, select

from engine.records.asking import Persons
from processes.people.queries.on_day import DAY, TENANT
from processes.people.records import employee

#: The employees of a city who have not left: those who can sign in. Somebody on leave has deputies, and comes back.
STAFF: Final = Persons(
    select(employee.c.id).where(
        employee.c.tenant == TENANT, or_(employee.c.active_to.is_(None), employee.c.active_to >= DAY)
    )
)
