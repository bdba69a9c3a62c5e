"""The dated numbers that careers ship; a city that publishes or imports the same key goes before them."""

from datetime import date

from sqlalchemy import Connection

from processes.people.city import City, ParameterSet
from processes.people.parameters import in_force, shipped_sets

#: Percent by predicate, coefficients and needs by level of functional posts, basic credit by grade.
CREDIT = "promotion.credit"
#: Weights and limits of the talent box.
TALENT = "promotion.talent"
#: From which box on, with which gap, and for how long somebody stands on a succession list.
SUCCESSION = "promotion.succession"
#: Codes under which SIASN knows grades, kinds of promotion and documents.
SIASN = "promotion.siasn"
#: Bounds of the weights of an open selection for a high leadership post.
SELECTION = "promotion.selection"
#: Days of its announcement, size and make-up of its panel, how many have to apply and how many are named.
SELECTION_PANEL = "promotion.selection_panel"
#: Bounds of what performance weighs when the board ranks, points of predicates, and its quorum.
BOARD = "promotion.board"
#: How many quarters of a year must have a result for the year to have one.
ANNUAL_PREDICATE = "promotion.annual_predicate"


def numbers_on(read: Connection, tenant: str, key: str, day: date, city: City) -> ParameterSet:
    """Return the numbers of a key on a day; the oldest that are shipped for a day before there were any.

    :raise CityError: the city's plugin does not answer.
    :raise LookupError: nothing is shipped under this key.
    """
    shipped = shipped_sets(__name__)
    found = in_force(read, tenant, key, day, city=city, shipped=shipped)
    if found is not None:
        return found
    of_key = sorted((item for item in shipped if item.key == key), key=lambda item: item.valid_from)
    if not of_key:
        raise LookupError(f"No parameter set {key!r} is shipped.")
    return of_key[0]
