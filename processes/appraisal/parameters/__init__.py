"""The dated numbers that the appraisal cycle ships; a city that publishes the same key goes before them."""

from datetime import date

from processes.people import parameters
from processes.people.city import City, ParameterSet

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
    return parameters.shipped_on(parameters.shipped_sets(__name__), key, day)
