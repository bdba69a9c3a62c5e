"""Logs of processes as files: what the command line writes and what process owners download."""

from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, Final, TextIO

from engine.errors import NotFound
from engine.mining.hiding import Name
from engine.mining.logs import Counted
from engine.mining.ocel import write_ocel
from engine.mining.ocel_xml import write_ocel_xml
from engine.mining.xes import write_xes
from engine.policy.actor import Actor
from engine.queries.designs import releases_in_force
from engine.queries.mining_log import count_cases, logged_cases
from webapp.wiring.alur import Alur

_DAY: Final = timedelta(days=1)


class LogFormat(StrEnum):
    """How a log is written."""

    XES = "xes"
    OCEL = "ocel"
    OCEL_XML = "ocel-xml"

    @property
    def suffix(self) -> str:
        """The end of the name of such a file."""
        return {LogFormat.XES: "xes", LogFormat.OCEL: "ocel.json", LogFormat.OCEL_XML: "ocel.xml"}[self]


def count_log(read: Any, actor: Actor, alur: Alur, process: str, days: tuple[date, date]) -> int:
    """Return how many cases of a process began on some days.

    :raise NotFound: they are not for this reader.
    """
    alur.engine.policy.require(actor, "mining:export", actor, read)
    return count_cases(read, actor, process, *_time(actor, alur, days))


def write_log(
    read: Any,
    actor: Actor,
    alur: Alur,
    process: str,
    file: TextIO,
    *,
    kind: LogFormat,
    days: tuple[date, date],
    name: Name,
) -> Counted:
    """Write the cases of a process that began on some days, and return how much that was.

    :param days: the first and the last of them, in the city.
    :param name: of cases and parties in the file.
    :raise NotFound: the city has no such process, or it is not for this reader.
    """
    alur.engine.policy.require(actor, "mining:export", actor, read)
    if all(found.process != process for found in releases_in_force(read, actor)):
        raise NotFound()
    first, end = _time(actor, alur, days)

    def cases() -> Any:
        return logged_cases(read, actor, process, first, end)

    if kind is LogFormat.XES:
        return write_xes(file, process, cases(), name)
    write = write_ocel if kind is LogFormat.OCEL else write_ocel_xml
    return write(file, process, cases, name)


def _time(actor: Actor, alur: Alur, days: tuple[date, date]) -> tuple[datetime, datetime]:
    """Return the instants at which the first day begins and the last one is over."""
    zone = alur.zone(actor.tenant)
    return datetime.combine(days[0], time(), zone), datetime.combine(days[1] + _DAY, time(), zone)
