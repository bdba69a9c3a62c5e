"""Instants and times of day as the clocks of a place show them, as text.

What an expression gives of an instant (its day, its hour, its text) depends on its zone, so a case keeps that.
"""

from datetime import datetime, time
from zoneinfo import ZoneInfo

_AT = "@"


def place_of(value: object) -> str | None:
    """Return the name of the place whose clocks show an instant or time of day; None if it has an offset or nothing."""
    zone = value.tzinfo if isinstance(value, datetime | time) else None
    return zone.key if isinstance(zone, ZoneInfo) else None


def write_local(value: datetime | time, place: str) -> bytes:
    """Return an instant or time of day in a zone as text."""
    return f"{value.isoformat()}{_AT}{place}".encode()


def read_local_instant(text: str) -> datetime:
    """Return an instant as the clocks of a place show it; where their rules have changed, the same instant.

    :raise ValueError: it is none, or the place is not known on this machine.
    """
    said, _, place = text.partition(_AT)
    instant, zone = datetime.fromisoformat(said), _zone(place)
    shown = (instant.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    kept = next((local for local in shown if local.utcoffset() == instant.utcoffset()), None)
    return kept or instant.astimezone(zone)


def read_local_time(text: str) -> time:
    """Return a time of day in the zone of a place.

    :raise ValueError: it is none, or the place is not known on this machine.
    """
    said, _, place = text.partition(_AT)
    return time.fromisoformat(said).replace(tzinfo=_zone(place))


def _zone(place: str) -> ZoneInfo:
    try:
        return ZoneInfo(place)
    except (LookupError, OSError) as error:
        raise ValueError(f"the time zone '{place[:40]}' is not known on this machine") from error
