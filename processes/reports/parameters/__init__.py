"""The dated numbers that reports ship: the least size of a group, and how many answers an index needs."""

from datetime import date
from typing import Final

from sqlalchemy import Connection

from processes.people.city import City, ParameterSet
from processes.people.parameters import in_force, shipped_sets

GROUPS: Final = "reports.groups"
ANSWERS: Final = "reports.answers"


def numbers_on(read: Connection, tenant: str, key: str, day: date, *, city: City) -> ParameterSet:
    """Return the numbers of a key that hold in a city on a day; before there were any, the first that were shipped.

    :raise CityError: the city's plugin does not answer.
    """
    shipped = shipped_sets(__name__)
    found = in_force(read, tenant, key, day, city=city, shipped=shipped)
    return found if found is not None else next(item for item in shipped if item.key == key)
