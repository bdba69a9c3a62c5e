"""Which day it is in a city."""

from datetime import date

from engine.command import Context


def local_day(context: Context, tenant: str) -> date:
    """Return the calendar day of a command in the city's own time zone (WIB or WITA)."""
    return context.now.astimezone(context.directory.zone(tenant)).date()
