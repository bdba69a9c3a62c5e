"""Rules as data with dates: what a city has set itself goes first, then its plugin, then what Alur ships."""

import json
from collections.abc import Iterable
from datetime import date
from functools import cache
from importlib.resources import files

from sqlalchemy import Connection, bindparam, select

from engine.records.packing import unpack
from processes.people.city import City, ParameterSet, from_plain
from processes.people.records import parameter_set

_set_here = (
    select(parameter_set.c.content)
    .where(
        parameter_set.c.tenant == bindparam("tenant"),
        parameter_set.c.name == bindparam("key"),
        parameter_set.c.valid_from <= bindparam("day"),
    )
    .order_by(parameter_set.c.valid_from.desc())
    .limit(1)
)
_names_here = select(parameter_set.c.name).where(parameter_set.c.tenant == bindparam("tenant")).distinct()


def in_force(
    read: Connection, tenant: str, key: str, day: date, *, city: City, shipped: Iterable[ParameterSet] = ()
) -> ParameterSet | None:
    """Return the numbers of a key that hold in a city on a day; None before there were any.

    :param shipped: the national sets of the room that asks (`shipped_sets`), the last to be asked.
    :raise CityError: the city's plugin does not answer.
    """
    own = set_here(read, tenant, key, day)
    if own is not None:
        return own
    found = city.parameters(day).get(key)
    return found if found is not None else shipped_on(shipped, key, day)


def set_here(read: Connection, tenant: str, key: str, day: date) -> ParameterSet | None:
    """Return the numbers that the city has imported for a key and a day, or None; each set ends the one before."""
    content = read.execute(_set_here, {"tenant": tenant, "key": key, "day": day}).scalar_one_or_none()
    found = from_plain(ParameterSet, unpack(content)) if content is not None else None
    return found if found is not None and found.in_force(day) else None


def keys_here(read: Connection, tenant: str) -> frozenset[str]:
    """Return the keys under which a city has imported numbers, for whatever time."""
    return frozenset(read.execute(_names_here, {"tenant": tenant}).scalars())


def shipped_on(sets: Iterable[ParameterSet], key: str, day: date) -> ParameterSet | None:
    """Return the shipped numbers of a key on a day, or None."""
    return next((item for item in sets if item.key == key and item.in_force(day)), None)


@cache
def shipped_sets(package: str) -> tuple[ParameterSet, ...]:
    """Return the parameter sets that a package ships as `*.json`."""
    texts = (item.read_text("utf-8") for item in files(package).iterdir() if item.name.endswith(".json"))
    return tuple(from_plain(ParameterSet, item) for text in texts for item in json.loads(text))
