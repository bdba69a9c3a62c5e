"""Which day an instant falls on in a city."""

from datetime import date, datetime, timedelta, tzinfo


def as_day(value: object, zone: tzinfo) -> date | None:
    """Return the day that a FEEL value names: a date, or the city's day of an instant; None for null.

    :raise TypeError: it names none.
    """
    if isinstance(value, datetime):
        # Without an offset it is the city's own time already; astimezone would take it for the server's.
        return value.date() if value.tzinfo is None else local_day(value, zone)
    if value is not None and not isinstance(value, date):
        raise TypeError(f"{value!r} is no date")
    return value


def local_day(instant: datetime, zone: tzinfo) -> date:
    """Return the day of an instant in a zone; at the very ends of the calendar that of UTC."""
    try:
        return instant.astimezone(zone).date()
    except OverflowError:
        return instant.date()


def last_day_before(instant: datetime, zone: tzinfo) -> date:
    """Return the last day on which there is time before an instant."""
    return local_day(instant - timedelta(microseconds=1), zone)
