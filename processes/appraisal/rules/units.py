"""English words for the units in which indicators are measured; a city names them in Indonesian."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

#: Of one, and of any other number. An abbreviation that a city's people say in both languages is not here.
_ENGLISH: Final[Mapping[str, tuple[str, str]]] = {
    "hari": ("day", "days"),
    "jam": ("hour", "hours"),
    "menit": ("minute", "minutes"),
    "JP": ("lesson hour", "lesson hours"),
    "nilai": ("mark", "marks"),
    "poin": ("point", "points"),
    "tingkat": ("level", "level"),
    "% rencana": ("% of the plan", "% of the plan"),
    "layanan": ("service", "services"),
    "per 1.000": ("per 1,000", "per 1,000"),
}


def unit_in(unit: str, language: str, number: Decimal | None = None) -> str:
    """Return a unit in the reader's language; one without an English word stays as the city writes it.

    :param number: how many of them; None for a unit that stands alone, as beside an input.
    """
    if language == "id" or unit not in _ENGLISH:
        return unit
    one, more = _ENGLISH[unit]
    return one if number == 1 else more
