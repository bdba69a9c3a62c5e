"""Which quarter or year a report is asked for: by the address, else the last one that is over."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from flask import request, url_for
from werkzeug.exceptions import NotFound

from processes.reports.quarters import QUARTERS, Quarter, quarter_of
from webapp.current import current_actor, current_alur
from webapp.texts import gettext as _

_FIRST_YEAR, _LAST_YEAR = 2000, 2100
YEAR: Final = "tahun"
PART: Final = "triwulan"


@dataclass(frozen=True, slots=True)
class Turn:
    """A link to the report of another period."""

    label: str
    url: str


def this_quarter() -> Quarter:
    """Return the quarter of today in the city."""
    return quarter_of(current_alur().now_in(current_actor().tenant).date())


def asked_quarter(newest: Callable[[], Quarter | None] = lambda: None) -> Quarter:
    """Return the quarter that the address names, else the newest that a report knows, else the last one that is over.

    :raise NotFound: it names none.
    """
    if YEAR not in request.args:
        return newest() or this_quarter().shifted(-1)
    quarter = _number(PART, 1, QUARTERS)
    return Quarter(asked_year(), quarter)


def asked_year() -> int:
    """Return the year that the address names, else this one.

    :raise NotFound: it names none.
    """
    return _number(YEAR, _FIRST_YEAR, _LAST_YEAR) if YEAR in request.args else this_quarter().year


def quarter_name(quarter: Quarter) -> str:
    """Return what a quarter is called."""
    return _("triwulan %(quarter)s tahun %(year)s", quarter=quarter.quarter, year=quarter.year)


def named(quarter: Quarter) -> dict[str, Any]:
    """Return how an address names a quarter."""
    return {YEAR: quarter.year, PART: quarter.quarter}


def quarter_turns(endpoint: str, quarter: Quarter) -> tuple[Turn, ...]:
    """Return the way to the quarter before, and to the one after as far as it has begun."""
    near = [(_("Triwulan sebelumnya"), quarter.shifted(-1))]
    if quarter < this_quarter():
        near.append((_("Triwulan berikutnya"), quarter.shifted(1)))
    return tuple(Turn(label, url_for(endpoint, **named(one))) for label, one in near)


def year_turns(endpoint: str, year: int) -> tuple[Turn, ...]:
    """Return the way to the year before, and to the one after as far as it has begun."""
    near = [(_("Tahun sebelumnya"), year - 1)]
    if year < this_quarter().year:
        near.append((_("Tahun berikutnya"), year + 1))
    return tuple(Turn(label, url_for(endpoint, tahun=one)) for label, one in near)


def _number(name: str, low: int, high: int) -> int:
    text = request.args.get(name, "")
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= len(str(high)) else 0
    if not low <= number <= high:
        raise NotFound
    return number
