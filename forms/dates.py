"""Dates as people type them (17/08/2026) and as browsers send them (2026-08-17)."""

import re
from datetime import date

from forms.cleaning import InputError

# A year outside is a slip of the finger (26, 0206, 20226); the oldest pensioner and the longest plan lie inside.
EARLIEST = date(1900, 1, 1)
LATEST = date(2100, 12, 31)

_ISO = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})")
_DAY_FIRST = re.compile(r"(?P<day>[0-9]{1,2})([/-])(?P<month>[0-9]{1,2})\2(?P<year>[0-9]{4})")


def parse_date(typed: str) -> date:
    """Return the date typed as day/month/year, day-month-year or year-month-day.

    :raise InputError: another shape, a day that does not exist, or a year outside 1900 to 2100.
    """
    found = _ISO.fullmatch(typed) or _DAY_FIRST.fullmatch(typed)
    if found is None:
        raise InputError("Write the date as day/month/year, for example 17/08/2026.")
    try:
        value = date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        raise InputError("This date does not exist. Write day/month/year, for example 17/08/2026.") from None
    if not EARLIEST <= value <= LATEST:
        raise InputError(
            "The date must be between %(min)s and %(max)s.", min=show_date(EARLIEST), max=show_date(LATEST)
        )
    return value


def show_date(value: date) -> str:
    """Return the date as a field and a message show it: 17/08/2026."""
    return f"{value.day:02}/{value.month:02}/{value.year:04}"
