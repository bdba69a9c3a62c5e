"""The dated numbers that allowances ship with; a city that imports or publishes the same key goes before them."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from sqlalchemy import Connection

from processes.incentive.rules.basis import NEEDED, OF_CLASSES, Basis
from processes.people import parameters
from processes.people.city import City


def basis_on(read: Connection, tenant: str, day: date, *, city: City) -> tuple[Basis, tuple[str, ...]]:
    """Return the parameter sets in force on a day, and the keys of those that are needed and missing.

    :raise CityError: the city's plugin does not answer.
    """
    shipped = parameters.shipped_sets(__name__)
    found = {
        key: parameters.in_force(read, tenant, key, day, city=city, shipped=shipped) for key in (*NEEDED, *OF_CLASSES)
    }
    basis = Basis({key: held for key, held in found.items() if held is not None})
    missing = [key for key in NEEDED if key not in basis.sets]
    if not any(key in basis.sets for key in OF_CLASSES):
        missing.append(OF_CLASSES[0])
    return basis, tuple(missing)


def numbers_on(read: Connection, tenant: str, key: str, day: date, *, city: City) -> Mapping[str, Decimal]:
    """Return the numbers of one key in force on a day; empty before there were any.

    :raise CityError: the city's plugin does not answer.
    """
    found = parameters.in_force(read, tenant, key, day, city=city, shipped=parameters.shipped_sets(__name__))
    return found.values if found is not None else {}
