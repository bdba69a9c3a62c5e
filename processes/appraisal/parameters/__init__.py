"""The dated numbers that the appraisal cycle ships; a city that publishes the same key goes before them."""

import json
from datetime import date
from functools import cache
from importlib.resources import files

from processes.people.city import City, ParameterSet, from_plain

#: From which percent of a unit's people on its ratings are read against the distribution guide (`read_from`).
DISTRIBUTION = "appraisal.distribution"
#: How many calendar days before a quarter's end its evaluation window begins (`days_before_end`).
WINDOW = "appraisal.window"


def parameters_on(city: City, key: str, day: date) -> ParameterSet | None:
    """Return the parameter set of a key that is in force on a day; None before there was any.

    :raise CityError: the city's plugin does not answer.
    """
    own = city.parameters(day).get(key)
    if own is not None:
        return own
    return shipped_on(key, day)


def shipped_on(key: str, day: date) -> ParameterSet | None:
    """Return the national parameter set of a key that is in force on a day, which no city changes, or None."""
    return next((item for item in _shipped() if item.key == key and item.in_force(day)), None)


@cache
def _shipped() -> tuple[ParameterSet, ...]:
    texts = (item.read_text("utf-8") for item in files(__name__).iterdir() if item.name.endswith(".json"))
    return tuple(from_plain(ParameterSet, item) for text in texts for item in json.loads(text))
