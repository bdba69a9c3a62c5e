"""Who can be asked to do a task."""

from typing import Final

from sqlalchemy import or_, select, union_all

from engine.records.asking import Persons
from processes.people.guests import guest, is_invited
from processes.people.queries.on_day import DAY, TENANT
from processes.people.records import employee

_staff = select(employee.c.id).where(
    employee.c.tenant == TENANT, or_(employee.c.active_to.is_(None), employee.c.active_to >= DAY)
)
_guests = select(guest.c.id).where(guest.c.tenant == TENANT, is_invited(DAY))
_everybody = union_all(_staff, _guests).subquery("everybody")

#: The employees of a city who have not left: those who can sign in. Somebody on leave has deputies, and comes back.
STAFF: Final = Persons(_staff)
#: Those, and the guests whose invitation holds.
EVERYBODY: Final = Persons(select(_everybody.c.id))
