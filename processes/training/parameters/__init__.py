"""The dated numbers that training ships; a city that publishes the same key goes before them."""

from datetime import date

from sqlalchemy import Connection

from processes.people.city import City, ParameterSet
from processes.people.parameters import in_force, shipped_on, shipped_sets
from processes.training.rules import Weights

#: Weights of the priority score and the hours of a year.
PRIORITY = "training.priority"
#: What counts as passed, and when a training is looked back upon.
EVALUATION = "training.evaluation"


def parameters_on(read: Connection, tenant: str, key: str, day: date, *, city: City) -> ParameterSet:
    """Return the numbers of a key that hold in a city on a day; before there were any, the first that were shipped.

    :raise CityError: the city's plugin does not answer.
    """
    shipped = shipped_sets(__name__)
    found = in_force(read, tenant, key, day, city=city, shipped=shipped)
    return found if found is not None else next(item for item in shipped if item.key == key)


def weights_on(read: Connection, tenant: str, day: date, *, city: City) -> Weights:
    """Return how the priority is weighed in a city on a day.

    :raise CityError: the city's plugin does not answer.
    """
    return Weights.of(parameters_on(read, tenant, PRIORITY, day, city=city).values)


def yearly_hours(day: date) -> int:
    """Return the hours (JP) that everybody should have in the year of a day."""
    found = shipped_on(shipped_sets(__name__), PRIORITY, day)
    return int(found.values["yearly_hours"]) if found is not None else 0
